"""Every pair of ground and ink in the style sheet has a contrast of 7:1 (WCAG 2.2, 1.4.6), in both themes."""

from __future__ import annotations

import re

import pytest

from center.console.templating import STATIC

TEXT = (STATIC / "console.css").read_text("utf-8")
LEAST = 7.0
# Inks that stand on grounds of other names.
ALSO = [("page", "muted"), ("card", "muted"), ("page", "link"), ("card", "link"), ("page", "card-ink")]


def themes() -> dict[str, dict[str, str]]:
    """The variables of each theme; the dark one says only what differs."""
    blocks = re.findall(r":root\s*\{(.*?)\}", TEXT, re.S)
    found = [dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", block)) for block in blocks]
    assert len(found) == 2
    return {"light": found[0], "dark": found[0] | found[1]}


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def pairs(theme: dict[str, str]) -> list[tuple[str, str]]:
    own = [(name.removesuffix("-ink"), name) for name in theme if name.endswith("-ink")]
    return own + ALSO


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_can_be_read(name: str) -> None:
    theme = themes()[name]
    measured = {pair: contrast(theme[pair[0]], theme[pair[1]]) for pair in pairs(theme)}

    assert len(measured) > 15
    assert {pair: round(value, 2) for pair, value in measured.items() if value < LEAST} == {}


def test_the_focus_is_seen() -> None:
    """WCAG 2.2, 1.4.11: 3:1 against what lies around."""
    for theme in themes().values():
        assert contrast(theme["focus"], theme["page"]) >= 3


def test_no_colour_stands_outside_of_the_themes() -> None:
    rules = re.sub(r":root\s*\{.*?\}", "", re.sub(r"/\*.*?\*/", "", TEXT, flags=re.S), flags=re.S)

    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", rules) == []
    assert "opacity" not in rules.replace("opacity: 1;", "")


def test_a_bad_pair_is_seen() -> None:
    assert contrast("#777777", "#ffffff") < LEAST < contrast("#3a434d", "#ffffff")
