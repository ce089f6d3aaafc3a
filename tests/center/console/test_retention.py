"""Kept data: what will go is shown before, two admins erase somebody who asks, and the receipt holds."""

from __future__ import annotations

import html
import re
from pathlib import Path

import msgspec
import pytest

from center.console import retention_words as words
from center.console.english import ENGLISH
from center.console.erasing import PROBLEMS
from center.erasing import ReceiptError, check, opener, signer
from center.ledger import SealedParts
from center.retention_rules import Kind
from center.scope import EVERYWHERE
from center.store import SqlStore
from center.store.colours import Said
from center.store.console_audit import Note
from center.store.entries import forget_all
from center.store.erasures import ErasureError, ErasureProblem
from center.store.health import Event
from center.store.houses import House, HouseSays
from center.store.keeping import DAY_MS
from center.store.roster_files import FileSays, HeldRow, RowSays
from station.sync import bundle
from station.sync.bundle import Parts
from station.sync.items import (
    CaseItem,
    FactItem,
    PersonItem,
    RevokedPassItem,
    decode_item,
    encode_item,
    shared_key,
)
from station.sync.reports import CaseReport, LookbackReport, Report, encode_body
from station.sync.sealing import open_parts, seal_parts, seal_together
from tests.center.console.browser import Browser
from tests.center.console.district import FIRST, SECOND, District, open_district
from tests.center.console.ill import say
from tests.center.console.roster import add_person
from tests.center.gate import Gate, record

PERSON, OTHER, CODE, HOUSE = "9" * 32, "8" * 32, "c" * 64, "d" * 64


def lines(text: str) -> str:
    """What a page says, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def live(district: District) -> SqlStore:
    """Somebody on the list of whom there is one of everything, and who passed twice beside somebody else."""
    store, ms, gate = district.center.store, district.center.clocks.ms, district.first
    note = Note(ms, "checker1", "x", FIRST)
    add_person(district.center, PERSON, FIRST, PersonItem("resident", "张小强", "3-2-501", codes=(CODE,)))
    first = len(gate.records) + 1
    gate.records += [
        record(first + index, person_id=one) for index, one in enumerate((PERSON, OTHER, PERSON))
    ]
    district.push(gate, first)
    clear = [(first + index, b"part %d" % index) for index in range(3)]
    seal = seal_together(district.center.keys.sealing_public_key, gate.station, gate.incarnation, clear)
    with store.transaction() as ledger:
        parts = SealedParts(first, msgspec.msgpack.encode(seal))
        ledger.keep_parts(gate.station, gate.incarnation, parts)
    say(store, PERSON, "colour", "red", ms)
    store.health.add(PERSON, "visit", Event("咳嗽"), who="duty", at_ms=ms)
    store.links.make("checkin", FIRST, about=PERSON, expires_ms=ms + DAY_MS, now_ms=ms, note=note)
    store.doors.add(PERSON, FIRST, "前门", ms, note)
    return store


def ask(browser: Browser, person: str = PERSON, **fields: str) -> str:
    """The path of the request that it makes."""
    answer = browser.post(f"/retention/people/{person}", {"reason": "self", "checked": "1", **fields})
    assert answer.status_code == 303, lines(answer.text)
    return answer.headers["location"]


def test_one_asks_another_confirms_and_all_of_somebody_is_gone(fresh: District) -> None:
    store, admin, second = live(fresh), fresh.browser("admin"), fresh.browser("admin1")
    before = admin.get(f"/retention/people/{PERSON}").text
    assert "张*强" in before or "张**" in before
    assert "健康卡" in before
    path = ask(admin)
    refused = admin.post(f"{path}/confirm")
    assert (refused.status_code, "要另一位管理员来确认" in refused.text) == (400, True)
    assert store.directory.get(EVERYWHERE, PERSON) is not None

    assert second.post(f"{path}/confirm").status_code == 303

    store.following.step(fresh.center.clocks.ms)
    assert store.directory.get(EVERYWHERE, PERSON) is None
    assert [item.key for item in store.lists.each("quick", "fact") if PERSON in item.key] == []
    assert store.health.card(PERSON) == []
    with store.database.read() as connection:
        for table, column in (
            *(("colour_change", "person"), ("colour_change", "subject"), ("colour_now", "subject")),
            *(("isolation", "person"), ("watch", "person"), ("link", "about"), ("door_sensor", "person")),
            *(("center_pass", "person"), ("gate_alarm", "person"), ("case_file", "person_id")),
            ("erasure", "person"),
        ):
            row = connection.row(f"SELECT count(*) FROM {table} WHERE {column} = ?", PERSON)
            assert row == (0,), table
    assert admin.get(f"/retention/people/{PERSON}").status_code == 404
    assert {note.what for note in store.audit.latest(EVERYWHERE)} >= {
        "申请删除一个人的数据",
        "确认删除了一个人的数据",
    }


def test_what_lay_there_of_somebody_is_in_no_file_of_the_open_center(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KAKOU_TEST_CENTER_DB", raising=False)
    with open_district(tmp_path) as district:
        store = live(district)
        store.database.keep_log_short()  # as `center serve`
        with store.database.read() as connection:
            ((body,),) = connection.rows("SELECT body FROM health_event WHERE person = ?", PERSON)
        path = ask(district.browser("admin"))
        files = [file for file in tmp_path.rglob("center.db*")]
        assert any(bytes(body) in file.read_bytes() for file in files)

        district.browser("admin1").post(f"{path}/confirm")

        assert [file.name for file in files if bytes(body) in file.read_bytes()] == []


@pytest.mark.both_databases
@pytest.mark.parametrize("rows", ["are there", "are due"])
def test_the_others_of_a_batch_keep_their_parts_and_the_chain_holds(fresh: District, rows: str) -> None:
    store, gate = live(fresh), fresh.first
    path = ask(fresh.browser("admin"))
    if rows == "are due":  # as after a backlog
        forget_all(store.database)
    with store.database.read() as connection:
        payloads = connection.rows("SELECT payload FROM segment ORDER BY station, first")
    assert fresh.browser("admin1").post(f"{path}/confirm").status_code == 303

    with store.database.read() as connection:
        ((body,),) = connection.rows("SELECT body FROM parts")
        assert connection.rows("SELECT payload FROM segment ORDER BY station, first") == payloads
        assert connection.row("SELECT count(*) FROM entry WHERE person_id = ?", PERSON) == (2,)
    parts = msgspec.msgpack.decode(bytes(body), type=Parts)
    opened = open_parts(fresh.center.keys.sealing, gate.station, gate.incarnation, parts)
    assert [clear for _, clear in opened] == [b"part 1"]
    for (payload,) in payloads:
        bundle.verify_chain(bundle.unpack(bytes(payload), bundle.Batch))


def test_of_a_batch_that_is_theirs_alone_no_parts_stay(fresh: District) -> None:
    store, gate = live(fresh), fresh.first
    number = len(gate.records) + 1
    gate.records += [record(number, person_id=PERSON)]
    fresh.push(gate, number)
    key = fresh.center.keys.sealing_public_key
    seal = seal_together(key, gate.station, gate.incarnation, [(number, b"alone")])
    with store.transaction() as ledger:
        parts = SealedParts(number, msgspec.msgpack.encode(seal))
        ledger.keep_parts(gate.station, gate.incarnation, parts)

    fresh.browser("admin1").post(f"{ask(fresh.browser('admin'))}/confirm")

    with store.database.read() as connection:
        assert connection.rows("SELECT first FROM parts") == [(number - 3,)], "with somebody else's"


def test_the_receipt_says_how_many_and_no_name_and_can_be_checked(fresh: District) -> None:
    live(fresh)
    path = ask(fresh.browser("admin"))
    fresh.browser("admin1").post(f"{path}/confirm")

    text = lines(fresh.browser("admin").get(path).text)
    assert "第 1 号" in text
    assert "健康卡：打卡、随访、体温、核酸 ：1".replace(" ", "") in text.replace(" ", "")
    assert ("张小强" in text, PERSON in text) == (False, False)
    assert "别人写的字里提到的" in text, "a sheet or a case may name them, and nothing there points at them"
    (erasure,) = [one for one in fresh.center.store.erasures.all(EVERYWHERE) if one.state == "done"]
    receipt = check(f"abc\n{erasure.receipt}\n", fresh.center.keys.public_key)
    assert (receipt.number, receipt.asked_by, receipt.confirmed_by) == (1, "admin", "admin1")
    assert (
        receipt.kinds.items()
        >= {"list": 1, "facts": 1, "health": 1, "parts": 2, "links": 1, "doors": 1}.items()
    )
    for wrong in ("", erasure.receipt.replace('"parts":2', '"parts":3')):
        with pytest.raises(ReceiptError):
            check(wrong, fresh.center.keys.public_key)


def test_what_is_shown_before_somebody_is_erased_is_what_the_receipt_counts(fresh: District) -> None:
    store, ms = live(fresh), fresh.center.clocks.ms
    for code, colour in ((CODE, "yellow"), ("e" * 64, "red")):  # theirs, and somebody else's
        store.colours.hear(Said("code", code, colour, ms, "省健康码", FIRST), ms)
    fact = FactItem("code", CODE, "colour", "red", ms)
    store.lists.put("quick", [("fact", f"code:{CODE}:colour", encode_item(fact))])
    store.following.step(ms)
    report = CaseReport("request", ms, "medicine", "要药", person_id=PERSON)
    store.cases.close(store.cases.begin(FIRST, report, ms).key, "duty", "送到了", ms)

    shown = store.erasures.traces(PERSON)
    fresh.browser("admin1").post(f"{ask(fresh.browser('admin'))}/confirm")

    (erasure,) = [one for one in store.erasures.all(EVERYWHERE) if one.state == "done"]
    assert check(erasure.receipt, fresh.center.keys.public_key).kinds == {"list": 1, **shown}
    assert (shown["colours"], shown["cases"], shown["parts"], shown["facts"]) == (3, 2, 2, 2)
    with store.database.read() as connection:
        left = connection.rows("SELECT subject FROM colour_change WHERE about = 'code'")
    assert left == [("e" * 64,)], "the change of somebody else's code"


def test_whom_a_gate_must_stop_is_not_erased_first(fresh: District) -> None:
    store, admin, ms = live(fresh), fresh.browser("admin"), fresh.center.clocks.ms

    def said() -> str:
        answer = admin.post(f"/retention/people/{PERSON}", {"reason": "self", "checked": "1"})
        return lines(answer.text) if answer.status_code == 400 else ""

    say(store, PERSON, "isolation", "isolation", ms)
    assert PROBLEMS[ErasureProblem.ISOLATED] in said()
    say(store, PERSON, "isolation", "none", ms + 1)
    say(store, PERSON, "block", "lost_card", ms)
    assert PROBLEMS[ErasureProblem.BLOCKED] in said()
    say(store, PERSON, "block", "none", ms + 1)
    case = store.cases.begin(FIRST, CaseReport("request", ms, "medicine", "要药", person_id=PERSON), ms)
    assert PROBLEMS[ErasureProblem.CASE] in said()
    store.cases.close(case.key, "duty", "送到了", ms)

    path = ask(admin)
    assert PROBLEMS[ErasureProblem.ASKED] in said()
    say(store, PERSON, "isolation", "isolation", ms + 2)  # meanwhile
    answer = fresh.browser("admin1").post(f"{path}/confirm")
    assert PROBLEMS[ErasureProblem.ISOLATED] in lines(answer.text)
    assert store.directory.get(EVERYWHERE, PERSON) is not None


def test_a_closed_case_of_somebody_loses_its_words(fresh: District) -> None:
    store, ms = live(fresh), fresh.center.clocks.ms
    report = CaseReport("request", ms, "medicine", "张小强要药", "三楼", person_id=PERSON)
    key = store.cases.begin(FIRST, report, ms).key
    store.cases.close(key, "duty", "送到张小强家", ms)
    fresh.browser("admin1").post(f"{ask(fresh.browser('admin'))}/confirm")

    case = store.cases.get(key)
    assert case is not None
    assert (case.is_cleared, case.said.title, store.cases.lines(case), case.state) == (True, "", [], "closed")
    assert "内容到期，已经清除" in fresh.browser("admin").get(f"/cases/{key}").text


def told(store: SqlStore, case: str) -> CaseItem:
    body = store.lists.get("quick", "case", case)
    assert body is not None
    item = decode_item("case", body)
    assert isinstance(item, CaseItem)
    return item


def test_what_its_gate_was_told_of_a_closed_case_of_somebody_goes_too(fresh: District) -> None:
    store, ms, station = live(fresh), fresh.center.clocks.ms, fresh.first.station
    report = CaseReport("question", ms, "code", "张小强的码", "看不清", person_id=PERSON)
    store.reports.take(station, FIRST, (Report(b"q" * 16, "case", 1, ms, encode_body(report)),), ms)
    key = (b"q" * 16).hex()
    store.cases.go(key, "老李去张小强家", ms)
    store.cases.close(key, "duty", "张小强可以进", ms)
    other = fresh.add_case(fresh.first)
    store.cases.say(other, "duty", "马上来", ms)
    before = told(store, key)
    assert (before.going, len(before.lines)) == ("老李去张小强家", 1), "the gate reads it for a week"

    fresh.browser("admin1").post(f"{ask(fresh.browser('admin'))}/confirm")

    assert told(store, key) == msgspec.structs.replace(before, lines=(), going="")
    assert len(told(store, other).lines) == 1, "somebody else's"


@pytest.mark.both_databases
def test_an_entry_that_came_again_in_another_chain_loses_its_part_there_too(fresh: District) -> None:
    store, gate = live(fresh), fresh.first
    again = Gate(gate.number, incarnation=gate.incarnation + 1, wall_ms=gate.wall_ms)
    again.records = [record(900, person_id=OTHER), *gate.records[-2:]]  # resealed, by a disk from before
    fresh.push(again)
    clear = [(number, b"again %d" % number) for number in (1, 2, 3)]
    seal = seal_together(fresh.center.keys.sealing_public_key, again.station, again.incarnation, clear)
    with store.transaction() as ledger:
        ledger.keep_parts(again.station, again.incarnation, SealedParts(1, msgspec.msgpack.encode(seal)))

    fresh.browser("admin1").post(f"{ask(fresh.browser('admin'))}/confirm")

    with store.database.read() as connection:
        ((body,),) = connection.rows("SELECT body FROM parts WHERE incarnation = ?", again.incarnation)
    parts = msgspec.msgpack.decode(bytes(body), type=Parts)
    opened = open_parts(fresh.center.keys.sealing, again.station, again.incarnation, parts)
    assert [clear for _, clear in opened] == [b"again 1", b"again 2"], "the third was theirs"


@pytest.mark.both_databases
def test_the_look_backs_and_colours_of_others_stay(fresh: District) -> None:
    store, ms, station = live(fresh), fresh.center.clocks.ms, fresh.first.station
    say(store, OTHER, "colour", "yellow", ms)
    for letter, person in ((b"p", PERSON), (b"o", OTHER)):
        body = encode_body(LookbackReport(ms, person, "colour red", passages=2))
        store.reports.take(station, FIRST, (Report(letter * 16, "lookback", 1, ms, body),), ms)

    fresh.browser("admin1").post(f"{ask(fresh.browser('admin'))}/confirm")

    with store.database.read() as connection:
        assert connection.rows("SELECT person_id FROM lookback") == [(OTHER,)]
        reports = connection.rows("SELECT id FROM report WHERE kind = 'lookback'")
        left = connection.rows(
            "SELECT DISTINCT person FROM colour_change WHERE person IN (?, ?)", PERSON, OTHER
        )
    assert ([bytes(id) for (id,) in reports], left) == ([b"o" * 16], [(OTHER,)])


def test_a_pass_that_is_valid_is_stopped_at_the_gates(fresh: District) -> None:
    store, (number,) = fresh.center.store, fresh.ids["pass"]
    (person,) = fresh.ids["person"]
    (watch,) = store.watches.of(EVERYWHERE, person)
    store.watches.refuse(watch, "", Note(fresh.center.clocks.ms, "other", "x", FIRST))
    fresh.browser("admin1").post(f"{ask(fresh.browser('admin'), person)}/confirm")

    body = store.lists.get("quick", "revoked_pass", number)
    assert body is not None
    assert msgspec.msgpack.decode(body, type=RevokedPassItem).at_ms == fresh.center.clocks.ms


def test_of_a_batch_with_somebody_isolated_only_their_parts_stay(fresh: District) -> None:
    store, gate, keys = live(fresh), fresh.first, fresh.center.keys
    say(store, PERSON, "isolation", "isolation", fresh.center.clocks.ms)
    now_ms = fresh.center.clocks.ms + 31 * DAY_MS

    def parts() -> list[bytes]:
        with store.database.read() as connection:
            ((body,),) = connection.rows("SELECT body FROM parts")
        kept = msgspec.msgpack.decode(bytes(body), type=Parts)
        return [clear for _, clear in open_parts(keys.sealing, gate.station, gate.incarnation, kept)]

    assert store.keeping.plan(now_ms).held[Kind.PARTS] == 1
    assert "parts" not in store.keeping.run(now_ms).counts, "nobody to open them"
    assert parts() == [b"part 0", b"part 1", b"part 2"]
    assert store.keeping.run(now_ms, opener=opener(keys)).counts["parts"] == 1
    assert parts() == [b"part 0", b"part 2"]
    assert "parts" not in store.keeping.run(now_ms + 1, opener=opener(keys)).counts

    say(store, PERSON, "isolation", "none", now_ms)
    assert store.keeping.run(now_ms + 31 * DAY_MS, opener=opener(keys)).counts["parts"] == 1
    with store.database.read() as connection:
        assert connection.row("SELECT count(*) FROM parts") == (0,)


def test_who_is_erased_is_no_longer_named_as_the_owner_of_their_house(fresh: District) -> None:
    store, ms = live(fresh), fresh.center.clocks.ms
    person = PersonItem("resident", "张小强", "3-2-501", codes=(CODE,), house=HOUSE)
    add_person(fresh.center, PERSON, FIRST, person)
    note = Note(ms, "checker1", "x", FIRST)
    for key, owner in ((HOUSE, "张小强"), ("e" * 64, "李红")):
        store.houses.put(House(FIRST, key, "owner", "", HouseSays("3-2-501", owner, "电梯坏了"), ms), note)

    assert fresh.browser("admin1").post(f"{ask(fresh.browser('admin'))}/confirm").status_code == 303

    houses = store.houses.all(EVERYWHERE)
    theirs, other = houses[FIRST, HOUSE].said, houses[FIRST, "e" * 64].said
    assert (theirs.owner, theirs.note) == ("", "电梯坏了")
    assert (other.owner, other.note) == ("李红", "电梯坏了")


def hold(store: SqlStore, branch: str, ms: int, **rows: tuple[str, ...]) -> None:
    """Rows that an upload left to be put right."""
    note, titles = Note(ms, "duty1", "x", branch), ("姓名", "证件号", "楼", "单元", "室", "电话")
    id = store.roster_files.keep(branch, "people", FileSays("名单.xlsx", ()), note)
    file = store.roster_files.get(EVERYWHERE, id)
    assert file is not None
    held = [
        HeldRow(name.encode().ljust(16), branch, "people", ms, "duty1", ("x",), said)
        for name, cells in rows.items()
        for said in (RowSays("名单.xlsx", 3, titles, cells, ()),)
    ]
    store.roster_files.finish(file, held, note)


@pytest.mark.both_databases
def test_rows_of_uploads_that_are_about_somebody_go_with_them(fresh: District) -> None:
    """One of these days somebody would correct the row, and who was erased be on the list again."""
    store, ms = live(fresh), fresh.center.clocks.ms
    number = shared_key(fresh.center.keys.district, "id_number", "11010519491231002X")
    passport = shared_key(fresh.center.keys.district, "id_number", "E12345678")
    person = PersonItem("resident", "张小强", "3-2-501", phones=("13800138000",), keys=(number, passport))
    add_person(fresh.center, PERSON, FIRST, person)
    before = {row.id for row in store.roster_files.held(EVERYWHERE)}
    theirs = {
        "number": ("张小弓虽", "11010519491231002x", "", "", "", ""),
        "slip": ("张小强", "110105194912310021", "3", "2", "501", ""),
        "passport": ("ZHANG X Q", "e1234-5678", "", "", "", ""),
        "phone": ("张 小强", "1101", "", "", "", "138 0013 8000、没人接"),
        "columns": ("张小强", "", "3", "2", "501", ""),
        "words": ("张小强", "", "3栋", "2单元", "501室", ""),
        "house": ("张小强", "", "3号楼2单元501", "", "", "12"),
    }
    others = {
        "namesake": ("张小强", "", "3", "2", "50", ""),
        "son": ("张小强", "110105197806120031", "3", "2", "501", "13800138000"),
        "longer": ("张小强", "", "13-3-2-501", "", "", ""),
        "child": ("张大强", "", "3", "2", "501", "13800138000"),
        "empty": ("", "", "", "", "", ""),
    }
    hold(store, FIRST, ms, **theirs, **others)
    hold(store, SECOND, ms, elsewhere=("张小强", "", "3", "2", "501", ""))

    path = ask(fresh.browser("admin"))
    assert "导入时没收下的行：7" in lines(fresh.browser("admin").get(path).text).replace(" ", "")
    assert fresh.browser("admin1").post(f"{path}/confirm").status_code == 303

    left = {row.id.decode().strip() for row in store.roster_files.held(EVERYWHERE) if row.id not in before}
    assert left == {*others, "elsewhere"}
    (erasure,) = [one for one in store.erasures.all(EVERYWHERE) if one.state == "done"]
    assert check(erasure.receipt, fresh.center.keys.public_key).kinds["rows"] == 7


@pytest.mark.both_databases
def test_a_row_that_nobody_can_read_any_more_keeps_nobody_from_being_erased(fresh: District) -> None:
    """Of a former key, or of a damaged disk: it tells of nobody, and one of thousands is enough."""
    store, ms = live(fresh), fresh.center.clocks.ms
    add_person(fresh.center, PERSON, FIRST, PersonItem("resident", "张小强", "3-2-501"))
    hold(store, FIRST, ms, theirs=("张小强", "", "3", "2", "501", ""), damaged=("?", "", "", "", "", ""))
    with store.database.write() as connection:
        spoilt = (b"\x01" + bytes(60), b"damaged".ljust(16))
        connection.run("UPDATE held_row SET body = ? WHERE id = ?", *spoilt)

    path = ask(fresh.browser("admin"))
    assert "导入时没收下的行：1" in lines(fresh.browser("admin").get(path).text).replace(" ", "")
    assert fresh.browser("admin1").post(f"{path}/confirm").status_code == 303

    with store.database.read() as connection:
        assert not connection.rows("SELECT id FROM held_row WHERE id = ?", b"theirs".ljust(16))


def test_what_was_refused_is_still_there(fresh: District) -> None:
    store, path = live(fresh), ask(fresh.browser("admin"))
    second = fresh.browser("admin1")
    assert second.post(f"{path}/refuse").status_code == 303
    assert store.directory.get(EVERYWHERE, PERSON) is not None
    assert PROBLEMS[ErasureProblem.DECIDED] in lines(second.post(f"{path}/confirm").text)
    assert "没有同意" in second.get("/retention").text


@pytest.mark.parametrize("fields", [{"reason": "because"}, {"checked": ""}])
def test_nothing_is_asked_for_without_a_reason_and_a_look(fresh: District, fields: dict[str, str]) -> None:
    live(fresh)
    before = len(fresh.center.store.erasures.all(EVERYWHERE))
    answer = fresh.browser("admin").post(
        f"/retention/people/{PERSON}", {"reason": "self", "checked": "1"} | fields
    )
    assert answer.status_code == 400
    assert len(fresh.center.store.erasures.all(EVERYWHERE)) == before


@pytest.mark.both_databases
def test_somebody_of_whom_there_are_only_entries_is_erased_as_well(fresh: District) -> None:
    store, path = live(fresh), f"/retention/people/{OTHER}"  # moved away, or of a gate's own list
    assert fresh.browser("admin2").get(path).status_code == 404
    assert fresh.browser("admin").post("/retention/find", {"person": OTHER}).headers["location"] == path

    fresh.browser("admin1").post(f"{ask(fresh.browser('admin'), OTHER)}/confirm")

    (erasure,) = [one for one in store.erasures.all(EVERYWHERE) if one.state == "done"]
    assert (erasure.branch, check(erasure.receipt, fresh.center.keys.public_key).kinds) == (
        FIRST,
        {"parts": 1},
    )
    assert fresh.browser("admin1").get(path).status_code == 404, "nothing is left"


def test_whoever_another_branch_has_seen_too_is_erased_by_the_district(fresh: District) -> None:
    live(fresh)
    gate = Gate(2, 8, wall_ms=fresh.center.clocks.ms, records=[record(700, person_id=OTHER)])
    fresh.push(gate)
    seal = seal_together(fresh.center.keys.sealing_public_key, gate.station, gate.incarnation, [(1, b"part")])
    with fresh.center.store.transaction() as ledger:
        ledger.keep_parts(gate.station, gate.incarnation, SealedParts(1, msgspec.msgpack.encode(seal)))
    found = [fresh.browser(name).get(f"/retention/people/{OTHER}") for name in ("admin1", "admin2", "admin")]
    assert [answer.status_code for answer in found] == [404, 404, 200]


def test_somebody_on_no_list_is_found_by_their_id(fresh: District) -> None:
    (person,) = fresh.ids["isolated"]
    answer = fresh.browser("admin1").post("/retention/find", {"person": person})
    assert answer.headers["location"] == f"/retention/people/{person}"
    assert "不在名单里了" in fresh.browser("admin1").get(answer.headers["location"]).text
    assert fresh.browser("admin1").post("/retention/find", {"person": "0" * 32}).status_code == 404


@pytest.mark.both_databases
def test_what_will_go_is_shown_and_goes_when_it_is_said(fresh: District) -> None:
    store, admin = live(fresh), fresh.browser("admin")
    assert "下次自动清除" in admin.get("/retention").text
    fresh.center.clocks.forward(29 * 86_400)
    admin = fresh.browser("admin")
    rows = {row[0]: row[1:] for row in table(admin.get("/retention/plan").text)}
    assert rows[words.KINDS[Kind.PARTS][0]][:2] == ["", "1"]

    assert admin.post("/retention/days", {"personal": "20", "audit": "400"}).status_code == 303
    assert "20 天" in admin.get("/retention").text
    rows = {row[0]: row[1:] for row in table(admin.get("/retention/plan").text)}
    assert rows[words.KINDS[Kind.PARTS][0]][:2] == ["1", ""]
    held = rows[words.KINDS[Kind.ROWS][0]]
    assert held[2].startswith("2 请去改好"), "rows of both branches"

    assert admin.post("/retention/run").status_code == 303
    fresh.center.office.jobs.join()
    text = lines(admin.get("/retention").text)
    assert f"{words.KINDS[Kind.PARTS][0]} 1" in text
    (ran,) = store.keeping.runs()
    assert ran.who == "admin"
    assert store.roster_files.held(EVERYWHERE), "rows that nobody has put right stay"


def table(text: str) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", text, re.DOTALL)
    return [[lines(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)] for row in rows[1:]]


@pytest.mark.parametrize("typed", [("6", "365"), ("366", "365"), ("30", "9999"), ("", "365"), ("-1", "x")])
def test_days_that_cannot_be_are_refused(fresh: District, typed: tuple[str, str]) -> None:
    personal, audit = typed
    answer = fresh.browser("admin").post("/retention/days", {"personal": personal, "audit": audit})
    assert answer.status_code == 400
    assert fresh.center.store.keeping.days().personal == 30


def test_a_street_sees_the_rules_and_changes_none_of_them(fresh: District) -> None:
    browser = fresh.browser("admin1")
    text = browser.get("/retention").text
    assert words.KINDS[Kind.HEALTH][0] in text
    assert "现在就清除" not in text
    assert browser.get("/retention/plan").status_code == 204
    assert browser.post("/retention/days", {"personal": "20", "audit": "400"}).status_code == 403
    assert browser.post("/retention/run").status_code == 403
    assert fresh.center.store.keeping.runs() == []


def test_parts_sealed_one_by_one_lose_the_one_alone(fresh: District) -> None:
    keys, without = fresh.center.keys, opener(fresh.center.keys)
    sealed = seal_parts(keys.sealing_public_key, b"s" * 16, 7, [(1, b"a"), (2, b"b")])
    body = msgspec.msgpack.encode(sealed)
    left = without(b"s" * 16, 7, body, frozenset({1}))
    assert left is not None
    assert open_parts(keys.sealing, b"s" * 16, 7, msgspec.msgpack.decode(left, type=Parts)) == [(2, b"b")]
    assert without(b"s" * 16, 7, body, frozenset({1, 2})) is None
    assert without(b"s" * 16, 7, body, frozenset({3})) == body  # theirs had no part: nobody else loses one
    assert without(b"s" * 16, 7, b"damaged", frozenset({1})) is None


def test_nobody_confirms_their_own(fresh: District) -> None:
    store, ms = live(fresh), fresh.center.clocks.ms
    id = store.erasures.ask(FIRST, PERSON, "self", Note(ms, "admin", "x", FIRST))
    erasure = store.erasures.get(EVERYWHERE, id)
    assert erasure is not None
    keys = fresh.center.keys
    with pytest.raises(ErasureError):
        store.erasures.confirm(erasure, opener(keys), signer(keys, erasure), Note(ms, "admin", "x", FIRST))


def test_every_word_has_its_english() -> None:
    said = {text for pair in words.KINDS.values() for text in pair} | {why for why, _ in words.HELD.values()}
    said |= {
        *words.REASONS.values(),
        *words.STATES.values(),
        *PROBLEMS.values(),
        *map(words.of_a_person, words.KINDS),
        words.TAKEN_OFF_WORDS,
    }
    assert said - set(ENGLISH) == set()
    assert set(words.KINDS) == set(Kind)
    assert set(words.HELD) <= set(Kind)


def test_rows_of_whoever_turned_out_to_be_somebody_go_with_them(fresh: District) -> None:
    """They stood twice on the list, with a passport and in another spelling: both were made one."""
    store, ms, key = live(fresh), fresh.center.clocks.ms, fresh.center.keys.district
    went_by = (shared_key(key, "id_number", "E12345678"), shared_key(key, "resident", "张晓强\0" + "3-2-501"))
    add_person(
        fresh.center,
        PERSON,
        FIRST,
        PersonItem("resident", "张小强", "3-2-501", former=("p9",), went_by=went_by),
    )
    hold(
        store,
        FIRST,
        ms,
        passport=("ZHANG X Q", "e1234-5678", "", "", "", ""),
        spelling=("张晓强", "", "3", "2", "501", ""),
        neighbour=("李红", "", "3", "2", "501", ""),
        namesake=("张晓强", "", "3", "2", "502", ""),
    )
    before = {row.id for row in store.roster_files.held(EVERYWHERE)}

    assert fresh.browser("admin1").post(f"{ask(fresh.browser('admin'))}/confirm").status_code == 303

    gone = before - {row.id for row in store.roster_files.held(EVERYWHERE)}
    assert {one.decode().strip() for one in gone} == {"passport", "spelling"}


@pytest.mark.both_databases
def test_rows_of_whoever_was_one_with_somebody_of_another_dwelling_go_with_them(fresh: District) -> None:
    """They had moved within the compound, and came from another one, where a namesake lives by now."""
    store, ms, key, once = live(fresh), fresh.center.clocks.ms, fresh.center.keys.district, "c" * 32
    add_person(fresh.center, once, SECOND, PersonItem("resident", "张小强", "9-1-101"))
    store.lists.put("people", [("person", once, None)], SECOND)
    places = ("张小强\0004-1-102", "张晓强\0009-1-101")
    went_by = (
        shared_key(key, "id_number", "E12345678"),
        *(shared_key(key, "resident", one) for one in places),
    )
    person = PersonItem("resident", "张小强", "3-2-501", former=(once,), went_by=went_by)
    add_person(fresh.center, PERSON, FIRST, person)
    hold(
        store,
        FIRST,
        ms,
        moved=("张小强", "", "4栋", "1单元", "102室", "没人接"),
        neighbour=("李红", "", "4", "1", "102", ""),
        namesake=("张小强", "", "4", "1", "103", ""),
    )
    hold(
        store,
        SECOND,
        ms,
        before=("张晓强", "", "9-1-101", "", "", ""),
        passport=("Z", "E12345678", "", "", "", ""),
        other=("张小强", "", "3", "2", "501", ""),
    )
    before = {row.id for row in store.roster_files.held(EVERYWHERE)}

    path = ask(fresh.browser("admin"))
    assert "导入时没收下的行：3" in lines(fresh.browser("admin").get(path).text).replace(" ", "")
    assert fresh.browser("admin1").post(f"{path}/confirm").status_code == 303

    gone = before - {row.id for row in store.roster_files.held(EVERYWHERE)}
    assert {one.decode().strip() for one in gone} == {"moved", "before", "passport"}
