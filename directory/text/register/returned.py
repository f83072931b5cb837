"""What a reviewed sheet brings back: sign-offs and corrected wording, each row judged by itself, then kept."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from directory import wording
from directory.eligibility import guides, rules
from directory.errors import RulesError, UnreadableList
from directory.locks import locked
from directory.plans import load as plans
from directory.sync import fields
from directory.text.register import promises
from directory.text.register.every import PatientText
from directory.text.register.reread import Row, Sheet, plain
from directory.text.register.review import SignOff, clinic_file, sign_offs
from directory.wording import Wording

__all__ = ["FIXED", "Judged", "Returned", "judge", "keep"]

FIXED = "page.still."
"""How ids of texts begin that lie in the page itself: they are signed off like others, and changed there."""


@dataclass(frozen=True)
class Judged:
    """One row that was taken: who vouches for which words; `wording` when they are new, `before` what stood there."""

    line: int
    sign_off: SignOff
    wording: Wording | None = None
    before: str = ""


@dataclass(frozen=True)
class Returned:
    """What a sheet says, row by row; `refused` and `noted` are pairs of line and id with the reason or the note."""

    language: str
    taken: tuple[Judged, ...]
    refused: tuple[tuple[int, str, str], ...]
    noted: tuple[tuple[int, str, str], ...]
    untouched: int

    def to_json(self) -> dict[str, object]:
        """The same for programs."""
        named = ("line", "id", "why")
        return {
            "language": self.language,
            "corrected": [
                {"id": item.wording.id, "before": item.before, "words": item.wording.words, "by": item.wording.who}
                for item in self.taken
                if item.wording
            ],
            "signed": [
                {"id": item.sign_off.id, "by": item.sign_off.by, "on": item.sign_off.on.isoformat()}
                for item in self.taken
            ],
            "refused": [dict(zip(named, item, strict=True)) for item in self.refused],
            "notes": [dict(zip(("line", "id", "note"), item, strict=True)) for item in self.noted],
            "untouched": self.untouched,
        }


class _Refused(Exception):
    """A row cannot be taken, and why; never leaves this module."""


def judge(sheet: Sheet, texts: Iterable[PatientText], *, by: str, today: date) -> Returned:
    """What the rows of a sheet come to, nothing kept yet; UnreadableList when it reviews no or both languages."""
    language = _language(sheet)
    known = {text.id: text for text in texts}
    taken: dict[str, Judged] = {}
    refused, noted, untouched = [], [], 0
    for row in sheet.rows:
        if row.get("note"):
            noted.append((row.line, row.get("id"), row.get("note")))
        if not any(row.get(name) for name in (f"new_{language}", "reviewer", "day")):
            untouched += 1
            continue
        try:
            found = _row(row, known, language, by, today)
            if found.sign_off.id in taken and taken[found.sign_off.id].sign_off != found.sign_off:
                raise _Refused("this text is on the sheet twice and says two things. Keep one of the rows")
            taken[found.sign_off.id] = found
        except _Refused as why:
            refused.append((row.line, row.get("id"), str(why)))
    return Returned(language, tuple(taken.values()), tuple(refused), tuple(noted), untouched)


def _language(sheet: Sheet) -> str:
    reviewed = [language for language in wording.LANGUAGES if f"new_{language}" in sheet.columns]
    if len(reviewed) != 1 or reviewed[0] not in sheet.columns:
        raise UnreadableList(
            "The sheet needs the column New Spanish (or New English, not both) beside the one it corrects, so that "
            "it is known which language was reviewed. Nothing was changed. Write a sheet with `puente texts export`."
        )
    return reviewed[0]


def _row(row: Row, known: Mapping[str, PatientText], language: str, by: str, today: date) -> Judged:
    text = known.get(row.get("id"))
    if text is None:
        raise _Refused(
            "no text has this id. It may have gone since the sheet was written" if row.get("id") else "no id"
        )
    now, new = text.get(language), row.get(f"new_{language}")
    said_already = bool(new) and _bare(new) == _bare(now)  # the same sheet again, after its refused rows were mended
    for each in wording.LANGUAGES:
        stale = row.get(each) and _bare(row.get(each)) != _bare(text.get(each))
        if stale and not (each == language and said_already):
            raise _Refused(f"this text has changed since the sheet was written; it now says: {text.get(each)}")
    if not row.get(language):
        raise _Refused("the sheet does not show which words were reviewed")
    who, on = row.get("reviewer") or by, _day(row, today)
    if not new or said_already:
        return Judged(row.line, SignOff(text.id, language, wording.fingerprint(now), who, on, row.get("note") or None))
    _refuse_unfit(new, text, language)
    own = Wording(text.id, language, new, who, on, wording.fingerprint(text.ships(language)))
    signed = SignOff(text.id, language, wording.fingerprint(new), who, on, row.get("note") or None)
    return Judged(row.line, signed, own, now)


def _bare(text: str) -> str:
    return " ".join(plain(text).split())


def _day(row: Row, today: date) -> date:
    if not row.get("day"):
        return today
    found = fields.day(row.get("day"))
    if found is None:
        raise _Refused(f"{row.get('day')!r} is no day. Write year, month and day: 2026-12-31")
    if found > today:
        raise _Refused(f"the day {found} has not come yet")
    return found


def _refuse_unfit(new: str, text: PatientText, language: str) -> None:
    now = text.ships(language)
    if text.id.startswith(FIXED):
        raise _Refused(
            f"these words stand in {text.file} itself and are not changed by a sheet; tell who looks after it"
        )
    if missing := sorted(wording.values(now) ^ wording.values(new)):
        raise _Refused(f"{{{missing[0]}}} must stand in both wordings or in neither: a value is put in there")
    if "{" in (rest := _without_values(new)) or "}" in rest:
        raise _Refused("a brace is left over, and a person would read it")
    if odd := promises.unlike(now, new):
        raise _Refused(f"{odd[0]} stands in only one of the two wordings; figures, phones and addresses must stay")
    if promised := promises.promised(new):
        raise _Refused(f'"{promised[0]}" promises what only a plan or a county decides; say "may"')
    if language == "es" and (familiar := promises.familiar(new)):
        raise _Refused(f'"{familiar[0]}" says tú; these texts say usted')


def _without_values(text: str) -> str:
    for name in wording.values(text):
        text = text.replace(f"{{{name}}}", "")
    return text


def keep(returned: Returned) -> None:
    """Writes what was taken into the clinic's two files, each at once; an older word on the same text gives way.

    RulesError, with nothing changed, when a program, plan or guide could not be read with the new words. One writer at
    a time: whoever signs off a text meanwhile waits, and loses nothing.
    """
    if not returned.taken:
        return
    clinic_file().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with locked(clinic_file().with_name("texts.lock")):
        _keep(returned)


def _keep(returned: Returned) -> None:
    signed = {(item.id, item.language): item for item in _kept_sign_offs()}
    words = dict(wording.own())
    for item in returned.taken:
        signed[item.sign_off.id, item.sign_off.language] = item.sign_off
        if item.wording:
            words[item.wording.id, item.wording.language] = item.wording
    if any(item.wording for item in returned.taken):
        _write_words(words.values())
    _write(clinic_file(), "Who reviewed which words here, and when.", map(_sign_off, signed.values()))


def _write_words(words: Iterable[Wording]) -> None:
    """Two programs of one name, or a step said twice, are refused when rules are loaded: tried before it stands."""
    file = wording.file()
    before = file.read_bytes() if file.exists() else None
    _write(file, "The clinic's own words for texts; they win over what ships.", map(_words, words))
    try:
        rules.load()
        guides.load()
        plans.load()
    except RulesError as error:
        file.unlink() if before is None else file.write_bytes(before)
        raise RulesError(f"Nothing was taken: with these words the rules cannot be read. {error}") from error


def _kept_sign_offs() -> Iterator[SignOff]:
    if clinic_file().exists():
        yield from sign_offs(clinic_file())


def _words(item: Wording) -> dict[str, object]:
    return {
        "id": item.id, "language": item.language, "words": item.words, "who": item.who, "day": item.on,
        "instead_of": item.instead_of,
    }  # fmt: skip


def _sign_off(item: SignOff) -> dict[str, object]:
    plain = {"id": item.id, "language": item.language, "words": item.words, "by": item.by, "day": item.on}
    return plain | ({"note": item.note} if item.note else {})


def _write(file: Path, head: str, items: Iterable[dict[str, object]]) -> None:
    body = yaml.dump(list(items), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    beside.write_text(f"# {head} `puente texts import` writes this file.\n{body}", encoding="utf-8")
    beside.replace(file)


class _Dumper(yaml.SafeDumper):
    """Never writes `&` and `*` for a day that many rows share: the reader refuses them."""

    def ignore_aliases(self, data: object) -> bool:
        return True
