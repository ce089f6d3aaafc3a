"""The console as people meet it: in a browser, on a desk and on a phone, alive."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from center.console.pages import PAGES
from center.store import alarms
from center.store.gates import Passed
from tests.center.console.district import FIRST, SECOND, District
from tests.center.console.full import crowd
from tests.center.console.ill import row
from tests.center.console.real_browser import DESKTOP, PHONE, Screen, running_browser, screen, serving


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_browser() as found:
        yield found


@pytest.fixture
def url(fresh: District) -> Iterator[str]:
    fresh.center.clocks.mono += 3600
    with serving(fresh.center) as address:
        yield address


@pytest.fixture
def desk(browser: Browser, url: str) -> Iterator[Screen]:
    with screen(browser, url) as opened:
        yield opened
        opened.check()


def later(district: District) -> None:
    """Half a second in which what was looked at for all may be looked at anew."""
    district.center.clocks.forward(1)


def looks_every_second(desk: Screen, part: str) -> bool:
    """With half a second for what is looked at for all, nobody waits two; more than that is the machine's."""
    return desk.page.locator(part).get_attribute("hx-trigger") == "every 1s"


def test_a_passage_is_on_the_screen_within_two_seconds(fresh: District, desk: Screen) -> None:
    desk.sign_in("duty1")
    tile = desk.page.locator(f"#g{fresh.first.station.hex()}")
    expect(tile.locator(".count")).to_have_text("3")
    tile.focus()
    fresh.first.record_entries(1)
    fresh.push(fresh.first, 4)
    later(fresh)
    expect(tile.locator(".count")).to_have_text("4")
    assert looks_every_second(desk, "#gates")
    assert desk.focused() == f"g{fresh.first.station.hex()}"  # the part was exchanged, the focus stayed

    tile.press("Enter")
    rows = desk.page.locator("table.entries tbody tr")
    expect(rows).to_have_count(4)
    fresh.first.record_entries(1)
    fresh.push(fresh.first, 5)
    expect(rows).to_have_count(5)
    assert looks_every_second(desk, "#gate")


def test_a_gate_that_falls_silent_turns_red_with_words(fresh: District, desk: Screen) -> None:
    quiet = fresh.add_gate(9, "安静北门", FIRST)
    desk.sign_in("duty1")
    tile = desk.page.locator(f"#g{quiet.station.hex()}")
    expect(tile).to_have_class("tile c0")
    fresh.center.clocks.forward(3700)
    expect(tile).to_have_class("tile c4")
    expect(tile).to_contain_text("61 分钟没有消息")
    expect(tile).to_contain_text("✖")


def test_numbers_that_stand_still_do_not_look_alive(desk: Screen) -> None:
    desk.sign_in("duty1")
    stale = desk.page.locator("#stale")
    expect(stale).to_be_hidden()
    desk.page.route("**/gates/live*", lambda route: route.abort())
    expect(stale).to_be_visible()
    expect(stale).to_contain_text("连不上中心")
    desk.page.unroute("**/gates/live*")
    expect(stale).to_be_hidden()
    desk.complaints.clear()  # the browser tells of the requests that we broke


def test_who_was_signed_out_elsewhere_is_shown_the_sign_in(fresh: District, desk: Screen) -> None:
    desk.sign_in("duty1")
    fresh.center.store.users.disable("duty1", fresh.center.clocks.ms)
    desk.page.wait_for_url(desk.url + "/signin")
    desk.complaints.clear()  # 401


ALARMS_SEEN = """() => {
  const strip = document.querySelector(".wide .alarm"), box = strip.getBoundingClientRect();
  const place = (one) => one.getBoundingClientRect();
  const shown = [...strip.querySelectorAll("span")].filter((one) => place(one).top < box.bottom);
  const ends = (one) => one.scrollWidth > one.clientWidth || place(one).right > box.right;
  return [shown.length, shown.filter(ends).length];
}"""


@pytest.mark.parametrize(
    "places", [pytest.param(20, marks=pytest.mark.slow), 36, pytest.param(150, marks=pytest.mark.slow)]
)
def test_three_hundred_gates_are_on_one_screen(
    fresh: District, browser: Browser, url: str, places: int
) -> None:
    """Of however many communities, while somebody who is isolated stands at one of them."""
    crowd(fresh, 298, places)
    with fresh.center.store.database.write() as connection:
        came = [
            row(fresh.second, fresh.own["isolated"], fresh.center.clocks.ms + n, 8 + n) for n in (1, 2, 3)
        ]
        alarms.note(connection, came)
    later(fresh)
    with screen(browser, url, DESKTOP, lang="en") as wide:
        wide.sign_in("admin")
        assert wide.page.locator(".tile").count() == 300
        expect(wide.page.locator(".alarm")).to_be_visible()
        assert wide.size() == DESKTOP
        seen, cut = wide.page.evaluate(ALARMS_SEEN)
        assert seen >= 1, "the newest alarm is read"
        assert cut == 0, "none ends in the middle of a word"
        wide.check()


WORST_CUT = """() => {
  const strip = document.querySelector(".worst"), box = strip.getBoundingClientRect();
  const places = [...strip.querySelectorAll("a")].map((one) => one.getBoundingClientRect());
  const shown = places.filter((place) => place.top < box.bottom);
  return [shown.length, shown.filter((place) => place.right > box.right || place.bottom > box.bottom).length];
}"""


def test_gates_of_a_sub_district_are_read_without_leaning_forward(
    fresh: District, browser: Browser, url: str
) -> None:
    """78 posts were small names in the upper third of an empty screen, and none said what is the matter."""
    crowd(fresh, 98, 36)
    later(fresh)
    with screen(browser, url, DESKTOP) as wide:
        wide.sign_in("admin")
        assert wide.page.locator(".tile").count() == 100
        assert wide.size() == DESKTOP
        tile = wide.page.locator(".tile").first
        assert tile.evaluate("one => parseFloat(getComputedStyle(one).fontSize)") >= 16
        expect(wide.page.locator(".worst")).to_contain_text("没有消息")
        assert wide.page.evaluate(WORST_CUT) == [3, 0]
        long = "幸福社区第十八网格地下车库人行东门（临时，夜里不开）：61 分钟没有消息" * 2
        wide.page.locator(".worst a").evaluate_all(
            "(all, long) => all.forEach((one) => one.textContent = long)", long
        )
        shown, cut = wide.page.evaluate(WORST_CUT)
        assert 1 <= shown < 3
        assert cut == 0, "none ends in the middle of a word"
        wide.check()


def test_on_a_phone_what_is_the_matter_is_read_behind_a_long_name(
    fresh: District, browser: Browser, url: str
) -> None:
    crowd(fresh, 98, 36)
    name = "幸福社区第十八网格地下车库人行东门（临时，夜里不开）WWWWWWWWWWWWWWWWWWWWWWWW"
    fresh.center.store.stations.place(fresh.first.station, name=name, gate=name, branch=FIRST)
    fresh.center.clocks.forward(3700)
    with screen(browser, url, PHONE) as phone:
        phone.sign_in("admin")
        worst = phone.page.locator(".worst a")
        expect(worst).to_have_count(3)
        assert name in " ".join(worst.all_inner_texts())
        assert worst.evaluate_all("all => all.filter((one) => one.scrollWidth > one.clientWidth).length") == 0
        phone.check()


@pytest.mark.parametrize(
    ("lang", "size", "dark"),
    [
        ("en", PHONE, True),  # the longest words on the smallest screen
        pytest.param("en", DESKTOP, False, marks=pytest.mark.slow),
        pytest.param("zh", PHONE, False, marks=pytest.mark.slow),
        pytest.param("zh", DESKTOP, True, marks=pytest.mark.slow),
    ],
)
def test_every_page_fits_a_phone_and_a_desk(
    fresh: District, browser: Browser, url: str, lang: str, size: tuple[int, int], dark: bool
) -> None:
    shown = [page.path for page in PAGES if page.method == "GET" and "{" not in page.path and not page.polls]
    with screen(browser, url, size, lang=lang, dark=dark) as opened:
        opened.sign_in("admin")
        for path in [*shown, f"/gates/{fresh.first.station.hex()}", "/users/admin1"]:
            opened.go(path)
            assert opened.size()[0] == size[0], path
        opened.check()


def test_a_hostile_name_does_nothing_in_a_real_browser(fresh: District, desk: Screen) -> None:
    hostile = "<img src=x onerror=document.title='owned'><script>document.title='owned'</script>"
    fresh.center.store.stations.place(fresh.first.station, name=hostile, gate=hostile, branch=FIRST)
    desk.sign_in("admin")
    for path in ("/", f"/gates/{fresh.first.station.hex()}"):
        desk.go(path)
        expect(desk.page.get_by_text("<img src=x").first).to_be_visible()
        assert desk.page.title() != "owned"


@pytest.mark.slow
def test_a_new_user_gets_a_one_time_password_and_makes_their_own(
    fresh: District, browser: Browser, desk: Screen
) -> None:
    desk.sign_in("admin1")
    desk.go("/users")
    desk.page.fill("[name=name]", "wang")
    desk.page.select_option("[name=role]", "duty")
    desk.page.get_by_role("button", name="加上").click()
    password = desk.page.locator(".secret").inner_text()
    user = fresh.center.store.users.get("wang")
    assert user
    assert [(grant.branch, grant.role) for grant in user.grants] == [(FIRST, "duty")]

    with screen(browser, desk.url, PHONE) as phone:
        phone.go("/signin")
        phone.page.fill("[name=name]", "wang")
        phone.page.fill("[name=password]", password)
        phone.page.get_by_role("button", name="登录").click()
        phone.page.wait_for_url(phone.url + "/password")
        for name, value in (("password", password), ("new", "my own long one"), ("again", "my own long one")):
            phone.page.fill(f"[name={name}]", value)
        phone.page.locator("main").get_by_role("button").click()
        phone.page.wait_for_url(phone.url + "/")
        expect(phone.page.get_by_role("status")).to_contain_text("密码改好了")
        expect(phone.page.locator(".tile")).to_have_count(1)  # theirs, and not that of the other branch
        phone.check()
    assert fresh.center.store.gates.passed(0, 2**50).get(fresh.second.station) == Passed(3)
    assert SECOND != FIRST


def test_a_form_with_a_mistake_is_filled_in_as_it_was_typed(fresh: District, desk: Screen) -> None:
    desk.sign_in("admin1")
    desk.go("/users?lang=zh")
    page = desk.page
    page.fill("[name=name]", "老王!")
    page.fill("[name=shown]", "王\u3000师傅")
    page.select_option("[name=role]", "duty")
    page.fill("[name=branch]", f"{FIRST}／东区")
    page.press("[name=branch]", "Enter")

    expect(page.locator("form[action='/users'] #wrong")).to_contain_text("登录名要 2 到 40 个字")
    expect(page.locator("[name=name]")).to_have_value("老王!")
    expect(page.locator("[name=name]")).to_be_focused()
    expect(page.locator("[name=shown]")).to_have_value("王\u3000师傅")
    expect(page.locator("[name=role]")).to_have_value("duty")
    page.fill("[name=name]", "老王")
    page.press("[name=name]", "Enter")
    expect(page.locator("main")).to_contain_text("老王")
    user = fresh.center.store.users.get("老王")
    assert user is not None
    assert (user.shown, user.grants[0].branch) == ("王 师傅", f"{FIRST}/东区")
    desk.complaints = [said for said in desk.complaints if "400" not in said]  # Chromium names the answer


def test_a_button_that_is_pressed_twice_is_meant_once(desk: Screen) -> None:
    """While the center is slow: each press would be a notice."""
    desk.sign_in("duty1")
    desk.go("/notices")
    pressed_twice = """() => {
        let sent = 0;
        addEventListener("submit", (event) => { sent += !event.defaultPrevented; event.preventDefault(); });
        const form = document.querySelector("form[action='/notices']");
        form.elements.title.value = "停水";
        form.requestSubmit();
        form.requestSubmit();
        return sent;
    }"""

    assert desk.page.evaluate(pressed_twice) == 1


def test_gates_where_nobody_has_signed_in_are_named_as_such_on_paper(fresh: District, desk: Screen) -> None:
    """There stood names of gates in a box, below those who are on duty, and no word about them."""
    fresh.add_gate(9, "安静北门", FIRST)
    desk.sign_in("duty1")
    desk.go("/shifts")
    desk.page.emulate_media(media="print")
    expect(desk.page.get_by_text("安静北门").first).to_be_visible()
    expect(desk.page.get_by_text("个大门没有人签到")).to_be_visible()
