"""The section of figures (统计): a day in five pages of bars, turned by day, saved as a picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QIODevice, QRectF, QSaveFile, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy

from station.local_time import local_now
from station.ui.admin import desk_words
from station.ui.admin import statistics_words as words
from station.ui.admin.charts import Drawing, text
from station.ui.admin.day_chooser import DayChooser
from station.ui.admin.parts import Command, Picker, Switch, label, row
from station.ui.admin.places import Place, places
from station.ui.admin.sections import Host, Section
from station.ui.admin.statistics_desk import Day, DeskError, StatisticsDesk
from station.ui.admin.statistics_pages import PAGES, PX, note
from station.ui.lettering import LEFT, Line
from station.ui.painted import Painted
from station.ui.theme import Theme, load_theme

_PICTURE = QSize(1600, 900)


class Chart(Painted):
    """One page of a day."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._day: Day | None = None
        self._page = 0

    def show_page(self, day: Day | None, page: int) -> None:
        self._day, self._page = day, page
        self.setAccessibleName(words.headings()[page])
        said = f"{words.headline(day.figures)}\n{note(day, page)}" if day else ""
        self.setAccessibleDescription(said)
        self.update()

    def drawing(self) -> Drawing:
        if self._day is None or not self._day.figures.passages:
            return Drawing()
        return PAGES[self._page](self._day, self.inside(18), self.scale)

    def lines(self) -> tuple[Line, ...]:
        return tuple(self.drawing().lines)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_card(painter)
        self.drawing().paint(painter, self.theme, self.scale)
        painter.end()


def picture(day: Day, page: int) -> QImage:
    """A page with its headings, dark on light, to be printed or sent."""
    theme, image = load_theme("day"), QImage(_PICTURE, QImage.Format.Format_RGB32)
    image.fill(theme.colours["panel"])
    scale = 1.3
    px, box = PX * scale, QRectF(image.rect()).adjusted(40, 24, -40, -24)
    lines = [f"{day.gate} · {day.day.isoformat()} · {words.headings()[page]}".removeprefix(" · ")]
    lines += [words.headline(day.figures), *note(day, page).split("\n")]
    made, top = Drawing(), box.top()
    for number, said in enumerate(one for one in lines if one):
        high = 2 * px if number == 0 else 1.6 * px
        size = 1.4 * px if number == 0 else px
        made.lines.append(
            text(said, QRectF(box.left(), top, box.width(), high), size, bold=number == 0, align=LEFT)
        )
        top += high
    if day.figures.passages:
        made.add(PAGES[page](day, box.adjusted(0, top - box.top() + px, 0, 0), scale))
    painter = QPainter(image)
    made.paint(painter, theme, scale)
    painter.end()
    return image


class StatisticsSection(Section):
    """Reads beside the screen; the gate under it goes on."""

    def __init__(
        self,
        host: Host,
        desk: StatisticsDesk,
        *,
        now: Callable[[], datetime] = local_now,
        where: Callable[[], Sequence[Place]] = places,
    ) -> None:
        super().__init__(host)
        self._desk, self._now, self._where = desk, now, where
        self._day: Day | None = None
        self._wanted: date | None = None
        self._page = 0
        self.chooser = DayChooser(now)
        self.headline, self.note = label(name="heading", wrap=True), label(name="note", wrap=True)
        self.chart = Chart(host.theme)
        self.to, self.save = Picker(), Command(self.tr("存成图片"), self._save)
        self._build()

    @property
    def title(self) -> str:
        return self.tr("统计")

    def enter(self) -> None:
        """The last day on which anybody passed, for that is today at a gate that works."""
        self.to.clear()
        for place in self._where():
            self.to.addItem(self.tr("存到 {place}").format(place=place.title), place.folder)
        try:
            newest = self._desk.newest_day()
        except DeskError as error:
            self._fail(error)
            newest = None
        today = self._now().date()
        self.chooser.show_day(min(newest or today, today))
        self.read(self.chooser.day)

    def leave(self) -> None:
        self._day = self._wanted = None
        self._show()

    # --- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.tabs = [Switch(name, "flat") for name in words.pages()]
        self._choice = QButtonGroup(self)
        for number, tab in enumerate(self.tabs):
            self._choice.addButton(tab, number)
        self.tabs[0].setChecked(True)
        self._choice.idClicked.connect(self.show_page)
        self.chooser.chosen.connect(self.read)
        self.chooser.misread.connect(lambda said: self.host.say(said, trouble=True))
        self.column.addWidget(self.chooser)
        self.column.addWidget(self.headline)
        self.column.addLayout(row(*self.tabs, None))
        self.column.addWidget(self.chart, 1)
        self.column.addWidget(self.note)
        foot = row(self.to, self.save)
        foot.setStretch(0, 1)
        self.column.addLayout(foot)

    # --- what is shown --------------------------------------------------------------------------

    def read(self, day: date) -> None:
        """The figures of this day."""
        self.host.say("")
        try:
            job = self._desk.look(day)
        except DeskError as error:
            self._fail(error)
            return
        if self.host.work(self.tr("正在数这一天的记录"), job, self._take, self._fail):
            self._wanted = day
            self.headline.setText(self.tr("正在数…"))
        elif self._day:
            self.chooser.show_day(self._day.day)  # what is still counted is waited for

    def _take(self, found: object) -> None:
        if isinstance(found, Day) and found.day == self._wanted:
            self._day = found
            self._show()

    def show_page(self, page: int) -> None:
        self._page = page
        self.tabs[page].setChecked(True)
        self._show()

    def _show(self) -> None:
        day = self._day
        self.headline.setText(words.headline(day.figures) if day else "")
        said = note(day, self._page) if day and day.figures.passages else ""
        self.note.setText(said)
        self.note.setVisible(bool(said))
        self.save.setEnabled(bool(day and day.figures.passages))
        self.chart.show_page(day, self._page)

    # --- what is saved --------------------------------------------------------------------------

    def _save(self) -> None:
        folder = self.to.currentData()
        if self._day is None or not isinstance(folder, Path):
            return
        name = self.tr("统计") + f"-{self._day.day:%Y%m%d}-{words.pages()[self._page]}.png"
        try:
            write_picture(folder / name, picture(self._day, self._page))
        except OSError as error:
            self.host.say(desk_words.not_written(str(error)), trouble=True)
        else:
            self.host.say(self.tr("存好了：{path}").format(path=folder / name))

    def _fail(self, error: Exception) -> None:
        self._show()
        self.host.say(str(error), trouble=True)

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        self.chart.dress(theme, scale)
        self.chooser.dress(scale)


def write_picture(path: Path, image: QImage) -> None:
    """Whole or not at all. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = QSaveFile(str(path))
    written = file.open(QIODevice.OpenModeFlag.WriteOnly) and image.save(file, "PNG") and file.commit()  # type: ignore[call-overload]
    if not written:
        raise OSError(file.errorString())
