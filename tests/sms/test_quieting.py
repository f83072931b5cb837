"""Words of a danger keep a phone in peace also while nobody answers: away, paused, after STOP, beside HELP."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.sms.turn import Answering, Came, Told
from directory.inbox import opt_outs, queue, quiet, who
from tests.conftest import in_a_loop

NUMBER = "+12095550191"
NOW = datetime.now(timezone.utc)


async def _away(came: Came) -> Told | None:
    return None


def written(text: str) -> list[str]:
    """What the phone shows."""
    came = Came(who.conversation(NUMBER), who.seal(NUMBER), text)
    return [message["text"] for message in in_a_loop(Answering(_away).answer(came))]


def waits() -> bool:
    them = who.conversation(NUMBER)
    return queue.put("before", them, who.seal(NUMBER), "A text.", NOW + timedelta(days=1), NOW + timedelta(days=2), NOW)


@pytest.mark.parametrize("text", ["he hits me", "mi esposo me pega", "i want to kill myself", "quiero matarme",
                                  "HELP he hits me"])  # fmt: skip
def test_while_nobody_answers(home: Path, text: str) -> None:
    assert waits()
    assert "911" in " ".join(written(text))
    assert quiet.is_quiet(who.conversation(NUMBER)) and (queue.state("before") or ("",))[0] == "cancelled"


HARD = (
    "i relapsed on meth, need detox", "recaí con el cristal", "I'm 15", "im 17 and hungry", "tengo 16 años",
    "a restraining order", "meth " * 900,
)  # fmt: skip


@pytest.mark.parametrize("text", HARD)
def test_drugs_a_minor_and_violence_by_name_while_nobody_answers(home: Path, text: str) -> None:
    assert waits() and written(text)
    assert quiet.is_quiet(who.conversation(NUMBER)) and (queue.state("before") or ("",))[0] == "cancelled"


def test_after_stop(home: Path) -> None:
    opt_outs.out(who.conversation(NUMBER), "word", NOW)
    assert "988" in " ".join(written("i want to kill myself"))
    assert quiet.is_quiet(who.conversation(NUMBER))


@pytest.mark.parametrize("text", ["food in modesto", "no tengo donde dormir hoy", "my chest hurts a lot",
                                  "tengo 15 minutos", "i am 12 miles away", "i lost my medication"])  # fmt: skip
def test_other_words_keep_nothing(home: Path, text: str) -> None:
    assert waits()
    written(text)
    assert not quiet.is_quiet(who.conversation(NUMBER)) and (queue.state("before") or ("",))[0] == "waiting"


def test_an_inbox_that_cannot_be_written_takes_no_word_away(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUENTE_INBOX", "sqlite:////nowhere/at/all/inbox.db")
    assert "1-800-799-7233" in " ".join(written("he hits me"))
