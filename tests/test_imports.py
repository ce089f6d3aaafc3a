"""The import table of ARCHITECTURE.md, enforced. What modules do inside is not looked at here."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent

# What of the standard library only computes: no files, network, threads, clock or chance.
PURE_STDLIB = frozenset(
    """
    __future__ abc array base64 binascii bisect collections contextlib csv dataclasses datetime decimal enum
    fractions functools hashlib heapq hmac io itertools json math operator re statistics string struct
    textwrap tomllib types typing unicodedata urllib.parse uuid zipfile zlib
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
# Where the name that is imported is not the name that is installed.
DISTRIBUTIONS = {
    "PySide6": "pyside6-essentials",
    "argon2": "argon2-cffi",
    "cv2": "opencv-python-headless",
    "psycopg_pool": "psycopg",  # its extra
    "datalogic_py": "datalogic-py",
    "python_calamine": "python-calamine",
    "serial": "pyserial",
    "zxingcpp": "zxing-cpp",
}
IMPURE_CALLS = {"open", "print", "input", "now", "utcnow", "today"}


@dataclass(frozen=True)
class Rule:
    """What one unit may import beside itself: modules of ours by prefix, and outside libraries."""

    ours: frozenset[str]
    outside: frozenset[str]
    pure: bool = False


def rule(ours: str, outside: str, *, pure: bool = False) -> Rule:
    return Rule(frozenset(ours.split()), frozenset(outside.split()), pure)


RULES = {
    "station.core": rule("", "msgspec", pure=True),
    "station.codes": rule(
        "station.core", "cryptography asn1crypto cbor2 cwt datalogic_py msgspec", pure=True
    ),
    "station.roster": rule("station.core", "python_calamine xlsxwriter", pure=True),
    "station.journal": rule(
        "station.core station.roster station.sync.bundle station.sync.items station.sync.outbox"
        " station.sync.people_chunks"
        " station.sync.reports",
        "argon2 sqlite3 msgspec cryptography",
    ),
    "station.devices": rule("station.core.model station.steady", "cv2 numpy pyzbar zxingcpp serial"),
    "station.sync.bundle": rule("", "msgspec cryptography isal", pure=True),
    "station.sync.items": rule("", "msgspec", pure=True),
    "station.sync.onetime": rule("", "", pure=True),
    "station.sync.people_chunks": rule("station.sync.bundle station.sync.items", "msgspec isal", pure=True),
    "station.sync.reports": rule("station.sync.bundle", "msgspec", pure=True),
    "station.sync": rule("station.core station.journal", "httpx2 msgspec cryptography"),
    "station.reports": rule(
        "station.core station.codes station.journal", "cryptography msgspec xlsxwriter segno PySide6"
    ),
    "station.practice": rule("station.core", "", pure=True),
    "station.ui": rule(
        "station.core station.journal.reader station.practice station.reports station.selftest"
        " station.local_time station.translation",
        "PySide6",
    ),
    "station.selftest": rule("station.core", "", pure=True),
    "station.selftesting": rule("station", "sqlite3"),
    "station.first_start": rule("station", "PySide6"),
    "station.readiness": rule("station", "PySide6"),
    "station.signing_in": rule("station.core station.journal station.steady", ""),
    "station.steady": rule("", ""),
    "station.key_watch": rule("station.core station.journal station.knowledge station.rechecking", "msgspec"),
    "station.list_watch": rule("station.core.outcome station.journal", "sqlite3"),
    "station.keys_office": rule("station.core station.journal", "sqlite3"),
    "station.keys_desk": rule("station", ""),
    "station.operators_desk": rule("station", ""),
    "station.duty_office": rule("station", "PySide6"),
    "station.duty_desk": rule("station.core station.journal station.operators_desk station.ui.duty", ""),
    "station.duty_facts": rule("station", ""),
    "station.duty_lists": rule("station.core station.journal station.sync.items", ""),
    "station.duty_reports": rule("station.core station.journal station.sync.reports", ""),
    "station.duty_watch": rule("station", ""),
    "station.handing_over": rule("station", "PySide6"),
    "station.rota_desk": rule("station", "PySide6"),
    "station.clock_on_record": rule("station.core station.journal", ""),
    "station.searches_on_record": rule("station.core station.journal", ""),
    "station.assets": rule("", ""),
    "station.translation": rule("", ""),
    "station.local_time": rule("", ""),
    "station.judge": rule(
        "station.assets station.core station.codes station.journal station.trustfolder", ""
    ),
    "station.trustfolder": rule("station.core station.codes station.journal.durable", "msgspec"),
    "station.checkpoint": rule(
        "station.core station.codes station.journal station.claims station.company station.knowledge"
        " station.lately station.measuring station.memory station.recording station.thermometry"
        " station.unclaimed",
        "",
    ),
    "station.claims": rule(
        "station.core station.codes station.journal.people station.knowledge station.recording", ""
    ),
    "station.company": rule("station.core", ""),
    "station.lately": rule("station.core", ""),
    "station.measuring": rule("station.core station.recording station.thermometry", ""),
    "station.version": rule("", ""),
    "station.running": rule(
        "station.core station.journal.durable station.journal.errors station.journal.lock station.memory",
        "PySide6 msgspec platformdirs",
    ),
    "station.sync_desk": rule("station", "PySide6"),
    "station.center_alone": rule("station", ""),
    "station.center_desk": rule(
        "station.center_shelf station.core station.journal station.sync", "cryptography"
    ),
    "station.center_link": rule(
        "station.center_desk station.center_shelf station.codekeys station.core station.journal"
        " station.steady station.sync station.version",
        "",
    ),
    "station.center_shelf": rule(
        "station.center_trust station.codes station.core station.journal station.settings station.sync",
        "msgspec",
    ),
    "station.center_trust": rule(
        "station.changes_on_record station.codes station.journal station.trustfolder", ""
    ),
    "station.changes_on_record": rule(
        "station.codes station.core station.journal station.settings station.trustfolder", "msgspec"
    ),
    "station.codekeys": rule("station.journal station.sync.items", ""),
    "station.knowing": rule("station.core station.journal station.codekeys", ""),
    "station.knowledge": rule(
        "station.core station.journal station.memory station.rechecking station.told", ""
    ),
    "station.memory": rule("", ""),
    "station.recording": rule("station.core station.journal.errors station.journal.movements", ""),
    "station.rechecking": rule(
        "station.core station.memory station.running.way station.told station.unclaimed", "msgspec"
    ),
    "station.thermometry": rule("station.core station.memory", "msgspec"),
    "station.opening": rule("station.equipment station.journal.people station.settings", ""),
    "station.settings": rule("station.core", "platformdirs msgspec"),
    "station.settings_file": rule(
        "station.settings station.core.toml_text station.journal.durable", "msgspec"
    ),
    "station.issuing": rule("station.core station.codes station.journal", ""),
    "station.device_setup": rule("station", "serial"),
    "station.looking_back": rule("station.core station.journal", ""),
    "station.presence_sections": rule("station", ""),
    "station.picking": rule(
        "station.company station.core station.journal station.judge station.roster station.ui.roster", ""
    ),
    "station.presence_desk": rule("station", "PySide6"),
    "station.lookback_desk": rule("station", ""),
    "station.whoever": rule("station", ""),
    "station.lookback_watch": rule("station.core station.journal station.looking_back", "sqlite3"),
    "station.notice_watch": rule("station.core station.journal", ""),
    "station.notice_desk": rule("station", ""),
    "station.help_desk": rule("station.core station.journal station.sync.reports", ""),
    "station.admin_parts": rule("station", ""),
    "station.own_voice": rule("station.core station.judge station.ui.recording_page", ""),
    "station.opening_office": rule("station", "PySide6"),
    "station.reopening": rule("station", ""),
    "station.showing_day": rule("station", ""),
    "station.cli_calls": rule("station.cli_parsers station.command_parser station.core.help", ""),
    "station.cli_english": rule("", ""),
    "station.cli_parsers": rule("station.command_parser", ""),
    "station.cli_times": rule("", ""),
    "station.command_parser": rule("", ""),
    "station.help_wishes": rule(
        "station.core station.help_desk station.journal.errors station.sync.wishes", ""
    ),
    "station.help_office": rule("station", "PySide6"),
    "station.device_health": rule("station.core", ""),
    "station.retention_desk": rule("station", "PySide6"),
    "station.keeping_sections": rule("station", ""),
    "station.center_section": rule("station", ""),
    "station.retention_watch": rule("station.core station.journal", ""),
    "station.drill_watch": rule("station.core station.journal station.policy_desk", ""),
    "station.fever_desk": rule("station", ""),
    "station.visiting": rule("station.core station.journal station.knowledge station.ui.visit_words", ""),
    "station.visit_desk": rule("station", "PySide6"),
    "station.visit_book": rule("station", "PySide6"),
    "station.visitor_office": rule("station", ""),
    "station.entries_desk": rule("station", ""),
    "station.statistics_desk": rule("station", ""),
    "station.told": rule("station.core station.memory", "msgspec"),
    "station.unclaimed": rule(
        "station.core station.journal.errors station.memory station.recording", "msgspec"
    ),
    "station.tracing": rule("station.core station.journal station.ui.admin.tracing_desk", "sqlite3"),
    "station.tracing_desk": rule("station", ""),
    "station.tracing_sections": rule("station", ""),
    "station.tracing_sheet": rule("station.journal.durable station.reports station.ui.admin", ""),
    "station.explaining": rule("station.core station.journal station.policy_desk", ""),
    "station.people_desk": rule("station", ""),
    "station.people_card": rule("station.core station.journal station.ui.admin", ""),
    "station.people_entry": rule("station.journal station.roster station.ui.admin", ""),
    "station.people_import": rule("station", ""),
    "station.equipment": rule("station.core.model station.devices station.judge station.settings", ""),
    "station.way_opening": rule("station.core station.equipment", ""),
    "station.speaking": rule(
        "station.core station.judge station.memory station.sentence_count station.settings station.ui",
        "PySide6",
    ),
    "station.sentence_count": rule("station.memory", ""),
    "station.announced": rule("station.ui", ""),
    "station.export_desk": rule("station", "PySide6"),
    "station.export_watch": rule("station", ""),
    "station.exporting": rule("station.core station.journal station.reports", "pyzipper"),
    "station.export_check": rule("station.core station.export_reading station.journal station.reports", ""),
    "station.export_reading": rule("station.reports station.roster", "python_calamine pyzipper"),
    "station.log_words": rule("station.core station.translation station.ui", ""),
    "station": rule("", ""),
    "center": rule(
        "station.core station.codes station.roster station.sync.bundle station.sync.items"
        " station.sync.kkb station.sync.onetime station.sync.people_chunks station.sync.reports"
        " station.command_parser station.local_time station.sync.sealing"
        " station.sync.stick_file station.sync.proxies station.journal.durable station.journal.masking",
        "anyio argon2 cryptography httpx2 jinja2 msgspec platformdirs psycopg psycopg_pool segno sqlite3"
        " starlette uvicorn xlsxwriter",
    ),
}


# What puts the parts together may see all of them.
RULES |= {
    f"station.{name}": rule("station", "PySide6 msgspec")
    for name in (
        "app",
        "demo",
        "headless",
        "offices",
        "screen",
        "practice_screen",
        "practising",
        "pass_desk",
        "policy_desk",
        "policy_office",
        "commands",
        "cli",
        "cli_codes",
        "cli_duty",
        "cli_passes",
        "cli_people",
        "cli_records",
        "__main__",
    )
}


def unit_of(module: str) -> str:
    """The row of the table that a module belongs to: its own, or that of the package around it."""
    if module in RULES:
        return module
    return ".".join(module.split(".")[:2]) if module.startswith("station.") else module.split(".")[0]


@cache  # to read all sources takes seconds
def imports(source: str) -> tuple[str, ...]:
    return tuple(_imports(source))


def _imports(source: str) -> Iterator[str]:
    """Every module that a source imports, wherever in the file; `from a import b` as a.b."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = "." * node.level + (node.module or "")
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def within(name: str, allowed: frozenset[str]) -> bool:
    return any(name == prefix or name.startswith(prefix + ".") for prefix in allowed)


def is_allowed(name: str, unit: str) -> bool:
    rule, top = RULES[unit], name.split(".")[0]
    if top in {"station", "center"}:
        return within(name, rule.ours | {unit})
    if top == "sqlite3" or top not in sys.stdlib_module_names:
        return within(name, rule.outside)
    return not rule.pure or within(name, PURE_STDLIB)


def impure_calls(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
            if name in IMPURE_CALLS:
                yield f"{name}()"


def violations(module: str, source: str) -> list[str]:
    """What a module must not import or call; a module in no row of the table is itself a violation."""
    unit = unit_of(module)
    if unit not in RULES:
        return [f"{module}: not in the import table"]
    found = [name for name in imports(source) if not is_allowed(name, unit)]
    if RULES[unit].pure:
        found += impure_calls(source)
    return [f"{module}: {name}" for name in found]


def modules() -> dict[str, str]:
    """The sources of the station and the center by module name."""
    files = [file for top in ("station", "center") for file in sorted((ROOT / top).rglob("*.py"))]
    return {
        ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file.read_text(
            "utf-8"
        )
        for file in files
    }


def targets(module: str, source: str, known: set[str]) -> set[str]:
    """The modules of ours that a module needs: `from a import b` is a.b if that is a module, else a."""
    names = {name if name in known else name.rpartition(".")[0] for name in imports(source)}
    return (names & known) - {module}


SOURCES = modules()


def test_a_module_imports_only_what_the_table_allows() -> None:
    assert [wrong for module, source in SOURCES.items() for wrong in violations(module, source)] == []
    assert SOURCES


def test_what_is_imported_is_declared_in_pyproject() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {Requirement(text).name.lower() for text in declared}
    tops = {name.split(".")[0] for source in SOURCES.values() for name in imports(source)}
    outside = tops - sys.stdlib_module_names - {"station", "center"}

    assert {DISTRIBUTIONS.get(top, top) for top in outside} <= names


def test_no_imports_go_round_in_a_circle() -> None:
    graph = {name: targets(name, source, set(SOURCES)) for name, source in SOURCES.items()}

    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("station.core.model", "import os"),
        ("station.core.model", "from pathlib import Path"),
        ("station.core.model", "def now():\n    import time"),
        ("station.core.model", "from datetime import datetime\ndatetime.now()"),
        ("station.core.policy", "text = open('policy.toml').read()"),
        ("station.codes.hcert", "from urllib import request"),
        ("station.codes.hcert", "from station.journal import entries"),
        ("station.devices.camera", "import sqlite3"),
        ("station.devices.camera", "from station.core import outcome"),
        ("station.devices.camera", "from PySide6.QtCore import QObject"),
        ("station.ui.gate", "import station.devices.worker"),
        ("station.ui.gate", "from station.journal.entries import Journal"),
        ("station.ui.gate", "import numpy"),
        ("station.journal.entries", "from ..ui import gate"),
        ("station.app", "from center import app"),
        ("station.checkpoint", "from station import app"),
        ("station.sync.bundle", "import httpx2"),
        ("station.sync.items", "import time"),
        ("station.extras.misc", "import json"),
        ("center.ingest", "from station.sync import client"),
    ],
)
def test_a_forbidden_import_is_seen(module: str, source: str) -> None:
    assert violations(module, source)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("station.core.entry", "from datetime import UTC, datetime\nfrom station.core.model import Scan"),
        ("station.codes.links", "from urllib.parse import urlsplit"),
        ("station.journal.entries", "import sqlite3, os, threading"),
        ("station.app", "from station.ui.gate import GateWindow\nfrom PySide6.QtWidgets import QApplication"),
        ("center.ingest", "from station.sync.bundle import Batch"),
    ],
)
def test_an_allowed_import_is_let_through(module: str, source: str) -> None:
    assert not violations(module, source)


def test_a_circle_is_seen() -> None:
    sources = {"a": "import b", "b": "from c import name", "c": "import a"}

    assert {name: targets(name, source, set(sources)) for name, source in sources.items()} == {
        "a": {"b"},
        "b": {"c"},
        "c": {"a"},
    }
