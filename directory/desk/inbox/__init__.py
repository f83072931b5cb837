"""What people told: calls they asked for, what they say is wrong, and whether it helped."""

from directory.desk.frame import change, read
from directory.desk.inbox import calls, listed, reported

__all__ = ["ROUTES"]

ROUTES = (
    read("/inbox", listed.inbox),
    read("/inbox/outcomes", listed.told),
    read("/inbox/call/{id:int}", calls.one),
    change("/inbox/call/{id:int}/take", calls.took),
    change("/inbox/call/{id:int}/back", calls.gave_back),
    change("/inbox/call/{id:int}/done", calls.done),
    read("/inbox/report/{id:int}", reported.one),
    change("/inbox/report/{id:int}/take", reported.took),
    change("/inbox/report/{id:int}/back", reported.gave_back),
    change("/inbox/report/{id:int}/decide", reported.decided),
)
