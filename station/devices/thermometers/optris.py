"""Optris CS and CT, Micro-Epsilon thermoMETER: industrial pyrometers with bare binary answers.

Source: Optris CS and CT manuals (easymanua.ls optris/lt p48, manualshive 1645604 p38), CT list of commands.

    01   asks for the object; the answer is two bytes, big-endian:
    (value - 1000) / 10 °C, or (value - 10000) / 100 °C from models whose name ends in "hs"

Nothing marks the two bytes, and both kinds of model answer the same question; half an answer is told from a
whole one only by what it would mean.
"""

from __future__ import annotations

from dataclasses import replace

from station.core.model import FrameError, Reading, Site
from station.devices.thermometers.family import Decoder, Family
from station.devices.thermometers.framing import FrameDecoder, FrameShape, always, is_plausible

_SIZE = 2


def _decoder(zero: int, per_degree: int) -> Decoder:
    def read(answer: bytes) -> Reading | FrameError:
        celsius = (int.from_bytes(answer) - zero) / per_degree
        return Reading(celsius, Site.OBJECT) if is_plausible(celsius) else FrameError("implausible", answer)

    return FrameDecoder(FrameShape(b"", 0, always(_SIZE), read))


def encode(reading: Reading) -> bytes:
    """The answer that says `reading` in tenths. Raises OverflowError outside -100.0 to 6453.5 °C."""
    return (round(reading.value_c * 10) + 1000).to_bytes(_SIZE)


def _encode_hs(reading: Reading) -> bytes:
    return (round(reading.value_c * 100) + 10000).to_bytes(_SIZE)


FAMILY = Family(
    slug="optris",
    title="Optris CS, CT; Micro-Epsilon CTL",
    bauds=(115200, 9600),
    decoder=lambda: _decoder(1000, 10),
    encode=encode,
    query=b"\x01",
    probe=b"\x01",
    interval_s=0.2,
    confidence="manual",
    source="Optris CS and CT manuals (easymanua.ls optris/lt p48, manualshive 1645604 p38)",
    unmarked_size=_SIZE,
)
HS = replace(
    FAMILY,
    slug="optris-hs",
    title="Optris CSmicro hs and other hs models",
    decoder=lambda: _decoder(10000, 100),
    encode=_encode_hs,
)
