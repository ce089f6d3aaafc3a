"""A day of a gate without a network, from its command line to the center's and back."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from center import cli as center_cli
from center.keys import FILE, encode_keys
from center.store import open_store
from station import cli as station_cli
from tests.center.office import place_of
from tests.center.test_stick_days import Carrier
from tests.sync.district import district

DAY_S = 86_400.0


class Terminals:
    """What an admin types at the gate and at the center, with the stick in between."""

    def __init__(
        self, gate: Path, center: Path, capsys: pytest.CaptureFixture[str], first_day: str = ""
    ) -> None:
        self._gate, self._center, self._capsys = gate, center, capsys
        self.first_day = first_day  # on which somebody passed; midnight may come while they type

    def station(self, *words: str | Path) -> tuple[int, list[str]]:
        return self._said(station_cli.main([*map(str, words), "--data", str(self._gate)]))

    def center(self, *words: str | Path) -> tuple[int, list[str]]:
        return self._said(center_cli.main([*map(str, words), "--data", str(self._center), "--lang", "zh"]))

    def lose_everything(self) -> None:
        self._lose("DELETE FROM segment")

    def lose_the_first_twelve(self) -> None:
        self._lose("UPDATE segment SET first = 13 WHERE first = 1")

    def _lose(self, what: str) -> None:
        store = open_store(place_of(self._center))
        with store.database.write() as connection:
            connection.run(what)
        store.close()

    def _said(self, code: int) -> tuple[int, list[str]]:
        return code, self._capsys.readouterr().out.splitlines()


@pytest.fixture
def terminals(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Terminals:
    """A gate that was enrolled, and recorded twelve passages yesterday."""
    monkeypatch.setenv("LANGUAGE", "zh")
    return of_a_gate(tmp_path, capsys, days=1)


def of_a_gate(folder: Path, capsys: pytest.CaptureFixture[str], *, days: int) -> Terminals:
    """Twelve passages on each of these days; yesterday was the last."""
    with district(folder) as gate:
        gate.center.clocks.ms = int(datetime.now(UTC).timestamp() * 1000)
        gate.clock.wall = datetime.now(UTC) - timedelta(days=days)
        first_day = gate.clock.wall.astimezone().date().isoformat()
        gate.enrol()
        for _ in range(days):
            gate.record(12)
            gate.clock.move(DAY_S)
        (folder / "center" / FILE).write_bytes(encode_keys(gate.center.keys))
    return Terminals(gate.folder, folder / "center", capsys, first_day)


def only(lines: list[str]) -> dict[str, Any]:
    (line,) = lines
    said: dict[str, Any] = json.loads(line)
    return said


def test_yesterday_is_signed_at_both_ends_by_stick(terminals: Terminals, tmp_path: Path) -> None:
    yesterday = terminals.first_day
    up, down = tmp_path / "up.kkb", tmp_path / "down.kkb"

    assert terminals.station("sync", "export", up)[0] == 0
    code, said = terminals.center("stick", "import", up, "--json")
    assert (code, only(said)["durable"], only(said)["differing"]) == (0, 12, 0)
    assert terminals.center("reconcile") == (0, [f"{yesterday}  东门  两边一样"])
    assert "东门：最近一次对账两边一样" in " ".join(terminals.center("doctor")[1])
    assert terminals.station("sync", "status", "--json")[1][-1].count('"reconciliations": []') == 1

    assert terminals.center("stick", "export", "东门", "--to", down)[0] == 0
    assert terminals.station("sync", "import", down)[0] == 0

    assert f"{yesterday} 对过账：12 条，两边一样" in terminals.station("sync", "status")[1]
    assert only(terminals.station("sync", "status", "--json")[1])["disagreed"] == []


def test_what_the_center_lacks_is_named_in_the_words_of_both_command_lines(
    terminals: Terminals, tmp_path: Path
) -> None:
    """The center loses what it had taken in, and answers afterwards."""
    yesterday = terminals.first_day
    up, down = tmp_path / "up.kkb", tmp_path / "down.kkb"
    terminals.station("sync", "export", up)
    terminals.center("stick", "import", up)
    terminals.lose_everything()

    terminals.center("stick", "export", "东门", "--to", down)
    terminals.station("sync", "import", down)

    lacks = "中心少 1 到 12 号"
    assert terminals.center("reconcile") == (1, [f"{yesterday}  东门  {lacks}"])
    assert f"{yesterday} 对账有出入：{lacks}，请联系技术人员" in terminals.station("sync", "status")[1]
    code, said = terminals.center("stick", "import", up)
    assert code == 0
    assert "1 天的对账有出入，请看 center reconcile" in said


def test_of_a_gate_that_sends_a_stick_each_fortnight_the_day_that_differs_is_not_hidden_by_later_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All its days are compared at once: the newest seven are the same, and the one before is not."""
    monkeypatch.setenv("LANGUAGE", "zh")
    terminals = of_a_gate(tmp_path, capsys, days=10)
    up = tmp_path / "up.kkb"
    terminals.station("sync", "export", up)
    terminals.center("stick", "import", up)
    terminals.lose_the_first_twelve()
    assert "1 天的对账有出入，请看 center reconcile" in terminals.center("stick", "import", up)[1]

    code, said = terminals.center("reconcile")

    assert (code, said[-1]) == (1, f"{terminals.first_day}  东门  中心少 1 到 12 号")
    assert [line.split("  ", 1)[1] for line in said[:-1]] == ["东门  两边一样"] * 7
    assert "东门：最近一次对账不一样，请看 center reconcile" in " ".join(terminals.center("doctor")[1])


def test_days_that_only_wait_for_the_rest_of_the_sticks_are_not_said_to_be_looked_into_already(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The stick of yesterday lies on the desk before that of the day before."""
    (tmp_path / "usb").mkdir()
    with district(tmp_path) as gate:
        gate.center.clocks.ms = int(datetime.now(UTC).timestamp() * 1000)
        gate.clock.wall = datetime.now(UTC) - timedelta(days=2)
        gate.enrol()
        carrier = Carrier(gate, tmp_path / "usb")
        gate.record(3)
        gate.clock.move(DAY_S)
        first = carrier.up()
        carrier.as_if_sent()
        gate.record(2)
        gate.clock.move(DAY_S)
        second = carrier.up()
        (tmp_path / "center" / FILE).write_bytes(encode_keys(gate.center.keys))
    terminals = Terminals(gate.folder, tmp_path / "center", capsys)

    said = terminals.center("stick", "import", second)[1]
    assert said[-2:] == [
        "1 批要等前面的 U 盘到了才能接上，已收好",
        "2 天的对账还有出入，等记录补齐了再看 center reconcile",
    ]

    assert terminals.center("stick", "import", first) == (0, ["东门：收到 3 条"])
