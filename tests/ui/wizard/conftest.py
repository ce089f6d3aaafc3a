"""The wizard for tests; it is closed after each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from tests.ui.wizard.stand import Stand


@pytest.fixture
def open_wizard(application: QApplication) -> Iterator[Callable[..., Stand]]:
    stands: list[Stand] = []

    def open_one(*args: object, **more: object) -> Stand:
        stands.append(Stand.open(*args, **more))  # type: ignore[arg-type]
        return stands[-1]

    yield open_one
    for stand in stands:
        stand.close()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    application.processEvents()


@pytest.fixture
def stand(open_wizard: Callable[..., Stand]) -> Stand:
    """One in Chinese at 1366x768 by day."""
    return open_wizard()
