"""Files as the cases describe them: a workbook and a PDF, made in memory."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
from fpdf import FPDF
from openpyxl.styles import Font

__all__ = ["book", "pages"]


def book(sheets: list[dict[str, Any]]) -> bytes:
    """A workbook; each sheet says its rows, and what is merged, hidden and drawn in a font of pictures."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for item in sheets:
        sheet = made.create_sheet(item.get("name"))
        for row in item["rows"]:
            sheet.append(row)
        for cells in item.get("merged", []):
            sheet.merge_cells(cells)
        for row in item.get("hidden_rows", []):
            sheet.row_dimensions[row].hidden = True
        for column in item.get("hidden_columns", []):
            sheet.column_dimensions[column].hidden = True
        for cell, font in item.get("fonts", {}).items():
            sheet[cell].font = Font(name=font)
        sheet.sheet_state = "hidden" if item.get("hidden") else "visible"
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def pages(items: list[dict[str, Any]], **options: Any) -> bytes:
    """A PDF; each page says the text above its table, the rows ({text, rows} is one over several), the text below."""
    made = FPDF(orientation="landscape")
    if options.get("password"):
        made.set_encryption(owner_password="owner", user_password=options["password"])
    for item in items:
        made.set_auto_page_break(auto=True, margin=15)
        made.add_page()
        made.set_font("Helvetica", size=9)
        for text in item.get("above", []):
            made.cell(text=text)
            made.ln(8)
        if item.get("rows"):
            with made.table(col_widths=tuple(item.get("widths", [1] * len(item["rows"][0])))) as table:
                for row in item["rows"]:
                    line = table.row()
                    for cell in row:
                        text, over = (cell, 1) if isinstance(cell, str) else (cell["text"], cell.get("rows", 1))
                        line.cell(text, rowspan=over)
        for text in item.get("below", []):
            made.set_auto_page_break(auto=False)
            made.set_y(-15)
            made.cell(text=text)
    return bytes(made.output())
