"""Records of the journal as signed batches: for the uplink, one at a time, and for a stick, all of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from operator import add

from station.sync import bundle
from station.sync.bundle import Batch, Purpose, Push
from station.sync.outbox import Outbox, OutboxChain, OutboxRecord
from station.sync.sealing import seal_parts, seal_together

MESSAGE_VERSION = 1
_LONG_RECORD_BYTES = bundle.LONG_RAW_BYTES // bundle.LONG_RECORDS  # a long batch is as heavy as it is long
MOST_BYTES = bundle.MOST_BODY_BYTES // 2  # of records and personal parts together


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A batch with its place."""

    incarnation: int
    first: int
    last: int
    push: Push


def push_from(
    outbox: Outbox,
    chain: OutboxChain,
    first: int,
    center_key: bytes,
    most: int = bundle.MOST_RECORDS,
    *,
    together: bool = False,
) -> Outgoing | None:
    """The batch that begins at number `first`, read anew and signed; None: nothing is there.

    `together`: the center takes personal parts that are sealed as one.

    The hashes are those of the journal, not worked out here: a record that was damaged on the disk must not
    be vouched for.
    """
    wanted = min(most, chain.length - first + 1)
    records = _that_fit(outbox.records(chain.incarnation, first, wanted), most) if wanted > 0 else []
    previous = outbox.hash_at(chain.incarnation, first - 1)
    last = outbox.hash_at(chain.incarnation, first + len(records) - 1)
    if not records or previous is None or last is None:
        return None
    payload = bundle.pack(
        Batch(
            v=MESSAGE_VERSION,
            station=outbox.station,
            incarnation=chain.incarnation,
            parent_head=chain.parent_head,
            first=first,
            previous=previous,
            last=last,
            records=tuple(one.record for one in records),
        )
    )
    signature = outbox.sign(bundle.to_sign(Purpose.BATCH, payload))
    personal = [
        (number, one.personal) for number, one in enumerate(records, first) if one.personal is not None
    ]
    seal = seal_together if together else seal_parts
    parts = seal(center_key, outbox.station, chain.incarnation, personal)
    push = Push(MESSAGE_VERSION, payload, signature, parts)
    return Outgoing(chain.incarnation, first, first + len(records) - 1, push)


def batches_for_stick(
    outbox: Outbox,
    center_key: bytes,
    most: int = bundle.MOST_RECORDS,
    *,
    cut: Callable[[int, int], int | None] = lambda incarnation, first: None,
) -> Iterator[Outgoing]:
    """Everything that the center has not said to have, in the order in which it can be taken in.

    `cut`: (incarnation, first) -> the number at which this batch has to end, as one of an earlier stick did.
    """
    for chain in outbox.chains():
        first = max(chain.acked, chain.pruned) + 1
        while batch := push_from(
            outbox, chain, first, center_key, _up_to(cut(chain.incarnation, first), first, most)
        ):
            yield batch
            first = batch.last + 1


def _up_to(cut: int | None, first: int, most: int) -> int:
    return most if cut is None else min(most, cut - first + 1)


def _that_fit(records: list[OutboxRecord], most: int) -> list[OutboxRecord]:
    """As many from the front as a batch may weigh; the first one always."""
    raw = list(accumulate([len(one.record) for one in records]))
    parts = accumulate([len(one.personal or b"") for one in records])
    weight = list(map(add, raw, parts))
    most_raw = most * _LONG_RECORD_BYTES if most > bundle.MOST_RECORDS else bundle.MOST_RAW_BYTES
    fit = min(bisect_right(raw, most_raw), bisect_right(weight, MOST_BYTES))
    return records[: max(fit, 1)]
