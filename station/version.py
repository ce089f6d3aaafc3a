"""Which version of the program this is."""

from __future__ import annotations

import sys
import tomllib
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent
_PYPROJECT = Path(__file__).parents[1] / "pyproject.toml"


@cache
def version() -> str:
    """The version in pyproject.toml, for the program runs from its source tree."""
    return str(tomllib.loads(_PYPROJECT.read_text(encoding="utf-8"))["project"]["version"])


@cache
def build() -> str:
    """Tells this build from others of its version, as a newer .deb or a pulled source tree is one."""
    is_frozen = getattr(sys, "frozen", False)
    files = [Path(sys.executable)] if is_frozen else _PACKAGE.rglob("*.py")
    return f"{version()} {max(one.stat().st_mtime_ns for one in files)}"
