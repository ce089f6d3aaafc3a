"""A station's disk in memory: the journal as the uplink sees it, with power cuts.

With `full` (synchronous=FULL) every commit is on the disk when it returns. Without, it is there only after
the next `sync`, and a power cut takes back what came since: that is the control which must lose.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from station.sync.bundle import chain, genesis
from station.sync.outbox import OutboxChain, OutboxRecord

KEY = Ed25519PrivateKey.from_private_bytes(b"station's own key, for the tests")
PUBLIC_KEY = KEY.public_key().public_bytes_raw()


class PowerCutError(Exception):
    """The lights went out in the middle of a write."""


@dataclass(slots=True)
class Life:
    """An incarnation. Records up to `pruned` are gone; those after `end` are abandoned, and lie elsewhere."""

    id: int
    parent_head: bytes
    hashes: list[bytes]
    records: list[bytes] = field(default_factory=list)
    acked: int = 0
    archived: int = 0
    pruned: int = 0
    end: int | None = None

    @property
    def length(self) -> int:
        return len(self.records) if self.end is None else self.end

    def add(self, records: list[bytes]) -> None:
        self.hashes += chain(self.hashes[-1], records)
        self.records += records

    def copy(self) -> Life:
        return Life(
            self.id, self.parent_head, self.hashes[:], self.records[:],
            self.acked, self.archived, self.pruned, self.end,
        )  # fmt: skip


class Disk:
    """Outbox and recorder. `new_id` gives the numbers of incarnations."""

    def __init__(
        self, station: bytes, fingerprint: str, new_id: Callable[[], int], *, full: bool = True
    ) -> None:
        self.station, self.fingerprint = station, fingerprint
        self.lives: list[Life] = []
        self.epoch: bytes | None = None
        self.personal = False  # every other record has a personal part
        self.full, self.prunes_at_ack = full, False
        self.follows_machine = True  # begins an incarnation when it is moved or copied
        self.cut_at: int | None = None  # the power goes at this write from now on: -n before, +n after it
        self.seen = Counter[str]()  # what was done about forks; all copies count together
        self._new_id = new_id
        self._begin(b"")
        self._synced = self._copy_state()

    # -- the recorder

    def record(self, records: list[bytes]) -> set[bytes]:
        """Commit entries; when this returns the screen shows them. What was written."""
        self._write(lambda: self.lives[-1].add(records))
        return set(records)

    def start(self, fingerprint: str) -> None:
        """The program starts, perhaps on another machine."""
        if fingerprint != self.fingerprint and self.follows_machine:
            self._begin(self.lives[-1].hashes[-1])
        self.fingerprint = fingerprint
        self.sync()

    def prune(self, share: float) -> None:
        """Retention: of what may go, the older part goes."""
        for life in self.lives:
            safe = life.acked if self.prunes_at_ack else round(share * min(life.acked, life.archived))
            life.pruned = max(life.pruned, min(safe, life.length))

    def present(self) -> set[bytes]:
        """What is on the disk; what is abandoned was resealed, and goes when that goes."""
        return {record for life in self.lives for record in life.records[life.pruned : life.length]}

    def pruned(self) -> set[bytes]:
        return {record for life in self.lives for record in life.records[: life.pruned]}

    def copy(self) -> Disk:
        """The same bytes on another disk: an image, or a clone."""
        twin = Disk.__new__(Disk)
        twin.__dict__.update(self.__dict__)
        twin._restore_state(self._copy_state())
        twin._synced = twin._copy_state()
        twin.cut_at = None
        return twin

    def erased(self) -> Disk:
        """A new disk for the same station."""
        new = self.copy()
        new.lives.clear()
        new.epoch = None
        new._begin(b"")
        new.sync()
        return new

    def power_cut(self) -> None:
        self.cut_at = None
        if not self.full:
            self._restore_state(self._synced)
            self._synced = self._copy_state()

    def sync(self) -> None:
        """What NORMAL does at a checkpoint."""
        if not self.full:
            self._synced = self._copy_state()

    # -- the outbox

    def chains(self) -> list[OutboxChain]:
        current = self.lives[-1]
        return [
            OutboxChain(
                incarnation=life.id,
                parent_head=life.parent_head,
                length=life.length,
                head=life.hashes[life.length],
                acked=life.acked,
                archived=life.archived,
                current=life is current,
                public_key=PUBLIC_KEY,
                pruned=life.pruned,
            )
            for life in self.lives
            if life is current or life.archived < life.length
        ]

    def records(self, incarnation: int, first: int, most: int) -> list[OutboxRecord]:
        life = self._life(incarnation)
        assert first > life.pruned
        return [
            OutboxRecord(record, personal=record if self.personal and record[-1] % 2 else None)
            for record in life.records[first - 1 : first - 1 + most]
        ]

    def hash_at(self, incarnation: int, number: int) -> bytes | None:
        life = self._life(incarnation)
        return life.hashes[number] if life.pruned <= number < len(life.hashes) else None

    def acknowledged(self, incarnation: int, durable: int, archived: int) -> None:
        life = self._life(incarnation)

        def change() -> None:
            life.acked, life.archived = durable, archived

        self._write(change)

    def begin_epoch(self, epoch: bytes) -> bool:
        if epoch == self.epoch:
            return False
        known = self.epoch is not None
        self.seen["another epoch"] += known

        def change() -> None:
            self.epoch = epoch
            for life in self.lives if known else []:
                life.acked = life.archived = 0

        self._write(change)
        return known

    def fork(self, incarnation: int, common: int) -> None:
        life = self._life(incarnation)
        if life is self.lives[-1]:
            self.seen["fork with a tail" if common < life.length else "fork without a tail"] += 1
            self._write(lambda: self._fork_current(life, common))
        elif common < life.length:
            self.seen["fork of an old one"] += 1
            self._write(lambda: self._move_tail(life, common))

    def sign(self, message: bytes) -> bytes:
        return KEY.sign(message)

    # -- inside

    def _fork_current(self, life: Life, common: int) -> None:
        self._begin(life.hashes[common])
        self._move_tail(life, common)

    def _move_tail(self, life: Life, common: int) -> None:
        self.lives[-1].add(life.records[common : life.length])
        life.end = common

    def _begin(self, parent_head: bytes) -> None:
        number = self._new_id()
        self.lives.append(Life(number, parent_head, [genesis(self.station, number, parent_head)]))

    def _life(self, incarnation: int) -> Life:
        return next(life for life in self.lives if life.id == incarnation)

    def _write(self, change: Callable[[], None]) -> None:
        """One commit: whole or not at all, whenever the power goes."""
        if self.cut_at == -1:
            raise PowerCutError
        change()
        if self.cut_at == 1:
            raise PowerCutError
        if self.cut_at:
            self.cut_at += 1 if self.cut_at < 0 else -1

    def _copy_state(self) -> tuple[list[Life], bytes | None, str]:
        return [life.copy() for life in self.lives], self.epoch, self.fingerprint

    def _restore_state(self, state: tuple[list[Life], bytes | None, str]) -> None:
        self.lives, self.epoch, self.fingerprint = state
