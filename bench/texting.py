"""Measures text messages under load: signed as Twilio signs, through the door and the assistant of a `puente up`.

    python -m bench.texting                  30 texts a second for 60 s, then 200 a second for 10 s, from 500 numbers
    python -m bench.texting --seconds 10     a look
    python -m bench.texting --save           and into its section of bench/RESULTS.md

Texts come by the clock, whether the ones before were answered or not, from 500 numbers turn about, each in the middle
of a talk of its own (bench/talks.yml). One in twenty is delivered a second time, as Twilio does when it is not sure,
half of those while the first is under way: a text that is answered twice counts as wrong. The directory has 100,000
invented listings. Every time counts from the moment the text was due.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import aiohttp
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from bench.generator import Message, judged, talks
from bench.killed import Up, running
from bench.load_report import LISTINGS, p
from bench.results import options, tell
from bench.run import ROOT, run, say
from directory.model import Language
from directory.text.catalogue import say as words

__all__ = ["Got", "Phones", "main", "section"]

PUBLIC = "https://texts.example.org"
ACCOUNT = "AC" + "0" * 32
TOKEN = "0123456789abcdef0123456789abcdef"
OURS = "+12095550199"
PATH = "/webhooks/sms/webhook"
PHONES = 500
AGAIN = 0.05
PATIENCE_SECONDS = 15.0
"""Twilio's own: what comes later reaches nobody."""
MANY = 30.0
FLOOD = 200.0
FLOOD_SECONDS = 10.0
WARM_SECONDS = 5.0
_CALM_SECONDS = 5.0
_LATER = (0.05, 3.0)
_AREAS = ("209", "559", "661", "831", "510")
_SAME = {"AccountSid": ACCOUNT, "To": OURS, "NumMedia": "0", "NumSegments": "1", "ApiVersion": "2010-04-01"}
_HEADINGS = (
    "texts a second", "answered", "p50 / p95 / p99 ms", "busy", "slowest of all, s", "again",
    "wrong or answered twice", "processor ms a text",
)  # fmt: skip
_SETTINGS = f"""\
clinic: Sunrise Clinic
short_name: Sunrise
phone: "209-555-0123"
public_address: "{PUBLIC}"
"""


@dataclass
class Got:
    """What came of the texts of one part: milliseconds of answers and of honest refusals, and whatever was wrong."""

    rate: float
    seconds: float
    answers: list[float] = field(default_factory=list)
    refusals: list[float] = field(default_factory=list)
    again: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    late: list[float] = field(default_factory=list)
    cpu: float = 0.0

    @property
    def slowest(self) -> float:
        return max([*self.answers, *self.refusals], default=0.0)


class Phones:
    """Numbers that write by turns, each in the middle of its own talk, to one address of a door."""

    def __init__(self, door: str, seed: int = 5, phones: int = PHONES) -> None:
        self._url = f"{door}{PATH}"
        self._chance = random.Random(seed)
        self._validator = RequestValidator(TOKEN)
        self._many = talks(self._chance)
        self._left: list[list[Message]] = [[] for _ in range(phones)]
        self._sent = 0

    async def write(self, rate: float, seconds: float) -> Got:
        """Sends that many texts a second for so long, and waits for the last answers."""
        got, tasks = Got(rate, seconds), []
        connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=5)
        limit = aiohttp.ClientTimeout(total=PATIENCE_SECONDS)
        async with aiohttp.ClientSession(connector=connector, timeout=limit) as wire:
            due = began = time.perf_counter()
            while (due := due + self._chance.expovariate(rate)) < began + seconds:
                if (ahead := due - time.perf_counter()) > 0:
                    await asyncio.sleep(ahead)
                tasks.append(asyncio.create_task(self._one(wire, due, got)))
            await asyncio.gather(*tasks)
        return got

    async def _one(self, wire: aiohttp.ClientSession, due: float, got: Got) -> None:
        message, form = self._next()
        got.late.append((time.perf_counter() - due) * 1000)
        twice = self._chance.random() < AGAIN
        second = asyncio.create_task(self._again(wire, form)) if twice else None
        kind, texts = await self._posted(wire, form)
        took = (time.perf_counter() - due) * 1000
        if second is not None:
            got.again += 1
            more = await second
            got.wrong.update(["answered twice"] if more and texts else [])
            texts = texts or more  # which of two that come at once is answered is all the same
        kind = kind or told(message, texts)
        if kind in ("answer", "busy"):
            (got.answers if kind == "answer" else got.refusals).append(took)
        else:
            got.wrong[kind] += 1

    async def _again(self, wire: aiohttp.ClientSession, form: Mapping[str, str]) -> list[str]:
        """What the same text brings, delivered a second time."""
        await asyncio.sleep(self._chance.choice(_LATER))
        return (await self._posted(wire, form))[1]

    async def _posted(self, wire: aiohttp.ClientSession, form: Mapping[str, str]) -> tuple[str, list[str]]:
        """What was wrong with the answer, if anything, and its texts."""
        headers = {"X-Twilio-Signature": self._validator.compute_signature(f"{PUBLIC}{PATH}", dict(form))}
        try:
            async with wire.post(self._url, data=dict(form), headers=headers) as response:
                body = await response.read()
                return ("", texts_of(body)) if response.status == 200 else (f"status {response.status}", [])
        except asyncio.TimeoutError:
            return "silence", []
        except (aiohttp.ClientError, OSError, ElementTree.ParseError) as error:
            return type(error).__name__, []

    def _next(self) -> tuple[Message, dict[str, str]]:
        """The next message of the number whose turn it is, as Twilio posts it."""
        number = self._sent % len(self._left)
        self._sent += 1
        if not self._left[number]:
            self._left[number] = list(next(self._many)[1])
        message = self._left[number].pop(0)
        id = f"SM{self._chance.getrandbits(128):032x}"
        area, line = _AREAS[number // 100 % len(_AREAS)], number % 100
        form = {"MessageSid": id, "From": f"+1{area}55501{line:02d}", "Body": message.text, **_SAME}
        return message, form


def texts_of(twiml: bytes) -> list[str]:
    """The texts that Twilio would send for that answer."""
    return [message.text or "" for message in ElementTree.fromstring(twiml).iter("Message")]


def told(message: Message, texts: Sequence[str]) -> str:
    """What an answer is: `answer`, `busy` (the honest text), or what is wrong with it."""
    for code, kind in _FIXED.items():
        if any(text.startswith(_head(code, language)) for text in texts for language in Language):
            heard = not message.danger or any("911" in text for text in texts)
            return kind if heard else "danger unheard"
    return judged(message, 200, {"messages": [{"text": text} for text in texts]})


_FIXED = {"busy": "busy", "too_fast": "told to slow down", "away": "apology", "fallback": "apology"}
"""What the door says by itself, by the key of its text (directory/text/sms.en.yml)."""


@cache
def _head(code: str, language: Language) -> str:
    return words(f"sms.{code}", language).partition(".")[0]


def section(parts: Sequence[Got], memory: Mapping[str, float], on: date) -> str:
    """The section of the page of results."""
    rows = [
        f"| {one.rate:.0f} for {one.seconds:.0f} s | {len(one.answers):,} | {_three(one.answers)} | "
        f"{len(one.refusals):,} | {one.slowest / 1000:.2f} | {one.again} | {_wrong(one)} | {one.cpu:.1f} |"
        for one in parts
    ]
    late = p(sorted(each for one in parts for each in one.late), 99)
    used = ", ".join(f"{name} {megabytes:.0f}" for name, megabytes in sorted(memory.items()))
    return f"""## Text messages under load, {on.isoformat()}

`python -m bench.texting --save`, {os.cpu_count()} cores, {LISTINGS:,} invented listings, {PHONES} numbers: texts signed
as Twilio signs them, through the door and the assistant of one `puente up`; the generator is a process of its own
beside them (99 of 100 texts left within {late:.0f} ms of when they were due). "Busy" is the honest text that too many
write; "again" is how many were delivered a second time, while the first was under way or after it.

| {" | ".join(_HEADINGS)} |
|{"---|" * len(_HEADINGS)}
{chr(10).join(rows)}

The aims: {MANY:.0f} a second without an error, p95 under 1 s; then {FLOOD:.0f} a second, each with an answer or the
busy text within 10 s and none twice. Resident memory after it, MB: {used}.
"""


def _three(values: Sequence[float]) -> str:
    return " / ".join(f"{p(list(values), percent):.0f}" for percent in (50, 95, 99)) if values else ""


def _wrong(got: Got) -> str:
    return ", ".join(f"{kind} {count}" for kind, count in sorted(got.wrong.items())) or "0"


async def _measured(up: Up, seconds: float) -> tuple[list[Got], dict[str, float]]:
    limit = time.monotonic() + 300
    while not await up.whole():
        if time.monotonic() > limit:
            raise SystemExit("It did not start; see up.txt in the home.")
        await asyncio.sleep(0.3)
    phones = Phones(up.url.removesuffix("/webhooks/web/"))
    await phones.write(MANY, WARM_SECONDS)
    parts = []
    for rate, length in ((MANY, seconds), (FLOOD, min(seconds, FLOOD_SECONDS))):
        say(f"{rate:.0f} texts a second for {length:.0f} s ...")
        used = up.cpu
        parts.append(await phones.write(rate, length))
        parts[-1].cpu = (up.cpu - used) / max(len(parts[-1].late), 1) * 1000
        say(f"{len(parts[-1].answers)} answered, p95 {_three(parts[-1].answers)}, wrong: {_wrong(parts[-1])}")
        await asyncio.sleep(_CALM_SECONDS)
    return parts, up.memory


def made(home: Path, listings: int = LISTINGS) -> None:
    """A home with that many invented listings and a number of its own."""
    say(f"Writing {listings:,} invented listings ...")
    many = [str(home / "directory.db"), "--listings", str(listings), "--quiet"]
    run([sys.executable, "-m", "bench.make_listings", *many], home)
    (home / "settings.yml").write_text(_SETTINGS, "utf-8")
    token = home / "twilio.token"
    token.touch(0o600)
    token.write_text(f"{TOKEN}\n", "ascii")


def main(arguments: list[str] | None = None) -> int:
    parser = options(__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="how long 30 a second are held (default 60)")
    parser.add_argument("--listings", type=int, default=LISTINGS, help="how many listings (default 100,000)")
    wanted = parser.parse_args(arguments)
    os.environ.setdefault("PUENTE_MODELS", str(ROOT / "var" / "models"))
    with tempfile.TemporaryDirectory(prefix="puente-texting-") as folder:
        made(Path(folder), wanted.listings)
        with running(Path(folder), demo=False) as up:
            parts, memory = asyncio.run(_measured(up, wanted.seconds))
    tell(section(parts, memory, date.today()), keep=wanted.save)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
