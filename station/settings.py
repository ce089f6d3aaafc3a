"""The station's settings: one TOML file, one frozen value. A wrong file is named, never half used."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from station.core.model import Direction
from station.core.override import Role

MOST_OF_DOCTOR = 24  # characters: a number that is cut on the screen calls nobody
Doctor = Annotated[str, msgspec.Meta(max_length=MOST_OF_DOCTOR)]
Phone = Annotated[str, msgspec.Meta(max_length=MOST_OF_DOCTOR)]

LEAST_OF_NUMBER = 4  # digits, of an operator
MOST_KEPT = 3650
KeepDays = Annotated[int, msgspec.Meta(ge=1, le=MOST_KEPT)]
# A year: `inf`, as somebody may write who wants no limit, is no length of time that can be reckoned with.
StayHours = Annotated[float, msgspec.Meta(gt=0, le=8784)]
VolumeStep = Annotated[str, msgspec.Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d (0(\.\d+)?|1(\.0+)?)$")]
OperatorNumber = Annotated[str, msgspec.Meta(pattern=r"^\d{4,8}$")]


class SettingsError(Exception):
    """The settings file cannot be used; the message names the file and the field."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What differs from gate to gate. Every field has a value that works on a fresh PC."""

    gate: str = "本小区大门"  # written on the screen
    lane: str = "1"  # written into every entry
    direction: Direction = Direction.IN
    camera: str | None = None  # index, /dev/v4l/by-id/…, file, folder, rtsp or http URL; none = first found
    thermometer: str | None = None  # serial URL, optionally with ",family"
    thermometer_2: str | None = None  # a second one: it counts while the first is dead or looks false
    scanner: str | None = None  # serial URL with ",gm65" or ",lines"; a keyboard one needs none
    thermal: str | None = None  # serial URL of a picture sensor, optionally with ",family": to aim by
    barrier: str | None = None  # serial URL with ",family" of a relay board, optionally ",channel"
    volume: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.8  # of the voice; 0: it says nothing
    volume_at: tuple[VolumeStep, ...] = ()  # others by time of day: ["07:00 0.9", "21:00 0.5"]
    quiet_from: time = time(22)  # softer from here, local time …
    quiet_until: time = time(6)  # … to here; the same: never
    policy: str = "open"  # a file name in assets/policies, or a path to a .toml
    keep_days: KeepDays = 30  # what is personal in the records; see station/journal/retention.py
    stay_hours: StayHours = 12.0  # then a visitor or worker inside is overdue
    visitor_phone: Literal["ask", "must", "skip"] = "ask"  # whether visitors leave their number
    doctor: Doctor = ""  # whom to call about a fever: 王医生 138 0000 0000
    help_phone: Phone = "12345"  # whom to call for help while nothing goes out
    guards: tuple[OperatorNumber, ...] = ()  # may let pass what was held; none named: any number, recorded
    admins: tuple[OperatorNumber, ...] = ()
    page_minutes: Annotated[float, msgspec.Meta(gt=0)] = 5.0  # without use, then the admin page locks
    role_minutes: Annotated[float, msgspec.Meta(gt=0)] = 30.0  # then a guard or admin on duty is a volunteer
    export_to: str | None = None  # each day's log: a folder, or "stick", a memory stick; none = nowhere
    export_as: Literal["csv", "xlsx"] = "xlsx"
    language: Literal["zh", "en"] = "zh"
    theme: Literal["auto", "day", "night", "sun"] = "auto"
    elder: bool = False  # begin with larger and fewer things on the screen; End turns it

    def role_of(self, number: str) -> Role | None:
        """Whose number this is; None: nobody's. Until operators sign in it is a word, not a proof."""
        if number in self.admins:
            return Role.ADMIN
        named = self.guards or self.admins
        return Role.GUARD if number in self.guards or (not named and len(number) >= LEAST_OF_NUMBER) else None


def default_data_folder() -> Path:
    """Where this user's station keeps its journal, e.g. ~/.local/share/kakou."""
    import platformdirs  # a megabyte that a command with --data does without

    return Path(platformdirs.user_data_dir("kakou", appauthor=False))


def load_settings(data: Path) -> Settings:
    """The settings in DATA/settings.toml, or the defaults if there is no such file. Raises SettingsError."""
    path = data / "settings.toml"
    try:
        return msgspec.toml.decode(path.read_text(encoding="utf-8-sig"), type=Settings)
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError, msgspec.DecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error
