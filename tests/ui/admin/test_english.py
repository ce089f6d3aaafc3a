"""What the admin reads in English is English between the words, too: commas, colons, spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QTableView, QWidget

from station.ui.language import speak
from tests.ui.admin import people_office, presence_office, retention_office
from tests.ui.admin.looking import settle

OFFICES: dict[str, tuple[Any, Any]] = {
    "people": (people_office.PeopleOffice.open, people_office.STATES),
    "presence": (presence_office.PresenceOffice.open, presence_office.STATES),
    "retention": (retention_office.RetentionOffice.open, retention_office.STATES),
}
SCREENS = [
    *(("people", name) for name in ("building", "card_full", "preview", "preview_changed", "family")),
    *(("presence", name) for name in ("lookback", "rechecks_in_full")),
    *(("retention", name) for name in ("overview", "nothing")),
]
CHINESE_MARKS = re.compile("[、，；：（）。“”]")
NO_SPACE = re.compile(r"[a-z0-9)][.;!?][A-Z]")


@pytest.fixture(autouse=True)
def english(application: QApplication) -> Iterator[None]:
    translator = speak(application, "en")
    assert translator is not None
    yield
    application.removeTranslator(translator)


def read(page: QWidget) -> list[str]:
    """All sentences and cells that are seen."""
    sentences = [one.text() for one in page.findChildren(QLabel) if one.isVisible()]
    tables = [one.model() for one in page.findChildren(QTableView) if one.isVisible()]
    cells = [
        str(model.index(row, column).data(Qt.ItemDataRole.DisplayRole))
        for model in tables
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    ]
    return sentences + cells


@pytest.mark.parametrize(("office", "state"), SCREENS)
def test_sentences_and_lists_are_put_together_as_in_english(tmp_path: Path, office: str, state: str) -> None:
    opened, states = OFFICES[office]
    shown = opened(tmp_path, (1366, 768), "day")
    states[state](shown)
    settle(shown.admin)
    words = read(shown.admin)
    shown.close()
    assert [text for text in words if CHINESE_MARKS.search(text) or NO_SPACE.search(text)] == []
