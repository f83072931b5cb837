"""`puente sms-token`: the token of the account that sends texts, kept for its owner alone."""

from __future__ import annotations

import sys

import click

from directory import settings
from directory.commands.telling import tell, wrapped
from directory.errors import SenderError
from directory.sender import account as accounts
from directory.sender import twilio

__all__ = ["register"]

_LONGEST = 4096


def register(group: click.Group) -> None:
    """Adds `sms-token` to the `puente` command."""
    group.add_command(token_command)


@click.command("sms-token", short_help="Give the auth token of the account that sends texts, or look whether it holds.")
@click.option("--check", is_flag=True, help="Only ask Twilio whether account and token hold; no text is sent.")
@click.option("--remove", is_flag=True, help="Take the token away; then nothing is sent.")
def token_command(check: bool, remove: bool) -> None:
    """Give the auth token of the account that sends texts. What you type is not shown.

    It is kept in twilio.token, which only the account that runs Puente can read, and never in settings.yml or a backup.
    In a script it comes on standard input; PUENTE_TWILIO_TOKEN in the environment stands before the file.

    \b
    Examples:
      puente sms-token
      puente sms-token --check
      puente sms-token < token.txt
    """
    if check and remove:
        raise click.UsageError("--check looks, --remove takes away; give one of them.")
    if remove:
        there = tell(accounts.forget_token)
        click.echo("The token is gone; nothing is sent." if there else "There was no token in Puente's folder.")
    elif check:
        _check()
    else:
        path = tell(lambda: accounts.keep_token(_given()))
        click.echo(f"Kept in {path}; only this login can read it.")
        if settings.settings().sms is None:
            click.echo("\n".join(wrapped("Next, the account and its number: puente setup sms")))
        else:
            click.echo("To see whether Twilio takes it: puente sms-token --check")


def _given() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("Auth token (not shown)", hide_input=True))
    said = sys.stdin.read(_LONGEST + 1)
    if not said.strip():
        raise SenderError("No token came on standard input. Nothing was changed. Example: puente sms-token < token.txt")
    return said


def _check() -> None:
    """Asks for the list of texts to our own number: it needs the same rights as sending, and sends nothing."""
    held = tell(accounts.account)
    found = twilio.holds(held)
    if found is None:
        click.echo("Twilio takes the account and its token.")
        return
    if isinstance(found, twilio.Wrong):
        raise click.ClickException(
            f"Twilio refuses the account or its token (code {found.code}). Compare both with its console, then: "
            "puente setup sms, and puente sms-token"
        )
    raise click.ClickException(
        f"Twilio could not be asked ({found.why}). Look whether this machine reaches the internet, then try again."
    )
