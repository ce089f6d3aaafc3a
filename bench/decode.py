"""How long one frame takes to read: our reader beside what a plain call of the peers costs. One thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import zxingcpp
from pyzbar import pyzbar

from bench.figures import HEADINGS, Series, Table, ratio
from bench.frames import Grain, empty_gate
from station.devices.decode import Reader
from station.devices.frame import Image
from station.devices.opencv import cv2

Read = Callable[[Image], object]  # whatever is true if a code was read


@dataclass(slots=True)
class _Peer:
    """One way to read a frame, with what it took and what it got."""

    name: str
    read: Read
    codes: Series = field(default_factory=Series)
    nothing: Series = field(default_factory=Series)
    hits: int = 0

    def begin_round(self) -> None:
        self.hits = 0
        self.codes.begin_round()
        self.nothing.begin_round()

    def row(self, frames: int, ours: _Peer) -> tuple[str, ...]:
        return (
            self.name,
            f"{self.hits}/{frames}",
            *self.codes.cells(),
            ratio(self.codes.quiet, ours.codes.quiet),
            "",
            *self.nothing.cells(),
            ratio(self.nothing.quiet, ours.nothing.quiet),
        )


def table(what: str, frames: Sequence[Image], rounds: int) -> Table:
    """All readers on the same noisy frames, by turns, so that a busy moment hits all of them."""
    peers = _peers()
    grain, empty = Grain(), empty_gate()
    for _ in range(rounds):
        for peer in peers:
            peer.begin_round()
        for frame in frames:
            _read_code(peers, grain.on(frame))
        for _ in frames:
            _read_nothing(peers, grain.on(empty))
    return Table(
        f"Decode: one 1280x720 frame, ms ({len(frames)} frames with {what}; then as many of an empty gate)",
        ("", "read", *HEADINGS, "ratio", "empty:", *HEADINGS, "ratio"),
        [peer.row(len(frames), peers[0]) for peer in peers],
        "read: in this one frame; the station tries another way on the next. ratio: of the quiet figures.",
    )


def _peers() -> tuple[_Peer, ...]:
    reader, detector = Reader(), cv2.QRCodeDetector()
    return (
        _Peer("station (two attempts a frame)", reader.read),
        _Peer("zxingcpp.read_barcodes(bgr)", zxingcpp.read_barcodes),
        _Peer("pyzbar.decode(bgr)", pyzbar.decode),
        _Peer("cv2.QRCodeDetector", lambda image: detector.detectAndDecodeBytes(image)[0]),
    )


def _read_code(peers: Sequence[_Peer], frame: Image) -> None:
    for peer in peers:
        peer.hits += bool(peer.codes.timed(partial(peer.read, frame)))


def _read_nothing(peers: Sequence[_Peer], frame: Image) -> None:
    for peer in peers:
        peer.nothing.timed(partial(peer.read, frame))
