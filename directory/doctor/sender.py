"""Text messages: what a clinic has to have in hand before real phones get any, each attested with a day."""

from __future__ import annotations

from collections.abc import Iterator

from directory.doctor.finding import Finding, Look

__all__ = ["sender"]

_WHAT = {
    "baa": "a business associate agreement with the company that sends the texts. Without it, sending health "
    "information through that company breaks HIPAA. Ask the company for its BAA and have it signed",
    "ten_dlc": "the registration of your number (10DLC). Carriers block texts from numbers that are not registered. "
    "The company that sends the texts registers it for you",
    "privacy_page": "a privacy page on your web site that speaks of text messages. Registration asks for its address; "
    "`puente privacy` writes the words",
}


def sender(look: Look) -> Iterator[Finding]:
    """What nobody of the clinic has attested yet; nothing while no sender is set."""
    sms = look.settings.sms
    if sms is None:
        yield Finding("sms.none", "ok", "No sender of text messages is set: Puente answers on the web only.")
        return
    missing = [name for name in _WHAT if getattr(sms.attested, name) is None]
    for name in missing:
        text = f"Nobody has said that there is {_WHAT[name]}. When it is so, write the day."
        yield Finding(f"sms.{name}", "mend", text, f"puente setup --set sms.attested.{name}={look.today}")
    later = [name for name in _WHAT if (day := getattr(sms.attested, name)) and day > look.today]
    for name in later:
        text = f"The day of {name} in the settings is still to come; write the day on which it was so."
        yield Finding(f"sms.{name}", "look", text, f"puente setup --set sms.attested.{name}={look.today}")
    if not missing and not later:
        yield Finding("sms", "ok", "The sender of text messages is attested: agreement, registration, privacy page.")
