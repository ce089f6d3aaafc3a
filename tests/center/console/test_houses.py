"""The list of houses, page after page."""

from __future__ import annotations

import re
from urllib.parse import unquote

from center.scope import Scope
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


def marked(page: str) -> dict[str, str]:
    return {"was": page.partition('name="was" value="')[2].partition('"')[0]}


def test_a_grade_is_not_taken_back_by_a_page_that_was_opened_before(fresh: District) -> None:
    """One admin makes the house red while another, who sees it green, writes a remark."""
    path = f"/houses/{fresh.ids['compound'][0]}/{fresh.ids['house'][0]}"
    first, second = fresh.browser("checker1"), fresh.browser("admin1")
    seen = [marked(one.get(path).text) for one in (first, second)]
    assert first.post(path, {"held": "owner", "grade": "red", **seen[0]}).status_code == 303

    late = second.post(path, {"held": "owner", "grade": "green", "note": "电梯坏了", **seen[1]})

    assert late.status_code == 400
    assert "别人刚改过" in late.text
    (house,) = fresh.center.store.houses.of_branch(FIRST).values()
    assert (house.grade, house.said.note, house.said.owner) == ("red", "", "Bob")
    again = {"held": "owner", "grade": "red", "note": "电梯坏了", **marked(late.text)}
    assert second.post(path, again).status_code == 303


def test_a_house_that_is_recorded_already_keeps_its_owner(fresh: District) -> None:
    browser = fresh.browser("checker1")
    browser.get("/houses")

    again = browser.post("/houses", {"name": "3-2-501", "branch": FIRST, "note": "again"})

    assert again.status_code == 400
    assert "这套房已经记过了" in again.text
    (house,) = fresh.center.store.houses.of_branch(FIRST).values()
    assert (house.grade, house.said.owner) == ("green", "Bob")


def test_of_two_who_rename_a_compound_the_second_is_told(fresh: District) -> None:
    path = f"/compounds/{fresh.ids['compound'][0]}"
    first, second = fresh.browser("checker1"), fresh.browser("admin1")
    seen = [marked(one.get(path).text) for one in (first, second)]
    assert first.post(path, {"name": "和平苑", "address": "和平路 1 号", **seen[0]}).status_code == 303

    late = second.post(path, {"name": "Court 1", "note": "x", **seen[1]})

    assert (late.status_code, "别人刚改过" in late.text) == (400, True)
    (compound,) = fresh.center.store.houses.compounds(Scope((FIRST,)))
    assert (compound.name, compound.address) == ("和平苑", "和平路 1 号")
