"""GY-614V3: the newer GY board, which shows skin and the body value that it makes of it.

Source: the vendor's register map (wap.szlitus.com show-4084, allnewsemi.com show-228082), and the order of
the fields and the length of 12 bytes in the Gy614 struct of RMCS. The four first bytes are inferred from
both: address, function "read", first register 07, seven registers. The board can also be set to write
characters; that form is not documented well enough to be read.

    A4 03 07 07 | emissivity, % | object | ambient | body, 2 bytes each | sum8 of all before

Temperatures are big-endian, in hundredths of a degree. `gy-614v3` gives the object; `gy-614v3-body` is the
same board read for its body value, for a gate that decides to trust the maker's conversion.
"""

from __future__ import annotations

import struct
from dataclasses import replace

from station.core.model import FrameError, Reading, Site
from station.devices.thermometers.family import Family, ambient_of
from station.devices.thermometers.framing import FrameDecoder, FrameShape, always, sum8

_BEGINNING = bytes.fromhex("A4 03 07 07")
_FIELDS = struct.Struct(">Bhhh")  # emissivity, object, ambient, body
_SIZE = len(_BEGINNING) + _FIELDS.size + 1
_SKIN = 95  # % emissivity, as the board leaves the factory


def _read_object(frame: bytes) -> Reading | FrameError:
    return _read(frame, Site.OBJECT)


def _read_body(frame: bytes) -> Reading | FrameError:
    return _read(frame, Site.BODY)


def _read(frame: bytes, site: Site) -> Reading | FrameError:
    if sum8(frame[:-1]) != frame[-1]:
        return FrameError("checksum", frame)
    if _holds_next_beginning(frame):
        return FrameError("cut", frame)
    _, target, ambient, body = _FIELDS.unpack(frame[len(_BEGINNING) : -1])
    return Reading((body if site is Site.BODY else target) / 100, site, ambient / 100)


def _holds_next_beginning(frame: bytes) -> bool:
    """A frame that lost its end swallowed the next one's beginning, or a part, and the sum fits by chance.

    Without this, a body value that lost its last byte would now and then be read as ..A4, up to 2.5 °C off.
    """
    parts = (_BEGINNING[:length] for length in range(2, len(_BEGINNING)))
    return _BEGINNING in frame[1:] or any(frame.endswith(part) for part in parts)


def encode(reading: Reading) -> bytes:
    """The frame that says `reading`, both as object and as body. Raises ValueError without an ambient."""
    value = round(reading.value_c * 100)
    frame = _BEGINNING + _FIELDS.pack(_SKIN, value, round(ambient_of(reading) * 100), value)
    return frame + bytes([sum8(frame)])


FAMILY = Family(
    slug="gy-614v3",
    title="GY-614V3",
    bauds=(9600, 115200),
    decoder=lambda: FrameDecoder(FrameShape(_BEGINNING, len(_BEGINNING), always(_SIZE), _read_object)),
    encode=encode,
    interval_s=0.1,  # a register chooses 1, 2, 5 or 10 Hz
    confidence="inferred",
    source="vendor's register map (wap.szlitus.com show-4084), RMCS struct Gy614",
)
BODY = replace(
    FAMILY,
    slug="gy-614v3-body",
    title="GY-614V3, its body value",
    same_bytes_as=FAMILY.slug,
    decoder=lambda: FrameDecoder(FrameShape(_BEGINNING, len(_BEGINNING), always(_SIZE), _read_body)),
)
