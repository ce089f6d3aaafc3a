"""`station shift` and `station handover`: for scripts, and for a gate that is closed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from station.cli import main
from station.core.handover import Counts, Sheet, Stopped
from station.core.moments import to_ms
from station.core.operators import Who
from station.core.override import Role
from station.journal.center_lists import CenterLists
from station.journal.duties import Comer
from station.journal.entries import Journal
from station.journal.handovers import Handovers
from station.journal.reports import unsent
from station.sync.items import ShiftItem, encode_item
from station.sync.reports import Signup
from tests.journal.given import Channel

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A gate that was handed over an hour ago."""
    folder = tmp_path / "data"
    with Journal.open(folder, now=lambda: NOW) as journal:
        at = NOW - timedelta(hours=1)
        stopped = Stopped(3, b"x" * 16, to_ms(at), "周* 2-3-401", "colour_red", "clinic")
        sheet = Sheet(
            gate="东门", lane="1", began_ms=to_ms(at) - 28_800_000, at_ms=to_ms(at), counts=Counts(7, 1, 1),
            stopped=(stopped,),
        )  # fmt: skip
        sheets = Handovers(journal)
        sheets.hand_over(sheet, Who("2002", Role.VOLUNTEER), "李秀英", at)
        waiting = sheets.waiting()
        assert waiting
        sheets.take_over(waiting, Comer("张伟", Who("3003", Role.GUARD), "1"), at)
    return folder


def run(data: Path, *words: str) -> int:
    return main([*words, "--data", str(data)])


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_shift_is_planned_taken_and_left_again(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tomorrow = f"{NOW + timedelta(days=1):%Y-%m-%d}"
    assert run(data, "shift", "add", tomorrow, "7", "19") == 0
    shift = capsys.readouterr().out.split()[0]
    assert run(data, "shift", "add", tomorrow, "8", "9") == 1
    assert "撞上了" in capsys.readouterr().err
    assert run(data, "shift", "sign", "欧阳建国", shift) == 0
    assert run(data, "shift", "list", "--json") == 0
    (told,) = lines(capsys)
    assert (told["id"], told["names"], told["missing"]) == (shift, ["欧**国"], 0)
    assert run(data, "shift", "sign", "欧阳建国", shift, "--leave") == 0
    assert run(data, "shift", "remove", shift) == 0
    capsys.readouterr()
    assert run(data, "shift", "remove", shift) == 1
    assert "没有找到" in capsys.readouterr().err


def test_a_script_that_plans_shifts_reads_their_ids(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    soon = f"{NOW + timedelta(days=3):%Y-%m-%d}"
    assert run(data, "shift", "add", soon, "7", "19", "--days", "2", "--json") == 0
    made = [one["id"] for one in lines(capsys)]
    assert run(data, "shift", "list", "--json") == 0
    assert made == [one["id"] for one in lines(capsys)]


def test_with_json_words_for_people_do_not_come_between(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(data, "policy", "drill", "on", "--by", "3003", "--json") == 0
    script, person = capsys.readouterr()
    assert (script, "停码" in person) == ("", True)
    assert run(data, "policy", "drill", "off", "--by", "3003") == 0
    assert "恢复查码" in capsys.readouterr().out


def test_the_center_hears_who_took_its_shift_and_who_left_it_by_a_command(data: Path) -> None:
    begins, ends = (to_ms(NOW + timedelta(hours=hours)) for hours in (5, 9))
    item = encode_item(ShiftItem(f"{NOW:%Y-%m-%d}", begins, ends, "", (), 2))
    with Journal.open(data, now=lambda: NOW) as journal:
        Channel(CenterLists(journal), journal, "quick").give(("shift", "c1", item))
    assert run(data, "shift", "sign", "张伟", "c1") == 0
    assert run(data, "shift", "sign", "张伟", "c1", "--leave") == 0
    with Journal.open(data, now=lambda: NOW) as journal:
        told = unsent(journal.connection, journal.vault, "signup", Signup)
    assert sorted((one.shift, one.name, one.leaves) for one in told) == [
        ("c1", "张伟", False),
        ("c1", "张伟", True),
    ]


def test_who_was_on_duty_is_listed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    day = f"{(NOW - timedelta(hours=1)).astimezone():%Y-%m-%d}"
    assert run(data, "shift", "duties", "--json", "--day", day) == 0
    (told,) = lines(capsys)
    assert (told["operator"], told["name"], told["lane"]) == ("3003", "张*", "1")
    assert "ended" not in told


def test_a_sheet_is_data_text_and_a_page(
    application: QApplication, data: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(data, "handover", "--json") == 0
    (told,) = lines(capsys)
    assert (told["outgoing"], told["incoming"], told["genuine"]) == ("2002", "3003", True)
    assert told["counts"] == {"passed": 7, "rechecked": 1, "stopped": 1, "came_in": 0, "went_out": 0}
    assert run(data, "handover", str(told["id"])[:6]) == 0
    assert "送发热门诊" in capsys.readouterr().out
    assert run(data, "handover", "--pdf", str(tmp_path / "sheet.pdf")) == 0
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert run(data, "handover", "--day", "2020-01-01") == 1
    assert "没有找到" in capsys.readouterr().err


@pytest.mark.parametrize("words", [("list",), ("add", f"{NOW + timedelta(days=1):%Y-%m-%d}", "7", "19")])
def test_a_settings_file_that_somebody_broke_is_named(
    data: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "settings.toml").write_text("gate = “东门”\n", encoding="utf-8")
    assert run(data, "shift", *words) == 3
    assert "settings.toml" in capsys.readouterr().err
