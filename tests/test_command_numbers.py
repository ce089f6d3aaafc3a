"""The station's command line: numbers that mean nothing are refused, and a full disk is no answer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from station.cli import main

AT = ("trace", "--at", "2022-04-15T10:00")


@pytest.mark.parametrize(
    "words",
    [
        ("trace", "--person", "p", "--days=-5"),
        ("trace", "--person", "p", "--days=0"),
        ("trace", "--person", "p", "--days=99999999"),
        ("trace", "--entry", "99999999999999999999"),
        ("trace", "--at", "0001-01-01T00:00+14:00"),
        (*AT, "--minutes=nan"),
        (*AT, "--minutes=-15"),
        (*AT, "--minutes=1e300"),
        ("explain", "99999999999999999999"),
        ("export", "--day", "9999-12-31", "--to", "day.csv"),
        ("people", "import", "--undo", "99999999999999999999"),
    ],
    ids=" ".join,
)
def test_who_asks_for_what_cannot_be_is_told_so(
    words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 1 would mean: looked, and nobody was near."""
    with pytest.raises(SystemExit) as ended:
        main([*words, "--data", str(tmp_path)])

    assert ended.value.code == 2
    assert "…" in capsys.readouterr().err


@pytest.mark.parametrize(
    "fact", ["colour=Red", "colour=bleu", "isolation=closecontact", "test=positiv", "test="]
)
def test_a_colour_that_was_mistyped_is_no_harmless_one(
    fact: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Judged by a word that no rule knows, whoever had passed would have been a RECHECK, never a STOP."""
    words = ["lookback", "--person", "p", "--since", "2022-04-15", "--fact", fact, "--data", str(tmp_path)]
    assert main(words) == 2
    assert fact.partition("=")[0] in capsys.readouterr().err


@pytest.mark.parametrize("words", [("trust", "list"), ("operator", "list"), ("scan", "IDLE")], ids=" ".join)
def test_who_lists_what_is_not_there_does_not_wait_before_an_empty_line(
    words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    without_code = str(Path(__file__).parents[1] / "docs/screens/idle.png")
    named = [without_code if word == "IDLE" else word for word in words]
    assert main([*named, "--data", str(tmp_path)]) == 1
    assert capsys.readouterr() == ("", "没有找到\n")


def test_a_job_whose_output_cannot_be_written_does_not_say_that_the_answer_is_no(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "station", "policy", "list", "--data", str(tmp_path)]
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with Path("/dev/full").open("w") as full:  # the disk of the nightly job's log
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=buffered
        )

    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
