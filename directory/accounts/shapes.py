"""Who may use the desk: an account and its role."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

__all__ = ["Account", "Role"]


class Role(str, Enum):
    """What somebody may do at the desk; each role may do all that the ones before it may."""

    CHW = "chw"
    STAFF = "staff"
    ADMIN = "admin"

    def at_least(self, least: Role) -> bool:
        """Whether this role may do what `least` may."""
        order = list(Role)
        return order.index(self) >= order.index(least)


@dataclass(frozen=True)
class Account:
    """A person who signs in: `name` is what they type, `shown` what others read."""

    id: int
    name: str
    shown: str
    role: Role
    organization: str = ""
    demo: bool = False
