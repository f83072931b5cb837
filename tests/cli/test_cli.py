from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, timezone
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.supervisor.plan import Plan, parts
from directory import store
from directory.cli import main
from directory.model import Address, Listing, Need, Phone, Provenance, Reach, Tri

LIST = store.SourceRecord("roster", "An invented roster", as_of=date(2026, 11, 1), demo=True)
OLD = store.SourceRecord("old", "An old list", as_of=date(2013, 5, 1))


def listed(number: int, source: store.SourceRecord = LIST, **values: object) -> Listing:
    plain = {
        "organization": "Olivo House",
        "name": f"Olivo Pantry {number}",
        "needs": (Need.FOOD,),
        "programs": ("food_bank",),
        "counties": ("Stanislaus",),
        "phones": (Phone(f"+1209555010{number}"),),
        **values,
    }
    provenance = Provenance(source.id, str(number), source.title, source.as_of, source.demo)
    return Listing(id=f"{source.id}:{number}", provenance=provenance, **plain)


LISTINGS = (
    listed(1, reach=Reach.DISTANCE, address=Address("1 Oak St", "Modesto", "95354"), latitude=37.64, longitude=-120.99),
    listed(2, languages=("es",), taking_referrals=Tri.YES, plans=("health_net",)),
    listed(3, OLD, languages=("en",)),
    listed(4, needs=(Need.TRANSPORT,), programs=("nmt",), assured_on=date(2026, 10, 2)),
)


@pytest.fixture
def puente(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs `puente` in a home of its own, where nothing is published yet."""
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    return lambda *arguments: CliRunner().invoke(main, list(arguments))


@pytest.fixture
def published(puente: Callable[..., Result], tmp_path: Path) -> Callable[..., Result]:
    """Runs `puente` in a home where four places are published."""
    store.write_directory(
        tmp_path / "directory.db",
        records=LISTINGS,
        sources=(LIST, OLD),
        publication="p1",
        published_at=datetime(2026, 11, 2, 20, 0, tzinfo=timezone.utc),
    )
    return puente


def found(result: Result) -> dict[str, object]:
    assert result.exit_code == 0, result.stderr
    answer: dict[str, object] = json.loads(result.stdout)
    return answer


def ids(result: Result) -> list[str]:
    listings = found(result)["listings"]
    assert isinstance(listings, list)
    return [listing["id"] for listing in listings]


def test_search_prints_a_table_that_says_what_was_understood(published: Callable[..., Result]) -> None:
    result = published("search", "--need", "food", "--near", "95354")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Food near 95354 (Modesto):"
    assert "Olivo Pantry 1 (demo)" in result.stdout
    assert "209-555-0101" in result.stdout
    assert "listed 2013-05-01, call first" in result.stdout
    assert lines[-2].startswith("1 to 3 of 3.")
    assert lines[-1] == "Demo data: these places are invented."


def test_search_as_json_holds_the_rows_and_what_was_given_up(published: Callable[..., Result]) -> None:
    answer = found(published("search", "--need", "food", "--near", "95354", "--limit", "1", "--json"))
    assert (answer["total"], answer["relaxed"], answer["covered"]) == (3, [], True)
    assert (answer["place"], answer["county"]) == ("95354 (Modesto)", "Stanislaus")
    [listing] = answer["listings"]  # type: ignore[misc]
    assert listing["phone"] == "209-555-0101"
    assert listing["address"]["postal_code"] == "95354"
    assert (listing["demo"], listing["freshness"], listing["checked_on"]) == (True, "listed", None)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--need", "food"], ["roster:1", "roster:2", "old:3"]),
        (["--need", "food", "--offset", "1", "--limit", "1"], ["roster:2"]),
        (["--program", "nmt"], ["roster:4"]),
        (["--program", "CalFresh"], []),
        (["--need", "food", "--language", "Spanish"], ["roster:2", "roster:1"]),
        (["--need", "food", "--plan", "healthnet"], ["roster:2", "roster:1", "old:3"]),
        (["--need", "food", "--taking-referrals"], ["roster:2", "roster:1", "old:3"]),
        (["--near", "Stanislaus County"], ["roster:4", "roster:1", "roster:2", "old:3"]),
        (["--words", "olivo 4"], ["roster:4"]),
    ],
)
def test_search_takes_ids_and_names(
    published: Callable[..., Result], arguments: list[str], expected: list[str]
) -> None:
    near = [] if "--near" in arguments else ["--near", "95354"]
    listings = ids(published("search", *arguments, *near, "--json"))
    if "CalFresh" in arguments:  # nobody gives it: the need's places, and it says so
        assert listings == ["roster:1", "roster:2", "old:3"]
    else:
        assert listings == expected


def test_what_was_given_up_is_said(published: Callable[..., Result]) -> None:
    result = published("search", "--program", "calfresh", "--near", "95354")
    assert "We have no place for CalFresh" in result.stdout
    assert found(published("search", "--program", "calfresh", "--near", "95354", "--json"))["relaxed"] == ["program"]


def test_nothing_found_tells_who_to_call(published: Callable[..., Result]) -> None:
    result = published("search", "--program", "liheap", "--near", "Eureka")
    assert result.exit_code == 0
    assert "We have no list for Humboldt County yet." in result.stdout
    assert "211" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["search", "--near", "9535"], "A ZIP code has five numbers"),
        (["search", "--near", "Orange"], "Write one of these: city of Orange; Orange County."),
        (["search", "--near", "Reno"], "is not in California"),
        (["search", "--program", "moon"], "There is no program 'moon'. Programs: "),
        (["search", "--plan", "moon"], "There is no plan 'moon'. Plans: "),
        (["search", "--language", "klingon"], "such as Spanish or es"),
        (["show", "roster:99"], "No published listing has the id 'roster:99'"),
        (["places", "Reno"], "is not in California"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_code_one(
    published: Callable[..., Result], arguments: list[str], sentence: str
) -> None:
    result = published(*arguments)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr


def test_show_tells_everything_about_one_place(published: Callable[..., Result]) -> None:
    result = published("show", "roster:1")
    assert "Address: 1 Oak St, Modesto 95354" in result.stdout
    assert "Demo data: this place is invented." in result.stdout
    assert found(published("show", "roster:4", "--json"))["checked_on"] == "2026-10-02"


def test_status_counts_what_is_published(published: Callable[..., Result]) -> None:
    answer = found(published("status", "--json"))
    assert (answer["listings"], answer["published_at"]) == (4, "2026-11-02T20:00:00+00:00")
    sources = {source["id"]: source for source in answer["sources"]}  # type: ignore[attr-defined]
    assert (sources["roster"]["listings"], sources["roster"]["demo"]) == (3, True)
    assert (sources["old"]["listings"], sources["old"]["as_of"]) == (1, "2013-05-01")
    text = published("status").stdout
    assert "4 places, published 2026-11-02 12:00 (Pacific)." in text
    assert "An invented roster" in text


def test_before_the_first_publication_everything_says_what_to_do(puente: Callable[..., Result]) -> None:
    assert "puente demo load" in puente("status").stdout
    answer = found(puente("status", "--json"))
    assert (answer["listings"], answer["sources"], answer["published_at"]) == (0, [], None)
    result = puente("search", "--need", "food")
    assert result.exit_code == 0
    assert "211" in result.stdout
    assert "puente publish" in result.stderr


def test_places_shows_how_a_text_is_understood(puente: Callable[..., Result]) -> None:
    assert puente("places", "95354").stdout == "95354 (Modesto), Stanislaus County (zip)\n"
    assert found(puente("places", "Orange", "--json"))["kind"] == "Ambiguous"


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("95354", 0, "Stanislaus County (zip)"),
        ("95033", 0, "Write one of these: 95033, Santa Clara County; 95033, Santa Cruz County."),
        ("Shasta", 0, "Write one of these: "),
        ("San Mateo", 0, "city of San Mateo; San Mateo County"),
        ("9535", 1, "A ZIP code has five numbers"),
        ("Zzyzzyx", 1, "We do not know the place"),
        ("Reno", 1, "is not in California"),
    ],
)
def test_several_places_are_an_answer_and_no_place_is_an_error(
    puente: Callable[..., Result], text: str, code: int, said: str
) -> None:
    result = puente("places", text)
    assert result.exit_code == code
    assert said in (result.stderr if code else result.stdout)


@pytest.mark.parametrize("near", ["San Mateo", "Orange", "95033"])
def test_what_several_places_share_is_refused_with_an_example_that_works(
    published: Callable[..., Result], near: str
) -> None:
    result = published("search", "--near", near)
    assert result.exit_code == 1
    _, found_it, example = result.stderr.strip().partition('For example: --near "')
    assert found_it and published("search", "--near", example.rstrip('"')).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "column", "states"),
    [
        (["--plan", "healthnet"], "Plan", {"roster:2": "yes", "roster:1": "unknown"}),
        (["--language", "es"], "Language", {"roster:2": "yes"}),
        (["--taking-referrals"], "Referrals", {"roster:2": "yes", "roster:1": "unknown"}),
        (["--has-room"], "Room", {"roster:1": "unknown"}),
    ],
)
def test_the_table_has_a_column_for_each_filter_asked_for(
    published: Callable[..., Result], arguments: list[str], column: str, states: dict[str, str]
) -> None:
    lines = published("search", "--need", "food", "--near", "95354", *arguments).stdout.splitlines()
    head = next(line for line in lines if "Phone" in line)
    at = head.index(f" {column} ") + 1
    rows = {line.split()[-1]: line[at:].split()[0] for line in lines if line.split()[-1:] and ":" in line.split()[-1]}
    assert {id: rows[id] for id in states} == states
    assert "(ask first):" in lines[0]
    without = published("search", "--need", "food", "--near", "95354").stdout
    assert not any(f" {name} " in without for name in ("Plan", "Language", "Referrals", "Room"))


def test_the_example_of_show_is_a_place_of_the_demo(demo_home: Path, run_puente: Callable[..., str]) -> None:
    example = next(line for line in run_puente(demo_home, "show", "--help").splitlines() if "Example:" in line)
    assert "Phone: " in run_puente(demo_home, *example.split()[2:])


@pytest.mark.parametrize("command", sorted(main.list_commands(None)))  # type: ignore[arg-type]
def test_every_command_explains_itself_with_an_example(command: str) -> None:
    result = CliRunner().invoke(main, [command, "--help"])
    assert result.exit_code == 0
    known = main.get_command(None, command)  # type: ignore[arg-type]
    assert known is not None
    assert known.hidden or hasattr(known, "commands") or re.search(r"Examples?:\s+puente ", result.stdout)


def test_the_refresh_and_whatever_is_installed_beside_are_commands_too() -> None:
    names = main.list_commands(None)  # type: ignore[arg-type]
    assert {"search", "show", "status", "places", "desk", "sync", "publish", "demo"} <= set(names)


def test_a_search_does_not_wait_for_the_commands_it_does_not_need() -> None:
    code = (
        "import sys; from directory.cli import main; main.get_command(None, 'search'); "
        "print([name for name in ('rasa', 'bot', 'directory.sync', 'starlette', 'uvicorn') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(("arguments", "says"), [([], "stop with Ctrl-C"), (["--quiet"], "")])
def test_the_desk_says_where_it_is_unless_another_command_does(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], says: str
) -> None:
    monkeypatch.setattr("uvicorn.run", lambda *_, **__: None)
    result = CliRunner().invoke(main, ["desk", *arguments])
    assert result.exit_code == 0
    assert says in result.stdout and bool(result.stdout) is bool(says)
    assert "--quiet" in next(child.command for child in parts(Plan(), 3, 5006) if child.name == "desk")


@pytest.mark.parametrize(
    "words",
    [
        ("status",), ("search", "--need", "food"), ("publish",), ("sync", "san_mateo_2013"), ("history",), ("undo",),
        ("export", "--format", "csv", "--output", "x.csv"), ("source", "list"), ("review",), ("demo", "load"),
        ("add", "--name", "A", "--need", "food", "--county", "Fresno", "--phone", "559-555-0101"),
    ],
)  # fmt: skip
def test_a_home_that_cannot_be_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path / "file" / "home"))
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, list(words))
    assert result.exit_code == 1 and isinstance(result.exception, SystemExit), result.exc_info
    assert result.output.startswith("Error: ") and "Nothing was changed" in result.output
