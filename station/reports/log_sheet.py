"""The rows of the log as the XML of a sheet (ECMA-376 part 1, 18.3.1), straight into the file.

XlsxWriter makes all the rest of the file. Its way of writing a cell costs ten times what our rows cost, so
it makes a sheet with one row as a pattern, and that row is replaced by all of ours.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import count, islice
from typing import IO
from xml.sax.saxutils import escape

from station.reports.log_table import COLUMNS, Row

_ROW = re.compile(rb'<row r="2".*?</row>', re.DOTALL)
_STYLE = re.compile(rb'<c r="([A-Z]+)2" s="(\d+)"')
_FILTERED = re.compile(rb'(<autoFilter ref="A1:[A-Z]+)\d+"')
_DIMENSION = re.compile(rb"<dimension [^>]*/>")  # how many rows there are is not known before
_EPOCH = date(1899, 12, 30).toordinal()  # of the numbers that are dates
_AT_ONCE = 1000  # rows


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands before and after the rows of a sheet, and the style of each column's cells."""

    before: bytes
    after: bytes
    styles: tuple[str, ...]

    @classmethod
    def of(cls, sheet: bytes) -> Frame:
        """Of a sheet with a pattern in its second row."""
        found = _ROW.search(sheet)
        assert found is not None  # our own pattern
        styles = {column.decode(): style.decode() for column, style in _STYLE.findall(found[0])}
        names = [chr(ord("A") + at) for at in range(len(COLUMNS))]
        return cls(
            _DIMENSION.sub(b"", sheet[: found.start()]),
            sheet[found.end() :],
            tuple(f' s="{styles[name]}"' if name in styles else "" for name in names),
        )

    def end(self, rows: int) -> bytes:
        """What stands after so many rows."""
        return _FILTERED.sub(rb'\g<1>%d"' % (rows + 1), self.after)


class _Texts(dict[str, str]):
    """Cells of text as XML; a million rows have the same few."""

    def __missing__(self, text: str) -> str:
        kept = ' xml:space="preserve"' if text != text.strip() else ""
        made = f'" t="inlineStr"><is><t{kept}>{escape(text)}</t></is></c>' if text else '"/>'
        self[text] = made
        return made


class _Days(dict[str, int]):
    def __missing__(self, day: str) -> int:
        number = self[day] = date.fromisoformat(day).toordinal() - _EPOCH
        return number


class SheetRows:
    """Makes the rows of sheets with these styles. What a maker gives follows on `<c r="A1`."""

    def __init__(self, styles: Sequence[str]) -> None:
        self._days = _Days()
        texts: Callable[[str], str] = _Texts().__getitem__
        makers = {
            "at": self._moment,
            "number": self._number,
            "temperature": self._number,
            "emulated": self._number,
        }
        self._makers = [
            partial(makers[column], style) if column in makers else texts
            for column, style in zip(COLUMNS, styles, strict=True)
        ]
        self._starts = [f'<c r="{chr(ord("A") + at)}' for at in range(len(COLUMNS))]

    def write(self, file: IO[bytes], rows: Iterable[Row]) -> int:
        """The rows from the second row of the sheet on; how many there were."""
        number, following = 1, iter(rows)
        while some := list(islice(following, _AT_ONCE)):
            file.write("".join(map(self._row, count(number + 1), csv.reader(some))).encode())
            number += len(some)
        return number - 1

    def _row(self, at: int, row: Sequence[str]) -> str:
        cells = zip(self._starts, self._makers, row, strict=True)
        return (
            f'<row r="{at}">'
            + "".join([f"{start}{at}{make(cell)}" for start, make, cell in cells])
            + "</row>"
        )

    def _number(self, style: str, cell: str) -> str:
        return f'"{style}><v>{cell}</v></c>' if cell else f'"{style}/>'

    def _moment(self, style: str, cell: str) -> str:
        day, hour, minute, second = cell[:10], cell[11:13], cell[14:16], cell[17:]
        seconds = 3600 * int(hour) + 60 * int(minute) + int(second)
        return f'"{style}><v>{self._days[day] + seconds / 86400:.8f}</v></c>'  # to a millisecond
