"""What the gate window wears: its theme, by light or by choice, its size, and whether all is large."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QWidget

from station.core.model import View
from station.ui import wireframe
from station.ui.button_row import ButtonRow
from station.ui.light import Choice, Light
from station.ui.pages import Page
from station.ui.painted import Painted
from station.ui.theme import Theme

Panel = tuple[str, "Painted | ButtonRow | Page"]  # its name in the wireframe
Room = Callable[
    [], tuple[bool, float]
]  # whether the bar is there, and how high the list of those who wait is

_COME_AND_GO = ("counters", "last_five")  # others know by themselves whether there is something to show


class Wardrobe(QObject):
    """Dresses and places the panels of one window."""

    dressed = Signal(object, float)  # Theme and scale, whenever they changed
    turned = Signal(bool)  # whether all is large from now on

    def __init__(self, window: QWidget, choice: str, *, large: bool) -> None:
        super().__init__(window)
        self._window, self._light, self.large = window, Light(Choice(choice)), large
        self._panels: Sequence[Panel] = ()
        self._room: Room = lambda: (False, 0.0)

    @property
    def theme(self) -> Theme:
        return self._light.theme

    def said(self) -> str:
        """The light in words, for the header."""
        return self._light.said()

    def furnish(self, panels: Sequence[Panel], room: Room) -> None:
        """These are the panels from now on."""
        self._panels, self._room = panels, room

    def add(self, name: str, panel: Page) -> None:
        """One more, which was not needed before."""
        self._panels = (*self._panels, (name, panel))
        panel.setGeometry(self._places()[name])
        panel.dress(self.theme, wireframe.scale(self._window.size()) * wireframe.zoom(name, large=self.large))

    def see(self, view: View, now: float) -> None:
        """The camera tells by its brightness whether it is day, night or bright sun."""
        before = self.theme
        self._light.see(view.brightness, now)
        if self.theme is not before:
            self.dress()

    def next_light(self) -> str:
        """The next choice, which is returned in words."""
        self._light.next()
        self.dress()
        return self.said()

    def turn_large(self) -> None:
        """Larger and fewer things, or back to all of them."""
        self.large = not self.large
        self.turned.emit(self.large)
        self.dress()

    def dress(self) -> None:
        """Put everything in its place at this size, in this theme."""
        theme, scale = self.theme, wireframe.scale(self._window.size())
        sheet = theme.style_sheet(scale)
        if sheet != self._window.styleSheet():  # Qt polishes every widget anew
            self._window.setStyleSheet(sheet)
        self.arrange()
        for name, panel in self._panels:
            panel.dress(theme, scale * wireframe.zoom(name, large=self.large))
        self.dressed.emit(theme, scale)

    def arrange(self) -> None:
        """Something came or went."""
        places = self._places()
        for name, panel in self._panels:
            panel.setGeometry(places[name])
            if name in _COME_AND_GO:
                panel.setVisible(places[name].height() > 0)

    def _places(self) -> Mapping[str, QRect]:
        bar, rechecks = self._room()
        return wireframe.places(self._window.size(), bar=bar, rechecks=rechecks, large=self.large)
