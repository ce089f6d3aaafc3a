"""What a gate without a window prints beside its entries: one JSON line each, without names."""

from __future__ import annotations

import io
import json

import pytest

from station.core.entry import to_json
from station.core.measurability import Advice
from station.core.model import Obstacle
from station.core.outcome import InstrumentState, LeftUncleared, Outcome, PartShown, RecheckList
from station.headless import Printer
from tests.ui import scenes


@pytest.mark.parametrize(
    ("outcome", "line"),
    [
        (
            InstrumentState((scenes.finding(),), active="stand", doubtful=True),
            {
                "warning": "instruments",
                "findings": [{"instrument": "测温仪", "finding": "stuck", "figures": [36.2, 12.0]}],
                "active": "stand",
                "doubtful": True,
                "wants_staff": False,
            },
        ),
        (scenes.who_wait(2), {"notice": "rechecks", "waiting": 2}),
        (RecheckList(()), {"notice": "rechecks", "waiting": 0}),
        (
            LeftUncleared(scenes.one_who_waits(121.0)),
            {"warning": "left_uncleared", "since": "2022-04-16T00:23:00+00:00", "value_c": 37.8, "highs": 1},
        ),
        (
            scenes.not_measured(),
            {"notice": "not_measured", "obstacle": Obstacle.COLD_SKIN, "advice": Advice.WRIST_OR_NECK},
        ),
        (PartShown(1, 3, (2, 3)), {"notice": "part_shown", "number": 1, "missing": [2, 3]}),
    ],
)
def test_what_concerns_no_entry_goes_to_standard_error(
    outcome: Outcome, line: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    out = io.StringIO()
    Printer(out).tell(outcome)
    assert json.loads(capsys.readouterr().err) == line
    assert out.getvalue() == ""


def test_no_name_and_no_key_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    printer = Printer(io.StringIO())
    for outcome in (scenes.who_wait(3), LeftUncleared(scenes.one_who_waits(121.0))):
        printer.tell(outcome)
    said = capsys.readouterr().err
    assert "张" not in said
    assert "hand:" not in said


def test_entry_goes_to_standard_output_alone(capsys: pytest.CaptureFixture[str]) -> None:
    out, passed = io.StringIO(), scenes.passed()
    Printer(out).tell(passed)
    assert json.loads(out.getvalue()) == to_json(passed.stored)
    assert capsys.readouterr().err == ""


def test_a_note_with_a_hanzi_that_gbk_has_not_does_not_end_a_gate_whose_lines_go_into_a_gbk_file() -> None:
    file = io.TextIOWrapper(io.BytesIO(), encoding="gbk")
    Printer(file)._line(file, {"note": "找𠮷师傅✗"})
    file.seek(0)
    assert json.loads(file.read()) == {"note": "找𠮷师傅✗"}
