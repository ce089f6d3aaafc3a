"""Every page of the console: method, path, what it needs, who makes it. The menu is in this order."""

from __future__ import annotations

from center.console import audit, cases, gates, notices, shifts, signin, signup, tasks, users
from center.console.page import Page

PAGES: tuple[Page, ...] = (
    *gates.PAGES,
    *cases.PAGES,
    *tasks.PAGES,
    *notices.PAGES,
    *shifts.PAGES,
    *signup.PAGES,
    *users.PAGES,
    *audit.PAGES,
    *signin.PAGES,
)
