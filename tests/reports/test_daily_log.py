"""The daily log as files: what the sub-district reads, and what happens to who changes it on the way."""

from __future__ import annotations

import csv
import io
import os
import re
import sqlite3
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
import pyzipper
from hypothesis import example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from station.core.audit import Audited, Event
from station.core.formulas import FORMULA_STARTS
from station.core.model import Severity
from station.export_check import Checked, Trouble, check_file
from station.exporting import Cancelled, Exported, ExportError, Order, export
from station.journal.connection import FILE_NAME
from station.journal.entries import Journal
from station.journal.erasing import NotInRosterError, erase, find_traces
from station.journal.errors import JournalError
from station.journal.people import People, Person
from station.log_words import LogWords
from station.reports.log_lines import guarded, line_of, unguarded
from station.reports.log_table import COLUMNS, Filter
from station.ui import export_words
from tests.journal import test_pruning
from tests.journal.samples import NOON, correction, open_journal, passage
from tests.reports.paper import printed, words

DAY = date(2022, 4, 1)
ORDER = Order(DAY, DAY, UTC, "东门", "zh")
PASS, RECHECK, STOP = Severity.PASS, Severity.RECHECK, Severity.STOP


class Gate:
    """A gate after its morning: five passages, the second corrected, one of somebody in the roster."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.journal = open_journal(folder)
        wang = Person("wang", "王小英", "3-2-501", "resident")
        People(self.journal).add([wang], as_of=NOON)
        for minute, severity in enumerate((PASS, RECHECK, PASS, STOP, PASS)):
            entry = passage(severity, at=NOON + timedelta(minutes=minute))
            if minute == 2:
                entry = msgspec.structs.replace(entry, person_id="wang")
            self.journal.append(entry)
            if minute == 1:
                self.journal.append(correction(entry, PASS))
        self.journal.append(passage(at=NOON + timedelta(days=1)))

    def export(self, name: str, order: Order = ORDER) -> Exported:
        return export(
            self.folder,
            self.journal.vault,
            order,
            self.folder / name,
            LogWords(),
            now=NOON + timedelta(hours=9),
        )

    def check(self, path: Path) -> Checked:
        return check_file(path, self.folder, UTC, lambda _: LogWords(), [self.journal.vault.public_key])


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    gate = Gate(tmp_path)
    yield gate
    gate.journal.close()


def rows(path: Path) -> list[list[str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def column(path: Path, name: str) -> list[str]:
    return [row[COLUMNS.index(name)] for row in rows(path)[1:-1]]


def test_a_day_holds_what_is_true_now_and_marks_what_was_corrected(gate: Gate) -> None:
    path = gate.export("day.csv").path

    assert path.read_bytes().startswith(b"\xef\xbb\xbf")  # Excel reads Chinese only with it
    assert column(path, "number") == ["1", "2", "4", "5", "6"]  # 3 is the correction of 2
    assert column(path, "verdict") == ["通行", "通行", "通行", "禁止", "通行"]
    assert column(path, "correction") == ["", "原来：复核", "", "", ""]
    assert column(path, "temperature") == ["36.5"] * 5


@pytest.mark.parametrize("content", [b"", b"\xdc", b"\x93\x01\x02\x03"], ids=["empty", "cut", "other"])
def test_an_entry_that_cannot_be_read_is_named_and_there_is_no_file(gate: Gate, content: bytes) -> None:
    change = "UPDATE entry SET record = ? WHERE number = 4"
    with closing(sqlite3.connect(gate.folder / FILE_NAME, isolation_level=None)) as thief:
        thief.execute("DROP TRIGGER entry_is_never_changed")
        thief.execute(change, (content,))

    with pytest.raises(JournalError, match="entry 4 cannot be read"):
        gate.export("day.csv")
    assert not (gate.folder / "day.csv").exists()


def test_of_two_corrections_the_later_one_counts(gate: Gate) -> None:
    entry = passage(at=NOON + timedelta(hours=1))
    gate.journal.append(entry)
    for severity in (STOP, RECHECK):
        gate.journal.append(correction(entry, severity))

    assert column(gate.export("day.csv").path, "verdict")[-1] == "复核"


def test_names_are_masked_unless_asked_for(gate: Gate) -> None:
    assert column(gate.export("day.csv").path, "name")[2] == "王*英"
    assert column(gate.export("clear.csv", replace(ORDER, masked=False)).path, "name")[2] == "王小英"


@pytest.mark.parametrize(
    ("chosen", "numbers"),
    [
        (Filter(frozenset({STOP})), ["5"]),
        (Filter(frozenset({PASS})), ["1", "2", "4", "6"]),  # 2 was corrected to PASS
        (Filter(categories=frozenset({"resident"})), ["4"]),
        (Filter(house="3-2"), ["4"]),
        (Filter(house="3-25"), []),
        (Filter(instruments=frozenset({"COM3"})), ["1", "2", "4", "5", "6"]),
        (Filter(instruments=frozenset({"COM4"})), []),
    ],
)
def test_only_what_is_wanted(gate: Gate, chosen: Filter, numbers: list[str]) -> None:
    made = gate.export("day.csv", replace(ORDER, chosen=chosen))

    assert column(made.path, "number") == numbers
    assert made.claims.rows == len(numbers)
    assert gate.check(made.path).ok


def test_a_sheet_has_numbers_times_and_temperatures_not_texts(gate: Gate) -> None:
    book = CalamineWorkbook.from_path(str(gate.export("day.xlsx").path))
    log = book.get_sheet_by_name("出入记录").to_python()
    first = dict(zip(COLUMNS, log[1], strict=True))

    assert first["number"] == 1.0
    assert first["at"] == datetime(2022, 4, 1, 12, 0)  # noqa: DTZ001 - a sheet has no zones
    assert first["temperature"] == 36.5
    assert first["verdict"] == "通行"
    totals = {row[0]: row[1] for row in book.get_sheet_by_name("汇总").to_python()}
    assert (totals["人次"], totals["通行"], totals["其中更正过"]) == (5.0, 4.0, 1.0)


def test_a_log_on_paper_begins_with_its_summary(gate: Gate) -> None:
    made = gate.export("day.pdf")

    assert made.path.read_bytes().startswith(b"%PDF-")
    assert made.claims.rows == 5


def test_the_name_of_a_gate_does_not_run_into_the_chart_beside_it(gate: Gate) -> None:
    name = "幸福里小区第七居民委员会东南侧地下车库人行小门（临时，夜里不开，走北门）"
    page = printed(gate.export("gate.pdf", replace(ORDER, gate=name)).path, dpi=100)[0]
    between = page[round(38 / 25.4 * 100) : round(49 / 25.4 * 100), round(128 / 25.4 * 100)]
    assert between.min() > 200


def test_what_one_line_does_not_hold_stands_on_two_on_paper(gate: Gate) -> None:
    guest = Person("long", "买买提阿卜杜热合曼", "临时安置点-2-501", "resident")
    People(gate.journal).add([guest], as_of=NOON)
    entry = passage(at=NOON + timedelta(hours=1))
    gate.journal.append(msgspec.structs.replace(entry, person_id="long"))

    said = words(gate.export("long.pdf", replace(ORDER, masked=False)).path)

    assert "阿卜杜" in said
    assert "合曼" in said
    assert "2-501" in said
    assert "…" not in said


@pytest.mark.parametrize("name", ["day.csv", "day.xlsx"])
def test_an_exported_file_is_known_again_also_after_the_gate_went_on(gate: Gate, name: str) -> None:
    made = gate.export(name)
    late = gate.journal.append(passage(STOP, at=NOON + timedelta(hours=1)))
    gate.journal.append(correction(late.entry, RECHECK))

    assert gate.check(made.path).ok


def changed(texts: list[bytes]) -> list[bytes]:
    texts[2] = texts[2].replace("通行".encode(), "禁止".encode())
    return texts


def warmer(texts: list[bytes]) -> list[bytes]:
    texts[2] = texts[2].replace(b"36.5", b"38.5")
    return texts


def renamed(texts: list[bytes]) -> list[bytes]:
    texts[3] = texts[3].replace("王*英".encode(), "李*英".encode())
    return texts


def dropped(texts: list[bytes]) -> list[bytes]:
    del texts[2]
    return texts


def swapped(texts: list[bytes]) -> list[bytes]:
    texts[2], texts[3] = texts[3], texts[2]
    return texts


def replayed(texts: list[bytes]) -> list[bytes]:
    texts.insert(3, texts[2])
    return texts


def cut_off(texts: list[bytes]) -> list[bytes]:
    return texts[:4]


def reclaimed(texts: list[bytes]) -> list[bytes]:
    texts[-1] = texts[-1].replace(b'""rows"":5', b'""rows"":4')
    return texts


@pytest.mark.parametrize(
    ("deed", "trouble", "number"),
    [
        (changed, Trouble.CHANGED, "2"),
        (warmer, Trouble.CHANGED, "2"),
        (dropped, Trouble.MISSING, "2"),
        (swapped, Trouble.ORDER, ""),
        (replayed, Trouble.EXTRA, "2"),
        (cut_off, Trouble.NOT_OURS, ""),
        (reclaimed, Trouble.SIGNATURE, ""),
    ],
)
def test_whoever_changes_the_file_is_found(
    gate: Gate, deed: Callable[[list[bytes]], list[bytes]], trouble: Trouble, number: str
) -> None:
    path = gate.export("day.csv").path
    path.write_bytes(b"".join(deed(path.read_bytes().splitlines(keepends=True))))

    found = gate.check(path).findings

    assert (trouble, number) in {(one.what, one.number) for one in found}


def test_a_changed_name_is_found_though_the_journal_does_not_keep_names(gate: Gate) -> None:
    path = gate.export("day.csv").path
    path.write_bytes(b"".join(renamed(path.read_bytes().splitlines(keepends=True))))

    assert [one.what for one in gate.check(path).findings] == [Trouble.PERSONAL]


def test_a_file_of_another_gate_is_not_taken_for_ours(gate: Gate, tmp_path: Path) -> None:
    other = Gate(tmp_path / "west")
    try:
        found = gate.check(other.export("day.csv").path).findings
    finally:
        other.journal.close()

    assert {one.what for one in found} >= {Trouble.SIGNATURE}


def test_who_does_not_wait_leaves_no_half_file(gate: Gate) -> None:
    def stop(done: int, most: int) -> None:
        raise Cancelled

    before = set(gate.folder.iterdir())
    with pytest.raises(Cancelled):
        export(
            gate.folder,
            gate.journal.vault,
            ORDER,
            gate.folder / "day.csv",
            LogWords(),
            now=NOON,
            progress=stop,
        )

    assert set(gate.folder.iterdir()) == before


def test_a_file_of_another_kind_is_refused_before_anything_is_written(gate: Gate) -> None:
    with pytest.raises(ExportError):
        gate.export("day.docx")


def test_of_a_pdf_the_claims_are_checked_and_what_was_not_is_said(gate: Gate) -> None:
    path = gate.export("day.pdf").path
    checked = gate.check(path)
    assert (checked.ok, checked.on_paper, checked.claims and checked.claims.rows) == (True, True, 5)
    assert "PDF" in export_words.agrees(5, on_paper=True, gone=False)

    path.write_bytes(path.read_bytes()[:-600])
    assert gate.check(path).ok, "the attachment is whole; what is printed is not compared"
    path.write_bytes(path.read_bytes()[:200])
    assert [one.what for one in gate.check(path).findings] == [Trouble.NOT_OURS]


def test_a_pdf_of_another_gate_is_not_taken_for_ours(gate: Gate, tmp_path: Path) -> None:
    other = Gate(tmp_path / "other")
    path = other.export("day.pdf").path
    other.journal.close()
    assert [one.what for one in gate.check(path).findings] == [Trouble.SIGNATURE]


@pytest.mark.parametrize("name", ["year.csv", "year.xlsx", "year.pdf"])
def test_of_entries_that_left_the_journal_the_signature_is_checked(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "station"
    with open_journal(folder) as journal:
        _pruned_year(journal, folder, tmp_path / name)


def _pruned_year(journal: Journal, folder: Path, path: Path) -> None:
    days = test_pruning.a_year(journal)
    order = replace(ORDER, first=days.date(), last=NOON.date())
    made = export(folder, journal.vault, order, path, LogWords(), now=NOON)
    assert test_pruning.prune(journal) == 10

    def look() -> Checked:
        return check_file(made.path, folder, UTC, lambda _: LogWords(), [journal.vault.public_key])

    checked = look()
    assert checked.ok, checked.findings
    assert checked.gone
    if path.suffix == ".csv":
        made.path.write_bytes(made.path.read_bytes().replace(b"36.5", b"38.5", 1))
        assert [one.what for one in look().findings] == [Trouble.SOMEWHERE]


def test_an_encrypted_file_opens_with_its_password_only(gate: Gate) -> None:
    path = gate.export("day.csv.zip", replace(ORDER, password="1234")).path

    with pyzipper.AESZipFile(path) as archive:
        with pytest.raises(RuntimeError):
            archive.read("day.csv")
        archive.setpassword(b"1234")
        assert "王*英" in archive.read("day.csv").decode("utf-8-sig")
    assert "王*英".encode() not in path.read_bytes()


@example("＝1+1")
@example("＋1")
@example("－1")
@example("＠x")
@given(st.text())
def test_no_text_is_a_formula_and_reading_it_back_is_exact(text: str) -> None:
    safe = guarded(text)
    plain = guarded(unguarded(safe))

    assert not safe.startswith(FORMULA_STARTS)
    assert plain == safe


@given(st.lists(st.text(), min_size=2, max_size=6))
def test_a_line_reads_back_as_its_cells(cells: list[str]) -> None:
    made = line_of(map(guarded, cells))
    [back] = csv.reader(io.StringIO(made, newline=""))

    assert [unguarded(cell) for cell in back] == [unguarded(guarded(cell)) for cell in cells]


def sheet_of(path: Path) -> str:
    with zipfile.ZipFile(path) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


def rewritten(path: Path, deed: Callable[[str], str]) -> None:
    """The workbook with another first sheet."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    parts["xl/worksheets/sheet1.xml"] = deed(parts["xl/worksheets/sheet1.xml"].decode()).encode()
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)


def test_the_header_of_a_sheet_stays_and_can_be_filtered(gate: Gate) -> None:
    sheet = sheet_of(gate.export("day.xlsx").path)

    assert 'ySplit="1"' in sheet
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:R6"/>' in sheet


@pytest.mark.parametrize(
    ("deed", "trouble", "number"),
    [
        (lambda sheet: sheet.replace(">36.5<", ">38.5<", 1), Trouble.CHANGED, "1"),
        (lambda sheet: re.sub(r'<row r="3".*?</row>', "", sheet), Trouble.MISSING, "2"),
        (
            lambda sheet: re.sub(r'(<row r="3".*?</row>)(<row r="4".*?</row>)', r"\2\1", sheet),
            Trouble.ORDER,
            "",
        ),
        (lambda sheet: re.sub(r'(<row r="3".*?</row>)', r"\1\1", sheet), Trouble.EXTRA, "2"),
    ],
)
def test_whoever_changes_the_sheet_is_found(
    gate: Gate, deed: Callable[[str], str], trouble: Trouble, number: str
) -> None:
    path = gate.export("day.xlsx").path
    rewritten(path, lambda sheet: renumbered(deed(sheet)))

    assert (trouble, number) in {(one.what, one.number) for one in gate.check(path).findings}


def renumbered(sheet: str) -> str:
    """As a spreadsheet program would store it."""
    made = []
    for at, row in enumerate(re.findall(r"<row .*?</row>", sheet, re.DOTALL), start=1):
        row = re.sub(r'<row r="\d+"', f'<row r="{at}"', row)
        made.append(re.sub(r'<c r="([A-Z]+)\d+"', rf'<c r="\g<1>{at}"', row))
    return re.sub(r"<row .*</row>", lambda found: "".join(made), sheet, flags=re.DOTALL)


def test_a_sheet_that_was_cut_off_is_none(gate: Gate) -> None:
    path = gate.export("day.xlsx").path
    path.write_bytes(path.read_bytes()[:-200])

    assert [one.what for one in gate.check(path).findings] == [Trouble.NOT_OURS]


def test_the_file_of_another_day_under_this_days_name_says_its_day(gate: Gate) -> None:
    gate.export("yesterday.csv", replace(ORDER, first=DAY + timedelta(days=1), last=DAY + timedelta(days=1)))
    (gate.folder / "yesterday.csv").replace(gate.folder / "2022-04-01.csv")
    checked = gate.check(gate.folder / "2022-04-01.csv")

    assert checked.claims is not None
    assert checked.claims.first_day == "2022-04-02"


def test_claims_of_another_export_do_not_fit(gate: Gate) -> None:
    whole = gate.export("day.csv").path.read_bytes().splitlines(keepends=True)
    stops = gate.export("stops.csv", replace(ORDER, chosen=Filter(frozenset({STOP})))).path
    stops.write_bytes(b"".join([*stops.read_bytes().splitlines(keepends=True)[:-1], whole[-1]]))

    assert {one.what for one in gate.check(stops).findings} >= {Trouble.MISSING}


def test_nobody_else_on_the_pc_reads_it(gate: Gate) -> None:
    for name in ("day.csv", "day.xlsx", "day.pdf"):
        assert gate.export(name).path.stat().st_mode & 0o777 == 0o600


def test_no_file_without_a_record_of_it(gate: Gate) -> None:
    def refuse(made: Exported) -> None:
        raise OSError(28, "No space left on device")

    target = gate.folder / "day.csv"
    with pytest.raises(OSError, match="No space"):
        export(gate.folder, gate.journal.vault, ORDER, target, LogWords(), now=NOON, record=refuse)

    assert not list(gate.folder.glob("*day.csv*"))


def test_what_is_encrypted_is_never_on_the_disk_in_clear(gate: Gate) -> None:
    seen: list[bytes] = []

    def look(done: int, most: int) -> None:
        seen.extend(path.read_bytes() for path in gate.folder.glob("*day*"))

    order = replace(ORDER, password="1234")
    export(
        *(gate.folder, gate.journal.vault, order, gate.folder / "day.csv.zip", LogWords()),
        now=NOON,
        progress=look,
        record=lambda made: look(0, 0),
    )
    assert seen
    assert not any("通行".encode() in content or "王*英".encode() in content for content in seen)


def test_what_a_killed_export_left_goes_with_the_next(gate: Gate) -> None:
    left, running = (gate.folder / f".day.csv.{pid}.part" for pid in (1, 2))
    for path in (left, running):
        path.write_text("half")
    os.utime(left, (0, 0))
    gate.export("day.csv")

    assert not left.exists()
    assert running.exists()


def test_a_zone_with_odd_minutes_has_its_own_hours(gate: Gate) -> None:
    zone = timezone(timedelta(hours=5, minutes=44, seconds=30))
    path = gate.export("day.csv", replace(ORDER, zone=zone)).path

    assert column(path, "at")[0] == "2022-04-01 17:44:30"
    assert column(path, "at")[-1] == "2022-04-01 17:48:30"


def test_the_night_in_which_clocks_go_back(gate: Gate) -> None:
    zone, night = ZoneInfo("Europe/Berlin"), datetime(2022, 10, 30, 0, 59, 59, tzinfo=UTC)
    for seconds in range(3):
        gate.journal.append(passage(at=night + timedelta(seconds=seconds)))
    made = gate.export("day.csv", replace(ORDER, first=night.date(), last=night.date(), zone=zone))

    assert [at[11:] for at in column(made.path, "at")] == ["02:59:59", "02:00:00", "02:00:01"]
    assert made.summary.hours == {2: {0: 3}}


moments = st.integers(-4, 4) | st.sampled_from((-30, 30))  # hours: the clock is set, some days off too
verdicts = st.sampled_from(Severity)
deeds = st.one_of(
    st.tuples(st.just("passes"), verdicts, moments, st.integers(0, 2)),
    st.tuples(st.just("corrected"), verdicts, moments, st.integers(0, 20)),
    st.tuples(st.just("erased"), verdicts, moments, st.integers(0, 2)),
)


EACH = [
    ("passes", STOP, 0, 0), ("passes", STOP, -4, 1), ("passes", STOP, -30, 1), ("passes", STOP, 2, 2),
    ("corrected", PASS, -30, 0), ("erased", PASS, 1, 1), ("corrected", RECHECK, 30, 0),
    ("erased", PASS, 0, 2),
]  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(st.lists(deeds, max_size=25))
@example(EACH)
def test_file_and_journal_agree_whatever_happened(
    tmp_path_factory: pytest.TempPathFactory, history: Sequence[tuple[str, Severity, int, int]]
) -> None:
    """Corrections, and corrections of them; people who are erased on request; a clock that is set."""
    folder = tmp_path_factory.mktemp("gate")
    stands: dict[int, Severity] = {}
    names: dict[int, str] = {}
    with open_journal(folder) as journal:
        People(journal).add(
            [Person(f"p{n}", f"王{n}英", f"3-2-{n}", "resident") for n in range(3)], as_of=NOON
        )
        passed = []
        for deed, severity, hours, which in history:
            at = NOON + timedelta(hours=hours)
            if deed == "passes":
                entry = msgspec.structs.replace(passage(severity, at=at), person_id=f"p{which}")
                stored = journal.append(entry)
                passed.append(stored)
                names[stored.number] = f"p{which}"
                if at.astimezone(ORDER.zone).date() == ORDER.first:
                    stands[stored.number] = severity
            elif deed == "corrected" and passed:
                stored = passed[which % len(passed)]
                journal.append(correction(stored.entry, severity, at=at))
                if stored.number in stands:
                    stands[stored.number] = severity
            elif deed == "erased":
                forget(journal, f"p{which}")
        there = People(journal).ids()
        made = [
            export(folder, journal.vault, ORDER, folder / name, LogWords(), now=NOON)
            for name in ("day.csv", "day.xlsx")
        ]
        keys = [journal.vault.public_key]
        checked = [check_file(one.path, folder, UTC, lambda _: LogWords(), keys) for one in made]

    path = made[0].path
    assert column(path, "number") == [str(number) for number in stands]
    assert column(path, "verdict") == [LogWords().verdict(severity) for severity in stands.values()]
    known = [bool(name) for name in column(path, "name")]
    assert known == [names[number] in there for number in stands]
    for one in made:
        assert sum(one.claims.counts.values()) == sum(map(sum, by_hour(one))) == len(stands)
        assert one.claims.counts["stop"] == sum(severity is STOP for severity in stands.values())
    assert all(one.ok for one in checked)


def by_hour(made: Exported) -> list[list[int]]:
    return [list(hour.values()) for hour in made.summary.hours.values()]


def forget(journal: Journal, person_id: str) -> None:
    """At their own request, if they are there."""
    try:
        traces = find_traces(journal.connection, journal.vault, person_id)
    except NotInRosterError:
        return
    event = Event(Audited.ERASED)
    erase(journal, traces, event, now=NOON, zone=UTC, gate="东门")
