"""The district's day in a real browser, with a real station running headless beside a real `center serve`."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from center.console import passwords
from center.store.users import Grant
from station.devices.confirm import REARM_S
from station.devices.emulators.scanner import PtyScanner
from tests.center.console.browser import PASSWORD
from tests.center.console.real_browser import DESKTOP, PHONE, running_browser
from tests.center.office import QUICK_HASHER
from tests.e2e.program import Json, station
from tests.e2e.sync_stack.gate import Gate
from tests.e2e.sync_stack.running_center import RunningCenter
from tests.e2e.sync_stack.test_felt_at_the_gate import Felt
from tests.e2e.vendor_line import VendorLine
from tests.patience import PATIENCE_MS, PATIENCE_S

BRANCH = "江北区/和平街道/幸福社区"
MINE, THEIRS = (f"https://kakou.invalid/{name}" for name in ("11aa", "11bb"))
FELT_WITHIN_S = 2.0
ANSWER = "可以进，已经打过电话"
NewGate = Callable[..., Gate]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_browser() as found:
        yield found


class Desk:
    """Somebody signed in at the console, in a window of their own."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.hosts: set[str] = set()
        page.on("request", lambda asked: self.hosts.add("/".join(asked.url.split("/")[:3])))

    def go(self, path: str) -> None:
        self.page.goto(self.url + path)

    def sign_in(self, name: str) -> None:
        self.go("/signin")
        self.page.fill("[name=name]", name)
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(self.url + "/")

    def press(self, button: str) -> None:
        self.page.locator("main").get_by_role("button", name=button, exact=True).first.click()

    def upload(self, path: str, name: str, content: bytes) -> None:
        self.go(path)
        file = FilePayload(name=name, mimeType="text/csv", buffer=content)
        self.page.set_input_files("[name=file]", files=file)


@contextmanager
def window(browser: Browser, url: str, size: tuple[int, int] = DESKTOP) -> Iterator[Desk]:
    """Of a browser that has been told to trust the center's own certificate."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="zh-CN", ignore_https_errors=True
    )
    context.set_default_timeout(PATIENCE_MS)
    desk = Desk(context.new_page(), url)
    yield desk
    context.close()
    assert desk.hosts <= {url}  # nothing is loaded from elsewhere


def add_users(center: RunningCenter) -> None:
    """An admin of the community and somebody who checks what the admin proposes."""
    kept = passwords.kept(PASSWORD, QUICK_HASHER)
    with center.store() as store:
        for name, role in (("wang", "admin"), ("li", "checker")):
            grants = [Grant(BRANCH, role)]
            store.users.add(name, shown=name, password=kept, grants=grants, now_ms=1, must_change=False)


def table(*rows: tuple[str, ...]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def enrol(desk: Desk, folder: Path, name: str) -> None:
    desk.go("/enrol")
    desk.page.fill("main [name=name]", name)
    desk.press("发一次性码")
    code = desk.page.locator("#code").inner_text()
    done = station("enrol", desk.url, code, "--data", folder)
    assert done.returncode == 0, done.stderr


def import_houses(desk: Desk) -> None:
    people = table(
        ("姓名", "房号", "健康码", "类别"),
        ("周凤", "3-3-401", MINE, "居民"),
        ("孙山", "3-3-402", THEIRS, "居民"),
    )
    desk.upload("/people/import", "三号楼.csv", people)
    desk.press("看一遍")
    expect(desk.page.locator("dd.big").first).to_have_text("2")
    desk.press("导入")
    desk.go("/houses")
    expect(desk.page.locator("main")).to_contain_text("3-3-401")


def colour_turns_red(desk: Desk) -> float:
    """When the button was pressed."""
    desk.upload("/colours/import", "今天.csv", table(("姓名", "房号", "健康码"), ("周凤", "3-3-401", "红")))
    begun = time.monotonic()
    desk.press("导入")
    expect(desk.page.locator("[role=status]").first).to_contain_text("1")
    return begun


def heard(gate: Gate, text: str, begun: float) -> Json:
    """What the gate says of it, in time."""
    said: Json = json.loads(gate.program.until(text))
    assert time.monotonic() - begun < FELT_WITHIN_S
    return said


def ask_the_center(gate: Gate) -> None:
    done = station("call", "ask", "not_listed", "说住 3-2-501", "--json", "--data", gate.folder)
    assert done.returncode == 0, done.stderr


def answer_the_case(desk: Desk) -> float:
    """When the answer was sent."""
    desk.go("/cases")
    desk.page.locator("a[id^=case-]").first.click()
    desk.page.fill("#text", ANSWER)
    begun = time.monotonic()
    desk.press("答复大门")
    return begun


def isolate(desk: Desk, checker: Desk) -> None:
    """Proposed by one, verified by another."""
    desk.go("/people")
    desk.page.locator("a[href^='/people/']", has_text="孙").first.click()
    desk.page.get_by_text("提出隔离、限制或解除").click()
    desk.page.fill("textarea[name=reason]", "密接，居家隔离")
    desk.press("提出")
    checker.go("/watches")
    checker.press("核对过，对的")
    expect(checker.page.locator("main")).to_contain_text("没有要核对的")


def check_in(desk: Desk, browser: Browser) -> None:
    """By the personal link, on a phone that is nobody's at the center."""
    link = desk.page.locator("main a[href^='/isolation/']")
    deadline = time.monotonic() + PATIENCE_S
    desk.go("/isolation")
    while not link.count() and time.monotonic() < deadline:
        desk.page.wait_for_timeout(500)  # the center's rounds
        desk.go("/isolation")
    link.first.click()
    desk.press("开一个新的打卡链接")
    address = desk.page.locator(".secret").inner_text()
    with window(browser, desk.url, PHONE) as phone:
        phone.go(address[address.index("/checkin/") :])
        phone.page.fill("[name=temperature]", "36.6")
        phone.press("打卡")
        expect(phone.page.locator("main")).to_contain_text("打卡好了")
    desk.page.get_by_role("link", name="记住了").click()
    expect(desk.page.locator("main")).to_contain_text("36.6")


def activate_policy(desk: Desk) -> None:
    desk.go("/policy")
    desk.page.get_by_text("起草一份").click()
    desk.press("起草")
    desk.press("签发")
    desk.press("定下")
    expect(desk.page.locator("p.said", has_text="定好了")).to_be_visible()


def alarm_of_the_isolated(desk: Desk, felt: Felt) -> Json:
    """Somebody who is isolated comes to the gate: whatever page is open at the center says so within 2 s."""
    desk.go("/houses")
    expect(desk.page.locator("a.alarm")).to_have_count(0)
    met = felt.is_stopped(THEIRS)
    with felt.own_time() as seconds:
        expect(desk.page.locator("a.alarm")).to_contain_text("孙")
        assert seconds() < FELT_WITHIN_S
    desk.page.locator("a.alarm").click()
    desk.page.fill("[name=said]", "劝回去了")
    desk.press("处理了")
    expect(desk.page.locator("main")).to_contain_text("劝回去了")
    expect(desk.page.locator("a.alarm")).to_have_count(0)
    return met


def codes(entry: Json) -> list[str]:
    return [reason["code"] for reason in entry["reasons"]]


def export_today(desk: Desk) -> str:
    """The day's log with masked names, as a download."""
    desk.go("/exports")
    for field in ("first", "last"):
        desk.page.fill(f"[name={field}]", datetime.now(UTC).astimezone().date().isoformat())
    desk.page.select_option("[name=format]", "csv")
    desk.press("开始导出")
    with desk.page.expect_download() as downloading:
        desk.page.get_by_role("link", name="下载").first.click()
    return downloading.value.path().read_text("utf-8-sig")


@pytest.mark.slow
def test_a_districts_day(
    new_gate: NewGate, center: RunningCenter, line: VendorLine, browser: Browser
) -> None:
    add_users(center)
    with (
        PtyScanner() as scanner,
        window(browser, center.url) as desk,
        window(browser, center.url) as checker,
    ):
        desk.sign_in("wang")
        checker.sign_in("li")
        eyes = ("--camera", "/dev/nowhere", "--scanner", f"{scanner.path},gm65")
        gate = new_gate("station", *eyes, "--thermometer", line.argument)
        enrol(desk, gate.folder, "东门")
        import_houses(desk)
        gate.start()
        gate.program.until("scanner gm65: working")
        gate.wait_until_synced()
        felt = Felt(gate, center, scanner, line)
        desk.go("/")
        expect(desk.page.locator(".tile .name")).to_have_text("东门")
        expect(desk.page.locator(".tile .count")).to_have_text("0")

        passed = felt.passes(MINE)
        expect(desk.page.locator(".tile .count").first).to_have_text("1")

        heard(gate, '"lookbacks"', colour_turns_red(desk))
        time.sleep(REARM_S)  # of the scanner: sooner, the same code is one that is still held before it
        stopped = felt.is_stopped(MINE)
        desk.go("/")
        expect(desk.page.locator(".tile .count").first).to_have_text("2")

        ask_the_center(gate)
        gate.program.until('"stage": "out"')
        begun = answer_the_case(desk)
        answered = heard(gate, '"answers": 1', begun)
        (told,) = json.loads(station("call", "list", "--json", "--data", gate.folder).stdout)["calls"]

        isolate(desk, checker)
        check_in(desk, browser)

        activate_policy(desk)
        gate.program.until("policy of the center in force")
        met = alarm_of_the_isolated(desk, felt)
        desk.go("/lookbacks")
        expect(desk.page.locator("main tbody")).to_contain_text("健康码 红码")
        exported = export_today(desk)
        gate.stop()

    assert (passed["decision"], stopped["decision"], met["decision"]) == ("pass", "stop", "recheck")
    assert "colour_red" in codes(stopped)
    assert any(code.startswith("isolated_") for code in codes(met))
    assert answered["answers"] == 1
    assert told["answers"] == [ANSWER]  # as the screen of the gate shows it
    assert met["policy"] not in (passed["policy"], stopped["policy"])  # the one that was activated decides
    titles, *rows = csv.reader(io.StringIO(exported))
    assert len(rows) == 3
    assert all(len(row) == len(titles) for row in rows)
    assert not any(name in exported for name in ("周凤", "孙山", "3-3-401"))
