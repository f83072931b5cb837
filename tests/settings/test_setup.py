"""`puente setup` as a tired clerk meets it: every answer is checked, read back, and kept at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import Result
from hypothesis import HealthCheck, given
from hypothesis import settings as rules
from hypothesis import strategies as st

from directory.commands.telling import now
from directory.settings import Admin, Attested, Line, Sender, settings
from directory.setup.left import left
from directory.setup.questions import asked, questions
from directory.setup.suggesting import short_name, usual_days
from tests.settings.test_checks import PNG

Puente = Callable[..., Result]


def said(home: Path) -> dict[str, object]:
    """What settings.yml holds."""
    file = home / "settings.yml"
    return yaml.safe_load(file.read_text("utf-8")) or {} if file.exists() else {}


ALL = (
    "Kite Community Health Center", "", "209-555-0140", "Mon-Fri 8-5", "12/24/2026, 2026-12-25",
    "120 Oak Street, Modesto, CA 95354", "", "1, 3", "English, Spanish, Hmong",
    "Valley Crisis Line", "209-555-0141", "24/7",
    "Safe Home Line", "209-555-0142", "",
    "none",
    "",
    "Ana Luna", "ana@example.org",
    "", "1b5e78",
    "", "w", "We treat all alike.", "Tratamos a todos por igual.", "",
    "puente.example.org", "", "conversations=14, logs 60", "/mnt/usb", "yes",
    "AC0123", "(209) 555-0150", "fold", "today", "2026-10-01", "",
)  # fmt: skip


def test_a_clinic_from_nothing_in_one_go(home: Path, puente: Puente) -> None:
    result = puente("setup", "--ask", typed=ALL)
    assert result.exit_code == 0, result.output
    found = settings(strict=True)
    assert (found.clinic, found.short_name, found.phone) == ("Kite Community Health Center", "Kite CHC", "209-555-0140")
    assert [str(day) for day in found.closed_on] == ["2026-12-24", "2026-12-25"]
    assert (found.counties, found.plans, found.languages) == (("Stanislaus",), ("hpsj", "kaiser"), ("en", "es", "hmn"))
    assert found.crisis_line == Line("Valley Crisis Line", "209-555-0141", "24/7")
    assert found.violence_line == Line("Safe Home Line", "209-555-0142")
    assert found.shelter_line is None and found.on_call is None and found.logo is None
    assert found.admin == Admin("Ana Luna", "ana@example.org") and found.color == "#1b5e78"
    assert found.language_help and "209-555-0140" in found.language_help.es and found.language_help.url is None
    assert found.nondiscrimination and found.nondiscrimination.en == "We treat all alike."
    assert found.public_address == "https://puente.example.org"
    assert found.retention == {"conversations": 14, "logs": 60}
    assert (found.backups.folder, found.backups.encrypted) == ("/mnt/usb", True)
    assert found.sms and (found.sms.account, found.sms.number, found.sms.accents) == ("AC0123", "+12095550150", "fold")
    said_on = found.sms.attested
    assert said_on.baa == now().date() and str(said_on.ten_dlc) == "2026-10-01" and said_on.privacy_page is None


def test_a_token_is_no_account_and_what_was_attested_can_be_taken_back(home: Path, puente: Puente) -> None:
    token = "0123456789abcdef0123456789abcdef"
    asked_twice = puente("setup", "sms", "--ask", typed=(token, "AC01", "209-555-0150", "", "2026-10-01", "", "yes"))
    told = " ".join(asked_twice.output.split())
    assert "begins with AC" in told and "puente sms-token" in told
    assert token not in (home / "settings.yml").read_text()
    assert settings().sms == Sender("AC01", "+12095550150", Attested(date(2026, 10, 1), None, now().date()))
    puente("setup", "sms", "--ask", typed=("", "", "what", "keep", "-", "", ""))
    assert settings().sms == Sender("AC01", "+12095550150", Attested(None, None, now().date()), "keep")
    assert puente("setup", "sms", "--ask", typed=("-",)).exit_code == 0 and settings().sms is None


def test_it_ends_with_what_is_open_and_what_to_type_next(puente: Puente) -> None:
    output = puente("setup", "--ask", typed=ALL).output
    end = output[output.index("All is kept in") :]
    assert "\n  shelter_line " in end and "people with no place to sleep get 211 only" in end
    assert "\n  phone " not in end
    assert "`language_help`: this is Puente's draft" in end and "`nondiscrimination`" not in end
    assert "`phone`: a number with 555-01" in end
    assert "puente source new LIST" in end and "puente doctor" in end and "puente up" in end


def test_each_question_says_why_it_is_asked(puente: Puente) -> None:
    output = " ".join(puente("setup", "--ask", typed=ALL).output.split())
    for question in asked():
        assert question.ask in output and " ".join(question.why.split()) in output


def test_nothing_answered_changes_nothing(home: Path, puente: Puente) -> None:
    result = puente("setup", "phone", "hours", "--ask", typed=("", ""))
    assert result.exit_code == 0 and not (home / "settings.yml").exists()


@pytest.mark.parametrize(
    ("key", "typed", "told", "value"),
    [
        ("phone", ("555", "209-555-0140"), "It must be one phone number", "209-555-0140"),
        ("hours", ("8 to whenever", "Mon-Fri 8-5"), "It cannot be read as hours", "Mon-Fri 8-5"),
        ("hours", ("lunes a viernes 8-5",), "Understood: Monday to Friday 8 am to 5 pm", "lunes a viernes 8-5"),
        ("short_name", ("Kite Community Health Center", "Kite"), "20 are the most", "Kite"),
        ("address", ("the old mill", "Modesto 95354"), "It names no place in California", "Modesto 95354"),
        ("counties", ("Stanislas", "stanislaus, kern"), "did you mean Stanislaus?", ["Stanislaus", "Kern"]),
        ("plans", ("99", "kaiser; Health Net"), "numbers, and 99 is none of them", ["kaiser", "health_net"]),
        ("languages", ("Engish", "ingles, español"), "did you mean English?", ["en", "es"]),
        ("languages", ("",), "[English, Spanish]", ["en", "es"]),
        ("color", ("greenn", "#ffaa00", "#A06B00"), "such as #1b5e78, not", "#a06b00"),
        ("color", ("#ffaa00", "#a06b00"), "contrast of 1.9:1", "#a06b00"),
        ("public_address", ("http://a.example.org", "a.example.org"), "begins with https://", "https://a.example.org"),
        ("retention", ("conversations=400", "conversations=14"), "from 1 to 90", {"conversations": 14}),
        ("retention", ("everything", "logs 60"), "everything is not known. Known there: conversations,", {"logs": 60}),
        ("admin", ("Ana", "ana@", "ana@example.org"), "email address", {"name": "Ana", "email": "ana@example.org"}),
        ("on_call", ("Nurse", "", "x", "209-555-0144", ""), "no use", {"name": "Nurse", "phone": "209-555-0144"}),
        ("backups", ("", "perhaps", "yes"), "must be yes or no", {"encrypted": True}),
        (
            "phone",
            ("?", "209-555-0140"),
            "While nobody answers: people who want to talk to a person get 211 only.",
            "209-555-0140",
        ),
        ("logo", ("/nowhere/a.png", "none"), "no file there", None),
        ("closed_on", ("Christmas", "12/25/2026"), "must be a day such as", None),
        ("language_help", ("",), "once it knows the clinic's name and phone", None),
    ],
)
def test_a_wrong_answer_is_told_and_asked_again(
    home: Path, puente: Puente, key: str, typed: tuple[str, ...], told: str, value: object
) -> None:
    result = puente("setup", key, "--ask", typed=typed)
    assert result.exit_code == 0, result.output
    assert told in " ".join(result.output.split())
    if value is not None:
        assert said(home) == {key: value}


def test_enter_keeps_and_a_dash_takes_out(home: Path, puente: Puente) -> None:
    puente("setup", "--set", "phone=209-555-0140", "--set", "hours=24/7", "--set", "plans=kaiser,ccah")
    puente("setup", "phone", "hours", "plans", "--ask", typed=("", "-", ""))
    assert said(home) == {"phone": "209-555-0140", "plans": ["kaiser", "ccah"]}


def test_back_to_the_question_before(home: Path, puente: Puente) -> None:
    puente("setup", "clinic", "phone", "--ask", typed=("Kyte", "<", "Kite", "209-555-0140"))
    assert said(home) == {"clinic": "Kite", "phone": "209-555-0140"}


def test_stopped_in_the_middle_what_was_answered_is_kept_and_the_rest_is_asked_next_time(
    home: Path, puente: Puente
) -> None:
    stopped = puente("setup", "--ask", typed=("Kite", "", "209-555-0140"))
    assert stopped.exit_code == 1
    assert "3 answers are kept" in stopped.output and "To go on where you were: puente setup" in stopped.output
    assert said(home) == {"clinic": "Kite", "short_name": "Kite", "phone": "209-555-0140"}
    later = puente("setup", "--ask", typed=("", "24/7"))
    assert "3 of 23 questions are answered" in later.output and "1 of 20. Opening hours" in later.output
    assert said(home)["hours"] == "24/7"


def test_a_whole_sitting_can_be_taken_back(home: Path, puente: Puente) -> None:
    puente("setup", "--set", "clinic=Before")
    before = (home / "settings.yml").read_text()
    puente("setup", "clinic", "phone", "--ask", typed=("After", "209-555-0140"))
    assert (home / "settings.former.yml").read_text() == before and said(home)["clinic"] == "After"


def test_a_picture_is_copied_into_the_folder(home: Path, puente: Puente) -> None:
    (home.parent / "Our Logo.PNG").write_bytes(PNG)
    puente("setup", "logo", "--ask", typed=(str(home.parent / "Our Logo.PNG"),))
    assert said(home) == {"logo": "logo.png"} and (home / "logo.png").read_bytes() == PNG


def test_the_county_comes_from_the_address_and_the_plans_from_the_county(puente: Puente) -> None:
    result = puente("setup", "address", "counties", "plans", "--ask", typed=("9 Elm, Salinas, CA 93901", "", ""))
    assert "[Monterey]" in result.output and "[Central California Alliance]" in result.output
    assert settings().plans == ("ccah",)


_TYPED = st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\r\n"), max_size=30
) | st.sampled_from(
    ["", "-", "<", "?", "w", "all", "1", "209-555-0140", "24/7", "Kern", "a=1", "conversations=9", "#1b5e78", "~", "/"]
)


@rules(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.lists(_TYPED, max_size=45))
def test_whatever_is_typed_nothing_breaks_and_the_file_fits(home: Path, puente: Puente, typed: list[str]) -> None:
    result = puente("setup", "--ask", typed=("all", *typed) if (home / "settings.yml").exists() else tuple(typed))
    assert result.exit_code in (0, 1) and "Traceback" not in result.output
    assert "All is kept" in result.output or "Stopped." in result.output
    assert settings(strict=True).mended is None


# A file that somebody wrote by hand


BY_HAND = """\
# ours
clinic: Roble
phone: 2095550155
clnic: x
counties: [Merced, Stanislas]
sms: {account: AC1, from: 209-555-0150}
"""


def test_what_was_written_by_hand_stays_and_what_does_not_fit_is_kept_as_a_comment(home: Path, puente: Puente) -> None:
    puente("setup", "--set", "phone=209-555-0155", "--set", "counties=Merced")
    (home / "settings.yml").write_text(BY_HAND)
    result = puente("setup", "hours", "--ask", typed=("24/7",))
    assert "has 3 mistakes" in result.output and "settings.former.yml" in result.output
    assert said(home) == {
        "clinic": "Roble", "hours": "24/7", "sms": {"account": "AC1", "from": "209-555-0150"},
        "phone": "209-555-0155", "counties": ["Merced"],
    }  # fmt: skip
    text = (home / "settings.yml").read_text()
    assert "# clnic: x" in text and "# phone: 2095550155" in text and "# counties: [Merced, Stanislas]" in text
    assert (home / "settings.former.yml").read_text() == BY_HAND and settings(strict=True).mended is None


def test_what_did_not_fit_is_asked_again(home: Path, puente: Puente) -> None:
    puente("setup", "--set", "clinic=Roble", "--set", "phone=209-555-0155")
    (home / "settings.yml").write_text("clinic: Roble\nphone: 2095550155\n")
    result = puente("setup", "--ask", typed=("", "", "209-555-0156"))
    assert "1 of 23 questions are answered" in result.output
    assert "Answer [209-555-0155]" in result.output and said(home)["phone"] == "209-555-0156"


def test_a_file_that_is_no_yaml_goes_on_from_the_last_good_one(home: Path, puente: Puente) -> None:
    puente("setup", "--set", "clinic=Roble", "--set", "phone=209-555-0155")
    (home / "settings.yml").write_text('clinic: "Roble\n')
    result = puente("setup", "--set", "hours=24/7")
    assert "ATTENTION" in result.output and "settings.former.yml" in result.output
    assert said(home) == {"clinic": "Roble", "phone": "209-555-0155", "hours": "24/7"}
    assert (home / "settings.former.yml").read_text() == 'clinic: "Roble\n'


# What is offered


@pytest.mark.parametrize(
    ("clinic", "short"),
    [
        ("Roble Health", "Roble Health"),
        ("Kite Community Health Center", "Kite CHC"),
        ("Clínica de Salud del Valle", "Clinica de Salud"),
        ("Northern Sierra Family Medical Center, Inc.", "Northern Sierra"),
        ("Supercalifragilisticexpialidocious", "Supercalifragilistic"),
        ("健康", None),
    ],
)
def test_a_short_name_fits_a_text_message(clinic: str, short: str | None) -> None:
    assert short_name(clinic) == short


def test_usual_days_are_weekdays_of_the_year_to_come(now: object) -> None:
    from datetime import date

    days = usual_days(date(2026, 11, 22))
    assert str(days[0]) == "2026-11-26" and str(days[-1]) == "2027-11-11" and len(days) == 13
    assert all(day.weekday() < 5 for day in days)


def test_the_questions_are_those_of_the_settings() -> None:
    from directory.settings.checking import KEYS

    assert set(questions()) == set(KEYS)
    assert all(len(question.why) <= 100 and question.why[0].isupper() for question in asked())


@pytest.mark.parametrize(("plain", "named"), [({"sms": {"account": "AC0123"}}, True), ({}, False)])
def test_who_set_an_account_for_texts_is_told_to_give_its_token(
    home: Path, plain: dict[str, object], named: bool
) -> None:
    assert ("puente sms-token" in dict(left(plain).next)) is named
