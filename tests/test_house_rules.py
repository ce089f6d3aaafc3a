"""The rules of CONTRIBUTING.md that no linter checks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parent.parent
PRODUCT = sorted(file for top in ("station", "center") for file in (ROOT / top).rglob("*.py"))
NOT_OURS = {".git", ".venv", ".tools", "build", "dist"}  # what git ignores, and git itself
ENDINGS, NAMES = {".py", ".md", ".toml", ".sh", ".lock", ".sql"}, {"run", "test"}

LONGEST_FUNCTION = 50
LONGEST_MODULE = 400
LONGEST_TYPICAL_FUNCTION = 10

LEFT_OPEN = re.compile(r"\b(TO[D]O|FIX[M]E|XX[X])\b")
# Folders of somebody's own machine, and the registry that a person's own settings choose.
OF_ONE_MACHINE = re.compile(
    r"(?<![\w.])/(work|home|Users)/\w|(pypi|pythonhosted|deb[.]debian)[.]org|registry[.]npm"
)


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))


def texts(folder: Path = ROOT) -> Iterator[Path]:
    """What people wrote; folders that are not ours are not even entered."""
    for file in folder.iterdir():
        if file.is_dir() and not file.is_symlink():
            yield from texts(file) if file.name not in NOT_OURS else ()
        elif file.is_file() and (file.suffix in ENDINGS or file.name in NAMES):
            yield file


@dataclass(frozen=True, slots=True)
class Module:
    docstring: str | None
    functions: tuple[tuple[str, int], ...]  # their names and lengths
    swallowing: tuple[int, ...]  # lines of exception handlers that do nothing but pass


@cache  # to read all of them takes seconds
def module(source: str) -> Module:
    tree = ast.parse(source)
    functions, swallowing = list[tuple[str, int]](), list[int]()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            functions.append((node.name, (node.end_lineno or node.lineno) - node.lineno + 1))
        elif isinstance(node, ast.ExceptHandler) and all(isinstance(line, ast.Pass) for line in node.body):
            swallowing.append(node.lineno)
    return Module(ast.get_docstring(tree), tuple(functions), tuple(swallowing))


def broken_rules(source: str) -> list[str]:
    read = module(source)
    broken = [f"{name} has {length} lines" for name, length in read.functions if length > LONGEST_FUNCTION]
    broken += [f"line {line} swallows an exception" for line in read.swallowing]
    if source.count("\n") > LONGEST_MODULE:
        broken.append("too long for one module")
    if source.strip() and not read.docstring:
        broken.append("does not say what lives here")
    return broken


def test_a_module_can_be_held_in_the_head() -> None:
    broken = {name(file): broken_rules(file.read_text("utf-8")) for file in PRODUCT}

    assert {file: rules for file, rules in broken.items() if rules} == {}
    assert broken


def test_functions_are_short_as_a_rule() -> None:
    lengths = [length for file in PRODUCT for _, length in module(file.read_text("utf-8")).functions]

    assert median(lengths) <= LONGEST_TYPICAL_FUNCTION


def test_nothing_is_left_open_or_tied_to_one_machine() -> None:
    said = {name(file): file.read_text("utf-8") for file in texts()}

    assert [file for file, text in said.items() if LEFT_OPEN.search(text)] == []
    assert [file for file, text in said.items() if OF_ONE_MACHINE.search(text)] == []
    assert {"README.md", "test", "station/cli.py", "tests/test_house_rules.py"} <= said.keys()


@pytest.mark.parametrize(
    "source",
    [
        "import json",
        '"""A module."""\ndef f() -> None:\n' + "    f()\n" * 50,
        '"""A module."""\n' + "x = 1\n" * 400,
        '"""A module."""\ntry:\n    f()\nexcept OSError:\n    pass',
    ],
    ids=["no docstring", "long function", "long module", "swallowed exception"],
)
def test_a_broken_rule_is_seen(source: str) -> None:
    assert len(broken_rules(source)) == 1
