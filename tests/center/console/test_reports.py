"""Tracing, plots, exports, comparison and quarantine, as the console shows them."""

from __future__ import annotations

import csv
import io
import os
import stat
import tempfile
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import pytest
from python_calamine import CalamineWorkbook

from center.console import reconciling, trace
from center.console.reconciling import WHY, why
from center.console.reports import HEIGHT, WIDTH, hour_bars, temperature_bars
from center.exports import KEPT_MS, STALE_MS, Means, clear, export, sweep
from center.scope import EVERYWHERE
from center.store.export_jobs import ExportJob
from center.store.gates import Passed
from center.store.passages import is_near
from center.store.policies import new_id
from station.core.model import Closing
from station.sync.items import PersonItem, encode_item, shared_key
from tests.center.console.browser import Browser
from tests.center.console.district import FIRST, SECOND, District
from tests.center.console.roster import add_person
from tests.center.gate import NOON_MS, Gate, record

MINUTE, DAY_MS = 60_000, 86_400_000
DAY = "2022-04-15"
LISI = "王小明"
ids = iter(range(1000, 100_000))


def passes(district: District, gate: Gate, at_ms: int, person: str | None, **fields: object) -> bytes:
    """Somebody passes; the entry's id."""
    number = next(ids)
    usual = {"closing": Closing.COMPLETE.value if hasattr(Closing, "COMPLETE") else next(iter(Closing)).value}
    gate.records.append(record(number, at_ms - number * 1000, person_id=person, **{**usual, **fields}))
    district.push(gate, len(gate.records))
    return number.to_bytes(16, "big")


def knows(district: District, person: str, name: str, branch: str = FIRST, house: str = "h1") -> str:
    key = shared_key(district.center.keys.district, "id_number", "11010519491231002X")
    item = PersonItem("resident", name, "1-1-101", keys=(key,) if name == LISI else (), house=house)
    district.center.store.lists.put("people", [("person", person, encode_item(item))], branch)
    return person


def test_nobody_is_hidden_by_a_busy_gate(fresh: District) -> None:
    """Somebody goes in and out at the peaks of a fortnight; 108 pass within the quarter hour each time."""
    gate, times = fresh.first, [NOON_MS - half * DAY_MS // 2 for half in range(55, -1, -1)]
    for at_ms in times:
        first = len(gate.records) + 1
        for number in range(108):
            gate.records.append(a_passage(at_ms - 8 * MINUTE + number * 8000, f"near{number}"))
        gate.records.append(a_passage(at_ms, "p1"))
        gate.records.append(a_passage(at_ms + MINUTE, f"once{at_ms}"))
        fresh.push(gate, first)
    page = fresh.browser("checker1").get("/trace/p1?days=31").text
    sheet = fresh.browser("checker1").get("/trace/p1/sheet?days=31").text
    assert len(list(csv.reader(io.StringIO(sheet)))) == 1 + 108 + len(times) + 3  # strangers
    assert "2022-04-15 13:21:00" in sheet
    assert f"once{times[-1]}" in page  # those of today were cut off
    assert f"once{times[0]}" in page
    for number in range(200):
        gate.records.append(a_passage(NOON_MS, f"more{number}"))
    fresh.push(gate, len(gate.records) - 199)
    assert "在同一个大门的人：364" in fresh.browser("checker1").get("/trace/p1?days=31").text  # 300 are shown


def test_who_was_near_a_courier_is_known_however_often_they_passed(
    fresh: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fifty times a day: more than five hundred within a fortnight."""
    gate, step = fresh.first, DAY_MS // 50
    for begin in range(600, 0, -200):
        first = len(gate.records) + 1
        times = [NOON_MS - number * step for number in range(begin, begin - 200, -1)]
        gate.records += [a_passage(at_ms, "courier") for at_ms in times]
        if begin == 600:
            gate.records.append(a_passage(times[0] + MINUTE, "early"))
        fresh.push(gate, first)
    browser = fresh.browser("checker1")
    page = browser.get("/trace/courier?days=14").text
    assert "/trace/early" in page
    assert "600 次" in page
    assert "还有 300 条没有显示" in page
    assert "early" in browser.get("/trace/courier/sheet?days=14").text

    monkeypatch.setattr(trace, "MOST_PASSAGES", 400)
    assert "只看了最近 400 次经过" in browser.get("/trace/courier?days=14").text
    assert "只看了最近" not in browser.get("/trace/courier?days=1").text


def a_passage(at_ms: int, person: str) -> bytes:
    number = next(ids)
    return record(number, at_ms - number * 1000, person_id=person, closing=next(iter(Closing)).value)


@pytest.mark.both_databases
def test_who_was_near_at_the_same_gate(fresh: District) -> None:
    knows(fresh, "p1", LISI)
    knows(fresh, "p2", "赵同屋")
    knows(fresh, "p3", "钱路人", house="h2")
    passes(fresh, fresh.first, NOON_MS, "p1")
    passes(fresh, fresh.first, NOON_MS + 14 * MINUTE, "p3")
    passes(fresh, fresh.first, NOON_MS + 5 * MINUTE, "p2")
    passes(fresh, fresh.first, NOON_MS + 40 * MINUTE, "p4")  # too late
    passes(fresh, fresh.first, NOON_MS + 2 * MINUTE, None)
    passes(fresh, fresh.second, NOON_MS + MINUTE, "p5")  # another gate
    browser = fresh.browser("checker1")

    text = browser.get("/trace/p1").text
    assert "钱*人" in text
    assert "钱路人" not in text
    assert "同一户" in text
    assert "另有 4 人次没有登记" in text
    assert "/trace/p4" not in text
    assert "/trace/p5" not in text
    assert "/trace/p4" in browser.get("/trace/p1?minutes=60").text
    assert "/trace/p3" not in browser.get("/trace/p1?minutes=10").text
    sheet = browser.get("/trace/p1/sheet")
    assert "钱*人" in sheet.text
    noted = [note.what for note in fresh.center.store.audit.latest(EVERYWHERE)]
    assert "查了行踪" in noted
    assert "下载了同时段人员表" in noted


def test_names_need_a_reason_and_the_right(fresh: District) -> None:
    knows(fresh, "p1", LISI)
    passes(fresh, fresh.first, NOON_MS, "p1")
    browser = fresh.browser("checker1")
    browser.get("/trace/p1")
    assert browser.post("/trace/p1/names", {"reason": ""}).status_code == 400
    assert LISI in browser.post("/trace/p1/names", {"reason": "流调第 3 组"}).text
    assert any("流调第 3 组" in note.what for note in fresh.center.store.audit.latest(EVERYWHERE))
    assert fresh.browser("checker2").get("/trace/p1").status_code == 404


def found(browser: Browser, words: str) -> str:
    """The page to which the search leads; its address tells nobody who was looked for."""
    where = browser.post("/trace", {"q": words}).headers["location"]
    assert words not in unquote(where)
    return str(browser.get(where).text)


def test_a_person_is_found_by_name_number_and_id(fresh: District) -> None:
    knows(fresh, "p1", LISI)
    browser = fresh.browser("checker1")
    for words in (LISI, "小明", "11010519491231002x", "p1"):
        text = found(browser, words)
        assert "/trace/p1" in text
        assert "王*明" in text
    assert "没有找到" in found(browser, "nobody")
    assert "/trace/p1" not in found(fresh.browser("checker2"), LISI)


def test_a_stepped_clock_hides_nobody(fresh: District) -> None:
    """The station's clock was put back an hour between two who passed together."""
    passes(fresh, fresh.first, NOON_MS, "p1")
    passes(fresh, fresh.first, NOON_MS + MINUTE, "p2")
    one, other = (
        fresh.center.store.passages.of_person(EVERYWHERE, person, 0, 2 * NOON_MS)[0]
        for person in ("p1", "p2")
    )
    assert is_near(one, other, 2 * MINUTE)
    from dataclasses import replace

    assert is_near(one, replace(other, own_ms=other.own_ms - 60 * MINUTE), 2 * MINUTE)
    assert is_near(one, replace(other, at_ms=other.at_ms + 60 * MINUTE), 2 * MINUTE)
    assert not is_near(one, replace(other, own_ms=0, at_ms=0), 2 * MINUTE)
    assert is_near(
        one, replace(other, own_ms=0, at_ms=one.at_ms + 9 * MINUTE, uncertainty_ms=8 * MINUTE), MINUTE
    )


def test_an_amended_passage_counts_once_with_its_last_result(fresh: District) -> None:
    first = passes(fresh, fresh.first, NOON_MS, "p1", severity=2)
    passes(fresh, fresh.first, NOON_MS + MINUTE, "p1", severity=0, amends=first)
    found = fresh.center.store.passages.of_person(EVERYWHERE, "p1", 0, 2 * NOON_MS)
    assert [(one.id, one.severity, one.amended) for one in found] == [(first, 0, True)]


def test_whoever_was_corrected_in_the_evening_was_not_at_the_gate_in_the_evening(fresh: District) -> None:
    """The admin corrects the morning's entries while others pass: neither's contacts are made up."""
    morning = passes(fresh, fresh.first, NOON_MS, "p1", severity=2)
    evening = NOON_MS + 8 * 60 * MINUTE
    passes(fresh, fresh.first, evening, "p2")
    passes(fresh, fresh.first, evening, "p1", severity=0, amends=morning)
    store = fresh.center.store.passages

    late = store.of_person(EVERYWHERE, "p2", 0, 2 * NOON_MS)
    assert store.near(late, 15 * MINUTE) == []
    assert store.of_person(EVERYWHERE, "p1", evening - MINUTE, 2 * NOON_MS) == []
    passes(fresh, fresh.first, NOON_MS + MINUTE, "p3")
    noon = store.of_person(EVERYWHERE, "p3", 0, 2 * NOON_MS)
    (first,) = [one for one in store.near(noon, 15 * MINUTE) if one.person_id == "p1"]
    assert (first.id, first.severity, first.amended) == (morning, 0, True)  # though said hours later


def made(
    district: District, format: str, folder: Path, *, masked: bool = True, branch: str = FIRST
) -> ExportJob:
    store, ms = district.center.store, district.center.clocks.ms
    from center.store.console_audit import Note

    job = ExportJob(new_id(), branch, format, DAY, DAY, masked, ms, "admin")
    store.export_jobs.add(job, Note(ms, "admin", "导出了日志", branch))
    export(Means(store, folder, None, lambda: ms, EVERYWHERE), job)
    done = store.export_jobs.get(EVERYWHERE, job.id)
    assert done is not None
    return done


@pytest.mark.both_databases
def test_a_correction_of_the_next_day_is_in_the_table_of_the_passage(fresh: District, tmp_path: Path) -> None:
    """Two gates, and one correction whose passage never came: that one stays on its own day."""
    first = passes(fresh, fresh.first, NOON_MS, "p1", severity=2)
    passes(fresh, fresh.first, NOON_MS + DAY_MS, "p1", severity=0, amends=first)
    other = passes(fresh, fresh.second, NOON_MS - DAY_MS, "p2", severity=1)
    passes(fresh, fresh.second, NOON_MS, "p2", severity=0, amends=other)
    passes(fresh, fresh.second, NOON_MS, "p3", amends=b"n" * 16)

    job = made(fresh, "csv", tmp_path / "files", branch="")
    rows = list(csv.DictReader(io.StringIO(Path(job.path).read_text("utf-8-sig"))))

    amended = [row["更正哪条"] for row in rows if row["更正哪条"]]
    assert sorted(amended) == sorted([first.hex(), (b"n" * 16).hex()])
    assert job.seen == job.total == len(rows)
    station, begin = fresh.first.station, NOON_MS - NOON_MS % DAY_MS
    found = list(fresh.center.store.records.between(station, begin, begin + DAY_MS))
    assert fresh.center.store.records.count(station, begin, begin + DAY_MS) == len(found)
    assert [one.amends for one in found if one.amends] == [first]


@pytest.mark.parametrize("masked", [True, False])
def test_a_file_has_the_entries_of_its_branch_alone(fresh: District, tmp_path: Path, masked: bool) -> None:
    knows(fresh, "p1", LISI)
    passes(fresh, fresh.first, NOON_MS, "p1", value_c=None) if False else passes(
        fresh, fresh.first, NOON_MS, "p1"
    )
    job = made(fresh, "csv", tmp_path / "files", masked=masked)

    assert (job.state, job.seen, job.total) == ("done", 4, 4)
    assert stat.S_IMODE(os.stat(job.path).st_mode) == 0o600
    rows = list(csv.reader(io.StringIO(Path(job.path).read_text("utf-8-sig"))))
    assert len(rows) == 5
    names = {row[rows[0].index("姓名")] for row in rows[1:]}
    assert names == {"", "王*明" if masked else LISI}
    assert {row[rows[0].index("所属")] for row in rows[1:]} == {FIRST}


def test_a_workbook_has_the_same(fresh: District, tmp_path: Path) -> None:
    job = made(fresh, "xlsx", tmp_path / "files", branch="")
    book = CalamineWorkbook.from_path(job.path)
    rows = book.get_sheet_by_index(0).to_python()
    assert len(rows) == 1 + 6
    assert rows[0][0] == "时间"
    assert job.bytes == Path(job.path).stat().st_size


def test_names_lie_in_no_other_folder_and_what_a_kill_left_goes_at_the_next_start(
    fresh: District, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, elsewhere = tmp_path / "files", tmp_path / "temporary"
    monkeypatch.setattr(tempfile, "tempdir", str(elsewhere))  # there is none: nothing can be put there
    kept = Path(made(fresh, "xlsx", folder, branch="").path)
    assert list(folder.iterdir()) == [kept]

    (folder / "1.part").write_text("names")
    (folder / "2.part").mkdir()
    (folder / "2.part" / "row").write_text("names")
    sweep(fresh.center.store, folder)
    sweep(fresh.center.store, tmp_path / "nowhere")

    assert list(folder.iterdir()) == [kept]


@pytest.mark.both_databases
def test_a_whole_file_that_no_job_knows_of_after_a_kill_goes_at_the_next_start(
    fresh: District, tmp_path: Path
) -> None:
    """Killed between the file's last name and the note that it is done: no page, no day would end it."""
    folder = tmp_path / "files"
    kept, lost = (made(fresh, "csv", folder, masked=False) for _ in range(2))
    with fresh.center.store.database.write() as connection:
        connection.run("UPDATE export_job SET state = 'running', path = '' WHERE id = ?", lost.id)
    (folder / "note.csv").write_text("somebody else's")

    sweep(fresh.center.store, folder)

    assert sorted(folder.iterdir()) == sorted([Path(kept.path), folder / "note.csv"])


@pytest.mark.both_databases
def test_a_file_whose_end_cannot_be_noted_does_not_stay(fresh: District, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    before = made(fresh, "csv", folder, masked=False)
    with fresh.center.store.database.write() as connection:  # so the next one that is done is refused
        connection.run("CREATE UNIQUE INDEX only_one_done ON export_job (state) WHERE state = 'done'")

    with pytest.raises(Exception, match=r"(?i)unique constraint"):
        made(fresh, "csv", folder, masked=False)

    assert list(folder.iterdir()) == [Path(before.path)]


def test_parquet_is_read_by_others(fresh: District, tmp_path: Path) -> None:
    job = made(fresh, "parquet", tmp_path / "files", branch="")
    content = Path(job.path).read_bytes()
    assert content.startswith(b"PAR1")
    assert content.endswith(b"PAR1")
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow, which reads Parquet, is not installed")
    table = parquet.read_table(job.path)
    assert table.num_rows == 6
    assert set(table.column("所属").to_pylist()) == {FIRST, SECOND}


@pytest.mark.both_databases
def test_an_export_is_asked_for_fetched_and_deleted_after_a_day(fresh: District) -> None:
    browser = fresh.browser("admin1")
    assert browser.post("/exports", {"branch": FIRST, "format": "csv", "first": DAY}).status_code == 303
    fresh.center.office.jobs.join()
    store = fresh.center.store
    job = next(one for one in store.export_jobs.all(EVERYWHERE) if one.state == "done")
    path = f"/exports/{job.id.hex()}/file"

    assert "写好了" in browser.get("/exports").text
    assert browser.get(path).content == Path(job.path).read_bytes()
    assert fresh.browser("admin2").get(path).status_code == 404
    clear(store, fresh.center.clocks.ms + KEPT_MS + 1)
    assert not Path(job.path).exists()
    assert browser.get(path).status_code == 404


def test_an_export_of_a_clock_that_was_ahead_is_not_kept_until_then(fresh: District, tmp_path: Path) -> None:
    job, store = made(fresh, "csv", tmp_path / "files", masked=False), fresh.center.store
    clear(store, fresh.center.clocks.ms - KEPT_MS)
    assert Path(job.path).exists()
    clear(store, fresh.center.clocks.ms - KEPT_MS - 1)
    assert not Path(job.path).exists(), "full names, for years"


@pytest.mark.parametrize("names", ["", "1"])
def test_a_street_is_not_given_the_names_that_the_district_may_know(fresh: District, names: str) -> None:
    """Somebody of the second street passed the first street's gate, and the district asked who."""
    add_person(fresh.center, "f" * 32, SECOND, PersonItem("resident", "欧阳春", "8-8-808"))
    passes(fresh, fresh.first, NOON_MS, "f" * 32)
    files = {}
    for name in ("admin", "admin1"):
        order = {"branch": FIRST, "format": "csv", "first": DAY, "names": names, "reason": "流调"}
        assert fresh.browser(name).post("/exports", order).status_code == 303
        fresh.center.office.jobs.join()
        (job,) = [one for one in fresh.center.store.export_jobs.of_state("done") if one.made_by == name]
        files[name] = f"/exports/{job.id.hex()}/file"
    whole, own = fresh.browser("admin"), fresh.browser("admin1")
    assert "欧" in whole.get(files["admin"]).text
    assert own.get(files["admin"]).status_code == 404
    assert files["admin"] not in own.get("/exports").text
    assert "欧" not in own.get(files["admin1"]).text
    assert whole.get(files["admin1"]).status_code == 200


def test_a_street_is_not_given_them_either_when_whoever_asked_has_lost_the_role(fresh: District) -> None:
    add_person(fresh.center, "f" * 32, SECOND, PersonItem("resident", "欧阳春", "8-8-808"))
    passes(fresh, fresh.first, NOON_MS, "f" * 32)
    fresh.add_user("tracer", "admin", "")
    order = {"branch": FIRST, "format": "csv", "first": DAY, "names": "1", "reason": "流调"}
    assert fresh.browser("tracer").post("/exports", order).status_code == 303
    fresh.center.office.jobs.join()
    (job,) = [one for one in fresh.center.store.export_jobs.of_state("done") if one.made_by == "tracer"]
    fresh.center.store.users.take_grant("tracer", "")
    assert fresh.browser("admin1").get(f"/exports/{job.id.hex()}/file").status_code == 404
    assert fresh.browser("admin").get(f"/exports/{job.id.hex()}/file").status_code == 200


def test_what_is_stopped_leaves_no_file(fresh: District, tmp_path: Path) -> None:
    store = fresh.center.store
    job = store.export_jobs.of_state("waiting")[0]
    browser = fresh.browser("admin1" if job.branch == FIRST else "admin2")
    browser.get("/exports")
    assert browser.post(f"/exports/{job.id.hex()}/cancel").status_code == 303
    export(Means(store, tmp_path / "files", None, lambda: 0, EVERYWHERE), job)

    assert list((tmp_path / "files").iterdir()) == []
    ended = store.export_jobs.get(EVERYWHERE, job.id)
    assert ended is not None
    assert ended.state == "cancelled"
    assert browser.post(f"/exports/{job.id.hex()}/cancel").status_code == 400


def test_what_nobody_works_at_any_more_has_failed(fresh: District) -> None:
    store = fresh.center.store
    clear(store, fresh.center.clocks.ms + STALE_MS + 1)
    assert {job.state for job in store.export_jobs.all(EVERYWHERE)} == {"failed"}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"format": "exe"}, "种类"),
        ({"first": "2022-04-15", "last": "2022-04-14"}, "最后一天"),
        ({"first": "someday"}, "日期看不懂"),
        ({"names": "1"}, "请写清为什么"),
    ],
)
def test_a_wrong_order_is_said_and_loses_nothing(
    district: District, fields: dict[str, str], words: str
) -> None:
    answer = district.browser("admin1").post("/exports", {"branch": FIRST, "format": "csv", **fields})
    assert answer.status_code == 400
    assert words in answer.text
    assert FIRST in answer.text


@pytest.mark.both_databases
def test_a_day_is_drawn(fresh: District) -> None:
    passes(fresh, fresh.first, NOON_MS, "p1", severity=1, reasons=())
    browser = fresh.browser("viewer1")
    text = browser.get(f"/reports?day={DAY}").text
    assert "<svg" in text
    assert "通行 3" in text
    assert "复核 1" in text
    assert browser.get(f"/reports/more?day={DAY}").status_code == 200
    assert "这一天没有人经过" in browser.get("/reports?day=2022-04-01").text


def test_bars_stay_in_the_plot_and_hold_every_passage() -> None:
    passed = [Passed(hour, hour % 3, hour % 2) for hour in range(24)]
    bars = hour_bars(passed, [f"{hour:02}" for hour in range(len(passed))])
    assert sum(bar.number for bar in bars) == sum(one.all for one in passed)
    assert all(0 <= bar.y <= HEIGHT and bar.y + bar.height <= HEIGHT + 0.2 for bar in bars)
    counts = Counter({300: 2, 365: 7, 366: 1, 450: 3})
    found = temperature_bars(counts)
    assert sum(bar.number for bar in found) == 13
    assert all(0 <= bar.x <= WIDTH for bar in found)


def test_a_record_that_cannot_be_read_is_explained_and_read_again(fresh: District) -> None:
    fresh.first.records.append(b"\x93\x01 broken")
    fresh.push(fresh.first, len(fresh.first.records))
    browser, number = fresh.browser("admin1"), len(fresh.first.records)
    path = f"/quarantine/{fresh.first.station.hex()}/7/{number}"

    text = browser.get("/quarantine").text
    assert path in text
    assert why("DecodeError") in text
    assert "93 01" in browser.get(path).text
    assert browser.post(path).status_code == 303  # still not understood
    assert path in browser.get("/quarantine").text
    with fresh.center.store.database.write() as connection:  # as an update of the center would understand it
        connection.run("UPDATE quarantine SET record = ? WHERE number = ?", record(77), number)
    assert browser.post("/quarantine").status_code == 303
    assert "没有，每一条都读懂了" in browser.get("/quarantine").text
    assert fresh.browser("duty1").get("/quarantine").status_code == 403


def test_every_error_of_the_projection_has_words() -> None:
    assert why("schema 9 is newer than this center; it waits for an update") == WHY[0][1]
    assert why("value_c is out of range") == WHY[2][1]
    assert why("anything") == WHY[-1][1]


def test_days_that_differ_name_the_numbers(fresh: District) -> None:
    from station.sync import bundle
    from station.sync.bundle import DayRun, Purpose, Reconciliation

    gate, keys = fresh.first, fresh.center.keys
    run = DayRun(7, 1, 5, 5, b"a", b"b")
    theirs = bundle.pack(Reconciliation(1, gate.station, DAY, NOON_MS, (run,)))
    theirs = bundle.pack(bundle.Signed(theirs, gate.sign(Purpose.RECONCILIATION, theirs)))
    mine = DayRun(7, 1, 5, 3, b"a", b"", (), ((4, 5),))
    ours = keys.signed(Purpose.RECONCILIATION, Reconciliation(1, gate.station, DAY, NOON_MS, (mine,)))
    store, day = fresh.center.store.reconciliations, NOON_MS // 86_400_000
    store.keep(gate.station, day, NOON_MS, bundle.pack(ours), theirs, False)
    store.keep(gate.station, day - 1, NOON_MS, bundle.pack(ours), b"forged", True)

    text = fresh.browser("viewer1").get("/reconciling").text
    assert "中心少第 4 到 5 号" in text
    assert "签名对不上" in text
    assert "和平东门" not in fresh.browser("viewer2").get("/reconciling").text


def test_all_are_read_again_also_those_that_the_page_has_no_room_for(
    fresh: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconciling, "MOST", 1)
    first = len(fresh.first.records) + 1
    fresh.first.records += [b"\x93\x01 broken", b"\x93\x02 broken"]
    fresh.push(fresh.first, first)
    browser = fresh.browser("admin1")
    assert "还有 1 条没有显示" in browser.get("/quarantine").text
    with fresh.center.store.database.write() as connection:  # what an update of the center understands
        sql = "UPDATE quarantine SET record = ? WHERE number = ?"
        connection.run(sql, record(78), first + 1)
    browser.post("/quarantine")

    assert [one.number for one in fresh.center.store.quarantined(fresh.first.station)] == [first]


def test_recheck_has_the_same_sign_in_the_report_as_at_the_gate(fresh: District) -> None:
    """◆ is of what is to be done today, beside it on the overview."""
    browser = fresh.browser("admin1")
    assert "▲ 复核 " in browser.get("/reports").text
