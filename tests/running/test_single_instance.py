"""Two starts on one folder: one window, which comes to the front."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from station.running import single_instance
from station.running.single_instance import ELSEWHERE, NOT_ANSWERING, claim, show_first
from station.running.window_life import to_front
from tests.e2e.program import ROOT
from tests.patience import PATIENCE_MS, PATIENCE_S

SECOND = f"""
import sys
from pathlib import Path
from station.running import single_instance
from station.running.single_instance import *
single_instance.ANSWER_S = {PATIENCE_S}
folder = Path(sys.argv[1])
"""


@contextmanager
def another(folder: Path, does: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """Another process; `does` may use the module and `folder`."""
    code = f"{SECOND}{does}"
    with subprocess.Popen(
        [sys.executable, "-P", "-c", code, str(folder)],
        env={"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize(("environment", "code"), [({}, 0), ({"NOTIFY_SOCKET": "@nobody"}, ELSEWHERE)])
def test_a_second_start_shows_the_first_window_and_ends(
    tmp_path: Path, qtbot: QtBot, environment: dict[str, str], code: int
) -> None:
    first = claim(tmp_path)
    assert first
    with another(
        tmp_path, "sys.exit(show_first(folder) if claim(folder) is None else 99)", **environment
    ) as it:
        with qtbot.waitSignal(first.raised, timeout=PATIENCE_MS):
            pass
        assert it.wait(PATIENCE_S) == code
    first.close()


def test_another_folder_has_a_window_of_its_own(tmp_path: Path, qapp: QApplication) -> None:
    here, there = claim(tmp_path / "one"), claim(tmp_path / "two")

    assert here
    assert there
    here.close()
    there.close()


def test_the_window_can_be_opened_again_after_it_was_closed(tmp_path: Path, qapp: QApplication) -> None:
    for _ in range(2):
        first = claim(tmp_path)
        assert first
        assert claim(tmp_path) is None
        first.close()


def test_nothing_is_in_the_way_after_kill_9(tmp_path: Path, qtbot: QtBot) -> None:
    holds = "held = claim(folder); print('held', flush=True); sys.stdin.read()"
    with another(tmp_path, holds) as it:
        assert it.stdout
        assert it.stdout.readline() == "held\n"
        assert claim(tmp_path) is None
        it.kill()
        it.wait()

    first = claim(tmp_path)
    assert first
    with another(tmp_path, "sys.exit(show_first(folder))") as it:
        with qtbot.waitSignal(first.raised, timeout=PATIENCE_MS):
            pass
        assert it.wait(PATIENCE_S) == 0
    first.close()


def test_a_first_window_that_hangs_is_said(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_instance, "ANSWER_S", 0.0)
    first = claim(tmp_path)  # its loop does not turn in this test
    assert first

    assert show_first(tmp_path) == NOT_ANSWERING
    first.close()


def test_a_folder_that_cannot_be_locked_does_not_keep_the_window_shut(
    tmp_path: Path, qapp: QApplication
) -> None:
    (tmp_path / "file").touch()

    first = claim(tmp_path / "file" / "data")  # opening the journal says what is wrong
    assert first
    first.close()


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_a_minimized_window_comes_back(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()

    to_front(window)

    assert window.isVisible()
    assert not window.isMinimized()
