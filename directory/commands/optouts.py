"""`puente optouts`: who said STOP (never a number), and opting somebody out who told the staff."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

import click

from directory import phones
from directory.commands.telling import as_json_option, now, show, tell, wrapped
from directory.errors import InboxError
from directory.inbox import opt_outs, who
from directory.inbox.opt_outs import OptOut

__all__ = ["register"]

_HOW = {
    "word": "wrote it",
    "carrier": "told by the carrier",
    "staff": "told the staff",
    "sender": "told by the service that sends",
}
_PROMPT = "The number (it stays hidden, and is not kept)"


def register(group: click.Group) -> None:
    """Adds `optouts` to the `puente` command."""
    group.add_command(optouts_group)


@click.group("optouts", invoke_without_command=True)
@as_json_option
@click.pass_context
def optouts_group(context: click.Context, as_json: bool) -> None:
    """Who said STOP: days and how, never a number. Nothing is begun to them by any path.

    Only the person comes back in, by writing START.

    Example: puente optouts
    """
    if context.invoked_subcommand is None:
        found, trouble = tell(opt_outs.listed), _trouble()
        plain = {"known": trouble is None, "out": sum(not each.back_at for each in found), "rows": _rows(found)}
        show(plain, "\n".join(_told(found, trouble)), as_json=as_json)


@optouts_group.command("add")
@click.argument("number", required=False)
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@as_json_option
def add_command(number: str | None, dry_run: bool, as_json: bool) -> None:
    """Opt a number out that told you so. Leave NUMBER away: it is then asked for and stays out of the shell's history.

    What waits for that number is cancelled at once.

    Example: puente optouts add
    """
    person = tell(lambda: who.conversation(_phone(number or _asked())))
    if dry_run:
        is_out = tell(lambda: opt_outs.is_out(person))
        text = "That number is out already." if is_out else "That number would be opted out. Nothing was changed."
        show({"new": not is_out, "done": False}, text, as_json=as_json)
        return
    new = tell(lambda: opt_outs.out(person, "staff", now()))
    text = "Done: nothing is begun to that number any more." if new else "That number was out already."
    show({"new": new, "done": True}, f"{text} Only the person comes back in, by writing START.", as_json=as_json)


@optouts_group.command("begin-anew")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
def begin_anew_command(yes: bool, dry_run: bool) -> None:
    """Go on where opt-outs or their key were lost and no backup has them: the last way out.

    All that people agreed to until now is void: waiting texts and follow-ups are cancelled, so that nobody who said
    STOP is written to because it was forgotten. Whoever agrees from now on gets texts again.

    Example: puente optouts begin-anew --dry-run
    """
    trouble = _trouble()
    if trouble is None:
        click.echo("It is known who said STOP, so there is nothing to begin anew. Nothing was changed.")
        return
    click.echo("\n".join(wrapped("Every text that waits and every follow-up is cancelled. It cannot be taken back.")))
    if dry_run:
        click.echo("Nothing was changed: this was a trial (--dry-run).")
        return
    if not yes:
        tell(lambda: click.confirm("Is there really no backup, and shall it be so?", abort=True))
    tell(lambda: opt_outs.begin_anew(now()))
    click.echo("Done. Whoever agrees from now on gets texts again.")


def _asked() -> str:
    if sys.stdin.isatty():
        return str(tell(lambda: click.prompt(_PROMPT, hide_input=True)))
    return sys.stdin.readline()


def _phone(text: str) -> str:
    """In international form; the text itself stands in no error."""
    found = phones.parse(text.strip()[:60])
    if len(found) != 1 or not found[0].number.startswith("+"):
        raise InboxError(
            "That is no whole phone number, so nobody was opted out. Give it with its area code: 209-555-0123."
        )
    return found[0].number


def _trouble() -> str | None:
    try:
        opt_outs.must_be_known()
    except InboxError as error:
        return str(error)
    return None


def _told(found: Sequence[OptOut], trouble: str | None) -> Iterator[str]:
    if trouble:
        yield from wrapped(f"ATTENTION: {trouble}")
        yield ""
    out = sum(not each.back_at for each in found)
    yield {0: "Nobody is opted out.", 1: "1 number is opted out."}.get(out, f"{out} numbers are opted out.")
    for line, count in Counter(map(_line, found)).items():
        yield f"  {line}" + (f"  ({count} numbers)" if count > 1 else "")


def _line(each: OptOut) -> str:
    back = f"; came back in on {_day(each.back_at)}" if each.back_at else ""
    return f"{_day(each.at)}  {_HOW.get(each.how, each.how)}{back}"


def _day(at: datetime) -> str:
    return f"{at.astimezone(now().tzinfo):%Y-%m-%d}"


def _rows(found: Sequence[OptOut]) -> list[dict[str, object]]:
    return [
        {"at": each.at.isoformat(), "how": each.how, "back_at": each.back_at.isoformat() if each.back_at else None}
        for each in found
    ]
