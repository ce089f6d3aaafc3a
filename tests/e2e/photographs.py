"""Real photographs and certificate pictures, with what their codes hold. They stay in their own folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from station.devices.frame import Image
from station.devices.playback import read_picture

# Photographs of codes on paper, metal and cardboard, and two certificates as their issuers published them.
MUSEUM = "jsqr__tests__end-to-end__museum-1__input.png"
FLYER = "jsqr__tests__end-to-end__cache-flyer__input.png"
SQUARE = "jsqr__tests__end-to-end__square-des-fusilles__input.png"
BATTERY = "jsqr__tests__end-to-end__battery__input.png"
CERTIFICATE = "dccqa__LU__1.3.0__VAC_22Standard.png"  # by an issuer that no trust list names
EXPIRED = (
    "dccqa__BE__1.3.0__VAC_3_3_NONJNJ_OLD_BE.png"  # signed by an issuer on the WHO's list; ran out in 2023
)


@dataclass(frozen=True, slots=True)
class Photographs:
    folder: Path

    def text(self, name: str) -> str:
        """What the code in this picture holds, as its publisher says."""
        manifest = json.loads((self.folder / "manifest.json").read_text("utf-8"))
        return str(manifest[name]["expected"])

    def picture(self, name: str) -> Image:
        return read_picture(self.folder / name)

    def in_order(self, names: Sequence[str], folder: Path) -> Path:
        """A folder that shows these pictures in this order."""
        folder.mkdir()
        for place, name in enumerate(names):
            shutil.copy(self.folder / name, folder / f"{place}{Path(name).suffix}")
        return folder
