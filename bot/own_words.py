"""The clinic's own words (`directory.wording`) in what is said without the directory: fixed replies and the page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from directory import wording

__all__ = ["in_page", "lay_over"]

_TEXTS = re.compile(r'(<script type="application/json" id="texts">)(.*?)(</script>)', re.S)


def lay_over(responses: Mapping[str, Iterable[dict[str, Any]]]) -> None:
    """Puts the clinic's words into the fixed replies of a loaded model."""
    for name, variations in responses.items():
        for variation in variations:
            language = (variation.get("custom") or {}).get("language")
            if isinstance(variation.get("text"), str) and language in wording.LANGUAGES:
                variation["text"] = wording.words(f"bot.{name}", language, variation["text"])


def in_page(html: bytes) -> bytes:
    """The chat page with the clinic's words among its texts; the same bytes where there are none."""
    if not any(id.startswith("page.") for id, _ in wording.own()):
        return html
    return _TEXTS.sub(_reworded, html.decode("utf-8"), count=1).encode("utf-8")


def _reworded(found: re.Match[str]) -> str:
    texts = {
        language: {key: wording.words(f"page.{key}", language, text) for key, text in known.items()}
        for language, known in json.loads(found[2]).items()
    }
    # A "<" would end the block that the texts stand in.
    plain = json.dumps(texts, ensure_ascii=False, indent=2).replace("<", "\\u003c")
    return f"{found[1]}\n{plain}\n{found[3]}"
