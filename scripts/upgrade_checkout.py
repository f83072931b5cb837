"""A checkout of Puente: what is run in it, and what has to be so before its code is moved.

Beside scripts/upgrade.py, with which it is copied into `$PUENTE_HOME/upgrade`; Python's standard library alone.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
from pathlib import Path

__all__ = ["Checkout", "Stopped", "say"]


def say(text: str) -> None:
    """A line for whoever watches."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _bullets(text: str) -> list[str]:
    """The headings, bullets and paragraphs of a changelog, each whole with the lines that go on below it."""
    found: list[str] = []
    whole = True
    for line in text.splitlines():
        if not line.strip() or whole or re.match(r"#|[-*] ", line):
            found += [line.rstrip()] if line.strip() else []
            whole = not line.strip() or line.startswith("#")
        else:
            found[-1] += f"\n{line.rstrip()}"
    return found


class Stopped(Exception):
    """Why it cannot go on, in words for whoever started it."""


class Checkout:
    """One checkout, one home, and the lock on both, which every program that is run here keeps too."""

    def __init__(self, root: Path, home: Path, lock: int) -> None:
        self.root, self.home, self.lock = root, home, lock

    @property
    def python(self) -> str:
        return str(self.root / ".venv" / "bin" / "python")

    def run(self, words: list[str], seconds: float, *, quiet: bool = False) -> str:
        """What a command prints; Stopped with the end of what it complained of. Its children keep the lock."""
        environment = {**os.environ, "PUENTE_HOME": str(self.home), "PUENTE_UPGRADING": "1", "GIT_TERMINAL_PROMPT": "0"}
        environment.pop("VIRTUAL_ENV", None)
        try:
            done = subprocess.run(
                words, cwd=self.root, env=environment, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE if quiet else None, text=True, timeout=seconds, check=False,
                pass_fds=(self.lock,),
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as why:
            raise Stopped(f"`{Path(words[0]).name} {' '.join(words[1:4])}` did not work: {why}") from why
        if done.returncode:
            complaint = " ".join((done.stderr or done.stdout or "see above").split())[-500:]
            raise Stopped(f"`{Path(words[0]).name} {' '.join(words[1:4])}` did not work: {complaint}")
        return done.stdout

    def git(self, *words: str, seconds: float = 120) -> str:
        return self.run(["git", *words], seconds, quiet=True).strip()

    def target(self, asked: str | None) -> str:
        """The commit to go to: the one asked for, the newest release, or where the branch of the checkout stands."""
        if asked:
            for name in (f"refs/tags/{asked}", f"refs/remotes/origin/{asked}", asked):
                with contextlib.suppress(Stopped):
                    return self.git("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
            raise Stopped(f"There is no version {asked!r}: no tag, branch or commit of that name was fetched.")
        tags = self.git("tag", "--list", "v[0-9]*", "--sort=-version:refname").split()
        for name in [tag for tag in tags if re.fullmatch(r"v\d+(\.\d+)*", tag)][:1] or ["@{upstream}", "origin/HEAD"]:
            with contextlib.suppress(Stopped):
                return self.git("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        raise Stopped("No release and no branch to follow was found. Name a version: puente upgrade --to TAG")

    def refuse_own_changes(self) -> None:
        changed = [line[3:] for line in self.run(
            ["git", "status", "--porcelain", "--untracked-files=no"], 120, quiet=True
        ).splitlines()]  # fmt: skip
        if changed:
            raise Stopped(
                f"The code was changed here ({', '.join(changed[:5])}{' ...' if len(changed) > 5 else ''}), and an "
                "upgrade would lose that. Look: git diff. Drop it: git checkout -- FILE. What a clinic changes belongs "
                "into its settings, texts and notes (puente settings, puente texts, puente rules). Nothing was changed."
            )

    def refuse_own_commits(self, target: str) -> None:
        own = self.git("log", "--format=%h %s", "HEAD", "--not", "--remotes", "--tags").splitlines()
        if own and not self.is_ancestor("HEAD", target):
            raise Stopped(
                f"The code has changes of its own ({own[0]}{' ...' if own[1:] else ''}) that the new version does not "
                "hold. Whoever made them has to bring both together first (git merge). Nothing was changed."
            )

    def refuse_in_the_way(self, former: str, target: str) -> None:
        added = set(self.git("diff", "--name-only", "--diff-filter=A", former, target).splitlines())
        mine = added & set(self.git("ls-files", "--others", "--", *added).splitlines()) if added else set()
        if mine:
            raise Stopped(f"Move these files away first; the new version brings its own: {', '.join(sorted(mine)[:5])}")

    def is_ancestor(self, older: str, newer: str) -> bool:
        try:
            self.git("merge-base", "--is-ancestor", older, newer)
        except Stopped:
            return False
        return True

    def named(self, commit: str) -> str:
        """A version as a person calls it: its tag, else its short id, with its day."""
        return f"{self.git('describe', '--tags', '--always', commit)} ({self.git('log', '-1', '--format=%cs', commit)})"

    def news(self, former: str, target: str) -> list[str]:
        """What the changelog says between the two: whole bullets that are new or changed, under their headings."""
        before = set(_bullets(self.changelog(former)))
        lines: list[str] = []
        heading = ""
        for bullet in _bullets(self.changelog(target)):
            if bullet.startswith("#"):
                heading = bullet
            elif bullet not in before:
                lines += [*([heading] if heading else []), *bullet.splitlines()]
                heading = ""
        return lines

    def changelog(self, commit: str) -> str:
        try:
            return self.git("show", f"{commit}:CHANGELOG.md")
        except Stopped:  # a version without one
            return ""

    def dirty(self) -> bool:
        return bool(self.git("status", "--porcelain", "--untracked-files=no"))
