"""IDC-50: a kiosk board with a Heimann HTPA32x32 that gives a body temperature twice a second.

Source: idoctorcloud.com, "thermal imaging module board", with an example of option 2. The form of option 1
between its braces is inferred from the resolution; option 3 (by request) is not documented.

    option 1, text:   { 36.7 }   without the blanks
    option 2, binary: AA 55 | 06 | degrees | tenths | sum8 of all before
"""

from __future__ import annotations

import re

from station.core.model import FrameError, Reading, Site
from station.devices.thermometers.family import Family
from station.devices.thermometers.framing import FrameDecoder, FrameShape, always, sum8

_HEADER = bytes.fromhex("AA 55 06")
_SIZE = 6  # of either form
_TEXT = re.compile(rb"\{(\d\d\.\d)\}")


class EitherDecoder:
    """Reads both forms (a `Decoder`): a board sends one of them, and nobody need know which."""

    def __init__(self) -> None:
        self._forms = (
            FrameDecoder(FrameShape(_HEADER, len(_HEADER), always(_SIZE), _read_binary)),
            FrameDecoder(FrameShape(b"{", 1, always(_SIZE), _read_text)),
        )

    def feed(self, data: bytes) -> list[Reading | FrameError]:
        pieces = (data[at : at + 1] for at in range(len(data)))  # so that results keep their order
        return [result for piece in pieces for form in self._forms for result in form.feed(piece)]


def _read_binary(frame: bytes) -> Reading | FrameError:
    if sum8(frame[:-1]) != frame[-1]:
        return FrameError("checksum", frame)
    degrees, tenths = frame[3], frame[4]
    if tenths > 9:
        return FrameError("not_a_number", frame)
    return Reading((degrees * 10 + tenths) / 10, Site.BODY)


def _read_text(frame: bytes) -> Reading | FrameError:
    match = _TEXT.fullmatch(frame)
    return Reading(float(match[1]), Site.BODY) if match else FrameError("malformed", frame)


def encode(reading: Reading) -> bytes:
    """The frame of option 2 that says `reading`. Raises ValueError outside 0-255.9 °C."""
    frame = _HEADER + bytes(divmod(round(reading.value_c * 10), 10))
    return frame + bytes([sum8(frame)])


FAMILY = Family(
    slug="idc-50",
    title="IDC-50 (Heimann HTPA32x32)",
    bauds=(115200,),
    decoder=EitherDecoder,
    encode=encode,
    interval_s=0.5,
    confidence="single source",
    source="idoctorcloud.com, thermal imaging module board (the maker's page)",
)
