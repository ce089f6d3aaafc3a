"""The daily log as files: what the sub-district reads, and what happens to who changes it on the way."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
import pyzipper
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from station.core.model import Severity
from station.export_check import Checked, Trouble, check_file
from station.exporting import Cancelled, Exported, ExportError, Order, export
from station.journal.people import People, Person
from station.log_words import LogWords
from station.reports.log_lines import guarded, line_of, unguarded
from station.reports.log_table import COLUMNS, Filter
from tests.journal.samples import NOON, correction, open_journal, passage

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


def test_an_encrypted_file_opens_with_its_password_only(gate: Gate) -> None:
    path = gate.export("day.csv.zip", replace(ORDER, password="1234")).path

    with pyzipper.AESZipFile(path) as archive:
        with pytest.raises(RuntimeError):
            archive.read("day.csv")
        archive.setpassword(b"1234")
        assert "王*英" in archive.read("day.csv").decode("utf-8-sig")
    assert "王*英".encode() not in path.read_bytes()


@given(st.text())
def test_no_text_is_a_formula_and_reading_it_back_is_exact(text: str) -> None:
    safe = guarded(text)
    plain = guarded(unguarded(safe))

    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert plain == safe


@given(st.lists(st.text(), min_size=2, max_size=6))
def test_a_line_reads_back_as_its_cells(cells: list[str]) -> None:
    made = line_of(map(guarded, cells))
    [back] = csv.reader(io.StringIO(made, newline=""))

    assert [unguarded(cell) for cell in back] == [unguarded(guarded(cell)) for cell in cells]


histories = st.lists(
    st.tuples(st.sampled_from(Severity), st.sampled_from([None, *Severity]), st.integers(-3, 3)), max_size=25
)


@settings(max_examples=15, deadline=None)
@given(histories)
def test_file_and_journal_agree_whatever_happened(
    tmp_path_factory: pytest.TempPathFactory, history: Sequence[tuple[Severity, Severity | None, int]]
) -> None:
    """Corrections before and after, a clock that is set back and forth by hours."""
    folder = tmp_path_factory.mktemp("gate")
    stands: dict[int, Severity] = {}
    with open_journal(folder) as journal:
        for severity, corrected, hours in history:
            stored = journal.append(passage(severity, at=NOON + timedelta(hours=hours)))
            stands[stored.number] = severity if corrected is None else corrected
            if corrected is not None:
                journal.append(correction(stored.entry, corrected))
        made = export(folder, journal.vault, ORDER, folder / "day.csv", LogWords(), now=NOON)
        checked = check_file(made.path, folder, UTC, lambda _: LogWords(), [journal.vault.public_key])

    assert column(made.path, "number") == [str(number) for number in stands]
    assert sum(made.claims.counts.values()) == len(stands)
    assert made.claims.counts["stop"] == sum(severity is STOP for severity in stands.values())
    assert checked.ok
