"""Logs of a gate that runs for months: small, and without anybody's name in them."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning

from station.core.crash import Cause
from station.running.crash_log import MOST_BYTES, cause, cause_of_last, kept_crashes
from station.running.logfiles import FOLDER, Impersonal, LogFile, kept_log
from tests.e2e.program import ROOT

log = logging.getLogger("station.test")
NAME = "张小强"


def everything(data: Path) -> str:
    return "".join(file.read_text("utf-8", "replace") for file in sorted((data / FOLDER).iterdir()))


def test_what_happens_at_the_gate_is_in_the_log_and_standard_error_stays_as_it_was(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    root = logging.getLogger()
    before = root.level, list(root.handlers)
    with kept_log(tmp_path):
        log.info("camera lost")
        log.debug("each byte")

    assert "INFO station.test: camera lost" in everything(tmp_path)
    assert "each byte" not in everything(tmp_path)
    assert (root.level, list(root.handlers)) == before


def test_an_exception_leaves_its_type_and_places_but_not_its_words(tmp_path: Path) -> None:
    with kept_log(tmp_path):
        try:
            raise ValueError(NAME)
        except ValueError:
            log.exception("a row could not be read")

    said = everything(tmp_path)
    assert "ValueError" in said
    assert re.search(r"running/test_logs.py:\d+ test_an_exception", said)
    assert NAME not in said


def test_the_words_that_another_handler_has_written_are_not_taken_over() -> None:
    try:
        raise ValueError(NAME)
    except ValueError as error:
        record = log.makeRecord("a", logging.ERROR, "f", 1, "m", (), (type(error), error, None))
    logging.Formatter().format(record)  # caches its text in the record

    assert NAME not in Impersonal().format(record)


def test_months_of_logging_take_no_more_than_a_few_files(tmp_path: Path) -> None:
    file = LogFile(tmp_path / "station.log", most_bytes=2_000, kept=2)
    for number in range(2_000):
        file.handle(log.makeRecord("gate", logging.INFO, "f", 1, "entry %d stored", (number,), None))
    file.close()

    assert sum(one.stat().st_size for one in tmp_path.iterdir()) <= 3 * 2_000
    assert "entry 1999 stored" in (tmp_path / "station.log").read_text("utf-8")


def test_a_full_disk_is_said_once_and_stops_nobody(capfd: pytest.CaptureFixture[str]) -> None:
    file = LogFile(Path("/dev/full"), most_bytes=0)
    for _ in range(3):
        file.handle(log.makeRecord("gate", logging.INFO, "f", 1, "entry stored", (), None))
    file.close()

    assert capfd.readouterr().err.count("No space left on device") == 1


def test_a_folder_that_cannot_be_written_does_not_keep_the_gate_shut(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with kept_log(tmp_path / "file"), kept_crashes(tmp_path / "file"):
        log.info("at work")


def test_an_exception_in_a_thread_is_in_the_crash_log_without_its_words(tmp_path: Path) -> None:
    def fails() -> None:
        raise RuntimeError(NAME)

    with kept_crashes(tmp_path):
        thread = threading.Thread(target=fails)
        thread.start()
        thread.join()

    assert "uncaught RuntimeError" in everything(tmp_path)
    assert NAME not in everything(tmp_path)


def test_what_qt_says_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with kept_crashes(tmp_path), caplog.at_level(logging.WARNING):
        qWarning("no such font")

    assert "Qt: no such font" in caplog.text


def test_the_crash_log_is_bounded(tmp_path: Path) -> None:
    for _ in range(4):
        path = tmp_path / FOLDER / "crash.log"
        path.parent.mkdir(exist_ok=True)
        with path.open("a") as file:
            file.write("x" * (MOST_BYTES + 1))
        with kept_crashes(tmp_path):
            hook = sys.excepthook
            for _ in range(5_000):
                hook(RuntimeError, RuntimeError("again"), None)

    assert sum(file.stat().st_size for file in path.parent.iterdir()) < 3 * MOST_BYTES


CRASHES = {
    "killed": ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", Cause.KILLED),
    "fault": ("import ctypes; ctypes.string_at(0)", Cause.PROGRAM),
    "exception": ("raise RuntimeError('a name')", Cause.PROGRAM),
    "out of Qt": ("from PySide6.QtCore import qFatal; qFatal('no screen')", Cause.PROGRAM),
    "fault in the camera": (
        "import ctypes, station.devices.camera as c;exec(compile('ctypes.string_at(0)', c.__file__, 'exec'))",
        Cause.CAMERA,
    ),
    "fault in a serial port's thread": (
        "import ctypes, threading, station.devices.port_owner as p;"
        "code = compile('ctypes.string_at(0)', p.__file__, 'exec');"
        "t = threading.Thread(target=lambda: exec(code, {'ctypes': ctypes})); t.start(); t.join()",
        Cause.SERIAL,
    ),
}


@pytest.mark.parametrize(("does", "expected"), CRASHES.values(), ids=CRASHES)
def test_the_next_start_knows_which_part_it_was(tmp_path: Path, does: str, expected: Cause) -> None:
    code = "import sys, pathlib, station.running.crash_log as log\n"
    code += f"with log.kept_crashes(pathlib.Path(sys.argv[1])):\n    {does}"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, str(tmp_path)],
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )

    assert done.returncode != 0
    assert cause_of_last(tmp_path) is expected
    assert "a name" not in everything(tmp_path)
    with kept_crashes(tmp_path):  # its own section is not the one that is asked for
        assert cause_of_last(tmp_path) is expected


def test_a_failed_slot_of_the_morning_is_not_what_it_was_killed_of() -> None:
    assert cause("uncaught KeyError\n  station/devices/camera.py:7 read\n") is Cause.KILLED


def test_without_a_log_nobody_knows() -> None:
    assert cause_of_last(Path("/nonexistent")) is Cause.KILLED
