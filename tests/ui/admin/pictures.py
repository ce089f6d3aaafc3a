"""Pictures of the states of one part of the admin page, for its make_*screens command."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtWidgets import QApplication

from station.ui.admin.window import AdminWindow
from tests.ui.pictures import take_pictures
from tests.ui.states import Stand


class OpenOffice(Protocol):
    """An admin page over a gate with a journal in a folder of its own."""

    admin: AdminWindow
    gate: Stand

    def close(self) -> None: ...


T = TypeVar("T", bound=OpenOffice)


def take_admin_pictures(
    states: Mapping[str, Callable[[T], None]], opened: Callable[[Path, tuple[int, int], str], T]
) -> None:
    """Every state of an office that `opened` opens anew for each picture."""

    def render(name: str, size: tuple[int, int], theme: str, path: Path) -> None:
        with tempfile.TemporaryDirectory() as folder:
            office = opened(Path(folder), size, theme)
            states[name](office)
            office.admin.tick()
            for _ in range(3):
                QApplication.processEvents()
            office.gate.window.grab().save(str(path))
            office.close()

    take_pictures(states, render)
