"""One request of a page: who asks, what they may see, what they typed; and how a handler answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from center.console.addresses import former_address, in_language
from center.console.house import House
from center.console.page import NotHereError, Page
from center.console.rights import Permission, roles_with
from center.console.typed import clean, moment_ms
from center.http.office import Office
from center.scope import NOWHERE, Scope
from center.store import SqlStore
from center.store.console_audit import Note
from center.store.pages import Place, PlaceError, read_place
from center.store.users import UserRow

SAID_COOKIE = "kakou-said"  # one line for the next page
NOBODY = "（没有登录）"


@dataclass(slots=True)
class Visit:
    """`scope`: the branches in which this user has the page's permission. Give it to every query."""

    console: House
    office: Office
    request: Request
    page: Page
    lang: str
    user: UserRow | None = None
    session: bytes = b""
    scope: Scope = NOWHERE
    csrf: str = ""
    fresh: bytes = b""  # a cookie for the token of a public page, to be set with the answer
    form: FormData = field(default_factory=FormData)
    body: bytes = field(default=b"", repr=False)  # of a page for machines
    wrong: str = ""  # of the form that this page shows again, with what was typed
    typed: str = field(default="", repr=False)

    @property
    def store(self) -> SqlStore:
        return self.office.store

    @property
    def now_ms(self) -> int:
        """UTC."""
        return self.office.now_ms()

    @property
    def who(self) -> str:
        return self.user.name if self.user else NOBODY

    @property
    def address(self) -> str:
        return self.request.client.host if self.request.client else ""

    def text(self, chinese: str, *values: object) -> str:
        """A text of the source in the reader's language, with what stands in its {}."""
        said = self.console.words(self.lang, chinese)
        return said.format(*values) if values else said

    def scope_of(self, permission: Permission) -> Scope:
        """Where this user has another permission than the page's."""
        return self.user.scope(roles_with(permission)) if self.user else NOWHERE

    def may(self, permission: Permission, branch: str | None = None) -> bool:
        """Whether the user has it in this branch, or anywhere."""
        scope = self.scope_of(permission)
        return bool(scope.branches) if branch is None else scope.holds(branch)

    def path(self, name: str) -> str:
        """A part of the path: /gates/{name}."""
        return str(self.request.path_params[name])

    def id_bytes(self, name: str) -> bytes:
        """A part of the path that is hexadecimal. Raises NotHereError."""
        return hex_bytes(self.path(name))

    def query(self, name: str, most: int = 200) -> str:
        """A word of the query, empty if it is not there. Raises ComplaintError."""
        return clean(self.request.query_params.get(name, ""), most)

    def query_place(self, name: str) -> Place | None:
        """The last row of the page before, or a moment; None: it is not there. Raises NotHereError."""
        text = self.query(name)
        try:
            return read_place(text) if text else None
        except PlaceError as error:
            raise NotHereError from error

    def query_ms(self, name: str) -> int | None:
        """A moment of the query, ms; None: it is not there. Raises NotHereError."""
        return moment_ms(self.query(name))

    def field(self, name: str, most: int = 200) -> str:
        """A line of the form, without blanks around it, empty if it is not there. Raises ComplaintError."""
        value = self.form.get(name, "")
        return clean(value if isinstance(value, str) else "", most)

    def long_field(self, name: str, most: int = 10_000) -> str:
        """The same with several lines."""
        value = self.form.get(name, "")
        return clean(value if isinstance(value, str) else "", most, lines=True)

    def fields(self, name: str, most: int = 200) -> list[str]:
        """All values of a field that may come several times."""
        return [clean(value, most) for value in self.form.getlist(name) if isinstance(value, str)]

    def file(self, name: str) -> tuple[str, bytes] | None:
        """Name and content of a file that was sent; None: none was chosen."""
        value = self.form.get(name)
        if not isinstance(value, UploadFile) or not value.filename:
            return None
        return value.filename[-200:], value.file.read()

    def render(self, template: str, *, status: int = 200, **values: Any) -> Response:
        """A page; `values` are for the template, beside `visit` and `_`."""
        return HTMLResponse(self.console.render(self, template, values), status)

    def unchanged(self) -> Response:
        """To a part that polls: leave what is there."""
        return Response(status_code=204)

    def redirect(self, path: str, said: str = "") -> Response:
        """To another page of ours, with one line in Chinese for it to show."""
        if not is_own_path(path):
            raise ValueError("not a path of ours")
        answer = RedirectResponse(path, 303)
        if said:
            answer.set_cookie(
                SAID_COOKIE, quote(said), max_age=60, httponly=True, samesite="lax", secure=self.is_secure
            )
        return answer

    @property
    def former(self) -> str:
        """The page of ours that somebody comes from, without its query; empty: nobody says."""
        address = former_address(self.request)
        return address[0] if address and is_own_path(address[0]) else ""

    def in_language(self, lang: str) -> str:
        """The address of this page in another language."""
        return in_language(self.request, lang)

    @property
    def is_secure(self) -> bool:
        return self.request.url.scheme == "https"

    def note(self, what: str, *, branch: str | None = None, about: str = "") -> None:
        """A line of the audit, in Chinese. `about` is an id, never somebody's name or number."""
        self.store.audit.add(self.make_note(what, branch=branch, about=about))

    def make_note(self, what: str, *, branch: str | None = None, about: str = "") -> Note:
        """The same for a method of the store that writes it in its own transaction.

        Without a branch it is told where the user belongs, so that the admin there sees it.
        """
        where = home_of(self.user) if branch is None else branch
        return Note(self.now_ms, self.who, what, where, about, self.address)

    def in_scope(self, branch: str) -> str:
        """This branch, if the user has the page's permission there. Raises NotHereError."""
        if not self.scope.holds(branch):
            raise NotHereError
        return branch


def home_of(user: UserRow | None) -> str:
    """The branch where somebody belongs: of the first of their roles."""
    return user.grants[0].branch if user and user.grants else ""


def hex_bytes(text: str) -> bytes:
    """Bytes of an id. Raises NotHereError."""
    try:
        found = bytes.fromhex(text)
    except ValueError as error:
        raise NotHereError from error
    if not found or text != found.hex():
        raise NotHereError
    return found


def is_own_path(path: str) -> bool:
    """Whether a browser that is sent there stays with us: no host, however it is written."""
    return (
        path.startswith("/")
        and not path.startswith(("//", "/\\"))
        and path.isprintable()
        and "\\" not in path
    )
