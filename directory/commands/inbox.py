"""`puente inbox`: who is to be called, what people say is wrong, and what waits to be sent."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

import click

from directory import phones, store
from directory.accounts import audit
from directory.commands.inbox_named import CALL, in_hand, key_of, reported
from directory.commands.telling import as_json_option, by_option, now, show, tell, wrapped
from directory.eligibility import rules
from directory.errors import InboxError, PuenteError
from directory.inbox import handling, outcomes, queue, reports, tasks
from directory.inbox.reports import Reported
from directory.inbox.tasks import Task
from directory.model import Language, Need, Phone
from directory.text.listing import title

__all__ = ["register"]

EN = Language.EN
_WHAT = {
    "phone": "the phone is wrong or out of service",
    "moved": "they moved",
    "closed": "they closed",
    "only_some": "they help only some people",
    "full": "they have no room",
    "hours": "the hours are wrong",
    "other": "something else is wrong",
    "rule": "our answer was wrong",
}
_WHEN = {"any": "any time", "morning": "mornings", "midday": "midday", "afternoon": "afternoons", "evening": "evenings"}
_VERDICTS = {"right": "is right", "wrong": "was wrong"}
_CALL_FIRST = "Nobody is told to call there first any more."
_WAITS = {"waiting": "wait to be sent", "sending": "being sent", "failed": "could not be sent"}
_TRY_OUT = "sim:"
"""How the number of a phone begins that is only played."""
_LANGUAGES = {"en": "English", "es": "Spanish"}
_OUTCOMES = {"helped": "helped", "no_answer": "no answer", "turned_away": "turned away", "did_not_go": "did not go"}


def register(group: click.Group) -> None:
    """Adds `inbox` to the `puente` command."""
    group.add_command(inbox_group)


@click.group("inbox", invoke_without_command=True)
@click.option("--mine", is_flag=True, help="Only what you have in hand (--by says who you are).")
@by_option
@as_json_option
@click.pass_context
def inbox_group(context: click.Context, mine: bool, who: str, as_json: bool) -> None:
    """What people tell the clinic: calls they asked for (red ones first), and what they say is wrong.

    No number and no word of anybody stands here; `puente inbox show T1` shows the number to dial.

    Example: puente inbox
    """
    if context.invoked_subcommand is None:
        calls, said, texts = tell(lambda: (tasks.open_tasks(), reports.open_reports(), queue.counts()))
        if mine:
            keys = tell(lambda: in_hand(who))
            calls = tuple(each for each in calls if (handling.CALL, str(each.id)) in keys)
            said = tuple(each for each in said if (each.about, each.subject) in keys)
        plain = {"calls": [_call(each) for each in calls], "reports": [_report(each) for each in said], "texts": texts}
        show(plain, "\n".join(_told(calls, said, texts)), as_json=as_json)


@inbox_group.command("show")
@click.argument("id")
@as_json_option
def show_command(id: str, as_json: bool) -> None:
    """Show one call with the number to dial (T1), or one report (R4).

    Example: puente inbox show T1
    """
    if found := CALL.fullmatch(id):
        item, number = tell(lambda: (tasks.one(int(found[1])), tasks.number(int(found[1]))))
        audit.note(None, "inbox.call.read", f"T{found[1]}", now())  # as at the desk: who reads a number leaves a line
        show({**_call(item), "number": number}, "\n".join(_whole_call(item, number)), as_json=as_json)
        return
    said = tell(lambda: reported(id))
    show(_report(said), "\n".join(_whole_report(said)), as_json=as_json)


@inbox_group.command("take")
@click.argument("id")
@by_option
def take_command(id: str, who: str) -> None:
    """Take a call (T1) or a report (R4) in hand, so that nobody else does it too.

    Example: puente inbox take T1
    """
    staff = handling.Staff(f"cli:{who}", who)
    tell(lambda: handling.take(key_of(id), staff, now()))
    show({"id": id.upper(), "taken_by": who}, f"{id.upper()} is in the hands of {who}.", as_json=False)


@inbox_group.command("done")
@click.argument("id")
@by_option
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@as_json_option
def done_command(id: str, who: str, dry_run: bool, as_json: bool) -> None:
    """Say that a call was made, or will not be: its number is erased for good.

    Example: puente inbox done T1
    """
    number = tell(lambda: _number(id))
    tell(lambda: _not_done(number))
    if not dry_run:
        tell(lambda: tasks.done(number, who, now()))
    text = (
        f"T{number} would be done, and its number erased." if dry_run else f"T{number} is done. Its number is erased."
    )
    show({"id": f"T{number}", "done": not dry_run}, text, as_json=as_json)


@inbox_group.command("decide")
@click.argument("id")
@click.argument("verdict", type=click.Choice(reports.VERDICTS))
@click.option("--mended", is_flag=True, help="With `wrong`: what Puente shows of the place is mended already.")
@by_option
@click.option("--dry-run", is_flag=True, help="Only say what would be decided.")
@as_json_option
def decide_command(id: str, verdict: str, mended: bool, who: str, dry_run: bool, as_json: bool) -> None:
    """End the reports on a place or a rule: what Puente shows is `right`, or was `wrong`.

    "Call first" then goes from the place, so call there before you decide. Where a place was wrong, mend it first
    (puente edit --help), then say so with --mended: until then people go on reading "call first".

    \b
    Examples:
      puente inbox decide R4 right
      puente inbox decide R4 wrong --mended
    """
    said = tell(lambda: reported(id))
    if verdict == "wrong" and said.about == "listing" and not mended:
        tell(lambda: _not_mended(said))
    ended = said.people if dry_run else tell(lambda: reports.decide(said.subject, verdict, who, now()))
    done = "would be decided" if dry_run else "is decided"
    first = f"R{said.id} {done}: what Puente shows of {_name(said)} {_VERDICTS[verdict]}."
    rest = f"{ended} {'report ends' if ended == 1 else 'reports end'}. {_CALL_FIRST if said.about == 'listing' else ''}"
    lines = [first, rest, *_mend(said, verdict)]
    plain = {**_report(said), "verdict": verdict, "decided": not dry_run}
    show(plain, "\n".join(line for text in lines for line in wrapped(text)), as_json=as_json)


def _number(id: str) -> int:
    if found := CALL.fullmatch(id):
        return int(found[1])
    raise InboxError(f"{id!r} is no call. Calls have a T and a number (T1); `puente inbox` shows them.")


def _not_done(number: int) -> None:
    if (item := tasks.one(number)).ended_at:
        raise InboxError(f"T{number} was done already, on {item.ended_at:%Y-%m-%d}. Nothing was changed.")


def _not_mended(said: Reported) -> None:
    raise InboxError(
        f"Nothing was decided: the warning would go, and {_name(said)} would stay as it is. Mend it first "
        f"(puente edit {said.subject} --help), then: puente inbox decide R{said.id} wrong --mended"
    )


def _told(calls: tuple[Task, ...], said: tuple[Reported, ...], texts: dict[str, int]) -> Iterator[str]:
    yield f"Calls to make: {len(calls) or 'none'}"
    for each in calls:
        about = f"{_about_call(each)}{', a try-out' if _is_try_out(each) else ''}"
        yield from wrapped(f"T{each.id}  {about}", first="  ", rest="      ")
    yield ""
    yield f"Places and answers that people say are wrong: {len(said) or 'none'}"
    for report in said:
        yield from wrapped(f"R{report.id}  {_about_report(report)}", first="  ", rest="      ")
    yield ""
    yield "Texts: " + (
        ", ".join(f"{texts[state]} {words}" for state, words in _WAITS.items() if texts[state]) or "none"
    )
    if calls or said:
        yield ""
        yield from _next(calls, said)


def _next(calls: tuple[Task, ...], said: tuple[Reported, ...]) -> Iterator[str]:
    if calls:
        yield from wrapped(f"The number to dial: puente inbox show T{calls[0].id}")
        yield from wrapped(f"After the call: puente inbox done T{calls[0].id}")
    if said:
        yield from wrapped(f"After you called the place: puente inbox decide R{said[0].id} right (or wrong --mended)")


def _about_call(item: Task) -> str:
    about = [_need(item.need), f"in {item.county} County" if item.county else None]
    what = " ".join(part for part in about if part)
    parts = [
        what,
        f"speaks {_LANGUAGES.get(item.language, item.language)}",
        f"best: {_WHEN[item.when]}",
        f"asked {_day(item.asked_at)}{_waits(item)}",
    ]
    return ("RED  " if item.red else "") + ", ".join(part for part in parts if part)


def _waits(item: Task) -> str:
    """How many days it waits, once that is a day or more."""
    days = 0 if item.ended_at else (now() - item.asked_at).days
    return f" ({days} {'day' if days == 1 else 'days'} ago)" if days > 0 else ""


def _whole_call(item: Task, number: str | None) -> Iterator[str]:
    yield from wrapped(f"T{item.id}: {_about_call(item)}")
    if item.ended_at:
        why = "They said STOP" if item.ended_how == "stopped" else f"Done by {item.ended_by}"
        yield from wrapped(f"{why}, on {_day(item.ended_at)}. The number is erased.")
        return
    if item.red:
        yield from wrapped("RED: what this person wrote was worrying. Call today, before the others.")
    yield from wrapped(_dial(number))
    yield from wrapped(f"After the call: puente inbox done T{item.id}")


def _is_try_out(item: Task) -> bool:
    with suppress(InboxError):
        return (tasks.number(item.id) or "").startswith(_TRY_OUT)
    return False


def _dial(number: str | None) -> str:
    if not number or number.startswith(_TRY_OUT):
        return "There is no number: this came from a try-out on the page or in the terminal."
    return (
        f"Dial {phones.display(Phone(number))}. Somebody else may answer. Say only your own name until you know who it "
        "is, and leave no message about why you call."
    )


def _about_report(item: Reported) -> str:
    """One report in a line: the place, who said how often what, since when."""
    people = "1 person" if item.people == 1 else f"{item.people} people"
    what = "; ".join(f"{_WHAT[name]} ({count})" if count > 1 else _WHAT[name] for name, count in item.what)
    mark = ' Shown with "call first".' if item.about == "listing" and item.people > 1 else ""
    return f"{_name(item)}: {people} since {item.first_at.astimezone(now().tzinfo):%b %-d}: {what}.{mark}"


def _whole_report(item: Reported) -> Iterator[str]:
    yield from wrapped(f"R{item.id}: {_about_report(item)}")
    if item.about == "listing":
        total = outcomes.of_listing(item.subject)
        if total:
            said = ", ".join(f"{_OUTCOMES[each.value]} {count}" for each, count in total.items())
            yield from wrapped(f"Asked back whether it helped, people said: {said}.")
        yield from wrapped(f"The place as it is shown, with its phone: puente show {item.subject}")
    yield from wrapped(f"After you called: puente inbox decide R{item.id} right (or wrong --mended)")


def _mend(item: Reported, verdict: str) -> Iterator[str]:
    if verdict == "wrong" and item.about == "rule":
        yield "If the rule is not mended yet: puente rules note --help"


def _name(item: Reported) -> str:
    if item.about == "rule":
        known = item.subject in rules.programs()
        return f"our answer on {rules.program(item.subject).short.get(EN) if known else item.subject}"
    with suppress(PuenteError, sqlite3.Error), store.open_directory() as db:
        return title(store.listing(db, item.subject), EN)
    return f"{item.subject} (not shown now)"


def _need(need: str | None) -> str | None:
    return rules.need_names()[Need(need)].get(EN) if need in {each.value for each in Need} else need


def _day(at: datetime) -> str:
    return at.astimezone(now().tzinfo).strftime("%a, %b %-d, %-I:%M %p")


def _call(item: Task) -> dict[str, object]:
    return {
        "id": f"T{item.id}", "red": item.red, "need": item.need, "county": item.county, "language": item.language,
        "when": item.when, "asked_at": item.asked_at.isoformat(), "number_kept": item.reached,
        "ended_at": item.ended_at.isoformat() if item.ended_at else None, "ended_how": item.ended_how,
    }  # fmt: skip


def _report(item: Reported) -> dict[str, object]:
    return {
        "id": f"R{item.id}", "about": item.about, "subject": item.subject, "name": _name(item), "people": item.people,
        "what": dict(item.what), "first_at": item.first_at.isoformat(), "last_at": item.last_at.isoformat(),
        "call_first": item.about == "listing" and item.people > 1,
    }  # fmt: skip
