"""What an admin does about the center: enrol, carry by stick. For any thread but the lane's.

With a gate at work the lane writes (`errands`); a command that has the journal for itself does it at once.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from station.center_shelf import Shelf
from station.core.entry import to_ms
from station.journal import incarnation
from station.journal.center_pages import prepare_page
from station.journal.connection import open_reader
from station.journal.enrolment import Enrolment, read_enrolment
from station.journal.errors import JournalError, VaultError, storage_errors
from station.journal.outbox import OutboxReader
from station.journal.reports import chunks_to_send
from station.journal.upstream import fingerprint, read_status
from station.journal.vault import Vault
from station.sync.bundle import Ack, Page, SignedDay
from station.sync.enrolment import Applicant, EnrolError, MakeClient, client_to, enrol
from station.sync.errands import Asks, ClosedError
from station.sync.greeting import Clock, Greeting
from station.sync.kkb import StickError
from station.sync.loop import LaneOutbox, ReadingOutbox
from station.sync.reports import Taken
from station.sync.status import Board
from station.sync.stick import Ends, Exported, Imported, export_stick, import_stick
from station.sync.stick_cuts import StickCuts
from station.sync.stick_days import days_to_send, that_count, verified
from station.sync.uplink import Uplink
from station.sync.wishes import Granted, Wish

# Problems beside those of enrolling and of sticks.
NOT_ENROLLED, BUSY = "not_enrolled", "busy"


class NotEnrolledError(Exception):
    """This station belongs to no center yet."""


class CenterDesk:
    """`enrolled` is called by the lane once an enrolment is stored, `carried` once a stick is taken in."""

    def __init__(
        self,
        data: Path,
        vault: Vault,
        station: bytes,
        shelf: Shelf,
        errands: Asks,
        clock: Clock,
        app: str,
        enrolled: Callable[[], None],
        *,
        carried: Callable[[], None] = lambda: None,
        client_to: MakeClient = client_to,
    ) -> None:
        self._data, self._vault, self._station, self._shelf = data, vault, station, shelf
        self._errands, self._clock, self._app, self._enrolled = errands, clock, app, enrolled
        self._carried, self._client_to = carried, client_to

    def enrolment(self) -> Enrolment | None:
        """Raises JournalError, VaultError."""
        with storage_errors(), closing(open_reader(self._data)) as connection:
            return read_enrolment(connection, self._vault)

    def oldest_pending(self) -> datetime | None:
        """When the first entry that still waits was recorded. Raises JournalError."""
        return read_status(self._data).oldest_pending

    def enrol(self, url: str, code: str) -> str:
        """Belong to this center from now on; returns how it calls this station.

        Raises EnrolError, JournalError, VaultError, ClosedError.
        """
        key = X25519PrivateKey.generate()
        with storage_errors(), closing(open_reader(self._data)) as connection:
            machine = fingerprint(connection)
        public = key.public_key().public_bytes_raw()
        who = Applicant(self._station, self._vault.public_key, public, machine, self._app)
        given = enrol(url, code, who, self._client_to)
        enrolment = Enrolment(
            url=given.url,
            ca=given.ca_pem,
            center_key=given.signing_key,
            sealing_key=given.sealing_key,
            district_key=given.district_key,
            credential=given.credential,
            opening_key=key.private_bytes_raw(),
            name=given.name,
            at_ms=to_ms(self._clock.now()),
        )

        def keep() -> None:
            self._shelf.enrol(enrolment)
            self._enrolled()

        self._errands.ask(keep)
        return given.name

    def export(self, to: Path) -> Exported:
        """Write what waits to a stick. Raises NotEnrolledError, StickError, JournalError, VaultError."""
        return export(self._data, self._vault, to, self._clock)

    def take(self, file: Path) -> Imported:
        """Take in a stick of the center, whatever the network is. No page counts if its lists are older.

        Raises NotEnrolledError, StickError, JournalError, VaultError, ClosedError.
        """
        ends, old = self._ends(), list[str]()

        def apply(page: Page) -> None:
            prepared = prepare_page(self._vault, page)
            place = self._errands.ask(lambda: self._shelf.apply(prepared, by_stick=True))
            is_whole = not (page.more or page.refetch)
            if is_whole and (place.epoch != page.epoch or place.version > page.until):
                old.append(page.channel)

        def heard(acks: list[Ack]) -> None:
            with self._outbox() as outbox:
                uplink = Uplink(outbox, ends.sealing_key, self._greeting().hello, random.random)
                uplink.heard(acks, former=bool(old))

        def reported(taken: Taken) -> None:
            self._errands.ask(lambda: self._shelf.reported_by_stick(taken))

        taken = import_stick(file, ends, apply, heard, reported, lambda days: self._compared(days, ends))
        self._errands.ask(self._carried)
        return replace(taken, pages=0) if old else taken

    def _compared(self, days: list[SignedDay], ends: Ends) -> None:
        epoch = self._errands.ask(lambda: self._shelf.place("quick")).epoch
        with storage_errors(), closing(open_reader(self._data)) as connection:
            keys = {one.public_key for one in incarnation.in_order(connection)}
        both = verified(days, ends.station, keys, ends.center_key, epoch)
        for one in that_count(self._data, both, self._clock.now()):
            # Each by itself, as it is a commit: who stands at the gate comes between two of them.
            self._errands.ask(partial(self._shelf.compared_by_stick, one))
        self._errands.ask(self._shelf.tell_differences)

    @contextmanager
    def _outbox(self) -> Iterator[LaneOutbox]:
        with OutboxReader.open(self._data, self._vault) as reader:
            yield LaneOutbox(reader, self._shelf, self._errands)

    def _ends(self) -> Ends:
        return _ends(self.enrolment(), self._station)

    def _greeting(self) -> Greeting:
        """Of somebody who says nothing to anybody."""
        return Greeting(self._station, self._app, 0, "", self._clock, bytes, tuple, Board())


def export(data: Path, vault: Vault, to: Path, clock: Clock) -> Exported:
    """The same for whoever can only read. Raises NotEnrolledError, StickError, JournalError, VaultError."""
    with storage_errors(), closing(open_reader(data)) as connection:
        enrolment = read_enrolment(connection, vault)
    with OutboxReader.open(data, vault) as reader:
        ends = _ends(enrolment, reader.station)
        with storage_errors(), closing(open_reader(data)) as connection:
            reports = chunks_to_send(connection, vault)
            days = days_to_send(data, ends.station, vault.sign, clock.now())
            now_ms = to_ms(clock.now())
            return export_stick(ReadingOutbox(reader), ends, to, now_ms, StickCuts(data), reports, days)


def _ends(enrolment: Enrolment | None, station: bytes) -> Ends:
    if enrolment is None:
        raise NotEnrolledError
    return Ends(
        station,
        enrolment.name,
        enrolment.center_key,
        enrolment.sealing_key,
        enrolment.opening_key,
        enrolment.credential,
    )


def granted(desk: CenterDesk, wish: Wish) -> Granted:
    """What another program asked for, done; whatever goes wrong is its answer."""
    try:
        if wish.do == "enrol":
            return Granted(name=desk.enrol(wish.url, wish.code))
        if wish.do == "import":
            done = desk.take(Path(wish.file))
            return Granted(pages=done.pages, acks=done.acks)
        if wish.do == "export":
            written = desk.export(Path(wish.file))
            return Granted(name=str(written.path), pending=written.entries)
    except EnrolError as error:
        return Granted(error.problem, error.trouble or "", str(error))
    except StickError as error:
        return Granted(error.problem, "", str(error))
    except NotEnrolledError:
        return Granted(NOT_ENROLLED)
    except (JournalError, VaultError, ClosedError) as error:
        return Granted(BUSY, "", str(error))
    return Granted(BUSY, "", f"this version does not know {wish.do!r}")
