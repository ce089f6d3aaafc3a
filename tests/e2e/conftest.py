"""What the tests of the whole program share: a data folder, real pictures, devices that the test moves."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication

from tests.e2e.command_line import CommandLine
from tests.e2e.desktop import Desktop
from tests.e2e.disk import SmallDisk
from tests.e2e.network_camera import NetworkCamera
from tests.e2e.photographs import Photographs
from tests.e2e.program import ROOT
from tests.e2e.vendor_line import GY_MCU90614, VendorLine

# A script that runs the tests in the background makes them, and every program they start, deaf to Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder of published test data; without it these tests are skipped."""
    folder = ROOT / os.environ.get("KAKOU_TEST_DATA", "../shared/data")
    if not (folder / "qr" / "manifest.json").exists():
        pytest.skip("no photographs: set KAKOU_TEST_DATA to the folder that holds qr/ and codes/")
    return folder


@pytest.fixture(scope="session")
def photographs(test_data: Path) -> Photographs:
    return Photographs(test_data / "qr")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The station's data folder."""
    return tmp_path / "station"


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], qapp: QApplication) -> CommandLine:
    """With an application of Qt: one that a command made for itself would be in the way of later windows."""
    return CommandLine(capsys)


@pytest.fixture
def camera() -> Iterator[NetworkCamera]:
    with NetworkCamera() as camera:
        yield camera


@pytest.fixture
def line() -> Iterator[VendorLine]:
    """A thermometer of the most wide-spread family."""
    with VendorLine(GY_MCU90614) as line:
        yield line


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with SmallDisk(tmp_path / "disk") as disk:
        yield disk


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    with Desktop() as desktop:
        yield desktop
