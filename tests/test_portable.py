"""Windows is not tried, but nothing outside `devices` keeps the program from starting there.

See docs/windows.md. `center` follows the same rule.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# Modules of the standard library that Windows does not have: docs.python.org, "Availability: Unix".
POSIX_ONLY = frozenset(
    """
    crypt curses fcntl grp nis posix pty pwd readline resource spwd syslog termios tty
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
MODULES = sorted(
    path
    for top in ("station", "center")
    for path in (ROOT / top).rglob("*.py")
    if "devices" not in path.relative_to(ROOT).parts
)


def imported_at_once(tree: ast.AST) -> Iterator[str]:
    """What importing this file imports: not what its functions import when they are called."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module or ""
        else:
            yield from imported_at_once(node)


def posix_only(source: str) -> set[str]:
    return {name.split(".")[0] for name in imported_at_once(ast.parse(source))} & POSIX_ONLY


def test_importing_it_needs_nothing_that_windows_lacks() -> None:
    needed = {str(path.relative_to(ROOT)): posix_only(path.read_text("utf-8")) for path in MODULES}

    assert {path: names for path, names in needed.items() if names} == {}
    assert needed


@pytest.mark.parametrize(
    "source",
    [
        "import fcntl",
        "from termios import tcgetattr",
        "try:\n    import pwd\nexcept ImportError:\n    raise",
        "class A:\n    import resource",
        "if True:\n    import pty as p",
    ],
)
def test_it_is_seen(source: str) -> None:
    assert posix_only(source)


@pytest.mark.parametrize("source", ["def f() -> None:\n    import fcntl", "import os", "from . import pty"])
def test_what_is_not_imported_at_once_may_stay(source: str) -> None:
    assert not posix_only(source)
