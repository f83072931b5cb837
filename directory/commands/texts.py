"""The texts that patients read: what nobody reviewed yet, out to a sheet for a translator and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click

from directory import wording
from directory.commands.telling import as_json_option, now, show, tell
from directory.text.register import every, reread, returned, sheet
from directory.text.register.every import PatientText
from directory.text.register.review import Review, State, review, signed

__all__ = ["register"]

_SHOWN = 60
Row = tuple[PatientText, Review]


def register(group: click.Group) -> None:
    """Adds `texts` to the `puente` command."""
    group.add_command(texts_command)


@click.group(
    "texts", invoke_without_command=True, short_help="The texts patients read: reviewed or not; out to a sheet."
)
@click.option("--unreviewed", is_flag=True, help="List the texts that nobody reviewed, or that changed since.")
@click.option("--language", type=click.Choice(wording.LANGUAGES), help="Only this language.")
@click.option("--room", help="Only texts of this part, such as program or assistant.")
@as_json_option
@click.pass_context
def texts_command(ctx: click.Context, unreviewed: bool, language: str | None, room: str | None, as_json: bool) -> None:
    """Every text a patient can read: how many are reviewed, by part and language.

    A text is a draft until somebody qualified signs it off; when its words change, it is one again.

    Example: puente texts --unreviewed --language es --room program
    """
    if ctx.invoked_subcommand:
        return
    languages = [language] if language else list(wording.LANGUAGES)
    found = tell(lambda: {each: _rows(each, room) for each in languages})
    if unreviewed:
        found = {each: _open(rows) for each, rows in found.items()}
        show(_listed_json(found), _listed(found), as_json=as_json)
    else:
        show(_counted_json(found), _counted(found), as_json=as_json)


@texts_command.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--unreviewed", is_flag=True, help="Only what nobody reviewed, or what changed since.")
@click.option("--language", type=click.Choice(wording.LANGUAGES), default="es", show_default=True, help="To review.")
@click.option("--room", help="Only texts of this part, such as program or assistant.")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@as_json_option
def export_command(file: Path, unreviewed: bool, language: str, room: str | None, force: bool, as_json: bool) -> None:
    """Write the texts to a sheet (.xlsx or .csv) for a translator.

    For each text the translator writes a name under Reviewer when it is good as it is, or a better one under New
    Spanish. {Words in braces} are filled in later and stay as they are. Then: puente texts import FILE --by NAME

    Example: puente texts export texts.xlsx --unreviewed
    """

    def work() -> int:
        rows = _rows(language, room)
        return sheet.write(file, _open(rows) if unreviewed else rows, language, force=force)

    count = tell(work)
    text = f"{count} texts written to {file}. When it comes back: puente texts import {file.name} --by NAME"
    show({"file": str(file), "texts": count, "language": language}, text, as_json=as_json)


@texts_command.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--by", "who", required=True, envvar="PUENTE_USER", help="Who vouches where a row names no reviewer.")
@click.option("--dry-run", is_flag=True, help="Say what would be taken, and keep nothing.")
@as_json_option
def import_command(file: Path, who: str, dry_run: bool, as_json: bool) -> None:
    """Take a reviewed sheet back: who signed off what, and better wording.

    A row counts when it has a reviewer, a day or new words. Without a reviewer on the row it is signed by --by. What is
    refused is listed with the reason; everything else is kept.

    Example: puente texts import texts.xlsx --by "Ana Luna" --dry-run
    """

    def work() -> returned.Returned:
        found = returned.judge(reread.reread(file), every.every_text(), by=who, today=now().date())
        if not dry_run:
            returned.keep(found)
        return found

    report = tell(work)
    show({**report.to_json(), "dry_run": dry_run}, _report(report, dry_run), as_json=as_json)


def _rows(language: str, room: str | None) -> list[Row]:
    known = signed()
    texts = [text for text in every.every_text() if room in (None, text.room)]
    if not texts:
        rooms = ", ".join(sorted({text.room for text in every.every_text()}))
        raise click.ClickException(f"There is no part {room!r}. Parts: {rooms}.")
    return [(text, review(text, language, known)) for text in texts]


def _open(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row[1].state is not State.REVIEWED]


def _counted(found: dict[str, list[Row]]) -> str:
    counts = {language: _counts(rows) for language, rows in found.items()}
    rooms = list(next(iter(counts.values())))
    lines = [_line("", "texts", [sheet.LANGUAGE_NAMES[language] for language in found])]
    for room in rooms:
        states = [counts[language][room] for language in found]
        lines.append(_line(room, str(sum(states[0].values())), map(_said, states)))
    lines.append(_line("in all", str(len(next(iter(found.values())))), map(_states, found.values())))
    lines += [odd for language, rows in found.items() for odd in _odd(rows, language)]
    lines.append(
        "A draft is shown to patients all the same. For a translator: puente texts export FILE.xlsx --unreviewed"
    )
    return "\n".join(lines)


def _line(room: str, count: str, states: Iterable[str]) -> str:
    return f"{room:<12} {count:>6}   {''.join(f'{state:<40}' for state in states)}".rstrip()


def _counts(rows: Iterable[Row]) -> dict[str, Counter[State]]:
    counts: dict[str, Counter[State]] = {}
    for text, found in rows:
        counts.setdefault(text.room, Counter())[found.state] += 1
    return dict(sorted(counts.items()))


def _states(rows: Iterable[Row]) -> str:
    return _said(Counter(found.state for _, found in rows))


def _said(states: Counter[State]) -> str:
    names = {State.REVIEWED: "reviewed", State.CHANGED: "changed since", State.DRAFT: "draft"}
    return ", ".join(f"{states[state]} {name}" for state, name in names.items() if states[state]) or "none"


def _odd(rows: Iterable[Row], language: str) -> list[str]:
    """Wordings of the clinic's own that need a look."""
    lines = []
    for text, found in rows:
        if found.unused:
            lines.append(
                f"  {text.id} ({language}): the clinic's words no longer fit what ships, which is shown. Look again."
            )
        elif found.outdated:
            lines.append(
                f"  {text.id} ({language}): the clinic's words stand, and what ships has changed since. Look again."
            )
    return lines


def _counted_json(found: dict[str, list[Row]]) -> list[dict[str, object]]:
    return [
        {"language": language, "room": room, **{state.value: states[state] for state in State}}
        for language, rows in found.items()
        for room, states in _counts(rows).items()
    ]


def _listed(found: dict[str, list[Row]]) -> str:
    lines = []
    for language, rows in found.items():
        lines.append(f"{sheet.LANGUAGE_NAMES[language]}: {len(rows)} texts to review.")
        lines += [f"  {text.id}: {_short(text.get(language))}{_since(found)}" for text, found in rows]
    return "\n".join(lines)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN].rstrip()}..."


def _since(found: Review) -> str:
    return f" ({found.said})" if found.state is State.CHANGED else ""


def _listed_json(found: dict[str, list[Row]]) -> list[dict[str, object]]:
    return [
        {
            "id": text.id, "language": language, "room": text.room, "where": text.where, "words": text.get(language),
            "state": review.state.value, "by": review.by, "on": review.on.isoformat() if review.on else None,
        }
        for language, rows in found.items()
        for text, review in rows
    ]  # fmt: skip


def _report(report: returned.Returned, dry_run: bool) -> str:
    corrected = [item for item in report.taken if item.wording]
    lines = [
        f"{'Would take' if dry_run else 'Taken'}: {len(report.taken)} sign-offs in "
        f"{sheet.LANGUAGE_NAMES[report.language]}, {len(corrected)} of them with new words. "
        f"Refused: {len(report.refused)}. Left alone: {report.untouched}."
    ]
    for item in corrected:
        lines += [f"  {item.sign_off.id}", f"    before: {item.before}", f"    now:    {item.wording.words}"]  # type: ignore[union-attr]
    lines += [f"  Refused, line {line}, {id or 'no id'}: {why}." for line, id, why in report.refused]
    lines += [f"  Note, line {line}, {id}: {note}" for line, id, note in report.noted]
    if corrected and not dry_run:
        lines.append("The new words are shown once the assistant and the desk are started again.")
    return "\n".join(lines)
