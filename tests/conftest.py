"""Qt for all tests: offscreen, unless QT_QPA_PLATFORM says xcb; no test leaves a window behind."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from station.ui.application import prepare


@pytest.fixture(scope="session")
def application(qapp: QApplication) -> QApplication:
    """The one application, dressed once: letters that are loaded anew are shaped anew in every window."""
    prepare(qapp, "zh")
    return qapp


@pytest.fixture(autouse=True)
def _widgets_are_freed_here(request: pytest.FixtureRequest) -> Iterator[None]:
    """As in the program (`station.ui.collecting`): a widget that another thread frees crashes Qt."""
    if not {"qapp", "qtbot"} & set(request.fixturenames):
        yield
        return
    gc.disable()
    yield
    gc.enable()
    gc.collect(1)


@pytest.fixture(autouse=True)
def _no_window_is_left() -> Iterator[None]:
    """Windows that a test opened go with it: they would go on ticking beside all later tests."""
    yield
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        return
    left = [window for window in application.topLevelWidgets() if window.parent() is None]
    for window in left:
        window.close()
        window.deleteLater()
    if left:
        # Without an event loop deleteLater never runs.
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        application.processEvents()
