"""The emulated camera: the people on its timeline are the people in its pictures."""

from __future__ import annotations

from contextlib import closing
from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.devices.confirm import REARM_S, Confirmer
from station.devices.emulators.scene import PAUSE_S, WALK_S, SceneScript, Stage, Visit, play
from station.devices.frame import Image
from tests.devices.qr_pictures import read_codes

CERTIFICATE = "HC1:" + "NCF0XG3.A6 +$" * 40  # as long as a real one
SCRIPT = SceneScript(
    [Visit("GP1:first"), Visit(None, seconds=2.0), Visit(CERTIFICATE, paper=True, seconds=3.0)]
)
ARRIVAL = PAUSE_S + WALK_S


def texts(picture: Image) -> list[str]:
    return [code.text for code in read_codes(picture)]


def test_the_timeline_tells_who_stands_at_the_table() -> None:
    second = ARRIVAL + 4.0 + WALK_S
    third = second + ARRIVAL + 2.0 + WALK_S
    end = third + ARRIVAL + 3.0 + WALK_S

    there = SCRIPT.who_is_there
    assert [there(0.0), there(ARRIVAL - 0.1), there(ARRIVAL + 0.1)] == [None, None, 0]
    assert [there(ARRIVAL + 3.9), there(ARRIVAL + 4.1)] == [0, None]
    assert [there(second + ARRIVAL + 1), there(third + ARRIVAL + 1)] == [1, 2]
    assert [there(end + ARRIVAL + 1), there(7 * end + third + ARRIVAL + 1)] == [0, 2]


@given(st.floats(0, 1e6))
def test_nobody_stands_there_who_is_not_in_the_picture(seconds: float) -> None:
    moment, there = SCRIPT.moment(seconds), SCRIPT.who_is_there(seconds)

    assert there is None or (moment is not None and moment.index == there)


def test_a_scene_without_anybody_is_refused() -> None:
    with pytest.raises(ValueError):
        SceneScript([])


def test_what_a_visitor_holds_up_can_be_read() -> None:
    stage = Stage(SCRIPT)
    third = 2 * (ARRIVAL + WALK_S) + 4.0 + 2.0

    assert texts(stage.picture(ARRIVAL + 2)) == ["GP1:first"]
    assert texts(stage.picture(third + ARRIVAL + 1.5)) == [CERTIFICATE]


def test_an_empty_gate_and_a_visitor_without_a_code_show_none() -> None:
    stage = Stage(SCRIPT)
    second = ARRIVAL + 4.0 + WALK_S

    assert texts(stage.picture(0.5)) == []
    assert texts(stage.picture(second + ARRIVAL + 1)) == []
    assert not np.array_equal(stage.picture(0.5), stage.picture(second + ARRIVAL + 1))


def test_the_same_visitor_twice_in_a_row_is_scanned_twice() -> None:
    stage, confirmer = Stage(SceneScript([Visit("GP1:only", seconds=1.5)])), Confirmer()
    times = [n / 15 for n in range(int(15 * 2 * (ARRIVAL + 1.5 + WALK_S)))]

    scans = [confirmer.feed(at, texts(stage.picture(at))).text for at in times]

    assert PAUSE_S + 2 * WALK_S > REARM_S
    assert [text for text in scans if text] == ["GP1:only"] * 2


def test_it_plays_as_a_camera_of_fifteen_frames_a_second() -> None:
    class Clock:
        time = 1000.0

        def now(self) -> float:
            return self.time

        def sleep(self, seconds: float) -> None:
            self.time += seconds

    clock = Clock()
    began = clock.time - ARRIVAL - 2  # the first visitor is there already

    with closing(play(SCRIPT, "demo", began=began, monotonic=clock.now, sleep=clock.sleep)) as scene:
        frames = list(islice(scene, 16))

    assert frames[15].at - frames[0].at == pytest.approx(1.0)
    assert (frames[0].source, frames[0].index, frames[15].index) == ("demo", 0, 15)
    assert texts(frames[0].image) == ["GP1:first"]
    assert frames[0].image.flags.c_contiguous


def test_a_child_who_comes_is_seen_as_a_child() -> None:
    """Drawn as a grown man who says that his mother brought him, it looks like somebody who lies."""

    def tall(visit: Visit) -> int:
        stage = Stage(SceneScript([visit]))
        empty, there = stage.picture(0.5), stage.picture(ARRIVAL + 2)
        return len(np.flatnonzero((empty != there).any(axis=(1, 2))))

    assert tall(Visit(None, child=True)) < tall(Visit(None)) * 0.75
