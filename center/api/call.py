"""One request of a program: whose token, what it may see, what it sent; and how it is refused."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import msgspec
from starlette.responses import JSONResponse, Response

from center.http.office import Office
from center.scope import BranchError, Scope, place_of, read_branch
from center.store import SqlStore
from center.store.console_audit import Note
from center.store.tokens import Token

PROBLEMS = {  # slug: status and what it means
    "not_understood": (400, "The request is not what this path takes."),
    "no_token": (401, "Authorization: Bearer … is missing, or this token is unknown, over or revoked."),
    "not_allowed": (403, "This token has not the right that this path asks for."),
    "not_found": (404, "There is no such thing in the branch of this token."),
    "wrong_method": (405, "This path takes another method."),
    "too_slow": (408, "The body did not come in time."),
    "too_large": (413, "The body is larger than 4 MiB."),
    "damaged": (422, "The body was damaged on the way: send it again."),
    "too_many": (429, "Too many requests: wait as long as Retry-After says."),
    "fault": (500, "The center stumbled; its log has a line."),
    "busy": (503, "As many bodies are being read as may be: wait as long as Retry-After says."),
    "try_again": (503, "The database does not answer: nothing was stored, send it again."),
}


class Right(StrEnum):
    """What a token may do."""

    GATES = "gates:read"
    ENTRIES = "entries:read"
    PEOPLE = "people:write"
    FACTS = "facts:write"
    WATCHES = "watches:write"
    CASES = "cases:read"
    CASES_WRITE = "cases:write"
    NOTICES = "notices:read"
    NOTICES_WRITE = "notices:write"


class ProblemError(Exception):
    """The request is not answered as it hoped; nothing of it was stored."""

    def __init__(self, problem: str, detail: str = "", *, retry_after_s: float = 0.0) -> None:
        super().__init__(problem)
        self.problem, self.detail, self.retry_after_s = problem, detail, retry_after_s

    def response(self) -> Response:
        status, usual = PROBLEMS[self.problem]
        headers = {"Retry-After": str(math.ceil(self.retry_after_s))} if self.retry_after_s else {}
        if status in (408, 413):
            headers["Connection"] = "close"  # the rest of the body is not waited for (RFC 9110, 15.5.9)
        if status == 401:
            headers["WWW-Authenticate"] = 'Bearer realm="kakou"'  # RFC 6750, section 3
        return JSONResponse({"problem": self.problem, "detail": self.detail or usual}, status, headers)


@dataclass(frozen=True, slots=True)
class Call:
    """`scope`: the branch of the token. Give it to every query of the store."""

    office: Office
    token: Token
    address: str
    parts: dict[str, str] = field(default_factory=dict)  # of the path
    query: Any = None
    body: Any = field(default=None, repr=False)

    @property
    def store(self) -> SqlStore:
        return self.office.store

    @property
    def now_ms(self) -> int:
        """UTC."""
        return self.office.now_ms()

    @property
    def scope(self) -> Scope:
        return Scope((self.token.branch,))

    @property
    def who(self) -> str:
        """As the audit and the gates read it."""
        return f"接口 {self.token.name}"

    def may(self, right: Right) -> bool:
        return right in self.token.scopes

    def id_bytes(self, name: str) -> bytes:
        """A part of the path that is hexadecimal. Raises ProblemError not_found."""
        return bytes_of(self.parts[name])

    def branch(self, typed: str) -> str:
        """A branch in that of the token, which it is if none is named. Raises ProblemError."""
        try:
            branch = read_branch(typed) or self.token.branch
        except BranchError as error:
            raise ProblemError("not_understood", "branch: district/town/village/grid") from error
        if not self.scope.holds(branch):
            raise ProblemError("not_found", "branch")
        return branch

    def holds(self, branch: str, gate: str) -> bool:
        """Whether something of this gate (or of none) is in the branch of the token."""
        return self.scope.holds(branch) or (bool(gate) and self.scope.holds(place_of(branch, gate)))

    def make_note(self, what: str, *, branch: str = "", about: str = "") -> Note:
        """A line of the audit, in Chinese; `about` is an id."""
        return Note(self.now_ms, self.who, what, branch or self.token.branch, about, self.address)

    def note(self, what: str, *, branch: str = "", about: str = "") -> None:
        self.store.audit.add(self.make_note(what, branch=branch, about=about))


@dataclass(frozen=True, slots=True)
class Route:
    """One method of one path. The document is made of these."""

    method: str
    path: str
    right: Right | None  # None: for anybody
    handler: Callable[[Call], msgspec.Struct]
    summary: str
    gives: type[msgspec.Struct]
    takes: type[msgspec.Struct] | None = None
    query: type[msgspec.Struct] | None = None


def bytes_of(text: str) -> bytes:
    """An id. Raises ProblemError not_found."""
    try:
        found = bytes.fromhex(text)
    except ValueError as error:
        raise ProblemError("not_found") from error
    if text != found.hex() or not found:
        raise ProblemError("not_found")
    return found
