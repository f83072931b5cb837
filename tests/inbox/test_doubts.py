"""Two people who say the same place is wrong: everybody reads "call first" there, until staff decide."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from directory.desk import cards
from directory.errors import InboxError
from directory.inbox import reports, stores, where
from directory.inbox.shapes import report
from directory.model import Language
from directory.text import listing as words
from tests.inbox.conftest import NOW, SERVER
from tests.text.told import EN, ES, OLIVO, hit

LONG = {
    EN: "Two people told us this may be wrong. Call first.",
    ES: "Dos personas nos avisaron que esto puede estar mal. Llame primero.",
}
SHORT = {EN: "May be wrong. Call first.", ES: "Puede haber un error. Llame primero."}
Told = Callable[[Language], str]
SHOWN: dict[str, Told] = {
    "a line of a list": lambda language: words.line(hit(), language),
    "the details": lambda language: words.details(hit(), language),
    "the phone": lambda language: words.phone_line(hit(), language),
    "the hours": lambda language: words.hours_line(hit(), language),
    "the reply of the page": lambda language: words.shown(hit(), language).notice or "",
    "the desk": lambda language: str(cards.card(hit(), language)),
}


@pytest.fixture
def said_by_two(ana: str, beto: str) -> None:
    for person in (ana, beto):
        reports.listing(OLIVO.id, "phone", person, NOW)


@pytest.mark.parametrize("place", SHOWN)
@pytest.mark.parametrize("language", [EN, ES])
def test_the_mark_is_read_wherever_a_place_is_shown_until_staff_decide(
    said_by_two: None, place: str, language: Language
) -> None:
    assert LONG[language] in SHOWN[place](language)
    reports.decide(OLIVO.id, "right", "Rosa", NOW)
    assert LONG[language] not in SHOWN[place](language)


@pytest.mark.parametrize("language", [EN, ES])
def test_a_text_message_says_it_in_few_letters(said_by_two: None, language: Language) -> None:
    told = words.line(hit(), language, channel="sms")
    assert SHORT[language] in told and LONG[language] not in told


def test_where_there_is_no_phone_it_names_who_to_ask(said_by_two: None) -> None:
    silent = hit(phones=())
    assert "Ask 211 before you go." in words.line(silent, EN)
    assert "Pregunte al 211 antes de ir." in words.line(silent, ES)


def test_one_person_alone_marks_nothing_however_often_they_say_it(ana: str) -> None:
    for what in ("phone", "closed", "phone"):
        reports.listing(OLIVO.id, what, ana, NOW)
    assert LONG[EN] not in words.line(hit(), EN)
    [said] = reports.open_reports()
    assert (said.people, said.what) == (1, (("phone", 1),))


def test_after_a_decision_it_takes_two_again(said_by_two: None, ana: str, beto: str) -> None:
    reports.decide(OLIVO.id, "wrong", "Rosa", NOW)
    reports.listing(OLIVO.id, "closed", ana, NOW)
    assert OLIVO.id not in reports.doubted()
    reports.listing(OLIVO.id, "closed", beto, NOW)
    assert OLIVO.id in reports.doubted()


def test_reports_of_one_person_cannot_be_linked(home: Path, ana: str) -> None:
    for place in ("list:1", "list:2"):
        reports.listing(place, "moved", ana, NOW)
    hashes = {row.reporter for row in stores.rows(where.INBOX, report.select())}
    assert len(hashes) == 2 and ana not in hashes


def test_a_report_on_a_rule_marks_no_place(ana: str, beto: str) -> None:
    for person in (ana, beto):
        reports.rule("calfresh", person, NOW)
    assert reports.doubted() == frozenset()
    [said] = reports.open_reports()
    assert (said.about, said.subject, said.people) == ("rule", "calfresh", 2)


def test_what_nobody_reported_cannot_be_decided(home: Path) -> None:
    with pytest.raises(InboxError, match="no open report on 'list:9'"):
        reports.decide("list:9", "right", "Rosa", NOW)


def test_an_inbox_that_is_not_there_is_not_made_by_looking(home: Path) -> None:
    assert reports.doubted() == frozenset()
    assert not list(home.glob("*.db"))


def test_another_place_is_not_marked(said_by_two: None) -> None:
    other = hit(id="list:2")
    assert LONG[EN] not in words.line(other, EN)


@pytest.mark.skipif(bool(SERVER), reason="is about files of SQLite")
def test_an_inbox_that_cannot_be_read_keeps_no_place_from_anybody(home: Path, said_by_two: None) -> None:
    assert LONG[EN] in words.line(hit(), EN)
    for file in home.glob("inbox.db*"):
        file.unlink()
    (home / "inbox.db").mkdir()
    assert LONG[EN] in words.line(hit(), EN)  # what was known last


def test_a_server_that_does_not_answer_keeps_no_place_from_anybody(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    monkeypatch.setenv("PUENTE_INBOX", f"postgresql://nobody@127.0.0.1:{port}/none")
    assert "Olivo Pantry" in words.line(hit(), EN)
