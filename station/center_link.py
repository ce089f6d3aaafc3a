"""The gate's link to its center: begins with the gate or at enrolment, and ends with the gate.

`CenterLink` belongs to the lane's thread; `CenterDesk`, which commands and the admin page use, is for any
other, and has what it wants written done by the lane.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread

from station.center_desk import CenterDesk, granted
from station.center_shelf import Gate, Shelf
from station.codekeys import CodeKeys
from station.core.contact import Alarm, CenterStatus, Link
from station.core.entry import SCHEMA
from station.core.model import CodeKind, Credential
from station.core.outcome import Corrected, Outcome, Recorded
from station.journal import upstream
from station.journal.enrolment import Enrolment, read_enrolment
from station.journal.entries import Journal
from station.journal.errors import JournalError
from station.journal.outbox import OutboxReader
from station.journal.outdone import beside
from station.journal.own_list import own_list
from station.journal.people import Known
from station.journal.reports import Reports
from station.steady import Slept
from station.sync import loop, wishes
from station.sync.asking import Asking
from station.sync.calls import Calls
from station.sync.client import Client, Signer
from station.sync.clock import off_ms
from station.sync.device_news import Devices
from station.sync.errands import Errands
from station.sync.greeting import Clock, Greeting
from station.sync.status import Board
from station.version import build

log = logging.getLogger(__name__)

CLOCK_TOLERANCE = timedelta(seconds=60)  # as in `recording`
LOOK_FOR_WISHES_S = 0.5
OWN_LIST_S = 15.0  # an import is seen so soon on the gate screen

Connect = Callable[[Enrolment, Signer], Client]
Judge = Callable[[str, datetime], Credential]
Find = Callable[[str], Known | None]


class CenterLink:
    """One lane's. `publish` hears the status whenever it changes; `learnt` that a code was answered about."""

    def __init__(
        self,
        data: Path,
        journal: Journal,
        keys: CodeKeys,
        clock: Clock,
        gate: Gate,
        publish: Callable[[Outcome], None],
        *,
        app: str,
        newest: datetime | None,
        learnt: Callable[[str], None],
        devices: Callable[[], tuple[tuple[str, str], ...]] = lambda: (),
        connect: Connect = loop.connect,
    ) -> None:
        self._data, self._journal, self._keys, self._clock = data, journal, keys, clock
        self._publish, self._app, self._newest, self._learnt = publish, app, newest, learnt
        self._devices, self._connect = devices, connect
        self._errands, self._board = Errands(), Board(Slept().since_last)
        journal.clock_off = off_ms(self._board.watch, clock)
        with OutboxReader.open(data, journal.vault) as reader:
            self._station = reader.station
        self.reports = Reports(journal)
        self._shelf = Shelf(
            *(data, journal, self._station, gate, self._board, clock.now, self.reports, self._ask_people),
            program=build(),
        )
        self._enrolment: Enrolment | None = None
        self._loop: loop.SyncLoop | None = None
        self._asking: Asking | None = None
        self._told: CenterStatus | None = None
        self._slept = Slept()
        self._watched: Devices = ()
        self._wishes_due = self._own_list_due = float("-inf")
        self.granting: dict[str, Callable[[wishes.Wish], wishes.Granted]] = {}  # of others, by `do`; short
        self.desk = CenterDesk(
            *(data, journal.vault, self._station, self._shelf, self._errands, clock, app, self.enrolled),
            carried=self._carried,
        )

    @property
    def status(self) -> CenterStatus:
        return self._board.status

    # --- its life -------------------------------------------------------------------------------

    def open(self) -> None:
        """Begin, if this station is enrolled. Raises JournalError, VaultError."""
        wishes.clear(self._data)
        self._begin_if_open()

    def enrolled(self) -> None:
        """The enrolment has changed: go on with it. In the lane's thread."""
        self._end()
        self._keys.refresh()
        self._begin_if_open()

    def _begin_if_open(self) -> None:
        """What would be sent is sealed: as long as nobody has signed in, it waits."""
        vault = self._journal.vault
        self._begin(None if vault.locked else read_enrolment(self._journal.connection, vault))

    def close(self) -> None:
        self._errands.close()
        self._end()

    def _begin(self, enrolment: Enrolment | None) -> None:
        self._enrolment = enrolment
        self._board.watch.forget()  # what was measured was another center's clock
        if enrolment is None:
            return
        kept = upstream.status(self._journal.connection)
        self._board.begin(
            CenterStatus(Link.TRYING, pending=kept.pending, last_contact=kept.contact),
            {channel: age.heard for channel, age in kept.lists.items()},
        )
        self._shelf.tell_differences()
        means = loop.Means(
            self._data,
            self._journal.vault,
            self._station,
            enrolment,
            self._shelf,
            self._errands,
            self._board,
            self._clock,
            self._greeting(),
            self._connect,
            self.reports.plain,
        )
        self._loop, self._asking = loop.SyncLoop(means), self._asker(enrolment)
        self._loop.start()
        self._asking.start()

    def _end(self) -> None:
        if self._asking:
            self._asking.stop()
        if self._loop:
            self._loop.stop()
        self._loop = self._asking = None

    def _greeting(self) -> Greeting:
        return Greeting(
            station=self._station,
            app=self._app,
            schema=SCHEMA,
            fingerprint=upstream.fingerprint(self._journal.connection),
            clock=self._clock,
            credential=lambda: self._enrolment.credential if self._enrolment else b"",
            devices=self._devices,
            board=self._board,
        )

    def _asker(self, enrolment: Enrolment) -> Asking:
        client = self._connect(enrolment, Signer(self._station, self._journal.vault.sign))
        calls = Calls(client, enrolment.center_key, self._station, lambda sent, received, center: None)
        return Asking(client, calls, self._clock.monotonic, self._answered, reached=self._reached)

    # --- the lane -------------------------------------------------------------------------------

    def tick(self) -> None:
        """Time passed; call a few times a second."""
        if self._slept.since_last():
            self._woke()
        self._errands.turn()
        if self._enrolment:
            self._shelf.tick(self._clock.monotonic())
            self._watch_clock()
        else:
            self._look_at_own_list()
        self._watch_devices()
        self._hear_wishes()
        if self._board.status != self._told:
            self._told = self._board.status
            self._publish(self._told)

    def _watch_devices(self) -> None:
        """What is otherwise is told by the sync's next turn, which has slept until now."""
        devices = self._devices()
        if self._loop and devices != self._watched:
            self._loop.wake()
        self._watched = devices

    def heard(self, outcome: Outcome) -> None:
        """What the lane told: a new entry is sent at once."""
        if isinstance(outcome, Recorded | Corrected):
            at = outcome.stored.entry.at
            self._newest = at if self._is_confirmed else max(at, self._newest or at)
            if self._loop:
                self._loop.wake()

    def beside(self, publish: Callable[[Outcome], None]) -> Callable[[Outcome], None]:
        """Hear everything that the lane publishes, after the screen."""

        def both(outcome: Outcome) -> None:
            publish(outcome)
            self.heard(outcome)

        return both

    def asking(self, judge: Judge) -> Judge:
        """The judge; a code that proves nothing by itself is asked about, if the center is there."""

        def judged(text: str, now: datetime) -> Credential:
            credential = judge(text, now)
            if (
                credential.kind is CodeKind.REGIONAL
                and self._asking
                and self._board.status.link is Link.ONLINE
            ):
                self._asking.ask(self._keys.of(text), text)
            return credential

        return judged

    def answering(self, find: Find) -> Find:
        """Who has a code, with what the center answered about it, each fact as old as it is."""

        def found(key: str) -> Known | None:
            known, told = find(key), self._asking.facts(key) if self._asking else ()
            if not told:
                return known
            if known is None:
                return Known(None, None, told)
            return replace(known, facts=beside(known.facts, told, self._journal.clock_off()))

        return found

    def tell(self) -> None:
        """A report was put, and cannot wait."""
        if self._loop:
            self._loop.wake_reports()

    def now(self) -> None:
        """Somebody wants it now."""
        if self._loop:
            self._loop.hurry()

    def _woke(self) -> None:
        """Also reds of the night wait at the center."""
        if self._loop:
            self._loop.woke()
        if self._asking:
            self._asking.woke()

    def _ask_people(self) -> None:
        if self._loop:
            self._loop.hurry_people()

    def _carried(self) -> None:
        """A stick told what the center has: it is counted anew."""
        if self._loop:
            self._loop.wake()

    def _answered(self, key: str) -> None:
        """In a thread of `Asking`."""
        self._errands.post(lambda: self._learnt(key))

    def _reached(self) -> None:
        """In a thread of `Asking`, which never waits as long as the sync does."""
        sync = self._loop
        if sync and self._board.is_cut_off:
            sync.back()

    def _watch_clock(self) -> None:
        behind = self._newest is not None and self._clock.now() < self._newest - CLOCK_TOLERANCE
        self._board.alarm("floor", [Alarm.CLOCK_BACK] if behind and not self._is_confirmed else [])

    @property
    def _is_confirmed(self) -> bool:
        """By the center our clock is right: then it was wrong before, and an entry may be of the future."""
        status = self._board.status
        if status.link is not Link.ONLINE or status.clock is None:
            return False
        return abs(status.clock.offset_s) + status.clock.uncertainty_s <= CLOCK_TOLERANCE.total_seconds()

    def _look_at_own_list(self) -> None:
        now = self._clock.monotonic()
        if now >= self._own_list_due:
            self._own_list_due = now + OWN_LIST_S
            try:
                self._board.alone(own_list(self._journal.connection))
            except JournalError as error:  # what was known stands; entries tell of a disk by themselves
                log.warning("how old the roster is cannot be read: %s", error)

    # --- what other programs ask ------------------------------------------------------------------

    def _hear_wishes(self) -> None:
        now = self._clock.monotonic()
        if now < self._wishes_due:
            return
        self._wishes_due = now + LOOK_FOR_WISHES_S
        try:
            for name, wish in wishes.wishes(self._data):
                self._grant(name, wish)
        except OSError as error:
            log.warning("wishes cannot be read: %s", error)

    def _how_it_is(self) -> wishes.Granted:
        status = self._board.status
        return wishes.Granted(
            link=status.link,
            pending=status.pending,
            trouble=status.trouble or "",
            offset_s=status.clock.offset_s if status.clock else None,
            alarms=tuple(sorted(status.alarms)),
        )

    def _grant(self, name: str, wish: wishes.Wish) -> None:
        """A long one beside the lane."""
        if wish.do in self.granting:
            wishes.grant(self._data, name, self.granting[wish.do](wish))
            return
        if wish.do in ("now", "status"):
            if wish.do == "now":
                self.now()
            wishes.grant(self._data, name, self._how_it_is())
            return

        def work() -> None:
            wishes.grant(self._data, name, granted(self.desk, wish))

        Thread(target=work, name="sync wish", daemon=True).start()
