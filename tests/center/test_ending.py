"""A center that is told to end while it begins ends: a shutdown of the PC does not wait for it."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from center import serving
from tests.center.office import open_center
from tests.patience import PATIENCE_S

STOPS = (signal.SIGINT, signal.SIGTERM)


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    handlers, interval = [signal.getsignal(number) for number in STOPS], sys.getswitchinterval()
    yield
    for number, handler in zip(STOPS, handlers, strict=True):
        signal.signal(number, handler)
    sys.setswitchinterval(interval)
    gc.unfreeze()


@pytest.mark.parametrize("number", STOPS)
def test_a_center_that_is_told_to_end_just_before_it_serves_ends(
    number: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It went on, and was killed after a minute and a half."""
    serve, told = serving._serve, list[str]()

    async def told_to_end_first(*about: Any) -> None:
        signal.raise_signal(number)
        await asyncio.wait_for(serve(*about), PATIENCE_S)
        told.append("ended")

    monkeypatch.setattr(serving, "_serve", told_to_end_first)
    with open_center(tmp_path) as center, serving.listen("127.0.0.1", 0) as listener:
        serving.run(center.office, listener, None, lambda: None)

    assert told == ["ended"]
