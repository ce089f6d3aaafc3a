"""The list of past entries: any number of lines, of which only the pages in sight are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import overload

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QAbstractItemView

from station.ui.admin import entries_words as words
from station.ui.admin.entries_desk import DeskError, Entries, EntryLine
from station.ui.admin.table import Line, Table

PAGE = 100
_PAGES = 20  # that are kept: whoever scrolls through a year does not hold it in memory
_REASON_COLUMN = 6


class PagedLines(Sequence[Line]):
    """Lines of a table that are read by pages. `fail` hears once why a page could not be read."""

    def __init__(
        self, entries: Entries, shown: Callable[[EntryLine], Line], fail: Callable[[DeskError], None]
    ) -> None:
        self._entries, self._shown, self._fail = entries, shown, fail
        self._pages: dict[int, list[Line]] = {}

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, row: int) -> Line: ...
    @overload
    def __getitem__(self, row: slice) -> list[Line]: ...
    def __getitem__(self, row: int | slice) -> Line | list[Line]:
        if isinstance(row, slice):
            return [self[one] for one in range(*row.indices(len(self)))]
        if not 0 <= row < len(self):
            raise IndexError(row)
        number, place = divmod(row, PAGE)
        if number not in self._pages:
            self._read(number)
        page = self._pages[number]
        return page[place] if place < len(page) else _BLANK

    def _read(self, number: int) -> None:
        """A page that cannot be read stays empty: the table asks again and again while it is painted."""
        while len(self._pages) >= _PAGES:
            del self._pages[next(iter(self._pages))]
        try:
            read = self._entries.page(number * PAGE, PAGE)
        except DeskError as error:
            read = ()
            self._fail(error)
        self._pages[number] = [self._shown(one) for one in read]


class EntryTable(Table):
    """`opened` with an EntryLine when one is tapped, or Enter is pressed on it."""

    opened = Signal(object)

    def __init__(self, fail: Callable[[DeskError], None]) -> None:
        super().__init__([""] * 7, _REASON_COLUMN)
        self._fail = fail
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.horizontalHeader().setResizeContentsPrecision(0)  # else Qt measures, and reads, a thousand rows
        self.clicked.connect(self._open)
        self.activated.connect(self._open)

    def show_entries(self, entries: Entries, *, with_day: bool) -> None:
        """`with_day`: the lines are of several days."""
        lines = PagedLines(entries, lambda one: self._line(one, with_day=with_day), self._fail)
        self.show_lines(lines, self._titles())
        self.scrollToTop()

    def _titles(self) -> list[str]:
        return [
            self.tr("号"), self.tr("时间"), self.tr("进出"), self.tr("谁"), self.tr("体温"), self.tr("判定"),
            self.tr("为什么"),
        ]  # fmt: skip

    def _line(self, one: EntryLine, *, with_day: bool) -> Line:
        at = f"{one.at:%m-%d %H:%M}" if with_day else f"{one.at:%H:%M:%S}"
        person = f"{words.who(one)}  {one.dwelling}".strip()
        cells = (
            str(one.number),
            at,
            words.way(one.way),
            person,
            words.degrees(one.value_c),
            words.verdicts(one),
            words.sentence(one.reason),
        )
        return Line(one, cells)

    def _open(self, index: QModelIndex) -> None:
        about = self.lines[index.row()].about if index.isValid() else None
        if isinstance(about, EntryLine):
            self.opened.emit(about)


_BLANK = Line(None, ("",) * 7, False)
