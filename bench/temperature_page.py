"""docs/temperature.md: the words of temperature_page.md, and the tables that were measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from bench.figures import Table

WORDS = Path(__file__).with_suffix(".md")


def page(machine: str, tables: Mapping[str, Iterable[Table]]) -> str:
    """The page; each section's tables stand where the words say @SECTION@."""
    text = WORDS.read_text("utf-8").replace("@MACHINE@", machine)
    for section, ones in tables.items():
        text = text.replace(f"@{section}@", "\n".join(map(_markdown, ones)))
    return text


def _markdown(table: Table) -> str:
    ruler = ["---"] + ["---:"] * (len(table.headings) - 1)
    lines = [f"**{table.title}**", "", *map(_row, (table.headings, ruler, *table.rows)), ""]
    return "\n".join([*lines, table.note, ""] if table.note else lines)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
