"""Events come from threads; pictures are dropped rather than queued, everything else arrives in order."""

from __future__ import annotations

import threading

from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication

from station.core.model import DeviceKind, View
from station.core.outcome import Outcome
from station.ui.bridge import Bridge
from tests.ui import scenes


def test_a_frame_is_dropped_while_the_former_one_is_not_painted(application: QApplication) -> None:
    bridge, shown = Bridge(), list[View]()
    bridge.view.connect(shown.append)
    first, second, third = scenes.view(), scenes.view(), scenes.view()
    bridge.publish(first)
    bridge.publish(second)
    application.processEvents()
    bridge.painted()
    bridge.publish(third)
    application.processEvents()
    assert shown == [first, third]


def test_no_outcome_and_no_status_is_ever_dropped(application: QApplication) -> None:
    bridge, outcomes, events = Bridge(), list[Outcome](), list[object]()
    bridge.outcome.connect(outcomes.append)
    bridge.device_event.connect(events.append)
    told = [scenes.needs_temperature(float(number)) for number in range(50)]
    statuses = [scenes.status(DeviceKind.CAMERA) for _ in range(50)]
    for outcome, status in zip(told, statuses, strict=True):
        bridge.publish(outcome)
        bridge.publish(status)
    application.processEvents()
    assert (outcomes, events) == (told, statuses)


def test_an_event_from_a_device_thread_arrives_in_the_gui_thread(application: QApplication) -> None:
    bridge, arrived_in = Bridge(), list[bool]()
    bridge.device_event.connect(lambda _: arrived_in.append(QThread.currentThread() is application.thread()))
    device = threading.Thread(target=bridge.publish, args=(scenes.status(DeviceKind.THERMOMETER),))
    device.start()
    device.join()
    application.processEvents()
    assert arrived_in == [True]
