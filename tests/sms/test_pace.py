"""How fast one number may write: a dozen at once, one honest text, then silence until it slows."""

from __future__ import annotations

from bot.channels.rate import Rate
from bot.sms.pace import Pace, Verdict

GOES, TOLD, SILENT, FLOOD = Verdict


def test_a_dozen_at_once_then_one_honest_text_then_silence() -> None:
    pace = Pace()
    assert [pace.of("a", 0.0) for _ in range(15)] == [GOES] * 12 + [TOLD, SILENT, SILENT]
    assert pace.of("b", 0.0) is GOES


def test_who_writes_on_and_on_stays_unanswered_and_who_waits_is_answered() -> None:
    pace = Pace()
    flood = [pace.of("a", second / 2) for second in range(400)]
    assert flood.count(TOLD) == 1 and flood[50:] == [FLOOD] * 350
    assert pace.of("a", 210.0) is SILENT and pace.of("a", 280.0) is GOES


def test_a_person_who_writes_for_long_is_never_slowed() -> None:
    pace = Pace()
    assert {pace.of("a", second * 10.0) for second in range(500)} == {GOES}


def test_a_clock_that_stands_still_or_many_numbers_break_nothing() -> None:
    pace = Pace(Rate(burst=1, per_second=0.0001))
    assert {pace.of(str(number), 1.0) for number in range(10_050)} == {GOES}
    assert pace.of("0", 1.0) is GOES  # forgotten meanwhile
    assert pace.of("10049", 1.0) is TOLD
