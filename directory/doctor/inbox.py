"""The inbox: whether it is known who said STOP, what was damaged, and who waits for a call."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from datetime import timedelta

from directory.doctor.finding import Finding, Look
from directory.errors import InboxError
from directory.inbox import where

__all__ = ["inbox"]

_WAITED = timedelta(days=2)
_SET_ASIDE = {
    "inbox": "Calls that people asked for, follow-ups, reports and codes of lists from before are not there. The last "
    "backup has those up to its day",
    "queue": "Texts that waited are not sent; nothing is sent twice. There is nothing to do",
}


def inbox(look: Look) -> Iterator[Finding]:
    """Opt-outs first, because no text is begun without them; nothing where nobody wrote by text yet."""
    if (
        where.url() is None
        and not where.note().exists()
        and not any((look.home / f"{name}.db").exists() for name in where.STORES)
    ):
        return
    try:
        where.file(where.INBOX)
    except InboxError as error:
        yield Finding("inbox.elsewhere", "mend", str(error), "printenv PUENTE_INBOX")
        return
    yield from _opt_outs()
    yield from _key()
    yield from _aside(look)
    yield from _calls(look)


def _opt_outs() -> Iterator[Finding]:
    from directory.inbox import opt_outs  # loads the library of databases, which other checks do without

    try:
        opt_outs.must_be_known()
    except InboxError as error:
        yield Finding("inbox.opt_outs", "mend", str(error), "puente backups")
        return
    out = sum(not each.back_at for each in opt_outs.listed())
    yield Finding("inbox.opt_outs", "ok", f"It is known who said STOP ({out} now); nothing is begun to them.")


def _key() -> Iterator[Finding]:
    from directory.inbox import queue

    if count := queue.unreadable():
        many = "A text waits" if count == 1 else f"{count} texts wait"
        text = (
            f"{many} and cannot be read: secret.key holds another key than before. With the key of a backup they go "
            "out; without it they end with their day."
        )
        yield Finding("inbox.key", "mend", text, "puente backups")


def _aside(look: Look) -> Iterator[Finding]:
    for name, lost in _SET_ASIDE.items():
        if moved := sorted(look.home.glob(f"{name}.damaged-*.db")):
            text = (
                f"{name}.db was damaged and lies in {moved[-1].name}; a new one was begun. {lost}. If it comes again, "
            )
            text += "the disk may be failing. The damaged one can go."
            command = f"rm {' '.join(shlex.quote(str(each)) for each in moved)}"
            yield Finding(f"inbox.{name}.aside", "look", text, command)


def _calls(look: Look) -> Iterator[Finding]:
    from directory.inbox import tasks

    calls = tasks.open_tasks()
    red = sum(each.red for each in calls)
    late = sum(look.now - each.asked_at > _WAITED for each in calls)
    if red:
        text = f"{_people(red)} whose words were worrying asked for a call and nobody has called yet."
        yield Finding("inbox.red", "mend", text, "puente inbox")
    elif late:
        text = f"{_people(late)} asked for a call over two days ago and nobody has called yet."
        yield Finding("inbox.late", "look", text, "puente inbox")
    else:
        yield Finding("inbox.calls", "ok", f"Calls that people asked for: {len(calls)} open, none over two days old.")


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"
