"""Addresses of our own pages: where a form stood, and the same page in another language."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.requests import Request


def former_address(request: Request) -> tuple[str, str] | None:
    """Path and query of the page that somebody comes from; None: nobody says, or it was another site's."""
    try:
        said = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return None
    is_ours = said.netloc == request.headers.get("Host") and said.path.isascii()
    is_whole = said.path.startswith("/") and not said.path.startswith("//")
    return (said.path, said.query) if is_ours and is_whole else None


def in_language(request: Request, lang: str) -> str:
    """This page, as it is asked for; of an answer to a form the page of the form."""
    shown = (request.url.path, request.url.query) if request.method == "GET" else former_address(request)
    path, query = shown or ("/", "")
    kept = [one for one in parse_qsl(query, keep_blank_values=True) if one[0] != "lang"]
    asked = urlencode([*kept, ("lang", lang)])
    return f"?{asked}" if request.method == "GET" else f"{path}?{asked}"
