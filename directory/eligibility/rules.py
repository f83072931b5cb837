"""The programs and what they rest on, loaded once from the YAML files beside this module; bad data is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from directory.eligibility.basis import Source, load_sources
from directory.eligibility.conditions import Condition, Definition, load_conditions, load_definitions
from directory.eligibility.days import spoken
from directory.eligibility.hedges import load_hedges
from directory.eligibility.program import Known, Line, Program, Rules, parse_program
from directory.eligibility.strict import Text, Texts, read, refuse
from directory.eligibility.tables import Table, load_tables
from directory.errors import RulesError
from directory.folding import unaccented
from directory.model import Need
from directory.overlay.keeping import Overlay, current
from directory.overlay.onto_rules import onto_rules
from directory.overlay.reading import Names
from directory.overlay.shapes import Note

__all__ = [
    "FOLDER",
    "Line",
    "Program",
    "Rules",
    "Text",
    "Texts",
    "conditions",
    "deciders",
    "definitions",
    "everything",
    "key_of",
    "load",
    "need_names",
    "needs",
    "overlay",
    "overlay_warnings",
    "program",
    "program_by_alias",
    "programs",
    "sources",
    "spoken",
    "tables",
]

FOLDER = Path(__file__).parent


def key_of(text: str) -> str:
    """What is left of a name when case, accents, spaces and punctuation do not count; "&" counts as "and"."""
    plain = unaccented(text.replace("&", " and ")).casefold()
    return "".join(filter(str.isalnum, plain))


def load(folder: Path = FOLDER) -> Rules:
    """Reads and checks a whole folder; RulesError names the file and key of the first thing it refuses."""
    sources = load_sources(folder / "sources.yml")
    tables = load_tables(folder / "tables.yml", sources)
    deciders = {key: entry.twin() for key, entry in read(folder / "deciders.yml").items()}
    conditions = load_conditions(folder / "conditions.yml", tables=tables, deciders=deciders)
    _check_limits(folder / "conditions.yml", conditions.values(), tables)
    definitions = load_definitions(folder / "definitions.yml", sources=sources, conditions=conditions)
    known = Known(sources, conditions, definitions, load_hedges(folder / "hedges.yml"))
    found = {path.stem: parse_program(path, known) for path in sorted((folder / "programs").glob("*.yml"))}
    _check_try_first(folder, found.values())
    order, labels = _needs(folder / "needs.yml", found)
    return Rules(
        {id: found[id] for ids in order.values() for id in ids},
        order,
        labels,
        conditions,
        definitions,
        tables,
        sources,
        deciders,
        _aliases(folder, found.values()),
    )


def _check_limits(path: Path, found: Iterable[Condition], tables: Mapping[str, Table]) -> None:
    for condition in found:
        table = tables.get(condition.test.table or "")
        if table and not any(value.by_size for value in table.values):
            what = f"the table '{table.id}' has no figures by size, so no income could be compared. Add them."
            raise refuse(path, f"{condition.id}.{condition.test.kind}.table", what)


def _check_try_first(folder: Path, found: Iterable[Program]) -> None:
    known = {program.id for program in found}
    for program in found:
        for other in program.try_first:
            if other not in known or other == program.id:
                file = folder / "programs" / f"{program.id}.yml"
                raise RulesError(f"{file}, try_first: '{other}' is no other program. Mend the id.")


def _needs(path: Path, found: Mapping[str, Program]) -> tuple[dict[Need, tuple[str, ...]], dict[Need, Text]]:
    entries = read(path).fields(need.value for need in Need)
    order: dict[Need, tuple[str, ...]] = {}
    labels: dict[Need, Text] = {}
    for key, entry in entries.items():
        parts = entry.fields(("label", "programs"))
        labels[Need(key)] = parts["label"].twin()
        order[Need(key)] = parts["programs"].texts()
        own = {program.id for program in found.values() if program.need == Need(key)}
        if set(order[Need(key)]) != own:
            odd = ", ".join(sorted(set(order[Need(key)]) ^ own))
            raise parts["programs"].refuse(f"the menu and the program files do not agree on: {odd}. Mend either.")
    return order, labels


def _aliases(folder: Path, found: Iterable[Program]) -> dict[str, str]:
    index: dict[str, str] = {}
    for program in found:
        for name in _listed_as(program):
            key = key_of(name)
            if index.setdefault(key, program.id) != program.id:
                file = folder / "programs" / f"{program.id}.yml"
                raise RulesError(
                    f"{file}, aliases: '{name}' also belongs to {index[key]}, so a plan's list could mean either. "
                    "Keep it in one."
                )
    return index


def _listed_as(program: Program) -> Iterator[str]:
    yield program.id
    yield from (program.official.en, program.official.es, program.short.en, program.short.es)
    yield from program.aliases
    yield from program.codes


@dataclass(frozen=True)
class _InForce:
    """What ships, with the clinic's notes laid over it."""

    notes: tuple[Note, ...]
    rules: Rules
    warnings: tuple[str, ...]


_kept: _InForce | None = None


@cache
def _shipped() -> Rules:
    return load()


def _names() -> Names:
    return Names(frozenset(_shipped().conditions), frozenset(_shipped().definitions))


def _in_force() -> _InForce:
    global _kept
    notes = overlay().notes
    if _kept is None or _kept.notes is not notes:
        _kept = _InForce(notes, *onto_rules(_shipped(), notes))
    return _kept


def _loaded() -> Rules:
    return _in_force().rules


def overlay() -> Overlay:
    """The clinic's notes in force, the same object until they change."""
    return current(_names)


def overlay_warnings() -> tuple[str, ...]:
    """A sentence for each note on programs, rules, tables or definitions that finds no place."""
    return _in_force().warnings


def everything() -> Rules:
    """All of it as one, the same object until it is loaded anew."""
    return _loaded()


def programs() -> Mapping[str, Program]:
    """All programs by id, in the order of the menus."""
    return _loaded().programs


def program(id: str) -> Program:
    """The program with that id; RulesError when there is none."""
    try:
        return programs()[id]
    except KeyError:
        raise RulesError(f"There is no program '{id}'. Known: {', '.join(programs())}.") from None


def needs() -> Mapping[Need, tuple[str, ...]]:
    """The program ids of each need, the most useful first; empty where we hold no program."""
    return _loaded().needs


def need_names() -> Mapping[Need, Text]:
    """What each need is called when we speak of it."""
    return _loaded().need_names


def program_by_alias(text: str) -> str | None:
    """The program that a plan's list means by this name or billing code; None when we do not know it."""
    return _loaded().aliases.get(key_of(text))


def conditions() -> Mapping[str, Condition]:
    """All conditions by id."""
    return _loaded().conditions


def deciders() -> Mapping[str, Text]:
    """Who can know whether a condition holds, as we name them to a patient."""
    return _loaded().deciders


def definitions() -> Mapping[str, Definition]:
    """All shared definitions by id."""
    return _loaded().definitions


def tables() -> Mapping[str, Table]:
    """All reference tables by id."""
    return _loaded().tables


def sources() -> Mapping[str, Source]:
    """All sources by id."""
    return _loaded().sources
