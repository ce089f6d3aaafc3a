"""Nobody sees or changes another branch, over every page there is; nobody gets in without signing in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import pytest

from center.console.guard import UNSAFE
from center.console.page import Access, Page
from center.console.pages import PAGES
from center.console.rights import RIGHTS, Permission, Role
from tests.center.console.browser import Browser
from tests.center.console.district import District

PART = re.compile(r"\{(\w+)(?::\w+)?\}")
OF_ROLES = [page for page in PAGES if isinstance(page.needs, Permission)]
PUBLIC = {
    ("GET", "/signin"),
    ("POST", "/signin"),
    ("GET", "/signup/{secret}"),
    ("POST", "/signup/{secret}"),
    ("GET", "/checkin/{secret}"),
    ("POST", "/checkin/{secret}"),
}  # anybody may ask these; look twice before adding one


def name(page: Page) -> str:
    return f"{page.method} {page.path}"


def paths(page: Page, ids: dict[str, list[str]]) -> Iterator[str]:
    """The path with every thing of the first branch that it may name."""
    parts = PART.findall(page.path)
    for values in product(*(ids[part] for part in parts)):
        path = page.path
        for part, value in zip(parts, values, strict=True):
            path = re.sub(rf"\{{{part}(:\w+)?\}}", value, path)
        yield path


def ask(browser: Browser, page: Page, path: str, fields: dict[str, str]) -> tuple[int, str]:
    if page.method in UNSAFE:
        answer = browser.post(path, fields)
    else:
        query = "&".join(f"{key}={value}" for key, value in fields.items())
        answer = browser.get(f"{path}?{query}" if query else path)
    return answer.status_code, answer.text


def users_of_the_second(page: Page) -> list[str]:
    """Those who may do this, in the other branch."""
    return [f"{role}2" for role in Role if page.needs in RIGHTS[role]]


@pytest.fixture(scope="module")
def browsers(district: District) -> dict[str, Browser]:
    return {f"{role}2": district.browser(f"{role}2") for role in Role}


@pytest.mark.parametrize("page", [page for page in OF_ROLES if PART.search(page.path)], ids=name)
def test_things_of_another_branch_are_not_there(
    district: District, browsers: dict[str, Browser], page: Page
) -> None:
    for user in users_of_the_second(page):
        for path in paths(page, district.ids):
            assert ask(browsers[user], page, path, {})[0] == 404, path


@pytest.mark.parametrize("page", [page for page in OF_ROLES if page.ids], ids=name)
def test_a_form_that_names_things_of_another_branch_is_refused(
    district: District, browsers: dict[str, Browser], page: Page
) -> None:
    own = {part: [value] for part, value in district.own.items()}
    for user, field in product(users_of_the_second(page), page.ids):
        for path, value in product(paths(page, own), district.ids[field]):
            fields = {"name": "new-one", "shown": "x", "role": "viewer", field: value}
            assert ask(browsers[user], page, path, fields)[0] == 404, (path, field, value)


@pytest.mark.parametrize(
    "page", [page for page in OF_ROLES if page.method == "GET" and not PART.search(page.path)], ids=name
)
def test_no_list_tells_of_another_branch(
    district: District, browsers: dict[str, Browser], page: Page
) -> None:
    for user in users_of_the_second(page):
        status, text = ask(browsers[user], page, page.path, {})
        assert status in (200, 204)
        assert [mark for mark in district.marks if mark in text] == []


@pytest.mark.parametrize("page", OF_ROLES, ids=name)
def test_who_lacks_the_role_is_refused(district: District, browsers: dict[str, Browser], page: Page) -> None:
    for role in Role:
        if page.needs not in RIGHTS[role]:
            for path in paths(page, district.ids):
                assert ask(browsers[f"{role}2"], page, path, {})[0] == 403


@pytest.mark.parametrize("page", [page for page in PAGES if page.needs is not Access.MACHINE], ids=name)
def test_nobody_gets_in_without_signing_in(district: District, page: Page) -> None:
    if (page.method, page.path) in PUBLIC:
        return
    assert page.needs is not Access.PUBLIC
    for path in paths(page, district.ids):
        status, text = ask(Browser(district.center.client.app), page, path, {})
        assert status == 303
        assert not text


@pytest.mark.parametrize("page", [page for page in PAGES if page.method in UNSAFE], ids=name)
def test_a_form_without_its_token_changes_nothing(
    district: District, browsers: dict[str, Browser], page: Page
) -> None:
    if page.needs is Access.MACHINE:
        return
    browser = browsers["admin2"]
    for path in paths(page, district.ids):
        for token in ("", "0" * 64, "é"):
            assert browser.client.post(path, data={"csrf": token}).status_code == 403
        foreign = {"Origin": "https://elsewhere.example"}
        assert browser.client.post(path, data={"csrf": browser.csrf}, headers=foreign).status_code == 403
        cross = {"Sec-Fetch-Site": "cross-site"}
        assert browser.client.post(path, data={"csrf": browser.csrf}, headers=cross).status_code == 403
