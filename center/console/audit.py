"""What was done in the console, newest first."""

from __future__ import annotations

from starlette.responses import Response

from center.console.page import Page
from center.console.rights import Permission
from center.console.visit import Visit

_PAGE = 100


def show(visit: Visit) -> Response:
    before_ms, who = visit.query_ms("before"), visit.query("who")
    notes = visit.store.audit.latest(visit.scope, before_ms=before_ms, who=who, limit=_PAGE + 1)
    more = notes[_PAGE - 1].at_ms if len(notes) > _PAGE else None
    return visit.render("audit.html", notes=notes[:_PAGE], more=more, who=who)


PAGES = (Page("GET", "/audit", Permission.AUDIT, show, menu="操作记录"),)
