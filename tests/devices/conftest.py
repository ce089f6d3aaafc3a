"""What the tests of devices share."""

from __future__ import annotations

import pytest

from station.devices import port_owner
from tests.patience import PATIENCE_S


@pytest.fixture
def patient_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever stops a device waits until it has ended, also where that takes too long for the gate."""
    monkeypatch.setattr(port_owner, "_STOP_TIMEOUT_S", PATIENCE_S)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """An owner that tries a lost port again at once, and soon looks up from a line on which nothing comes."""
    monkeypatch.setattr(port_owner, "_BACK_OFF_S", (0.02,))
    monkeypatch.setattr(port_owner, "READ_TIMEOUT_S", 0.03)
