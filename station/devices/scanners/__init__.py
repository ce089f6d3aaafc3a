"""The kinds of serial scanners: one small file each, and one line below."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from station.devices.scanners import gm65, lines
from station.devices.scanners.kind import BadCode, Code, Heard, Reply, ScannerDecoder, ScannerKind

__all__ = ["SCANNERS", "BadCode", "Code", "Heard", "Reply", "ScannerDecoder", "ScannerKind"]

SCANNERS: Mapping[str, ScannerKind] = MappingProxyType({kind.slug: kind for kind in (gm65.KIND, lines.KIND)})
