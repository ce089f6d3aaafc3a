"""Files that somebody hands in to be checked: what stands around the rows, and what would fell the PC."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from station.core.model import Severity
from station.export_check import Trouble
from tests.journal.samples import NOON, passage
from tests.reports.test_daily_log import Gate


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    gate = Gate(tmp_path)
    yield gate
    gate.journal.close()


def found(gate: Gate, path: Path) -> list[Trouble]:
    return [one.what for one in gate.check(path).findings]


def rewritten(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The workbook with some of its parts changed."""
    with zipfile.ZipFile(path) as book:
        parts = {name: change(name, book.read(name)) for name in book.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return path


def swapped_names(content: bytes) -> bytes:
    """Over the verdict stands “way”, over the way “verdict”."""
    first, rest = content.split(b"\n", 1)
    names = first.decode("utf-8-sig").split(",")
    names[2], names[4] = names[4], names[2]
    return b"\xef\xbb\xbf" + ",".join(names).encode() + b"\n" + rest


def test_columns_that_were_given_other_names_are_found(gate: Gate) -> None:
    path = gate.export("day.csv").path
    path.write_bytes(swapped_names(path.read_bytes()))
    assert found(gate, path) == [Trouble.HEADER]

    def renamed(name: str, content: bytes) -> bytes:
        return content.replace("结果".encode(), "进出".encode()) if "sharedStrings" in name else content

    assert Trouble.HEADER in found(gate, rewritten(gate.export("day.xlsx").path, renamed))


@pytest.mark.parametrize("figure", ["B4", "D14", "B26"])
def test_a_figure_changed_on_the_sheet_that_sums_up_is_found(gate: Gate, figure: str) -> None:
    """How many passed, and those of an hour: many read nothing else."""

    def rosier(name: str, content: bytes) -> bytes:
        if not name.endswith("sheet2.xml"):
            return content
        before, after = content.split(f'<c r="{figure}"'.encode())
        return before + f'<c r="{figure}"'.encode() + after.replace(b"<v>", b"<v>9", 1)

    path = gate.export("day.xlsx").path
    assert found(gate, path) == []
    assert found(gate, rewritten(path, rosier)) == [Trouble.SUMMARY]


def test_whoever_passed_at_midnight_to_the_second_changed_nothing(gate: Gate) -> None:
    gate.journal.append(passage(Severity.PASS, at=NOON + timedelta(hours=-12)))
    assert found(gate, gate.export("day.xlsx").path) == []


def test_a_number_with_a_fraction_is_not_the_number(gate: Gate) -> None:
    def a_little_more(name: str, content: bytes) -> bytes:
        return content.replace(b"<v>2</v>", b"<v>2.4</v>", 1) if name.endswith("sheet1.xml") else content

    assert found(gate, rewritten(gate.export("day.xlsx").path, a_little_more))


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_beside_the_file_that_was_checked_lies_no_other(gate: Gate, tmp_path: Path) -> None:
    genuine = gate.export("day.csv").path.read_bytes()
    assert found(gate, packed(tmp_path / "one.csv.zip", {"day.csv": genuine})) == []
    two = {"day.csv": genuine, "出入登记日报.csv": b"forged"}
    assert found(gate, packed(tmp_path / "two.csv.zip", two)) == [Trouble.NOT_OURS]


def far_away() -> bytes:
    """One cell in the last corner: laid out in memory, the sheet has 17,179,869,184 cells."""
    sheet = io.BytesIO()
    rows = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    content = b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"
    with zipfile.ZipFile(sheet, "w") as book:
        book.writestr("xl/worksheets/sheet1.xml", content)
    return sheet.getvalue()


HOSTILE: dict[str, tuple[str, bytes]] = {
    "a cell of 200 kB": ("long.csv", b'a,b\r\n"' + b"x" * 200_000 + b'"\r\n'),
    "an empty zip": ("empty.zip", b"PK\x05\x06" + bytes(18)),
    "a far cell": ("far.xlsx", far_away()),
    "a workbook that is none": ("none.xlsx", b"PK\x03\x04" + b"1" * 300),
    "NUL bytes": ("nul.csv", b"a\0b,\0\r\n" * 20),
}


@pytest.mark.parametrize(("name", "content"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_none_of_ours_is_said_to_be_none(
    gate: Gate, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    assert found(gate, tmp_path / name) == [Trouble.NOT_OURS]


def test_a_bomb_is_not_unpacked(gate: Gate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """1.5 GB of zeros in 1.5 MB took 10.8 GB, in the process of the gate."""
    monkeypatch.setattr("station.export_reading.MOST_BYTES", 10_000)
    bomb = packed(tmp_path / "bomb.csv.zip", {"day.csv": bytes(10_001)})
    assert found(gate, bomb) == [Trouble.NOT_OURS]
    (tmp_path / "large.csv").write_bytes(bytes(10_001))
    assert found(gate, tmp_path / "large.csv") == [Trouble.NOT_OURS]
