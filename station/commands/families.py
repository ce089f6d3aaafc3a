"""What `station decode --list` says: the families of thermometers and of picture sensors."""

from __future__ import annotations

from collections.abc import Iterable

from station.commands.result import print_json, print_line
from station.devices.thermal import PICTURES, PictureFamily
from station.devices.thermometers import FAMILIES, Family

_PARITY = {"N": "8N1", "E": "8E1"}


def print_families(*, as_json: bool) -> None:
    """One line per family."""
    families: tuple[Family | PictureFamily, ...] = (*FAMILIES.values(), *PICTURES.values())
    for family in families:
        if as_json:
            print_json(_fields(family))
        else:
            print_line(f"{family.slug:20} {family.title} ({family.confidence})")


def _fields(family: Family | PictureFamily) -> dict[str, object]:
    return {
        "family": family.slug,
        "title": family.title,
        "bauds": family.bauds,
        "confidence": family.confidence,
        "source": family.source,
        "picture": isinstance(family, PictureFamily),
    }


def print_tables() -> None:
    """The tables of docs/thermometers.md: thermometers, a blank line, picture sensors."""
    for line in (*thermometer_table(), "", *picture_table()):
        print_line(line)


def thermometer_table() -> list[str]:
    head = ("family", "instrument", "speeds, in the order tried", "speaks", "found by", "known from")
    return _table(head, (_row(family) for family in FAMILIES.values()))


def picture_table() -> list[str]:
    head = ("family", "sensor", "speeds, in the order tried", "spots", "known from")
    return _table(
        head,
        (
            (
                f"`{family.slug}`",
                family.title,
                _speeds(family.bauds),
                f"{family.columns} x {family.rows}",
                _known(family),
            )
            for family in PICTURES.values()
        ),
    )


def _row(family: Family) -> tuple[str, ...]:
    return (
        f"`{family.slug}`",
        family.title,
        f"{_speeds(family.bauds)}, {_PARITY[family.parity]}",
        "by itself" if family.query is None else "when asked",
        _found_by(family),
        _known(family),
    )


def _found_by(family: Family) -> str:
    if family.same_bytes_as:
        return f"listening, as `{family.same_bytes_as}`"
    if family.query is None:
        return "listening"
    return "asking" if family.probe else "not: name it"


def _known(family: Family | PictureFamily) -> str:
    return f"{family.confidence}: {family.source}"


def _speeds(bauds: tuple[int, ...]) -> str:
    return " / ".join(map(str, bauds))


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = [head, tuple("---" for _ in head), *rows]
    return [f"| {' | '.join(cells)} |" for cells in lines]
