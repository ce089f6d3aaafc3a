"""From a frame that holds a code to the painted verdict, taken apart; one thread, nothing else going on.

A person has been measured already, so the code brings the verdict. The clock starts when the frame arrives
that confirms the code. A code without a signature that verifies needs two frames: the time until the second
one arrives is the camera's, is counted in frames, and is in the figures of `live`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, thread_time

from bench.figures import HEADINGS, Series, Table, share
from bench.frames import RATE, Grain
from bench.stand import Stand
from station.devices.confirm import NEEDED
from station.devices.frame import Frame, Image
from station.devices.sight import Sight
from station.judge import load_judge

PATIENCE = 24  # frames: nobody holds a code that is not read for much longer


@dataclass(frozen=True, slots=True)
class Readable:
    """A frame that is confirmed when it is held still."""

    image: Image = field(repr=False)
    text: str = field(repr=False)  # personal: never printed
    frames: int  # until it was confirmed: 2 for a code that is read at once

    @property
    def at_once(self) -> bool:
        return self.frames <= NEEDED


def readable(frames: Iterable[Image]) -> list[Readable]:
    """Those of the frames that the station reads at all, one for each text."""
    grain, found = Grain(), dict[str, Readable]()
    for image in frames:
        if code := _read(image, grain):
            found.setdefault(code.text, code)
    return list(found.values())


def _read(image: Image, grain: Grain) -> Readable | None:
    sight = Sight(lambda text: False)
    for index in range(PATIENCE):
        scan, _ = sight.look(Frame(grain.on(image), index / RATE, index, "bench"))
        if scan:
            return Readable(image, scan.text, index + 1)
    return None


@dataclass(slots=True)
class _Parts:
    """Where the time goes."""

    whole: Series = field(default_factory=Series)
    decode: Series = field(default_factory=Series)
    decision: Series = field(default_factory=Series)
    commit: Series = field(default_factory=Series)
    paint: Series = field(default_factory=Series)
    painter: Series = field(default_factory=Series)  # of a processor; of use where other programs run too
    frames: list[int] = field(default_factory=list)

    def series(self) -> dict[str, Series]:
        return {
            "decode: frame arrives → scan": self.decode,
            "decision: scan → entry": self.decision,
            "commit: entry → on disk": self.commit,
            "paint: on disk → on the screen": self.paint,
            "  of it on a processor": self.painter,
            "all: frame arrives → on the screen": self.whole,
        }

    def begin_round(self) -> None:
        for series in self.series().values():
            series.begin_round()

    def rows(self) -> list[tuple[str, ...]]:
        whole = sum(self.whole.all)  # not of medians: they do not add up
        return [
            (name, *series.cells(), share(sum(series.all), whole)) for name, series in self.series().items()
        ]


def table(codes: Sequence[Readable], rounds: int, folder: Path) -> Table:
    parts = _Parts()
    with Stand(folder, [code.text for code in codes]) as stand:
        passages = _Passages(stand, Sight(load_judge(folder).verified), parts)
        for _ in range(rounds):
            parts.begin_round()
            for code in codes:
                passages.let_pass(code)
    second = sum(count <= NEEDED for count in parts.frames)
    return Table(
        f"Verdict: from the frame that confirms a code to the painted verdict, ms ({len(codes)} codes)",
        ("", *HEADINGS, "share"),
        parts.rows(),
        f"{second} of {len(parts.frames)} codes were confirmed by their second frame.",
    )


class _Passages:
    """People with codes, one after another."""

    def __init__(self, stand: Stand, sight: Sight, parts: _Parts) -> None:
        self._stand, self._sight, self._parts = stand, sight, parts
        self._grain = Grain()

    def let_pass(self, code: Readable) -> None:
        """One person, from the first frame with the code until the verdict is painted."""
        self._stand.next_person_is_measured()
        for index in range(PATIENCE):
            if self._look(code.image, index):
                self._parts.frames.append(index + 1)
                return
            self._stand.clock.move(1 / RATE)

    def _look(self, image: Image, index: int) -> bool:
        """One frame, as the looker handles it; whether it brought the verdict."""
        stand, parts = self._stand, self._parts
        frame = Frame(self._grain.on(image), stand.clock.monotonic(), index, "bench")
        arrived = perf_counter()
        scan, view = self._sight.look(frame)
        seen = perf_counter()
        if scan is None:
            stand.publish(view)
            stand.settle()
            return False
        began = thread_time()
        stand.publish(scan, view)
        stand.until_verdict_is_painted()
        painted, busy_s = perf_counter(), thread_time() - began
        parts.whole.add(painted - arrived)
        parts.decode.add(seen - arrived)
        parts.decision.add(stand.handle_s - stand.journal.commit_s)
        parts.commit.add(stand.journal.commit_s)
        parts.paint.add(painted - seen - stand.handle_s)
        parts.painter.add(busy_s - stand.busy_s)
        return True
