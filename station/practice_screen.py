"""`station practice` with its window: the gate itself over a practice lane, with the play laid over it."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from station.core.outcome import Outcome
from station.practising import Practice, practice
from station.screen import LaneInWindow
from station.settings import Settings
from station.ui import practice_words
from station.ui.application import prepare
from station.ui.practice_overlay import PracticeOverlay, Told
from station.ui.practice_page import PracticePage
from station.ui.theme import Theme
from station.ui.touch import Touch

TICK_MS = 100
READ_FIRST_S = 2.0  # a score that came by itself hears nobody for so long: ESC was meant for another page
AGAIN = 7  # how the event loop says that the learner wants another one


def run(like: Settings) -> int:
    """Practise until the learner has enough. Raises JournalError, VaultError, OSError."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    prepare(application, like.language)
    application.setQuitOnLastWindowClosed(True)
    while _once(application, like) == AGAIN:
        continue
    return 0


def _once(application: QApplication, like: Settings) -> int:
    with practice(practice_words.mark(), like) as made:
        course = Course(made)
        try:
            course.open()
            return application.exec()
        finally:
            course.close()


class PracticeLane(LaneInWindow):
    """The gate as it is, but for F10: there is nothing to administer, so it ends the practice."""

    def __init__(self, made: Practice) -> None:
        self.course: Course | None = None
        super().__init__(made.opening)

    def open_admin(self) -> None:
        if self.course:
            self.course.finish()

    def listen(self, course: Course) -> None:
        self.course = course
        self._bridge.outcome.connect(course.take)


class Course(QObject):
    """One practice from its first page to its score."""

    def __init__(self, made: Practice) -> None:
        super().__init__()
        self.director = made.director
        self.lane = PracticeLane(made)
        self.lane.listen(self)
        window = self.lane.window
        window.buttons.rename_admin(practice_words.end())
        window.buttons.allow(Qt.Key.Key_End, False)  # the play is laid over the usual arrangement
        window.keys.add(Qt.Key.Key_End, lambda: None)
        if window.wardrobe.large:
            window.wardrobe.turn_large()
        self.overlay = PracticeOverlay(window.theme, window)
        self.page = PracticePage(window.theme, Touch(time.monotonic), window)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._deaf_until = float("-inf")
        self.page.go.connect(self.go)
        self.page.leave.connect(self.leave)
        window.dressed.connect(self._dress)
        window.installEventFilter(self)
        window.resize(window.size())

    def open(self) -> None:
        """Show the first page over the gate."""
        self.lane.open()
        self.lane.show()
        self.page.show_welcome()
        self._timer.start()

    def close(self) -> None:
        self._timer.stop()
        self.lane.window.removeEventFilter(self)
        self.lane.close()
        self.lane.window.hide()

    def go(self) -> None:
        """Begin; or, after the score, begin anew with everything fresh."""
        if self.director.over:
            QApplication.exit(AGAIN)
        else:
            self.page.hide()
            self.director.begin(time.monotonic())

    def finish(self) -> None:
        """The learner has enough, or it is over: the score."""
        if self.page.isVisible():
            return
        self.director.stop()
        self.lane.window.pages.hide()
        self.page.show_score(self.director.score())

    def leave(self) -> None:
        QApplication.exit(0)

    def take(self, outcome: Outcome) -> None:
        self.director.take(outcome, time.monotonic())

    def tick(self) -> None:
        now = time.monotonic()
        self.director.tick(now)
        if self.director.over:
            self._end_by_itself(now)
            return
        self._show(now)

    def _end_by_itself(self, now: float) -> None:
        """The time is over, under the learner's fingers."""
        if not self.page.isVisible():
            self.finish()
            self._deaf_until = now + READ_FIRST_S
        self.page.wait(now < self._deaf_until)

    def _show(self, now: float) -> None:
        director, act = self.director, self.director.act
        says = practice_words.says(director.arrival) if act and act.is_at_table(now) else ""
        number = act.index + 1 if act else 1
        band = practice_words.band(number, len(director.cast), director.right, director.left_s(now))
        done = director.just_done(now)
        told = Told(practice_words.told(done), right=bool(done and done.right))
        hint = practice_words.hint(director.hint(now))
        self.overlay.show_play(hint or band, says, told, page_open=self.lane.window.pages.any_open)
        if self.page.isVisible():
            self.page.raise_()

    def _dress(self, theme: Theme, scale: float) -> None:
        self.overlay.dress(theme, scale)
        self.page.dress(theme, scale)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While one of our pages covers the gate, the gate hears no key."""
        if not self.page.isVisible() or not isinstance(event, QKeyEvent):
            return False
        if event.type() is QEvent.Type.KeyPress:
            self._press(Qt.Key(event.key()))
        return True

    def _press(self, key: Qt.Key) -> None:
        if not self.page.ready:
            return
        if key in _BEGIN:
            self.page.go.emit()
        elif key == Qt.Key.Key_Escape:
            self.page.leave.emit()


_BEGIN: Sequence[Qt.Key] = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
