"""A trained model as an agent that answers: loaded, its actions inside, warm; and a few sentences said to it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterable
from pathlib import Path
from typing import Any, Protocol

from bot import lean, own_words, quick
from bot.mends import mend
from directory import logs
from directory.errors import AssistantError, origin

__all__ = ["Models", "answers", "inside_endpoint", "load", "load_into", "outside_endpoint", "warm"]

logger = logging.getLogger(__name__)
ACTIONS_PACKAGE = "actions"


class Models(Protocol):
    """Several models of which one answers, see `bot.fallback`."""

    def first(self, load: Callable[[Path], Any], answers: Callable[[Any, Iterable[str]], list[list[str]]]) -> Any:
        """The agent of the first that works."""

    def follow(self, take: Callable[[Path], None]) -> None:
        """Has the right one taken once it is there."""


def inside_endpoint() -> Any:
    """An action endpoint that hands calls to rasa-sdk's executor in this process."""
    from rasa.core.actions.action import ActionExecutionRejection
    from rasa.utils.endpoints import EndpointConfig
    from rasa_sdk.executor import ActionExecutor
    from rasa_sdk.interfaces import ActionExecutionRejection as RejectedBySdk

    executor = ActionExecutor()
    executor.register_package(ACTIONS_PACKAGE)

    class Inside(EndpointConfig):
        async def request(self, *_: Any, json: dict[str, Any] | None = None, **__: Any) -> Any:
            try:
                # In a thread: an action that takes long holds up neither the other people nor the clock of its own.
                return await asyncio.to_thread(_finished, executor.run(json or {}))
            except RejectedBySdk as rejection:
                raise ActionExecutionRejection(rejection.action_name) from rejection

    # The domain is 40 KB of JSON that no action of ours reads; do not build it for each call.
    return Inside(url="inside", enable_selective_domain=True)


def _finished(work: Coroutine[Any, Any, Any]) -> Any:
    """What an action answers; none of ours awaits anything, and a loop for each would cost more than the action."""
    try:
        work.send(None)
    except StopIteration as done:
        return done.value
    work.close()
    raise AssistantError("An action awaits something. Inside the assistant actions run in a thread and answer at once.")


def outside_endpoint(url: str) -> Any:
    """An action endpoint for actions that run as a server of their own."""
    from rasa.utils.endpoints import EndpointConfig

    return EndpointConfig(url=url, enable_selective_domain=True)


def load(model: Path, *, store: Any, actions_url: str | None = None) -> Any:
    """The agent for a trained model, with the tracker store given and its actions inside or at `actions_url`."""
    from rasa.core.agent import Agent

    mend()
    agent = Agent(
        tracker_store=store, action_endpoint=outside_endpoint(actions_url) if actions_url else inside_endpoint()
    )
    load_into(agent, model)
    own_words.lay_over(agent.domain.responses)
    return agent


def load_into(agent: Any, model: Path) -> None:
    """Loads a trained model into an agent; AssistantError where it cannot be, LeanError where it needs `--full`."""
    try:
        agent.load_model(str(model))
        quick.quicken(agent.processor.graph_runner._instantiated_nodes)
    except Exception as error:
        if refused := lean.refusal(error):
            raise refused from None
        raise AssistantError(
            f"The model {model} cannot be loaded ({origin(error)}), so the assistant cannot understand anybody. "
            "Train it again: puente train --force"
        ) from error


_FIRST_WORDS = (
    "I need food in Modesto",
    "¿Puedo recibir CalFresh?",
    "how do i get there",
    "mmm pues a ver qué dice usted",
)


def warm(agent: Any) -> None:
    """Lets nobody wait for what is read on first use: says a few words to the agent, which are kept nowhere."""
    try:
        answers(agent, _FIRST_WORDS)
    except Exception as error:  # whoever writes first waits for it, then
        logs.event(logger, "runtime.warm.failed", level=logging.WARNING, error=error)


def answers(agent: Any, texts: Iterable[str]) -> list[list[str]]:
    """What the agent answers to each message of one conversation, which is kept nowhere."""
    from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
    from rasa.core.tracker_store import InMemoryTrackerStore

    async def say() -> list[list[str]]:
        said = []
        for text in texts:
            channel = CollectingOutputChannel()
            await agent.processor.handle_message(UserMessage(text, channel, "nobody"))
            said.append([str(message.get("text") or "") for message in channel.messages])
        return said

    kept, agent.processor.tracker_store = agent.processor.tracker_store, InMemoryTrackerStore(agent.domain)
    try:
        return asyncio.run(say())
    finally:
        agent.processor.tracker_store = kept
