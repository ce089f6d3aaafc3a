"""Colours can be read by everyone."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit

from station.ui.buttons import KeyButton
from station.ui.theme import ASSETS, Look, Pair, Theme, load_theme
from tests.ui.states import Stand

THEMES = ("day", "night", "sun")
SHEETS = sorted(
    file.stem for file in (ASSETS / "themes").glob("*.qss")
)  # of gate, hand-over, admin page, wizard
VERDICTS = (Look.PASS, Look.RECHECK, Look.STOP)
# Machado, Oliveira & Fernandes 2009, severity 1.0, on linear RGB:
PROTAN = ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998))
DEUTAN = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))
TRITAN = ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900))

RGB = tuple[float, float, float]


def _linear(colour: QColor) -> RGB:
    """sRGB to linear light (IEC 61966-2-1)."""
    channels = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return red, green, blue


def _contrast(one: QColor, other: QColor) -> float:
    """WCAG 2.1 contrast ratio."""
    lights = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (_linear(one), _linear(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _lab(rgb: RGB) -> RGB:
    """CIELAB of linear sRGB, D65."""
    r, g, b = (min(1.0, max(0.0, channel)) for channel in rgb)
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _difference(one: RGB, other: RGB) -> float:
    """CIE76 colour difference."""
    return float(sum((a - b) ** 2 for a, b in zip(_lab(one), _lab(other), strict=True)) ** 0.5)


def _pairs(theme: Theme) -> list[Pair]:
    colours = theme.colours
    grounds = [colours[name] for name in ("window", "panel", "press", "band")]
    plain = [Pair(ground, colours[ink]) for ground in grounds for ink in ("text", "muted")]
    demo = Pair(colours["demo"], colours["demo_ink"])
    return [*plain, demo, *theme.looks.values()]


@pytest.mark.parametrize("name", THEMES)
def test_every_text_has_a_contrast_of_seven(name: str) -> None:
    for pair in _pairs(load_theme(name)):
        assert _contrast(pair.ground, pair.ink) >= 7.0, f"{pair.ink.name()} on {pair.ground.name()}"


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("name", THEMES)
def test_every_button_and_field_of_every_page_has_it_too(name: str, sheet: str) -> None:
    """Of all rules of a style sheet that give a ground and an ink."""
    pairs = [
        Pair(QColor(ground[1]), QColor(ink[1]))
        for rule in re.findall(r"\{([^}]*)\}", load_theme(name).style_sheet(1.0, sheet))
        if (ink := re.search(r"(?<![-\w])color:\s*(#\w+)", rule))
        and (ground := re.search(r"background(?:-color)?:\s*(#\w+)", rule))
    ]
    assert pairs
    assert [pair for pair in pairs if _contrast(pair.ground, pair.ink) < 7.0] == []


@pytest.mark.parametrize("name", THEMES)
def test_a_small_sign_stands_out_from_its_panel(name: str) -> None:
    theme = load_theme(name)
    for look in VERDICTS:
        assert _contrast(theme.mark(look).ink, theme.colours["panel"]) >= 4.5


@pytest.mark.parametrize("matrix", [PROTAN, DEUTAN, TRITAN], ids=["protan", "deutan", "tritan"])
@pytest.mark.parametrize("name", THEMES)
def test_verdicts_differ_without_colour_vision(name: str, matrix: tuple[RGB, RGB, RGB]) -> None:
    looks = load_theme(name).looks
    # at night the grounds are all dark: there the ink carries the colour
    colours = [looks[look].ink if name == "night" else looks[look].ground for look in VERDICTS]
    seen = [_through(matrix, _linear(colour)) for colour in colours]
    assert all(_difference(one, other) >= 20 for one, other in combinations(seen, 2))


def _through(matrix: tuple[RGB, RGB, RGB], rgb: RGB) -> RGB:
    red, green, blue = (sum(m * c for m, c in zip(row, rgb, strict=True)) for row in matrix)
    return red, green, blue


def test_an_unknown_theme_is_refused() -> None:
    with pytest.raises(FileNotFoundError):
        load_theme("no-such-theme")


def test_the_style_sheet_leaves_no_placeholder_behind() -> None:
    sheet = load_theme("day").style_sheet(1.4)
    assert "@" not in sheet
    assert "font-size: 42px" in sheet


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("scale", [1280 / 1366, 1.0, 1920 / 1366])
def test_themes_differ_in_their_colours_alone(scale: float, sheet: str) -> None:
    """So a text that fits by day fits at night."""
    without_colours = {re.sub(r"#[0-9a-f]{6}\b", "#", _sheet(name, scale, sheet)) for name in THEMES}
    assert len(without_colours) == 1
    assert len({_sheet(name, scale, sheet) for name in THEMES}) == len(THEMES)


def _sheet(theme: str, scale: float, sheet: str) -> str:
    return load_theme(theme).style_sheet(scale, sheet)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("sheet", ["admin", "handover", "wizard"])
def test_hint_in_an_empty_field_can_be_read(application: QApplication, sheet: str, name: str) -> None:
    theme, field = load_theme(name), QLineEdit()
    field.setPlaceholderText("例如 3-2-501")
    field.setStyleSheet(theme.style_sheet(1.0, sheet))
    field.ensurePolished()
    ink, ground = field.palette().color(QPalette.ColorRole.PlaceholderText), theme.colours["panel"]
    assert ink.alphaF() == 1.0
    assert _contrast(ink, ground) >= 7


@pytest.mark.parametrize("name", THEMES)
def test_key_that_would_do_nothing_looks_otherwise_in_every_light(
    application: QApplication, name: str
) -> None:
    """In sunlight F6 looked as alive as the others while there was nothing to ask, and was deaf."""
    stand = Stand.open((1366, 768), name)
    key = next(one for one in stand.window.buttons.findChildren(KeyButton) if "F6" in one.accessibleName())
    assert not key.isEnabled()
    deaf = key.grab().toImage()
    stand.window.buttons.allow(Qt.Key.Key_F6, True)
    assert key.grab().toImage() != deaf
