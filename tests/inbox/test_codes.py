"""The words that open a list: easy on both tongues, no word that means anything to us, none near another."""

from __future__ import annotations

import csv
import re
from datetime import timedelta
from pathlib import Path

import pytest
from rapidfuzz.distance import OSA

from bot.understanding import choices, crisis, opt_out, orders
from bot.understanding.gazetteer import Gazetteer
from bot.understanding.lexicon import build
from bot.understanding.text import fold
from directory.errors import InboxError
from directory.inbox import code_words, lists, stores, where
from directory.inbox.lists import SavedList
from directory.inbox.shapes import saved_list
from tests.conftest import ROOT
from tests.inbox.conftest import NOW

CODES = [code.lower() for code in lists.codes()]
COMMANDS = [
    "start", "unstop", "stop", "stopall", "quit", "end", "revoke", "cancel", "unsubscribe", "optout", "help", "info",
    "ayuda", "reset", "more", "mas", "lang", "idioma", "alto", "parar", "baja", "cancelar", "comenzar", "borrar", "yes",
    "back", "next",
]  # fmt: skip
EXAMPLES = {"river"}
"""Shown on papers; it stands in our word files only as a part of names of places."""
SEEN = SavedList("food", None, "95354", "Stanislaus", None, ("walk_in",), ("list:1", "list:2"), "es")


def _own_words() -> set[str]:
    """Every word of the vocabularies that name something, not of the lists of ordinary words and examples."""
    folder = ROOT / "bot" / "components" / "words"
    files = [path for path in folder.glob("*.yml") if not path.name.startswith(("ordinary", "crisis_", "described"))]
    return {word for path in files for word in re.findall(r"[a-zñ]+", fold(path.read_text("utf-8")))}


def test_there_are_enough_and_each_is_five_plain_letters() -> None:
    assert len(set(CODES)) == len(CODES) >= 500
    assert [code for code in CODES if not re.fullmatch("[a-z]{5}", code)] == []


def test_no_code_is_a_word_that_means_something_to_us() -> None:
    gazetteer, words = Gazetteer(build()), _own_words() - EXAMPLES
    lines = (ROOT / "directory/data/places.csv").read_text("utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    cities = {row["city"].casefold() for row in rows}
    assert [code for code in CODES if gazetteer.find(code).sightings or code in words or code in cities] == []
    assert [code for code in CODES if choices.is_choice(code) or choices.is_answer(code) or orders.given(code)] == []


def test_no_code_is_near_a_danger_or_a_word_of_a_carrier() -> None:
    assert [code for code in CODES if crisis.detect(code) or crisis.worried(code)] == []
    assert [code for code in CODES if opt_out.wanted(code) or opt_out.may_be(code)] == []
    assert [code for code in CODES if min(OSA.distance(code, word) for word in COMMANDS) < 2] == []


def test_a_slip_of_one_letter_opens_nobody_else_s_list() -> None:
    near = [(a, b) for n, a in enumerate(CODES) for b in CODES[:n] if OSA.distance(a, b, score_cutoff=1) < 2]
    assert near == []


def test_a_code_opens_what_was_saved_however_it_is_written(home: Path) -> None:
    code = lists.make(SEEN, "Rosa", NOW)
    for written in (code, code.lower(), f" {code.title()} "):
        found = lists.find(written, NOW)
        assert found and (found.ids, found.only, found.language) == (SEEN.ids, SEEN.only, "es")
        assert found.made_on == NOW.date()


@pytest.mark.parametrize("word", ["stop", "xxxxx", "", "no such word", "RIVERS"])
def test_what_is_no_code_opens_nothing(home: Path, word: str) -> None:
    lists.make(SEEN, "Rosa", NOW)
    assert lists.find(word, NOW) is None


def test_a_code_ends_after_its_days(home: Path) -> None:
    code = lists.make(SEEN, "Rosa", NOW)
    assert lists.find(code, NOW + timedelta(days=59, hours=23))
    assert lists.find(code, NOW + timedelta(days=60)) is None


def test_no_code_is_given_twice_until_thirty_days_after_its_end(home: Path) -> None:
    given = {lists.make(SEEN, "Rosa", NOW) for _ in CODES}
    assert given == set(lists.codes())
    for later in (NOW, NOW + timedelta(days=89)):
        with pytest.raises(InboxError, match="codes are in use"):
            lists.make(SEEN, "Rosa", later)
    assert lists.make(SEEN, "Rosa", NOW + timedelta(days=90)) in given


def test_a_code_holds_no_person(home: Path) -> None:
    lists.make(SEEN, "Rosa", NOW)
    [row] = stores.rows(where.INBOX, saved_list.select())
    assert set(row._mapping) == {"id", "code", "saved", "made_by", "made_at", "ends_at", "free_at"}


def test_a_code_for_spanish_is_written_as_it_is_heard(home: Path) -> None:
    easy = code_words.easy_in_spanish()
    assert len(easy) > 80 and not easy & {"DOZEN", "KIOSK", "ALPHA", "BOXER"}
    assert {lists.make(SEEN, "Rosa", NOW) for _ in easy} == easy
    assert lists.make(SEEN, "Rosa", NOW) not in easy  # when all are in use, another is better than none


def test_a_code_that_was_ended_opens_nothing_and_nobody_gets_it_soon(home: Path) -> None:
    code = lists.make(SEEN, "Rosa", NOW)
    assert lists.end(code.lower(), NOW) and lists.find(code, NOW) is None and not lists.end(code, NOW)
    assert code not in {lists.make(SEEN, "Rosa", NOW) for _ in CODES[1:]}
