"""The admin page over the window of a gate: what every office of these tests is built on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from station.ui.admin.operators_door import Door
from station.ui.admin.sections import MakeSection, Section
from station.ui.admin.window import AdminWindow
from tests.ui.admin.looking import settle
from tests.ui.states import Stand

Kind = TypeVar("Kind", bound=Section)


def admin_over(
    gate: Stand, *sections: MakeSection, demo: Callable[[], bool] = lambda: False, door: Door | None = None
) -> AdminWindow:
    """By the gate's clock, and dressed as it is."""
    admin = AdminWindow(
        gate.window,
        gate.bridge,
        sections,
        theme=gate.window.theme,
        demo=demo,
        monotonic=gate.clock.monotonic,
        now=gate.clock.now,
        door=door,
    )
    gate.window.dressed.connect(admin.dress)
    return admin


@dataclass
class OverGate:
    """An office adds its desks and what a test does there."""

    gate: Stand
    admin: AdminWindow

    @property
    def said(self) -> str:
        return self.admin.work_bar.sentence.text()

    def only(self, kind: type[Kind]) -> Kind:
        """The one section of this kind."""
        (section,) = [one for one in self.admin.sections if isinstance(one, kind)]
        return section

    def settle(self) -> None:
        settle(self.admin)

    def close(self) -> None:
        self.admin.shut_down()
        self.gate.window.close()


Office = TypeVar("Office", bound=OverGate)


@contextmanager
def opening(
    open_in: Callable[[Path, tuple[int, int], str], Office], folder: Path
) -> Iterator[Callable[..., Office]]:
    """As many as a test asks for, each in a folder of its own; they are closed after it."""
    offices: list[Office] = []

    def open_one(size: tuple[int, int] = (1366, 768), theme: str = "day") -> Office:
        offices.append(open_in(folder / str(len(offices)), size, theme))
        return offices[-1]

    yield open_one
    for office in offices:
        office.close()
