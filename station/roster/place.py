"""Where a row says that somebody lives, cell by cell, and what of it the rows above it say."""

from __future__ import annotations

import re
from dataclasses import dataclass

from station.roster.house import house_of_columns, read_house
from station.roster.problems import CellError

_ROOM = re.compile("[0-9A-Za-z]+[室号房]?")
_LARGER = re.compile("[楼栋幢棟座梯]|单元")


@dataclass(frozen=True, slots=True)
class Place:
    """The cells for building, unit and room; `whole` if one cell, which is the room's then, says it all."""

    building: str = ""
    unit: str = ""
    room: str = ""
    whole: bool = False

    @property
    def text(self) -> str:
        """For `read_house`."""
        return self.room if self.whole else house_of_columns(self.building, self.unit, self.room)

    @property
    def lacks_building(self) -> bool:
        return bool(self.room) and not (self.building or self.whole)

    @property
    def is_heading(self) -> bool:
        """4号楼 or 2单元 in a row of its own: what follows is in there. A bare 4 may be a page's number."""
        said = [cell for cell in (self.building, self.unit) if cell]
        return bool(said) and not self.room and all(map(_is_larger, said))

    def below(self, above: Place) -> Place:
        """Each cell by itself: 502 under 3, 2, 501 is 3-2-502. Another building has units of its own."""
        if self.whole:
            return self
        if not (self.building or self.unit or self.room):
            return above
        if above.whole:
            return self
        building = self.building or above.building
        unit = self.unit or (above.unit if building == above.building else "")
        same = (building, unit) == (above.building, above.unit)
        return Place(building, unit, self.room or (above.room if same else ""))


def is_room(text: str) -> bool:
    """501, 12A or 五〇一室, which need a building; not 3-2-501, not 3栋, and no word like 物业."""
    if _ROOM.fullmatch(text):
        return True
    return not _LARGER.search(text) and _is_one(text)


def _is_larger(text: str) -> bool:
    """3栋 or 二单元; not 3栋合计, not 3号楼1单元2室."""
    return bool(_LARGER.search(text)) and _is_one(text)


def _is_one(text: str) -> bool:
    try:
        house = read_house(text)
    except CellError:
        return False
    return len(house.parts) == 1 and not house.odd
