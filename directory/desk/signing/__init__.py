"""Signing in and out, locking, choosing a password by a link, and one's own account."""

from __future__ import annotations

from directory.desk.frame import change, public, read
from directory.desk.signing import entrance, links, own

__all__ = ["ROUTES"]

ROUTES = (
    public("/signin", entrance.sign_in),
    public("/signin", entrance.signed_in, method="POST"),
    public("/look-around", entrance.look_around, method="POST"),
    change("/signout", entrance.sign_out),
    public("/lock", entrance.locked),
    change("/lock", entrance.lock),
    public("/unlock", entrance.unlock, method="POST"),
    public("/invite/{token}", links.invited),
    public("/invite/{token}", links.invitation_taken, method="POST"),
    public("/reset/{token}", links.forgotten),
    public("/reset/{token}", links.reset_taken, method="POST"),
    read("/account", own.account),
    change("/account/password", own.password),
    change("/account/sessions/end", own.end_others),
    change("/account/sessions/{id}/end", own.end_one),
)
