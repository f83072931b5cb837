"""Imports what warns on its own account (spaCy's dependencies, lingua) before warnings become errors."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import spacy.matcher  # noqa: F401
