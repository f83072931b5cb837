"""Work in a thread: how far it is, how it ended, and one at a time of each kind."""

from __future__ import annotations

import logging
import threading

import pytest

from directory.desk.frame import jobs
from directory.desk.frame.jobs import Busy, State
from directory.errors import ListError


def test_a_job_says_how_far_it_is_and_what_it_gave_back() -> None:
    went_on, seen = threading.Event(), threading.Event()

    def work(step: jobs.Step) -> str:
        step("read", 3, 12)
        seen.set()
        went_on.wait(5)
        return "twelve rows"

    id = jobs.start("progress", work)
    assert seen.wait(5)
    half = jobs.get(id)
    assert half and (half.state, half.what, half.percent) == (State.RUNNING, "read", 25)
    went_on.set()
    ended = jobs.wait(id, 5)
    assert ended and (ended.state, ended.result, ended.error) == (State.DONE, "twelve rows", None)


def test_only_one_of_a_kind_runs_and_the_second_hears_who_began() -> None:
    go = threading.Event()
    first = jobs.start("kind", lambda _: go.wait(5), by="Ana Ruiz")
    with pytest.raises(Busy, match="Ana Ruiz") as refused:
        jobs.start("kind", lambda _: None, by="Beto")
    assert refused.value.job.id == first
    other = jobs.start("another kind", lambda _: None)
    assert jobs.wait(other, 5).state is State.DONE  # type: ignore[union-attr]
    go.set()
    assert jobs.wait(first, 5).state is State.DONE  # type: ignore[union-attr]
    assert jobs.running("kind") is None
    jobs.wait(jobs.start("kind", lambda _: None), 5)


def test_of_ten_who_begin_at_once_one_does() -> None:
    go, begun, refused = threading.Event(), [], []

    def press() -> None:
        try:
            begun.append(jobs.start("race", lambda _: go.wait(5)))
        except Busy as error:
            refused.append(error.job.id)

    threads = [threading.Thread(target=press) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    go.set()
    assert len(begun) == 1 and refused == begun * 9


def test_a_refusal_is_told_in_its_sentence_and_a_break_is_not_quoted(caplog: pytest.LogCaptureFixture) -> None:
    def refuses(_: jobs.Step) -> None:
        raise ListError("The list is empty.")

    def breaks(_: jobs.Step) -> None:
        raise ValueError("Ana Ruiz, 209-555-0101")

    told = jobs.wait(jobs.start("refused", refuses), 5)
    assert told and (told.state, told.error) == (State.FAILED, "The list is empty.")
    with caplog.at_level(logging.ERROR):
        broken = jobs.wait(jobs.start("broken", breaks), 5)
    assert broken and (broken.state, broken.error) == (State.FAILED, None)
    assert [record.getMessage() for record in caplog.records] and "209-555-0101" not in caplog.text


def test_a_job_of_another_process_is_not_known() -> None:
    assert jobs.get("0123456789abcdef") is None
    assert jobs.wait("0123456789abcdef", 0) is None


def test_old_jobs_are_forgotten() -> None:
    first = jobs.start("old", lambda _: None)
    for _ in range(60):
        jobs.wait(jobs.start("old", lambda _: None), 5)
    assert jobs.get(first) is None
