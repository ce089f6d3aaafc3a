"""Sensors that see a picture: for presence and aiming only, hence not among the thermometers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from station.devices.thermal import gy_mcu90640, htpa32, mlx90621_hh, mlx90621_ys, ym32a
from station.devices.thermal.picture import PictureDecoder, PictureFamily, ThermalPicture

__all__ = ["PICTURES", "PictureDecoder", "PictureFamily", "ThermalPicture"]

_ALL = (
    gy_mcu90640.FAMILY,
    mlx90621_ys.FAMILY,
    mlx90621_hh.FAMILY,
    htpa32.FAMILY,
    ym32a.FAMILY,
)

PICTURES: Mapping[str, PictureFamily] = MappingProxyType({family.slug: family for family in _ALL})
