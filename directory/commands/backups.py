"""Backups: make one, list them, try one out, put one back."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from directory import store
from directory.backup import drill, kept, make, reading, restoring, shelf
from directory.backup.manifest import Manifest
from directory.commands.telling import as_json_option, bar, now, show, tell, wrapped
from directory.errors import BackupError

__all__ = ["register"]

_PACIFIC = ZoneInfo("America/Los_Angeles")
_PASSPHRASE = "PUENTE_BACKUP_PASSPHRASE"
_MOST_TOLD = 12
_IN_PART = 3
"""The exit code of a backup that lacks what is damaged."""
_FILE = click.argument("file", type=click.Path(path_type=Path))
_PASSPHRASE_FILE = click.option(
    "--passphrase-file", type=click.Path(path_type=Path), metavar="FILE",
    help=f"The passphrase is the first line of this file. Else {_PASSPHRASE}, else you are asked.",
)  # fmt: skip


def register(group: click.Group) -> None:
    """Adds `backup`, `backups` and `restore` to the `puente` command."""
    for command in (backup_command, backups_command, restore_command):
        group.add_command(command)


def _passphrase(file: Path | None, *, twice: bool) -> str:
    """The passphrase from a file, from the environment or from whoever sits there; never from the command line."""
    if file is not None:
        return _first_line(file)
    if said := os.environ.get(_PASSPHRASE):
        return said
    if not sys.stdin.isatty():
        raise BackupError(
            "An encrypted backup needs its passphrase, and nobody is here to type it. Put it into a file that only "
            f"you can read and name it (--passphrase-file FILE), or set {_PASSPHRASE}. Nothing was changed."
        )
    return str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=twice, err=True))


def _first_line(file: Path) -> str:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as why:
        raise BackupError(f"{file} cannot be read, so there is no passphrase. Nothing was changed.") from why
    if not lines or not lines[0].strip():
        raise BackupError(f"The first line of {file} is empty, so there is no passphrase. Nothing was changed.")
    return lines[0].strip()


@click.command("backup")
@click.option("--to", type=click.Path(path_type=Path), metavar="FOLDER", help="Where; else as the settings say.")
@click.option("--encrypt", is_flag=True, help="Encrypt it with a passphrase (the program age opens it too).")
@_PASSPHRASE_FILE
@click.option("--dry-run", is_flag=True, help="Say what it would hold and where it would go, and write nothing.")
@as_json_option
def backup_command(to: Path | None, encrypt: bool, passphrase_file: Path | None, dry_run: bool, as_json: bool) -> None:
    """Save everything that cannot be made again in one file, while everything runs.

    Put a copy on another machine or a stick: a backup on the same disk does not help when that disk breaks.

    Example: puente backup --to /media/stick --encrypt
    """
    if dry_run:
        show(*_planned(to), as_json=as_json)
        return
    said = tell(lambda: _asked(encrypt, passphrase_file))
    with bar("Packing") as step:
        made = tell(lambda: make.backup(now(), to=to, passphrase=said, progress=step))
    show(made.to_json(), "\n".join(_made_lines(made)), as_json=as_json)
    if made.damaged:
        click.echo("\n".join(_damaged_lines(made)), err=True)
        click.get_current_context().exit(_IN_PART)


def _damaged_lines(made: make.Made) -> list[str]:
    names = ", ".join(made.damaged)
    return wrapped(
        f"ATTENTION: this backup is not whole. {names} is damaged and is not in it; everything else is. An older whole "
        "backup still has it, and is kept: puente backups, then puente restore FILE. Look what else mends it: puente "
        "doctor"
    )


def _asked(encrypt: bool, file: Path | None) -> str | None:
    somebody = bool(os.environ.get(_PASSPHRASE)) or sys.stdin.isatty()
    if encrypt or file is not None or (somebody and make.must_be_sealed()):
        return _passphrase(file, twice=True)
    return None


def _planned(to: Path | None) -> tuple[dict[str, object], str]:
    files, where = tell(make.would_take), tell(lambda: shelf.folder(to))
    largest = sorted(files.items(), key=lambda item: -item[1])[:_MOST_TOLD]
    plain = {"folder": str(where), "files": files, "bytes": sum(files.values()), "left_out": list(make.left_out())}
    lines = [
        f"Would save {len(files)} files ({_size(sum(files.values()))} before packing) in {where}:",
        *(f"  {_size(size):>8}  {name}" for name, size in largest),
        *([f"  and {len(files) - _MOST_TOLD} more (--json names them all)"] if len(files) > _MOST_TOLD else []),
        *_left_out_lines(),
        "Nothing was written.",
    ]
    return plain, "\n".join(lines)


def _made_lines(made: make.Made) -> Iterator[str]:
    yield f"Saved and read back: {made.path}"
    sealed = "encrypted" if made.encrypted else "NOT encrypted: whoever has the file can read it"
    yield f"  {_size(made.size)}, {sealed}."
    yield from _count_lines(made.counts)
    yield from _left_out_lines()
    yield from ("Try it out: puente restore --drill " + str(made.path),)
    if made.encrypted:
        yield "Keep the passphrase apart from it: without it nobody can open this backup."


def _left_out_lines() -> list[str]:
    return wrapped(f"Not in a backup: {'; '.join(make.left_out())}. They can be made again, or end by themselves.")


def _count_lines(counts: Mapping[str, int]) -> Iterator[str]:
    for what, number in counts.items():
        yield f"  {number:>7,}  {kept.in_words(what)}"


def _size(number: float) -> str:
    for unit in ("bytes", "kB", "MB"):
        if number < 1000:
            return f"{number:.0f} {unit}"
        number /= 1000
    return f"{number:.1f} GB"


@click.command("backups")
@click.option("--in", "where", type=click.Path(path_type=Path), metavar="FOLDER", help="Where to look.")
@as_json_option
def backups_command(where: Path | None, as_json: bool) -> None:
    """List the backups, the newest first.

    Example: puente backups
    """
    folder = tell(lambda: shelf.folder(where))
    found = tell(lambda: shelf.backups(folder))
    lines = [
        f"{_when(item.made_at)}  {_size(item.size):>8}  {'encrypted' if item.encrypted else 'open':<9}  {item.path}"
        f"{'' if item.whole else '  NOT WHOLE'}"
        for item in found
    ]
    text = "\n".join(lines) or f"There is no backup in {folder}. Make one: puente backup"
    show([item.to_json() for item in found], text, as_json=as_json)


@click.command("restore")
@_FILE
@_PASSPHRASE_FILE
@click.option("--dry-run", is_flag=True, help="Check the backup, say what would change, and change nothing.")
@click.option("--drill", "drilled", is_flag=True, help="Try it out in a home of its own that is thrown away again.")
@click.option(
    "--into", type=click.Path(path_type=Path), metavar="FOLDER", help="Unpack it as a new home, empty so far."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@as_json_option
def restore_command(
    file: Path, passphrase_file: Path | None, dry_run: bool, drilled: bool, into: Path | None, yes: bool, as_json: bool
) -> None:
    """Put a backup back. What is there now is set aside first, and nothing is changed before you say yes.

    Example: puente restore puente-backup-20261122T153845Z.tar.gz --drill
    """
    said = tell(lambda: _passphrase(passphrase_file, twice=False) if reading.is_sealed(file) else None)
    if drilled:
        _drill(file, said, as_json=as_json)
    elif into is not None:
        manifest = tell(lambda: restoring.into_folder(file, into, said))
        text = f"{_of(manifest)} It lies in {into}. Look at it: PUENTE_HOME={into} puente status"
        show({"folder": str(into), "made_at": manifest.made_at.isoformat()}, text, as_json=as_json)
    else:
        _restore(file, said, dry_run=dry_run, yes=yes, as_json=as_json)


def _drill(file: Path, said: str | None, *, as_json: bool) -> None:
    done = tell(lambda: drill.drill(file, said))
    lines = [f"This backup works. {_of(done.manifest)}", *_count_lines(done.counts)]
    if done.found:
        lines.append(f"A search in it finds {done.found}.")
    plain = {"works": True, "made_at": done.manifest.made_at.isoformat(), "counts": done.counts, "found": done.found}
    show(plain, "\n".join(lines), as_json=as_json)


def _restore(file: Path, said: str | None, *, dry_run: bool, yes: bool, as_json: bool) -> None:
    def work() -> tuple[dict[str, object], str]:
        with restoring.prepared(file, now(), said) as ready:
            lines = list(_change_lines(ready))
            if dry_run:
                return _plain(ready, None), "\n".join([*lines, "Nothing was changed."])
            click.echo("\n".join(lines), err=True)
            if not yes:
                click.confirm("Put this backup back?", abort=True, err=True)
            done = ready.apply()
            return _plain(ready, done), "\n".join(_restored_lines(done))

    show(*tell(work), as_json=as_json)


def _plain(ready: restoring.Prepared, done: restoring.Restored | None) -> dict[str, object]:
    counts = {"before": dict(ready.before), "after": dict(ready.manifest.counts or {})}
    plain: dict[str, object] = {
        "made_at": ready.manifest.made_at.isoformat(),
        "counts": counts,
        "files": list(ready.other_files),
    }
    plain["chats_end"] = ready.chats_end
    aside = {"aside": str(done.aside), "carried_over": done.carried_over, "trouble": done.trouble} if done else {}
    return {**plain, "dry_run": done is None, **aside}


def _of(manifest: Manifest) -> str:
    return f"The backup is of {_when(manifest.made_at)}, made by Puente {manifest.puente}, and all of it was checked."


def _change_lines(ready: restoring.Prepared) -> Iterator[str]:
    yield _of(ready.manifest)
    before, after = ready.before, ready.manifest.counts or {}
    for name in ready.manifest.damaged:
        yield f"  {name} is not in this backup: it was damaged then. What is here of it now stays."
    for what in dict.fromkeys((*after, *(() if ready.manifest.damaged else before))):
        now_there, then = before.get(what, 0), after.get(what, 0)
        change = "as now" if now_there == then else f"instead of {now_there:,} now"
        yield f"  {then:>7,}  {kept.in_words(what)} ({change})"
    if ready.published_before:
        yield f"  What people see now was published on {_when(ready.published_before)}."
    for name in ready.other_files:
        yield f"  {name} will be what it was then."
    if ready.chats_end:
        yield "  Chats that are open now end: the backup has another key. The page begins a new one by itself."
    yield from wrapped(
        f"Whatever was done here after {_when(ready.manifest.made_at)} is taken back; opt-outs stay. What is here now "
        f"is set aside in {store.home()}, not deleted. Stays as it is: {'; '.join(make.left_out())}."
    )


def _restored_lines(done: restoring.Restored) -> Iterator[str]:
    yield f"Done: the backup of {_when(done.manifest.made_at)} is in force."
    yield f"What was there before lies in {done.aside}, and ends by itself after its days (puente privacy)."
    if done.carried_over:
        yield f"Opt-outs made since were carried over: {done.carried_over}."
    if done.trouble:
        yield from wrapped(f"One thing is left to do: {done.trouble}")
    yield "Look at it: puente status"


def _when(at: datetime) -> str:
    return f"{at.astimezone(_PACIFIC):%Y-%m-%d %H:%M}"
