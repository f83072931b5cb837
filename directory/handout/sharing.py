"""The five-letter code of a list, and how a phone opens it: by text where the clinic has a number, else by a link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from directory import hours, phones
from directory.eligibility import rules
from directory.handout.drafts import Draft
from directory.inbox import given_codes, lists
from directory.inbox.lists import SavedList
from directory.model import Language
from directory.settings import Settings
from directory.text.catalogue import say
from directory.text.day import day_text
from directory.text.ours import ours

__all__ = ["Shared", "share", "shared"]

_CHAT = "/webhooks/web"


@dataclass(frozen=True)
class Shared:
    """How to open the list again; `link` is what the square code holds, None without a public address.

    `by_chat` is said where there is no other way.
    """

    code: str
    by_text: str | None
    by_link: str | None
    link: str | None
    until: str
    by_chat: str | None = None


def share(draft: Draft, by: str, now: datetime) -> str:
    """Keeps the places of the draft under a new code and says it; InboxError when all codes are in use.

    Who made it is noted; of the patient nothing but what was looked for, as with any shared list.
    """
    around = draft.around
    program = around.program or next(iter(draft.programs), None)
    need = rules.program(program).need.value if program else around.need
    language = (draft.language or Language.EN).value
    saved = SavedList(
        need, program, around.place or around.county, around.county, around.plan, (), draft.places, language,
        picked=bool(draft.places),
    )  # fmt: skip
    return lists.make(saved, by, now)


def shared(draft: Draft, language: Language, now: datetime) -> Shared | None:
    """How the list of the draft is opened again, in words; None while it has no code, or its code has ended."""
    given = given_codes.one(draft.code, now) if draft.code else None
    if given is None:
        return None
    clinic, code = ours(), given.code
    link = _link(clinic, code)
    return Shared(
        code,
        say("handout.code.text", language, code=code, phone=_written(clinic.sms.number)) if clinic.sms else None,
        say("handout.code.link", language, link=link.removeprefix("https://")) if link else None,
        link,
        say("handout.code.until", language, day=day_text(given.ends_at.astimezone(hours.PACIFIC).date(), language)),
        None if clinic.sms or link else say("handout.code.chat", language, code=code),
    )


def _link(clinic: Settings, code: str) -> str | None:
    """Where the door shows the list; None where it is reached from nowhere outside."""
    if not clinic.public_address:
        return None
    return f"{clinic.public_address.rstrip('/').removesuffix(_CHAT)}/list/{code}"


def _written(number: str) -> str:
    found = phones.parse(number)
    return phones.display(found[0]) if len(found) == 1 else number
