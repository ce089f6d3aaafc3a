"""Sync by USB stick: what would go by network is carried, sealed, and taken in by the same code.

Writing and reading files is here; their bytes are `kkb`, what is in them is the uplink's and the lists'.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import msgspec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from station.sync.batching import batches_for_stick
from station.sync.bundle import (
    MOST_ANSWER_BYTES,
    Ack,
    BundleError,
    ChainAt,
    Page,
    Purpose,
    Signed,
    SignedDay,
    is_signed,
    pack,
    unpack,
)
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
from station.sync.outbox import Outbox
from station.sync.people_chunks import ChunksError
from station.sync.reports import Report, Reports, Taken
from station.sync.stick_cuts import StickCuts
from station.sync.stick_file import readable, stick_path, whole_or_not

_Message = TypeVar("_Message", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class Ends:
    """Who carries what to whom. Keys of the center are public; `opening_key` is our X25519 private one."""

    station: bytes
    name: str
    center_key: bytes
    sealing_key: bytes
    opening_key: bytes = field(repr=False)
    credential: bytes


@dataclass(frozen=True, slots=True)
class Exported:
    path: Path
    entries: int
    reports: int = 0


@dataclass(frozen=True, slots=True)
class Imported:
    pages: int  # of lists that are in force now
    acks: int
    newest_ms: int  # when the center wrote it, by its clock


def file_name(name: str, created_ms: int) -> str:
    """What a stick's file is called when only a folder was chosen."""
    plain = "".join(character for character in name if character.isalnum())[:20] or "station"
    return f"kakou-{plain}-{created_ms // 1000}{SUFFIX}"


def export_stick(
    outbox: Outbox,
    ends: Ends,
    to: Path,
    now_ms: int,
    cuts: StickCuts,
    reports: Iterable[tuple[Report, ...]] = (),
    days: Iterable[Signed] = (),
) -> Exported:
    """Write all that the center has not acknowledged. When this returns the stick may be pulled out.

    `reports` come in chunks of what one request may hold; `days`: what we sign of those that are not settled.
    Under its own name the file is there whole or not at all. Raises StickError, and what the journal raises.
    """
    path = stick_path(to, file_name(ends.name, now_ms))
    entries = told = 0
    ended = list[tuple[int, int]]()

    def blocks() -> Iterator[Block]:
        nonlocal entries, told
        for batch in batches_for_stick(outbox, ends.sealing_key, cut=cuts.next):
            entries += batch.last - batch.first + 1
            ended.append((batch.incarnation, batch.last))
            yield Block("push", pack(batch.push))
        cuts.keep(ended, outbox.chains())  # before the stick has its name: then it may be anywhere
        for chunk in reports:
            told += len(chunk)
            yield Block("reports", pack(Reports(1, ends.station, chunk)))
        for day in days:
            yield Block("day", pack(day))

    with whole_or_not(path) as file:
        write_stick(file, _draft(outbox, ends, now_ms), blocks(), ends.sealing_key, outbox.sign)
    return Exported(path, entries, told)


def import_stick(
    path: Path,
    ends: Ends,
    apply: Callable[[Page], None],
    heard: Callable[[list[Ack]], None],
    reported: Callable[[Taken], None],
    compared: Callable[[list[SignedDay]], None],
) -> Imported:
    """Take in what the center wrote for this station; any stick, any number of times.

    Every byte is verified before the first page is applied. Raises StickError, and what `apply` raises.
    """
    pages, acks, taken, days, newest_ms = 0, list[Ack](), list[Taken](), list[SignedDay](), 0
    with readable(path) as file:
        header = read_header(file)
        _refuse_foreign(header, ends)
        verify_stick(file, ends.center_key)
        for block in read_blocks(file, X25519PrivateKey.from_private_bytes(ends.opening_key)):
            if block.kind == "ack":
                acks.append(_signed(block, Purpose.ACK, Ack, ends.center_key))
            elif block.kind == "page":
                _apply(apply, _signed(block, Purpose.PAGE, Page, ends.center_key))
                pages += 1
            elif block.kind == "taken":
                taken.append(_signed(block, Purpose.REPORTS, Taken, ends.center_key))
            elif block.kind == "compared":
                days.append(_unsigned(block, SignedDay))
        newest_ms = header.created_ms
    heard(acks)
    for said in taken:  # after the pages: they say of which epoch our lists are
        if said.station == ends.station:
            reported(said)
    compared(days)
    return Imported(pages, len(acks), newest_ms)


def _unsigned(block: Block, kind: type[_Message]) -> _Message:
    """Signed by the stick alone, and in itself."""
    try:
        return unpack(block.body, kind)
    except BundleError as error:
        raise StickError(StickProblem.CHANGED, str(error)) from error


def _apply(apply: Callable[[Page], None], page: Page) -> None:
    try:
        apply(page)
    except ChunksError as error:  # people that the center made ready, and that are not as they should be
        raise StickError(StickProblem.CHANGED, str(error)) from error


def _draft(outbox: Outbox, ends: Ends, now_ms: int) -> Draft:
    chains = outbox.chains()
    sent = [(chain, max(chain.acked, chain.pruned) + 1) for chain in chains]
    return Draft(
        Direction.UP,
        ends.station,
        ends.name,
        center_id(ends.center_key),
        now_ms,
        tuple((chain.incarnation, first, chain.length) for chain, first in sent if first <= chain.length),
        ends.credential,
        tuple(ChainAt(one.incarnation, one.parent_head, one.length, one.head) for one in chains),
    )


def _refuse_foreign(header: Header, ends: Ends) -> None:
    if header.direction == Direction.UP:
        raise StickError(StickProblem.WRONG_WAY, header.name)
    if header.center != center_id(ends.center_key):
        raise StickError(StickProblem.OTHER_CENTER)
    if header.station != ends.station:
        raise StickError(StickProblem.OTHER_STATION, header.name)


def _signed(block: Block, purpose: Purpose, kind: type[_Message], center_key: bytes) -> _Message:
    try:
        signed = unpack(block.body, Signed, most=MOST_ANSWER_BYTES)
        if is_signed(center_key, purpose, signed.payload, signed.signature):
            return unpack(signed.payload, kind, most=MOST_ANSWER_BYTES)
    except BundleError as error:
        raise StickError(StickProblem.CHANGED, str(error)) from error
    raise StickError(StickProblem.CHANGED, f"{kind.__name__} is not signed by the center")
