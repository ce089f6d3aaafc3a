"""The receipt for somebody whose data was erased, on A4 and as text: what it says, and the signed line below.

Needs a QGuiApplication for the paper. Boxes and sizes are millimetres.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QFileDevice, QIODevice, QMarginsF, QRectF, QSaveFile, Qt
from PySide6.QtGui import QColor, QPageLayout, QPageSize, QPainter, QPdfWriter

from station.reports.lettering import Slot
from station.reports.passes import PrintError

_MM_PER_INCH, _DPI = 25.4, 600
_LEFT, _WIDTH, _TOP = 22.0, 166.0, 24.0
_INK, _GREY = QColor("#000000"), QColor("#444444")
_LINE, _LONG_LINE = 7.5, 14.5  # mm; what one line does not hold gets two, and a little air below
_SIZE = 4.4
_FROM_TOP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


def write_text(path: Path, title: str, lines: Sequence[str], claim: str) -> None:
    """For a file that is kept; the last line is what `station retention verify` reads. Raises PrintError."""
    text = "\n".join((title, "", *lines, "", claim, ""))
    with _saved(path) as file:
        file.write(text.encode())


def write_paper(path: Path, title: str, lines: Sequence[str], claim: str) -> None:
    """One page as a PDF, complete or not at all. Raises PrintError."""
    with _saved(path) as file:
        writer = QPdfWriter(file.device)
        writer.setTitle(title)
        writer.setResolution(_DPI)
        size = QPageSize(QPageSize.PageSizeId.A4)
        writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
        painter = QPainter()
        if not painter.begin(writer):
            raise PrintError("the PDF cannot be begun")
        painter.scale(_DPI / _MM_PER_INCH, _DPI / _MM_PER_INCH)
        _paint(painter, title, lines, claim)
        painter.end()


def _paint(painter: QPainter, title: str, lines: Sequence[str], claim: str) -> None:
    Slot(QRectF(_LEFT, _TOP, _WIDTH, 12), 8, bold=True).write(painter, title, _INK)
    top = _TOP + 18
    for line in lines:
        indent = 6.0 if line.startswith(" ") else 0.0
        slot = Slot(QRectF(_LEFT + indent, top, _WIDTH - indent, _LONG_LINE), _SIZE, align=_FROM_TOP)
        if line:
            slot.write(painter, line.strip(), _INK)
        top += _LINE if slot.holds_in_one_line(line.strip()) else _LONG_LINE
    spaced = " ".join(claim[at : at + 80] for at in range(0, len(claim), 80))
    Slot(QRectF(_LEFT, 248, _WIDTH, 32), 2.4, align=_FROM_TOP).write(painter, spaced, _GREY)


class _saved:  # noqa: N801 - used as a function
    """A file for its owner only that is there when all of it was written, and not before."""

    def __init__(self, path: Path) -> None:
        self.device = QSaveFile(str(path))

    def __enter__(self) -> _saved:
        if not self.device.open(QIODevice.OpenModeFlag.WriteOnly):
            raise PrintError(self.device.errorString())
        self.device.setPermissions(QFileDevice.Permission.ReadOwner | QFileDevice.Permission.WriteOwner)
        return self

    def write(self, content: bytes) -> None:
        self.device.write(content)

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if error is None and not self.device.commit():
            raise PrintError(self.device.errorString())
