"""A browser without a window: keeps cookies, follows to the next page, sends the forms that it is shown."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import httpx2
from starlette.testclient import TestClient

PASSWORD = "correct horse battery"


class Browser:
    """One user's. `get`, `post` give the answer; posts carry the token of the page that was seen last."""

    def __init__(self, app: Any, base_url: str = "http://testserver") -> None:
        self.client = TestClient(app, base_url=base_url, follow_redirects=False)
        self.csrf = ""

    def get(self, path: str, **headers: str) -> httpx2.Response:
        answer = self.client.get(path, headers=headers)
        self.csrf = _token(answer) or self.csrf
        return answer

    def post(self, path: str, fields: dict[str, Any] | None = None, **more: Any) -> httpx2.Response:
        data = {"csrf": self.csrf, **(fields or {})}
        answer = self.client.post(path, data=data, **more)
        self.csrf = _token(answer) or self.csrf
        return answer

    def sign_in(self, name: str, password: str = PASSWORD) -> httpx2.Response:
        """Also sees the first page, whose token all later forms carry."""
        self.get("/signin")
        answer = self.post("/signin", {"name": name, "password": password})
        if answer.status_code == 303:
            self.get("/")
        return answer


class _Tokens(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.token = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "input" and told.get("name") == "csrf":
            self.token = told.get("value") or ""


def _token(answer: httpx2.Response) -> str:
    if not answer.headers.get("content-type", "").startswith("text/html"):
        return ""
    parser = _Tokens()
    parser.feed(answer.text)
    return parser.token
