"""Every page there is, on a bad day and on the first day, measured in a browser.

What is written can be read (7:1, both themes, also what is disabled or a placeholder), what has the focus is
seen, a thumb hits what it presses (44 px on a phone), nothing runs off the side. WCAG 2.2: 1.4.6, 1.4.10,
1.4.11, 2.5.5.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.center.console.district import District, open_district
from tests.center.console.full import fill
from tests.center.console.make_screens import is_possible, shown
from tests.center.console.measuring import MEASURE
from tests.center.console.real_browser import DESKTOP, PHONE, Screen, running_browser, screen, serving
from tests.center.console.test_every_route import paths
from tests.center.gate import Gate
from tests.center.office import open_center

THUMB_PX = 44
FEW = ("/", "/cases", "/isolation", "/policy/{policy}")
LOOKS = [
    pytest.param(PHONE, "en", True, id="phone-dark"),
    pytest.param(PHONE, "zh", False, id="phone"),
    pytest.param(DESKTOP, "en", False, id="desk"),
    pytest.param(DESKTOP, "zh", True, id="desk-dark"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_browser() as found:
        yield found


@pytest.fixture(scope="module")
def bad_day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[District, str]]:
    with open_district(tmp_path_factory.mktemp("full")) as district:
        fill(district)
        district.center.clocks.mono += 3600
        with serving(district.center) as url:
            yield district, url


def measure(opened: Screen, path: str) -> dict[str, list[str]]:
    """What is wrong with a page, with what is folded away opened."""
    opened.go(path)
    for menu in opened.page.locator(".menu-button:visible").all():
        menu.click()
    opened.page.keyboard.press("Tab")  # so that the mark of the focus is shown
    opened.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    on_phone = opened.page.viewport_size is not None and opened.page.viewport_size["width"] == PHONE[0]
    wanted = {"contrast": 7, "px": THUMB_PX if on_phone else 0}
    found: dict[str, list[str]] = opened.page.evaluate(MEASURE, wanted)
    return {what: sorted(set(some)) for what, some in found.items() if some}


def wrong_with(
    opened: Screen, district: District, only: tuple[str, ...] = ()
) -> dict[str, dict[str, list[str]]]:
    wrong = {}
    for page in shown([]):
        if not is_possible(page, district) or (only and page.path not in only):
            continue
        path = next(paths(page, {part: ids[-1:] for part, ids in district.ids.items()}))
        answer = opened.page.request.get(opened.url + path)
        if answer.status >= 500:
            wrong[page.path] = {"status": [str(answer.status)]}
        elif answer.status == 200 and answer.headers.get("content-type", "").startswith("text/html"):
            found = measure(opened, path)
            if found:
                wrong[page.path] = found
    return wrong


def look_at_all(
    browser: Browser,
    day: tuple[District, str],
    size: tuple[int, int],
    lang: str,
    dark: bool,
    only: tuple[str, ...] = (),
) -> dict[str, dict[str, list[str]]]:
    district, url = day
    district.center.clocks.mono += 3600
    with screen(browser, url, size, lang=lang, dark=dark) as opened:
        opened.sign_in("admin")
        wrong = wrong_with(opened, district, only)
        opened.check()
    return wrong


def test_the_busiest_pages_on_a_phone_at_night(browser: Browser, bad_day: tuple[District, str]) -> None:
    assert look_at_all(browser, bad_day, PHONE, "en", True, FEW) == {}


@pytest.mark.slow
@pytest.mark.parametrize(("size", "lang", "dark"), LOOKS)
def test_every_page_on_a_bad_day(
    browser: Browser, bad_day: tuple[District, str], size: tuple[int, int], lang: str, dark: bool
) -> None:
    assert look_at_all(browser, bad_day, size, lang, dark) == {}


@pytest.mark.slow
@pytest.mark.parametrize(("size", "lang", "dark"), LOOKS)
def test_every_page_on_the_first_day(
    browser: Browser, tmp_path: Path, size: tuple[int, int], lang: str, dark: bool
) -> None:
    with open_center(tmp_path) as center:
        district = District(center, Gate(1), Gate(2))
        district.add_user("admin", "admin", "")
        with serving(center) as url:
            assert look_at_all(browser, (district, url), size, lang, dark) == {}


PAPER = (703, 1040)  # what 12 mm at each side leave of A4, in CSS pixels
PRINTED = (
    "/colours",
    "/isolation",
    "/isolation/{isolated}",
    "/lookbacks",
    "/trace/{traced}",
    "/reports",
    "/shifts",
    "/shifts/sheets/{sheet}",
)


@pytest.mark.slow
def test_on_paper_there_is_no_menu_nothing_to_press_and_nothing_runs_off(
    browser: Browser, bad_day: tuple[District, str]
) -> None:
    """Also for who works in the dark theme: black on white, with who printed it."""
    district, url = bad_day
    district.center.clocks.mono += 3600
    with screen(browser, url, PAPER, dark=True) as opened:
        opened.sign_in("admin")
        for page in shown([]):
            if page.path not in PRINTED:
                continue
            opened.go(next(paths(page, {part: ids[-1:] for part, ids in district.ids.items()})))
            opened.page.emulate_media(media="print", color_scheme="light")
            for what in (".side", "button", "form", ".skip", ".crumbs"):
                assert not any(one.is_visible() for one in opened.page.locator(what).all()), (page.path, what)
            assert opened.size()[0] == PAPER[0], page.path
            assert "admin" in opened.page.locator(".printed").inner_text()
            found = opened.page.evaluate(MEASURE, {"contrast": 7, "px": 0})
            assert found["texts"] == [], page.path
            opened.page.emulate_media(media="screen", color_scheme="dark")


def test_a_bad_page_is_seen(browser: Browser) -> None:
    """Grey on white, a link without a mark, a small button, a line that runs off, a faint placeholder."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.set_content(
        "<body style='background:#fff'><p style='color:#777'>grey</p>"
        "<a href='#' style='outline:none'>link</a>"
        "<button style='height:20px'>x</button><div style='width:900px'>&nbsp;</div>"
        "<input placeholder='faint' style='color:#000;height:50px;width:90px'>"
    )
    found = page.evaluate(MEASURE, {"contrast": 7, "px": THUMB_PX})
    page.close()

    assert [text.split()[1] for text in found["texts"]][:1] == ["text"]
    assert any("placeholder" in text for text in found["texts"])
    assert any("none a" in mark for mark in found["marks"])
    assert any("button" in one for one in found["small"])
    assert found["wide"]


def test_on_a_phone_no_label_lies_over_its_value(browser: Browser, bad_day: tuple[District, str]) -> None:
    """`First answered` lay over the date of the first answer."""
    _, url = bad_day
    with screen(browser, url, PHONE, lang="en") as opened:
        opened.sign_in("admin")
        opened.go("/cases/all")
        lines = opened.page.evaluate(
            """[...document.querySelectorAll(".stack td[data-title]")].map((one) => {
              const label = getComputedStyle(one, "::before");
              return [one.dataset.title, label.content, label.whiteSpace];
            })"""
        )
    assert "First answered" in {title for title, content, _ in lines if content != "none"}
    assert {space for _, content, space in lines if content != "none"} == {"normal"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_on_a_phone_a_gates_verdicts_do_not_lie_over_one_another(
    browser: Browser, bad_day: tuple[District, str], lang: str
) -> None:
    """Of `RECHECK out` the end of the first and the second word lay over each other."""
    district, url = bad_day
    with screen(browser, url, PHONE, lang=lang) as opened:
        opened.sign_in("admin")
        opened.go(f"/gates/{district.first.station.hex()}")
        over = opened.page.evaluate(
            """[...document.querySelectorAll(".entries td")]
              .filter((one) => one.scrollWidth > one.getBoundingClientRect().width + 0.5)
              .map((one) => one.textContent)"""
        )
    assert over == []
