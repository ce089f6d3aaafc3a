"""A form that could not be taken is shown again on its own page, with what was typed and what is wrong.

Which page it was says the browser (Referer, of our own site only); without it the words alone are shown.
"""

from __future__ import annotations

import json
from urllib.parse import unquote

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from center.console.page import Page
from center.console.visit import Visit

_NOT_SHOWN = frozenset({"csrf", "password", "new", "again"})
_MOST = 64 * 1024  # of what was typed


def asked_again(request: Request, path: str, query: str, parts: dict[str, str]) -> Request:
    """The request of that page, by whoever sent the form."""
    scope = dict(request.scope)
    scope |= {"method": "GET", "path": unquote(path), "raw_path": path.encode(), "path_params": parts}
    scope["query_string"] = query.encode()
    return Request(scope)


def show(page: Page, visit: Visit, failed: Visit, wrong: str, status: int) -> Response | None:
    """The page of this visit with the form of the one that failed; None: it does not show pages."""
    visit.wrong, visit.typed = wrong, typed(failed.request.url.path, failed.form)
    answer: Response = page.handler(visit)
    if answer.status_code != 200 or answer.media_type != "text/html":
        return None
    answer.status_code = status
    return answer


def typed(action: str, form: FormData) -> str:
    """As JSON for `console.js`, which puts it back; no passwords, no files."""
    fields: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str) and name not in _NOT_SHOWN:
            fields.setdefault(name, []).append(value)
    made = json.dumps({"action": action, "fields": fields})
    return made if len(made) <= _MOST else ""
