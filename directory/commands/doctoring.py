"""`puente doctor`: what is unset, old or unsafe here, each with the command that fixes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict

import click

from directory.commands.telling import as_json_option, now, show, wrapped
from directory.doctor import Finding, checks
from directory.doctor.registry import others

__all__ = ["register"]

_TITLES = {
    "mend": "FIX THESE BEFORE PATIENTS WRITE",
    "look": "LOOK AT THESE THIS WEEK",
    "ok": "IN ORDER",
}


def register(group: click.Group) -> None:
    """Adds `doctor` to the `puente` command."""
    group.add_command(doctor_command)


@click.command("doctor", short_help="Say what is unset, old or unsafe here, and the command that fixes each.")
@click.option("--online", is_flag=True, help="Look at the certificate of the public address too (uses the network).")
@click.option("--quiet", is_flag=True, help="Print only what is not in order, for cron.")
@as_json_option
@click.pass_context
def doctor_command(context: click.Context, online: bool, quiet: bool, as_json: bool) -> None:
    """Say what is unset, old, unreviewed, unreachable or unsafe here, and the command that fixes each.

    It changes nothing. It ends with exit code 1 while something should be fixed before patients write.

    \b
    Examples:
      puente doctor
      puente doctor --online
      puente doctor --quiet || echo "look at Puente"
    """
    found = checks(now(), online=online, others=others())
    if quiet:
        found = tuple(finding for finding in found if finding.level != "ok")
    text = "\n".join(_lines(found, quiet)).lstrip("\n")
    if as_json or text:
        show([asdict(finding) for finding in found], text, as_json=as_json)
    if any(finding.level == "mend" for finding in found):
        context.exit(1)


def _lines(found: Iterable[Finding], quiet: bool) -> Iterator[str]:
    groups = {level: [finding for finding in found if finding.level == level] for level in _TITLES}
    if not quiet:
        yield _summary(groups)
    for level, findings in groups.items():
        if findings and level != "ok":
            yield from ["", f"{_TITLES[level]} ({len(findings)})"]
            yield from (line for number, finding in enumerate(findings, 1) for line in _told(number, finding))
    if groups["ok"]:
        yield from ["", f"{_TITLES['ok']} ({len(groups['ok'])})"]
        yield from (line for finding in groups["ok"] for line in wrapped(finding.text, "  - ", "    "))


def _summary(groups: dict[str, list[Finding]]) -> str:
    mend, look = len(groups["mend"]), len(groups["look"])
    if mend:
        what = "One thing" if mend == 1 else f"{mend} things"
        return f"{what} to fix before patients write{f', and {look} to look at this week' if look else ''}."
    if look:
        return f"Nothing keeps patients waiting. {look} to look at this week."
    return "All is in order."


def _told(number: int, finding: Finding) -> Iterator[str]:
    """One finding in lines of 80 columns; the command on a line of its own, never broken, so that it can be copied."""
    first = f"{number:>3}. "
    yield from wrapped(finding.text, first, " " * len(first))
    if finding.command:
        yield f"{' ' * len(first)}$ {finding.command}"
