"""What every page of the desk stands on: who is there, what they sent, how a page is drawn and a change is refused."""

from directory.desk.frame.forms import Form, Upload
from directory.desk.frame.routes import Page, change, public, read
from directory.desk.frame.visit import Desk, Visit

__all__ = ["Desk", "Form", "Page", "Upload", "Visit", "change", "public", "read"]
