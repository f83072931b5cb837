"""The texts that patients read: listed by how they stand, looked at one by one, signed off with a name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.responses import Response

from directory import wording
from directory.desk.frame import Visit
from directory.desk.paging import page_of
from directory.folding import bare_words
from directory.text.catalogue import keys
from directory.text.register import every, returned
from directory.text.register.every import PatientText
from directory.text.register.reread import Row, Sheet
from directory.text.register.review import Review, State, review, signed

__all__ = ["STATES", "listed", "one", "rows_of", "sign"]

PAGE = 25
STATES = ("open", "changed", "reviewed", "own", "all")
_MOST_NAME = 120


@dataclass(frozen=True)
class Shown:
    """A text and how it stands in the language that is reviewed."""

    text: PatientText
    review: Review


def listed(visit: Visit) -> Response:
    """The texts of the chosen state, part and language that hold the words looked for, a page of them."""
    language = _language(visit.query.get("language", ""))
    found = rows_of(language)
    rooms = Counter(shown.text.room for shown in found)
    room = visit.query.get("room", "") if visit.query.get("room", "") in rooms else ""
    words = " ".join(visit.query.get("words", "").split())[:80]
    state = visit.query.get("state", "") if visit.query.get("state", "") in STATES else "open"
    chosen = [shown for shown in found if (not room or shown.text.room == room) and _holds(shown.text, words)]
    mine = [shown for shown in chosen if _is(shown, state)]
    page = page_of(visit.query.get("page", ""), len(mine), PAGE)
    return visit.page(
        "texts/listed.html",
        language=language,
        languages=wording.LANGUAGES,
        states=[(one, sum(_is(shown, one) for shown in chosen)) for one in STATES],
        state=state,
        room=room,
        rooms=sorted((room_name(name, visit), name, count) for name, count in rooms.items()),
        words=words,
        rows=[(shown, room_name(shown.text.room, visit)) for shown in mine[page.start : page.stop]],
        total=len(mine),
        first=page.start + 1,
        last=page.stop,
        number=page.number,
        reviewed=sum(_is(shown, "reviewed") for shown in found),
        of=len(found),
        trouble=wording.slip(),
    )


def one(visit: Visit) -> Response:
    """One text in both languages, who reviewed it, and the form to sign it off."""
    return _page(visit, _text(visit.query.get("id", "")), _language(visit.query.get("language", "")))


def sign(visit: Visit) -> Response:
    """Keeps that somebody vouches for these words, or for better ones; refused where the text changed meanwhile."""
    text = _text(visit.form.get("id"))
    language = _language(visit.form.get("language"))
    if any(wording.fingerprint(text.get(each)) != visit.form.get(f"seen_{each}") for each in wording.LANGUAGES):
        return _page(visit, text, language, 409, wrong=visit.say("texts.wrong.changed"))
    if not visit.form.get("reviewer"):
        return _page(visit, text, language, 400, wrong=visit.say("texts.wrong.reviewer"))
    found = returned.judge(_as_sheet(visit, text, language), [text], by=visit.who.shown, today=visit.today)
    if found.refused:
        return _page(visit, text, language, 400, wrong=found.refused[0][2])
    returned.keep(found)
    visit.audit("texts.signed", of=text.id)
    said = "texts.said.worded" if any(item.wording for item in found.taken) else "texts.said.signed"
    return visit.go("/texts/one", said=said, id=text.id, language=language)


def rows_of(language: str) -> list[Shown]:
    """Every text with how it stands in that language."""
    known = signed()
    return [Shown(text, review(text, language, known)) for text in every.every_text()]


def room_name(room: str, visit: Visit) -> str:
    """A part of Puente as staff call it; its own name where nobody gave it one yet."""
    key = f"texts.room.{room}"
    return visit.say(key) if f"desk.{key}" in keys(visit.lang) else room.replace("_", " ").capitalize()


def _as_sheet(visit: Visit, text: PatientText, language: str) -> Sheet:
    """The form as one row of a translator's sheet, so that it is judged by the same rules."""
    who = " ".join(visit.form.get("reviewer").split())[:_MOST_NAME]
    skill = " ".join(visit.form.get("qualification").split())[:_MOST_NAME]
    cells = {
        "id": text.id,
        "en": text.en,
        "es": text.es,
        f"new_{language}": visit.form.get("new"),
        "reviewer": f"{who}, {skill}" if skill else who,
        "day": visit.form.get("day") or visit.today.isoformat(),
        "note": " ".join(visit.form.get("note").split())[:300],
    }
    return Sheet(frozenset(cells), (Row(1, cells),))


def _page(visit: Visit, text: PatientText, language: str, code: int = 200, wrong: str = "") -> Response:
    known = signed()
    return visit.page(
        "texts/one.html",
        code,
        text=text,
        room=room_name(text.room, visit),
        language=language,
        stands=[(each, text.get(each), review(text, each, known), text.ships(each)) for each in wording.LANGUAGES],
        seen=[(each, wording.fingerprint(text.get(each))) for each in wording.LANGUAGES],
        values=sorted(wording.values(text.ships(language))),
        fixed=text.id.startswith(returned.FIXED),
        wrong=wrong,
        form=visit.form,
        next=_next(text, language),
    )


def _next(text: PatientText, language: str) -> str:
    """The id of the next text of the same part that nobody reviewed."""
    ids = [shown.text.id for shown in rows_of(language) if shown.text.room == text.room and _is(shown, "open")]
    later = ids[ids.index(text.id) + 1 :] if text.id in ids else ids
    return next(iter(later), "")


def _text(id: str) -> PatientText:
    found = every.find(id, every.every_text())
    if found is None:
        raise HTTPException(404)
    return found


def _language(text: str) -> str:
    return text if text in wording.LANGUAGES else "es"


def _is(shown: Shown, state: str) -> bool:
    if state == "own":
        return shown.review.own is not None
    states = {"open": (State.DRAFT, State.CHANGED), "changed": (State.CHANGED,), "reviewed": (State.REVIEWED,)}
    return state == "all" or shown.review.state in states[state]


def _holds(text: PatientText, words: str) -> bool:
    """Whether each word stands in the text or its id, however it is written."""
    if not words:
        return True
    body = " ".join(bare_words(" ".join((text.id, text.en, text.es, text.where))))
    return all(word in body for word in bare_words(words))
