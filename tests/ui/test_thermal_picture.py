"""The thermal picture: what it asks of the person, and that it neither judges nor stays when it is old."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtWidgets import QApplication

from station.core.model import ThermalView
from station.ui.theme import load_theme
from station.ui.thermal_picture import _PALETTE, STALE_S, Hint, ThermalPicture, hint


def seen(face: tuple[int, int, int, int] | None) -> ThermalView:
    """A picture with a face of this place and size."""
    return ThermalView(32, 24, bytes(range(256)) * 3, (16, 12), face, "thermal ttyUSB0")


@pytest.mark.parametrize(
    ("face", "asked"),
    [
        (None, Hint.NONE),
        ((10, 5, 11, 14), Hint.NONE),
        ((14, 8, 3, 4), Hint.COME_CLOSER),
        ((1, 8, 3, 4), Hint.COME_CLOSER),  # far away and aside: one thing at a time
        ((4, 1, 22, 22), Hint.STEP_BACK),
        ((1, 5, 10, 13), Hint.MOVE_RIGHT),
        ((21, 5, 10, 13), Hint.MOVE_LEFT),
    ],
)
def test_the_person_is_asked_for_one_thing(face: tuple[int, int, int, int] | None, asked: Hint) -> None:
    assert hint(seen(face)) is asked


@pytest.fixture
def picture(application: QApplication) -> ThermalPicture:
    picture = ThermalPicture(load_theme("day"))
    picture.resize(168, 160)
    return picture


def test_there_is_nothing_in_the_corner_until_a_picture_comes(picture: ThermalPicture) -> None:
    assert picture.isHidden()
    picture.show_view(seen(None), 0.0)
    assert not picture.isHidden()


def test_an_old_picture_goes(picture: ThermalPicture) -> None:
    picture.show_view(seen((10, 5, 11, 14)), 10.0)
    picture.tick(10.0 + STALE_S)
    assert not picture.isHidden()
    picture.tick(10.1 + STALE_S)
    assert picture.isHidden()


@pytest.mark.parametrize("face", [None, (10, 5, 11, 14), (14, 8, 3, 4), (4, 1, 22, 22), (1, 5, 10, 13)])
def test_its_words_fit_and_hold_no_number(
    picture: ThermalPicture, face: tuple[int, int, int, int] | None
) -> None:
    picture.show_view(seen(face), 0.0)
    (line,) = picture.lines()
    assert line.fits()
    assert line.text
    assert not any(character.isdigit() or character in "℃°" for character in line.text)
    assert picture.accessibleName() == line.text
    assert not picture.grab().isNull()


def test_warmer_is_always_lighter() -> None:
    def lightness(rgb: int) -> float:
        red, green, blue = rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    tones = [lightness(rgb) for rgb in _PALETTE]
    assert all(darker <= lighter for darker, lighter in pairwise(tones))
    assert tones[-1] - tones[0] > 150
