"""A whistle and a question with the real programs: out, answered, arrived; offline and killed."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.pace import own_time
from tests.e2e.program import Json, station
from tests.e2e.sync_stack.gate import Gate
from tests.e2e.sync_stack.running_center import RunningCenter
from tests.patience import PATIENCE_S

NewGate = Callable[..., Gate]
FELT_WITHIN_S = 2.0


def call(gate: Gate, *words: str) -> Json:
    done = station("call", *words, "--json", "--data", gate.folder)
    assert done.stdout, done.stderr
    said: Json = json.loads(done.stdout)
    return said


def until(look: Callable[[], Any], wanted: Callable[[Any], bool]) -> None:
    """Look until this is seen."""
    begun = time.monotonic()
    while not wanted(seen := look()):
        assert time.monotonic() - begun < PATIENCE_S, seen
        time.sleep(0.05)  # other processes work


def open_cases(center: RunningCenter) -> list[str]:
    with center.store() as store:
        return [case.key for case in store.cases.open()]


def test_a_whistle_reaches_the_center_and_somebody_arrives(new_gate: NewGate, center: RunningCenter) -> None:
    gate = new_gate("station", "--camera", "/dev/nowhere")
    gate.enrol(center)
    gate.start()
    gate.wait_until(link="online")

    begun = time.monotonic()
    with own_time(gate.program, center.program) as seconds:
        case = call(gate, "whistle", "--what", "fainted")["id"]
        until(lambda: open_cases(center), lambda keys: case in keys)
        not_theirs_s = time.monotonic() - begun - seconds()

    center.command("case", "go", case, "李警官")
    with own_time(gate.program, center.program) as seconds:
        told = json.loads(gate.program.until('"stage": "going"'))
        felt_s = seconds()
    call(gate, "arrived", case)
    until(lambda: center.command("case", "show", case)[0]["state"], lambda state: state == "arrived")
    (shown,) = center.command("case", "show", case)
    gate.stop()

    assert told["answers"] == 1
    assert shown["received_ms"] - shown["at_ms"] < 1000 * (FELT_WITHIN_S + not_theirs_s)
    assert felt_s < FELT_WITHIN_S


@pytest.mark.slow
def test_a_question_asked_offline_outlives_kills_and_is_answered_at_the_gate(
    new_gate: NewGate, center: RunningCenter
) -> None:
    gate = new_gate("station", "--camera", "/dev/nowhere")
    gate.enrol(center)
    gate.start()
    gate.wait_until(link="online")
    center.kill()

    case = call(gate, "ask", "not_listed", "说住 3-2-501")["id"]
    gate.program.until('"stage": "not_out"')
    gate.kill()
    gate.start()
    center.start()
    center.wait_until_open()
    gate.program.until('"stage": "out"')
    (shown,) = center.command("case", "show", case)
    center.command("case", "answer", case, "可以进", "--by", "王")
    gate.program.until('"answers": 1')
    gate.kill()
    gate.start()
    gate.program.until('"answers": 1')
    (again,) = call(gate, "list")["calls"]
    gate.stop()

    assert (shown["kind"], shown["what"]) == ("question", "not_listed")
    assert open_cases(center) == [case]
    assert (again["answers"], again["unseen"]) == (["可以进"], True)
