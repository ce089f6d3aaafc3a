"""The kinds of relay boards that open a barrier: one small file each, and one line below."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from station.devices.relays import hw667, lcus, modbus, numato
from station.devices.relays.relay import CHANNELS, Relay, RelayFamily

__all__ = ["CHANNELS", "RELAYS", "Relay", "RelayFamily"]

RELAYS: Mapping[str, RelayFamily] = MappingProxyType(
    {family.slug: family for family in (lcus.FAMILY, hw667.FAMILY, *modbus.FAMILIES, numato.FAMILY)}
)
