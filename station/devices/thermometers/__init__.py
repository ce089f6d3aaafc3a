"""The families of serial thermometers: one small file each, and one line below.

Sensors that send a picture are not among them: see `station.devices.thermal`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from station.devices.thermometers import (
    aa_a5,
    ascii_bridge,
    calex,
    cjmcu_90614,
    gd60914,
    gy_614v3,
    gy_mcu90614,
    idc_50,
    impac,
    lu90614,
    mlx90641_stm32,
    optris,
    raytek,
    re_xingma,
    rqvk002,
    ys_haiman,
)
from station.devices.thermometers.family import Decoder, Family

__all__ = ["FAMILIES", "Decoder", "Family"]

_ALL = (
    gy_mcu90614.FAMILY,
    lu90614.FAMILY,
    ascii_bridge.FAMILY,
    gy_614v3.FAMILY,
    gy_614v3.BODY,
    cjmcu_90614.FAMILY,
    cjmcu_90614.SWAPPED,
    aa_a5.FAMILY,
    idc_50.FAMILY,
    gd60914.FAMILY,
    gd60914.WRIST,
    rqvk002.FAMILY,
    ys_haiman.FAMILY,
    re_xingma.FAMILY,
    mlx90641_stm32.FAMILY,
    raytek.FAMILY,
    optris.FAMILY,
    optris.HS,
    calex.FAMILY,
    calex.MINIBUS,
    impac.FAMILY,
)

FAMILIES: Mapping[str, Family] = MappingProxyType({family.slug: family for family in _ALL})
