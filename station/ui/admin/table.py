"""A table of lines for fingers: high rows, a tap marks a line and another takes the mark away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

ROW_PX = 50
_MOST_SEEN = 60
_EDGE = 0.2  # of a row's height, left and right of a text
_STARS = re.compile(r"\*{6,}")
_WORD = re.compile(r"[!-~]{40,}")  # a link
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """One row: what it is about, its cells, and whether it can be marked."""

    about: object
    cells: tuple[str, ...]
    can_be_marked: bool = True


def breakable(text: str) -> str:
    """A long masked name, 阿**********明, or a link may go on in a second line; it has no place for that."""
    starred = _STARS.sub(lambda stars: "*\u200b" * len(stars[0]), text)
    return _WORD.sub(lambda word: "\u200b".join(re.findall(".{1,10}", word[0])), starred)


class _Lines(QAbstractTableModel):
    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self.titles = list(titles)
        self.lines: Sequence[Line] = ()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return breakable(self.lines[index.row()].cells[index.column()])
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            title = self.titles[section]  # in Latin letters some are words of a sentence, and small
            return title[:1].upper() + title[1:]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.lines[index.row()].can_be_marked:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def show(self, lines: Sequence[Line], titles: Sequence[str]) -> None:
        self.beginResetModel()
        self.lines, self.titles = lines, list(titles)
        self.endResetModel()


class Table(QTableView):
    """`marked_changed` when other lines are marked. `stretched` is the column that takes the room left."""

    marked_changed = Signal()

    def __init__(self, titles: Sequence[str], stretched: int) -> None:
        super().__init__()
        self._lines, self._stretched = _Lines(titles), stretched
        self.setModel(self._lines)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.MultiSelection)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.selectionModel().selectionChanged.connect(lambda now, before: self.marked_changed.emit())
        self.horizontalHeader().sectionResized.connect(lambda *changed: self._grow_seen())
        self.verticalScrollBar().valueChanged.connect(lambda value: self._grow_seen())
        self._fit_columns()

    def show_lines(self, lines: Sequence[Line], titles: Sequence[str]) -> None:
        """Other lines; none of them is marked."""
        self._lines.show(lines, titles)
        self._fit_columns()
        self._grow_seen()
        self.marked_changed.emit()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._grow_seen()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Rows that come into view grow there, and push this one out again."""
        super().scrollTo(index, hint)
        self._grow_seen()
        self.updateGeometries()  # else there is no room yet to scroll as far as that
        super().scrollTo(index, hint)

    def _grow_seen(self) -> None:
        """Rows in view grow where a text needs a second line; of 20,000 rows not all are measured."""
        last = self.rowAt(self.viewport().height() - 1)
        last = self._lines.rowCount() - 1 if last < 0 else last
        for row in range(max(0, self.rowAt(0)), min(last, self.rowAt(0) + _MOST_SEEN) + 1):
            self.setRowHeight(row, max(self.verticalHeader().defaultSectionSize(), self._needed(row)))

    def _needed(self, row: int) -> int:
        """Its height with all texts in full. Qt's own measure forgets the padding of the style sheet."""
        metrics, edge = self.fontMetrics(), round(self.verticalHeader().defaultSectionSize() * _EDGE)
        flags = int(Qt.TextFlag.TextWordWrap)
        return edge + max(
            metrics.boundingRect(QRect(0, 0, self.columnWidth(column) - 2 * edge, 0), flags, text).height()
            for column, text in enumerate(map(breakable, self._lines.lines[row].cells))
        )

    def _fit_columns(self) -> None:
        """Each as wide as what stands in it; one takes the room that is left."""
        for column in range(self._lines.columnCount()):
            mode = QHeaderView.ResizeMode
            fit = mode.Stretch if column == self._stretched else mode.ResizeToContents
            self.horizontalHeader().setSectionResizeMode(column, fit)

    @property
    def lines(self) -> Sequence[Line]:
        return self._lines.lines

    @property
    def marked(self) -> list[object]:
        """What the marked lines are about, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._lines.lines[row].about for row in rows]

    def mark(self, about: Sequence[object]) -> None:
        """Mark the lines about these, and no others."""
        wanted, selection = list(about), QItemSelection()
        for row, line in enumerate(self._lines.lines):
            if line.can_be_marked and line.about in wanted:
                cell = self._lines.index(row, 0)
                selection.select(cell, cell)
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flag.ClearAndSelect | flag.Rows)

    def mark_all(self) -> None:
        self.mark([line.about for line in self._lines.lines])

    def dress(self, scale: float) -> None:
        self.verticalHeader().setMinimumSectionSize(round(ROW_PX * scale))
        self.verticalHeader().setDefaultSectionSize(round(ROW_PX * scale))
        self.horizontalHeader().setFixedHeight(round(44 * scale))
