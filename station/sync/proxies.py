"""Which proxy of the environment a request goes through.

Desktops and shells name one for all programs, often SOCKS (ALL_PROXY), which httpx2 alone does not speak: no
client of it can be made then. A gate must open all the same, and go without what it cannot use.
"""

from __future__ import annotations

import logging
from typing import Any
from urllib.request import getproxies, proxy_bypass

import httpx2

log = logging.getLogger(__name__)

_KINDS = ("http", "https", "all")  # what httpx2 reads of the environment


def proxy_options(url: str) -> dict[str, Any]:
    """What to make a client of httpx2 with; nothing, if it can use what the environment names."""
    named = {kind: _whole(text) for kind, text in getproxies().items() if kind in _KINDS and text}
    if all(map(_can_be_used, named.values())):
        return {}
    ours = named.get("https", "")
    place = url.partition("://")[2].partition("/")[0]
    if not ours or not _can_be_used(ours) or proxy_bypass(place):
        ours = ""
    how = "that of https_proxy is used" if ours else "there is no other, so none is used"
    log.warning("the environment names a proxy that cannot be used (it must begin with http://): %s", how)
    return {"trust_env": False, "proxy": ours or None}


def _whole(text: str) -> str:
    return text if "://" in text else f"http://{text}"


def _can_be_used(text: str) -> bool:
    try:
        return httpx2.URL(text).scheme in ("http", "https")
    except httpx2.InvalidURL:
        return False
