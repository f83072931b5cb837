"""Guides: read strictly, the same in both languages, easy to read, and with no number that nobody wrote down."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from directory import plans
from directory.eligibility import guides as shelf
from directory.eligibility import rules
from directory.eligibility.guides import Guide, guide, guides
from directory.errors import RulesError
from directory.model import Language
from directory.text.register.promises import familiar
from tests.conftest import ROOT
from tests.rules.test_reading import ease, grade, verified_numbers

GUIDES = sorted(guides())
FACTS = ROOT.parent / "shared" / "facts"
PHONE = re.compile(r"1-\d{3}-\d{3}-\d{4}|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}|\b[2-9]11\b|\b988\b")
SHAPE = re.compile(r"1-\d{3}-\d{3}-\d{4}|\b[2-9]11\b|\b988\b|\b[\w.]+\.(?:com|org|gov)\b|\$[\d,]+|\b\d+\b")
ADVICE = re.compile(
    r"\byou (?:qualify|are eligible|will win|will get|have the right|should sue|do not have to pay|must pay)\b|"
    r"\bis (?:illegal|against the law)\b|\bwe guarantee\b|"
    r"\b(?:usted )?(?:califica|es elegible|va a ganar|tiene derecho|debe demandar|no tiene que pagar)\b|\bes ilegal\b",
    re.IGNORECASE,
)


def spoken(found: Guide, language: Language) -> list[str]:
    """Every fixed sentence of a guide that a patient may read."""
    careful = [found.careful.get(language)] if found.careful else []
    asks = " ".join(each.ask.get(language) for each in found.who if each.ask)
    return [found.what.get(language), " ".join(found.today.get(language)), *careful, *([asks] if asks else [])]


def all_texts(found: Guide, language: Language) -> list[str]:
    names = [each.name.get(language) for each in found.who]
    return [found.title.get(language), *spoken(found, language), *names]


@pytest.mark.parametrize("id", GUIDES)
def test_english_is_not_above_eighth_grade(id: str) -> None:
    for text in spoken(guide(id), Language.EN):
        assert grade(text) <= 8, f"grade {grade(text):.1f}: {text}"


@pytest.mark.parametrize("id", GUIDES)
def test_spanish_reads_easily_and_says_usted(id: str) -> None:
    for text in spoken(guide(id), Language.ES):
        assert ease(text) >= 55, f"ease {ease(text):.0f}: {text}"
    for text in all_texts(guide(id), Language.ES):
        assert not familiar(text), text


@pytest.mark.parametrize("id", GUIDES)
def test_both_languages_name_the_same_numbers_and_sites(id: str) -> None:
    found = guide(id)
    pairs = zip(all_texts(found, Language.EN), all_texts(found, Language.ES), strict=True)
    for english, spanish in pairs:
        assert sorted(SHAPE.findall(english)) == sorted(SHAPE.findall(spanish)), english
        assert english != spanish or english in {each.name.en for each in found.who}, english


@pytest.mark.parametrize("id", GUIDES)
def test_fixed_sentences_name_only_verified_numbers(id: str) -> None:
    for language in Language:
        for text in all_texts(guide(id), language):
            assert set(PHONE.findall(text)) <= verified_numbers() | {"988"}, text


def verified_lines() -> set[str]:
    """Every number that a source bears out: of programs, and of those who help with a denial."""
    found = [plans.office("Alpine", kind) for kind in ("ombudsman", "state_hearing")]
    return verified_numbers() | {office.phone for office in found if office.phone and office.verified}


@pytest.mark.parametrize("id", GUIDES)
def test_a_number_said_without_a_hedge_is_verified_elsewhere_too(id: str) -> None:
    for contact in guide(id).who:
        if contact.phone and contact.verified:
            assert contact.phone in verified_lines(), f"{contact.phone} is verified nowhere in the rules or offices"


def test_offices_are_kinds_of_the_table() -> None:
    named = {contact.office for found in guides().values() for contact in found.who if contact.office}
    assert named and named <= set(plans.kinds())


def test_numbers_stand_in_the_fact_base() -> None:
    if not FACTS.is_dir():
        pytest.skip("shared/facts is not beside the project")
    known = re.sub(r"\D+", " ", "\n".join(path.read_text("utf-8") for path in FACTS.glob("*.*")))
    for found in guides().values():
        for contact in found.who:
            if contact.phone:
                assert f" {contact.phone.replace('-', ' ')} " in known, f"{found.id}: {contact.phone}"


@pytest.mark.parametrize("id", GUIDES)
def test_no_promise_and_no_legal_advice(id: str) -> None:
    for language in Language:
        for text in all_texts(guide(id), language):
            assert not ADVICE.findall(text), text


@pytest.mark.parametrize("id", GUIDES)
def test_texts_are_short(id: str) -> None:
    found = guide(id)
    for language in Language:
        assert len(found.title.get(language)) <= 60
        assert 40 <= len(found.what.get(language)) <= 300
        assert 2 <= len(found.today.get(language)) <= 4
        assert all(len(step) <= 160 for step in found.today.get(language)), id
        assert len(found.names.get(language)) >= 10
        assert len(found.who) <= 4


def key(name: str) -> tuple[str, ...]:
    return tuple(map(rules.key_of, name.split(shelf.GAP)))


def test_names_are_no_programs_and_belong_to_one_guide() -> None:
    owner = {key(name): id for id, p in rules.programs().items() for name in (*p.names.en, *p.names.es)}
    for id, found in guides().items():
        for name in {*found.names.en, *found.names.es}:
            assert owner.setdefault(rules.key_of(name), id) == id, (
                f"{name!r} of {id} is also {owner[rules.key_of(name)]}"
            )


def test_every_guide_hedges_once_it_is_overdue_and_where_it_was_never_confirmed() -> None:
    for found in guides().values():
        assert (found.hedge(date(2026, 11, 21)) is None) == (found.basis.status == "verified")
        overdue = found.hedge(date(2030, 1, 1))
        assert overdue and "2026" in overdue.en and "2026" in overdue.es


def test_a_guide_that_does_not_exist_is_told_with_what_does() -> None:
    with pytest.raises(RulesError, match=r"no guide 'moon'.*eviction_paper"):
        guide("moon")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the rules that a test may spoil."""
    copy = tmp_path / "eligibility"
    shutil.copytree(shelf.FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return copy


def test_the_copy_itself_is_accepted(folder: Path) -> None:
    assert list(shelf.load(folder)) == list(guides())


SPOILED = [
    ("unknown key", "urgent: true", "urgent: true\ncolour: red", r"stolen_ebt\.yml.*'colour' is unknown"),
    ("missing key", "urgent: true\n", "", r"stolen_ebt\.yml.*'urgent' is missing"),
    ("wrong id", "id: stolen_ebt", "id: stolen", r"stolen_ebt\.yml, id: "),
    ("unknown program", "programs: [calfresh,", "programs: [calfrish,", r"programs: 'calfrish' is no program"),
    ("unknown want", "wants: [food_bank]", "wants: [moon]", r"wants: 'moon' is no program"),
    ("unknown source", "sources: [S_GK]", "sources: [S_NOBODY]", r"sources: the source 'S_NOBODY'"),
    ("no source", "sources: [S_GK]", "sources: []", r"sources: no source is named"),
    ("unverifiable", "verified: false", "verified: true", r"who\.1\.verified: general knowledge verifies nothing"),
    ("verified by nobody", "status: recalled", "status: verified", r"basis: general knowledge verifies nothing"),
    ("bad phone", "phone: 1-877-328-9677", "phone: (877) 328-9677", r"who\.1\.phone: .*look like"),
    ("review first", "review_by: 2026-12-21", "review_by: 2026-01-01", r"basis\.review_by: it lies before"),
    ("review late", "until: null", "until: 2026-12-01", r"basis\.review_by: it lies after"),
    ("missing twin", "    - Pick a new PIN that is hard to guess.\n", "", r"today: 3 texts in English but 4"),
    ("capitals", "en: [stolen ebt,", "en: [Stolen EBT,", r"names: 'Stolen EBT' has capitals"),
    ("half a gap", "en: [stolen ebt,", "en: [stolen ..., ", r"names: 'stolen \.\.\.' has a gap"),
    ("another's name", "en: [stolen ebt,", "en: [ebt pin,", r"names: 'ebt pin' also belongs to declined_ebt"),
]


@pytest.mark.parametrize(("old", "new", "match"), [case[1:] for case in SPOILED], ids=[case[0] for case in SPOILED])
def test_bad_guides_are_refused_with_file_and_key(folder: Path, old: str, new: str, match: str) -> None:
    path = folder / "guides" / "stolen_ebt.yml"
    text = path.read_text("utf-8")
    assert old in text, f"the file no longer holds {old!r}"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(RulesError, match=match):
        shelf.load(folder)
