"""All that it takes to open a lane, without what it is opened with: a window has its first picture before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from station.equipment import Equipment
from station.settings import Settings

if TYPE_CHECKING:  # with the journal, after the first picture
    from station.journal.people import People


@dataclass(frozen=True, slots=True)
class Opening:
    """`prepare` may fill the roster first, as the demo does."""

    data: Path
    settings: Settings
    equipment: Equipment
    prepare: Callable[[People], None] = lambda people: None
    alone: bool = False  # without the center, although the station is enrolled
