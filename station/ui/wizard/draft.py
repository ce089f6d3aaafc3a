"""What was chosen in the wizard so far. Nothing of it counts before the last step. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from station.core.model import Direction

Value = str | tuple[str, ...] | None


@dataclass
class Draft:
    """None and "" mean: not chosen, so that what is set already stays as it is."""

    language: str | None = None
    camera: str | None = None  # a source, as the settings keep it
    camera_title: str = ""
    thermometer: str | None = None  # address,family
    thermometer_title: str = ""
    heard: bool | None = None  # whether the sound was
    compound: str = ""
    entrance: str = ""
    direction: Direction | None = None
    admin: str = field(default="", repr=False)  # the first operator's number …
    pin: str = field(default="", repr=False)  # … and PIN; made an operator at the end
    alone: bool = False
    center: str = ""  # how the center calls this station; it was enrolled in its step

    @property
    def gate(self) -> str:
        """The gate's name as it will stand on the screen; "" if nobody gave it one."""
        return " · ".join(part for part in (self.compound.strip(), self.entrance.strip()) if part)

    def changes(self) -> Mapping[str, Value]:
        """What has to be written into the settings."""
        found: dict[str, Value] = {
            "language": self.language,
            "camera": self.camera,
            "thermometer": self.thermometer,
            "gate": self.gate or None,
            "direction": self.direction,
        }
        return {name: value for name, value in found.items() if value is not None}
