"""The words of the desk: what a page says has a text in both languages, and no text is there for nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import cache
from pathlib import Path

import pytest

from directory.accounts import Role, tickets
from directory.inbox import reports
from directory.model import Language
from directory.sync.decisions import Kind
from directory.text.catalogue import shipped
from tests.desk import said

TEXTS = {language: shipped(language.value).keys() for language in Language}
WORDS = {key.removeprefix("desk.people.what.") for key in TEXTS[Language.EN] if key.startswith("desk.people.what.")}
BY_HAND = {Kind.KEEP, Kind.NOT_LISTED, Kind.CLOSED, Kind.SUSPENDED, Kind.NOTICE}
PUT_IN = {
    r"verify\.": {"same", "other", "unsaid"},
    r"place\.": {kind.value for kind in BY_HAND},
    r"inbox\.report\.": set(reports.VERDICTS),
    r"account\.": {tickets.INVITE, tickets.RESET},
    r"account\.role\.": {role.value for role in Role},
}
"""The beginning of a verb of the log -> what is put in behind it."""
BY_VALUE = (
    r"desk\.people\.(what|kind)\..+",  # the log: tested below
    r"desk\.(strange|too_large)\.what",
    r"desk\.check\.(facts|screen)\.\w+",  # puente check: its headings
    r"desk\.offices\.what\.days\.n?e?mt",
    r"desk\.rules\.kind\.(side|ride|rule)\.\w+",
    r"desk\.verify\.reason\.shown\.one",
)
"""Texts whose key is put together where no call shows it."""


def missing(patterns: Iterator[str], known: Set[str]) -> list[str]:
    """What no key fits; one without a value put in is looked up, as most are."""
    return sorted({one for one in patterns if not _is_there(one, known)})


def _is_there(pattern: str, known: Set[str]) -> bool:
    if said.PART not in pattern:
        return pattern.replace("\\", "") in known
    return any(re.fullmatch(pattern, key) for key in known)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("path", said.templates(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_text_of_a_template_exists(path: Path, language: Language) -> None:
    assert not missing(said.of_template(path), TEXTS[language])


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("path", said.code(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_text_that_the_code_says_exists(path: Path, language: Language) -> None:
    assert not missing(said.of_code(path), TEXTS[language])


def test_every_text_is_said_somewhere() -> None:
    files = [*said.templates(), *said.code(".")]
    named = {text for path in files for text in said.constants(path)}
    named |= {f"desk.{text}" for text in named}
    patterns = {one for path in said.templates() for one in said.of_template(path)}
    made = {one for path in files if path.suffix == ".py" for one in said.put_together(path)}
    patterns |= {one if one.startswith(r"desk\.") else rf"desk\.{one}" for one in made}
    spoken = re.compile("|".join([*BY_VALUE, *(one for one in patterns if said.PART in one)]))
    of_desk = (key for key in TEXTS[Language.EN] if key.startswith("desk."))
    assert not [key for key in of_desk if key.removesuffix(".sms") not in named and not spoken.fullmatch(key)]


@cache
def verbs() -> Set[str]:
    """Every verb that anything notes in the log."""
    files = said.code(".")
    found = {one for path in files for one in said.audited(path)}
    for verb in [verb for verb in found if verb.endswith(said.PART)]:
        found |= {f"{verb.removesuffix(said.PART)}{part}" for part in PUT_IN[verb.removesuffix(said.PART)]}
    handed_on = (text for path in said.code("accounts") for text in said.constants(path))
    plain = {verb.replace("\\", "") for verb in found if not verb.endswith(said.PART)}
    return plain | {text for text in handed_on if re.fullmatch(r"(account|signin)(\.[a-z_]+)+", text)}


@pytest.mark.parametrize("language", Language)
def test_the_log_is_told_in_words_for_every_verb(language: Language) -> None:
    assert len(verbs()) > 50
    assert not {verb for verb in verbs() if f"desk.people.what.{verb}" not in TEXTS[language]}
    assert not {verb for verb in verbs() if f"desk.people.kind.{verb.partition('.')[0]}" not in TEXTS[language]}


def test_no_words_of_the_log_are_there_for_nothing() -> None:
    assert not WORDS - verbs()


def test_a_key_that_is_nowhere_is_seen(tmp_path: Path) -> None:
    page, code = tmp_path / "page.html", tmp_path / "page.py"
    page.write_text('{{ t("no.such" if a else "title") }} {{ t("no.room." ~ name, b=1) }} {{ other_t("brand") }}')
    code.write_text('visit.say(f"no.{name}.such"); visit.go("/", said="no.said"); visit.audit("no.verb", "1")')
    assert missing(said.of_template(page), TEXTS[Language.EN]) == [
        rf"desk\.no\.room\.{said.PART}", r"desk\.no\.such",
    ]  # fmt: skip
    assert missing(said.of_code(code), TEXTS[Language.EN]) == [rf"desk\.no\.{said.PART}\.such", r"desk\.no\.said"]
    assert list(said.audited(code)) == [r"no\.verb"]
