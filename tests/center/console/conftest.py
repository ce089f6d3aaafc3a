"""One district for all tests of a module that only look; `fresh` for those that change things."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.center.console.district import District, open_district


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[District]:
    with open_district(tmp_path_factory.mktemp("district")) as opened:
        yield opened


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[District]:
    with open_district(tmp_path) as opened:
        yield opened
