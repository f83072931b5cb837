"""The number of a health care provider (NPI): ten digits, of which the last one proves the others."""

from __future__ import annotations

import re

__all__ = ["read", "valid"]

_PREFIX = 24
"""What "80840", the prefix of the United States' health care numbers, adds to the sum."""
_SHAPE = re.compile(r"(?:npi)?[\s:#]*(\d[\d\s-]{8,}\d)(?:\.0+)?", re.I)


def valid(digits: str) -> bool:
    """Whether ten digits pass the check of ISO/IEC 7812 (Luhn) with 80840 before them, and begin with 1 or 2."""
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()) or digits[0] not in "12":
        return False
    doubled = (2 * int(digit) for digit in digits[-2::-2])
    total = _PREFIX + sum(number // 10 + number % 10 for number in doubled) + sum(int(d) for d in digits[-1::-2])
    return total % 10 == 0


def read(text: str) -> str | None:
    """The NPI in a cell, also from `1234567893.0` and `NPI: 1234567893`; None when there is none that is valid."""
    found = _SHAPE.fullmatch(text.strip())
    digits = re.sub(r"\D", "", found[1]) if found else ""
    return digits if valid(digits) else None
