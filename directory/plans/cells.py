"""What the folder of plans holds: small frozen cells, each dated, so that one can be put in the place of another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from directory.eligibility.basis import Basis
from directory.eligibility.strict import Text
from directory.errors import RulesError
from directory.model import Language, Tri

__all__ = [
    "Card",
    "Cell",
    "County",
    "Directory",
    "Kind",
    "Offer",
    "Office",
    "Plan",
    "RideDefault",
    "RideForm",
]


@dataclass(frozen=True)
class Plan:
    """A Medi-Cal plan; a phone that is not verified is shown only beside "the number on your card".

    `ride_notice` is None where the plan's own rule is not known; `ride_days` and `nemt_days` are the work days that are
    always enough for a car and for a wheelchair or gurney van, None where nobody has seen the rule; `ride_verified`
    says how well line and days are known. `aliases` are lower-case words people use, by language.
    """

    id: str
    name: str
    short_name: str
    aliases: Mapping[str, tuple[str, ...]]
    counties: tuple[str, ...]
    phone: str
    phone_verified: bool
    local_phone: str | None
    source: str
    checked_on: date
    review_by: date
    note: str | None = None
    ride_line: str | None = None
    ride_line_verified: bool = False
    ride_vendor: str | None = None
    ride_notice: Text | None = None
    ride_days: int | None = None
    nemt_days: int | None = None
    ride_verified: bool = False
    ride_source: str | None = None
    ride_checked_on: date | None = None
    ride_review_by: date | None = None

    @property
    def phone_basis(self) -> Basis:
        """On what the member line stands."""
        return Basis.of_look(self.phone_verified, self.checked_on, self.review_by, self.source)

    @property
    def knows_rides(self) -> bool:
        """Whether anything is known of its rides: a line, a notice, or work days."""
        return any((self.ride_line, self.ride_notice, self.ride_days, self.nemt_days))

    @property
    def ride_basis(self) -> Basis | None:
        """On what the ride rule stands; None where nobody has seen one."""
        if self.ride_checked_on is None or self.ride_review_by is None or self.ride_source is None:
            return None
        return Basis.of_look(self.ride_verified, self.ride_checked_on, self.ride_review_by, self.ride_source)

    def phone_stands(self, on: date) -> bool:
        """Whether the member line may be shown that day without a hedge: verified, and not overdue."""
        return self.phone_basis.stands(on)

    def ride_line_stands(self, on: date) -> bool:
        """The same of the ride line, which may be verified where the rule is not."""
        return self.ride_line_verified and self.ride_review_by is not None and on <= self.ride_review_by

    def ride_rule_stands(self, on: date) -> bool:
        """The same of the ride rule: notice and work days."""
        return self.ride_basis is not None and self.ride_basis.stands(on)


@dataclass(frozen=True)
class County:
    """How Medi-Cal works in a county, and its plans, the public one first."""

    name: str
    model: str
    plans: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True)
class Cell:
    """Who picks up: a county's own office, or the statewide line of a kind; `phone` is None where only words help."""

    name: Text
    phone: str | None
    verified: bool
    checked_on: date
    review_by: date
    source: str

    @property
    def basis(self) -> Basis:
        """On what the number stands."""
        return Basis.of_look(self.verified, self.checked_on, self.review_by, self.source)


@dataclass(frozen=True)
class Kind:
    """A kind of office: what it is called, who picks up statewide, and what to ask there or at the county's own office.

    `local` kinds are those of which a county has its own; `about` stands for the service where the kind itself is asked
    for; {service} in `ask` and `there` is what the person needs.
    """

    id: str
    label: Text
    statewide: Cell
    ask: Text
    there: Text
    about: Text
    local: bool


@dataclass(frozen=True)
class Office:
    """Who to call and what to ask for; `county` is None for a statewide line, `phone` None where only words help.

    `name` is who picks up, `label` the kind of office: Coordinated Entry (label) is reached through 211 (name).
    """

    name_en: str
    name_es: str
    phone: str | None
    what_to_ask_en: str
    what_to_ask_es: str
    verified: bool
    county: str | None
    checked_on: date
    kind: str
    label: Text
    review_by: date
    source: str

    def stands(self, on: date) -> bool:
        """Whether the number may be shown that day without a hedge: verified, and not overdue."""
        return Basis.of_look(self.verified, self.checked_on, self.review_by, self.source).stands(on)

    def name(self, language: Language) -> str:
        """What the office is called."""
        return self.name_es if language == Language.ES else self.name_en

    def what_to_ask(self, language: Language) -> str:
        """What to do or say there."""
        return self.what_to_ask_es if language == Language.ES else self.what_to_ask_en


@dataclass(frozen=True)
class Offer:
    """Whether a plan gives a program, and how we know; `why` is a sentence that may be read out.

    `plan` is None for what every plan must give; `county` None where no county is named. `everywhere` is false where
    the source does not say in which of the plan's counties.
    """

    plan: str | None
    county: str | None
    program: str
    offered: Tri
    everywhere: bool
    why: Text
    basis: Basis


@dataclass(frozen=True)
class Card:
    """In these counties a card that shows one plan's name may mean others; `why` says so and to check."""

    id: str
    shows: str
    counties: tuple[str, ...]
    means: tuple[str, ...]
    why: Text
    basis: Basis


@dataclass(frozen=True)
class RideDefault:
    """Work days before the visit that are enough at the plans whose rule was seen; used where a plan's is not known."""

    days: int
    basis: Basis


@dataclass(frozen=True)
class RideForm:
    """The paper that a kind of ride needs, and who signs it."""

    id: str
    name: Text
    signers: Text
    basis: Basis


@dataclass(frozen=True)
class Directory:
    """Everything the folder holds, checked against itself.

    `cells` are keyed by county and kind; `offers` by plan (None: every plan), county (None: not named) and program;
    `ride_forms` and `ride_defaults` by kind of ride; `ride_notice` is told where a plan's own is not known; `reasons`
    are sentences with {plan}, {county} and {day}.
    """

    plans: Mapping[str, Plan]
    counties: Mapping[str, County]
    aliases: Mapping[str, str]
    kinds: Mapping[str, Kind]
    kind_of: Mapping[str, str]
    cells: Mapping[tuple[str, str], Cell]
    offers: Mapping[tuple[str | None, str | None, str], tuple[Offer, ...]]
    reasons: Mapping[str, Text]
    cards: tuple[Card, ...]
    ride_notice: Text
    ride_defaults: Mapping[str, RideDefault]
    ride_forms: Mapping[str, RideForm]

    def office(self, county: str, what: str, service: Text) -> Office:
        """The county's own office for a program, need or kind of office; the statewide line where none is known."""
        if (kind := self.kinds.get(self.kind_of.get(what, what))) is None:
            raise RulesError(f"'{what}' is no program, need or kind of office. Kinds: {', '.join(self.kinds)}.")
        if county not in self.counties:
            raise RulesError(f"'{county}' is no county of California. Write it without the word County.")
        own = self.cells.get((county, kind.id))
        cell, ask = (own, kind.there) if own else (kind.statewide, kind.ask)
        return Office(
            name_en=cell.name.en,
            name_es=cell.name.es,
            phone=cell.phone,
            what_to_ask_en=ask.en.replace("{service}", service.en),
            what_to_ask_es=ask.es.replace("{service}", service.es),
            verified=cell.verified,
            county=county if own else None,
            checked_on=cell.checked_on,
            kind=kind.id,
            label=kind.label,
            review_by=cell.review_by,
            source=cell.source,
        )
