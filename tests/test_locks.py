"""requirements.lock and requirements-dev.lock against pyproject.toml and against each other."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PIN = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>[\w.]+)(?: ; .*)? \\\n(?P<hashes>(?: {4}--hash=sha256:.*\n)+)", re.M
)

RUN = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
DEV = [Requirement(text) for text in PROJECT["dependency-groups"]["dev"]]


def pins(lock: str) -> set[tuple[str, str]]:
    """Name and version of everything that a lock installs, hashed or it does not count."""
    return {(pin["name"], pin["version"]) for pin in PIN.finditer((ROOT / lock).read_text("utf-8"))}


@pytest.mark.parametrize(
    ("lock", "requirement"),
    [("requirements.lock", requirement) for requirement in RUN]
    + [("requirements-dev.lock", requirement) for requirement in RUN + DEV],
    ids=str,
)
def test_the_lock_holds_what_the_project_asks_for(lock: str, requirement: Requirement) -> None:
    versions = [version for name, version in pins(lock) if name == canonicalize_name(requirement.name)]

    assert versions
    assert all(version in requirement.specifier for version in versions)


def test_tests_run_with_the_versions_that_the_gate_runs_with() -> None:
    assert pins("requirements.lock") <= pins("requirements-dev.lock")


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_no_place_to_download_from(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")

    assert "://" not in text
    assert len(PIN.findall(text)) == len(re.findall(r"^[\w-]", text, re.M))
