"""What must hold of personal data when all is over, and of what is not over while it is needed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from station.journal.check import check
from station.sync.bundle import Parts
from station.sync.sealing import open_parts
from tests.sync import lists_truth
from tests.sync.keeping_marks import Word, raw
from tests.sync.keeping_world import KEEP_DAYS, KeepingWorld
from tests.sync.lists_world import DAY

SLACK_DAYS = 3


def wrong(world: KeepingWorld) -> list[str]:
    """What does not hold in the end."""
    return [*left(world), *_chains(world), *lists_truth.wrong(world)]


def files(world: KeepingWorld) -> dict[str, bytes]:
    """What lies at either end; not copies that somebody made of it."""
    found = {f"gate {number}": raw(machine.folder) for number, machine in enumerate(world.machines)}
    found["center"] = raw(center_folder(world)) + _opened_parts(world)
    return found


def center_folder(world: KeepingWorld) -> Path:
    return max(world.root.glob("center-*"), key=lambda one: int(one.name.split("-")[1]))


def _opened_parts(world: KeepingWorld) -> bytes:
    """Personal parts of batches, as the center's key opens them."""
    with world.center.store.database.read() as connection:
        rows = connection.rows("SELECT station, incarnation, body FROM parts")
    plain = []
    for station, incarnation, body in rows:
        kept = msgspec.msgpack.decode(bytes(body), type=Parts)
        plain += [
            part for _, part in open_parts(world.center.keys.sealing, bytes(station), incarnation, kept)
        ]
    return b"\0".join(plain)


def is_over(word: Word, now_s: float) -> bool:
    days = 0 if word.at_once else KEEP_DAYS
    return word.over_s is not None and word.over_s + (days + SLACK_DAYS) * DAY < now_s


def left(world: KeepingWorld) -> Iterator[str]:
    """What is over and lies there still. In the midst of a life: of whom somebody erased."""
    offline = {
        f"gate {number}"
        for number, machine in enumerate(world.machines)
        if world.offline.get(machine.station, 0.0) > world.true_s
    }
    for place, bytes_there in files(world).items():
        for text, word in world.marks.words.items():
            if text.encode() in bytes_there:
                yield f"{place}: {word.what} ({text}) lies in clear"
            hears_later = place in offline and word.end == "center"
            if is_over(word, world.true_s) and not hears_later and world.marks.in_files(bytes_there, text):
                yield f"{place}: {word.what} ({text}) lies sealed, {'erased' if word.at_once else 'over'}"


def _chains(world: KeepingWorld) -> Iterator[str]:
    for number, machine in enumerate(world.machines):
        found = check(machine.folder)
        if not found.ok:
            yield f"gate {number}: {found}"


def missing(world: KeepingWorld) -> list[str]:
    """What is not over, or was not so long ago, and lies nowhere; of what nobody took back, or gave up."""
    there = b"".join(files(world).values())
    return [
        f"{word.what} ({text}) is gone after {(world.true_s - word.since_s) / DAY:.0f} days"
        for text, word in world.marks.words.items()
        if not word.by_deed
        and not world.seen["restored" if word.end == "center" else "put back"]  # to an older state
        and (word.over_s is None or word.over_s + (KEEP_DAYS - 1) * DAY > world.true_s)
        and text in world.marks.sealed
        and not world.marks.in_files(there, text)
    ]
