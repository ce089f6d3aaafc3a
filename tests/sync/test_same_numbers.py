"""One day of one gate, counted everywhere: whoever answers for it has one number, not six.

The gate has all that a day may bring; its center has what the gate sent. A day of the log, of the figures, of
the screen and of the center's pages, reports and files is the same day.
"""

from __future__ import annotations

import csv
import io
import json
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import msgspec
import pytest
from python_calamine import CalamineWorkbook

from center.api.call import Right
from center.console import passwords
from center.console.policy_trial import span_of
from center.exporting import TITLES, csv_lines, rows_of_day
from center.exports import Means
from center.exports import export as export_at_center
from center.scope import EVERYWHERE
from center.store.console_audit import Note
from center.store.export_jobs import ExportJob
from center.store.policies import new_id
from center.store.users import Grant
from station.app import load_policy
from station.cli import main
from station.core.audit import Audited, Event
from station.core.day_statistics import count
from station.core.entry import Entry, ReasonPart, amendment
from station.core.model import Direction
from station.core.moments import from_ms, to_ms
from station.core.operators import Who
from station.core.policy import NO_CODES
from station.core.reasons import Severity
from station.core.whatif import what_if
from station.duty_facts import Live, Where, draft
from station.duty_reports import report_handover
from station.exporting import Order, export
from station.journal.day_passages import read_day
from station.journal.entry_list import EntryList, Filter
from station.journal.erasing import erase, find_traces
from station.journal.handovers import Handovers
from station.journal.movements import Mover
from station.journal.outbox import OutboxWriter
from station.journal.people import People, Person
from station.journal.reader import Reader
from station.journal.reports import to_send
from station.log_words import LogWords
from station.policy_desk import try_out
from tests.center.console.browser import PASSWORD, Browser
from tests.center.office import QUICK_HASHER
from tests.journal.samples import NOON, passage
from tests.sync.district import District, district

ZONE = timezone(timedelta(hours=8))
DAY, ONE = date(2022, 4, 1), timedelta(days=1)
MIDNIGHT = datetime(2022, 4, 1, tzinfo=ZONE)
PASS, RECHECK, STOP = Severity
Numbers = tuple[int, int, int]  # passed, rechecked, stopped


@dataclass
class Day:
    """`at` is by the gate's clock, hours of the day; what it does is written as the lane would."""

    place: District
    numbers: int = 0

    def at(self, hour: float) -> None:
        """Both clocks: the gate's is right."""
        self.place.clock.wall = (MIDNIGHT + timedelta(hours=hour)).astimezone(UTC)
        self.place.center.clocks.ms = int(self.place.clock.wall.timestamp() * 1000)

    def passes(
        self, hour: float, severity: Severity = PASS, way: Direction = Direction.IN, **more: object
    ) -> Entry:
        self.at(hour)
        made = passage(severity, at=self.place.clock.now(), direction=way)
        held = {"reasons": (ReasonPart("temperature_high", severity),)} if severity else {}
        entry = msgspec.structs.replace(made, **held | more)
        self.numbers += 1
        key = str(more.get("person_id") or f"code {self.numbers}")
        stored = self.place.journal.append(entry, key.encode(), mover=Mover(key))
        return stored.entry

    def corrects(self, hour: float, first: Entry, to: Severity) -> None:
        """An operator's word (F8)."""
        self.at(hour)
        with Reader.open(self.place.folder) as reader:
            stored = reader.by_id(first.id)
        assert stored
        made = amendment(
            stored,
            to,
            id=self.numbers.to_bytes(16, "little"),
            at=self.place.clock.now(),
            mono=1.0,
            boot="boot",
        )
        self.numbers += 1
        self.place.journal.append(made)

    def measures_again(self, hour: float, first: Entry, to: Severity) -> None:
        self.at(hour)
        made = passage(to, at=self.place.clock.now())
        self.place.journal.append(msgspec.structs.replace(made, amends=first.id))

    def sync(self) -> None:
        talk = self.place.up()
        while talk.turn() <= 0:
            continue


def live(day: Day) -> None:
    """The day: 14 passages of it, and one of the day before and one of the day after."""
    People(day.place.journal).add([Person("p1", "张小强", "3-2-501", "resident")], as_of=NOON)
    day.passes(-0.5)
    day.passes(0.5)  # half an hour after midnight
    resident = day.passes(8, person_id="p1")
    day.passes(9, way=Direction.OUT, person_id="p1")
    warm = day.passes(9.5, RECHECK)
    day.measures_again(9.6, warm, PASS)
    day.sync()
    stopped = day.passes(10, STOP)
    day.passes(10.1, STOP)
    day.corrects(11, stopped, PASS)
    day.corrects(11.5, stopped, STOP)
    day.corrects(11.6, stopped, PASS)
    day.passes(12, lane="2", direction="out")
    let_in = day.passes(12.1, lane="2")
    day.passes(13, closing="no_claim")  # without a code
    assert resident.temperature
    hundredths = [msgspec.structs.replace(resident.temperature, value_c=one) for one in (36.65, 36.45)]
    day.passes(14, policy=f"open 1{NO_CODES}", temperature=hundredths[0])  # between two tenths
    day.passes(15, emulated=True, temperature=hundredths[1])
    day.sync()
    day.corrects(16, let_in, STOP)
    fork(day)
    day.passes(17, person_id="visitor")
    day.passes(18, way=Direction.OUT, person_id="visitor")
    late = day.passes(23.9, RECHECK)
    assert resident.id != late.id
    day.sync()
    day.measures_again(24.1, late, STOP)  # after midnight
    day.passes(24.2)
    day.sync()
    journal = day.place.journal
    traces = find_traces(journal.connection, journal.vault, "p1")
    erase(journal, traces, Event(Audited.ERASED, Who("1001"), note="本人书面申请"), now=NOON, zone=ZONE)


def fork(day: Day) -> None:
    """The center has another record behind the first twelve: a copy of the disk was there before."""
    place = day.place
    with Reader.open(place.folder) as reader:
        head = reader.head()
    OutboxWriter(place.journal, place.clock.now).fork(head.incarnation, head.number - 3)


EXPECTED: Numbers = (11, 0, 3)
EXPECTED_BY_RULES: Numbers = (11, 0, 3)  # what somebody said by hand is no rule's


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    with district(tmp_path_factory.mktemp("day")) as place:
        made = Day(place)
        made.at(-1)
        place.enrol()
        live(made)
        yield made


@pytest.fixture
def china(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Commands take a day of the PC's zone."""
    monkeypatch.setenv("TZ", "CST-8")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def three(counts: dict[int, int] | Counter[int] | dict[Severity, int]) -> Numbers:
    return counts.get(PASS, 0), counts.get(RECHECK, 0), counts.get(STOP, 0)


# --- at the gate ---------------------------------------------------------------------------------


def test_the_screen_of_the_gate(day: Day) -> None:
    with Reader.open(day.place.folder) as reader:
        assert three(reader.counts(DAY, ZONE)) == EXPECTED


def test_the_figures_of_the_day(day: Day) -> None:
    made = count(read_day(day.place.folder, DAY, ZONE))
    assert three(made.verdicts) == EXPECTED
    assert (made.corrected, made.emulated, made.held) == (4, 1, 2)
    for parts in (made.by_hour, made.by_direction, made.by_place, made.by_duty):
        assert three(sum(parts.values(), Counter())) == EXPECTED


@pytest.mark.usefixtures("china")
def test_the_command_of_figures(day: Day, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--day", DAY.isoformat(), "--json", "--data", str(day.place.folder)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert tuple(told["verdicts"].values()) == EXPECTED
    assert told["passages"] == sum(EXPECTED)


def test_the_list_of_past_entries(day: Day) -> None:
    listed = EntryList(day.place.journal)
    assert tuple(len(listed.places(Filter(DAY, one), ZONE)) for one in Severity) == EXPECTED
    assert len(listed.places(Filter(DAY), ZONE)) == sum(EXPECTED)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "pdf"])
def test_the_exported_log(day: Day, tmp_path: Path, ending: str, qapp: object) -> None:
    path, words = tmp_path / f"day.{ending}", LogWords()
    vault = day.place.journal.vault
    made = export(day.place.folder, vault, Order(DAY, DAY, ZONE, "东门", "zh"), path, words, now=NOON)
    assert three(made.summary.verdicts) == EXPECTED
    assert tuple(made.claims.counts.values()) == EXPECTED
    assert (made.claims.rows, made.summary.corrected, made.summary.emulated) == (sum(EXPECTED), 4, 1)
    if ending != "pdf":
        column = 4
        rows = rows_of(path)
        said = Counter(row[column] for row in rows)
        assert tuple(said[words.verdict(one)] for one in Severity) == EXPECTED


def rows_of(path: Path) -> Sequence[Sequence[object]]:
    rows: Sequence[Sequence[object]]
    if path.suffix == ".xlsx":
        book = CalamineWorkbook.from_path(str(path))
        rows = book.get_sheet_by_index(0).to_python()
    else:
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    return [row for row in rows if row and str(row[0]).removesuffix(".0").isdigit()]


def test_the_reasons_of_log_and_figures(day: Day, tmp_path: Path) -> None:
    order = Order(DAY, DAY, ZONE, "东门", "zh")
    made = export(
        day.place.folder, day.place.journal.vault, order, tmp_path / "day.csv", LogWords(), now=NOON
    )
    figures = count(read_day(day.place.folder, DAY, ZONE))
    assert dict(made.summary.reasons) == dict(figures.reasons)
    assert {hour: three(some) for hour, some in made.summary.hours.items()} == {
        hour: three(some) for hour, some in figures.by_hour.items()
    }


# --- at the center -------------------------------------------------------------------------------


def browser(day: Day) -> Browser:
    center = day.place.center
    if not any(one.name == "admin" for one in center.store.users.all(EVERYWHERE)):
        center.store.users.add(
            "admin", shown="admin", password=passwords.kept(PASSWORD, QUICK_HASHER),
            grants=[Grant("", "admin")], now_ms=center.clocks.ms, must_change=False,
        )  # fmt: skip
    made = Browser(center.client.app)
    center.clocks.mono += 3600
    assert made.sign_in("admin").status_code == 303
    return made


def test_the_hours_at_the_center(day: Day) -> None:
    store, span = day.place.center.store, span_of(DAY, ZONE)
    assert told(store.gates.passed(*span)[day.place.station]) == EXPECTED
    hours = store.gates.hours(day.place.station, *span)
    figures = count(read_day(day.place.folder, DAY, ZONE))
    begin = span[0] // 3_600_000
    assert {hour - begin: told(one) for hour, one in hours.items()} == {
        hour: three(some) for hour, some in figures.by_hour.items()
    }


def test_the_temperatures_of_both_ends(day: Day) -> None:
    """An instrument tells hundredths: each passage is in the same tenth wherever it is counted."""
    figures = count(read_day(day.place.folder, DAY, ZONE))
    store, stations = day.place.center.store.statistics, [day.place.station]
    assert store.temperatures(stations, *span_of(DAY, ZONE)) == figures.readings.tenths


def test_a_resident_with_a_fever_is_counted_at_both_ends_as_held_for_the_fever_alone(tmp_path: Path) -> None:
    """Nobody is held because they live here or were tested negative."""
    said = [("person_known", PASS), ("test_negative", PASS), ("temperature_high", RECHECK)]
    with district(tmp_path) as place:
        day = Day(place)
        day.at(0)
        place.enrol()
        day.passes(9, RECHECK, reasons=tuple(ReasonPart(code, severity) for code, severity in said))
        day.sync()
        at_center = place.center.store.statistics.reasons([place.station], *span_of(DAY, ZONE))
        assert at_center == count(read_day(place.folder, DAY, ZONE)).reasons == {"temperature_high": 1}


def test_the_temperatures_of_log_and_figures(day: Day, tmp_path: Path) -> None:
    order, words = Order(DAY, DAY, ZONE, "东门", "zh"), LogWords()
    path = tmp_path / "day.csv"
    export(day.place.folder, day.place.journal.vault, order, path, words, now=NOON)
    printed = Counter(cell for row in rows_of(path) for cell in row if re.fullmatch(r"3\d\.\d", str(cell)))
    figures = count(read_day(day.place.folder, DAY, ZONE))
    assert printed == {f"{tenths / 10:.1f}": times for tenths, times in figures.readings.tenths.items()}


def told(one: object) -> Numbers:
    return one.passed, one.rechecked, one.stopped  # type: ignore[attr-defined]


def test_the_report_of_the_center(day: Day) -> None:
    seen = browser(day)
    text = seen.get(f"/reports?branch=&day={DAY}").text
    assert numbers_in(text) == EXPECTED
    more = seen.get(f"/reports/more?branch=&day={DAY}").text
    figures = count(read_day(day.place.folder, DAY, ZONE))
    assert f"体温分布：{figures.readings.count} 人量了" in more
    times = [int(one) for one in re.findall(r'<td class="number">(\d+)</td>', more)]
    assert sorted(times) == sorted(figures.reasons.values())


def numbers_in(text: str) -> Numbers:
    found = [re.search(rf"{word} (\d+)", text) for word in ("通行", "复核", "禁止")]
    passed, rechecked, stopped = (int(one.group(1)) for one in found if one)
    return passed, rechecked, stopped


def test_the_pages_of_the_center_while_the_day_lasted(day: Day) -> None:
    center, now = day.place.center, day.place.clock.wall
    day.at(23.99)
    try:
        seen = browser(day)
        assert numbers_in(seen.get(f"/gates/{day.place.station.hex()}").text) == EXPECTED
        boxes = dict(re.findall(r"<dt>(今天通行|复核|禁止)</dt><dd>(\d+)</dd>", seen.get("/").text))
        assert tuple(map(int, boxes.values())) == EXPECTED
    finally:
        day.place.clock.wall, center.clocks.ms = now, int(now.timestamp() * 1000)


def test_the_tables_of_the_center(day: Day, tmp_path: Path) -> None:
    store = day.place.center.store
    lines = csv_lines(rows_of_day(store, DAY, ZONE), TITLES.split())
    rows = list(csv.DictReader(io.StringIO(b"".join(lines).decode("utf-8-sig"))))
    assert came_to(rows, ("pass", "recheck", "stop")) == EXPECTED
    assert came_to(exported_at_center(day, tmp_path), ("通行", "复核", "禁止")) == EXPECTED


def test_the_workbook_of_the_center(day: Day, tmp_path: Path) -> None:
    path = file_of_center(day, tmp_path, "xlsx")
    titles, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    named = [dict(zip(map(str, titles), map(str, row), strict=True)) for row in rows]
    assert came_to(named, ("通行", "复核", "禁止")) == EXPECTED


def test_the_days_of_the_api(day: Day) -> None:
    """They are of UTC: two of them hold a day of China, and the corrections of the next morning."""
    center = day.place.center
    ms, note = center.clocks.ms, Note(center.clocks.ms, "admin", "发了接口令牌", "")
    rights = [right.value for right in Right]
    _, token = center.store.tokens.make("街道", "", rights, expires_ms=ms + 10**9, now_ms=ms, note=note)
    found: list[dict[str, str]] = []
    begin, end = span_of(DAY, ZONE)
    for one in (DAY - ONE, DAY):
        answer = center.client.get(
            f"/api/v1/entries?day={one}", headers={"Authorization": f"Bearer {token}"}
        ).json()
        assert answer["next"] is None
        found += answer["entries"]
    ours = {one["id"] for one in found if not one["amends"] and begin <= int(one["at_ms"]) < end}
    rows = [
        {"编号": one["id"], "结果": one["verdict"], "更正哪条": one["amends"] or ""}
        for one in sorted(found, key=lambda one: int(one["at_ms"]))
        if one["id"] in ours or one["amends"] in ours
    ]
    assert came_to(rows, ("PASS", "RECHECK", "STOP")) == EXPECTED


def exported_at_center(day: Day, folder: Path) -> list[dict[str, str]]:
    path = file_of_center(day, folder, "csv")
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def file_of_center(day: Day, folder: Path, format: str) -> Path:
    store, ms = day.place.center.store, day.place.center.clocks.ms
    job = ExportJob(new_id(), "", format, DAY.isoformat(), DAY.isoformat(), True, ms, "admin")
    store.export_jobs.add(job, Note(ms, "admin", "导出了日志", ""))
    export_at_center(Means(store, folder, ZONE, lambda: ms, EVERYWHERE), job)
    done = store.export_jobs.get(EVERYWHERE, job.id)
    assert done
    return Path(done.path)


def came_to(rows: Sequence[dict[str, str]], words: tuple[str, str, str]) -> Numbers:
    """As whoever has only this file would count: a row that corrects another takes its place."""
    final = {row["编号"]: row["结果"] for row in rows if not row["更正哪条"]}
    for row in rows:
        if row["更正哪条"]:
            final[row["更正哪条"]] = row["结果"]
    said = Counter(final.values())
    return said[words[0]], said[words[1]], said[words[2]]


# --- of a shift ----------------------------------------------------------------------------------


def test_the_sheet_of_the_shift_and_what_the_center_has_of_it(day: Day) -> None:
    """The shift ends at midnight: what is measured again ten minutes later stands as it was."""
    journal = day.place.journal
    now = MIDNIGHT + timedelta(hours=24)
    where = Where("东门", "1", load_policy("open"), 4.0, ZONE)
    sheet = draft(journal, where, Live(), (), now, "")
    begun = from_ms(sheet.began_ms).astimezone(ZONE)
    assert (begun, sheet.known) == (MIDNIGHT, False)
    figures = [one for one in read_day(day.place.folder, DAY, ZONE)]
    assert sheet.counts.total == len(figures) == sum(EXPECTED)
    assert (sheet.counts.passed, sheet.counts.rechecked, sheet.counts.stopped) == (11, 1, 2)
    ways = Counter(one.direction for one in figures if one.stands == PASS)
    assert (sheet.counts.came_in, sheet.counts.went_out) == (ways["in"], ways["out"])

    Handovers(journal).hand_over(sheet, Who(), "老张", now)
    kept = Handovers(journal).waiting()
    assert kept
    report_handover(journal, kept, now)
    store = day.place.center.store.reports
    store.take(day.place.station, "", to_send(journal.connection, journal.vault), to_ms(now))
    kinds = store.read("handover", [day.place.station])
    numbers = [dict(one.body.counts) for one in kinds]
    assert [(one["pass"], one["recheck"], one["stop"]) for one in numbers] == [(11, 1, 2)]


def test_the_sheet_and_the_command_have_the_same_people_inside(
    day: Day, capsys: pytest.CaptureFixture[str]
) -> None:
    where = Where("东门", "1", load_policy("open"), 4.0, ZONE)
    sheet = draft(day.place.journal, where, Live(), (), day.place.clock.now(), "")
    assert main(["inside", "--json", "--data", str(day.place.folder)]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    by_home = Counter(one["lives_here"] for one in lines)
    assert (by_home[True], by_home[False]) == (sheet.residents_inside, sheet.count("others"))
    came_and_went = {"visitor", "p1"}
    assert lines
    assert not came_and_went & {one["subject"] for one in lines}


# --- a clock that is wrong -----------------------------------------------------------------------


def test_where_a_wrong_clock_makes_two_numbers_both_pages_say_why(tmp_path: Path) -> None:
    """At 22:00 the gate's PC says 2:00 of tomorrow: its log, and the table, have the passage tomorrow."""
    with district(tmp_path) as place:
        gate = Day(place)
        gate.at(20)
        place.enrol()
        gate.at(22)
        place.clock.wall += timedelta(hours=4)
        place.record()
        gate.sync()
        store = place.center.store
        assert told(store.gates.passed(*span_of(DAY, ZONE))[place.station]) == (1, 0, 0)
        assert count(read_day(place.folder, DAY, ZONE)).passages == 0
        assert list(rows_of_day(store, DAY, ZONE)) == []
        assert len(list(rows_of_day(store, DAY + ONE, ZONE))) == 1

        seen = browser(gate)
        for path in (f"/reports/more?branch=&day={DAY}", "/exports"):
            text = seen.get(path).text
            assert "按大门电脑的时间" in text
            assert "人次按中心的时间" in text


# --- what is compared ----------------------------------------------------------------------------


def test_no_record_is_missing_and_none_is_there_twice(day: Day) -> None:
    with Reader.open(day.place.folder) as reader:
        ours = {one.entry.id for some in range(-1, 2) for one in reader.day(DAY + some * ONE, ZONE)}
    with day.place.center.store.database.read() as connection:
        theirs = [bytes(id) for (id,) in connection.rows("SELECT id FROM entry")]
    assert sorted(theirs) == sorted(ours)


# --- a draft is tried ----------------------------------------------------------------------------


def test_a_draft_is_tried_on_the_passages_of_the_day_at_both_ends(day: Day) -> None:
    """Nobody twice, and whoever was measured again behind midnight as what they came to."""
    _, here = try_out(day.place.folder, load_policy("controlled"), DAY, ZONE)
    store, span = day.place.center.store, span_of(DAY, ZONE)
    there = what_if(store.records.between(day.place.station, *span), load_policy("controlled"))

    for tried in (here, there):
        assert (tried.judged, tried.unexplained) == (sum(EXPECTED), 0)
        assert three(Counter(then for then, _ in tried.counts.elements())) == EXPECTED_BY_RULES
    assert here.counts == there.counts
    assert store.records.count(day.place.station, *span) == sum(EXPECTED) + 6
