"""What stands beside the verdict: who waits to be measured again, how instruments are, what must be noticed.

It keeps what the lane has told and shows it in the panels that it is given; where they lie, the window knows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from station.core.crash import Cause
from station.core.model import DeviceKind, DeviceState, DeviceStatus
from station.core.outcome import (
    DailyExport,
    DrillVerified,
    InstrumentState,
    LeftUncleared,
    ListsChanged,
    LookbacksOpen,
    NoticesHere,
    Outcome,
    Phase,
    RecheckLine,
    RecheckList,
    Recorded,
    SpaceLeft,
    TrustUnreadable,
    Waiting,
)
from station.core.recheck import Stage
from station.core.rush import Rush
from station.ui import afterwards_words, recheck_panel, recheck_words, running_words
from station.ui.attention import Attention
from station.ui.header import Header
from station.ui.instruments import Instruments
from station.ui.notice_bar import NoticeBar
from station.ui.notices import Afterwards, Notices
from station.ui.preview import Preview
from station.ui.recheck_panel import RecheckPanel
from station.ui.recheck_words import Waiter
from station.ui.theme import Theme
from station.ui.thermometer import ThermometerPanel
from station.ui.touch import Touch

NOTICE_S = 60.0  # a sentence about the clock or an instrument stays so long
DUE_S = 20.0  # that somebody can be measured now; their line stays yellow after that


class Sidelines(QObject):
    """`now` is wall time in the gate's zone; monotonic times are in seconds."""

    rearranged = Signal()  # the bar came or went, or the list has another length
    listed = Signal(object)  # tuple of RecheckLine: who waits from now on
    help_wanted = Signal()  # the page of what somebody called for
    due = Signal(object)  # RecheckLine: from now on they can be measured; for whoever says it aloud

    def __init__(
        self, theme: Theme, touch: Touch, doctor: str, now: Callable[[], datetime], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._doctor, self._now = doctor, now
        self.instruments, self.notices = Instruments(), Notices()
        self.thermometer = ThermometerPanel(theme, touch, self.instruments, parent)
        self.rechecks = RecheckPanel(theme, touch, parent)
        self.bar = NoticeBar(theme, touch, parent)
        self.bar.tapped.connect(self.seen)
        self._attention = Attention(self)
        self._attention.turned.connect(self._show_elsewhere)
        self._rush = Rush()
        self._waiting: tuple[RecheckLine, ...] = ()
        self._announced: dict[tuple[str, datetime], str] = {}  # who can be measured again, and what was said
        self._room = self.room

    @property
    def room(self) -> tuple[bool, float]:
        """Whether the bar is there, and how high the list is, as at 1366x768."""
        return self.bar.notice is not None, recheck_panel.height(self.rechecks.rows)

    @property
    def waiting(self) -> tuple[RecheckLine, ...]:
        """Who waits to be measured again, longest first."""
        return self._waiting

    def waiters(self) -> list[Waiter]:
        now = self._now()
        return [recheck_words.waiter(line, now) for line in self._waiting]

    def show_large(self, large: bool) -> None:
        """Whoever waits gets less room, and the bar is narrow and high."""
        self.rechecks.show_at_most(1 if large else recheck_panel.ROWS)
        self._room = self.room

    # --- what is told -------------------------------------------------------------------------

    def name_thermometers(self, names: Sequence[str], header: Header) -> None:
        self.instruments.name_them(names)
        self._show_health(header)

    def take_status(self, status: DeviceStatus, header: Header) -> None:
        self.instruments.status(status)
        self._show_health(header)

    def hear(self, outcome: Outcome, monotonic: float) -> None:
        """Who comes, and how soon after the former one: from that a queue is known."""
        if isinstance(outcome, Recorded):
            self._rush.decided(monotonic)
        elif isinstance(outcome, Waiting) and outcome.phase is not Phase.IDLE:
            self._rush.begins(monotonic)

    def take(self, outcome: Outcome, monotonic: float) -> None:
        """What the lane tells beside verdicts; the rest is for others."""
        match outcome:
            case InstrumentState():
                self._take_state(outcome, monotonic)
            case RecheckList():
                self._waiting = outcome.waiting
                self.listed.emit(outcome.waiting)
            case LeftUncleared():
                now = self._now()
                words = recheck_words.left_uncleared(outcome.line, self._doctor, now)
                uncut = words.sentence.removeprefix(recheck_words.whole_name(outcome.line, now))
                self.notices.left(words.sentence, words.step, uncut)
            case DrillVerified():
                self._take_drill(outcome, monotonic)
            case _:
                self._take_afterwards(outcome)
        self.show(monotonic)

    def _take_afterwards(self, outcome: Outcome) -> None:
        """What somebody has to look into at the admin page."""
        match outcome:
            case LookbacksOpen():
                told = afterwards_words.lookbacks(outcome.people) if outcome.people else ""
                self.notices.announce(Afterwards.LOOKBACKS, told)
            case NoticesHere():
                self.notices.announce(Afterwards.CENTER, afterwards_words.from_center(outcome))
            case SpaceLeft():
                self.notices.announce(Afterwards.SPACE, afterwards_words.space(outcome))
            case ListsChanged():
                self.notices.announce(Afterwards.LISTS, afterwards_words.lists(outcome))
            case TrustUnreadable():
                self.notices.announce(Afterwards.TRUST, afterwards_words.trust(outcome))
            case DailyExport():
                self.notices.announce(Afterwards.EXPORT, afterwards_words.daily_export(outcome))

    def _take_drill(self, outcome: DrillVerified, monotonic: float) -> None:
        """Whom nobody needs to look for is said once."""
        told = afterwards_words.drill(outcome.entries, outcome.exceptions)
        if not outcome.exceptions and self.notices.announced is not Afterwards.DRILL:
            self.say(told, monotonic)
        self.notices.announce(Afterwards.DRILL, told if outcome.exceptions else "")

    def _take_state(self, state: InstrumentState, monotonic: float) -> None:
        news = self.instruments.judged(state)
        if news:
            self.say(news, monotonic)
        self.notices.trouble(self.instruments.trouble(), self.instruments.troubles)
        self.thermometer.show_instruments()

    def show_manual_only(self, cause: Cause | None) -> None:
        """The gate crashed of this again and again and goes on by hand; None: as usual."""
        self.notices.station(running_words.manual_only(cause) if cause else None)
        self._show_bar()

    def _show_elsewhere(self, elsewhere: bool) -> None:
        """Another program has the keyboard: a scanner that types is not heard, and nobody would know why."""
        self.notices.elsewhere(running_words.elsewhere() if elsewhere else None)
        self._show_bar()

    def say(self, sentence: str, monotonic: float, seconds: float = NOTICE_S) -> None:
        """A sentence in the preview that goes by itself."""
        self.notices.say(sentence, until=monotonic + seconds)

    def show_help(self, told: tuple[str, str] | None, verb: str = "", *, urgent: bool = False) -> None:
        """A call for help or an answer of the center, in the bar; None: there is none."""
        self.notices.help(told, verb, urgent=urgent)
        self._show_bar()

    def seen(self) -> bool:
        """The volunteer has seen what stands in the bar. Whether there was anything to see."""
        if self.notices.helping:
            self.help_wanted.emit()
            return True
        seen = self.notices.seen()
        self._show_bar()
        return seen

    @property
    def measured_by_hand(self) -> bool:
        """No thermometer works."""
        return self.instruments.health().state in (DeviceState.ABSENT, DeviceState.LOST)

    # --- what is shown ------------------------------------------------------------------------

    def show(self, monotonic: float) -> None:
        """Time passed, or something was told."""
        waiters = self.waiters()
        self._announce(waiters, monotonic)
        self.rechecks.show_waiters(waiters)
        self._show_bar()

    def show_in(self, preview: Preview, monotonic: float) -> None:
        self.show(monotonic)
        preview.show_notice(self.notices.caption(monotonic))
        preview.show_announcement(self.notices.announcement())
        preview.show_queue(self._queue(self._rush.passed(monotonic)))

    def _queue(self, people: int) -> str:
        if not people:
            return ""
        return self.tr("有人排队 · 5 分钟过了 {people} 人 · 请隔一米").format(people=people)

    def _announce(self, waiters: list[Waiter], monotonic: float) -> None:
        """Whoever can be measured from now on is named once, without anybody asking, until they were."""
        due = {(one.line.key, one.line.due): one.line for one in waiters if one.stage is not Stage.WAIT}
        for told in self._announced.keys() - due.keys():
            self.notices.unsay(self._announced.pop(told))
        for told, line in due.items():
            if told not in self._announced:
                self._announced[told] = recheck_words.due_now(line, self._now())
                self.say(self._announced[told], monotonic, DUE_S)
                self.due.emit(line)

    def _show_bar(self) -> None:
        self.bar.show_notice(self.notices.bar())
        if self.room != self._room:
            self._room = self.room
            self.rearranged.emit()

    def _show_health(self, header: Header) -> None:
        header.show_health(DeviceKind.THERMOMETER, self.instruments.health())
        self.thermometer.show_instruments()
