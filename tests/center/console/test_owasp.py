"""What OWASP lists, over every route there is: nothing that is typed stumbles, leaks, or comes alive."""

from __future__ import annotations

import io
import re
import resource
import time
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import httpx2
import pytest

import center.console
from center.console.guard import UNSAFE
from center.console.page import FORM_BYTES, Access, Page
from center.console.pages import PAGES
from center.console.rights import Permission
from center.store.console_audit import Note
from station.roster.bounds import MOST_BYTES
from station.sync.items import NoticeItem, PersonItem, TaskItem, encode_item
from station.sync.reports import CaseReport
from tests.center.console.browser import Browser
from tests.center.console.district import FIRST, District
from tests.center.console.test_every_route import PART, paths

ALIVE = "<img src=x onerror=alert(1)><script>alert(1)</script>\"' onmouseover='alert(1)' x=\"{{ 7 * 7 }}"
PAYLOADS = [
    ALIVE,
    "'; DROP TABLE console_user;-- \" OR 1=1 %00 ${jndi:ldap://x} %s%n{0}{}",
    "../../../../../../etc/passwd",
    "https://elsewhere.example/\\//elsewhere.example",
    "-9223372036854775809",
    "\u202e＜script＞𝟙\u0301" * 2,
]
_LEAVE = {"/signout", "/password", "/signin"}
_FIELDS = re.compile(r"""(?:field|long_field|fields|query|file)\(\s*"(\w+)"|name="(\w+)\"""")
OF_ROLES = [page for page in PAGES if isinstance(page.needs, Permission) and page.path not in _LEAVE]
PUBLIC = [page for page in PAGES if page.needs in (Access.PUBLIC, Access.MACHINE) and page.path != "/signin"]


def name(page: Page) -> str:
    return f"{page.method} {page.path}"


def all_fields() -> list[str]:
    """Every name of a field or a word of the query that any page reads or any form has."""
    folder = Path(center.console.__file__).parent
    sources = [*folder.rglob("*.py"), *folder.rglob("*.html")]
    found = {one for file in sources for pair in _FIELDS.findall(file.read_text("utf-8")) for one in pair}
    return sorted(found - {"", "csrf", "lang"})


class _Look(HTMLParser):
    """What of a page is alive."""

    def __init__(self) -> None:
        super().__init__()
        self.alive: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if any(key.startswith("on") for key in given) or (tag == "script" and not given.get("src")):
            self.alive.append(tag)
        for key in ("src", "href", "action", "formaction", "hx-get", "hx-post"):
            value = (given.get(key) or "").strip()
            if re.match(r"(?i)\s*(javascript:|vbscript:|https?:|//|data:(?!image/svg\+xml))", value):
                self.alive.append(f"{tag} {key}={value}")
        if tag in ("iframe", "object", "embed", "base") or "style" in given:
            self.alive.append(tag)


def check(answer: httpx2.Response, page: Page) -> None:
    """What holds for every answer, whatever was sent."""
    assert answer.status_code < 500, answer.text[:300]
    headers = answer.headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "no-store" in headers["cache-control"]
    if 300 <= answer.status_code < 400:
        assert re.match(r"/(?![/\\])", headers["location"]), headers["location"]
    assert "root:x:" not in answer.text
    if headers.get("content-type", "").startswith("text/html"):
        look = _Look()
        look.feed(answer.text)
        assert look.alive == [], page.path
        assert "7 * 7" not in answer.text or "{{ 7 * 7 }}" in answer.text
        assert "Traceback" not in answer.text


def send(browser: Browser, page: Page, path: str, fields: dict[str, str]) -> httpx2.Response:
    if page.method in UNSAFE:
        return browser.client.post(path, data={"csrf": browser.csrf, **fields})
    return browser.client.get(path, params=fields)


@pytest.fixture(scope="module")
def admin(district: District) -> Browser:
    return district.browser("admin")


@pytest.mark.parametrize("page", OF_ROLES, ids=name)
def test_hostile_texts_in_every_field_of_every_page_stay_texts(
    district: District, admin: Browser, page: Page
) -> None:
    try_payloads(district, admin, page, PAYLOADS[:1])


@pytest.mark.slow
@pytest.mark.parametrize("page", OF_ROLES, ids=name)
def test_more_hostile_texts_in_every_field_of_every_page_stay_texts(
    district: District, admin: Browser, page: Page
) -> None:
    try_payloads(district, admin, page, PAYLOADS[1:])


def try_payloads(district: District, admin: Browser, page: Page, payloads: list[str]) -> None:
    fields = all_fields()
    for payload in payloads:
        for path in [*list(paths(page, district.ids))[:1], PART.sub(quote(payload, safe=""), page.path)]:
            if page.path != "/users/{user}/disable":
                check(send(admin, page, path, dict.fromkeys(fields, payload)), page)


@pytest.mark.parametrize("page", PUBLIC, ids=name)
def test_hostile_texts_from_nobody_are_refused(district: District, page: Page) -> None:
    for payload in PAYLOADS[:2]:
        nobody = district.browser()
        nobody.get("/signin")
        answer = send(nobody, page, PART.sub(quote(payload, safe=""), page.path), {"text": payload})
        check(answer, page)
        assert answer.status_code in (400, 401, 403, 404, 405, 413)


@pytest.mark.parametrize("page", [page for page in OF_ROLES if page.method == "GET"], ids=name)
def test_nothing_that_was_stored_comes_alive(hostile: tuple[District, Browser], page: Page) -> None:
    district, browser = hostile
    for path in paths(page, district.ids):
        answer = browser.get(path)
        assert answer.status_code in (200, 204, 400, 404)
        check(answer, page)


@pytest.fixture(scope="module")
def hostile(district: District, admin: Browser) -> tuple[District, Browser]:
    """A district in which everything that has a name has a hostile one."""
    store, ms, text = district.center.store, district.center.clocks.ms, ALIVE[:150]
    store.stations.place(district.first.station, name=text, gate=text, branch=FIRST)
    person = PersonItem("resident", text, text, phones=(text,), occupation=text, note=text, house="ab" * 32)
    store.lists.put("people", [("person", "f" * 32, encode_item(person))], FIRST)
    for item, key in ((NoticeItem(ms, text, ALIVE), "notice"), (TaskItem(ms, ALIVE), "task")):
        store.lists.put("quick", [(key, f"hostile{key}", encode_item(item))], FIRST)
        district.ids[key] = [*district.ids[key], f"hostile{key}"]
    report = CaseReport(text[:40], ms, text[:40], text, ALIVE, by=text[:40], about=text[:40])
    case = store.cases.begin(FIRST, report, ms)
    store.cases.say(case.key, text, ALIVE, ms)
    store.cases.go(case.key, text, ms)
    store.cases.assign(case.key, text, ms)
    district.ids["case"] = [*district.ids["case"], case.key]
    note = Note(ms, text, text, FIRST, text, text)
    store.audit.add(note)
    store.tokens.make(text, FIRST, [], expires_ms=ms + 1, now_ms=ms, note=note)
    store.webhooks.add(FIRST, f"https://example.org/{quote(text)}", [text], ms, note)
    return district, admin


def bomb(
    rows: int, *, name: str = "xl/worksheets/sheet1.xml", fill: bytes = b"<row><c><v>1</v></c></row>"
) -> bytes:
    """A workbook of which a sheet unpacks to very much."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr(
            "xl/workbook.xml", '<workbook><sheets><sheet name="a" sheetId="1"/></sheets></workbook>'
        )
        with book.open(name, "w", force_zip64=True) as sheet:
            sheet.write(b"<worksheet><sheetData>")
            for _ in range(rows):
                sheet.write(fill * 1000)
    return packed.getvalue()


BOMBS = {
    "rows.xlsx": lambda: bomb(10_000),
    "zeros.xlsx": lambda: bomb(300_000, fill=b"\0"),
    "strings.xlsx": lambda: bomb(8_000, name="xl/sharedStrings.xml", fill=b"<si><t>aaaaaaaa</t></si>"),
    "laughs.xlsx": lambda: bomb(
        1, fill=b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><c>&b;</c>'
    ),
    "truncated.xlsx": lambda: bomb(100)[:5000],
    "deep.csv": lambda: b"a," * 2_000_000,
    "quotes.csv": lambda: b'"' * 3_000_001,
    "nul.csv": lambda: b"\0" * 1_000_000,
    "../../etc/passwd": lambda: b"\x50\x4b\x03\x04" + b"\xff" * 1000,
    ALIVE: lambda: "姓名,房号\n张三,1-1-101\n".encode(),
}


@pytest.mark.slow
@pytest.mark.parametrize("page", [one for one in OF_ROLES if one.most_bytes > FORM_BYTES], ids=name)
@pytest.mark.parametrize("what", BOMBS)
def test_a_file_that_unpacks_to_very_much_is_refused_in_words(
    district: District, admin: Browser, page: Page, what: str
) -> None:
    content = BOMBS[what]()
    (path, *_) = paths(page, district.ids)
    before_kb, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    fields = {"csrf": admin.csrf, "branch": FIRST, "kind": "people", "do": "look"}
    answer = admin.client.post(path, data=fields, files={"file": (what, content)})
    used_s = time.process_time() - begun
    grown_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kb

    check(answer, page)
    assert answer.status_code in (200, 303, 400, 413)
    assert used_s < 20
    assert grown_kb < 3 * MOST_BYTES / 1024  # once unpacked, once as cells
