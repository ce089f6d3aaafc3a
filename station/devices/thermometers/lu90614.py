"""LU90614 (鹿小班): a query-only module that shows either the object or its own body estimate.

Source: esp32.8266.de bsp_temp_lu90614 and cicciocb.com forum p=4194, agreeing with public C and K210
drivers.

    FE | AA object, AC body | degrees | hundredths | 00 00 00 00 | sum8 of all before

No rule for temperatures below 0 °C is documented, so none is invented here.
"""

from __future__ import annotations

from station.core.model import FrameError, Reading, Site
from station.devices.thermometers.family import Family
from station.devices.thermometers.framing import FrameDecoder, FrameShape, sum8

_HEADER = b"\xfe"
_SITES = {0xAA: Site.OBJECT, 0xAC: Site.BODY}
_SIZE = 9


def _size(prefix: bytes) -> int | None:
    return _SIZE if prefix[1] in _SITES else None


def _read(frame: bytes) -> Reading | FrameError:
    if sum8(frame[:-1]) != frame[-1]:
        return FrameError("checksum", frame)
    degrees, hundredths = frame[2], frame[3]
    if hundredths > 99:
        return FrameError("not_a_number", frame)
    return Reading((degrees * 100 + hundredths) / 100, _SITES[frame[1]])


def encode(reading: Reading) -> bytes:
    """The answer that says `reading`, in body mode for Site.BODY. Raises ValueError outside 0-255.99 °C."""
    kind = 0xAC if reading.site is Site.BODY else 0xAA
    degrees, hundredths = divmod(round(reading.value_c * 100), 100)
    frame = _HEADER + bytes([kind, degrees, hundredths, 0, 0, 0, 0])
    return frame + bytes([sum8(frame)])


FAMILY = Family(
    slug="lu90614",
    title="LU90614 (鹿小班)",
    bauds=(9600,),
    decoder=lambda: FrameDecoder(FrameShape(_HEADER, 2, _size, _read)),
    encode=encode,
    # "Measure and answer" only. FA C5 BF and FA C6 C0 choose body or object mode and are stored over
    # power-off, so the mode stays as the owner left it; each answer says which one it is.
    query=bytes.fromhex("FA CA C4"),
    probe=bytes.fromhex("FA CA C4"),
    interval_s=0.2,  # public drivers allow 100 ms for the answer
    confidence="several sources",
    source="esp32.8266.de bsp_temp_lu90614, cicciocb.com forum p=4194, public C and K210 drivers",
)
