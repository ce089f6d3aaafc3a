"""What a page of the console is, and how its handler says that it will not show it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from starlette.responses import Response

from center.console.rights import Permission

FORM_BYTES = 64 * 1024


class Access(StrEnum):
    """Pages that ask for no role."""

    PUBLIC = (
        "public"  # by anybody; personal links carry a secret of their own. Forms still need the CSRF token
    )
    SIGNED_IN = "signed_in"  # by whoever is signed in, about themselves
    MACHINE = "machine"  # no browser: no session, no CSRF token; the handler looks at a token or a signature


Handler = Callable[[Any], Response]  # of a `visit.Visit`, which knows its page


@dataclass(frozen=True, slots=True)
class Page:
    """One method of one path. Handlers are plain functions: they run in a thread."""

    method: str  # GET, POST
    path: str  # of Starlette: /gates/{station}
    needs: Permission | Access
    handler: Handler
    menu: str = ""  # Chinese; pages with it stand in the menu, in the order of the table
    ids: tuple[str, ...] = ()  # fields of form or query that name things of a branch, e.g. ("case",)
    polls: bool = False  # asked for by itself, so it is no use of the session
    most_bytes: int = FORM_BYTES  # of the body; more for files
    by_turns: bool = False  # takes so much memory that one is dealt with at a time
    of_gate: bool = False  # a right to one gate counts for its branch: the gate has those people in its list


class NotHereError(Exception):
    """There is no such thing, or it is another branch's: 404, and nobody learns which.

    With words for somebody who has no account: the first page is nothing for them.
    """

    status = 404

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self.words = words


class ForbiddenError(Exception):
    """Signed in, but without the role for it: 403."""

    status, words = 403, ""


class ComplaintError(Exception):
    """What was typed cannot be taken. The message is Chinese, in the table of English: 400."""

    status = 400

    def __init__(self, words: str, *values: object) -> None:
        super().__init__(words)
        self.words, self.values = words, values
