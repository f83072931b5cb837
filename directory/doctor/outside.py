"""The address at which people reach Puente from outside: encrypted, and with a certificate that holds."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from urllib.parse import urlsplit

from directory.doctor.finding import Finding, Look

__all__ = ["address"]

_SOON = timedelta(days=14)
_SECONDS = 4.0
trusted: ssl.SSLContext | None = None
"""Whose certificates count; the system's unless a test brings its own."""


def address(look: Look) -> Iterator[Finding]:
    """Unset, not https, or with a certificate that cannot be checked or ends soon; the network only when asked."""
    url = look.settings.public_address
    if url is None:
        text = "No public address is set, so leaflet and sign cannot say where people find Puente."
        yield Finding("address.unset", "look", text, "puente setup public_address")
        return
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        text = f"The public address {url} is not encrypted: others on the way could read what people write."
        yield Finding("address.open", "mend", text, "puente setup public_address")
        return
    if not look.online:
        text = f"The public address is {url}. Its certificate is looked at with: puente doctor --online"
        yield Finding("address", "ok", text)
        return
    yield _certificate(look.now, parts.hostname, parts.port or 443, url)


def _certificate(now: datetime, host: str, port: int, url: str) -> Finding:
    try:
        ends = _ends(host, port)
    except ssl.SSLCertVerificationError as error:
        text = f"Browsers refuse {url}: {error.verify_message}. People see a warning instead of the chat."
        return Finding("address.certificate", "mend", text, f"curl -sSI {url}")
    except (OSError, ssl.SSLError, ValueError) as error:
        why = error.strerror or type(error).__name__ if isinstance(error, OSError) else type(error).__name__
        text = f"{url} does not answer from here ({why}). Look at the web server before Puente and at the name."
        return Finding("address.away", "mend", text, f"curl -sSI {url}")
    if ends - now < _SOON:
        text = f"The certificate of {url} ends on {ends:%Y-%m-%d} and was not renewed by itself."
        return Finding("address.ends", "mend", text, f"curl -sSI {url}")
    return Finding("address", "ok", f"{url} answers, and its certificate holds until {ends:%Y-%m-%d}.")


def _ends(host: str, port: int) -> datetime:
    """The last day of the certificate shown there, once it was checked."""
    context = trusted or ssl.create_default_context()
    with (
        socket.create_connection((host, port), timeout=_SECONDS) as plain,
        context.wrap_socket(plain, server_hostname=host) as sealed,
    ):
        shown = sealed.getpeercert() or {}
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(shown["notAfter"])), timezone.utc)
