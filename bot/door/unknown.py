"""Where there is nothing: JSON for programs; for a person a sentence in both languages and the way back."""

from __future__ import annotations

import json
from html import escape

from aiohttp import web

from bot import sentences
from bot.pages import HEADERS

__all__ = ["page"]

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Puente</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main>{said}<p><a href="/webhooks/web/">Chat</a> &middot; <a href="tel:211">211</a> &middot;
<a href="tel:911">911</a> &middot; <a href="tel:988">988</a></p></main></body></html>
"""


def page(request: web.Request, status: int) -> web.Response:
    """What a wrong address or a wrong method gets."""
    told = sentences.both("no_such_page")
    if "text/html" in request.headers.get("Accept", ""):
        said = "".join(f'<p lang="{language}">{escape(text)}</p>' for language, text in told.items())
        return web.Response(text=_PAGE.format(said=said), status=status, content_type="text/html", headers=HEADERS)
    content = json.dumps({"error": told, "code": "no_such_page"}, ensure_ascii=False)
    return web.Response(text=content, status=status, content_type="application/json", headers=HEADERS)
