"""A duty officer without a mouse: Tab, Enter and Space do everything, and what has the focus is seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from center.store.case_rows import CaseSays
from tests.center.console.district import District, open_district
from tests.center.console.full import fill
from tests.center.console.make_screens import is_possible, shown
from tests.center.console.real_browser import DESKTOP, PHONE, Screen, running_browser, screen, serving
from tests.center.console.test_every_route import paths

MOST_TABS = 120
FOCUS = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  return {
    tag: one.tagName, href: one.getAttribute("href"), name: one.getAttribute("name"),
    text: (one.textContent || "").trim(),
    marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight,
  };
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_browser() as found:
        yield found


@pytest.fixture
def desk(browser: Browser, fresh: District) -> Iterator[Screen]:
    fresh.center.clocks.mono += 3600
    with serving(fresh.center) as url, screen(browser, url) as opened:
        yield opened
        opened.check()


def tab_to(opened: Screen, **wanted: str) -> None:
    """Tab until something with this name, href or text has the focus; each stop is marked and seen."""
    for _ in range(MOST_TABS):
        opened.page.keyboard.press("Tab")
        here = opened.page.evaluate(FOCUS)
        if here["tag"] != "BODY":
            assert here["marked"], here
            assert here["seen"], here
        if all((here[what] or "").startswith(value) for what, value in wanted.items()):
            return
    raise AssertionError(f"no way by Tab to {wanted}")


def sign_in(opened: Screen, name: str) -> None:
    opened.go("/")
    expect(opened.page.locator("[name=name]")).to_be_focused()
    opened.page.keyboard.type(name)
    tab_to(opened, name="password")
    opened.page.keyboard.type("correct horse battery")
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_url(opened.url + "/")


def test_from_the_sign_in_to_a_gate_an_answer_and_out_again(fresh: District, desk: Screen) -> None:
    case = fresh.add_case(fresh.first)
    keyboard = desk.page.keyboard
    sign_in(desk, "duty1")

    keyboard.press("Tab")
    expect(desk.page.get_by_text("跳到内容")).to_be_focused()
    keyboard.press("Enter")
    keyboard.press("Tab")  # past the menu at one stroke
    assert desk.focused() == f"g{fresh.first.station.hex()}"
    keyboard.press("Enter")
    expect(desk.page.locator("h1")).to_contain_text("和平东门")
    expect(desk.page.locator("table.entries tbody tr")).to_have_count(3)

    tab_to(desk, href="/cases")
    keyboard.press("Enter")
    expect(desk.page.locator("h1")).to_contain_text("没办结的事项")
    tab_to(desk, href=f"/cases/{case}")
    keyboard.press("Enter")
    expect(desk.page.locator("h1")).to_contain_text("体温 38.4")
    tab_to(desk, tag="TEXTAREA")
    keyboard.type("可以进，已经打过电话")
    tab_to(desk, tag="BUTTON", text="答复大门")
    keyboard.press("Space")
    expect(desk.page.locator("main")).to_contain_text("可以进，已经打过电话")
    (line,) = [one for one in all_lines(fresh) if one.text == "可以进，已经打过电话"]
    assert line.by == "duty1"
    assert case in desk.page.url

    tab_to(desk, tag="BUTTON", text="退出")
    keyboard.press("Enter")
    desk.page.wait_for_url("**/signin")


def all_lines(district: District) -> list[CaseSays]:
    cases = district.center.store.cases
    return [line for case in cases.open("") for line in cases.lines(case)]


@pytest.mark.slow
def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(browser: Browser, fresh: District) -> None:
    fresh.center.clocks.mono += 3600
    with serving(fresh.center) as url, screen(browser, url, PHONE) as phone:
        sign_in(phone, "duty1")
        menu, link = phone.page.locator(".menu-button"), phone.page.get_by_role("link", name="事项")
        expect(menu).to_contain_text("大门")  # where we are
        expect(link).to_be_hidden()
        tab_to(phone, tag="BUTTON", text="☰")
        phone.page.keyboard.press("Enter")
        expect(link).to_be_visible()
        phone.page.keyboard.press("Escape")
        expect(link).to_be_hidden()
        expect(menu).to_be_focused()
        phone.page.keyboard.press("Space")
        tab_to(phone, href="/cases")
        phone.page.keyboard.press("Enter")
        expect(phone.page.locator("h1")).to_contain_text("没办结的事项")
        phone.check()


@pytest.mark.slow
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_no_page_holds_the_keyboard_fast(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, size: tuple[int, int]
) -> None:
    """From the first stop Tab comes to an end of the page, each stop marked; then back to its beginning."""
    with open_district(tmp_path_factory.mktemp("keys")) as district:
        fill(district)
        district.center.clocks.mono += 3600
        with serving(district.center) as url, screen(browser, url, size) as opened:
            opened.sign_in("admin")
            for page in shown([]):
                if not is_possible(page, district):
                    continue
                path = next(paths(page, {part: ids[-1:] for part, ids in district.ids.items()}))
                answer = opened.page.request.get(url + path)
                if answer.status == 200 and "html" in answer.headers["content-type"]:
                    opened.go(path)
                    walk_round(opened, path)


def walk_round(opened: Screen, path: str) -> None:
    """Tab leaves the page, or comes back to the skip link."""
    stops = "document.querySelectorAll('a[href], button, input, select, textarea, summary').length"
    first: int = opened.page.evaluate(stops)
    starts = 0
    for _ in range(3 * first + 20):  # a date is three stops
        opened.page.keyboard.press("Tab")
        here = opened.page.evaluate(FOCUS)
        if here["tag"] == "BODY":
            return  # out of the page, to the browser's own bar
        assert here["marked"], (path, here)
        starts += here["href"] == "#content"
        if starts == 2:
            return
    raise AssertionError(f"{path} does not let go")
