"""docs/temperature.md is made by a command: it fills all its words and names pictures that are there."""

from __future__ import annotations

import re
from pathlib import Path

from bench.figures import Table
from bench.temperature_page import WORDS, page

DOCS = Path(__file__).parents[1] / "docs"
TABLE = Table("Share", ("", "a", "b"), [("x", "1", "2")], note="A note.")


def test_every_place_of_the_words_is_filled() -> None:
    sections = re.findall(r"@([A-Z]+)@", WORDS.read_text("utf-8"))
    text = page("a machine", {section: [TABLE] for section in sections if section != "MACHINE"})
    assert "@" not in text
    assert text.count("| x | 1 | 2 |") == len(sections) - 1
    assert "| --- | ---: | ---: |" in text
    assert "A note." in text


def test_pictures_of_the_page_are_there() -> None:
    pictures = re.findall(r"!\[.*?\]\((.*?)\)", (DOCS / "temperature.md").read_text("utf-8"))
    assert len(pictures) == 4
    assert all((DOCS / picture).stat().st_size > 10_000 for picture in pictures)
