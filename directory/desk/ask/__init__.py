"""Ask as a patient: both channels tried out, with why each answer beside it."""

from directory.desk.ask import pages
from directory.desk.frame import change, read

__all__ = ["ROUTES"]

ROUTES = (read("/ask", pages.start), change("/ask", pages.asked))
