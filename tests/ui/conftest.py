"""The gate screen for tests."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from _pytest.mark import ParameterSet
from PySide6.QtWidgets import QApplication

from station.ui.language import speak
from tests.ui.states import Stand


@pytest.fixture(autouse=True)
def _real_window_only_on_a_display(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("window") and os.environ["QT_QPA_PLATFORM"] == "offscreen":
        pytest.skip("needs an X display: run with QT_QPA_PLATFORM=xcb under Xvfb")


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest, application: QApplication) -> Iterator[str]:
    """The test runs in each language."""
    translator = speak(application, request.param)
    yield request.param
    if translator:
        application.removeTranslator(translator)


def _view(language: str, size: tuple[int, int], *, slow: bool = False) -> ParameterSet:
    marks = [pytest.mark.slow] if slow else []
    return pytest.param((language, size), id=f"{language}-{size[0]}", marks=marks)


@pytest.fixture(
    params=[
        _view("en", (1366, 768)),
        _view("zh", (1920, 1080)),
        _view("zh", (1366, 768), slow=True),
        _view("en", (1920, 1080), slow=True),
        _view("zh", (1280, 720), slow=True),
        _view("en", (1280, 720), slow=True),
    ]
)
def view_size(request: pytest.FixtureRequest, application: QApplication) -> Iterator[tuple[int, int]]:
    """The test runs in each language and at each size; not in all pairs of them, which is slow."""
    language, size = request.param
    translator = speak(application, language)
    yield size
    if translator:
        application.removeTranslator(translator)


@pytest.fixture
def open_gate(application: QApplication) -> Callable[..., Stand]:
    """Opens gate windows."""

    def open_one(size: tuple[int, int] = (1366, 768), theme: str = "day") -> Stand:
        return Stand.open(size, theme)

    return open_one


@pytest.fixture
def gate(open_gate: Callable[..., Stand]) -> Stand:
    """One gate screen in Chinese at 1366x768 by day."""
    return open_gate()
