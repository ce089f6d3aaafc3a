"""What the tests of codes share: the shipped shapes, and the folder of real test data."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from station.codes.regional import RegionalShapes, parse_shapes

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def shapes() -> RegionalShapes:
    return parse_shapes((ROOT / "assets/codes/regional.toml").read_text("utf-8"))


@pytest.fixture(scope="session")
def codes_data() -> Path:
    """The folder of published test codes; without it the conformance tests are skipped."""
    folder = Path(os.environ.get("KAKOU_TEST_DATA", ROOT / "../shared/data")) / "codes"
    if not folder.is_dir():
        pytest.skip("no test data: set KAKOU_TEST_DATA to the folder that holds codes/")
    return folder
