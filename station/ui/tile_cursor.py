"""Tiles that can be chosen without a finger: arrows move a mark from one to the next, ENTER takes it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt

from station.ui.person_tile import PersonTile

ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class TileCursor:
    """Nothing is marked before the first arrow, so that ENTER alone takes nobody."""

    def __init__(self, tiles: Sequence[PersonTile]) -> None:
        self._tiles = tiles
        self.place: int | None = None  # of the marked one

    def clear(self) -> None:
        """Other tiles, or something else was done."""
        self._mark(None)

    def move(self, arrow: Qt.Key) -> None:
        """The first arrow marks the first tile. At an end the mark stays where it is."""
        offered = [place for place, tile in enumerate(self._tiles) if tile.isVisible() and tile.isEnabled()]
        if not offered:
            return
        if self.place not in offered:
            self._mark(offered[0])
            return
        top = self._tiles[offered[0]].y()
        columns = sum(self._tiles[place].y() == top for place in offered)
        step = dict(zip(ARROWS, (-1, 1, -columns, columns), strict=True))[arrow]
        if self.place + step in offered:
            self._mark(self.place + step)

    def _mark(self, place: int | None) -> None:
        self.place = place
        for number, tile in enumerate(self._tiles):
            tile.show_marked(number == place)
