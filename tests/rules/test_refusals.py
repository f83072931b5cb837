"""What the loader refuses, tried on copies of the shipped files: each refusal names the file and the key."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from directory import plans
from directory.eligibility import rules
from directory.errors import RulesError
from directory.plans import load as plan_load

CALFRESH = "programs/calfresh.yml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the rules that a test may spoil."""
    copy = tmp_path / "eligibility"
    shutil.copytree(rules.FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return copy


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    """Changes one place in one file; fails when there is no such place, so that no test passes for nothing."""
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text, f"{file} no longer holds {old!r}"
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_copy_itself_is_accepted(folder: Path) -> None:
    assert list(rules.load(folder).programs) == list(rules.programs())


RULES = [
    ("unknown key", CALFRESH, "reach: county", "reach: county\ncolour: red", r"calfresh\.yml.*'colour' is unknown"),
    ("missing key", CALFRESH, "reach: county\n", "", r"calfresh\.yml.*'reach' is missing"),
    ("duplicate key", CALFRESH, "reach: county", "reach: county\nreach: distance", r"calfresh\.yml, line 5: .*'reach'"),
    (
        "duplicate key deep inside",
        CALFRESH,
        "line:\n",
        "line:\n  status: recalled\n",
        r"calfresh\.yml, line \d+: the key 'status' stands twice",
    ),
    (
        "duplicate key in a shared file",
        "needs.yml",
        "legal:",
        "food: null\nlegal:",
        r"needs\.yml, line \d+: the key 'food' stands twice",
    ),
    ("no such day", CALFRESH, "checked_on: 2026-11-21", "checked_on: 2026-02-30", r"calfresh\.yml: this is not valid"),
    ("no UTF-8", CALFRESH, "id: calfresh", "id: calfresh\x07", r"calfresh\.yml: this is not valid YAML"),
    ("wrong id", CALFRESH, "id: calfresh", "id: calfrish", r"calfresh\.yml, id: "),
    ("unknown need", CALFRESH, "need: food", "need: hunger", r"calfresh\.yml, need: 'hunger' is unknown"),
    ("unknown reach", CALFRESH, "reach: county", "reach: moon", r"calfresh\.yml, reach: 'moon'"),
    ("unknown status", CALFRESH, "status: verified", "status: sure", r"calfresh\.yml, status: 'sure'"),
    ("no day", CALFRESH, "checked_on: 2026-11-21", "checked_on: soon", r"calfresh\.yml, checked_on: a day"),
    ("review first", CALFRESH, "review_by: 2027-05-20", "review_by: 2026-01-01", r"review_by: it lies before"),
    (
        "review late",
        CALFRESH,
        "valid_until: null",
        "valid_until: 2026-12-31",
        r"review_by: it lies after 'valid_until'",
    ),
    (
        "missing source",
        CALFRESH,
        "sources: [S_DPSS_CF,",
        "sources: [S_NOBODY,",
        r"calfresh\.yml, sources: the source 'S_NOBODY'",
    ),
    ("no source", "programs/nmt.yml", "sources: [S_DHCS_TRFAQ", "sources: []\nx: [S_DHCS_TRFAQ", r"nmt\.yml: .*'x'"),
    ("missing Spanish", CALFRESH, "  es: Su condado decide.\n", "", r"calfresh\.yml, who_decides: .*'es' is missing"),
    ("empty Spanish", CALFRESH, "  es: Su condado decide.", "  es: ''", r"calfresh\.yml, who_decides\.es: a text"),
    ("missing step", CALFRESH, "    - Mande los papeles", "    # - Mande los papeles", r"steps: 4 texts .* but 3 in"),
    ("capitals", CALFRESH, "en: [calfresh,", "en: [CalFresh,", r"names: 'CalFresh' has capitals"),
    ("twice", CALFRESH, "en: [calfresh,", "en: [calfresh, calfresh,", r"names\.en: 'calfresh' stands twice"),
    ("bad phone", CALFRESH, "phone: 1-877-847-3663", "phone: (877) 847-3663", r"line\.phone: .*look like"),
    ("undefined condition", CALFRESH, "- calfresh_status_ok", "- is_nice", r"eligibility\..*'is_nice' is not in cond"),
    ("undefined definition", CALFRESH, "- calfresh_status_ok", "- def:nice", r"eligibility\..*'nice' is not in defin"),
    ("odd group", CALFRESH, "      all:\n", "      most:\n", r"eligibility\..*'all' or 'any'"),
    ("unknown record", CALFRESH, "  not_verified:", "  gossip:", r"record: the key 'gossip'"),
    (
        "shared alias",
        CALFRESH,
        "aliases: [CalFresh,",
        "aliases: [Food Pantry,",
        r"aliases: 'Food Pantry' also belongs to",
    ),
    ("try itself", "programs/nemt.yml", "try_first: [nmt]", "try_first: [nemt]", r"nemt\.yml, try_first: 'nemt'"),
    ("menu lacks one", "needs.yml", "calfresh, ", "", r"needs\.yml, food\.programs: .*calfresh"),
    ("unnamed need", "needs.yml", "legal:", "law:", r"needs\.yml: the key 'law' is unknown"),
    (
        "unknown table",
        "conditions.yml",
        "table: liheap_60smi",
        "table: nothing",
        r"conditions\.yml, income_liheap\.at_most",
    ),
    (
        "asks a county",
        "conditions.yml",
        "answered_by: county\n  ask: false",
        "answered_by: county\n  ask: true",
        r"\.ask:",
    ),
    ("unknown decider", "conditions.yml", "answered_by: county", "answered_by: mayor", r"answered_by: 'mayor'"),
    (
        "two tests",
        "conditions.yml",
        "  is: true\n",
        "  is: true\n  at_least: 3\n",
        r"conditions\.yml, .*exactly one of",
    ),
    ("unoffered", "conditions.yml", "one_of: [institution,", "one_of: [palace,", r"'palace' is not among the choices"),
    ("a circle", "definitions.yml", "- moved_twice_60_days", "- def:hcs_entry", r"definitions\.yml, .*circle"),
    ("no figures", "tables.yml", "      percent: 266\n", "", r"tables\.yml, medi_cal_child_266\..*no figures"),
    ("tables overlap", "tables.yml", "until: 2026-09-30", "until: 2026-10-01", r"tables\.yml, calfresh.*overlap"),
    (
        "no twin hedge",
        "hedges.yml",
        "  es: No pudimos",
        "  it: No pudimos",
        r"hedges\.yml, recalled: .*'it' is unknown",
    ),
    ("no YAML", CALFRESH, "id: calfresh", "id: [calfresh", r"calfresh\.yml: this is not valid YAML"),
]


@pytest.mark.parametrize(("file", "old", "new", "says"), [case[1:] for case in RULES], ids=[case[0] for case in RULES])
def test_refused(folder: Path, file: str, old: str, new: str, says: str) -> None:
    spoil(folder, file, old, new)
    with pytest.raises(RulesError, match=says):
        rules.load(folder)


def test_two_rules_for_one_day_are_refused(folder: Path) -> None:
    path = folder / CALFRESH
    text = path.read_text("utf-8")
    start = text.index("  - from: 2026-06-01")
    rule = text[start : text.index("expedited:")]
    path.write_text(text.replace(rule, rule + rule.replace("2026-06-01", "2026-10-01")), "utf-8")
    with pytest.raises(RulesError, match=r"calfresh\.yml, eligibility: the dates overlap"):
        rules.load(folder)


def test_a_rule_may_follow_another(folder: Path) -> None:
    path = folder / CALFRESH
    text = path.read_text("utf-8")
    rule = text[text.index("  - from: 2026-06-01") : text.index("expedited:")]
    older = rule.replace("from: 2026-06-01", "from: 2025-10-01").replace("until: null", "until: 2026-05-31")
    path.write_text(text.replace(rule, older + rule), "utf-8")
    assert len(rules.load(folder).programs["calfresh"].rules) == 2


def test_an_absent_file_is_named(folder: Path) -> None:
    (folder / "sources.yml").unlink()
    with pytest.raises(RulesError, match=r"sources\.yml: the file cannot be read"):
        rules.load(folder)


PLANS = [
    ("unknown plan", "counties.yml", "plans: [la_care,", "plans: [lacare,", r"counties\.yml, .*Los Angeles\.plans"),
    (
        "duplicate key",
        "plans.yml",
        "la_care:\n",
        "la_care:\n  note: one\n  note: two\n",
        r"plans\.yml, line \d+: the key 'note' stands twice",
    ),
    ("no plan", "counties.yml", "plans: [cencal]", "plans: []", r"counties\.yml, .*no plan is named"),
    ("unknown model", "counties.yml", "model: GMC", "model: HMO", r"counties\.yml, .*'HMO' is unknown"),
    ("shared name", "plans.yml", "en: [molina,", "en: [kaiser,", r"plans\.yml, .*aliases: 'kaiser' also belongs to"),
    ("bad phone", "plans.yml", "number: 1-888-839-9909", "number: 888.839.9909", r"plans\.yml, la_care\.phone\.number"),
    ("unknown source", "plans.yml", "source: S_LAC_HB", "source: S_X", r"plans\.yml, la_care\.phone\.source"),
    ("missing office", "offices.yml", "  nmt: plan\n", "", r"offices\.yml, programs: the key 'nmt' is missing"),
    ("unknown kind", "offices.yml", "  nmt: plan\n", "  nmt: moon\n", r"offices\.yml, programs\.nmt: 'moon'"),
    ("missing county", "offices.yml", "  Alpine: null\n", "", r"offices\.yml, counties: the key 'Alpine' is missing"),
    (
        "missing Spanish",
        "offices.yml",
        "      es: Pregunte qué plan",
        "      # es:",
        r"plan_choice\.ask: .*'es' is missing",
    ),
]


@pytest.fixture
def plan_folder(tmp_path: Path) -> Path:
    """A copy of the plans that a test may spoil."""
    copy = tmp_path / "plans"
    shutil.copytree(plan_load.FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return copy


@pytest.mark.parametrize(("file", "old", "new", "says"), [case[1:] for case in PLANS], ids=[case[0] for case in PLANS])
def test_refused_in_plans(plan_folder: Path, file: str, old: str, new: str, says: str) -> None:
    spoil(plan_folder, file, old, new)
    with pytest.raises(RulesError, match=says):
        plan_load.load(plan_folder)


def test_a_county_cell_goes_before_the_statewide_line(plan_folder: Path) -> None:
    cell = (
        "{county_benefits: {name: {en: Alpine office, es: Oficina de Alpine}, phone: 1-209-555-0123, "
        "status: recalled, checked_on: 2026-11-21, review_by: 2026-12-21, source: S_GK}}"
    )
    spoil(plan_folder, "offices.yml", "  Alpine: null", f"  Alpine: {cell}")
    loaded = plan_load.load(plan_folder)
    own = loaded.office("Alpine", "calfresh", rules.Text("CalFresh", "CalFresh"))
    assert (own.name_en, own.phone, own.county, own.verified) == ("Alpine office", "1-209-555-0123", "Alpine", False)
    assert own.what_to_ask_en == "Ask for: CalFresh. You can also apply at BenefitsCal.com."
    assert "211" in plans.office("Alpine", "calfresh").what_to_ask_en
    assert loaded.office("Alpine", "ihss", rules.Text("IHSS", "IHSS")).county is None
