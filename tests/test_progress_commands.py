"""Long commands on a terminal say how far they are, in one line that goes at the end; Ctrl-C ends them."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from station.cli import main
from station.commands import progress
from station.journal.check import check
from station.journal.connection import open_reader, told_meanwhile
from station.journal.entries import Journal
from tests.journal.samples import passage

NOW = datetime.now(UTC)
PHRASE = "correct horse battery"
Told = Callable[..., str]  # what a command wrote on a terminal


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    with Journal.open(tmp_path / "gate", now=lambda: NOW) as journal:
        for minute in range(40):
            journal.append(passage(at=NOW + timedelta(minutes=minute)))
    return tmp_path / "gate"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    """Runs a command whose standard error is a terminal; what was written there."""
    ours, theirs = os.openpty()
    os.set_blocking(ours, False)
    monkeypatch.setattr(progress, "EVERY_S", 0.0)  # nothing is too short to be told
    with open(theirs, "w", encoding="utf-8") as terminal:

        def run(data: Path, *words: str) -> str:
            with monkeypatch.context() as patch:
                patch.setattr(sys, "stderr", terminal)
                assert station(data, *words) == 0
                terminal.flush()
            return _read(ours)

        yield run
    os.close(ours)


def _read(end: int) -> str:
    found = b""
    try:
        while piece := os.read(end, 65536):
            found += piece
    except BlockingIOError:
        return found.decode()
    return found.decode()


def type_in(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{line}\n"))


def station(data: Path, *words: str) -> int:
    return main([*words, "--data", str(data)])


@pytest.mark.parametrize(
    ("language", "said"), [("zh_CN.UTF-8", "正在查登记本"), ("en_US.UTF-8", "Checking the journal")]
)
def test_a_check_says_how_far_it_is(
    data: Path, told: Told, monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    """A year of 300,000 entries was a minute of silence: who waits takes it for hung."""
    monkeypatch.setenv("LC_ALL", language)
    shown = told(data, "journal", "check")
    assert len(set(_percents(shown, said))) > 30
    assert _percents(shown, said)[-1] == 100
    _is_one_line_that_goes(shown)


def _percents(shown: str, what: str) -> list[int]:
    return [int(one) for one in re.findall(rf"\r{what} (\d+)%", shown)]


def _is_one_line_that_goes(shown: str) -> None:
    assert "\n" not in shown
    *_, blanks, end = shown.split("\r")
    assert (blanks.strip(), end) == ("", "")


def test_backup_and_restore_say_how_far_they_are_in_one_line(
    data: Path, tmp_path: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A backup wrote a line for each step: three hundred for a year's journal."""
    file = tmp_path / "b.kakou"
    type_in(monkeypatch, PHRASE)
    shown = told(data, "backup", "--to", str(file))
    assert "正在备份" in shown
    _is_one_line_that_goes(shown)
    type_in(monkeypatch, PHRASE)
    shown = told(tmp_path / "new", "restore", str(file))
    percents = _percents(shown, "正在取回")
    assert len({one for one in percents if one > 50}) > 20, "checking takes longest"
    assert percents == sorted(percents)
    _is_one_line_that_goes(shown)


def test_whoever_asks_for_json_gets_nothing_else(
    data: Path, told: Told, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(data, "journal", "check", "--json") == ""
    assert json.loads(capsys.readouterr().out)["ok"] is True


def test_a_log_gets_nothing(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "EVERY_S", 0.0)
    assert station(data, "journal", "check") == 0
    assert capsys.readouterr().err == ""


def test_what_takes_less_than_a_second_says_nothing(
    data: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "EVERY_S", 600.0)
    assert told(data, "journal", "check") == ""


def test_a_check_can_be_stopped_at_each_record(data: Path) -> None:
    class EnoughError(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done == 20:
            raise EnoughError

    with pytest.raises(EnoughError):
        check(data, progress=stop)


def test_ctrl_c_ends_also_a_question_that_sqlite_works_at(data: Path) -> None:
    """The check of the file as a whole is one such question: seconds in which Ctrl-C did nothing."""
    endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with closing(open_reader(data)) as connection:
        for by in (lambda: signal.raise_signal(signal.SIGINT), _interrupted):
            with pytest.raises(KeyboardInterrupt), told_meanwhile(connection, by):
                connection.execute(endless)
        assert connection.execute("SELECT 1").fetchone() == (1,)
        with (
            pytest.raises(sqlite3.OperationalError, match="no such table"),
            told_meanwhile(connection, print),
        ):
            connection.execute("SELECT 1 FROM nowhere")


def _interrupted() -> None:
    raise KeyboardInterrupt
