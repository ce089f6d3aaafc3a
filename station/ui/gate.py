"""The gate window: puts the panels in their places and carries messages between bridge, panels and actions.

What is shown when, `stage` knows; how it looks, the panels; what it means, the lane.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station.core.asking import Asked, Question
from station.core.entry import Entry
from station.core.model import DeviceKind, DeviceStatus, Scan, Severity, Temperature, ThermalView, View
from station.core.outcome import (
    ClockWarning,
    Corrected,
    NotMeasured,
    NotStored,
    Outcome,
    PartShown,
    Phase,
    Recorded,
    Repeated,
    StaffReadings,
    StoresAgain,
    Waiting,
)
from station.local_time import local_now
from station.ui import ages, asking_page, face, prompts, recheck_words, wireframe
from station.ui.bridge import Actions, Bridge
from station.ui.button_row import ButtonRow
from station.ui.counters import Counters
from station.ui.header import Header
from station.ui.keys import Keys
from station.ui.last_five import LastFive, LastLine
from station.ui.light import Choice
from station.ui.page_stack import PageStack
from station.ui.preview import Preview
from station.ui.sidelines import Sidelines
from station.ui.signed_page import RoleOf
from station.ui.stage import Stage
from station.ui.theme import Look, Theme
from station.ui.thermal_picture import ThermalPicture
from station.ui.thermometer import Shown
from station.ui.tile_cursor import ARROWS
from station.ui.touch import Touch
from station.ui.verdict import VerdictPanel
from station.ui.wardrobe import Panel, Wardrobe

TICK_MS = 200  # the time bar moves in steps that small


class GateWindow(QWidget):
    """One window, no dialogs. Nothing takes the focus: keys go to `Keys`, which lets none press a button.

    Fonts, style and language are set before (`ui.application.prepare`). `monotonic`: the lane's clock, in s;
    `now`: wall time in the gate's zone; `doctor`: whom to call about a fever; `role_of`: of an operator.
    """

    admin_asked = Signal()  # F10: whoever owns this window opens the admin page over it
    day_began = Signal()  # midnight, or the clock was set to another date
    dressed = Signal(object, float)  # Theme and scale, whenever they changed

    def __init__(
        self,
        actions: Actions,
        bridge: Bridge,
        *,
        gate_name: str,
        theme: str = Choice.AUTO,
        elder: bool = False,
        doctor: str = "",
        role_of: RoleOf = lambda number: None,
        monotonic: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = local_now,
    ) -> None:
        super().__init__()
        self.setObjectName("gate")
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)  # it swallows a scanner's keys
        self.setWindowTitle(self.tr("卡口 · {gate}").format(gate=gate_name))
        self._actions, self._bridge, self._monotonic, self._now = actions, bridge, monotonic, now
        self.wardrobe, self._stage = Wardrobe(self, theme, large=elder), Stage()
        self._touch = Touch(monotonic)
        self._doctor = doctor
        self._today = now().date()
        self._waiting_since = float("-inf")
        self._waited_for: Temperature | None = None  # the reading that the lane held until its code came
        self._staff_until: float | None = None  # while staff are measured
        self._build(gate_name, role_of)
        self._connect()
        self.header.show_light(self.wardrobe.said())
        self._fill({}, ())
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self.resize(wireframe.BASE)
        self.wardrobe.dress()
        self.tick()

    def show_day(self, counts: Mapping[Severity, int], last: Sequence[LastLine]) -> None:
        """What the open journal holds of today, the newest first: a message that it did not open is over."""
        self._stage.clear()
        self._fill(counts, last)
        self._show_scene(self._monotonic())

    def show_opening(self) -> None:
        self._stage.tell(face.opening())
        self._show_scene(self._monotonic())

    def show_codes_down(self, down: bool) -> None:
        """Whether the code system is down, and the gate goes by roster and temperature alone."""
        self.header.show_codes_down(down)
        self.buttons.show_codes_down(down)
        self._stage.codes_down = down
        self._show_scene(self._monotonic())

    def show_thermometers(self, names: Sequence[str]) -> None:
        """The thermometers of this lane by name, the preferred one first."""
        self.sidelines.name_thermometers(names, self.header)

    def _fill(self, counts: Mapping[Severity, int], last: Sequence[LastLine]) -> None:
        self.counters.show_counts(counts)
        self.last_five.show_lines(last)
        self.last_five.show_overrides({})
        self.buttons.allow(Qt.Key.Key_F8, bool(last))
        self._allow_asking(())

    @property
    def theme(self) -> Theme:
        """What the window wears now."""
        return self.wardrobe.theme

    def tick(self) -> None:
        """Time passed: move the bars, let verdicts and pages end."""
        now, wall = self._monotonic(), self._now()
        if wall.date() != self._today:
            self._today = wall.date()
            self.counters.show_counts({})
            self.last_five.begin_day(wall)
            self.day_began.emit()
            self.buttons.allow(Qt.Key.Key_F8, bool(self.last_five.entries))
        self.header.show_time(wall)
        if self._staff_until is not None and now >= self._staff_until:
            self.start_over()  # they went away: whoever comes now is none of them
        self.thermal.tick(now)
        self.pages.tick(now)
        self._show_scene(now)

    # --- building -----------------------------------------------------------------------------

    def _build(self, gate_name: str, role_of: RoleOf) -> None:
        theme, touch = self.theme, self._touch
        self.header = Header(gate_name, theme, touch, self)
        self.preview = Preview(theme, self)
        self.thermal = ThermalPicture(theme, self)
        self.sidelines = Sidelines(theme, touch, self._doctor, self._now, self)
        self.thermometer = self.sidelines.thermometer
        self.counters = Counters(theme, self)
        self.last_five = LastFive(theme, touch, self._now().tzinfo, self)
        self.verdict = VerdictPanel(theme, self)
        self.buttons = ButtonRow(touch, self)
        self.pages = PageStack(
            self._actions, theme=lambda: self.theme, touch=touch, doctor=self._doctor, role_of=role_of,
            monotonic=self._monotonic, now=self._now, parent=self,
        )  # fmt: skip
        panels: tuple[Panel, ...] = (
            ("header", self.header),
            ("bar", self.sidelines.bar),
            ("preview", self.preview),
            ("thermal", self.thermal),
            ("rechecks", self.sidelines.rechecks),
            ("thermometer", self.thermometer),
            ("counters", self.counters),
            ("last_five", self.last_five),
            ("verdict", self.verdict),
            ("buttons", self.buttons),
        )
        self.wardrobe.furnish(panels, lambda: self.sidelines.room)
        self._turn_large(self.wardrobe.large)

    def _connect(self) -> None:
        commands: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_F1: self.pages.open_no_code,
            Qt.Key.Key_F2: lambda: self.pages.second_key(codes_down=self.header.codes_down),
            Qt.Key.Key_F3: self.pages.open_temperature,
            Qt.Key.Key_F4: lambda: self.pages.open_rechecks(self.sidelines.waiters()),
            Qt.Key.Key_F5: self.start_over,
            Qt.Key.Key_F6: self.pages.open_asking,
            Qt.Key.Key_F7: self._measure_staff,
            Qt.Key.Key_F8: lambda: self.pages.open_correction(self.last_five),
            Qt.Key.Key_F9: self._next_light,
            Qt.Key.Key_F10: self._ask_for_admin,
            Qt.Key.Key_F11: lambda: self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen),
            Qt.Key.Key_F12: self._turn,
            Qt.Key.Key_Escape: self._go_back,
            Qt.Key.Key_PageDown: self.pages.leaf,
            **{arrow: partial(self.pages.move, arrow) for arrow in ARROWS},
            Qt.Key.Key_End: self.wardrobe.turn_large,
            Qt.Key.Key_PageUp: lambda: self.pages.open_last(self.last_five, self.header.state()),
        }
        self.keys = Keys(commands, self)
        self.keys.typed.connect(self.pages.type)
        self.keys.entered.connect(self.pages.enter)
        self.keys.erased.connect(self.pages.erase)
        self.keys.scanned.connect(self._scan)
        self.installEventFilter(self.keys)
        self.buttons.tapped.connect(lambda key: commands[key]())
        self.sidelines.rechecks.tapped.connect(commands[Qt.Key.Key_F4])
        self.last_five.tapped.connect(commands[Qt.Key.Key_PageUp])
        self.pages.made.connect(lambda page: self.wardrobe.add("page", page))
        self.pages.refused.connect(lambda why: self.sidelines.say(why, self._monotonic()))
        self.sidelines.rearranged.connect(self.wardrobe.arrange)
        self.wardrobe.turned.connect(self._turn_large)
        self.wardrobe.dressed.connect(self.dressed)
        self.sidelines.listed.connect(self.pages.list_changed)
        self.header.tapped.connect(self._turn)
        self.header.light_tapped.connect(self._next_light)
        self.thermometer.tapped.connect(self._measure_staff)
        self.preview.painted.connect(self._bridge.painted)
        self._bridge.view.connect(self._take_view)
        self._bridge.device_event.connect(self._take_event)
        self._bridge.outcome.connect(self._take_outcome)
        self._bridge.outcome.connect(self.header.take)

    # --- what the volunteer does --------------------------------------------------------------

    def _measure_staff(self) -> None:
        """Only while nobody else is there: the next readings are theirs."""
        if self._stage.free and self._staff_until is None:
            self.pages.hide()
            self._actions.measure_staff()

    def _go_back(self) -> None:
        """Out of a page, or else of the measuring of staff; or a notice was seen."""
        if self.pages.any_open:
            self.pages.hide()
        elif self._staff_until is not None:
            self.start_over()
        else:
            self.sidelines.seen()

    def _scan(self, text: str) -> None:
        """A scanner that is a keyboard has read a code: it goes the way of every other scan."""
        self._bridge.publish(Scan(text, self._monotonic(), reader="keyboard", source="keyboard"))

    def start_over(self) -> None:
        self.pages.hide()
        self._stage.clear()
        self._staff_until = None
        self._actions.start_over()
        self._show_scene(self._monotonic())

    def _turn(self) -> None:
        """From now on people go the other way; whoever is half done begins anew."""
        self.start_over()
        self._actions.turn(self.header.turn())

    def _next_light(self) -> None:
        self.header.show_light(self.wardrobe.next_light())

    def _turn_large(self, large: bool) -> None:
        """Larger letters, and fewer things."""
        for panel in (self.verdict, self.preview, self.buttons, self.sidelines):
            panel.show_large(large)

    def _ask_for_admin(self) -> None:
        self.pages.hide()
        self.admin_asked.emit()

    # --- what the bridge brings ---------------------------------------------------------------

    def _take_view(self, view: View) -> None:
        self.wardrobe.see(view, self._monotonic())
        self.preview.show_view(view)

    def _take_event(self, event: object) -> None:
        self._stage.sight.hear(event)
        if isinstance(event, ThermalView):
            self.thermal.show_view(event, self._monotonic())
        if not isinstance(event, DeviceStatus):
            return  # scans and samples are the lane's
        if event.kind is DeviceKind.THERMOMETER:
            self.sidelines.take_status(event, self.header)
            return
        self.header.show_status(event)
        if event.kind is DeviceKind.CAMERA:
            self.preview.show_status(event)

    def _take_outcome(self, outcome: Outcome) -> None:
        now = self._monotonic()
        self.sidelines.hear(outcome, now)
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
                self.pages.close()
            case StoresAgain():
                self._stage.end_failure()
            case ClockWarning():
                self.sidelines.say(ages.clock_behind(outcome.back_s), now)
            case _:
                self._take_measuring(outcome, now)
        self._show_scene(now)

    def _take_measuring(self, outcome: Outcome, now: float) -> None:
        """What is told beside verdicts."""
        match outcome:
            case NotMeasured():
                self._stage.hinder(outcome, now)
            case PartShown():
                self._staff_until = None
                self._stage.hint(prompts.part_shown(outcome, now))
            case StaffReadings():
                self._staff_until = None if outcome.done else now + prompts.STAFF_S
                self._stage.hint(prompts.staff(outcome, now))
            case _:
                self.sidelines.take(outcome, now)

    def _take_verdict(self, outcome: Recorded | Repeated, now: float) -> None:
        stored, severity = outcome.stored, outcome.decision.severity
        told = face.verdict(outcome, at=now, now=self._now())
        self._stage.tell(recheck_words.with_doctor(told, self._doctor))
        self._staff_until = None
        self._show_reading(stored.entry, now)
        self.header.show_entry(emulated=stored.entry.emulated)
        if isinstance(outcome, Recorded):
            self.counters.add(severity)
            self.last_five.add(LastLine.of(stored, outcome.person))
            self.buttons.allow(Qt.Key.Key_F8, True)
            self._allow_asking(asking_page.asked_of(outcome))
            self.pages.somebody_new()
        if severity is Severity.STOP:
            self.pages.close()

    def _allow_asking(self, asked: Sequence[Asked]) -> None:
        """F6 asks this of whoever is in front; its button says what comes first."""
        self.pages.allow_asking(asked)
        self.buttons.ask(asked)

    def _take_correction(self, outcome: Corrected, now: float) -> None:
        entry = outcome.stored.entry
        if entry.override and self._stage.free:
            self._allow_asking(())  # what an operator decided, no answer changes
        self._stage.tell(face.corrected(outcome, at=now, now=self._now()))
        self.counters.add(entry.decision, instead_of=outcome.before)
        if entry.amends is not None:
            self.last_five.amend(entry.amends, entry.decision)
        if entry.override:
            self.last_five.count_override(entry.role or "")

    def _take_waiting(self, outcome: Waiting, now: float) -> None:
        self._stage.ask(outcome, measured_by_hand=self.sidelines.measured_by_hand)
        if outcome.phase is Phase.NEEDS_TEMPERATURE and outcome.since != self._waiting_since:
            self._waiting_since = outcome.since  # somebody new: a choice for the former person would hit them
            self._allow_asking(outcome.asks or (Asked(Question.COLOUR),))
            self.pages.somebody_new()
        self._waited_for = reading = outcome.temperature
        if outcome.phase is not Phase.IDLE:  # somebody new: the former person's reading is not theirs
            self._staff_until = None  # whoever shows a code is no staff being measured
            self.thermometer.show_temperature(Shown.of_reading(reading) if reading else None, now)

    # --- what is shown ------------------------------------------------------------------------

    def _show_scene(self, now: float) -> None:
        scene = self._stage.at(now)
        self.verdict.show_scene(scene, now)
        self.preview.ask_for_code(scene.face.shape is face.Shape.PHONE)
        self.thermometer.tick(now, idle=scene.face.look is Look.IDLE)
        self.pages.show_verdict(scene.former if scene.face.look in (Look.IDLE, Look.ASK) else scene.face)
        self.sidelines.show_in(self.preview, now)
        self.pages.show_waiters(self.sidelines.waiters)

    def _show_reading(self, entry: Entry, now: float) -> None:
        """The reading of a decided passage; it may be older than the entry if it waited for its code."""
        shown, waited = Shown.of_entry(entry), self._waited_for
        if shown and waited and waited.value_c == shown.value_c:
            shown = Shown.of_reading(waited)
        self.thermometer.show_temperature(shown, now)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.wardrobe.dress()
