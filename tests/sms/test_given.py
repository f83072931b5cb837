"""What was answered is kept for a day, as hashes, for every process; a broken file costs nobody an answer."""

from __future__ import annotations

import stat
from datetime import datetime, timedelta, timezone
from pathlib import Path

from bot.sms.given import Given, hashed
from directory.purge.clock import Clock
from directory.purge.steps import Job
from directory.purge.texts import texts_given

DAY = 86400.0


def test_another_process_knows_what_was_answered(home: Path) -> None:
    given, later = Given(), Given()
    one, token = hashed(("SM1",)), hashed(("SM1", "token"))
    assert not later.holds(one)
    given.note(token)
    assert later.holds(one) and later.holds(hashed(("SM2", "token"))) and not later.holds(hashed(("SM2",)))
    assert stat.S_IMODE((home / "texts.db").stat().st_mode) == 0o600
    given.close()
    later.close()
    assert b"SM1" not in (home / "texts.db").read_bytes()


def test_empty_ids_are_none(home: Path) -> None:
    assert hashed(("", "")) == () and len(hashed(("SM1", ""))) == 1


def test_a_day_later_it_is_forgotten(home: Path) -> None:
    at = [1_000_000.0]
    given = Given(now=lambda: at[0])
    given.note(hashed(("SM1",)))
    at[0] += DAY - 60
    given.note(hashed(("SM2",)))
    at[0] += 4000
    given.note(hashed(("SM3",)))
    fresh = Given(now=lambda: at[0])
    assert [fresh.holds(hashed((id,))) for id in ("SM1", "SM2", "SM3")] == [False, True, True]
    given.close()
    fresh.close()


def test_the_purge_forgets_them_too(home: Path) -> None:
    now = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
    assert texts_given(Job(home, Clock(now))).gone == 0 and not (home / "texts.db").exists()
    for id, days in (("SM2", 0.5), ("SM1", 1.3)):
        given = Given(now=lambda days=days: (now - timedelta(days=days)).timestamp())  # type: ignore[misc]
        given.note(hashed((id,)))
        given.close()
    assert texts_given(Job(home, Clock(now), dry_run=True)).gone == 1 == texts_given(Job(home, Clock(now))).gone
    left = Given()
    assert left.holds(hashed(("SM2",))) and not left.holds(hashed(("SM1",)))
    left.close()


def test_a_broken_file_costs_nobody_an_answer(home: Path) -> None:
    (home / "texts.db").write_bytes(b"no database at all" * 100)
    given = Given()
    assert not given.holds(hashed(("SM1",)))
    given.note(hashed(("SM1",)))
    assert given.holds(hashed(("SM1",)))
    given.close()
