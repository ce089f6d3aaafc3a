"""The families of serial thermometers: one small file each, and one line below."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from station.devices.thermometers import ascii_bridge, gy_mcu90614, lu90614
from station.devices.thermometers.family import Decoder, Family

__all__ = ["FAMILIES", "Decoder", "Family"]

_ALL = (
    gy_mcu90614.FAMILY,
    lu90614.FAMILY,
    ascii_bridge.FAMILY,
)

FAMILIES: Mapping[str, Family] = MappingProxyType({family.slug: family for family in _ALL})
