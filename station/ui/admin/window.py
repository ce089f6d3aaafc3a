"""The admin page: sections on the left, one of them on the right, the gate in a strip at the top.

It lies over the gate in the same window, so that there is one focus, one keyboard and one full screen, and no
window manager can put the gate where nobody sees it. The gate under it goes on deciding and recording.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from station.core.model import Scan, View
from station.core.outcome import Corrected, NotStored, Outcome, Recorded, Repeated, StoresAgain
from station.local_time import local_now
from station.ui import face
from station.ui.admin.keys import AdminKeys
from station.ui.admin.lane_strip import HEIGHT, LaneStrip
from station.ui.admin.menu import Menu
from station.ui.admin.news import NewsBoard
from station.ui.admin.operators_door import Door
from station.ui.admin.sections import MakeSection, Section
from station.ui.admin.work import Job
from station.ui.admin.work_bar import WorkBar
from station.ui.bridge import Bridge
from station.ui.covering_page import CoveringPage
from station.ui.theme import Look, Theme, load_theme, wear
from station.ui.wireframe import scale as scale_of

TICK_MS = 200
FRAME = 10.0  # px at 1366x768 around the page: it takes the colour of an alarm


class AdminWindow(QFrame):
    """Hidden until `open`. `over` is the gate's window, whose size it always has."""

    closed = Signal()

    def __init__(
        self,
        over: QWidget,
        bridge: Bridge,
        sections: Sequence[MakeSection],
        *,
        theme: Theme | None = None,
        demo: Callable[[], bool] = lambda: False,
        monotonic: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = local_now,
        door: Door | None = None,
    ) -> None:
        """`demo` says whether anything at the gate is emulated: then this page says so too.

        Behind a `door` one signs in first; without one everybody may come.
        """
        super().__init__(over)
        self.setObjectName("admin")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # what it covers need not be painted
        self._over, self._bridge, self._monotonic, self._now = over, bridge, monotonic, now
        self._theme = theme or load_theme("day")
        self._board, self._demo = NewsBoard(), demo
        self.strip = LaneStrip(self._theme, self)
        self.work_bar = WorkBar(self)
        self.sections = [make(self) for make in sections]
        self.menu = Menu([section.title for section in self.sections], self)
        self._stack = QStackedWidget(self)
        for section in self.sections:
            self._stack.addWidget(section)
            section.in_full.connect(lambda section=section: self._looked(section))
        self.door = door
        self._arrange()
        self._connect()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)
        self.hide()

    # --- what sections may ask for: `sections.Host` ---------------------------------------------

    @property
    def theme(self) -> Theme:
        return self._theme

    def work(
        self, what: str, job: Job, done: Callable[[object], None], failed: Callable[[Exception], None]
    ) -> bool:
        return self.work_bar.run(what, job, done, failed)

    def say(self, sentence: str, *, trouble: bool = False) -> None:
        self.work_bar.say(sentence, trouble=trouble)

    # --- coming and going -----------------------------------------------------------------------

    @property
    def section(self) -> Section:
        """The one in sight."""
        return self.sections[self._stack.currentIndex()]

    def open(self) -> None:
        """Come up over the gate, at the section that was in sight last."""
        if self.isVisible():
            return
        self._board.seen()
        self._fit()
        self.show()
        self.raise_()
        self._timer.start()
        self.tick()
        self._watch_focus(True)
        self._come_in(at_the_door=self.door is not None and not self.door.may_enter())

    def _come_in(self, *, at_the_door: bool = False) -> None:
        """To the sections, or to the door in front of them."""
        for part in (self.menu, self._stack):
            part.setVisible(not at_the_door)
        if self.door:
            self.door.setVisible(at_the_door)
        if self.door and at_the_door:
            self.door.come_up()
            return
        self._admit(admin=self.door is None or self.door.is_admin())
        self.menu.focus(self._stack.currentIndex())
        self.section.enter()

    def _admit(self, *, admin: bool) -> None:
        """A guard sees only what is for guards."""
        for button, section in zip(self.menu.buttons, self.sections, strict=True):
            button.setEnabled(admin or not section.admin_only)
        if self.section.admin_only and not admin:
            allowed = [number for number, one in enumerate(self.sections) if not one.admin_only]
            self._stack.setCurrentIndex(allowed[0] if allowed else 0)

    @property
    def _at_the_door(self) -> bool:
        return self.door is not None and self.door.isVisible()

    @property
    def _cover(self) -> CoveringPage | None:
        """The wizard, or own recordings, while they lie over this page: keys are theirs."""
        over = self._over.findChildren(CoveringPage, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return next((one for one in over if one.isVisible()), None)

    def _lock_if_left(self) -> None:
        """Nobody used the page: whatever stands there is not for the next one to read."""
        if self._cover:
            return  # nothing of the page is read; the door would take the keys
        if self.door and self._at_the_door:
            self.door.forget_if_left()
        elif self.door and not self.door.is_open():
            self.section.leave()
            self.say("")
            self._come_in(at_the_door=True)

    def _looked(self, section: Section) -> None:
        if self.door:
            self.door.desk.looked(section.title)

    def close_page(self) -> None:
        """Back to the gate."""
        if self.isHidden():
            return
        self.section.leave()
        self.say("")
        if self.door:
            self.door.desk.lock()
        self._watch_focus(False)
        self._timer.stop()
        self.hide()
        self._over.setFocus()
        self.closed.emit()

    def _close_if_seen(self) -> None:
        """F10."""
        if not self._cover:
            self.close_page()

    def go_to(self, index: int) -> None:
        """The section with this number comes into sight."""
        if not self.menu.buttons[index].isEnabled():
            return
        if index != self._stack.currentIndex():
            self.section.leave()
            self.say("")
            self._stack.setCurrentIndex(index)
            self.section.enter()
        self.menu.mark(index)

    def shut_down(self) -> None:
        """The program ends."""
        self.close_page()
        self.work_bar.end()
        for section in self.sections:
            section.end()

    def tick(self) -> None:
        """Time passed: alarms may be over, the clock goes on."""
        self._lock_if_left()
        news = self._board.at(self._monotonic())
        alarm_changed = news.alarm != self.strip.news.alarm
        self.strip.show_news(news, f"{self._now():%H:%M}", demo=self._demo())
        if alarm_changed:
            self.update()

    def go_back(self) -> None:
        """Esc: first what lies in the way, then the page itself."""
        if cover := self._cover:
            cover.go_back()
            return
        first = self.door if self.door and self._at_the_door else self.section
        if not first.go_back():
            self.close_page()

    # --- building -------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self._column, self._middle, self._right = QVBoxLayout(self), QHBoxLayout(), QVBoxLayout()
        self._column.addWidget(self.strip)
        self._column.addLayout(self._middle, 1)
        self._middle.addWidget(self.menu)
        self._middle.addLayout(self._right, 1)
        if self.door:
            self.door.setParent(self)
            self.door.opened.connect(self._come_in)
            self.door.left.connect(self.close_page)
            self._right.addWidget(self.door, 1)
        self._right.addWidget(self._stack, 1)
        self._right.addWidget(self.work_bar)
        self._over.installEventFilter(self)

    def _connect(self) -> None:
        commands = {
            Qt.Key.Key_Escape: self.go_back,
            Qt.Key.Key_F10: self._close_if_seen,
            Qt.Key.Key_F11: self._full_screen,
        }
        self.keys = AdminKeys(commands, self, monotonic=self._monotonic)
        self.keys.scanned.connect(self._scan)
        self.keys.garbled.connect(self._ask_to_scan_again)
        self.menu.chosen.connect(self.go_to)
        self.menu.left.connect(self.close_page)
        self.strip.tapped.connect(self.close_page)
        self._bridge.outcome.connect(self._take_outcome)
        self._bridge.view.connect(self._take_view)

    def _watch_focus(self, on: bool) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        if self.door:
            self.door.watch(on)
        if on:
            application.focusChanged.connect(self._focus_moved)
            self.keys.watch(application.focusWidget())
        else:
            application.focusChanged.disconnect(self._focus_moved)
            self.keys.watch(None)

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        """Keys are heard wherever the focus is, also in a dialog; only the gate itself hears its own."""
        if now is None and self.isActiveWindow():
            (self._cover or self).setFocus()  # whatever had it is gone
            return
        self.keys.watch(now if now is not self._over else None)

    def _full_screen(self) -> None:
        window = self.window()
        window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)

    # --- what comes from the gate ---------------------------------------------------------------

    def _scan(self, text: str) -> None:
        self._bridge.publish(Scan(text, self._monotonic(), reader="keyboard", source="keyboard"))

    def _ask_to_scan_again(self) -> None:
        self.say(self.tr("扫码枪的字进了输入法，没有读成；请先点一下空白处，再扫一次"), trouble=True)

    def _take_view(self, view: View) -> None:
        """The preview under this page is not painted, so it does not ask for the next picture."""
        if self.isVisible():
            self._bridge.painted()

    def _take_outcome(self, outcome: Outcome) -> None:
        now = self._monotonic()
        match outcome:
            case Recorded() | Repeated():
                self._board.tell(face.verdict(outcome, at=now, now=self._now()), now)
            case Corrected():
                self._board.seen()  # somebody looked at it, and decided otherwise
                self._board.tell(face.corrected(outcome, at=now, now=self._now()), now)
            case NotStored():
                self._board.tell(face.not_stored(outcome), now)
            case StoresAgain():
                self._board.end_failure()
        if self.isVisible():
            self.tick()

    # --- size and colours -----------------------------------------------------------------------

    def dress(self, theme: Theme, scale: float) -> None:
        """Take another theme or another size of the window."""
        self._theme = theme
        wear(self, theme.style_sheet(scale, "admin"))
        gap, frame = round(12 * scale), round(FRAME * scale)
        self._column.setContentsMargins(frame, frame, frame, frame)
        self._column.setSpacing(0)
        self._middle.setContentsMargins(gap, gap, gap, 0)
        self._middle.setSpacing(gap + gap // 2)
        self._right.setSpacing(gap)
        self.strip.setFixedHeight(round(HEIGHT * scale))
        self.strip.dress(theme, scale)
        self.menu.dress(scale)
        self.work_bar.dress(scale)
        if self.door:
            self.door.dress(theme, scale)
        for section in self.sections:
            section.dress(theme, scale)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._fit()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing goes further: under this page lies the gate, which has commands of its own."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        alarm, painter = self.strip.news.alarm, QPainter(self)
        painter.fillRect(self.rect(), self._theme.colours["window"])
        if alarm:
            edge = round(FRAME * scale_of(self.size()))
            painter.fillRect(self.rect(), self._frame_colour(alarm.look))
            painter.fillRect(self.rect().adjusted(edge, edge, -edge, -edge), self._theme.colours["window"])
        painter.end()

    def _frame_colour(self, look: Look) -> QColor:
        """The one of its two colours that has any colour; black and white: the one that stands out."""
        pair = self._theme.looks[look]
        if look is Look.FAILURE:
            return self._theme.mark(look).ink
        return max((pair.ground, pair.ink), key=lambda colour: colour.hsvSaturation() * colour.value())

    def _fit(self) -> None:
        self.setGeometry(self._over.rect())
        self.dress(self._theme, scale_of(self.size()))
