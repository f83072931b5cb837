"""What an admin does to an account: invite, change, hand over a link, end. The link is shown once and kept nowhere."""

from __future__ import annotations

from starlette.responses import Response

from directory import settings
from directory.accounts import Account, Role, ending, people, tickets
from directory.desk.frame import Visit
from directory.desk.people.shown import found
from directory.errors import AccountError

__all__ = ["add", "change", "end", "link"]


def add(visit: Visit) -> Response:
    """A new account, and the link of its invitation."""
    account = people.add(
        visit.form.get("name"),
        _role(visit),
        visit.now,
        shown=visit.form.get("shown"),
        organization=visit.form.get("organization"),
        by=visit.who,
    )
    return _link_page(visit, account)


def change(visit: Visit) -> Response:
    """Another role, name shown or organization."""
    account = found(visit).account
    people.change(
        account,
        visit.now,
        role=_role(visit),
        shown=visit.form.get("shown"),
        organization=visit.form.get("organization"),
        by=visit.who,
    )
    return visit.go(f"/people/{account.id}", said="people.said.changed")


def link(visit: Visit) -> Response:
    """A new link by which that person chooses a password; the former one is over."""
    return _link_page(visit, found(visit).account)


def end(visit: Visit) -> Response:
    """Ends an account; whoever sits at it is out at once."""
    ending.end(found(visit).account, visit.now, by=visit.who)
    return visit.go("/people", said="people.said.ended")


def _link_page(visit: Visit, account: Account) -> Response:
    ticket = tickets.make(account, visit.now, by=visit.who)
    begins = settings.settings().desk_address or str(visit.request.base_url)
    address = f"{begins.rstrip('/')}{ticket.path}"
    hours = tickets.HOURS[ticket.kind]
    return visit.page("people/link.html", account=account, address=address, ticket=ticket, hours=hours)


def _role(visit: Visit) -> Role:
    try:
        return Role(visit.form.get("role"))
    except ValueError:
        raise AccountError("No role was chosen, so nothing was changed. Go back and choose one of the three.") from None
