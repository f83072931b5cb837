"""How Puente starts Rasa: lean, with the actions inside the process, warm, and with the mends that Rasa 3.6.21 needs.

Each names its reason and what it bought when it was measured (docs/architecture.md, `make bench`). They stand on the
inside of one version, so any other version of Rasa is refused.

1. Lean imports (bot/lean.py): TensorFlow and other vendors' clients are not imported.
2. Actions inside: the call that would go to an action server goes to rasa-sdk's executor. No server that can be down.
3. Mends of what Rasa does again at every message though it could know (bot/mends.py).
4. The step that follows an act by the rules is looked up once and remembered (bot/quick.py).
5. Warm before it listens, and YAML by libyaml: nobody waits for what is read on first use.
6. Logs carry what happened and where, never what a person wrote (bot/logs.py).
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib.metadata
import logging
import os
import resource
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from bot import lean
from bot.admission import Gate
from bot.loading import Models, answers, load, load_into, warm
from bot.logs import quiet_logs
from bot.mends import mend
from directory import logs
from directory.errors import AssistantError

__all__ = [
    "RASA_VERSION",
    "application",
    "load",
    "mend",
    "prepare",
    "serve",
    "serve_actions",
    "train",
    "understand",
    "warm",
]

RASA_VERSION = "3.6.21"
ACTIONS_PACKAGE = "actions"
logger = logging.getLogger(__name__)


def prepare(*, full: bool = False, learning: bool = False) -> None:
    """Makes this process ready to import Rasa: the version checked, telemetry off, lean unless `full`, logs quiet."""
    version = importlib.metadata.version("rasa")
    if version != RASA_VERSION:
        raise AssistantError(
            f"Rasa {version} is installed, and Puente's changes to it were made and measured for {RASA_VERSION}. "
            "Install the locked dependencies again: make setup"
        )
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    # Rasa's and its packages' warnings are for their authors, and some of them quote what a person wrote.
    # A filter would not do: some of those packages set their own while they are imported.
    warnings.showwarning = _unheard
    if not full:
        lean.install(learning=learning)
    _read_yaml_by_c()
    quiet_logs()


def _read_yaml_by_c() -> None:
    """Our texts, rules and words are a megabyte of YAML, which PyYAML reads ten times faster by libyaml."""
    import yaml

    if yaml.__with_libyaml__:
        yaml.SafeLoader = yaml.CSafeLoader  # what `yaml.safe_load` takes


def _unheard(*_: object, **__: object) -> None:
    return None


def train(domain: Path, config: Path, data: Path, target: Path) -> Path:
    """Trains a model and leaves it at `target` (`*.tar.gz`); what Rasa says meanwhile goes into a file beside it."""
    prepare(learning=True)
    # Rasa's cache of trained parts does not see the files our components read, and a part that moved breaks it.
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"
    target.parent.mkdir(parents=True, exist_ok=True)
    log = target.with_name("training.log")
    with log.open("w", encoding="utf-8") as file, contextlib.redirect_stdout(file), contextlib.redirect_stderr(file):
        try:
            made = _trained(domain, config, data, target)
        except (Exception, SystemExit):  # on some errors Rasa ends the process by itself
            traceback.print_exc()
            made = None
    if made is None:
        raise AssistantError(
            f"The assistant's model could not be trained, so it would answer with an old one or not at all. {log} says "
            "why, at its end. Mend what it names and run `puente train` again."
        )
    return Path(made)


def _trained(domain: Path, config: Path, data: Path, target: Path) -> str | None:
    from rasa.model_training import train as rasa_train

    result = rasa_train(
        domain=str(domain),
        config=str(config),
        training_files=[str(data)],
        output=str(target.parent),
        force_training=True,
        fixed_model_name=target.name.removesuffix(".tar.gz"),
    )
    return str(result.model) if result.model else None


def understand(model: Path, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """What the model understands of each message, in the shape of `bot.understanding.shape`."""
    prepare()
    from rasa.core.agent import Agent

    from bot.understanding.shape import understood

    mend()
    agent = Agent()
    load_into(agent, model)
    for line in lines:
        yield {**understood(asyncio.run(agent.parse_message(line.strip() or "?"))), "text": line}


def application(agent: Any, channels: list[Any], *, name: str = "puente") -> Any:
    """A Sanic application with our channels and nothing else of Rasa: no root route, no HTTP API."""
    from rasa.core.channels import channel
    from sanic import Sanic
    from sanic.exceptions import SanicException
    from sanic.response import json as as_json

    from bot import sentences

    app = Sanic(name, configure_logging=False)
    app.config.REQUEST_MAX_SIZE = 64 * 1024
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.ctx.agent = agent
    channel.register(channels, app, route="/webhooks/")

    @app.exception(Exception)
    async def refused(_: Any, error: Exception) -> Any:
        status = error.status_code if isinstance(error, SanicException) else 500
        code = {404: "no_such_page", 405: "no_such_page", 413: "too_long", 400: "malformed"}.get(status, "away")
        if status >= 500:
            logs.event(logger, "request.failed", level=logging.ERROR, error=error)
        return as_json({"error": sentences.both(code), "code": code}, status=status, ensure_ascii=False)

    return app


def _no_core_dumps() -> None:
    """What people write is in memory for a moment; a process that dies leaves none of it in a file."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def serve_actions(port: int = 5055) -> None:
    """Runs the actions as a server of their own on loopback, its logs as quiet as the assistant's, until stopped."""
    _no_core_dumps()
    os.environ["SANIC_HOST"] = "127.0.0.1"
    warnings.showwarning = _unheard
    quiet_logs()
    from rasa_sdk import endpoint

    endpoint.run(ACTIONS_PACKAGE, port=port, cors_origins=[])


def serve(
    model: Path | Models,
    *,
    conversations: Path,
    host: str = "127.0.0.1",
    port: int = 5005,
    actions_url: str | None = None,
    full: bool = False,
    web: Callable[..., Any] | None = None,
    gate: Gate | None = None,
) -> None:
    """Runs the assistant until it is stopped; `web` builds the web channel when something else than ours is wanted.

    `gate` stands before all channels: they share one processor. Of several models the first that works answers, and
    the right one takes its place between two messages.
    """
    _no_core_dumps()
    prepare(full=full)
    from bot.channels.sms import SmsChannel
    from bot.channels.web import WebChannel
    from bot.recording import on_turn
    from bot.tracker_store import CompactingTrackerStore
    from directory import keys, purge, records

    keys.derived("web-session")  # a damaged key file is told now, not by the first person who writes
    store = CompactingTrackerStore(conversations, on_turn=on_turn(records.recorder()))
    gate = gate or Gate()
    channels = [
        (web or WebChannel)(language_of=store.language, gate=gate),
        SmsChannel(language_of=store.language, known=lambda who: store.state(who) is not None, gate=gate),
    ]

    def loaded(path: Path) -> Any:
        agent = load(path, store=store, actions_url=actions_url)
        if not actions_url:
            warm(agent)
        return agent

    app = application(loaded(model) if isinstance(model, Path) else model.first(loaded, answers), channels)
    if not isinstance(model, Path):
        model.follow(lambda path: setattr(app.ctx, "agent", loaded(path)))
    purge.Daily(conversations.parent).start()  # what is too old goes, also when nobody writes for days
    try:
        app.run(host=host, port=port, access_log=False, debug=False, motd=False)
    finally:
        records.close()
        store.close()
