"""People and houses in the console: imported, corrected, given passes, watched by two, checked."""

from __future__ import annotations

import io
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from html import unescape
from urllib.parse import unquote

import httpx2
import pytest
import xlsxwriter

from center.console.places import mark_of
from center.scope import EVERYWHERE, Scope
from center.store.console_audit import Note
from center.store.former_ids import tell_again
from center.store.health import Event
from center.store.one_person import make_one_again
from station.codes import gatepass
from station.codes.lists import parse_list, trust_store
from station.sync.items import FactItem, PersonItem, TrustItem, decode_item, encode_item, shared_key
from station.sync.reports import CaseReport
from tests.center.console.browser import Browser
from tests.center.console.district import FIRST, SECOND, District
from tests.center.console.roster import add_person
from tests.center.gate import record

GOOD_NUMBER = "11010519491231002X"  # the example of GB 11643-1999
LIST = (
    "姓名,房号,电话,身份证号\n"
    f"王小明,3-2-501,13812345678,{GOOD_NUMBER}\n"
    "李四,3-2-502,13912345678,\n"
    ",3-2-503,13800000001,\n"
    "赵六,3-2-504,12,110105194912310021\n"
)


def upload(browser: Browser, content: bytes, kind: str = "people", branch: str = FIRST) -> str:
    """The path of the preview."""
    browser.get("/people/import")
    files = {"file": ("名单.csv", content)}
    answer = browser.post("/people/import", {"branch": branch, "kind": kind}, files=files)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def named(district: District, name: str) -> str:
    """The id of whoever has this name."""
    people = district.center.store.directory.everybody(EVERYWHERE)
    (found,) = [one.id for one in people if one.person.name == name]
    return found


def facts(district: District, person: str) -> dict[str, str]:
    """What gates of the first branch are told of somebody, as they fetch it."""
    store = district.center.store
    page = store.lists.page("quick", store.epoch, 0, 500, FIRST)
    told = [decode_item("fact", item.body) for item in page.items if item.list == "fact" and item.body]
    return {one.kind: one.value for one in told if isinstance(one, FactItem) and one.subject == person}


def person_of(district: District, person: str) -> PersonItem:
    known = district.center.store.directory.get(EVERYWHERE, person)
    assert known is not None
    return known.person


def test_a_list_is_looked_at_then_taken_and_no_row_is_lost(fresh: District) -> None:
    browser = fresh.browser("checker1")
    path = upload(browser, LIST.encode())
    page = browser.get(path).text
    assert "没有姓名，请补上" in page
    assert "电话号码不对" in page
    assert "王*明" in page
    assert "王小明" not in page  # masked
    assert "李四" not in [one.person.name for one in fresh.center.store.directory.everybody(EVERYWHERE)]
    browser.post(f"{path}/take")
    store = fresh.center.store
    told = store.lists.page("people", store.epoch, 0, 500, FIRST)
    names = {decode_item("person", item.body).name for item in told.items if item.body}  # type: ignore[attr-defined]
    assert {"王小明", "李四"} <= names
    assert "没导入的行" in browser.get("/quality").text
    assert browser.get(path).status_code == 404  # the upload itself is gone


def test_a_wrong_row_is_corrected_and_comes_in(fresh: District) -> None:
    browser = fresh.browser("checker1")
    row = fresh.ids["row"][0]
    assert 'value="1-1-101"' in browser.get(f"/quality/rows/{row}").text
    again = browser.post(f"/quality/rows/{row}", {"cell0": "孙七9", "cell1": "1-1-101"})
    assert "姓名不像姓名" in again.text
    assert "孙七9" in again.text  # what was typed stays
    assert browser.post(f"/quality/rows/{row}", {"cell0": "孙七", "cell1": "1-1-101"}).status_code == 303
    assert person_of(fresh, named(fresh, "孙七")).dwelling == "1-1-101"
    assert browser.get(f"/quality/rows/{row}").status_code == 404


def test_the_same_list_again_changes_nothing(fresh: District) -> None:
    browser = fresh.browser("checker1")
    browser.post(f"{upload(browser, LIST.encode())}/take")
    newest = fresh.center.store.lists.newest("people")
    browser.post(f"{upload(browser, LIST.encode())}/take")
    assert fresh.center.store.lists.newest("people") == newest


def test_an_old_roster_takes_back_no_colour_of_today(fresh: District) -> None:
    browser = fresh.browser("checker1")
    roster = "姓名,房号,颜色,颜色时间\n孙九,4-2-201,绿,2022-03-01 08:00\n"
    browser.post(f"{upload(browser, roster.encode())}/take")
    person = named(fresh, "孙九")
    red = FactItem("person", person, "colour", "red", fresh.center.clocks.ms)
    fresh.center.store.lists.put("quick", [("fact", f"person:{person}:colour", encode_item(red))], FIRST)
    browser.post(f"{upload(browser, roster.encode())}/take")
    assert facts(fresh, person)["colour"] == "red"


def test_somebody_of_another_street_is_neither_changed_nor_told_of(fresh: District) -> None:
    other = fresh.browser("checker2")
    other.post(f"{upload(other, LIST.encode(), branch=SECOND)}/take")
    browser = fresh.browser("checker1")
    path = upload(browser, f"姓名,房号,身份证号\n王大明,9-9-999,{GOOD_NUMBER}\n".encode())
    page = browser.get(path).text
    assert "登记在别的辖区" in page
    assert "幸福" not in page
    browser.post(f"{path}/take")
    assert person_of(fresh, named(fresh, "王小明")).dwelling == "3-2-501"


def test_a_namesake_in_the_same_dwelling_of_another_compound_is_somebody_else(fresh: District) -> None:
    content = "姓名,房号\n钱二,7-1-101\n".encode()
    for name, branch in (("checker1", FIRST), ("checker2", SECOND)):
        browser = fresh.browser(name)
        browser.post(f"{upload(browser, content, branch=branch)}/take")
    found = [one for one in fresh.center.store.directory.everybody(EVERYWHERE) if one.person.name == "钱二"]
    assert {one.branch for one in found} == {FIRST, SECOND}


def bomb() -> bytes:
    """600 MB of shared strings in less than one."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet().write_row(0, 0, ["姓名", "房号"])
    book.close()
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(out.getvalue())) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.infolist():
            content = old.read(member)
            new.writestr(
                member, bytes(600_000_000) if member.filename.endswith("sharedStrings.xml") else content
            )
    return packed.getvalue()


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no table", b"\x00" * 100]
)
def test_what_is_no_list_is_refused_in_words(fresh: District, content: bytes) -> None:
    browser = fresh.browser("checker1")
    browser.get("/people/import")
    answer = browser.post(
        "/people/import", {"branch": FIRST, "kind": "people"}, files={"file": ("x.xlsx", content)}
    )
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_a_bomb_and_a_flood_are_refused(fresh: District) -> None:
    browser = fresh.browser("checker1")
    browser.get("/people/import")
    fields = {"branch": FIRST, "kind": "people"}
    answer = browser.post("/people/import", fields, files={"file": ("x.xlsx", bomb())})
    assert answer.status_code == 400
    assert "表格太大" in answer.text
    flood = browser.post("/people/import", fields, files={"file": ("x.csv", b"x" * 11_000_000)})
    assert flood.status_code == 413


def test_xlsx_is_read_as_csv_is(fresh: District) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["姓名", "房号"])
        sheet.write_row(1, 0, ["周八", "5-1-101"])
    browser = fresh.browser("checker1")
    browser.post(f"{upload(browser, out.getvalue())}/take")
    assert person_of(fresh, named(fresh, "周八")).dwelling == "5-1-101"


def test_test_results_become_facts_and_unknown_people_wait(fresh: District) -> None:
    browser = fresh.browser("checker1")
    browser.post(f"{upload(browser, LIST.encode())}/take")
    results = (
        "姓名,身份证号,电话,采样时间,核酸结果\n"
        f"王小明,{GOOD_NUMBER},,2022-04-01 08:00,阴性\n"
        "李四,,13912345678,2022-04-01 08:05,阳性\n"
        "没有人,,13700000000,2022-04-01 08:05,阴性\n"
    )
    path = upload(browser, results.encode(), "tests")
    assert "名单里没有这个人" in browser.get(path).text
    browser.post(f"{path}/take")
    assert facts(fresh, named(fresh, "王小明"))["test"] == "negative"
    assert facts(fresh, named(fresh, "李四"))["test"] == "positive"
    assert "核酸阳性，却没有隔离" in browser.get("/quality").text
    older = "姓名,身份证号,采样时间,核酸结果\n" + f"王小明,{GOOD_NUMBER},2022-03-01 08:00,阳性\n"
    browser.post(f"{upload(browser, older.encode(), 'tests')}/take")
    assert facts(fresh, named(fresh, "王小明"))["test"] == "negative"


def test_a_positive_result_of_yesterday_counts_though_todays_sample_is_listed(
    fresh: District,
) -> None:
    browser = fresh.browser("checker1")
    browser.post(f"{upload(browser, LIST.encode())}/take")
    title = "姓名,身份证号,采样时间,核酸结果\n"
    for line in ("2022-04-01 08:00,未出", "2022-03-31 08:00,阳性", "2022-04-01 08:00,未出"):
        results = f"{title}王小明,{GOOD_NUMBER},{line}\n"
        browser.post(f"{upload(browser, results.encode(), 'tests')}/take")
    assert facts(fresh, named(fresh, "王小明"))["test"] == "positive"


@pytest.mark.parametrize("lines", [("阳性", "阴性"), ("阴性", "阳性"), ("阳性", "阳性")])
def test_of_two_results_of_one_sample_in_one_list_the_worse_counts(
    fresh: District, lines: tuple[str, str]
) -> None:
    browser = fresh.browser("checker1")
    browser.post(f"{upload(browser, LIST.encode())}/take")
    results = "姓名,身份证号,采样时间,核酸结果\n" + "".join(
        f"王小明,{GOOD_NUMBER},2022-04-01 08:00,{line}\n" for line in lines
    )
    path = upload(browser, results.encode(), "tests")
    assert ("已经有更新的结果" in browser.get(path).text) is (lines == ("阳性", "阴性"))
    browser.post(f"{path}/take")
    assert facts(fresh, named(fresh, "王小明"))["test"] == "positive"


def test_an_isolation_waits_for_a_second_person(fresh: District) -> None:
    person = add_person(fresh.center, "b" * 32, FIRST, PersonItem("resident", "Cy", "4-1-101"))
    first = fresh.browser("checker1")
    first.get(f"/people/{person}")
    fields = {"what": "isolation:close_contact", "reason": "密接名单"}
    assert first.post(f"/people/{person}/watch", fields).status_code == 303
    assert facts(fresh, person) == {"isolation_pending": "close_contact"}
    (watch,) = fresh.center.store.watches.of(EVERYWHERE, person)
    own = first.post(f"/watches/{watch.id.hex()}/verify")
    assert own.status_code == 400
    assert "不能自己核对" in own.text
    fresh.center.clocks.forward(60)
    second = fresh.browser("admin1")
    second.get("/watches")
    assert second.post(f"/watches/{watch.id.hex()}/verify", {"answer": "电话核实"}).status_code == 303
    assert facts(fresh, person) == {"isolation_pending": "none", "isolation": "close_contact"}
    again = fresh.browser("checker")
    again.get("/watches")
    assert "已经有人核对过了" in again.post(f"/watches/{watch.id.hex()}/refuse").text


def test_what_is_urgent_acts_at_once_and_is_undone_if_refused(fresh: District) -> None:
    person = add_person(fresh.center, "b" * 32, FIRST, PersonItem("resident", "Cy", "4-1-101"))
    first = fresh.browser("checker1")
    first.get(f"/people/{person}")
    first.post(f"/people/{person}/watch", {"what": "block:lost_card", "reason": "x", "urgent": "1"})
    assert facts(fresh, person) == {"block": "lost_card"}
    (watch,) = fresh.center.store.watches.of(EVERYWHERE, person)
    twice = first.post(f"/people/{person}/watch", {"what": "block:moved_out", "reason": "x"})
    assert "已经有一条" in twice.text
    second = fresh.browser("admin1")
    second.get("/watches")
    second.post(f"/watches/{watch.id.hex()}/refuse")
    assert facts(fresh, person) == {"block": "none"}
    lifting = first.post(f"/people/{person}/watch", {"what": "isolation:none", "reason": "x", "urgent": "1"})
    assert "解除不能加急" in lifting.text


def test_a_pass_of_the_center_is_believed_at_every_gate_until_it_is_revoked(fresh: District) -> None:
    browser = fresh.browser("checker1")
    path = upload(browser, LIST.encode())
    browser.post(f"{path}/take")
    person = named(fresh, "王小明")
    browser.get(f"/people/{person}")
    assert browser.post(f"/people/{person}/passes", {"until": "2022-10-01"}).status_code == 303
    (issued,) = fresh.center.store.passes.of(EVERYWHERE, person)
    store = fresh.center.store
    told = store.lists.page("quick", store.epoch, 0, 500, SECOND).items
    texts = [decode_item("trust", item.body) for item in told if item.list == "trust" and item.body]
    now = datetime.fromtimestamp(fresh.center.clocks.ms / 1000, UTC)
    lists = [parse_list(one.text, issuer=None, as_of=now) for one in texts if isinstance(one, TrustItem)]
    read = gatepass.read(issued.text, trust_store(lists), now)
    assert read.trust.value == "verified", read
    assert "data:image/svg+xml" in browser.get(f"/passes/{issued.number}/print").text
    assert "王小明" in browser.get(f"/passes/{issued.number}/print").text
    second = browser.post(f"/people/{person}/passes", {"until": "2022-10-01"})
    assert "已经有一张有效的" in second.text
    browser.post(f"/passes/{issued.number}/revoke")
    told = store.lists.page("quick", store.epoch, 0, 500, SECOND).items
    assert issued.number in {item.key for item in told if item.list == "revoked_pass"}


def test_a_code_is_bound_by_its_fingerprint_and_nowhere_as_it_is(fresh: District) -> None:
    browser, person = fresh.browser("checker1"), fresh.ids["person"][0]
    browser.get(f"/people/{person}")
    browser.post(f"/people/{person}/codes", {"code": "SECRET-CODE-TEXT\r\n"})
    key = shared_key(fresh.center.keys.district, "code", "SECRET-CODE-TEXT")
    assert person_of(fresh, person).codes == (key,)
    database = fresh.center.store.database
    with database.read() as connection:
        kept = connection.rows("SELECT body FROM item")
        notes = connection.rows("SELECT what, about FROM console_audit")
    assert not any(b"SECRET-CODE" in bytes(row[0] or b"") for row in kept)
    assert not any("SECRET-CODE" in field for row in notes for field in row)
    other = add_person(fresh.center, "c" * 32, FIRST, PersonItem("resident", "Di", "4-1-101"))
    assert "别人的" in browser.post(f"/people/{other}/codes", {"code": "SECRET-CODE-TEXT"}).text
    browser.post(f"/people/{person}/codes/remove", {"code": key})
    assert person_of(fresh, person).codes == ()


def test_which_gates_somebody_may_pass_reaches_the_gates(fresh: District) -> None:
    browser, person = fresh.browser("checker1"), fresh.ids["person"][0]
    browser.get(f"/people/{person}")
    browser.post(f"/people/{person}/right", {"right": "some", "gate": "和平东门", "until": "2022-12-31"})
    assert facts(fresh, person)["right"] == "和平东门"
    assert (
        "请选能进哪些门"
        in browser.post(f"/people/{person}/right", {"right": "some", "gate": "幸福西门"}).text
    )
    browser.post(f"/people/{person}/right", {"right": "none"})
    assert facts(fresh, person)["right"] == "none"


def test_who_somebody_is_is_shown_for_a_reason_that_is_on_record(fresh: District) -> None:
    browser = fresh.browser("checker1")
    browser.post(f"{upload(browser, LIST.encode())}/take")
    person = named(fresh, "王小明")
    page = browser.get(f"/people/{person}").text
    assert "王*明" in page
    assert "王小明" not in page
    assert "13812345678" not in page
    assert browser.post(f"/people/{person}/unmask").status_code == 400
    shown = browser.post(f"/people/{person}/unmask", {"reason": "call"}).text
    assert "王小明" in shown
    assert "13812345678" in shown
    notes = fresh.center.store.audit.latest(Scope((FIRST,)))
    assert ("看了住户的姓名和电话：要联系本人", person) in {(note.what, note.about) for note in notes}


def test_a_person_is_changed_by_hand_and_a_mistake_is_named(fresh: District) -> None:
    browser, person = fresh.browser("checker1"), fresh.ids["person"][0]
    browser.get(f"/people/{person}")
    fields = {
        "category": "tenant",
        "name": "Amy",
        "dwelling": "3栋2单元502",
        "phones": "13812345678",
        "birth": "1990-01-31",
    }
    wrong = browser.post(f"/people/{person}", fields | {"id_number": "110105194912310021", "phones": "12"})
    assert wrong.status_code == 400
    assert "最后一位对不上" in wrong.text
    assert "电话号码不对" in wrong.text
    assert browser.post(f"/people/{person}", fields).status_code == 303
    now = person_of(fresh, person)
    assert (now.category, now.dwelling, now.phones) == ("tenant", "3-2-502", ("13812345678",))
    assert now.house == shared_key(fresh.center.keys.district, "dwelling", "3-2-502")


def test_of_two_who_change_somebody_at_once_the_second_is_told(fresh: District) -> None:
    person = fresh.ids["person"][0]
    first, second = fresh.browser("checker1"), fresh.browser("admin1")
    pages = [one.post(f"/people/{person}/unmask", {"reason": "visit"}).text for one in (first, second)]
    marks = [page.partition('name="was" value="')[2].partition('"')[0] for page in pages]
    assert len(marks[0]) == 32
    fields = {"category": "resident", "name": "Amy", "dwelling": "3-2-501"}
    telephone = fields | {"phones": "13812345678", "was": marks[0]}
    assert first.post(f"/people/{person}", telephone).status_code == 303
    late = second.post(f"/people/{person}", fields | {"note": "deaf", "was": marks[1]})
    assert late.status_code == 400
    assert "别人刚改过" in late.text
    assert person_of(fresh, person).phones == ("13812345678",)
    mark = late.text.partition('name="was" value="')[2].partition('"')[0]
    again = fields | {"note": "deaf", "phones": "13812345678", "was": mark}
    assert second.post(f"/people/{person}", again).status_code == 303
    assert person_of(fresh, person).note == "deaf"


@pytest.mark.both_databases
def test_of_two_who_press_at_the_same_moment_nothing_is_lost_without_a_word(fresh: District) -> None:
    person, browsers = fresh.ids["person"][0], [fresh.browser("checker1"), fresh.browser("admin1")]
    fields = {"category": "resident", "name": "Amy", "dwelling": "3-2-501"}
    with ThreadPoolExecutor(2) as both:
        for number in range(10):
            mark = browsers[0].post(f"/people/{person}/unmask", {"reason": "visit"}).text
            was = {"was": mark.partition('name="was" value="')[2].partition('"')[0]}
            typed = [{"phones": f"1381234567{number}"}, {"note": f"deaf {number}"}]
            answers = list(
                both.map(
                    lambda browser, some, was=was: browser.post(f"/people/{person}", fields | was | some),
                    browsers,
                    typed,
                )
            )
            assert sorted(answer.status_code for answer in answers) == [303, 400], number
            told = next(answer for answer in answers if answer.status_code == 400)
            assert "别人刚改过" in told.text


def test_a_guardian_whom_two_name_at_once_stays_one(fresh: District) -> None:
    child, parent = fresh.ids["person"][0], "c" * 32
    add_person(fresh.center, parent, FIRST, PersonItem("resident", "Bo", "3-2-501"))
    browsers = [fresh.browser("checker1"), fresh.browser("admin1")]
    for browser in browsers:  # both have the page where nobody is named yet
        browser.get(f"/people/{child}")
        assert browser.post(f"/people/{child}/guardian", {"guardian": parent}).status_code == 303
    assert person_of(fresh, child).guardians == (parent,)

    for browser in browsers:
        fields = {"guardian": parent, "on": "0"}
        assert browser.post(f"/people/{child}/guardian", fields).status_code == 303
    assert person_of(fresh, child).guardians == ()


def sought(browser: Browser, words: str) -> str:
    """The page to which a search leads."""
    return str(browser.get(browser.post("/people/find", {"q": words}).headers["location"]).text)


@pytest.mark.both_databases
def test_somebody_is_found_by_name_dwelling_telephone_and_number(fresh: District) -> None:
    browser = fresh.browser("checker1")
    browser.post(f"{upload(browser, LIST.encode())}/take")
    person = named(fresh, "王小明")
    for typed in ("王小明", "小明", "3-2-501 王", "5678 小明", GOOD_NUMBER):
        assert person in browser.get("/people").text or typed
        assert f"/people/{person}" in sought(browser, typed), typed
    assert f"/people/{person}" not in sought(browser, "李四")


@pytest.mark.parametrize(
    ("kept", "gone"),
    [(("green", 5), ("red", 5)), (("red", 5), ("green", 5)), (("green", 9_000_000_000_000), ("red", 5))],
)
def test_whose_double_is_red_is_not_green_after_the_merging(
    fresh: District, kept: tuple[str, int], gone: tuple[str, int]
) -> None:
    for person, (value, as_of_ms) in (("b" * 32, kept), ("c" * 32, gone)):
        add_person(fresh.center, person, FIRST, PersonItem("resident", "Cy", "4-1-101", (), ("n" * 64, "r")))
        fact = encode_item(FactItem("person", person, "colour", value, as_of_ms))
        fresh.center.store.lists.put("quick", [("fact", f"person:{person}:colour", fact)], FIRST)
    browser = fresh.browser("checker1")
    page = browser.get("/quality").text
    finding = page.split("<b>同一个身份证号登记了好几次")[1].split('name="finding" value="')[1].split('"')[0]
    assert browser.post("/quality", {"finding": finding, "act": "merge"}).status_code == 303
    assert facts(fresh, "b" * 32)["colour"] == "red"


def test_duplicates_are_merged_with_their_codes_and_facts(fresh: District) -> None:
    one = add_person(
        fresh.center, "b" * 32, FIRST, PersonItem("resident", "Cy", "4-1-101", ("1" * 64,), ("n" * 64, "r"))
    )
    two = add_person(
        fresh.center, "c" * 32, FIRST, PersonItem("resident", "Cy", "4-1-101", ("2" * 64,), ("n" * 64, "r"))
    )
    red = FactItem("person", two, "colour", "red", 5)
    fresh.center.store.lists.put("quick", [("fact", f"person:{two}:colour", encode_item(red))], FIRST)
    browser = fresh.browser("checker1")
    page = browser.get("/quality").text
    assert "同一个身份证号登记了好几次" in page
    finding = page.split("<b>同一个身份证号登记了好几次")[1].split('name="finding" value="')[1].split('"')[0]
    assert browser.post("/quality", {"finding": finding, "act": "merge"}).status_code == 303
    assert fresh.center.store.directory.get(EVERYWHERE, two) is None
    assert set(person_of(fresh, one).codes) == {"1" * 64, "2" * 64}
    assert facts(fresh, one)["colour"] == "red"
    assert "同一个身份证号登记了好几次" not in browser.get("/quality").text


@pytest.mark.both_databases
def test_of_two_who_are_one_the_card_and_the_pass_are_found_with_whom_stays(fresh: District) -> None:
    """Else nobody could take back a pass that was lost, and erasing them would leave half of it."""
    store, ms, kept, gone = fresh.center.store, fresh.center.clocks.ms, "b" * 32, "c" * 32
    for person in (kept, gone):
        add_person(fresh.center, person, FIRST, PersonItem("resident", "Cy", "4-1-101", (), ("n" * 64, "r")))
    store.health.add(gone, "visit", Event("咳嗽"), who="duty", at_ms=ms)
    case = store.cases.begin(FIRST, CaseReport("request", ms, "medicine", "要药", person_id=gone), ms)
    browser = fresh.browser("checker1")
    assert fresh.browser("admin1").post(f"/people/{gone}/passes", {"until": "2022-04-30"}).status_code == 303
    assert len(store.passes.of(EVERYWHERE, gone)) == 1

    page = browser.get("/quality").text
    finding = page.split("<b>同一个身份证号登记了好几次")[1].split('name="finding" value="')[1].split('"')[0]
    assert browser.post("/quality", {"finding": finding, "act": "merge"}).status_code == 303

    assert len(store.passes.of(EVERYWHERE, kept)) == 1
    assert [line.event for line in store.health.card(kept)] == [Event("咳嗽")]
    found = store.cases.get(case.key)
    assert found is not None
    assert found.person_id == kept
    assert (store.health.card(gone), store.passes.of(EVERYWHERE, gone)) == ([], [])


@pytest.mark.both_databases
def test_where_one_of_two_passed_is_traced_and_erased_of_whom_stays(fresh: District) -> None:
    """Else whoever stood beside them under the other entry is not found, and a receipt is signed for half."""
    store, ms, kept, gone = fresh.center.store, fresh.center.clocks.ms, "b" * 32, "c" * 32
    for person in (kept, gone):
        add_person(fresh.center, person, FIRST, PersonItem("resident", "Cy", "4-1-101", (), ("n" * 64, "r")))
    gate, first = fresh.first, len(fresh.first.records) + 1
    gate.records += [record(first, person_id=kept), record(first + 1, person_id=gone)]
    fresh.push(gate, first)

    assert merge(fresh.browser("checker1")).status_code == 303

    assert len(store.passages.of_person(EVERYWHERE, kept, 0, ms * 2)) == 2
    assert store.passages.of_person(EVERYWHERE, gone, 0, ms * 2) == []


def isolate(district: District, person: str, value: str = "isolation") -> None:
    item = FactItem("person", person, "isolation", value, district.center.clocks.ms)
    fact = ("fact", f"person:{person}:isolation", encode_item(item))
    district.center.store.lists.put("quick", [fact], FIRST)


@pytest.mark.parametrize("value", ["isolation", "none"])
def test_of_two_who_are_one_whoever_was_isolated_stays(fresh: District, value: str) -> None:
    """It was refused for ever after an isolation, also one that was lifted, with advice that led nowhere."""
    store, former, isolated = fresh.center.store, "b" * 32, "c" * 32
    for person in (former, isolated):
        add_person(fresh.center, person, FIRST, PersonItem("resident", "Cy", "4-1-101", (), ("n" * 64, "r")))
    isolate(fresh, isolated, value)

    assert merge(fresh.browser("checker1")).status_code == 303

    assert store.directory.get(EVERYWHERE, former) is None
    assert person_of(fresh, isolated).former == (former,)
    assert facts(fresh, isolated)["isolation"] == value


def test_two_who_were_both_isolated_are_not_merged(fresh: District) -> None:
    people = ("b" * 32, "c" * 32)
    for person in people:
        add_person(fresh.center, person, FIRST, PersonItem("resident", "Cy", "4-1-101", (), ("n" * 64, "r")))
        isolate(fresh, person)

    assert "不能合并" in merge(fresh.browser("checker1")).text

    assert all(fresh.center.store.directory.get(EVERYWHERE, person) for person in people)


@pytest.mark.both_databases
def test_an_erasure_that_one_of_two_asked_for_erases_them_though_they_were_merged_meanwhile(
    fresh: District,
) -> None:
    """Else a receipt would be signed for nobody, and all of them be there."""
    store, ms, kept, gone = fresh.center.store, fresh.center.clocks.ms, "b" * 32, "c" * 32
    for person in (kept, gone):
        add_person(fresh.center, person, FIRST, PersonItem("resident", "Cy", "4-1-101", (), ("n" * 64, "r")))
    id = store.erasures.ask(FIRST, gone, "self", Note(ms, "admin", "x", FIRST))

    assert merge(fresh.browser("checker1")).status_code == 303
    answer = fresh.browser("admin1").post(f"/retention/erasures/{id.hex()}/confirm")

    assert answer.status_code == 303
    assert store.directory.get(EVERYWHERE, kept) is None


@pytest.mark.both_databases
def test_of_who_came_back_and_is_erased_nothing_stays_with_whom_they_were_taken_for(fresh: District) -> None:
    """They were two after all. Else the gates would take whoever was erased for the other again."""
    store, ms, kept, back = fresh.center.store, fresh.center.clocks.ms, "b" * 32, "c" * 32
    add_doubles(fresh, kept)
    keys = ("n" * 64, "d" * 64)
    add_person(fresh.center, back, FIRST, PersonItem("resident", "Sy", "4-1-102", (), keys))
    assert merge(fresh.browser("checker1")).status_code == 303
    assert "d" * 64 in person_of(fresh, kept).went_by
    add_person(fresh.center, back, FIRST, PersonItem("resident", "Sy", "4-1-102", (), keys[1:]))

    id = store.erasures.ask(FIRST, back, "self", Note(ms, "admin", "x", FIRST))
    assert fresh.browser("admin1").post(f"/retention/erasures/{id.hex()}/confirm").status_code == 303
    tell_again(store.database, store.directory, store.lists)

    assert store.directory.get(EVERYWHERE, back) is None
    assert (person_of(fresh, kept).former, person_of(fresh, kept).went_by) == ((), ())
    gate, first = fresh.first, len(fresh.first.records) + 1
    gate.records += [record(first, person_id=back)]
    fresh.push(gate, first)
    make_one_again(store.database)
    assert store.passages.of_person(EVERYWHERE, kept, 0, ms * 2) == []


@pytest.mark.both_databases
def test_of_who_came_back_by_another_id_and_is_erased_no_key_stays_with_whom_they_were_taken_for(
    fresh: District,
) -> None:
    """A gate's own roster has them still: their red would be that of the other."""
    store, ms, kept, back = fresh.center.store, fresh.center.clocks.ms, "b" * 32, "f" * 32
    add_doubles(fresh, kept)
    taken = PersonItem("resident", "Sy", "4-1-102", (), ("n" * 64, "d" * 64), went_by=("e" * 64,))
    add_person(fresh.center, "c" * 32, FIRST, taken)
    assert merge(fresh.browser("checker1")).status_code == 303
    add_person(fresh.center, back, FIRST, PersonItem("resident", "Sy", "4-1-102", (), ("m" * 64, "d" * 64)))

    id = store.erasures.ask(FIRST, back, "self", Note(ms, "admin", "x", FIRST))
    assert fresh.browser("admin1").post(f"/retention/erasures/{id.hex()}/confirm").status_code == 303

    assert "d" * 64 not in person_of(fresh, kept).went_by
    assert "e" * 64 in person_of(fresh, kept).went_by
    assert person_of(fresh, kept).former == ("c" * 32,)


@pytest.mark.both_databases
def test_when_the_database_refuses_the_half_of_a_merging_both_are_there(fresh: District) -> None:
    """Whoever tries again finds them; the card of one who is on no list nobody would."""
    store, ms, kept, gone = fresh.center.store, fresh.center.clocks.ms, "b" * 32, "c" * 32
    for person in (kept, gone):
        add_person(fresh.center, person, FIRST, PersonItem("resident", "Cy", "4-1-101", (), ("n" * 64, "r")))
    store.health.add(gone, "visit", Event("咳嗽"), who="duty", at_ms=ms)
    with store.database.write() as connection:
        connection.run("ALTER TABLE health_event RENAME TO away")
    assert merge(fresh.browser("checker1")).status_code == 500
    assert store.directory.get(EVERYWHERE, gone) is not None

    with store.database.write() as connection:
        connection.run("ALTER TABLE away RENAME TO health_event")
    assert merge(fresh.browser("checker1")).status_code == 303

    assert [line.event for line in store.health.card(kept)] == [Event("咳嗽")]


@pytest.mark.both_databases
def test_whose_guardian_was_a_double_has_the_one_who_stays(fresh: District) -> None:
    """Else the gate does not know who speaks for the child, and 数据核对 says that nobody does."""
    add_doubles(fresh, "b" * 32, "c" * 32, "e" * 32)
    child = PersonItem("resident", "Dora", "4-1-101", birth="2015-05-05", guardians=("c" * 32, "x", "b" * 32))
    cousin = PersonItem("resident", "Eve", "5-1-101", birth="2015-05-05", guardians=("e" * 32,))
    add_person(fresh.center, "d" * 32, FIRST, child)
    add_person(fresh.center, "f" * 32, SECOND, cousin)

    assert merge(fresh.browser("checker1")).status_code == 303

    assert person_of(fresh, "d" * 32).guardians == ("b" * 32, "x")
    assert person_of(fresh, "f" * 32).guardians == ("b" * 32,)


def test_of_three_who_are_one_the_second_may_have_been_the_guardian_of_the_third(fresh: District) -> None:
    add_doubles(fresh, "b" * 32, "c" * 32)
    third = PersonItem("resident", "Cy", "4-1-101", (), ("n" * 64, "r"), guardians=("c" * 32,))
    add_person(fresh.center, "e" * 32, FIRST, third)

    assert merge(fresh.browser("checker1")).status_code == 303

    assert person_of(fresh, "b" * 32).guardians == ()
    assert fresh.center.store.directory.get(EVERYWHERE, "e" * 32) is None


@pytest.mark.both_databases
def test_gates_are_told_under_which_ids_somebody_went(fresh: District) -> None:
    """Of two, and of those who had been one with the other; a list that tells more of them keeps it."""
    add_doubles(fresh, "b" * 32)
    other = PersonItem("resident", "Cy", "4-1-101", (), ("n" * 64, "r"), former=("a" * 32,))
    add_person(fresh.center, "c" * 32, FIRST, other)

    assert merge(fresh.browser("checker1")).status_code == 303

    assert person_of(fresh, "b" * 32).former == ("a" * 32, "c" * 32)


def test_gates_are_told_how_else_somebody_was_written(fresh: District) -> None:
    """A gate's own roster may have the spelling that goes: whoever stays red would be nobody there."""
    add_doubles(fresh, "b" * 32)
    keys, before = ("n" * 64, "d" * 64), ("e" * 64,)
    add_person(
        fresh.center, "c" * 32, FIRST, PersonItem("resident", "Sy", "4-1-102", (), keys, went_by=before)
    )

    assert merge(fresh.browser("checker1")).status_code == 303

    assert set(person_of(fresh, "b" * 32).went_by) >= {"d" * 64, "e" * 64}


def test_who_came_back_and_is_one_with_another_is_nobody_elses_former_one(fresh: District) -> None:
    """An import had brought them back: gates would look for them under two people."""
    add_doubles(fresh, "b" * 32, "c" * 32)
    was = ("c" * 32, "e" * 32, "b" * 32)
    before = PersonItem("resident", "Eve", "5-1-101", former=was, went_by=("n" * 64, "e" * 64))
    add_person(fresh.center, "d" * 32, FIRST, before)

    assert merge(fresh.browser("checker1")).status_code == 303

    assert person_of(fresh, "d" * 32).former == ("e" * 32,)
    assert person_of(fresh, "d" * 32).went_by == ("e" * 64,)
    assert person_of(fresh, "b" * 32).former == ("c" * 32,)


def test_whom_nobody_went_as_any_more_is_known_by_no_former_key(fresh: District) -> None:
    """Who came back had moved meanwhile: the dwelling of then was left with whom they were taken for."""
    add_doubles(fresh, "b" * 32, "c" * 32)
    before = PersonItem("resident", "Eve", "5-1-101", former=("c" * 32,), went_by=("n" * 64, "d" * 64))
    add_person(fresh.center, "d" * 32, FIRST, before)

    assert merge(fresh.browser("checker1")).status_code == 303

    assert (person_of(fresh, "d" * 32).former, person_of(fresh, "d" * 32).went_by) == ((), ())


def test_father_and_son_are_not_made_one_by_an_entry_of_their_name_without_a_number(fresh: District) -> None:
    """One button made all three one: whoever went could not go home, and was red with the other."""
    ids = ("b" * 32, "c" * 32, "e" * 32)
    for one, keys in zip(ids, (("n" * 64, "r"), ("m" * 64, "r"), ("r",)), strict=True):
        add_person(fresh.center, one, FIRST, PersonItem("resident", "Cy", "4-1-101", (), keys))
    browser = fresh.browser("checker1")
    page = browser.get("/quality").text
    finding = page.split("<b>同一房号有同名的人")[1].split('name="finding" value="')[1].split('"')[0]

    said = browser.post("/quality", {"finding": finding, "act": "merge"})

    assert said.status_code == 400
    assert "身份证号不一样" in said.text
    assert all(fresh.center.store.directory.get(EVERYWHERE, one) for one in ids)


def add_doubles(fresh: District, *ids: str) -> None:
    for one in ids:
        add_person(fresh.center, one, FIRST, PersonItem("resident", "Cy", "4-1-101", (), ("n" * 64, "r")))


def merge(browser: Browser) -> httpx2.Response:
    page = browser.get("/quality").text
    finding = page.split("<b>同一个身份证号登记了好几次")[1].split('name="finding" value="')[1].split('"')[0]
    return browser.post("/quality", {"finding": finding, "act": "merge"})


def test_each_finding_has_a_button_until_there_is_no_error(fresh: District) -> None:
    fresh.center.store.lists.put("people", [("person", fresh.ids["person"][0], None)], FIRST)
    broken = PersonItem(
        "resident", "Cy", "4-1-101", phones=("12", "13812345678"), birth="2100-01-01", guardians=("gone",)
    )
    person = add_person(fresh.center, "b" * 32, FIRST, broken)
    red = FactItem("person", person, "colour", "red", 5)
    fresh.center.store.lists.put("quick", [("fact", f"person:{person}:colour", encode_item(red))], FIRST)
    browser = fresh.browser("checker1")
    browser.get("/quality")
    browser.post(f"/quality/rows/{fresh.ids['row'][0]}/drop")
    for _ in range(4):
        page = browser.get("/quality").text
        finding = page.split('name="finding" value="')[1].split('"')[0]
        act = page.split('name="act" value="')[1].split('"')[0]
        assert browser.post("/quality", {"finding": finding, "act": act}).status_code == 303
    assert "零差错" in browser.get("/quality").text
    now = person_of(fresh, person)
    assert (now.phones, now.birth, now.guardians) == (("13812345678",), "", ())
    assert facts(fresh, person)["isolation_pending"] == "isolation"


def test_compounds_and_houses_are_kept_and_counted(fresh: District) -> None:
    browser, mark = fresh.browser("checker1"), mark_of(FIRST)
    browser.get("/compounds")
    browser.post(f"/compounds/{mark}", {"name": "和平苑", "address": "和平路 1 号"})
    assert "和平苑" in browser.get("/compounds").text
    assert "和平东门" in browser.get(f"/compounds/{mark}").text
    added = browser.post(
        "/houses", {"name": "8栋1单元101", "branch": FIRST, "held": "let", "grade": "red", "owner": "老房东"}
    )
    assert added.status_code == 303
    page = browser.get(added.headers["location"]).text
    assert "8-1-101" in page
    assert "老房东" not in page  # masked
    assert "8-1-101" in browser.get(f"/houses?compound={mark}").text
    assert browser.post(f"{added.headers['location']}/remove").status_code == 303
    occupied = f"/houses/{mark}/{fresh.ids['house'][0]}"
    assert "先改他们的房号" in browser.post(f"{occupied}/remove").text


def test_pages_of_people_follow_each_other_without_a_gap(fresh: District) -> None:
    items = [
        (f"{number:032x}", PersonItem("resident", f"N{number:03}", f"1-1-{number}"))
        for number in range(1000, 1250)
    ]
    fresh.center.store.lists.put("people", [("person", key, encode_item(item)) for key, item in items], FIRST)
    browser, seen, path = fresh.browser("checker1"), list[str](), f"/people?compound={mark_of(FIRST)}"
    while path:
        page = browser.get(path).text
        seen += [part.split('"')[0] for part in page.split('href="/people/')[1:]]
        path = (
            page.split('class="button" href="')[-1].split('"')[0].replace("&amp;", "&")
            if "下一页" in page
            else ""
        )
    shown = [one for one in seen if len(one) == 32]
    assert len(shown) == len(set(shown)) == 251


def test_the_address_of_a_search_names_nobody_and_pages_and_back_keep_it(fresh: District) -> None:
    people = [(f"{at:032x}", PersonItem("resident", f"司马{at}", f"1-1-{at}")) for at in range(1000, 1150)]
    people += [("f" * 32, PersonItem("resident", "欧阳修", "9-9-1"))]
    fresh.center.store.lists.put(
        "people", [("person", key, encode_item(item)) for key, item in people], FIRST
    )
    browser = fresh.browser("checker1")

    where = browser.post("/people/find", {"q": "司马", "compound": mark_of(FIRST)}).headers["location"]
    first = unescape(browser.get(where).text)
    (following,) = re.findall(r'href="(/people[?][^"]*after=[^"]*)"', first)
    second = browser.get(following).text

    assert "司马" not in unquote(where + following)
    assert 'value="司马"' in second
    assert "<small>150</small>" in first
    assert second.count('href="/people/0') == 50
    assert browser.get(where).text.count('href="/people/0') == 100  # back
    assert browser.post("/people/find", {"q": " "}).headers["location"] == "/people"


def test_the_address_of_a_search_is_opened_for_whoever_searched_alone(fresh: District) -> None:
    browser = fresh.browser("checker1")
    where = browser.post("/people/find", {"q": GOOD_NUMBER}).headers["location"]

    assert GOOD_NUMBER not in where
    assert fresh.browser("admin1").get(where).status_code == 404
    for made_up in ("x", "司马", "kA", where[-20:], "A" * 500):
        assert browser.get(f"/people?find={made_up}").status_code == 404
