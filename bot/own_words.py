"""The clinic in what is said without the directory: its words and its name in the fixed replies and on the page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from bot import dress
from directory import wording
from directory.model import Language
from directory.text.catalogue import say
from directory.text.ours import ours, reach

__all__ = ["in_page", "lay_over"]

_TEXTS = re.compile(r'(<script type="application/json" id="texts">)(.*?)(</script>)', re.S)


def lay_over(responses: Mapping[str, Iterable[dict[str, Any]]]) -> None:
    """Puts the clinic's words into the fixed replies of a loaded model, and its name where they say "your clinic"."""
    for name, variations in responses.items():
        for variation in variations:
            language = (variation.get("custom") or {}).get("language")
            if isinstance(variation.get("text"), str) and language in wording.LANGUAGES:
                variation["text"] = wording.words(f"bot.{name}", language, variation["text"])
                _name(variation, Language(language))


def _name(variation: dict[str, Any], language: Language) -> None:
    """ "your clinic" becomes its name and number, and the number one that the page lets people press."""
    clinic, yours = ours(), say("clinic.yours", language)
    named = reach(clinic)
    if named is None or yours not in variation["text"]:
        return
    variation["text"] = variation["text"].replace(yours, named)
    if clinic.phone:
        custom = variation["custom"]
        variation["custom"] = {**custom, "phones": [*custom.get("phones", ()), clinic.phone]}


def in_page(html: bytes) -> bytes:
    """The chat page as the clinic's own: its words among the texts, its name and what else it says of itself."""
    page = html.decode("utf-8")
    found = _TEXTS.search(page)
    if found is None:
        return html
    texts = _reworded(found)
    if any(id.startswith("page.") for id, _ in wording.in_force()):
        page = page.replace(found[0], _block(found, texts), 1)
    return dress.dressed(page, texts).encode("utf-8")


def _reworded(found: re.Match[str]) -> dict[str, dict[str, str]]:
    return {
        language: {key: wording.words(f"page.{key}", language, text) for key, text in known.items()}
        for language, known in json.loads(found[2]).items()
    }


def _block(found: re.Match[str], texts: dict[str, dict[str, str]]) -> str:
    # A "<" would end the block that the texts stand in.
    plain = json.dumps(texts, ensure_ascii=False, indent=2).replace("<", "\\u003c")
    return f"{found[1]}\n{plain}\n{found[3]}"
