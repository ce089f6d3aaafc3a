"""The gate with a window: the Qt event loop owns the lane; device threads reach it only through the bridge.

If the journal cannot be opened the window opens all the same, says why nobody can be recorded, and tries
again: whoever stands at the gate sees what to do, and no verdict is shown that was not stored.
"""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtWidgets import QApplication

from station.core.asking import Answer
from station.core.crash import Cause
from station.core.model import DeviceEvent, Direction, Vouch
from station.core.outcome import NotStored, StoresAgain
from station.core.override import Override, OverrideError, OverrideProblem
from station.core.policy import PolicyError
from station.core.problems import StorageProblem
from station.equipment import Equipment
from station.journal.errors import JournalError, VaultError
from station.local_time import local_zone
from station.opening import Opening
from station.reopening import Reopening
from station.running.device_watch import DeviceWatch
from station.running.first_picture import FirstPicture
from station.running.single_instance import claim, show_first
from station.running.way import Way, WayNow
from station.running.window_life import WindowLife
from station.settings import Settings, SettingsError
from station.settings_file import Value, change_settings
from station.steady import Slept
from station.ui import words
from station.ui.application import prepare
from station.ui.bridge import Bridge
from station.ui.collecting import Collecting
from station.ui.gate import GateWindow

if TYPE_CHECKING:  # imported after the first picture, and the admin page when it is opened
    from station.app import Station
    from station.offices import Offices
    from station.ui.admin.sections import MakeSection
    from station.ui.admin.window import AdminWindow

log = logging.getLogger(__name__)

TICK_MS = 100
RETRY_MS = 3000

Equip = Callable[[Settings], Equipment]


def run(opening: Opening, equip: Equip | None = None) -> int:
    """Open the window and run until it is closed. Raises VaultError, PolicyError, SettingsError.

    `equip` makes the devices that changed settings name, or raises SettingsError; None if they are emulated.
    """
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    prepare(application, opening.settings.language)
    first = claim(opening.data)
    if first is None:
        return show_first(opening.data)
    life = WindowLife(opening.data, first)
    collecting = Collecting(application)
    lane = LaneInWindow(opening, equip, life)
    for number in (signal.SIGINT, signal.SIGTERM):
        # By a timer: `quit` does nothing before the loop has begun, and it would never end.
        signal.signal(number, lambda number, frame: QTimer.singleShot(0, application.quit))

    def begin() -> None:
        life.opens()
        lane.open()
        life.watch_over(lane.window)

    try:
        lane.window.show_opening()
        first_picture = FirstPicture(lane.window, begin, application.quit)
        lane.show()
        code = application.exec()
        first_picture.raise_fault()
        life.ended()
        return code
    except (VaultError, PolicyError, SettingsError):  # said to whoever started it: no crash
        life.ended()
        raise
    finally:
        collecting.end()
        lane.close()
        life.close()


class LaneInWindow(QObject):
    """The lane's life in the GUI thread, and what the volunteer asks of it (`ui.bridge.Actions`)."""

    def __init__(self, opening: Opening, equip: Equip | None = None, life: WindowLife | None = None) -> None:
        """Without devices if `life` says that it crashed again and again."""
        super().__init__()
        self._opening, self._equip = opening, equip
        self._usual, self._life = opening, life
        if self._crashed():
            self._opening = replace(opening, equipment=Equipment(camera=None), alone=True)
        self._admin: AdminWindow | None = None  # made when it is asked for
        self._station: Station | None = None
        self._way = WayNow(opening.settings.direction)  # turning it outlives a change of devices
        self._offices: Offices | None = None  # with the first `open`
        self._bridge = Bridge(self)
        self._bridge.device_event.connect(self._handle)
        self._devices = DeviceWatch(self._bridge.publish)
        settings = opening.settings
        self.window = GateWindow(
            self,
            self._bridge,
            gate_name=settings.gate,
            theme=settings.theme,
            elder=settings.elder,
            doctor=settings.doctor,
            role_of=settings.role_of,
        )
        self.window.admin_asked.connect(self.open_admin)
        self._ticking = QTimer(self, interval=TICK_MS)
        self._ticking.timeout.connect(self._tick)
        self._slept = Slept()
        self._retry = QTimer(self, interval=RETRY_MS)
        self._retry.timeout.connect(self.open)
        self._reopening = Reopening(opening.data)

    def _furnish(self) -> Offices:
        """What stands at the window besides the lane itself."""
        from station import offices  # nearly all of the program: the window has its first picture before

        lane = offices.Lane(
            self.window,
            self._bridge,
            lambda: self._opening,
            lambda: self._station,
            self._change_policy,
            self._change_devices if self._equip else None,
        )
        return offices.Offices(lane, self)

    def open(self) -> None:
        """Open the journal and start the devices, or say why not and try again in a while."""
        from station.app import Station  # as in `_furnish`

        offices = self._offices = self._offices or self._furnish()
        try:
            self._reopening.refuse_another()
            station = Station(self._opening, post=self._devices.hear, publish=self._bridge.publish)
        except (JournalError, VaultError, PolicyError, SettingsError) as error:
            self._try_later(error)
            return
        if self._retry.isActive():
            self._bridge.publish(StoresAgain())
        self._retry.stop()
        signing = offices.duty.signing
        self._reopening.opened(station, somebody_is_at_work=bool(signing.shift or signing.page))
        self._station = station.__enter__()
        self._way.begin(self._kept_way(station), locked=station.journal.vault.locked)
        self._go(station)
        self.window.sidelines.show_manual_only(self._crashed())
        self.window.show_codes_down(station.policy.codes_down is not None)
        self.window.show_thermometers(station.thermometers)
        offices.begin(station)
        self._ticking.start()

    def _try_later(self, error: Exception) -> None:
        """What never was open is said to whoever started it, unless the disk is why."""
        problem = error.problem if isinstance(error, JournalError) else None
        if problem is None and not self._reopening.was_open:
            raise error
        log.error("the journal cannot be opened: %s", error)
        self._bridge.publish(NotStored(problem or StorageProblem.CORRUPT))
        self._retry.start()

    def show(self) -> None:
        """On a gate's PC the window fills the screen; a small or large one adapts."""
        self.window.showMaximized()

    def close(self) -> None:
        if self._admin:
            self._admin.shut_down()
        self._close_lane()
        for timer in (*self.findChildren(QTimer), *self.window.findChildren(QTimer)):
            timer.stop()  # Qt crashes if another thread collects an object whose timer still runs

    def _close_lane(self) -> None:
        if self._offices:
            self._offices.end()
        self._ticking.stop()
        self._retry.stop()
        if self._station:
            self._reopening.closing(self._station)
            self._station.__exit__()
            self._station = None
            self._devices.forget()

    # --- the admin page -----------------------------------------------------------------------

    def open_admin(self) -> None:
        """The admin page over the gate, which goes on."""
        from station import admin_parts as parts

        if self._offices is None:
            return  # the gate is just opening
        if self._admin is None:
            self._admin = parts.AdminWindow(
                self.window,
                self._bridge,
                self._sections(self._offices),
                theme=self.window.theme,
                demo=lambda: self.window.header.demo,
                door=self._offices.duty.door(),
            )
            self.window.dressed.connect(self._admin.dress)
        parts.go_to_announced(self.window.sidelines.notices.announced, self._admin)
        self._admin.open()

    def _sections(self, offices: Offices) -> Sequence[MakeSection]:
        from station import admin_parts as parts

        opening, running, zone = lambda: self._opening, lambda: self._station, local_zone()
        desk = parts.StationPassDesk(
            journal=offices.journal,
            issuer=lambda: self._opening.settings.gate,
            changed=offices.reload_judge,
            zone=zone,
        )
        notices = parts.StationNoticeDesk(offices.journal, lambda: datetime.now(UTC))
        bench = parts.DeviceSetup(
            lambda: self._opening.settings, self._change_devices if self._equip else None
        )
        lists = parts.StationImportDesk(offices.journal, zone, offices.people.forget_index)
        return (
            lambda host: parts.PassesSection(host, desk),
            lambda host: parts.PeopleSection(host, offices.people, lists),
            *parts.presence_sections(
                *(opening, running, zone, offices.people, offices.duty.signing),
                offices.amended,
            ),
            offices.visitors.section,
            offices.duty.section,
            lambda host: parts.PolicySection(host, offices.rules),
            lambda host: parts.NoticeSection(host, notices),
            parts.center_section(running, opening, self._keep),
            lambda host: parts.SetUpSection(host, bench, self._bridge, self._crashed, self._go_as_usual),
            lambda host: parts.SelfTestSection(host, offices.readiness),
            *parts.keeping_sections(opening, running, offices.duty.signing, offices.people, self._keep),
        )

    def _change_devices(self, changes: Mapping[str, Value]) -> None:
        """Keep these settings and go on with the devices they name. Raises SaveError; then all is as before.

        Whoever is half done at the lane shows the code again.
        """
        from station.ui.admin.bench import SaveError  # as the admin page, which asks for it

        assert self._equip is not None
        settings = msgspec.structs.replace(self._opening.settings, **changes)
        try:
            equipment = self._equip(settings)
            change_settings(self._opening.data, changes)
        except SettingsError as error:
            raise SaveError(str(error)) from error
        self._usual = replace(self._usual, settings=settings, equipment=equipment)
        self._tell_changed(settings)  # before the gate opens anew, and finds that they differ
        self._go_as_usual()

    def _keep(self, changes: Mapping[str, Value]) -> None:
        """Settings that ask for no other devices. Raises SettingsError."""
        settings = change_settings(self._opening.data, changes)
        self._opening = replace(self._opening, settings=settings)
        self._usual = replace(self._usual, settings=settings)
        self._tell_changed(settings)

    def _tell_changed(self, settings: Settings) -> None:
        if self._offices:
            self._offices.duty.settings_changed(settings)

    def _go_as_usual(self) -> None:
        """With all devices and the center, whatever there was before."""
        if self._life:
            self._life.forgive()
        self._opening = self._usual
        self._open_anew()

    def _crashed(self) -> Cause | None:
        return self._life.crashed if self._life else None

    def _change_policy(self) -> None:
        """Go on by another policy; the devices stay as they are."""
        if self._station is None:
            return
        try:
            self._station.reload_policy()
        except (JournalError, VaultError, PolicyError, SettingsError) as error:
            log.error("the policy cannot be changed while the gate is open: %s", error)
            self._open_anew()
            return
        self.window.show_codes_down(self._station.policy.codes_down is not None)

    def _open_anew(self) -> None:
        """Go on with other devices."""
        self._close_lane()
        QCoreApplication.sendPostedEvents(self._bridge)  # what the former devices said is of the past
        self.open()

    # --- the volunteer's wishes ---------------------------------------------------------------

    def no_code(self, vouch: Vouch, person_id: str | None = None, brought_by: str | None = None) -> None:
        if self._station:
            self._station.checkpoint.no_code(vouch, person_id, brought_by)
        if self._offices:
            self._offices.visitors.picked(person_id)

    def temperature_by_hand(self, value_c: float | None, *, clinical: bool = False) -> None:
        if self._station:
            self._station.checkpoint.temperature_by_hand(value_c, clinical=clinical)

    def recheck_by_hand(self, key: str, value_c: float, *, clinical: bool = False) -> None:
        if self._station:
            self._station.checkpoint.recheck_by_hand(key, value_c, clinical=clinical)

    def measure_staff(self) -> None:
        if self._station:
            self._station.checkpoint.measure_staff()

    def hold(self) -> None:
        if self._station:
            self._station.checkpoint.hold()

    def answered(self, answers: Sequence[Answer]) -> bool:
        return self._station is not None and self._station.checkpoint.answered(answers)

    def correct(self, wish: Override) -> OverrideProblem | None:
        try:
            if self._station:
                self._station.checkpoint.correct(wish)
        except OverrideError as error:  # the last entry is another one by now
            return error.problem
        return None

    def switch_codes(self, by: str, why: str, *, down: bool) -> str | None:
        from station.ui.admin.policy_desk import PolicyDeskError  # with all of the admin page

        if self._offices is None:
            return words.please_wait()
        try:
            self._offices.rules.switch_codes(by, why, down=down)
        except PolicyDeskError as error:
            return str(error)
        return None

    def turn(self, direction: Direction) -> None:
        self._way.turn(direction)
        if self._station:
            self._station.checkpoint.turn(direction)
            self._kept_way(self._station).save(direction)

    def _go(self, station: Station) -> None:
        station.checkpoint.turn(self._way.direction)
        self.window.header.show_direction(self._way.direction)

    def _kept_way(self, station: Station) -> Way:
        from station.journal.memory import LaneMemory  # all of the journal, as in `_furnish`

        return Way(LaneMemory(station.journal), self._opening.settings.direction)

    def start_over(self) -> None:
        if self._station:
            self._station.checkpoint.start_over()

    # --- the lane's events --------------------------------------------------------------------

    def _handle(self, event: DeviceEvent) -> None:
        if self._station and not (self._offices and self._offices.people.take(event)):
            self._station.handle(event)

    def _tick(self) -> None:
        if self._slept.since_last() and self._station:
            self._station.checkpoint.woke()
            self.window.start_over()  # nor is a verdict of before it on the screen
        if self._station and self._station.journal.replaced:
            self._open_anew()
        if self._station:
            self._station.tick()
            if self._way.follow(self._kept_way(self._station), locked=self._station.journal.vault.locked):
                self._go(self._station)
        self._devices.look()
        if self._offices:
            self._offices.visitors.tick()
