"""Parts of the rules section: who does it and why, and a scrolled card of lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QWidget

from station.ui.admin.parts import Field, label, row


class Signature(QWidget):
    """Who does it (a number, not a name) and why."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.by = Field(self.tr("您的编号"), plain=True)
        self.reason = Field(self.tr("为什么，如：街道通知 4 号"))
        self.by.setMaxLength(20)
        self.reason.setMaxLength(100)
        line = row(self.by, self.reason)
        line.setContentsMargins(0, 0, 0, 0)
        line.setStretch(0, 1)
        line.setStretch(1, 3)
        self.setLayout(line)

    @property
    def number(self) -> str:
        return self.by.text().strip()

    @property
    def why(self) -> str:
        return self.reason.text().strip()

    def clear(self) -> None:
        self.by.clear()
        self.reason.clear()


class Lines(QScrollArea):
    """A card of lines that scrolls: what they are about, in bold, and what is said of it.

    `beside` puts both into one line; else, for narrow cards, the one stands over the other.
    """

    def __init__(self, *, beside: bool) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setWidgetResizable(True)
        self._beside = beside
        self._inner = QWidget()
        self._inner.setObjectName("plain")
        self._grid = QGridLayout(self._inner)
        self._grid.setColumnStretch(int(beside), 1)
        self.setWidget(self._inner)
        self._labels: list[QLabel] = []

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """A heading that is the same as the one before is not said again."""
        for old in self._labels:
            self._grid.removeWidget(old)
            old.hide()  # until it is deleted it would stand under the new ones
            old.deleteLater()
        for number in range(self._grid.rowCount()):
            self._grid.setRowStretch(number, 0)
        self._labels, former = [], ""
        for number, (heading, sentence) in enumerate(lines):
            if heading != former:
                self._add(label(heading, "trouble"), 2 * number, 0)
            self._add(label(sentence, wrap=True), 2 * number + int(not self._beside), int(self._beside))
            former = heading
        self._grid.setRowStretch(2 * len(lines), 1)
        self.verticalScrollBar().setValue(0)

    @property
    def texts(self) -> list[str]:
        """What is shown, line by line."""
        return [one.text() for one in self._labels]

    def dress(self, scale: float) -> None:
        gap = round(10 * scale)
        self._grid.setContentsMargins(gap, gap, gap, gap)
        self._grid.setHorizontalSpacing(2 * gap)
        self._grid.setVerticalSpacing(gap // 2)

    def _add(self, one: QLabel, line: int, column: int) -> None:
        self._labels.append(one)
        self._grid.addWidget(one, line, column, Qt.AlignmentFlag.AlignTop)
