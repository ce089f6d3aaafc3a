"""Qt for tests: offscreen, unless the test command started an X display and says QT_QPA_PLATFORM=xcb."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from station.ui.application import prepare
from station.ui.language import speak
from tests.ui.states import Stand


@pytest.fixture(autouse=True)
def _real_window_only_on_a_display(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("window") and os.environ["QT_QPA_PLATFORM"] == "offscreen":
        pytest.skip("needs an X display: run with QT_QPA_PLATFORM=xcb under Xvfb")


@pytest.fixture(scope="session")
def application(qapp: QApplication) -> QApplication:
    prepare(qapp, "zh")
    return qapp


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest, application: QApplication) -> Iterator[str]:
    """The test runs in each language."""
    translator = speak(application, request.param)
    yield request.param
    if translator:
        application.removeTranslator(translator)


@pytest.fixture
def open_gate(application: QApplication) -> Iterator[Callable[..., Stand]]:
    """Opens gate windows and closes them after the test."""
    stands: list[Stand] = []

    def open_one(size: tuple[int, int] = (1366, 768), theme: str = "day") -> Stand:
        stands.append(Stand.open(size, theme))
        return stands[-1]

    yield open_one
    for stand in stands:
        stand.window.close()
        stand.window.deleteLater()
    # Without an event loop deleteLater never runs, and closed windows would go on ticking.
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    application.processEvents()


@pytest.fixture
def gate(open_gate: Callable[..., Stand]) -> Stand:
    """One gate screen in Chinese at 1366x768 by day."""
    return open_gate()
