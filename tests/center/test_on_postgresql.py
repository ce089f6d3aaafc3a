"""All tests of the console and the API once more, every center of theirs on a real PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.center.office import SERVER
from tests.center.store.server import Server

HERE = Path(__file__).parent


@pytest.mark.slow
def test_the_console_and_the_api_are_the_same_on_postgresql(postgresql: Server, tmp_path: Path) -> None:
    """In a process of its own, as the district of a module is made once. About five minutes."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-m", "not slow and not window"]
    done = subprocess.run(
        [*command, f"--basetemp={tmp_path / 'on'}", HERE / "console", HERE / "api"],
        env={**os.environ, SERVER: postgresql.url()},
        cwd=HERE.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
    assert postgresql.ask("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'of_%'") > 100
