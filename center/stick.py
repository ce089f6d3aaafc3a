"""USB sticks at the center: what a gate without a network wrote is taken in, and its answer is written.

Taking in is the same ingest as by HTTPS. A batch that begins after a gap waits in the store for the stick
that fills it, so that sticks may come in any order, any number of times.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec

from center.enrolment import read_credential
from center.folder import make_folder, write_file
from center.ingest import Enrolment, NotHereError, Taken, chain_at, greet, take_many
from center.keys import CenterKeys
from center.ledger import Clock
from center.stick_days import MOST_DAYS, answers, take_days, to_answer
from center.stick_news import StickNews, noted
from center.store import SqlStore, StationRow
from center.store.contacts import FORK_MS
from station.sync import bundle
from station.sync.bundle import Ack, BundleError, ChainAt, Hello, Page, Purpose, Push
from station.sync.items import CHANNELS, MOST_ITEMS
from station.sync.kkb import (
    SUFFIX,
    Block,
    Direction,
    Draft,
    Header,
    StickError,
    StickProblem,
    center_id,
    read_blocks,
    read_header,
    verify_stick,
    write_stick,
)
from station.sync.reports import MOST_REPORTS, Reports
from station.sync.reports import Taken as ReportsTaken
from station.sync.stick_file import readable, stick_path, whole_or_not

FOLDER = "sticks"  # in the data folder: what the last stick of each station said, for its answer
_NO_CLOCK = Clock(0, 2**53)  # a stick says nothing about how its station's clock stands now


@dataclass(frozen=True, slots=True)
class StickTaken:
    """What became of a stick."""

    station: bytes
    name: str
    durable: int  # entries of this stick's chains that are stored now
    waiting: int  # batches that wait for an earlier stick
    damaged: tuple[str, ...]  # why batches were not believed
    reports: int = 0  # calls for help, what is done, who is on duty: all of this stick's are stored
    missing: int = 0  # entries of its chains that are at the gate and not here
    differing: int = 0  # days of this gate that are not the same at both ends


class _Said(msgspec.Struct, frozen=True, array_like=True):
    """Of the last stick: its chains, the common numbers of those that fork, ids of its reports, and the
    days that are to be answered.
    """

    chains: tuple[bundle.ChainAt, ...]
    common: tuple[Ack, ...]
    reports: tuple[bytes, ...] = ()
    days: tuple[int, ...] = ()


def import_stick(store: SqlStore, keys: CenterKeys, data: Path, file: Path, now_ms: int) -> StickTaken:
    """Take in a stick of a station. Raises StickError and StoreError; nothing is stored before all of it
    was verified, and what was stored is found known the next time.
    """
    with readable(file) as content:
        header = read_header(content)
        row = _writer(store, keys, header)
        _verify(content, row)
        pushes, reports, signed = _messages(content, keys)
    before = _here(store, header)
    taken = _take(store, pushes, row.station, now_ms)
    told = _take_reports(store, row, reports, now_ms)
    for push in taken.waiting:
        batch = bundle.unpack(push.payload, bundle.Batch)
        store.sticks.keep(batch.station, batch.incarnation, batch.first, bundle.pack(push), now_ms)
    days = take_days(store, keys, row, signed, now_ms)  # after all else: with what this stick brought
    days = to_answer(days, _said(data, row.station).days)
    _remember(data, row.station, _Said(header.chains, taken.common, told, days))
    missing = _note(store, header, before, now_ms)
    durable = sum(ack.durable for ack in taken.acks)
    differing = len(store.reconciliations.differing(row.station, MOST_DAYS))
    return StickTaken(
        row.station, row.name, durable, len(taken.waiting), taken.damaged, len(told), missing, differing
    )


def export_stick(
    store: SqlStore, keys: CenterKeys, data: Path, row: StationRow, to: Path, now_ms: int
) -> Path:
    """Write the answer for a station: how far its entries are here, and all lists. The file's path.

    Under its own name it is there whole or not at all. Raises StickError, StoreError.
    """
    if not row.seal_key:
        raise StickError(StickProblem.UNKNOWN_STATION, "it told no key for sticks: enrol it again")
    path = stick_path(to, f"kakou-to-{row.station.hex()[:8]}-{now_ms // 1000}{SUFFIX}")
    draft = Draft(Direction.DOWN, row.station, row.name, center_id(keys.public_key), now_ms)
    with whole_or_not(path) as out:
        write_stick(out, draft, _answers(store, keys, data, row, now_ms), row.seal_key, keys.signing.sign)
    return path


# --- up ---------------------------------------------------------------------------------------


def _writer(store: SqlStore, keys: CenterKeys, header: Header) -> StationRow:
    if header.direction == Direction.DOWN:
        raise StickError(StickProblem.WRONG_WAY, header.name)
    if header.center != center_id(keys.public_key):
        raise StickError(StickProblem.OTHER_CENTER, header.name)
    row = store.stations.get(header.station)
    if row:
        return row
    credential = read_credential(keys.public_key, header.credential)  # a restored center forgot it
    if credential is None or credential.station != header.station:
        raise StickError(StickProblem.UNKNOWN_STATION, header.name)
    return store.stations.remember(
        credential.station,
        public_key=credential.public_key,
        name=credential.name,
        enrolled_ms=credential.issued_ms,
    )


def _verify(content: BinaryIO, row: StationRow) -> None:
    """By any key that the station has ever had."""
    for number, key in enumerate(row.public_keys, start=1):
        try:
            verify_stick(content, key)
            return
        except StickError as error:
            if error.problem is not StickProblem.CHANGED or number == len(row.public_keys):
                raise
    raise StickError(StickProblem.UNKNOWN_STATION, row.name)


def _here(store: SqlStore, header: Header) -> dict[int, int]:
    """How far each chain of a stick is here."""
    return {one.incarnation: _durable(store, header.station, one.incarnation) for one in header.chains}


def _note(store: SqlStore, header: Header, before: dict[int, int], now_ms: int) -> int:
    """Keep for the overview that this gate sent a stick; how many of its entries are not here."""
    here = _here(store, header)
    missing = sum(max(0, one.length - here[one.incarnation]) for one in header.chains)
    news = StickNews(now_ms, header.created_ms, sum(here.values()) - sum(before.values()), missing)
    known = store.contacts.get(header.station)
    store.contacts.keep(noted(header.station, known, news), forks_since_ms=now_ms - FORK_MS)
    return missing


def _messages(content: BinaryIO, keys: CenterKeys) -> tuple[list[Push], list[Reports], list[bytes]]:
    pushes, reports, days = list[Push](), list[Reports](), list[bytes]()
    for block in read_blocks(content, keys.sealing):
        try:
            if block.kind == "push":
                pushes.append(bundle.unpack(block.body, Push))
            elif block.kind == "reports":
                reports.append(bundle.unpack(block.body, Reports))
            elif block.kind == "day":
                days.append(block.body)
        except BundleError as error:
            raise StickError(StickProblem.CHANGED, str(error)) from error
    return pushes, reports, days


def _take_reports(store: SqlStore, row: StationRow, reports: list[Reports], now_ms: int) -> tuple[bytes, ...]:
    """The ids of what is stored now. The stick is the station's: each of its bytes was signed by it."""
    ours = [message.reports for message in reports if message.station == row.station]
    return tuple(
        report_id
        for chunk in ours
        for report_id, _ in store.reports.take(row.station, row.branch, chunk, now_ms)
    )


def _take(store: SqlStore, pushes: list[Push], station: bytes, now_ms: int) -> Taken:
    """What the stick brings, and whatever of earlier sticks has been waiting for it."""
    enrolments = _enrolments(store)
    taken = take_many(store, pushes, enrolments, now_ms, _NO_CLOCK)
    for incarnation in [one for whose, one in store.sticks.chains() if whose == station]:
        durable, before = _durable(store, station, incarnation), -1
        while durable > before and (waiting := store.sticks.next(station, incarnation, durable + 1)):
            take_many(store, [bundle.unpack(waiting, Push)], enrolments, now_ms, _NO_CLOCK)
            before, durable = durable, _durable(store, station, incarnation)
            store.sticks.drop(station, incarnation, durable)
    return taken


def _durable(store: SqlStore, station: bytes, incarnation: int) -> int:
    with store.transaction() as ledger:
        chain = ledger.lock_chain(station, incarnation)
    return chain.durable if chain else 0


def _enrolments(store: SqlStore) -> Callable[[bytes], Enrolment | None]:
    def enrolment(station: bytes) -> Enrolment | None:
        row = store.stations.get(station)
        return Enrolment(row.public_keys, row.revoked_ms is not None) if row else None

    return enrolment


# --- down -------------------------------------------------------------------------------------


def _answers(store: SqlStore, keys: CenterKeys, data: Path, row: StationRow, now_ms: int) -> Iterator[Block]:
    said = _said(data, row.station)
    for ack in _acks(store, said, row.station, now_ms):
        yield Block("ack", bundle.pack(keys.signed(Purpose.ACK, ack)))
    for taken in _reports_here(store, said, row.station, now_ms):
        yield Block("taken", bundle.pack(keys.signed(Purpose.REPORTS, taken)))
    for day in answers(store, keys, row, said.days, now_ms):
        yield Block("compared", bundle.pack(day))
    if row.revoked_ms is None:
        for channel in CHANNELS:
            for page in _pages(store, channel, row, now_ms):
                yield Block("page", bundle.pack(keys.signed(Purpose.PAGE, page)))


def _acks(store: SqlStore, said: _Said, station: bytes, now_ms: int) -> tuple[Ack, ...]:
    common = tuple(ack for one in said.common if (ack := _here_still(store, one, now_ms)))
    if not said.chains:
        return common
    hello = Hello(1, station, "", 0, "", 0, 0, "", said.chains)
    acks, ends = greet(store, hello, now_ms), {one.incarnation: one for one in said.chains}
    longer = [ends[ack.incarnation] for ack in acks if ack.durable > ends[ack.incarnation].length]
    whole = (_whole(store, station, one, now_ms) for one in longer)
    return (*acks, *common, *(ack for ack in whole if ack))


def _whole(store: SqlStore, station: bytes, offered: ChainAt, now_ms: int) -> Ack | None:
    """All of a chain is here, though it goes on otherwise: of a copied disk. Its gate cannot ask where."""
    try:
        ack = chain_at(store, station, offered.incarnation, offered.length, now_ms)
    except NotHereError:
        return None
    return ack if ack.head == offered.head else None


def _here_still(store: SqlStore, common: Ack, now_ms: int) -> Ack | None:
    """A center that was restored since that stick may have less; its gate would count the rest as sent."""
    try:
        ack = chain_at(store, common.station, common.incarnation, common.durable, now_ms)
    except NotHereError:
        return None
    return ack if ack.head == common.head else None


def _reports_here(store: SqlStore, said: _Said, station: bytes, now_ms: int) -> Iterator[ReportsTaken]:
    """What is here now, which may be less than came: a restored center. Also of nothing, for its epoch."""
    here = store.reports.versions(station, said.reports)
    for first in range(0, max(len(here), 1), MOST_REPORTS):
        chunk = tuple(here[first : first + MOST_REPORTS])
        yield ReportsTaken(1, station, chunk, now_ms, store.epoch)


def _pages(store: SqlStore, channel: str, row: StationRow, now_ms: int) -> Iterator[Page]:
    """A whole list, as to a station whose cursor means nothing: what does not come is gone there."""
    epoch, since = store.epoch, 0
    newest = store.lists.newest(channel)
    yield Page(1, channel, epoch, 0, 0, True, now_ms, refetch=True, newest=newest)
    while True:
        page = store.lists.page(channel, epoch, since, MOST_ITEMS[channel], row.branch, row.station)
        yield Page(1, channel, epoch, since, page.until, page.more, now_ms, page.items, newest=page.newest)
        if not page.more:
            return
        since = page.until


# --- files ------------------------------------------------------------------------------------


def _remember(data: Path, station: bytes, said: _Said) -> None:
    make_folder(data / FOLDER)
    write_file(data / FOLDER / station.hex(), bundle.pack(said))


def _said(data: Path, station: bytes) -> _Said:
    try:
        return bundle.unpack((data / FOLDER / station.hex()).read_bytes(), _Said)
    except (OSError, BundleError):  # no stick came yet: then there is nothing to acknowledge
        return _Said((), ())
