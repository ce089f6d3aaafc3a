"""Pictures of every page of the console: `python -m tests.center.console.make_screens FOLDER [WORD…]`.

At both sizes, each in its language and theme; of two branches and three hundred invented gates. Words pick
pages by a part of their path, e.g. `cases policy`.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
from pathlib import Path

from center.console.page import Access, Page
from center.console.pages import PAGES
from center.store import Contact
from tests.center.console.district import FIRST, District, open_district
from tests.center.console.real_browser import DESKTOP, PHONE, Screen, running_browser, screen, serving
from tests.center.console.test_every_route import PART, paths
from tests.center.gate import Gate

LOOKS = (
    ("desk", DESKTOP, "zh", False),
    ("desk-dark", DESKTOP, "en", True),
    ("phone", PHONE, "zh", False),
    ("phone-dark", PHONE, "en", True),
)


def crowd(district: District, count: int) -> None:
    """More gates, most of them well."""
    chance, ms = random.Random(3), district.center.clocks.ms
    for number in range(10, 10 + count):
        gate = district.center.know(Gate(number), f"{FIRST}/第{number % 20}社区")
        name = f"{number % 20}社区{chance.choice('东南西北')}门"
        district.center.store.stations.place(
            gate.station, name=name, gate=name, branch=f"{FIRST}/第{number % 20}社区"
        )
        silent_ms = chance.choice([0] * 20 + [700_000])
        district.center.store.contacts.keep(
            Contact(gate.station, ms - silent_ms, 0, 20, "0.1", 1, "b", "f", chance.choice([0] * 9 + [80]))
        )


def shown(words: list[str]) -> list[Page]:
    pages = [page for page in PAGES if page.method == "GET" and not page.polls]
    pages = [page for page in pages if page.needs is not Access.MACHINE]
    return [page for page in pages if not words or any(word in page.path for word in words)]


def name_of(page: Page) -> str:
    """policy_one of /policy/{policy}."""
    plain = PART.sub("one", page.path).strip("/").replace("/", "_")
    return re.sub(r"[^\w-]", "", plain) or "overview"


def take(opened: Screen, district: District, page: Page, file: Path) -> None:
    """The whole page; not of what is a file to keep."""
    path = next(paths(page, {part: ids[-1:] for part, ids in district.ids.items()}))
    answer = opened.page.request.get(opened.url + path)
    if not answer.headers.get("content-type", "").startswith("text/html") or answer.status != 200:
        return
    opened.go(path)
    opened.page.screenshot(path=file, full_page=True)


def main() -> None:
    folder, words = Path(sys.argv[1]), sys.argv[2:]
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as data,
        open_district(Path(data)) as district,
        running_browser() as browser,
    ):
        crowd(district, 298)
        district.center.clocks.mono += 3600
        with serving(district.center) as url:
            for look, size, lang, dark in LOOKS:
                district.center.clocks.mono += 3600
                with screen(browser, url, size, lang=lang, dark=dark) as opened:
                    opened.sign_in("admin")
                    for page in shown(words):
                        take(opened, district, page, folder / f"{name_of(page)}-{look}.png")


if __name__ == "__main__":
    main()
