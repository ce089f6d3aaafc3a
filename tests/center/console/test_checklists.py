"""Checklists: written for a street, in force at its gates, taken back; how far each gate is, and by whom."""

from __future__ import annotations

from station.sync.items import ChecklistItem, decode_item
from station.sync.reports import DutyReport, HandoverReport, Report, encode_body
from tests.center.console.district import FIRST, SECOND, District
from tests.center.gate import NOON_MS, Gate

TYPED = {"branch": FIRST, "list": "open", "points": "口罩、手套、面屏戴好\n查健康码 | Check every code"}


def told(district: District, gate: Gate, branch: str) -> dict[str, list[str]]:
    """The points that this gate is told, by branch and kind."""
    lists = district.center.store.lists
    page = lists.page("quick", district.center.store.epoch, 0, 500, branch, gate.station)
    items = [decode_item("checklist", one.body) for one in page.items if one.list == "checklist" and one.body]
    found = [one for one in items if isinstance(one, ChecklistItem)]
    return {f"{one.branch} {one.kind}": [point.id for point in one.points] for one in found}


def tell(district: District, gate: Gate, *points: tuple[str, int | None, str], version: int = 1) -> None:
    body = encode_body(DutyReport(NOON_MS, ("王*",), None, "门", "1", "", points))
    report = Report(b"d" * 16, "duty", version, NOON_MS, body)
    district.center.store.reports.take(gate.station, FIRST, (report,), district.center.clocks.ms)


def test_a_list_that_is_written_reaches_the_gates_of_its_street_and_stands_in_the_form(
    fresh: District,
) -> None:
    browser = fresh.browser("duty1")
    answer = browser.post("/checklists", TYPED)
    assert answer.status_code == 303, answer.text
    (kept, new) = told(fresh, fresh.first, FIRST)[f"{FIRST} open"]
    assert kept == "protected", "what gates bring along keeps its id, and so its ticks"
    assert new.startswith("p")
    assert told(fresh, fresh.second, SECOND) == {}
    assert "查健康码" not in fresh.browser("duty2").get("/checklists").text
    page = browser.get(answer.headers["location"]).text
    assert "查健康码 | Check every code" in page
    assert "发下去了" in page
    assert "改了履职清单" in fresh.browser("admin1").get("/audit").text


def test_back_to_the_usual_list_shows_the_list_of_further_up_or_that_of_the_program(fresh: District) -> None:
    fresh.browser("duty").post("/checklists", TYPED | {"branch": "江北区", "points": "全区的一项"})
    browser = fresh.browser("duty1")
    browser.post("/checklists", TYPED)
    assert "全区的一项" not in browser.get("/checklists").text, "the street's own counts"
    browser.post("/checklists/usual", TYPED)
    assert "上级写的清单：江北区" in browser.get("/checklists").text
    assert list(told(fresh, fresh.first, FIRST)) == ["江北区 open"]
    fresh.browser("duty").post("/checklists/usual", TYPED | {"branch": "江北区"})
    assert "知道发热送哪里" in browser.get("/checklists").text


def test_a_list_of_one_gate_reaches_no_other_of_its_street(fresh: District) -> None:
    other = fresh.add_gate(7, "和平北门", FIRST)
    place = f"{FIRST}/和平东门"
    fresh.browser("duty1").post("/checklists", TYPED | {"branch": place, "list": "night"})
    assert f"{place} night" in told(fresh, fresh.first, FIRST)
    assert f"{place} night" not in told(fresh, other, FIRST)
    tell(fresh, fresh.first, ("night/protected", None, ""))
    page = fresh.browser("duty1").get("/checklists").text
    assert "下面这些地方有自己的清单" in page
    assert "0 / 1 项" in page


def test_lines_that_are_no_list_are_refused_in_words_and_kept(fresh: District) -> None:
    answer = fresh.browser("duty1").post("/checklists", TYPED | {"points": "查码\n查码\n<b>看门</b>"})
    assert answer.status_code == 400
    assert "这一项写了两遍：查码" in answer.text
    assert "&lt;b&gt;看门" in answer.text
    assert fresh.browser("duty1").post("/checklists", TYPED | {"points": " "}).status_code == 400
    assert fresh.browser("duty1").post("/checklists", TYPED | {"list": "cooking"}).status_code == 404


def test_how_far_a_gate_is_and_by_whom(fresh: District) -> None:
    browser = fresh.browser("duty1")
    browser.post("/checklists", TYPED)
    (kept, new) = told(fresh, fresh.first, FIRST)[f"{FIRST} open"]
    tell(fresh, fresh.first, (f"open/{kept}", NOON_MS, "17"), (f"open/{new}", None, ""))
    page = browser.get("/checklists").text
    assert "1 / 2 项" in page
    tell(
        fresh,
        fresh.first,
        *((f"open/{kept}", NOON_MS, "17"), (f"open/{new}", None, ""), ("open/lamp", NOON_MS, "17")),
        version=2,
    )
    page = browser.get("/checklists").text
    assert "（旧清单上的一项）" in page
    assert "1 / 2 项" in page, "what was done of an earlier list is told, and counts no more"
    assert "17</li>" in page.replace(" ", "")
    assert "还没换上新清单" not in page
    assert "1 / 2 项" not in fresh.browser("duty2").get("/checklists").text


def test_a_gate_that_still_has_the_list_of_before_is_told_apart(fresh: District) -> None:
    browser = fresh.browser("duty1")
    browser.post("/checklists", TYPED)
    tell(fresh, fresh.first, ("open/protected", NOON_MS, ""), ("open/selftest", None, ""))
    assert "还没换上新清单" in browser.get("/checklists").text


def test_an_open_point_of_a_sheet_is_said_in_words(fresh: District) -> None:
    fresh.browser("duty1").post("/checklists", TYPED)
    new = told(fresh, fresh.first, FIRST)[f"{FIRST} open"][1]
    body = encode_body(HandoverReport(NOON_MS, NOON_MS, points=(("open_point", f"open/{new}"),)))
    report = Report(b"h" * 16, "handover", 1, NOON_MS, body)
    fresh.center.store.reports.take(fresh.first.station, FIRST, (report,), fresh.center.clocks.ms)
    assert "上岗：查健康码" in fresh.browser("duty1").get(f"/shifts/sheets/{report.id.hex()}").text


def test_a_list_that_somebody_else_wrote_meanwhile_is_not_taken_back(fresh: District) -> None:
    """Both had the page open: the second would have sent what the first just changed back to every gate."""
    first, second = fresh.browser("duty1"), fresh.browser("admin1")
    kind = TYPED["list"]
    part = first.get("/checklists").text.partition(f'name="list" value="{kind}"')[2]
    was = {"was": part.partition('name="was" value="')[2].partition('"')[0]}
    assert second.post("/checklists", TYPED | was | {"points": "新的一项"}).status_code == 303

    answer = first.post("/checklists", TYPED | was)
    assert answer.status_code == 400
    assert "别人刚改过" in answer.text
    assert "新的一项" in answer.text
    assert "新的一项" in first.get("/checklists").text
