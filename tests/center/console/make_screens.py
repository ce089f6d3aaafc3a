"""Pictures of every page of the console: `python -m tests.center.console.make_screens FOLDER [WORD…]`.

At both sizes, each in its language and theme; of two branches with three hundred invented gates. Words pick
pages by a part of their name (`overview`, `cases`, `people_one`), looks (`desk`, `desk-dark`, `phone`,
`phone-dark`), paper (`print`: a PDF each) and states: `empty` is a center of the first day, `full` has long
and hostile names and many of everything.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from center.console.page import Access, Page
from center.console.pages import PAGES
from tests.center.console.district import District, open_district
from tests.center.console.full import crowd, fill
from tests.center.console.real_browser import DESKTOP, PHONE, Screen, running_browser, screen, serving
from tests.center.console.test_every_route import PART, paths
from tests.center.gate import Gate
from tests.center.office import open_center

LOOKS = (
    ("desk", DESKTOP, "zh", False),
    ("desk-dark", DESKTOP, "en", True),
    ("phone", PHONE, "zh", False),
    ("phone-dark", PHONE, "en", True),
)


def shown(words: list[str]) -> list[Page]:
    pages = [page for page in PAGES if page.method == "GET" and not page.polls]
    pages = [page for page in pages if page.needs is not Access.MACHINE]
    return [page for page in pages if not words or any(word in name_of(page) for word in words)]


def name_of(page: Page) -> str:
    """policy_one of /policy/{policy}."""
    plain = PART.sub("one", page.path).strip("/").replace("/", "_")
    return re.sub(r"[^\w-]", "", plain) or "overview"


def take(opened: Screen, district: District, page: Page, file: Path, paper: bool = False) -> None:
    """The whole page; not of what is a file to keep."""
    path = next(paths(page, {part: ids[-1:] for part, ids in district.ids.items()}))
    answer = opened.page.request.get(opened.url + path)
    if not answer.headers.get("content-type", "").startswith("text/html") or answer.status != 200:
        return
    opened.go(path)
    if paper:
        opened.page.pdf(path=file.with_suffix(".pdf"), format="A4", prefer_css_page_size=True)
    else:
        opened.page.screenshot(path=file, full_page=True)


@contextmanager
def state(folder: Path, words: list[str]) -> Iterator[District]:
    """A district as the words want it."""
    if "empty" in words:
        with open_center(folder) as center:
            district = District(center, Gate(1), Gate(2))
            district.add_user("admin", "admin", "")
            yield district
        return
    with open_district(folder) as district:
        if "full" in words:
            fill(district)
        else:
            crowd(district, 298)
        yield district


def is_possible(page: Page, district: District) -> bool:
    return all(part in district.ids for part in PART.findall(page.path))


def main() -> None:
    folder, words = Path(sys.argv[1]), sys.argv[2:]
    folder.mkdir(parents=True, exist_ok=True)
    looks = [look for look in LOOKS if look[0] in words] or LOOKS
    named = [word for word in words if word not in {"empty", "full", "print", *(look[0] for look in LOOKS)}]
    with (
        tempfile.TemporaryDirectory() as data,
        state(Path(data), words) as district,
        running_browser() as browser,
    ):
        district.center.clocks.mono += 3600
        with serving(district.center) as url:
            for look, size, lang, dark in looks:
                district.center.clocks.mono += 3600
                with screen(browser, url, size, lang=lang, dark=dark) as opened:
                    opened.sign_in("admin")
                    for page in shown(named):
                        if not is_possible(page, district):
                            continue
                        take(opened, district, page, folder / f"{name_of(page)}-{look}.png", "print" in words)


if __name__ == "__main__":
    main()
