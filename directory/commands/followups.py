"""`puente followups`: whom Puente will ask back, and sending all that waits; a timer runs `puente followups send`."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import click

from directory.commands.telling import as_json_option, now, show, tell, tell_of_settings, wrapped
from directory.eligibility import rules
from directory.errors import SenderError
from directory.inbox import asked_back, followups, queue
from directory.inbox.causes import FOLLOWUPS
from directory.inbox.followups import FollowUp
from directory.model import Language, Need
from directory.sender import asking
from directory.sender.account import Account, account
from directory.sender.drain import Drained, drain
from directory.sender.hours import ZONE

__all__ = ["register"]

_KEPT = {
    "night": "It is not between 9 am and 8 pm Pacific, so nothing was sent; what waits goes out from 9 am.",
    "paused": "Puente is paused, so no text is begun. To go on: puente resume",
    "busy": "Another `puente followups send` is at work and sends all that is due.",
}
_LANGUAGES = {"en": "English", "es": "Spanish"}
_STATES = {
    "waiting": "waits to be sent",
    "sending": "is being sent",
    "sent": "asked, no answer yet",
    "due": "due now",
    "to_come": "to come",
}


def register(group: click.Group) -> None:
    """Adds `followups` to the `puente` command."""
    group.add_command(followups_group)


@click.group("followups")
def followups_group() -> None:
    """Texts that ask back whether it helped, for people who agreed to them.

    Example: puente followups due
    """


@dataclass(frozen=True)
class _Line:
    """One follow-up as staff see it."""

    item: FollowUp
    state: str

    def plain(self) -> dict[str, object]:
        each = self.item
        due = each.due_at.astimezone(ZONE).isoformat(timespec="minutes")
        asked = each.sent_at.astimezone(ZONE).isoformat(timespec="minutes") if each.sent_at else None
        known = {"state": self.state, "asked": asked, "outcome": each.outcome.value if each.outcome else None}
        about = {"need": each.need, "program": each.program, "county": each.county, "language": each.language}
        return {"id": each.id, "day": each.day, "due": due, **known, **about}

    def told(self) -> str:
        each = self.item
        about = [_about(each), each.county, _LANGUAGES.get(each.language, each.language)]
        if each.sent_at and self.state != _STATES["sent"]:
            answer = each.outcome.value.replace("_", " ") if each.outcome else "no answer yet"
            about.append(f"asked {each.sent_at.astimezone(ZONE):%Y-%m-%d}: {answer}")
        day = f"{each.due_at.astimezone(ZONE):%Y-%m-%d %H:%M}  day {each.day:<2}"
        return f"  {day}  {self.state:<20}  {', '.join(filter(None, about))}"


@followups_group.command("due")
@as_json_option
def due_command(as_json: bool) -> None:
    """Show what Puente will ask back, and when. No number and no name stands there.

    Example: puente followups due --json
    """
    at = now()
    lines = tell(lambda: _lines(at))
    show([line.plain() for line in lines], "\n".join(_listed(lines)), as_json=as_json)


def _lines(at: datetime) -> list[_Line]:
    texts = queue.states(FOLLOWUPS)
    found = sorted(followups.running(), key=lambda item: (item.due_at, item.id))
    return [_Line(item, _state(item, texts, at)) for item in found]


def _about(item: FollowUp) -> str | None:
    """What it is about, in words."""
    if item.program and item.program in rules.programs():
        return rules.program(item.program).short.get(Language.EN)
    return rules.need_names()[Need(item.need)].get(Language.EN) if item.need in set(Need) else item.need


def _state(item: FollowUp, texts: Mapping[str, queue.State], at: datetime) -> str:
    state = asked_back.state(item, texts, at)
    return _STATES.get(state, state)


def _listed(lines: Iterable[_Line]) -> Iterator[str]:
    counted = Counter(line.state for line in lines)
    if not counted:
        yield "Nobody is to be asked back now."
        return
    yield f"Follow-ups: {', '.join(f'{count} {state}' for state, count in counted.items())}."
    yield from (line.told() for line in lines)


@followups_group.command("send")
@click.option("--dry-run", is_flag=True, help="Only show what would be asked and sent now; nothing is taken or sent.")
@click.option("--quiet", is_flag=True, help="Print only what somebody should look at; for cron.")
@as_json_option
@click.pass_context
def send_command(context: click.Context, dry_run: bool, quiet: bool, as_json: bool) -> None:
    """Ask back whoever is due, and send every text that waits: follow-ups, reminders, lists.

    Run it every 15 minutes (the timer puente-texts, or cron). Nothing goes out before 9 am or after 8 pm Pacific, nor
    to anybody who said STOP. It ends with exit code 1 only while a text waits for an account that is missing or
    refused.

    \b
    Examples:
      puente followups send --dry-run
      puente followups send --quiet
    """
    if not (quiet or as_json):
        tell_of_settings()
    if dry_run:
        _tried(as_json)
        return
    sender, lack = _account()
    asked = tell(lambda: asking.ask(now()))
    done = tell(lambda: drain(sender, now, random.random))
    tell(followups.running)  # notes whose question is open now
    lines = list(_urgent(done, lack)) if quiet else [*_told(asked, done), *_urgent(done, lack)]
    if lines or as_json:
        show(_plain(asked, done, lack), "\n".join(lines), as_json=as_json)
    if done.no_account or done.refused:
        context.exit(1)


def _account() -> tuple[Account | None, str | None]:
    """The account, or the sentence that says what it lacks."""
    try:
        return account(), None
    except SenderError as why:
        return None, str(why)


def _tried(as_json: bool) -> None:
    at = now()
    texts = tell(lambda: [*map(asking.question, asking.due(at)), *queue.texts_due(at)])
    lines = [f"{count} x {text}" for text, count in Counter(texts).items()] or ["Nothing is due now."]
    lines += ["Nothing was sent: this was a trial (--dry-run)."]
    show({"dry_run": True, "due": len(texts), "texts": dict(Counter(texts))}, "\n".join(lines), as_json=as_json)


def _told(asked: int, done: Drained) -> Iterator[str]:
    """What came of it, for whoever watches."""
    if done.kept:
        yield from wrapped(_KEPT[done.kept])
    for text in done.simulated:
        yield from wrapped(text, "simulated phone: ", "  ")
    parts = {
        "sent": done.sent, "to a simulated phone": len(done.simulated), "tried again later": done.later,
        "not sure yet": done.doubt, "not taken": done.failed, "said STOP meanwhile": done.stopped,
    }  # fmt: skip
    said = ", ".join(f"{count} {what}" for what, count in parts.items() if count)
    kept_back = done.no_account or done.unreadable or done.refused
    if not done.kept and (said or not kept_back):
        yield f"Texts: {said}." if said else "No text is due."
    elif asked:
        yield f"{asked} more wait now."


def _urgent(done: Drained, lack: str | None) -> Iterator[str]:
    """What somebody should look at."""
    if done.no_account:
        many = "A text waits" if done.no_account == 1 else f"{done.no_account} texts wait"
        yield from wrapped(f"{many} and cannot be sent. {lack}")
    if done.unreadable:
        many = "A text waits" if done.unreadable == 1 else f"{done.unreadable} texts wait"
        yield from wrapped(
            f"{many} and cannot be read: secret.key holds another key than before. Put the key back from a backup: "
            "puente restore --help. What is not read until its day is over is not sent."
        )
    if done.refused:
        yield from wrapped(
            f"Twilio refuses the account, its token or its number (code {done.refused}), so nothing is sent; what "
            "waits stays until its day is over. Look at the account in Twilio's console, then: puente sms-token, or "
            "puente setup sms"
        )
    if done.codes:
        codes = ", ".join(f"{code} ({count})" for code, count in Counter(done.codes).items())
        yield from wrapped(
            f"Twilio did not take some texts, and they are not tried again. Its codes: {codes}. What each means: "
            "https://www.twilio.com/docs/api/errors"
        )


def _plain(asked: int, done: Drained, lack: str | None) -> dict[str, object]:
    return {
        "asked": asked, "sent": done.sent, "simulated": done.simulated, "later": done.later, "in_doubt": done.doubt,
        "failed": done.failed, "stopped": done.stopped, "no_account": done.no_account, "codes": done.codes,
        "unreadable": done.unreadable, "kept": done.kept, "refused": done.refused, "lack": lack,
    }  # fmt: skip
