"""The blank workbook of ours, which loads with no mapping: `directory/sync/sources/puente_template.yml` reads it."""

from __future__ import annotations
