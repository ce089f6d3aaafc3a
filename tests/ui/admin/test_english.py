"""What the admin reads in English is English between the words, too: commas, colons, spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QLabel, QTableView, QWidget

from station.ui import retention_words
from station.ui.admin.amend_question import AmendQuestion
from station.ui.language import speak
from tests.ui.admin import entries_office, people_office, presence_office, retention_office
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


def test_the_reason_of_a_correction_is_read_in_full(tmp_path: Path) -> None:
    """The choice that shows the longest of them has room for it."""
    shown = entries_office.EntriesOffice.open(tmp_path, (1366, 768), "day")
    entries_office.STATES["correcting"](shown)
    settle(shown.admin)
    why = shown.admin.findChild(AmendQuestion).why
    room, wanted = why.width(), why.sizeHint().width()
    shown.close()
    assert room >= wanted


def test_where_somebody_is_named_stands_with_an_english_colon() -> None:
    told = retention_words.mentions([("notes", "王*英 owes a parcel")], QCoreApplication.translate)
    assert [line for line in told if CHINESE_MARKS.search(line)] == []


@pytest.mark.parametrize("form", ["LostPin", "OperatorForm", "PinQuestion", "ReasonQuestion", "WhyQuestion"])
def test_a_form_is_left_by_cancel_since_no_answers_nothing_there(form: str) -> None:
    assert QCoreApplication.translate(form, "不用了") == "Cancel"
