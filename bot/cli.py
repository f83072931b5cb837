"""`puente up`, `train` and `understand`: the commands that need Rasa, found through `puente.commands`."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from bot import runtime, supervisor, training
from directory.errors import AssistantError, PuenteError, origin
from directory.store import home

__all__ = ["commands"]


@contextmanager
def _in_one_sentence(what: str) -> Iterator[None]:
    """Ends a command that breaks with one sentence; with PUENTE_TRACEBACK=1, with the traceback."""
    try:
        yield
    except (PuenteError, click.ClickException, click.Abort):
        raise
    except Exception as error:
        if os.environ.get("PUENTE_TRACEBACK"):
            raise
        told = " ".join(str(error).split())[:300] or "no reason given"
        raise AssistantError(
            f"{what}: {told} ({origin(error)}). To see all of it, run it again with PUENTE_TRACEBACK=1."
        ) from error


def commands(group: click.Group) -> None:
    """Adds the assistant's commands to `puente`."""
    for command in (up, train, understand, assistant, actions):
        group.add_command(command)


@click.command()
@click.option("--demo", is_flag=True, help="Load the demo directory first when nothing is published yet.")
@click.option("--port", default=5005, show_default=True, help="Where the assistant listens (this machine only).")
@click.option("--desk-port", default=8000, show_default=True, help="Where the desk listens (this machine only).")
@click.option("--actions-apart", is_flag=True, help="Run the actions as a server of their own on port 5055.")
@click.option("--full", is_flag=True, help="Import all of Rasa, TensorFlow too (slower, three times the memory).")
def up(demo: bool, port: int, desk_port: int, actions_apart: bool, full: bool) -> None:
    """Start the assistant and the desk, and keep them running until Ctrl-C.

    Example: puente up --demo
    """
    plan = supervisor.Plan(port=port, desk_port=desk_port, actions_apart=actions_apart, full=full)
    with _in_one_sentence("Puente cannot start"):
        supervisor.refuse_taken_ports(plan)
        if demo:
            supervisor.ensure_demo()
        supervisor.ensure_directory()
        supervisor.ensure_model()
        sys.exit(supervisor.run(plan))


@click.command()
@click.option("--force", is_flag=True, help="Train again although nothing has changed.")
def train(force: bool) -> None:
    """Train the assistant's model, if what it is made of has changed.

    Example: puente train
    """
    with _in_one_sentence("The model cannot be trained"):
        if training.trained() and not force:
            click.echo(f"The model is up to date: {training.model_path()}")
            return
        click.echo("Training the assistant's model. This takes a minute or two ...")
        click.echo(f"Trained: {training.train()}")


@click.command()
@click.argument("text", required=False)
@click.option("--jsonl", is_flag=True, help="Read a message a line from standard input; print JSON, an object a line.")
def understand(text: str | None, jsonl: bool) -> None:
    """Show what the assistant understands of a message.

    Example: puente understand "necesito comida en Modesto"
    """
    if not jsonl and not text:
        raise click.UsageError('Give a message, or --jsonl and messages on standard input. Example: understand "hello"')
    lines: Iterable[str] = (line.rstrip("\n") for line in sys.stdin) if jsonl else [text or ""]
    with _in_one_sentence("The message cannot be understood"):
        supervisor.ensure_model()
        for shape in runtime.understand(training.model_path(), lines):
            click.echo(json.dumps(shape, ensure_ascii=False, indent=None if jsonl else 2))


@click.command(hidden=True)
@click.option("--port", default=5005)
@click.option("--actions-url")
@click.option("--full", is_flag=True)
@click.option("--model", type=click.Path(path_type=Path, exists=True))
def assistant(port: int, actions_url: str | None, full: bool, model: Path | None) -> None:
    """Run the assistant alone, in this process (what `puente up` starts)."""
    with _in_one_sentence("The assistant cannot start"):
        supervisor.refuse_taken(port, "assistant")
        supervisor.ensure_directory()
        if model is None:
            supervisor.ensure_model()
        runtime.serve(
            model or training.model_path(),
            conversations=home() / "conversations.db",
            port=port,
            actions_url=actions_url,
            full=full,
        )


@click.command(hidden=True)
@click.option("--port", default=5055)
def actions(port: int) -> None:
    """Run the actions alone, in this process (what `puente up --actions-apart` starts)."""
    with _in_one_sentence("The actions cannot start"):
        supervisor.refuse_taken(port, "actions")
        runtime.serve_actions(port)
