"""Who may use the desk, how they sign in, and what they did there."""

from directory.accounts.shapes import Account, Role

__all__ = ["Account", "Role"]
