"""Which version of the program this is."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

_PYPROJECT = Path(__file__).parents[1] / "pyproject.toml"


@cache
def version() -> str:
    """The version in pyproject.toml, for the program runs from its source tree."""
    return str(tomllib.loads(_PYPROJECT.read_text(encoding="utf-8"))["project"]["version"])
