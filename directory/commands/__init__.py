"""The commands of the refresh and of the lists, one file for each thing a person comes to do."""

from __future__ import annotations
