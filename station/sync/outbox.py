"""The journal as the uplink sees it: what is there to send, how far the center is, and how a fork is healed.

`station.journal.outbox` is the real one; tests drive the same machine with a disk that loses what was not
synced. Everything told here is committed: a record that a power cut could take back must never be sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol


@dataclass(frozen=True, slots=True)
class OutboxChain:
    """One incarnation that is not wholly archived, or the current one."""

    incarnation: int
    parent_head: bytes
    length: int  # number of its last record that is offered; after a fork of an old one: the common number
    head: bytes  # hash at `length`
    acked: int  # the center has said durable up to here; may go back
    archived: int
    current: bool
    public_key: bytes  # Ed25519, whose private half signs its batches
    pruned: int = 0  # records up to here are gone (archived, and past retention); the hash at it is kept


class OutboxRecord(NamedTuple):  # made four times as fast as a frozen dataclass, of each entry
    record: bytes
    resealed: bool = False
    # In clear, to be sealed to the center; None: there is none, or not to be had.
    personal: bytes | None = None

    def __repr__(self) -> str:
        return "OutboxRecord(…)"


class Outbox(Protocol):
    """Every method may raise what the journal raises; nothing is half done then."""

    @property
    def station(self) -> bytes: ...  # 16 bytes

    def chains(self) -> list[OutboxChain]:
        """All that `hello` must offer, in the order in which they began; the current one is last."""

    def records(self, incarnation: int, first: int, most: int) -> list[OutboxRecord]:
        """Up to `most` records from number `first` on, in order, none left out."""

    def hash_at(self, incarnation: int, number: int) -> bytes | None:
        """The hash after this number (0: the first hash of the incarnation).

        None: it does not go so far, or that far back is pruned. At `pruned` itself it is always known.
        """

    def acknowledged(self, incarnation: int, durable: int, archived: int) -> None:
        """The center is there, and our hash at `durable` is its head. Both may be less than before."""

    def begin_epoch(self, epoch: bytes) -> bool:
        """The center's epoch, remembered. Another one than before means a restored or another center:

        then nothing counts as acked or archived any more until it says so again, and `chains` offers all that
        is there. One commit. True if so; False for the same epoch and for the first one ever.
        """

    def fork(self, incarnation: int, common: int) -> None:
        """The center has something else after `common`. One commit:

        of the current incarnation: a new one begins, whose parent_head is the hash at `common`, with the
        records after it resealed; of an old one: its tail is resealed at the end of the current one. The
        forked one is offered up to `common` only from then on. Saying it twice changes nothing.
        """

    def sign(self, message: bytes) -> bytes:
        """The station's Ed25519 signature."""
