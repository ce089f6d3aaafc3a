"""A guard in trouble whistles while a picture is stuck on a dead line: the whistle does not wait for it."""

from __future__ import annotations

import random
import socket
from pathlib import Path
from threading import Event

import pytest

from station.journal.reports import new_id
from station.sync import calls
from station.sync.reports import MOST_PICTURE_BYTES, CaseReport, Kind
from tests.center.office import open_center
from tests.sync.roadside import authority, standing_there
from tests.test_sleeping_sync import AlongTheLine

LONG_S = 3600.0


class DeadLine:
    """Takes every report and answers none; how long each would have been."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def __call__(self, connection: socket.socket, over: Event) -> None:
        heard = connection.recv(65536).decode(errors="replace").lower()
        if heard.startswith("post /v1/report"):
            self.lengths.append(int(heard.partition("content-length: ")[2].split()[0]))
        over.wait()


def test_a_whistle_does_not_wait_for_the_picture_of_another_that_is_stuck(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waited for 80 s."""
    monkeypatch.setattr(calls, "_REPORT_S", LONG_S)
    (tmp_path / "center").mkdir()
    there, line = authority(tmp_path), DeadLine()
    with standing_there(line, there.server) as url, open_center(tmp_path / "center") as center:
        gate = AlongTheLine(tmp_path / "station", center, url, there.ca_pem)
        try:
            picture = random.Random(1).randbytes(MOST_PICTURE_BYTES)
            put(gate, CaseReport("whistle", 1, picture=picture), sent=1)  # its words are at the center
            gate.until(lambda: len(line.lengths) == 1)
            put(gate, CaseReport("whistle", 2))
            gate.until(lambda: len(line.lengths) == 2)
        finally:
            gate.close()

    assert line.lengths[0] > MOST_PICTURE_BYTES > 1000 > line.lengths[1]


def put(gate: AlongTheLine, whistle: CaseReport, *, sent: int = 0) -> None:
    case = new_id()
    gate.link.reports.put(Kind.CASE, case, whistle, gate.clock.now(), is_open=True)
    gate.link.reports.sent([(case, sent)])
    gate.link.tell()
