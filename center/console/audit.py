"""What was done in the console, newest first."""

from __future__ import annotations

from starlette.responses import Response

from center.console.page import Page
from center.console.rights import Permission
from center.console.visit import Visit

_PAGE = 100


def show(visit: Visit) -> Response:
    before, who = visit.query_place("before"), visit.query("who")
    notes = visit.store.audit.latest(visit.scope, before=before, who=who, limit=_PAGE + 1)
    more = notes[_PAGE - 1].place if len(notes) > _PAGE else None
    return visit.render("audit.html", notes=notes[:_PAGE], more=more, who=who)


PAGES = (Page("GET", "/audit", Permission.AUDIT, show, menu="操作记录"),)
