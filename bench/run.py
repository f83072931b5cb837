"""Measures Puente's assistant against stock Rasa in one run on one machine, and prints ratios.

Both hold the same training data, actions, web channel and a directory of 100,000 invented listings. Stock is `rasa run`
with Rasa's default pipeline and policies (bench/stock/config.yml), its default tracker store and an action server of
its own. Both are asked for the acts of the development set (bench/accuracy.py), by the classifier alone and in the end.
Stock's model takes long to train and is kept by the hash of what it is made of, with the seconds that took.

    make bench                        the table
    python -m bench.run --save        the table, also written into its section of bench/RESULTS.md
    python -m bench.run --quick       Puente alone
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import psutil
import requests
import yaml

from bench.results import options, tell

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / "bench" / "cache"
LISTINGS = 100_000
RULE = ("thanks", "gracias")
ACTION = ("I need food in Modesto", "necesito un albergue en Fresno", "ride to the doctor in 93301")
ROUNDS = 40


@dataclass
class Figures:
    """One assistant's figures: seconds, megabytes, and milliseconds from message to reply."""

    name: str
    train: float = 0.0
    start: float = 0.0
    memory: float = 0.0
    rule: list[float] = field(default_factory=list)
    action: list[float] = field(default_factory=list)
    talk: list[float] = field(default_factory=list)
    acts: dict[str, tuple[int, int, int]] = field(default_factory=dict)


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--quick", action="store_true", help="measure Puente alone")
    parser.add_argument("--epochs", type=int, help="train stock for so many epochs (default: as its file says, 100)")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="puente-bench-") as folder:
        home = Path(folder)
        os.environ["PUENTE_MODELS"] = str(home / "models")
        say(f"Writing {LISTINGS:,} invented listings ...")
        run(
            [sys.executable, "-m", "bench.make_listings", str(home / "directory.db"), "--listings", str(LISTINGS)], home
        )
        table = measure(home, quick=wanted.quick, epochs=wanted.epochs)
    tell(table, section(table, wanted.epochs), keep=wanted.save)


def measure(home: Path, *, quick: bool, epochs: int | None = None) -> str:
    ours = Figures("Puente")
    say("Training Puente's model ...")
    ours.train = timed(lambda: run([sys.executable, "-m", "directory.cli", "train", "--force"], home))
    if quick:
        with puente(home, ours) as url:
            talk(ours, url, ROUNDS)
        return report(ours, None)
    stock = Figures("Rasa, stock")
    model = stock_model(home, stock, epochs)
    with puente(home, ours) as our_url, rasa(home, stock, model) as stock_url:
        # One after the other in short turns, so that a machine that drifts drifts for both.
        for _ in range(ROUNDS):
            talk(ours, our_url, 1)
            talk(stock, stock_url, 1)
        for _ in range(3):
            ours.talk += long_talk(our_url)
            stock.talk += long_talk(stock_url)
    say("Asking both for the acts of the development set ...")
    ours.acts = acts(home, training_model(home))
    stock.acts = acts(home, model, "--full")
    return report(ours, stock)


def acts(home: Path, model: Path, *more: str) -> dict[str, tuple[int, int, int]]:
    """See `bench.accuracy.counted`; in a process of its own."""
    done = run([sys.executable, "-m", "bench.accuracy", str(model), *more], home)
    return {group: (many, alone, final) for group, (many, alone, final) in json.loads(done).items()}


def training_model(home: Path) -> Path:
    """The model that was trained below that home."""
    return next((home / "models").glob("puente-*.tar.gz"))


@contextmanager
def puente(home: Path, figures: Figures) -> Iterator[str]:
    with served([[sys.executable, "-m", "bench.serve", "5905"]], 5905, home, figures) as url:
        yield url


@contextmanager
def rasa(home: Path, figures: Figures, model: Path) -> Iterator[str]:
    credentials, endpoints = home / "credentials.yml", home / "endpoints.yml"
    credentials.write_text("bot.channels.web.WebChannel: {burst: 1.0e9, per_second: 1.0e9}\n")
    endpoints.write_text("action_endpoint: {url: 'http://127.0.0.1:5956/webhook'}\n")
    actions = [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", "5956"]
    assistant = [
        sys.executable, "-m", "rasa", "run", "--model", str(model), "--port", "5906", "-i", "127.0.0.1",
        "--credentials", str(credentials), "--endpoints", str(endpoints),
    ]  # fmt: skip
    with served([assistant, actions], 5906, home, figures) as url:
        yield url


@contextmanager
def served(commands: list[list[str]], port: int, home: Path, figures: Figures) -> Iterator[str]:
    url = f"http://127.0.0.1:{port}/webhooks/web/"
    log = (home / f"{port}.log").open("wb")
    began = time.perf_counter()
    processes = [
        subprocess.Popen(command, cwd=ROOT, env=environment(home), stdout=log, stderr=log) for command in commands
    ]
    try:
        wait_for(url, home / f"{port}.log", processes[0])
        figures.start = time.perf_counter() - began
        for message in (*RULE, *ACTION) * 2:
            ask(url, session(url), message)
        yield url
        figures.memory = sum(psutil.Process(process.pid).memory_info().rss for process in processes) / 1e6
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(30)


def wait_for(url: str, log: Path, process: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + 300
    while time.monotonic() < limit and process.poll() is None:
        try:
            if requests.get(f"{url}health", timeout=5).status_code == 200:
                return
        except requests.ConnectionError:
            pass
        time.sleep(0.05)
    raise SystemExit(f"not ready, after 300 s or because it stopped:\n{log.read_text()[-3000:]}")


def talk(figures: Figures, url: str, rounds: int) -> None:
    for _ in range(rounds):
        token = session(url)
        figures.action += [ask(url, token, message) for message in ACTION]
        figures.rule += [ask(url, token, message) for message in RULE]


def long_talk(url: str) -> list[float]:
    token = session(url)
    return [ask(url, token, (*ACTION, *RULE)[turn % 5]) for turn in range(100)]


def session(url: str) -> str:
    return str(requests.post(f"{url}session", timeout=30).json()["session"])


def ask(url: str, token: str, message: str) -> float:
    """Milliseconds from message to reply; a reply that is an apology is no measurement."""
    began = time.perf_counter()
    response = requests.post(f"{url}message", json={"session": token, "message": message}, timeout=60)
    took = (time.perf_counter() - began) * 1000
    messages = response.json()["messages"]
    if message in ACTION and messages[0]["custom"].get("kind") not in {"listings", "none_found"}:
        raise SystemExit(f"{url} did not answer {message!r} with listings: {messages[0]['text'][:200]}")
    return took


def stock_model(home: Path, figures: Figures, epochs: int | None = None) -> Path:
    config = stock_config(epochs)
    digest = hashlib.sha256(config.encode())
    for file in [ROOT / "domain.yml", *sorted((ROOT / "data").rglob("*.yml"))]:
        digest.update(file.read_bytes())
    folder = CACHE / digest.hexdigest()[:16]
    if not (folder / "seconds.json").exists():
        say("Training stock Rasa's model (many minutes, kept for the next run) ...")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config.yml").write_text(config, "utf-8")
        command = [
            sys.executable, "-m", "rasa", "train", "--config", str(folder / "config.yml"), "--domain", "domain.yml",
            "--data", "data", "--out", str(folder), "--fixed-model-name", "stock", "--force",
        ]  # fmt: skip
        seconds = timed(lambda: run(command, home))
        (folder / "seconds.json").write_text(json.dumps(seconds))
        for old in CACHE.iterdir():
            if old != folder:
                shutil.rmtree(old)
    figures.train = json.loads((folder / "seconds.json").read_text())
    return folder / "stock.tar.gz"


def stock_config(epochs: int | None = None) -> str:
    """Rasa's defaults with our components; `epochs` for a machine without hours, which the page then says."""
    config = yaml.safe_load((ROOT / "bench/stock/config.yml").read_text("utf-8"))
    ours = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))
    if epochs:
        for part in config["pipeline"]:
            part.update({"epochs": epochs} if "epochs" in part else {})
    # Stock keeps its own classifier.
    config["pipeline"] += [part for part in ours["pipeline"] if "Intents" not in part["name"]]
    return str(yaml.safe_dump(config, sort_keys=False))


def report(ours: Figures, stock: Figures | None) -> str:
    rows = [
        ("start-up to first answer, s", ours.start, stock and stock.start, "2.5"),
        ("resident memory, all processes, MB", ours.memory, stock and stock.memory, "3"),
        ("training, s", ours.train, stock and stock.train, "4"),
        ("reply by rule, p50 ms", p(ours.rule, 50), stock and p(stock.rule, 50), "2"),
        ("reply by rule, p95 ms", p(ours.rule, 95), stock and p(stock.rule, 95), ""),
        ("reply with an action, p50 ms", p(ours.action, 50), stock and p(stock.action, 50), "4"),
        ("reply with an action, p95 ms", p(ours.action, 95), stock and p(stock.action, 95), ""),
    ]
    lines = ["| figure | Puente | Rasa, stock | ratio | aim |", "|---|---|---|---|---|"]
    for name, mine, theirs, aim in rows:
        lines.append(f"| {name} | {mine:.1f} | {cell(theirs)} | {ratio(mine, theirs)} | {aim} |")
    if ours.talk:
        first, last = growth(ours.talk)
        lines.append(
            f"| message 1-20 / 81-100 of one conversation, p50 ms | {first:.1f} / {last:.1f} | "
            + (" / ".join(f"{value:.1f}" for value in growth(stock.talk)) if stock else "")
            + " | | flat |"
        )
    for group in ("en", "es", "all") if ours.acts else ():
        lines += [
            f"| acts right, {group}, {how} | {right(ours, group, place)} | {right(stock, group, place)} | | no less |"
            for place, how in ((1, "classifier alone"), (2, "in the end"))
        ]
    return "\n".join(lines)


def right(figures: Figures | None, group: str, place: int) -> str:
    """A share of the development set in percent."""
    found = figures.acts.get(group) if figures else None
    return f"{found[place] / found[0] * 100:.1f} % of {found[0]}" if found else ""


def growth(talk: list[float]) -> tuple[float, float]:
    runs = [talk[start : start + 100] for start in range(0, len(talk), 100)]
    first = [value for run in runs for value in run[:20]]
    last = [value for run in runs for value in run[80:]]
    return p(first, 50), p(last, 50)


def p(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def cell(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def ratio(mine: float, theirs: float | None) -> str:
    return "" if not theirs else f"{theirs / mine:.1f} times better"


def section(table: str, epochs: int | None = None) -> str:
    less = f" Stock learned for {epochs} epochs instead of 100, so its training is no comparison." if epochs else ""
    return (
        f"## The assistant against stock Rasa, {date.today().isoformat()}\n\n"
        f"`make bench` (`python -m bench.run --save`), {os.cpu_count()} cores, {LISTINGS:,} listings, "
        f"{ROUNDS * len(ACTION)} replies with an action and {ROUNDS * len(RULE)} by rule on each side."
        f"{less}\n\n{table}\n"
    )


def environment(home: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PUENTE_HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "RASA_TELEMETRY_ENABLED": "false",
        "SANIC_HOST": "127.0.0.1",
        "PYTHONWARNINGS": "ignore",
    }


def run(command: list[str], home: Path) -> str:
    """What a command prints; SystemExit with its last words when it fails."""
    result = subprocess.run(command, cwd=ROOT, env=environment(home), capture_output=True, text=True)
    if result.returncode:
        raise SystemExit(f"{' '.join(command)}\n{result.stdout[-2000:]}\n{result.stderr[-4000:]}")
    return result.stdout


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def say(text: str) -> None:
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    main()
