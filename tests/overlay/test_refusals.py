"""What the reader of notes refuses, with file and key; and files that no honest hand wrote."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest

from directory.eligibility import rules
from directory.errors import RulesError
from directory.overlay.reading import Names, read_notes

HEAD = "- who: Ana\n  on: 2026-11-22\n  source: a letter\n"
TABLE = HEAD + "  changed: {table: fpl, from: 2027-01-01, until: 2027-12-31, by_size: "
RULE = HEAD + "  changed: {rule: ecm, from: 2027-01-01, until: null, when: "
LATER = HEAD + "  changed: {table: fpl, from: 2027-03-01, until: 2027-12-31, by_size: {1: 5}}\n"

BOMB = "".join(f"- &{b} [*{a}, *{a}, *{a}, *{a}]\n" for a, b in pairwise("abcdefghi"))

REFUSED = {
    "no who": ("- on: 2026-11-22\n  source: x\n  checked: ['table:fpl']", r"overlay.yml, 1: the key 'who' is missing"),
    "no source": ("- who: Ana\n  on: 2026-11-22\n  checked: ['table:fpl']", r"1: the key 'source' is missing"),
    "empty source": ("- who: Ana\n  on: 2026-11-22\n  source: ''\n  checked: ['table:fpl']", r"1\.source: a text"),
    "no day": ("- who: Ana\n  on: today\n  source: x\n  checked: ['table:fpl']", r"1\.on: a day such as"),
    "a day long gone": ("- {who: A, on: 0202-11-22, source: x, checked: ['table:fpl']}", r"1\.on: .*Mend the year"),
    "a day that is none": ("- {who: A, on: 2026-02-30, source: x, checked: ['table:fpl']}", r"1: 'on' is 2026-02-30"),
    "a month that is none": (HEAD + "  changed:\n    from: 2026-13-01", r"line 5: 'from' is 2026-13-01, and"),
    "no colon": ("- who: Ana\n  on 2026-11-22\n  source: x", r"line 2: there is no ':' after 'on'\. Write name"),
    "no colon at last": (HEAD + "  checked ['table:fpl']\n", r"line 4: there is no ':' after 'checked'"),
    "no colon at first": ("- who Ana\n  on: 2026-11-22\n", r"line 2: a colon stands .* Either the line above lacks"),
    "a colon in a text": ("- who: Ana\n  source: a: b\n", r"line 2: a colon stands .* write the text in quotes"),
    "a tab": ("- who: Ana\n\ton: 2026-11-22\n", r"line 2: the line begins with a tab"),
    "a line too far left": ("- who: Ana\n on: 2026-11-22\n", r"line 2: the line does not begin under those"),
    "an open quote": ("- who: 'Ana\n  on: 2026-11-22\n", r"line 1: a quote is opened and not closed"),
    "unknown key": (HEAD + "  checked: ['table:fpl']\n  colour: red", r"1: the key 'colour' is unknown"),
    "a key twice": (HEAD + "  who: Eva\n  checked: ['table:fpl']", r"line 4: the key 'who' stands twice"),
    "both": (HEAD + "  checked: ['table:fpl']\n  changed: {plan: chg, phone: '211'}", r"1: a note says either"),
    "neither": (HEAD, r"1: a note says either"),
    "nothing checked": (HEAD + "  checked: []", r"1\.checked: nothing is named"),
    "no such kind": (HEAD + "  checked: ['tables:fpl']", r"1\.checked\.1: 'tables:fpl' names nothing"),
    "side without its kind": (HEAD + "  checked: ['side:ihss']", r"1\.checked\.1: .*side:PROGRAM/SIDE"),
    "a version where there is none": (HEAD + "  checked: ['phone:chg@2027-01-01']", r"1\.checked\.1: "),
    "unknown change": (HEAD + "  changed: {tabel: fpl}", r"1\.changed: a change begins with one of: table"),
    "nothing changed": (HEAD + "  changed: {plan: chg}", r"1\.changed: nothing is changed"),
    "unknown key of a change": (HEAD + "  changed: {plan: chg, fax: '211'}", r"1\.changed: the key 'fax' is unknown"),
    "no figures": (HEAD + "  changed: {table: fpl, from: null, until: null}", r"1\.changed\.table: there are no"),
    "a gap": (TABLE + "{1: 5, 3: 7}}", r"1\.changed\.by_size: the sizes begin with 1"),
    "no size": (TABLE + "{one: 5}}", r"1\.changed\.by_size: the sizes"),
    "a figure that falls": (TABLE + "{1: 2660, 2: 368}}", r"the figure for 2 is below that for 1"),
    "a figure in words": (TABLE + "{1: a lot}}", r"1\.changed\.by_size\.1: a number was expected"),
    "a figure without end": (TABLE + "{1: .inf}}", r"1\.changed\.by_size\.1: inf is no amount"),
    "until before from": (
        HEAD + "  changed: {table: fpl, from: 2027-12-31, until: 2027-01-01, by_size: {1: 5}}",
        r"1\.changed\.until: 'until' 2027-01-01 lies before 'from'",
    ),
    "dates that overlap": (
        LATER + HEAD + "  changed: {table: fpl, from: 2027-01-01, until: 2027-06-30, by_size: {1: 5}}",
        r"2\.changed\.from: the dates overlap those of note 1",
    ),
    "no phone": (HEAD + "  changed: {plan: chg, phone: call us}", r"1\.changed\.phone: 'call us' does not look like"),
    "no work days": (HEAD + "  changed: {plan: chg, ride_days: 500}", r"1\.changed\.ride_days: 500 is no number"),
    "a text that is no line": (
        HEAD + '  changed: {plan: chg, ride_notice: {en: "a\\e[2Jb", es: b}}',
        r"1\.changed\.ride_notice\.en: one line of at most",
    ),
    "no Spanish": (HEAD + "  changed: {plan: chg, ride_notice: {en: Call.}}", r"ride_notice: the key 'es' is missing"),
    "unknown condition": (RULE + "{all: [has_medi_cal, rich]}}", r"1\.changed\.when\.all\.2: the condition 'rich'"),
    "unknown definition": (RULE + "['def:rich']}", r"1\.changed\.when: "),
    "an empty group": (RULE + "{any: []}}", r"1\.changed\.when\.any: the group is empty"),
    "no list": ("who: Ana", r"overlay.yml: a list of notes was expected"),
    "an empty file": (" \n", r"overlay.yml: the file is empty"),
    "no YAML": ("- {who: ", r"overlay.yml, line 1: this cannot be read\. Look here"),
    "half a byte": (b"- who: \xff\n", r"overlay.yml: byte 7 is no UTF-8"),
    "ten megabytes": (b"# " + b"x" * 10_000_000, r"overlay.yml: more than 1,000,000 bytes are no file"),
    "a bomb of aliases": ("- &a [x, x]\n" + BOMB, r"overlay.yml, line 2: '\*' repeats another part"),
    "a deep pit": ("[" * 5000 + "]" * 5000, r"overlay.yml, line 1: this is nested deeper than 40"),
    "a long text": (HEAD + f"  checked: ['{'x' * 3000}']", r"overlay.yml, line 4: a text of 3,000 letters"),
    "a tag": ("- !!python/object/apply:os.system [ls]", r"overlay.yml"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_file_and_key(name: str, tmp_path: Path) -> None:
    text, says = REFUSED[name]
    content = text if isinstance(text, bytes) else text.encode()
    known = rules.everything()
    began = time.monotonic()
    with pytest.raises(RulesError, match=says) as refused:
        read_notes(content, tmp_path / "overlay.yml", Names(frozenset(known.conditions), frozenset(known.definitions)))
    assert time.monotonic() - began < 2
    assert len(str(refused.value)) < 600


def test_a_condition_that_an_upgrade_took_away_is_told_only(home: Path) -> None:
    good = RULE + "{all: [has_medi_cal, bygone]}}\n"
    (home / "overlay.last-good.yml").write_text(good + HEAD + "  checked: ['table:fpl']\n", "utf-8")
    (home / "overlay.yml").write_text(good + HEAD + "  checked: ['table:wic_185_month']\n", "utf-8")
    assert rules.overlay().trouble is None
    assert [note.number for note in rules.overlay().notes] == [1, 2]
    (warning,) = rules.overlay_warnings()
    assert "note 1 (Ana, 2026-11-22)" in warning and "changed.when.all.2: the condition 'bygone'" in warning
    assert rules.tables()["wic_185_month"].values[0].basis.status == "verified"
