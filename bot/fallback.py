"""Which model the assistant starts with when the right one is missing or damaged, and how the right one takes over.

A small machine trains for two minutes, in which nobody would be answered. So the newest kept model that works answers
at once, the right one is trained beside it at the lowest priority, and takes over between two messages.
"""

from __future__ import annotations

import atexit
import logging
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from bot import training
from bot.lean import LeanError
from bot.works import wrong
from directory import logs
from directory.errors import AssistantError, origin

__all__ = ["Kept", "ensure_some", "said"]

logger = logging.getLogger(__name__)
_TRIES = 2
"""So often a model of the same inputs is trained by itself; more would only fail again."""
_LOOK_SECONDS = 10.0
Answers = Callable[[Any, Iterable[str]], list[list[str]]]


def said() -> str | None:
    """What is wrong with the model, in words, and what happens now; None when nothing is."""
    right = training.model_path()
    fault, kept = training.fault(right), training.others()
    if fault is None:
        return None
    what = f"The assistant's model for the rules and words of today {fault} ({right.name})."
    if not kept:
        return f"{what} It is trained now, which takes a minute or two."
    return f"{what} The last good one, {kept[0].name}, answers meanwhile; the right one is trained and takes over."


def ensure_some(complain: Callable[[str], None]) -> None:
    """Sees to it that there is a model to start with, and trains one only when none is kept that could answer."""
    if line := said():
        complain(line)
    if not _candidates() and not _train():
        raise SystemExit(1)  # the command has said why


def _candidates() -> list[Path]:
    """The models to start with, in their order: the right one, then the newest of those that were kept."""
    right = [training.model_path()] if training.trained() else []
    return [*right, *training.others()]


class Kept:
    """The kept models of this home: the first that works answers, and the right one as soon as it is there."""

    def __init__(self) -> None:
        self.used: Path | None = None

    def first(self, load: Callable[[Path], Any], answers: Answers) -> Any:
        """The agent of the first model that loads and works; when none does, of the right one, trained first.

        A model that fails is not tried again before it is trained anew.
        """
        for model in _candidates():
            try:
                return self._tried(model, load, answers)
            except AssistantError as error:
                if isinstance(error, LeanError) and model == training.model_path():
                    raise  # no training mends that, and it says how to start
                _refused(model, error)
        if training.refusals(training.model_path()) >= _TRIES or not _train():
            raise AssistantError(
                "There is no model that works, so the assistant cannot understand anybody. Train it, and look at what "
                "it says: puente train --force"
            )
        self.used = training.model_path()
        return load(self.used)

    def _tried(self, model: Path, load: Callable[[Path], Any], answers: Answers) -> Any:
        agent = load(model)
        if model != training.model_path() and (fault := wrong(agent, answers)):
            raise AssistantError(f"The model {model} cannot stand in: {fault}. Train the right one: puente train")
        self.used = model
        return agent

    def follow(self, take: Callable[[Path], None]) -> None:
        """Trains the right model beside the one that answers and has it taken; so is one that somebody trains."""
        if self.used != training.model_path():
            threading.Thread(target=_follow, args=(take,), name="model", daemon=True).start()


def _follow(take: Callable[[Path], None]) -> None:
    right = training.model_path()
    if not training.trained() and training.refusals(right) < _TRIES:
        _train()
    while training.fault(right):
        time.sleep(_LOOK_SECONDS)
    try:
        take(right)
        logs.event(logger, "model.switched", level=logging.WARNING, model=logs.Id(right.name))
    except Exception as error:  # the one that answers goes on answering
        _refused(right, error)


def _refused(model: Path, error: Exception) -> None:
    why = str(error) if error.__cause__ is None else origin(error.__cause__)
    logs.event(logger, "model.refused", level=logging.ERROR, model=logs.Id(model.name), error=error.__cause__ or error)
    training.refuse(model, why)


def _train() -> bool:
    """Whether the right model could be trained, in a process that gives its memory back and yields to all others."""
    patient = ["nice", "-n", "19"] if shutil.which("nice") else []
    command = [*patient, sys.executable, "-m", "bot.tied", str(os.getpid()), "directory.cli", "train"]
    process = subprocess.Popen(command, stdout=sys.stderr)
    atexit.register(_stop, process)
    try:
        return process.wait() == 0
    finally:
        atexit.unregister(_stop)


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
