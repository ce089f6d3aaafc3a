"""The page as it will come out of the printer: paper, page by page, and where it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from station.reports.passes import Paper
from station.ui.admin import desk_words
from station.ui.admin.desk import PassDesk, PassLine, Sheet
from station.ui.admin.parts import Command, Picker, label, row
from station.ui.admin.places import Place
from station.ui.admin.sections import Host
from station.ui.admin.work import Progress, Work
from station.ui.theme import Theme

_SETTLE_MS = 60  # marks come in a run; the page is painted when they have
_WIDE = 1000  # px: sharp enough on every screen, and painted in no time


def veil(dim: float) -> QColor:
    """Over white paper, as over the camera's picture: by night it would light the whole tent."""
    return QColor(0, 0, 0, round(255 * dim))


class PagePicture(QWidget):
    """A page with its edge, as large as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.image: QImage | None = None
        self.dim = 0.0
        self._fitted: QImage | None = None  # as large as it is painted
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_image(self, image: QImage | None) -> None:
        self.image, self._fitted = image, None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.image is None:
            return
        painter = QPainter(self)
        size = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        box = QRect(0, 0, size.width(), size.height())
        box.moveCenter(self.rect().center())
        painter.drawImage(box, self._scaled(size))
        painter.fillRect(box, veil(self.dim))
        painter.setPen(QPen(Qt.GlobalColor.gray, 1))
        painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.end()

    def _scaled(self, size: QSize) -> QImage:
        """Small letters stay readable only if all pixels have their share; a painter takes one in four."""
        assert self.image is not None
        wanted = size * self.devicePixelRatio()
        if self._fitted is None or self._fitted.size() != wanted:
            mode = Qt.TransformationMode.SmoothTransformation
            self._fitted = self.image.scaled(wanted, Qt.AspectRatioMode.IgnoreAspectRatio, mode)
        return self._fitted


class SheetPreview(QFrame):
    """For the passes that are marked. Writing and printing run beside the screen."""

    written = Signal(Path)
    in_full = Signal()  # a picture with names is in sight, for the first time since it was empty

    def __init__(
        self,
        host: Host,
        desk: PassDesk,
        places: Callable[[], Sequence[Place]],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self._host, self._desk, self._places, self._now = host, desk, places, now
        self._passes: list[PassLine] = []
        self._told = False
        self._page = 0
        self._drawing: Work | None = None  # a page of ten codes takes a fifth of a second
        self._drawn: object = None  # what that page is of
        self.picture, self.hint = PagePicture(), label(wrap=True)
        self.paper, self.place, self.printer = Picker(), Picker(), Picker()
        for paper in Paper:
            self.paper.addItem(desk_words.paper(paper), paper)
        self._soon = QTimer(self, interval=_SETTLE_MS)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._show_page)
        self.paper.currentIndexChanged.connect(lambda index: self._turn_to(0))
        self._build()

    def _build(self) -> None:
        self.before = Command("←", lambda: self._turn_to(self._page - 1), "flat")
        self.after = Command("→", lambda: self._turn_to(self._page + 1), "flat")
        self.save = Command(self.tr("存成 PDF"), self._write, "main")
        self.print = Command(self.tr("打印"), self._print, "main")
        self.number = label(name="note")
        self._column = QVBoxLayout(self)
        self._column.addLayout(row(self.paper, self.before, self.number, self.after))
        self._column.addWidget(self.hint)
        self._column.addWidget(self.picture, 1)
        self._column.addLayout(row(self.place, self.save))
        self._column.addLayout(row(self.printer, self.print))
        self.show_passes([])

    def refresh(self) -> None:
        """Printers and memory sticks come and go."""
        self.place.clear()
        for place in self._places():
            self.place.addItem(place.title, place.folder)
        self.printer.clear()
        self.printer.addItems(list(self._desk.printers()))
        for widget in (self.printer, self.print):
            widget.setVisible(self.printer.count() > 0)

    def end(self) -> None:
        """The program ends: wait for the page that is being drawn."""
        self._soon.stop()
        if self._drawing:
            self._drawing.end()

    def show_passes(self, passes: Sequence[PassLine], nothing: str = "") -> None:
        """These are to be printed; `nothing` is what to say if there are none."""
        self._passes, self._nothing = list(passes), nothing
        self._told = self._told and bool(passes)
        self._turn_to(0)

    @property
    def busy(self) -> bool:
        """Whether the page in sight is not the one that is wanted yet."""
        return self._soon.isActive() or self._drawing is not None

    @property
    def sheet(self) -> Sheet:
        return self._desk.sheet(self._passes, Paper(self.paper.currentData()))

    def _turn_to(self, page: int) -> None:
        self._page = page
        for command in (self.save, self.print):
            command.setEnabled(bool(self._passes))
        if self._passes:
            self._soon.start()
        else:
            self.show_now()

    def show_now(self) -> None:
        """The page at once, without waiting for further marks."""
        self._soon.stop()
        self._show_page()

    def _show_page(self) -> None:
        if not self._passes:
            self._tell(self._nothing)
            return
        if self._drawing:
            return  # it looks again when it is ready
        sheet, page = self.sheet, self._page
        self.number.setText(f"{page + 1} / {sheet.pages}")
        self.before.setEnabled(page > 0)
        self.after.setEnabled(page + 1 < sheet.pages)
        self._drawing = Work(lambda progress: sheet.image(page, _WIDE), self)
        self._drawn = (self._passes, page, sheet.paper)
        self._drawing.done.connect(self._take)
        self._drawing.failed.connect(lambda error: self._take(str(error)))
        self._drawing.start()

    def _take(self, drawn: object) -> None:
        """A page is ready, or why it is not. If another one is wanted by now, that one is drawn."""
        if self._drawing:
            self._drawing.deleteLater()
        self._drawing = None
        if not self._passes or self._drawn != (self._passes, self._page, self.sheet.paper):
            self._show_page()
        elif isinstance(drawn, QImage):
            self.hint.hide()
            self.picture.show_image(drawn)
            if not self._told:
                self._told = True
                self.in_full.emit()
        else:
            self._tell(str(drawn))

    def _tell(self, sentence: str) -> None:
        self.hint.setText(sentence)
        self.hint.show()
        self.picture.show_image(None)
        self.number.setText("")
        self.before.setEnabled(False)
        self.after.setEnabled(False)

    def _write(self) -> None:
        sheet, folder = self.sheet, Path(self.place.currentData())
        name = self.tr("出入证") + f"-{self._now():%Y%m%d-%H%M%S}.pdf"
        path, passes = folder / name, self._passes
        said = self.tr("存好了：{path}").format(path=path)

        def write(progress: Progress) -> str:
            folder.mkdir(parents=True, exist_ok=True)
            sheet.write(path, progress)
            return said + _by_hand(passes)

        def done(sentence: object) -> None:
            self._host.say(str(sentence))
            self.written.emit(path)

        self._host.work(self.tr("正在写 PDF"), write, done, self._fail)

    def _print(self) -> None:
        sheet, printer = self.sheet, self.printer.currentText()
        said, passes = self.tr("已经送到打印机 {printer}").format(printer=printer), self._passes

        def send(progress: Progress) -> str:
            sheet.print_on(printer, progress)
            return said + _by_hand(passes)

        self._host.work(self.tr("正在送去打印"), send, lambda said: self._host.say(str(said)), self._fail)

    def _fail(self, error: Exception) -> None:
        self._host.say(
            desk_words.not_written(str(error)) if isinstance(error, OSError) else str(error), trouble=True
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)

    def dress(self, theme: Theme, scale: float) -> None:
        self.picture.dim = theme.preview_dim
        gap = round(12 * scale)
        self._column.setContentsMargins(gap, gap, gap, gap)
        self._column.setSpacing(round(8 * scale))


def _by_hand(passes: Sequence[PassLine]) -> str:
    return desk_words.by_hand((one.name, one.dwelling) for one in passes)
