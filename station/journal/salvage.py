"""What can be saved of a damaged journal, in a new folder: every entry that is proven, in its order.

Saved entries keep their ids, records and order, and get new numbers in one new incarnation: the old numbers
have gaps, and no chain goes over a gap. What is personal beside them is saved where it fits its entry. Lists
(people, passes, facts …) are for `salvage_lists`. The damaged journal is only read.
"""

from __future__ import annotations

import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from station.core.audit import Audited, Event
from station.core.entry import to_ms
from station.journal import audit, carving, chain, incarnation, wrapped_file
from station.journal.backup import own_files
from station.journal.carving import CarvedPersonal, Material
from station.journal.connection import FILE_NAME, open_writer, transaction
from station.journal.durable import make_folder
from station.journal.errors import KeyProblem, VaultError, storage_errors
from station.journal.fingerprint import machine_fingerprint
from station.journal.proving import Place, Progress, Proven, Prover
from station.journal.recovery import pair_of
from station.journal.restoring import refuse_if_there
from station.journal.salvage_bound import NewJournal
from station.journal.salvage_lists import copy_lists
from station.journal.sealing import seal_all
from station.journal.vault import Vault, open_vault

WHY = "salvaged"  # of the new incarnation


@dataclass(frozen=True, slots=True)
class Lost:
    """Numbers of an incarnation that are gone, the first and the last of them."""

    incarnation: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was saved, and what was not."""

    entries: int
    personal: int
    lost: tuple[Lost, ...]  # behind the last number that was seen there may have been more
    unproven: tuple[Place, ...]  # of these the station's signature is there, and the hash before them is not
    orphans: tuple[Place, ...]  # corrections that verify, of entries that are lost
    lists: dict[str, int]  # rows of other tables, by their names; none: they could not be read


def salvage(
    folder: Path,
    to: Path,
    *,
    now: datetime,
    fingerprint: Callable[[Path], str] = machine_fingerprint,
    progress: Progress = lambda done, total: None,
    paper: str = "",
) -> Salvaged:
    """Copy what verifies to a new folder. `paper`: the recovery key, if the data keys are wrapped.

    Raises NotEmptyError; VaultError if the keys are gone, for without them nothing is proven, or locked, for
    then no list can be told from damage; JournalError.
    """
    refuse_if_there(to)
    vault = _vault(folder, paper)
    with storage_errors():
        material = Material.read(folder / FILE_NAME)
        prover = Prover(material, vault, progress)
        found = prover.all()
        saved, orphans = _with_what_they_correct(found)
        make_folder(to)
        _copy_files(folder, to)
        parts = {sha256(one.salt + one.sealed).digest(): one for one in carving.personals(material)}
        with closing(open_writer(to)) as connection:
            with transaction(connection):
                new = _begin(connection, prover.station or secrets.token_bytes(16), vault, now)
                personal = _write(connection, new, saved, parts, vault)
                _tell(connection, vault, len(saved), now)
                incarnation.keep_fingerprint(connection, fingerprint(to / FILE_NAME))
            lists = copy_lists(folder, connection, to, vault, now)
            with transaction(connection):
                seal_all(connection, vault.rows)
    places = {one.place for one in found}
    lost = tuple(_gaps(places | prover.resealed, prover.seen, prover.pruned))
    unproven = tuple(sorted(place for place in prover.unproven - places if place[1]))
    return Salvaged(len(saved), personal, lost, unproven, orphans, lists)


def _vault(folder: Path, paper: str) -> Vault:
    vault = open_vault(folder, create=False)
    if vault.locked and vault.wrapped:
        ring = wrapped_file.opened(vault.wrapped, wrapped_file.RECOVERY, pair_of(paper))
        if ring is None:
            raise VaultError(KeyProblem.LOCKED, "the data keys are wrapped; the recovery key opens them")
        vault.unlock(ring)
    return vault


def can_be_saved(folder: Path, progress: Progress = lambda done, total: None) -> tuple[int, tuple[Lost, ...]]:
    """How many entries `salvage` would save, and which are lost. Raises VaultError, JournalError."""
    vault = open_vault(folder, create=False)
    with storage_errors():
        prover = Prover(Material.read(folder / FILE_NAME), vault, progress)
        found = prover.all()
    places = {one.place for one in found}
    return len(_with_what_they_correct(found)[0]), tuple(
        _gaps(places | prover.resealed, prover.seen, prover.pruned)
    )


def _with_what_they_correct(found: list[Proven]) -> tuple[list[Proven], tuple[Place, ...]]:
    """A correction of nothing has no place in a journal."""
    passages, seen = set[bytes](), set[bytes]()
    saved, orphans = list[Proven](), list[Place]()
    for one in found:
        if one.entry.id in seen:
            continue
        if one.entry.amends is not None and one.entry.amends not in passages:
            orphans.append(one.place)
            continue
        if one.entry.amends is None:
            passages.add(one.entry.id)
        seen.add(one.entry.id)
        saved.append(one)
    return saved, tuple(orphans)


def _gaps(there: set[Place], seen: set[Place], pruned: dict[int, int]) -> Iterator[Lost]:
    """Of every incarnation of which anything is there, up to the last number that anything was seen of.

    What had left the journal before (`pruned`) is not lost: the center has it.

    A number that a flipped bit made is no such thing: it lies far behind all others.
    """
    for life, places in groupby(sorted(there), key=lambda place: place[0]):
        numbers = {number for _, number in places}
        last = max(numbers)
        beyond = {number for of, number in seen if of == life}
        while last + 1 in beyond:
            last += 1
        missing = sorted(set(range(pruned.get(life, 0) + 1, last + 1)) - numbers)
        for _, run in groupby(enumerate(missing), key=lambda pair: pair[1] - pair[0]):
            members = [number for _, number in run]
            yield Lost(life, members[0], members[-1])


# --- the new folder -------------------------------------------------------------------------------


def _copy_files(folder: Path, to: Path) -> None:
    for path in own_files(folder):
        target = to / path.relative_to(folder)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copy2(path, target)


def _begin(connection: sqlite3.Connection, station: bytes, vault: Vault, now: datetime) -> int:
    """The same station with the same keys; a new life, which continues none."""
    new = secrets.randbits(48)
    connection.execute(
        "INSERT INTO incarnation"
        " (id, parent, station, parent_head, public_key, data_key_id, began_at_ms, why)"
        " VALUES (?, NULL, ?, x'', ?, ?, ?, ?)",
        (new, station, vault.public_key, vault.data_key_id, to_ms(now), WHY),
    )
    return new


def _tell(connection: sqlite3.Connection, vault: Vault, entries: int, now: datetime) -> None:
    """The first record of the new audit says how far the saved entries go: they name the former one."""
    if entries:
        event = Event(Audited.SALVAGED, facts=(("entries", str(entries)),))
        audit.write(NewJournal(connection, vault), event, now)


def _write(
    connection: sqlite3.Connection,
    new: int,
    saved: Iterable[Proven],
    parts: dict[bytes, CarvedPersonal],
    vault: Vault,
) -> int:
    """The entries with what lies beside them; of how many there was anything."""
    running, personal = incarnation.every(connection)[new], 0
    head = running.genesis
    for number, one in enumerate(saved, start=1):
        entry, head = one.entry, chain.link(head, one.record)
        part = parts.get(entry.commitment or b"")
        connection.execute(
            "INSERT INTO entry (incarnation, number, id, at_ms, amends, severity, direction,"
            " record, hash, signature, part_salt, part_sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(new, number, entry.id, entry.at_ms, entry.amends, entry.severity, entry.direction),
                *(one.record, head, vault.sign(chain.to_sign(head))),
                *((part.salt, part.sealed) if part else (None, None)),
            ),
        )
        personal += part is not None
    return personal
