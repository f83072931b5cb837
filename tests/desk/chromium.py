"""What tests of pages share: whether anybody can use a page (axe), and pictures of it to be looked at."""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

__all__ = ["PHONE", "PICTURES", "axe", "picture", "sideways"]

PICTURES = Path(__file__).resolve().parents[1] / "artifacts"
PHONE = {"width": 360, "height": 740}
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def axe(page: Page) -> None:
    """Fails on whatever keeps somebody from using this page (WCAG 2.2 AA and good practice, as axe-core sees it)."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": _RULES}}).response["violations"]
    told = [f"{one['id']}: {one['help']}: {[node['html'][:200] for node in one['nodes'][:3]]}" for one in found]
    assert not told, "\n".join([page.url, *told])


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window: 0 is right."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def picture(page: Page, name: str) -> bytes:
    """A picture of the whole page, kept among the artifacts as desk-<name>.png."""
    PICTURES.mkdir(exist_ok=True)
    return page.screenshot(path=PICTURES / f"desk-{name}.png", full_page=True)
