"""docs/thermometers.md says what the program knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from station.cli import main
from station.commands.families import picture_table, thermometer_table

PAGE = Path(__file__).parents[1] / "docs/thermometers.md"


@pytest.mark.parametrize("table", [thermometer_table(), picture_table()], ids=["thermometers", "pictures"])
def test_the_page_holds_the_table_of_this_program(table: list[str]) -> None:
    assert "\n".join(table) in PAGE.read_text("utf-8"), "run: station decode --list --markdown"


def test_the_page_names_no_family_that_is_gone() -> None:
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `")]
    assert len(rows) == len(thermometer_table()) + len(picture_table()) - 4  # two heads, two rules


def test_the_command_prints_both_tables(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decode", "--list", "--markdown"]) == 0
    assert capsys.readouterr().out.splitlines() == [*thermometer_table(), "", *picture_table()]
