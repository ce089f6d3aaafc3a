"""The gate window: puts the panels in their places and carries messages between bridge, panels and actions.

What is shown when, `stage` knows; how it looks, the panels; what it means, the lane.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station.core.entry import Entry
from station.core.model import (
    CodeKind,
    DeviceKind,
    DeviceState,
    DeviceStatus,
    Scan,
    Severity,
    Temperature,
    View,
)
from station.core.outcome import (
    ClockWarning,
    Corrected,
    NotStored,
    Outcome,
    Phase,
    Recorded,
    Repeated,
    Waiting,
)
from station.ui import ages, face, wireframe
from station.ui.bridge import Actions, Bridge
from station.ui.button_row import ButtonRow
from station.ui.counters import Counters
from station.ui.header import Header
from station.ui.keys import Keys
from station.ui.last_five import LastFive, LastLine
from station.ui.light import Choice, Light
from station.ui.pages import ColourPage, CorrectionPage, NoCodePage, Page
from station.ui.painted import Painted
from station.ui.preview import Preview
from station.ui.stage import Stage
from station.ui.temperature_page import TemperaturePage
from station.ui.theme import Look, Theme
from station.ui.thermometer import Shown, ThermometerPanel
from station.ui.touch import Touch
from station.ui.verdict import VerdictPanel

_NO_THERMOMETER = {DeviceState.ABSENT, DeviceState.LOST}
TICK_MS = 200  # the time bar moves in steps that small
NOTICE_S = 60.0  # a sentence about the clock stays so long


def local_now() -> datetime:
    """The PC's wall time in its own time zone."""
    return datetime.now().astimezone()


class GateWindow(QWidget):
    """One window, no dialogs. Nothing takes the focus: keys go to `Keys`, which lets none press a button.

    The application's fonts, style and language are set before (`station.ui.application.prepare`).
    `monotonic` is the clock of the lane, in seconds; `now` gives wall time in the gate's time zone.
    """

    admin_asked = Signal()  # F10: whoever owns this window opens the admin page over it
    dressed = Signal(object, float)  # Theme and scale, whenever they changed

    def __init__(
        self,
        actions: Actions,
        bridge: Bridge,
        *,
        gate_name: str,
        theme: str = Choice.AUTO,
        monotonic: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = local_now,
    ) -> None:
        super().__init__()
        self.setObjectName("gate")
        self.setAttribute(
            Qt.WidgetAttribute.WA_InputMethodEnabled, False
        )  # it would swallow a scanner's keys
        self.setWindowTitle(self.tr("卡口 · {gate}").format(gate=gate_name))
        self._actions, self._bridge, self._monotonic, self._now = actions, bridge, monotonic, now
        self._light, self._stage, self._touch = Light(Choice(theme)), Stage(), Touch(monotonic)
        self._today = now().date()
        self._colour_unknown = False
        self._thermometer = DeviceState.SEARCHING
        self._waiting_since = float("-inf")
        self._waited_for: Temperature | None = None  # the reading that the lane held until its code came
        self._notice_until = float("-inf")
        self._build(gate_name)
        self._connect()
        self.header.show_light(self._light.said())
        self._fill({}, ())
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self._fill({}, ())
        self.resize(wireframe.BASE)
        self._dress()
        self.tick()

    def show_day(self, counts: Mapping[Severity, int], last: Sequence[LastLine]) -> None:
        """What the journal holds of today once it is open: counts, and the last entries, newest first.

        It could be read, so a message that it could not be opened is over.
        """
        self._stage.clear()
        self._fill(counts, last)
        self._show_scene(self._monotonic())

    def _fill(self, counts: Mapping[Severity, int], last: Sequence[LastLine]) -> None:
        self.counters.show_counts(counts)
        self.last_five.show_lines(last)
        self.buttons.allow(Qt.Key.Key_F8, bool(last))
        self._ask_colour_of(None)

    @property
    def theme(self) -> Theme:
        """What the window wears now."""
        return self._light.theme

    def tick(self) -> None:
        """Time passed: move the bars, let verdicts and pages end."""
        now, wall = self._monotonic(), self._now()
        if wall.date() != self._today:
            self._today = wall.date()
            self._fill({}, ())
        self.header.show_clock(f"{wall:%H:%M}")
        if now >= self._notice_until:
            self.preview.show_notice("")
        for page in self._pages:
            page.tick(now)
        self._show_scene(now)

    # --- building -----------------------------------------------------------------------------

    def _build(self, gate_name: str) -> None:
        theme, touch = self._light.theme, self._touch
        self.header = Header(gate_name, theme, self)
        self.preview = Preview(theme, self)
        self.thermometer = ThermometerPanel(theme, self)
        self.counters = Counters(theme, self)
        self.last_five = LastFive(theme, self._now().tzinfo, self)
        self.verdict = VerdictPanel(theme, self)
        self.buttons = ButtonRow(touch, self)
        self.no_code_page = NoCodePage(theme, touch, self)
        self.temperature_page = TemperaturePage(theme, touch, self)
        self.colour_page = ColourPage(theme, touch, self)
        self.correction_page = CorrectionPage(theme, touch, self)
        self._pages: tuple[Page, ...] = (
            self.no_code_page,
            self.temperature_page,
            self.colour_page,
            self.correction_page,
        )
        self._panels: tuple[tuple[str, Painted | ButtonRow | Page], ...] = (
            ("header", self.header),
            ("preview", self.preview),
            ("thermometer", self.thermometer),
            ("counters", self.counters),
            ("last_five", self.last_five),
            ("verdict", self.verdict),
            ("buttons", self.buttons),
            *(("page", page) for page in self._pages),
        )

    def _connect(self) -> None:
        commands = {
            Qt.Key.Key_F1: lambda: self._open(self.no_code_page),
            Qt.Key.Key_F3: self._open_temperature,
            Qt.Key.Key_F5: self._start_over,
            Qt.Key.Key_F6: self._open_colour,
            Qt.Key.Key_F8: self._open_correction,
            Qt.Key.Key_F9: self._next_light,
            Qt.Key.Key_F10: self._ask_for_admin,
            Qt.Key.Key_F11: self._full_screen,
            Qt.Key.Key_Escape: self._close_pages,
        }
        self.keys = Keys(commands, self)
        self.keys.typed.connect(self._type)
        self.keys.scanned.connect(self._scan)
        self.installEventFilter(self.keys)
        self.buttons.tapped.connect(lambda key: commands[key]())
        self.no_code_page.chosen.connect(self._actions.no_code)
        self.temperature_page.chosen.connect(self._actions.temperature_by_hand)
        self.colour_page.chosen.connect(self._actions.colour_seen)
        self.correction_page.chosen.connect(self._actions.correct)
        self.preview.painted.connect(self._bridge.painted)
        self._bridge.view.connect(self._take_view)
        self._bridge.device_event.connect(self._take_event)
        self._bridge.outcome.connect(self._take_outcome)

    # --- what the volunteer does --------------------------------------------------------------

    def _open(self, page: Page) -> None:
        self._close_pages()
        page.open(self._monotonic())

    def _open_temperature(self) -> None:
        self._actions.hold()
        self._open(self.temperature_page)

    def _open_colour(self) -> None:
        """Only for the holder of a code whose colour a camera cannot tell."""
        if self._colour_unknown:
            self._open(self.colour_page)

    def _open_correction(self) -> None:
        """There must be an entry to correct; the page names it."""
        if self.last_five.entries:
            self.correction_page.show_last(self.last_five.said(self.last_five.entries[0]))
            self._open(self.correction_page)

    def _close_pages(self) -> None:
        for page in self._pages:
            page.hide()

    def _type(self, character: str) -> None:
        for page in self._pages:
            if page.isVisible():
                page.type(character, self._monotonic())

    def _scan(self, text: str) -> None:
        """A scanner that is a keyboard has read a code: it goes the way of every other scan."""
        self._bridge.publish(Scan(text, self._monotonic(), reader="keyboard", source="keyboard"))

    def _start_over(self) -> None:
        self._close_pages()
        self._stage.clear()
        self._actions.start_over()
        self._show_scene(self._monotonic())

    def _next_light(self) -> None:
        self._light.next()
        self.header.show_light(self._light.said())
        self._dress()

    def _ask_for_admin(self) -> None:
        self._close_pages()
        self.admin_asked.emit()

    def _full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    # --- what the bridge brings ---------------------------------------------------------------

    def _take_view(self, view: View) -> None:
        before = self._light.theme
        self._light.see(view.brightness, self._monotonic())
        if self._light.theme is not before:
            self._dress()
        self.preview.show_view(view)

    def _take_event(self, event: object) -> None:
        if not isinstance(event, DeviceStatus):
            return  # scans and samples are the lane's
        self.header.show_status(event)
        if event.kind is DeviceKind.CAMERA:
            self.preview.show_status(event)
        elif event.kind is DeviceKind.THERMOMETER:
            self._thermometer = event.state
            self.thermometer.show_status(event)

    def _take_outcome(self, outcome: Outcome) -> None:
        now = self._monotonic()
        match outcome:
            case Recorded() | Repeated():
                self._take_verdict(outcome, now)
            case Corrected():
                self._take_correction(outcome, now)
            case Waiting():
                self._take_waiting(outcome, now)
            case NotStored():
                self._stage.tell(face.not_stored(outcome))
                self.thermometer.show_temperature(None, now)
                self._interrupt()
            case ClockWarning():
                self.preview.show_notice(ages.clock_behind(outcome.back_s))
                self._notice_until = now + NOTICE_S
        self._show_scene(now)

    def _take_verdict(self, outcome: Recorded | Repeated, now: float) -> None:
        stored, severity = outcome.stored, outcome.decision.severity
        self._stage.tell(face.verdict(outcome, at=now, now=self._now()))
        self._show_reading(stored.entry, now)
        self.header.show_entry(emulated=stored.entry.emulated)
        if isinstance(outcome, Recorded):
            self.counters.add(severity)
            self.last_five.add(LastLine.of(stored, outcome.person))
            self.buttons.allow(Qt.Key.Key_F8, True)
            self._ask_colour_of(stored.entry)
            for page in (self.correction_page, self.colour_page):
                self._close(page)  # "the last one" is somebody else now
        if severity is Severity.STOP:
            self._interrupt()

    def _ask_colour_of(self, entry: Entry | None) -> None:
        code = entry.code if entry else None
        self._allow_colour(code is not None and code.kind == CodeKind.REGIONAL)

    def _allow_colour(self, allowed: bool) -> None:
        self._colour_unknown = allowed
        self.buttons.allow(Qt.Key.Key_F6, allowed)

    def _take_correction(self, outcome: Corrected, now: float) -> None:
        entry = outcome.stored.entry
        self._stage.tell(face.corrected(outcome, at=now, now=self._now()))
        self.counters.add(entry.decision, instead_of=outcome.before)
        if entry.amends is not None:
            self.last_five.amend(entry.amends, entry.decision)

    def _take_waiting(self, outcome: Waiting, now: float) -> None:
        self._stage.ask(outcome, measured_by_hand=self._thermometer in _NO_THERMOMETER)
        if outcome.phase is Phase.NEEDS_TEMPERATURE and outcome.since != self._waiting_since:
            self._waiting_since = outcome.since  # somebody new: a choice for the former person would hit them
            self._allow_colour(True)
            for page in (self.correction_page, self.colour_page):
                self._close(page)
        self._waited_for = outcome.temperature
        if outcome.phase is not Phase.IDLE:  # somebody new: the former person's reading is not theirs
            reading = outcome.temperature
            self.thermometer.show_temperature(Shown.of_reading(reading) if reading else None, now)

    # --- what is shown ------------------------------------------------------------------------

    def _show_scene(self, now: float) -> None:
        scene = self._stage.at(now)
        self.verdict.show_scene(scene, now)
        self.preview.ask_for_code(scene.face.shape is face.Shape.PHONE)
        if scene.face.look is Look.IDLE:
            self.thermometer.show_temperature(None, now)
        self.thermometer.show_age(now)
        verdict = scene.former if scene.face.look in (Look.IDLE, Look.ASK) else scene.face
        for page in (self.no_code_page, self.temperature_page):
            page.strip.show_face(verdict)

    def _show_reading(self, entry: Entry, now: float) -> None:
        """The reading of a decided passage; it may be older than the entry if it waited for its code."""
        shown, waited = Shown.of_entry(entry), self._waited_for
        if shown and waited and waited.value_c == shown.value_c:
            shown = Shown.of_reading(waited)
        self.thermometer.show_temperature(shown, now)

    def _interrupt(self) -> None:
        """Something that must be seen at once: the pages go, and a finger on its way hits nothing."""
        for page in self._pages:
            self._close(page)

    def _close(self, page: Page) -> None:
        if page.isVisible():
            page.hide()
            self._touch.hold()

    # --- size and colours ---------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._dress()

    def _dress(self) -> None:
        """Put everything in its place at this size, in this theme."""
        theme, scale = self._light.theme, wireframe.scale(self.size())
        self.setStyleSheet(theme.style_sheet(scale))
        for name, panel in self._panels:
            panel.setGeometry(wireframe.place(name, self.size()))
            panel.dress(theme, scale)
        self.dressed.emit(theme, scale)
