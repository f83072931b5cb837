"""What a clerk would say of two rows: the same place, perhaps, another one, or nothing alike."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from directory.model import Tri
from directory.sync.match import compare
from directory.sync.match.compare import Compared
from directory.sync.match.facts import Facts
from directory.sync.match.outcome import Reason

__all__ = ["Judged", "Verdict", "judge"]


class Verdict(IntEnum):
    """How sure it is, in order.

    PART is one service of a place that the other row names whole; MOVED asks only where the phone is no central line;
    EXACT has the same programs and needs too.
    """

    UNLIKE = 0
    OTHER = 1
    PART = 2
    MOVED = 3
    PERHAPS = 4
    SAME = 5
    EXACT = 6


@dataclass(frozen=True)
class Judged:
    """The verdict on two rows and what speaks for and against it."""

    verdict: Verdict
    reasons: tuple[Reason, ...]


_NOTHING_ALIKE = Judged(Verdict.UNLIKE, ())


def judge(a: Facts, b: Facts) -> Judged:
    """Compares two rows of different lists; nothing of a place is looked at or told where one is confidential."""
    evidence = _Evidence(a, b)
    verdict = evidence.hidden() if a.confidential or b.confidential else evidence.verdict()
    if verdict == Verdict.SAME and a.programs == b.programs and a.needs == b.needs:
        verdict = Verdict.EXACT
    return Judged(verdict, evidence.reasons()) if verdict else _NOTHING_ALIKE


class _Evidence:
    """All comparisons of two rows."""

    def __init__(self, a: Facts, b: Facts) -> None:
        self.npi = compare.npi(a, b)
        self.phone = compare.phone(a, b)
        self.name = compare.name(a, b)
        self.service = compare.service(a, b)
        self.areas_apart = bool(a.counties and b.counties and not a.counties & b.counties)
        self.nowhere = a.street is None and b.street is None
        self.one_purpose = bool(a.programs & b.programs) or a.needs == b.needs
        self.named = bool(a.service and b.service)
        self.whole_and_part = bool(a.service) != bool(b.service)
        silent = a.confidential or b.confidential
        self.site = Compared(Tri.UNKNOWN) if silent else compare.site(a, b)
        self.address = Compared(Tri.UNKNOWN) if silent else compare.address(a, b)

    def reasons(self) -> tuple[Reason, ...]:
        told = (self.name, self.npi, self.phone, self.address, self.site, self.service)
        codes = dict.fromkeys(item.reason for item in told if item.reason)
        if Reason.ADDRESS_SAME in codes:
            codes.pop(Reason.CITY_SAME, None)
        return tuple(codes)

    def number_same(self) -> bool:
        """Whether NPI or phone is the same."""
        return Tri.YES in (self.npi.same, self.phone.same)

    def alike(self) -> bool:
        """Whether a person would look twice."""
        return Tri.YES in (self.name.same, self.phone.same, self.npi.same, self.address.same) or (
            self.name.reason in (Reason.NAME_LONGER, Reason.NAME_MORE, Reason.NAME_SHORT_FORM)
        )

    def hidden(self) -> Verdict:
        """By NPI or phone, and name."""
        if not self.number_same() or self.name.same == Tri.NO:
            return Verdict.OTHER if self.alike() else Verdict.UNLIKE
        if self.service.same == Tri.NO:
            return Verdict.OTHER
        sure = self.name.same == Tri.YES and self.npi.same != Tri.NO
        return self.as_service() if sure else Verdict.PERHAPS

    def verdict(self) -> Verdict:
        if self.address.same == Tri.YES:
            found = self.one_door()
            if found == Verdict.SAME and self.npi.same == Tri.NO:
                found = Verdict.PERHAPS
        else:
            found = self.two_doors() if self.address.same == Tri.NO else self.no_door()
            if self.npi.same == Tri.NO:
                found = Verdict.OTHER
        return Verdict.UNLIKE if found == Verdict.OTHER and not self.alike() else found

    def as_service(self) -> Verdict:
        """The verdict once organization and place are the same."""
        if self.service.same == Tri.YES:
            return Verdict.SAME
        if self.whole_and_part:
            return Verdict.PART if self.number_same() and self.one_purpose else Verdict.OTHER
        sorted_otherwise = not self.named and self.phone.same == Tri.YES
        return Verdict.SAME if sorted_otherwise else Verdict.PERHAPS

    def perhaps(self) -> Verdict:
        """A question, unless one of the two is a service and the other the whole organization."""
        return min(Verdict.PERHAPS, self.as_service())

    def one_door(self) -> Verdict:
        """One address: the same organization's other services, and other organizations, are in the house too."""
        if self.service.same == Tri.NO and not (self.npi.same == Tri.YES and self.name.same != Tri.YES):
            return Verdict.OTHER
        if self.name.same == Tri.YES or (self.name.reason == Reason.NAME_LONGER and self.number_same()):
            return self.as_service()
        if self.name.same == Tri.NO or self.name.reason == Reason.NAME_PARTLY:
            return self.perhaps() if self.number_same() else Verdict.OTHER
        return self.perhaps() if self.phone.same != Tri.NO or self.npi.same == Tri.YES else Verdict.OTHER

    def two_doors(self) -> Verdict:
        """Two addresses: two sites, unless somebody moved or mistyped."""
        if self.name.same != Tri.YES or self.service.same == Tri.NO or self.site.same == Tri.NO:
            return Verdict.OTHER
        if self.address.reason == Reason.NUMBER_SIMILAR and self.phone.same != Tri.NO:
            return self.perhaps() if self.number_same() else min(Verdict.MOVED, self.as_service())
        return min(Verdict.MOVED, self.as_service()) if self.phone.same == Tri.YES else Verdict.OTHER

    def no_door(self) -> Verdict:
        """An address is missing, cannot be read, or differs in its unit alone."""
        if self.service.same == Tri.NO or self.site.same == Tri.NO or self.name.same == Tri.NO:
            return Verdict.PERHAPS if self.npi.same == Tri.YES and self.site.same != Tri.NO else Verdict.OTHER
        if self.address.reason == Reason.UNIT_DIFFERS:
            return self.perhaps() if self.name.same == Tri.YES else Verdict.OTHER
        if self.name.same == Tri.YES and self.number_same():
            return self.same_line()
        if self.number_same():
            return self.perhaps()
        near = self.site.same == Tri.YES or not self.areas_apart
        sure = self.name.same == Tri.YES and self.service.same == Tri.YES and self.phone.same != Tri.NO
        return Verdict.PERHAPS if near and sure else Verdict.OTHER

    def same_line(self) -> Verdict:
        """Name and line are the same and an address is missing: which of an organization's sites is meant?"""
        if self.areas_apart:
            return Verdict.OTHER
        found = self.as_service()
        return found if self.site.same == Tri.YES or self.nowhere else min(Verdict.PERHAPS, found)
