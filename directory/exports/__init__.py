"""What is published, given to others: HSDS 3 (JSON, tabular) and CSV."""

from __future__ import annotations

from directory.exports.chosen import Choice
from directory.exports.run import FORMATS, ExportReport, Order, export

__all__ = ["FORMATS", "Choice", "ExportReport", "Order", "export"]
