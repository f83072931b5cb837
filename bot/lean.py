"""Keeps what Rasa imports and Puente never uses out of the process: TensorFlow, plotting, other vendors' channels.

TensorFlow alone is two thirds of the memory and of the start-up of a Rasa process that classifies with n-grams. An
import hook answers for those packages with ghosts: classes that can be named, subclassed and used as decorators while
a module is read, and that refuse, loudly, to be used for work. It goes in before Rasa is imported, or not at all.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

from directory.errors import AssistantError

__all__ = ["ABSENT", "LEARNING", "LeanError", "install", "installed", "refusal"]

ABSENT: frozenset[str] = frozenset(
    {
        # Learning libraries of others: we learn with scikit-learn.
        "jax", "jaxlib", "keras", "tensorboard", "tensorflow", "tensorflow_addons", "tensorflow_hub",
        "tensorflow_text", "transformers",
        # Plots of evaluations, never drawn while serving.
        "matplotlib", "PIL",
        # Models of TensorFlow, models in a cloud, and questions at a terminal.
        "google", "h5py", "prompt_toolkit", "questionary",
        # Channels and stores of other vendors; ours are bot/channels and bot/tracker_store.py.
        "aio_pika", "aiogram", "boto3", "botocore", "confluent_kafka", "fbmessenger", "kafka", "mattermostwrapper",
        "pymongo", "rocketchat_API", "slack_sdk", "twilio", "webexteamssdk",
    }
)  # fmt: skip

LEARNING: frozenset[str] = frozenset({"joblib", "scipy", "sklearn"})
"""What learns and is not needed to understand: what was learned is tables of numbers. 46 MB and 3 seconds."""


class LeanError(AssistantError):
    """Something asked a package for work that this process runs without."""


def refusal(error: BaseException | None) -> LeanError | None:
    """The refusal that another error came of: Rasa wraps what its components raise."""
    while error is not None and not isinstance(error, LeanError):
        error = error.__cause__ or error.__context__
    return error


class _GhostType(type):
    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _ghost(f"{cls.__qualname__}.{name}")

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if "_ghost" not in cls.__dict__:
            raise LeanError(
                f"{cls.__module__}.{cls.__qualname__} needs {cls.__mro__[1].__qualname__}, which this process runs "
                "without. Start it with `puente up --full`, or take the component out of config.yml."
            )
        if len(args) == 1 and not kwargs and callable(args[0]):
            return args[0]  # used as a decorator
        return cls


def _ghost(name: str) -> _GhostType:
    return _GhostType(name, (Exception,), {"_ghost": True, "__qualname__": name})


class _GhostModule(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _ghost(f"{self.__name__}.{name}")


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def __init__(self, absent: frozenset[str]) -> None:
        self._absent = absent

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] not in self._absent:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _GhostModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        return None


def installed() -> bool:
    """Whether this process runs lean."""
    return any(isinstance(finder, _Finder) for finder in sys.meta_path)


def install(*, learning: bool = False) -> None:
    """Makes every later import of an absent package a ghost; LeanError if Rasa was imported already.

    Unless it is `learning`, the process runs without what learns too.
    """
    if installed():
        return
    if "rasa" in sys.modules:
        raise LeanError("Rasa was imported before the process was made lean; call install() first.")
    sys.meta_path.insert(0, _Finder(ABSENT if learning else ABSENT | LEARNING))
