"""Qt for all tests: offscreen, unless QT_QPA_PLATFORM says xcb; no test leaves a window behind.

Journals that tests begin get their tables as a copy.
"""

from __future__ import annotations

import gc
import getpass
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Where data folders of tests lay (`running.last_place`) is nothing that this user's gate should remember.
os.environ["XDG_STATE_HOME"] = os.path.join(tempfile.gettempdir(), f"kakou-tests-{getpass.getuser()}")

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from station.journal import migrations
from station.ui.application import prepare

# How fast the machine is says nothing about what is tested. CI tries the same examples each time, as in
# Hypothesis's own profile for it: what is red there can be tried again. Whoever runs it by hand tries others.
settings.register_profile(
    "any machine",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("any machine")
_WIDGETS_BEFORE = pytest.StashKey[bool]()


@pytest.fixture(scope="session", autouse=True)
def _new_journals_begin_as_copies() -> Iterator[None]:
    """The scripts of the schema make the first one; for each of the thousands after it they took 10 ms.

    An older journal is upgraded by the scripts as ever; a program in a process of its own begins with them.
    """
    by_scripts = migrations.migrate
    with closing(sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)) as made:
        by_scripts(made)

        def by_copying(connection: sqlite3.Connection) -> None:
            if migrations.schema(connection):
                by_scripts(connection)
            else:
                made.backup(connection)

        with pytest.MonkeyPatch.context() as changed:
            changed.setattr(migrations, "migrate", by_copying)
            yield


@pytest.fixture(scope="session")
def application(qapp: QApplication) -> QApplication:
    """The one application, dressed once: letters that are loaded anew are shaped anew in every window."""
    prepare(qapp, "zh")
    return qapp


@pytest.fixture(autouse=True)
def _widgets_are_freed_here(request: pytest.FixtureRequest) -> Iterator[None]:
    """As in the program (`station.ui.collecting`): a widget that another thread frees crashes Qt.

    What outlives its own test by a little is old garbage then, which a thread of any later test may collect.
    """
    stash = request.config.stash
    if not {"qapp", "qtbot"} & set(request.fixturenames):
        if stash.get(_WIDGETS_BEFORE, False):
            gc.collect()
            stash[_WIDGETS_BEFORE] = False
        yield
        return
    stash[_WIDGETS_BEFORE] = True
    gc.disable()
    yield
    gc.enable()
    gc.collect(1)


@pytest.fixture(autouse=True)
def _no_window_is_left() -> Iterator[None]:
    """Windows that a test opened go with it: they would go on ticking beside all later tests."""
    yield
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        return
    left = [window for window in application.topLevelWidgets() if window.parent() is None]
    for window in left:
        window.close()
        window.deleteLater()
    if left:
        # Without an event loop deleteLater never runs.
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        application.processEvents()
