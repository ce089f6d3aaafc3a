"""Widgets in circles are freed in the GUI's thread, whatever other threads do meanwhile."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from weakref import finalize

import pytest
from PySide6.QtWidgets import QApplication

from station.ui.collecting import Collecting


class Circle:
    """Holds itself, as a widget whose signal is connected to its own lambda does."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def collecting(application: QApplication) -> Iterator[Collecting]:
    was = gc.isenabled()
    found = Collecting()
    yield found
    found.end()
    if not was:
        gc.disable()


def freed_in() -> list[str]:
    """The names of the threads in which circles are freed from now on."""
    threads: list[str] = []
    for _ in range(2000):
        finalize(Circle(), lambda: threads.append(threading.current_thread().name))
    return threads


def busy() -> None:
    """A thread of a device, which allocates enough for many collections."""
    worker = threading.Thread(target=lambda: [Circle() for _ in range(50_000)], name="device")
    worker.start()
    worker.join()


def test_a_busy_device_thread_frees_nothing_of_the_screen(collecting: Collecting) -> None:
    threads = freed_in()
    busy()
    assert threads == []
    for _ in range(60):
        collecting.collect()
    assert set(threads) == {"MainThread"}
    assert len(threads) == 2000


def test_without_it_the_device_thread_would(application: QApplication) -> None:
    """The control: this is what is prevented."""
    was = gc.isenabled()
    gc.enable()
    threads = freed_in()
    busy()
    gc.collect()
    if not was:
        gc.disable()
    assert "device" in threads
