"""The list of houses, page after page."""

from __future__ import annotations

import re
from urllib.parse import unquote

from station.sync.items import PersonItem, encode_item
from tests.center.console.district import FIRST, SECOND, District


def test_pages_of_houses_follow_each_other_over_branches_while_somebody_moves_in(fresh: District) -> None:
    def move_in(branch: str, numbers: range) -> set[str]:
        houses = {f"{branch[-4:]}-{number}" for number in numbers}
        items = [
            (
                f"{number:032x}",
                PersonItem("resident", f"N{number}", f"1-1-{number}", house=f"{branch[-4:]}-{number}"),
            )
            for number in numbers
        ]
        store = fresh.center.store
        store.lists.put("people", [("person", key, encode_item(item)) for key, item in items], branch)
        return houses

    wanted = move_in(FIRST, range(1000, 1130)) | move_in(SECOND, range(2000, 2130))
    browser, seen, path, late = fresh.browser("checker"), list[str](), "/houses", set[str]()
    while path:
        page = browser.get(path).text
        seen += [unquote(part) for part in re.findall(r'href="/houses/([0-9a-f]{16}/[^"]+)"', page)]
        more = re.findall(r'class="button" href="(/houses\?[^"]*after=[^"]+)"', page)
        path = more[-1].replace("&amp;", "&") if more else ""
        late = late or move_in(SECOND, range(2130, 2133))  # on a later page

    assert len(seen) == len(set(seen))
    assert wanted | late <= {one.partition("/")[2] for one in seen}
    assert f"<small>{len(seen)}</small>" in browser.get("/houses").text
