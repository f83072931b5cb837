"""`puente up`, `train` and `understand`: the commands that need Rasa, found through `puente.commands`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import datetime, timezone
from pathlib import Path

import click

from bot import fallback, phone, preparing, runtime, training, trial
from bot.supervisor import ports
from bot.supervisor.plan import HOST, Plan
from directory import running
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
    for command in (up, train, understand, sms, prepare, assistant, actions, works):
        group.add_command(command)


@click.command()
@click.option("--demo", is_flag=True, help="Load the demo directory first when nothing is published yet.")
@click.option("--port", default=5005, show_default=True, help="Where people reach the chat page.")
@click.option("--listen", default=HOST, show_default=True, help="The address of that port; 0.0.0.0 for all of them.")
@click.option("--desk-port", default=8000, show_default=True, help="Where the desk listens (this machine only).")
@click.option("--actions-apart", is_flag=True, help="Run the actions as a server of their own on port 5055.")
@click.option("--full", is_flag=True, help="Import all of Rasa, TensorFlow too (slower, three times the memory).")
@click.option("--hang-seconds", default=30.0, hidden=True, help="How long a part may be silent.")
def up(
    demo: bool, port: int, listen: str, desk_port: int, actions_apart: bool, full: bool, hang_seconds: float
) -> None:
    """Start the assistant and the desk, and keep them running until Ctrl-C.

    A small process, the door, answers people from the first second, with a fixed sentence while the assistant starts,
    restarts or is paused. Whatever stops is started again; logs are in `logs/puente.log` of Puente's home.

    Example: puente up --demo
    """
    plan = Plan(
        port=port, listen=listen, desk_port=desk_port, actions_apart=actions_apart, full=full, demo=demo,
        hang_seconds=hang_seconds,
    )  # fmt: skip
    with _in_one_sentence("Puente cannot start"):
        home()
        sys.stdout.flush()
        _become([sys.executable, "-m", "bot.supervisor", json.dumps(asdict(plan))])


def _become(command: list[str]) -> None:
    """Another program in this process, because what keeps the others alive should be small and import little.

    Called from another program than ours (a test), it runs beside it.
    """
    if Path(sys.argv[0]).name in ("puente", "cli.py"):
        os.execv(command[0], command)
    raise SystemExit(subprocess.call(command))


@click.command(hidden=True)
@click.option("--demo", is_flag=True)
def prepare(demo: bool) -> None:
    """Make ready what the assistant stands on (what `puente up` does first)."""
    with _in_one_sentence("Puente cannot start"):
        if demo:
            preparing.ensure_demo()
        preparing.ensure_directory()
        fallback.ensure_some(preparing.complain)


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
        preparing.ensure_model()
        for shape in runtime.understand(training.model_path(), lines):
            click.echo(json.dumps(shape, ensure_ascii=False, indent=None if jsonl else 2))


@click.command()
@click.option("--es", "spanish", is_flag=True, help="The phone of somebody who reads Spanish.")
@click.option("--url", help="Where Puente runs.  [default: the one that runs here, else http://127.0.0.1:5005]")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, a line for each text that comes back.")
def sms(spanish: bool, url: str | None, as_json: bool) -> None:
    """Try Puente by text message, on a phone simulated in this terminal.

    Type as on a phone. Beside each text that comes back stands its size: phone companies charge by the segment. STOP,
    START and HELP work. In the demo +3 alone lets three days go by and shows what is sent then, as when you agreed to
    be asked whether it helped; elsewhere nothing is offered for later. Ctrl-D or two empty lines end it. Nothing is
    sent to anybody, and it needs no account.

    Example: puente sms --es
    """
    language = "es" if spanish else "en"
    with _in_one_sentence("The phone does not work"):
        found = running.running()
        simulated = phone.Phone(phone.address(url, found.ports.get("door") if found else None), language)
        if sys.stdin.isatty() and not as_json:
            click.echo(phone.hint(language))
        for words in phone.typed(_lines(quiet=as_json)):
            days = phone.moved(words)
            texts = simulated.text(words) if days is None else simulated.days_on(days, datetime.now(timezone.utc))
            for line in phone.as_json(texts, words) if as_json else phone.drawn(texts, language, days):
                click.echo(line)


def _lines(*, quiet: bool) -> Iterator[str]:
    """What somebody types until Ctrl-D or Ctrl-C; what comes through a pipe is shown too, as they would see it."""
    with suppress(AttributeError, OSError):
        sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]
    if not sys.stdin.isatty():
        for line in sys.stdin:
            if line.strip() and not quiet:
                click.echo(f"> {line.strip()}")
            yield line
        return
    import readline  # noqa: F401  # arrows and earlier lines, for whoever types

    with suppress(EOFError, KeyboardInterrupt):
        while True:
            yield input("> ")


@click.command(hidden=True)
def works() -> None:
    """Try out whether this version answers people (what `puente upgrade` runs before it lets the service go)."""
    with _in_one_sentence("This version does not work"):
        trial.serves(training.model_path())
        click.echo("It answers.")


@click.command(hidden=True)
@click.option("--port", default=5005)
@click.option("--actions-url")
@click.option("--full", is_flag=True)
@click.option("--model", type=click.Path(path_type=Path, exists=True))
def assistant(port: int, actions_url: str | None, full: bool, model: Path | None) -> None:
    """Run the assistant alone, in this process (what `puente up` starts)."""
    with _in_one_sentence("The assistant cannot start"):
        ports.refuse_taken(port, "assistant")
        preparing.ensure_directory()
        if model is None:
            fallback.ensure_some(preparing.complain)
        runtime.serve(
            model or fallback.Kept(),
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
        ports.refuse_taken(port, "actions")
        runtime.serve_actions(port)
