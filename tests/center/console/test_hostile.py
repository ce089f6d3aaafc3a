"""What OWASP lists, one by one: what is typed stays text, what is sent has a limit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import UndefinedError
from starlette.applications import Starlette
from starlette.responses import Response

import center.console
from center.console.app import Console
from center.console.page import Access, Page
from center.console.pages import PAGES
from center.console.templating import STATIC, Templates
from center.console.visit import Visit
from tests.center.console.browser import Browser
from tests.center.console.district import FIRST, District
from tests.center.office import Center, open_center

SCRIPTS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "${7*7}",
    "</textarea><svg/onload=alert(1)>",
    "Robert'); DROP TABLE console_user;--",
    "%s%s%n %(name)s {0} {}",
    "\u202e\u2066门东",
]


def test_a_hostile_name_of_a_gate_is_shown_as_text(fresh: District) -> None:
    browser = fresh.browser("viewer1")
    paths = ("/", f"/gates/{fresh.first.station.hex()}", "/?lang=en")
    for name, path in product(SCRIPTS, paths):
        fresh.center.store.stations.place(fresh.first.station, name=name, gate=name, branch=FIRST)
        fresh.center.clocks.forward(1)
        answer = browser.get(path)
        assert answer.status_code == 200
        for piece in ("<script>", "<img", "<svg", "' onmouseover", "49"):
            if piece in name:
                assert piece not in answer.text


def test_a_hostile_name_of_a_user_is_shown_as_text_or_refused(fresh: District) -> None:
    admin = fresh.browser("admin")
    admin.get("/users")
    for number, name in enumerate(SCRIPTS):
        fields = {"role": "viewer", "branch": FIRST}
        assert admin.post("/users", {"name": name, "shown": "x", **fields}).status_code == 400
        taken = admin.post("/users", {"name": f"hostile{number}", "shown": name[:40], **fields})
        assert taken.status_code == (200 if name.isprintable() else 400)
    text = admin.get("/users").text
    assert "alert(1)>" not in text
    assert "<script>alert" not in text
    assert fresh.center.store.users.get("admin")


@pytest.mark.parametrize(
    "said", ["<script>alert(1)</script>", "%3Cscript%3Ealert(1)%3C/script%3E", "x" * 4000]
)
def test_a_line_for_the_next_page_is_text(district: District, said: str) -> None:
    browser = district.browser("viewer1")
    browser.client.cookies.set("kakou-said", said)

    assert "<script>alert" not in browser.get("/").text


def test_every_answer_says_what_the_browser_must_not_do(district: District) -> None:
    browser = district.browser("admin1")
    for path in ("/", "/users", "/signin", "/nowhere", "/gates/ff", "/gates/live", "/static/console.css"):
        headers = browser.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-frame-options"] == "DENY"
        if not path.startswith("/static"):
            assert headers["cache-control"] == "no-store"


def templates() -> list[Path]:
    return sorted((Path(center.console.__file__).parent / "templates").glob("*.html"))


@pytest.mark.parametrize("template", templates(), ids=lambda file: file.name)
def test_no_page_has_a_script_or_a_style_inside_or_anything_from_elsewhere(template: Path) -> None:
    text = template.read_text("utf-8")

    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"<style|\sstyle=|\son\w+=|hx-on|javascript:|\|\s*safe\b|hx-vals=.js:", text)
    assert not re.search(r"(?:src|href|action|hx-\w+)\s*=\s*[\"'](?:https?:)?//", text)
    for form in re.findall(r"<form[^>]*method=.post.*?</form>", text, re.S):
        assert 'name="csrf"' in form


def test_the_static_files_fetch_nothing_from_elsewhere() -> None:
    for file in STATIC.iterdir():
        if file.suffix in (".css", ".svg"):
            text = file.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
            assert "//" not in text.replace("/*", "").replace("*/", ""), file
    assert "2.0.11" in (STATIC / "htmx.LICENSE.txt").read_text("utf-8")
    assert 'version:"2.0.11"' in (STATIC / "htmx.min.js").read_text("utf-8")


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/%2e%2e/keys.py",
        "/static/....//app.py",
        "/static//etc/passwd",
        "/static/..\\app.py",
        "/static/console.css%00.py",
        "/static/",
    ],
)
def test_no_path_leads_out_of_the_folder_of_files(district: District, path: str) -> None:
    answer = district.browser().get(path)

    assert answer.status_code in (400, 404)
    assert "import" not in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"])
def test_other_methods_are_refused(district: District, method: str) -> None:
    browser = district.browser("admin1")

    assert browser.client.request(method, "/users").status_code == 405


def test_a_form_that_is_too_large_is_not_read(district: District) -> None:
    browser = district.browser("admin1")
    assert browser.post("/users", {"name": "x" * 70_000}).status_code == 413

    unstated = (b"a=" + b"b" * 1000 + b"&" for _ in range(100))  # chunked: no Content-Length
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert browser.client.post("/users", content=unstated, headers=kind).status_code == 413


def test_a_form_of_very_many_fields_is_refused(district: District) -> None:
    browser = district.browser("admin1")
    kind = {"Content-Type": "application/x-www-form-urlencoded"}

    assert browser.client.post("/users", content="&".join(["a=1"] * 5000), headers=kind).status_code == 400


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nno header"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n' + b"\xff",
        ),
        ("application/json", b'{"csrf": 1}'),
        ("text/xml", b"<a/>"),
        ("application/x-www-form-urlencoded", b"csrf=%zz&\xff\xfe=%00"),
        ("application/x-www-form-urlencoded; charset=utf-7", b"csrf=+AHs-"),
        ("é", b"x"),
    ],
)
def test_what_is_no_form_is_refused(district: District, kind: str, body: bytes) -> None:
    browser = district.browser("admin1")
    answer = browser.client.post("/users", content=body, headers={"Content-Type": kind.encode()})

    assert answer.status_code in (400, 403)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from([page for page in PAGES if isinstance(page.needs, str)]),
    st.text(max_size=30),
    st.dictionaries(
        st.sampled_from(["name", "branch", "role", "before", "who", "seen", "lang"]), st.text(max_size=30)
    ),
)
def test_nothing_that_is_sent_makes_a_page_stumble(
    district: District, page: Page, part: str, fields: dict[str, str]
) -> None:
    browser = _admin(district)
    path = re.sub(r"\{\w+\}", lambda _: _quoted(part), page.path)
    if page.path in ("/signout", "/password", "/signin"):
        return
    answer = browser.post(path, fields) if page.method == "POST" else browser.client.get(path, params=fields)

    assert answer.status_code < 500


_admins: dict[int, Browser] = {}


def _admin(district: District) -> Browser:
    return _admins.setdefault(id(district), district.browser("admin1"))


def _quoted(text: str) -> str:
    return quote(text, safe="") or "x"


@pytest.fixture
def stumbling(tmp_path: Path) -> Iterator[tuple[Center, Browser]]:
    """A center whose console has pages that fail."""

    def fail(visit: Visit) -> Response:
        raise RuntimeError("a name: 张三")

    def machine(visit: Visit) -> Response:
        return Response(visit.body, media_type="application/octet-stream")

    pages = (
        Page("GET", "/fails", Access.PUBLIC, fail),
        Page("POST", "/machine", Access.MACHINE, machine, most_bytes=100),
        Page(
            "POST", "/file", Access.PUBLIC, lambda visit: Response(repr(visit.file("file"))), most_bytes=3000
        ),
        Page(
            "GET",
            "/file",
            Access.PUBLIC,
            lambda visit: visit.render("problem.html", words=visit.csrf, is_guest=False),
        ),
    )
    with open_center(tmp_path) as opened:
        yield opened, Browser(Starlette(routes=Console(opened.office, pages).routes()))


def test_what_breaks_is_told_in_words_and_logged_without_what_was_in_it(
    stumbling: tuple[Center, Browser], caplog: pytest.LogCaptureFixture
) -> None:
    answer = stumbling[1].get("/fails")

    assert answer.status_code == 500
    assert "中心出错了" in answer.text
    assert "张三" not in answer.text + caplog.text
    assert "RuntimeError" in caplog.text


def test_a_machine_is_heard_without_a_session_and_not_without_a_limit(
    stumbling: tuple[Center, Browser],
) -> None:
    browser = stumbling[1]
    assert browser.client.post("/machine", content=b"x" * 100).content == b"x" * 100
    assert browser.client.post("/machine", content=b"x" * 101).status_code == 413


def test_a_file_comes_with_its_name_and_no_larger_than_the_page_allows(
    stumbling: tuple[Center, Browser],
) -> None:
    browser = stumbling[1]
    token = re.search("[0-9a-f]{64}", browser.get("/file").text)
    assert token
    browser.csrf = token[0]

    sent = browser.post("/file", files={"file": ("../../名单.csv", b"a,b")})
    assert sent.text == repr(("../../名单.csv", b"a,b"))
    assert browser.post("/file").text == "None"
    assert browser.post("/file", files={"file": ("x", b"x" * 4000)}).status_code == 413
    many = [("file", (str(number), b"")) for number in range(9)]
    assert browser.post("/file", files=many).status_code == 400


def test_a_template_that_asks_for_what_is_not_there_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        Templates().environment.from_string("{{ nothing }}").render()
    assert Templates().environment.from_string("{{ x }}").render(x="<b>") == "&lt;b&gt;"
