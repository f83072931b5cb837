"""Text messages: the account and its papers, the token, where texts arrive, and whether what is due goes out."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import datetime, timedelta

from directory.doctor.finding import Finding, Look
from directory.errors import SenderError
from directory.inbox import queue
from directory.sender import account, asking, hours, ran

__all__ = ["sender"]

_WHAT = {
    "baa": "a business associate agreement with the company that sends the texts. Without it, sending health "
    "information through that company breaks HIPAA. Ask the company for its BAA and have it signed",
    "ten_dlc": "the registration of your number (10DLC or toll-free). Carriers block texts from numbers that are not "
    "registered. The company that sends the texts registers it for you",
    "privacy_page": "a privacy page on your web site that speaks of text messages. Registration asks for its address; "
    "`puente privacy` writes the words",
}
_LATE = timedelta(hours=2)
"""The timer runs every 15 minutes of the day; so long without it is no chance."""


def sender(look: Look) -> Iterator[Finding]:
    """What is missing before real phones get texts, and whether what is due goes out."""
    if look.settings.sms is None:
        yield Finding("sms.none", "ok", "No sender of text messages is set: Puente answers on the web only.")
        return
    found = [*_papers(look), *_token(look), *_arriving(look), *_going_out(look)]
    yield from found
    if not found:
        text = "The sender of text messages is in order: agreement, registration, privacy page, token, address, timer."
        yield Finding("sms", "ok", text)


def _papers(look: Look) -> Iterator[Finding]:
    """What nobody of the clinic has attested yet, and days that cannot be."""
    attested = look.settings.sms.attested if look.settings.sms else None
    for name, what in _WHAT.items():
        day = getattr(attested, name)
        if day is None:
            text = f"Nobody has said that there is {what}. When it is so, write the day."
            yield Finding(f"sms.{name}", "mend", text, f"puente setup --set sms.attested.{name}={look.today}")
        elif day > look.today:
            text = f"The day of {name} in the settings is still to come; write the day on which it was so."
            yield Finding(f"sms.{name}", "look", text, f"puente setup --set sms.attested.{name}={look.today}")


def _token(look: Look) -> Iterator[Finding]:
    """Missing, open to others, or refused when it was last used."""
    file = look.home / account.token_file().name
    try:
        held = account.token()
    except SenderError as why:
        yield Finding("sms.token", "mend", str(why), account.SET_TOKEN)
        return
    if held is None:
        text = (
            "The token of the account that sends texts is missing: no text goes out, and none that comes in is "
            "answered."
        )
        yield Finding("sms.token", "mend", text, account.SET_TOKEN)
        return
    if file.exists() and stat.S_IMODE(file.stat().st_mode) & 0o077:
        text = (
            "Other logins of this machine can read twilio.token, and whoever has it can send texts in the clinic's "
            "name. Close it; if you cannot trust those logins, make a new token in Twilio's console too."
        )
        yield Finding("sms.token.open", "mend", text, f"chmod 600 {file}")
    last = ran.last()
    if last and last.refused:
        text = (
            f"When texts were last sent ({last.at:%Y-%m-%d %H:%M}), Twilio refused the account, its token or its "
            f"number (code {last.refused}); what waits was not sent. Compare them with Twilio's console."
        )
        yield Finding("sms.refused", "mend", text, f"{account.SET_TOKEN} --check")


def _arriving(look: Look) -> Iterator[Finding]:
    """Whether the company can bring us what people write: it needs a public address, which it signs."""
    url = look.settings.public_address
    if url is None:
        text = (
            "No public address is set, so what people text cannot arrive: Twilio brings it there, and its signature is "
            "checked against that address."
        )
        yield Finding("sms.address", "mend", text, "puente setup public_address")


def _going_out(look: Look) -> Iterator[Finding]:
    """Whether something was due for hours that nobody sent."""
    waits = len(asking.due(look.now)) + len(queue.texts_due(look.now))
    last = ran.last()
    if not waits or not hours.awake(look.now) or (last and look.now - last.at < _LATE) or _just_opened(look.now):
        return
    since = f"texts were last sent {last.at:%Y-%m-%d %H:%M}" if last else "texts were never sent here"
    many = "A text is" if waits == 1 else f"{waits} texts are"
    text = f"{many} due, and {since}: the timer does not run. People who agreed to be asked wait for it."
    yield Finding("sms.timer", "mend", text, "puente followups send")


def _just_opened(now: datetime) -> bool:
    """In the first hours of the day the last run was yesterday, as it should be."""
    return not hours.awake(now - _LATE)
