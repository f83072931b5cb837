"""What tests of the chat page share: words to write, answers put on the wire, what is measured."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Page, Route

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

Begin = Callable[..., "Visit"]
NUMBERS = ("911", "988", "211", "1-800-799-7233")
FOOD = {"en": "I need food in Modesto", "es": "Necesito comida en Modesto"}
LOCALE = {"en": "en-US", "es": "es-MX"}
PICTURES = Path(__file__).resolve().parents[1] / "artifacts"


def answer(text: str, **custom: object) -> str:
    """The body of an answer as the wire carries it."""
    return json.dumps({"messages": [{"text": text, "custom": {"v": 1, "kind": "smalltalk", **custom}}]})


def wire(page: Page, *replies: dict[str, object] | None) -> None:
    """Puts replies on the wire for the next messages; None loses one; then the assistant answers itself."""
    left = list(replies)

    def handle(route: Route) -> None:
        if not left:
            route.fallback()
        elif (reply := left.pop(0)) is None:
            route.abort()
        else:
            route.fulfill(content_type="application/json", **reply)  # type: ignore[arg-type]

    page.route("**/message", handle)


def stored(page: Page) -> str:
    return str(page.evaluate("JSON.stringify(Object.assign({}, sessionStorage))"))


CONTRAST = """() => {
  const rgb = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((s, v, i) => s + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = node => {
    for (; node; node = node.parentElement) {
      const color = rgb(getComputedStyle(node).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const node of document.querySelectorAll('body *')) {
    const own = [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim());
    if (!own || !node.offsetParent || node.closest('.unseen')) continue;
    const pair = [light(rgb(getComputedStyle(node).color)), light(behind(node))].sort((a, b) => b - a);
    const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
    if (ratio < 4.5) poor.push(`${ratio.toFixed(2)} ${node.className || node.tagName}: ${node.textContent}`);
  }
  return poor;
}"""
