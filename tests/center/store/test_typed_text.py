"""The short way from a record to a line of COPY says what the long one says, of whatever record."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from center.projection import COLUMNS, DAY_MS, Arrival
from center.store import SqlStore
from center.store.typed import Part, TypedRows
from center.store.typed_text import TEXT_COLUMNS, TypedText
from station.core import entry as entries
from station.core.entry import CodePart, FactPart, ReasonPart
from station.core.facts import FactKind
from station.core.model import Closing, CodeKind, CodeStatus, Direction, Trust
from tests.center.store.gate import NOON_MS, STATION, Gate, altered, entry
from tests.center.store.test_chains import ask
from tests.center.store.test_projection import POISON

LATE = Arrival(STATION, 7, NOON_MS, 3_599_000, 20)  # a gate whose clock is an hour behind
ODD_TEXTS = ("\\", "\\N", "\\.", "a\tb", "a\nb", "a\r", "\b\f\v", "'\"{},", "东门", "é", "😷", "\x7f", "")
ALARMING = [["isolated_leaving", 2], ["person_known", 0]]


def read(line: str) -> dict[str, str | None]:
    """A line as PostgreSQL reads it, by column."""
    assert line.endswith("\n")
    cells = line[:-1].encode("latin-1").decode().split("\t")
    return dict(zip(TEXT_COLUMNS, map(unescaped, cells), strict=True))


def unescaped(cell: str) -> str | None:
    assert "\n" not in cell
    letters = {"t": "\t", "n": "\n", "r": "\r"}
    said = re.sub(r"\\(.)", lambda found: letters.get(found[1], found[1]), cell, flags=re.DOTALL)
    return None if cell == "\\N" else said


def as_said(value: Any) -> str | None:
    if value is None:
        return None
    return f"\\x{value.hex()}" if isinstance(value, bytes) else str(value)


def same(*records: bytes) -> bool:
    part = Part(LATE, 5, records)
    rows, text = TypedRows(part), TypedText(part)
    lines = [line for block in text.blocks() for line in block]
    expected = [{name: as_said(value) for name, value in zip(COLUMNS, row, strict=True)} for row in rows.rows]
    known = [row for row in text.to_note if row[COLUMNS.index("reasons")].startswith("isolated_")]
    alarming = [row for row in rows.to_note if row[COLUMNS.index("reasons")].startswith("isolated_")]
    return (
        [read(line) for line in lines] == expected
        and text.bad == rows.bad
        and text.counts == rows.counts
        and text.days == rows.days
        and known == alarming
    )


def test_every_column_is_written_once() -> None:
    assert sorted(TEXT_COLUMNS) == sorted(COLUMNS)


EVERYDAY = (
    *({"closing": word} for word in Closing),
    *({"direction": word} for word in Direction),
    *({"code": CodePart(word, "verified", "valid", NOON_MS, ("南门",))} for word in CodeKind),
    *({"code": CodePart("hcert", word, "expired")} for word in Trust),
    *({"code": CodePart("hcert", "verified", word)} for word in CodeStatus),
    {"facts": tuple(FactPart(word, "red", NOON_MS, "center") for word in FactKind)},
    {"code": None},
    {"temperature": None},
    {"person_id": None, "operator": "王"},
    {"severity": 2, "reasons": (ReasonPart("isolated_leaving", 2),)},
    {"emulated": True},
)


class _ShortWay(TypedText):
    def _write_slowly(self, arrival: Arrival, number: int, record: bytes) -> None:
        raise AssertionError(f"record {number} went the long way")


@pytest.mark.parametrize("changes", EVERYDAY)
def test_an_everyday_passage_goes_the_short_way(changes: dict[str, Any]) -> None:
    """Else nobody would notice but a center with a backlog, and the other tests here would speak of the long
    way alone: so it was, while their gate wrote words that no gate writes."""
    records = [entries.encode(entry(number, **changes)) for number in range(3)]

    (block,) = _ShortWay(Part(LATE, 5, records)).blocks()
    assert len(block) == 3
    assert same(*records)


def test_the_poison_corpus() -> None:
    assert same(*POISON.values(), entries.encode(entry(1)))


def test_the_edges_of_hours_and_days() -> None:
    """By the station's clock midnight is one second before the center's next hour."""
    midnight, hour = NOON_MS - NOON_MS % DAY_MS, 3_600_000
    near = (-1000, -1, 0, 999, 1000, 1001, -1, hour - 1, hour, hour + 1000, DAY_MS - 1, DAY_MS, 0)
    records = [altered(number, at_ms=midnight + late) for number, late in enumerate(near)]

    assert same(*records)
    assert same(*[altered(number, severity=number % 5) for number in range(10)])


def test_each_line_of_a_long_batch_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice, the database would refuse them, and each would be written again on its own."""
    monkeypatch.setattr("center.store.typed_text._BLOCK", 3)
    assert same(*[entries.encode(entry(number)) for number in range(10)])


_TEXTS = st.sampled_from(ODD_TEXTS) | st.text(max_size=8) | st.sampled_from(["x" * 640, "x" * 641])
_ANY = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.binary(max_size=20)
_FIELD = st.tuples(st.sampled_from(entries.Entry.__struct_fields__), _TEXTS | _ANY)
_TIMES = st.integers(NOON_MS - DAY_MS, NOON_MS + DAY_MS) | st.integers(-(2**63), 2**64 - 1)
_TIMES |= st.sampled_from([-1, 0, -(2**53), 2**53, 2**53 + 1])
_CODES = st.tuples(st.sampled_from(CodeKind), st.sampled_from(Trust), st.sampled_from(CodeStatus))
_EVERYDAY = st.fixed_dictionaries(
    {},
    optional={
        "at_ms": _TIMES,
        "severity": st.integers(-1, 4),
        "person_id": st.none() | _TEXTS,
        "gate": _TEXTS,
        "operator": st.none() | _TEXTS,
        "amends": st.none() | st.just(b"a" * 16),
        "override": st.none() | st.just("vouched"),
        "emulated": st.booleans(),
        "code": st.none() | _CODES | st.tuples(_TEXTS, _TEXTS, _TEXTS),
        "closing": st.sampled_from(Closing),
        "temperature": st.none() | st.floats().map(lambda c: [c, c, "forehead", None, "t", "f", "raw", [c]]),
        "reasons": st.lists(st.tuples(_TEXTS, st.integers(0, 3)), max_size=2) | st.just(ALARMING),
        "schema": st.just(entries.SCHEMA + 1),
    },
)


@given(st.lists(_EVERYDAY | _FIELD.map(lambda one: dict([one])), max_size=6))
def test_whatever_stands_in_the_fields(changes: list[dict[str, Any]]) -> None:
    assert same(*[altered(number, **fields) for number, fields in enumerate(changes)])


@given(st.binary(max_size=100))
def test_any_bytes(record: bytes) -> None:
    assert same(record, entries.encode(entry(1)), record)


def test_odd_texts_come_out_of_the_database_as_they_went_in(store: SqlStore) -> None:
    records = [
        entries.encode(entry(number, gate=text, lane=text, person_id=text, operator=text))
        for number, text in enumerate(ODD_TEXTS)
    ]
    reasons = tuple(ReasonPart(text, 0) for text in ODD_TEXTS)
    assert Gate().push(store, [*records, entries.encode(entry(99, reasons=reasons))]) == []

    found = ask(store, "SELECT gate, lane, person_id, operator FROM entry ORDER BY number")
    assert found[:-1] == [(text,) * 4 for text in ODD_TEXTS]
    assert ask(store, "SELECT reasons FROM entry ORDER BY number DESC LIMIT 1") == [(" ".join(ODD_TEXTS),)]


def test_every_value_comes_out_of_the_database_as_it_went_in(store: SqlStore) -> None:
    """Temperatures to the last bit, too: a text of 17 digits is the number."""
    degrees = (36.4, 0.1 + 0.2, -273.15, 1e-7, 999.9999999999999, 36.0)
    temperatures = [[c, c, "forehead", None, "t", "f", "raw", [c]] for c in degrees]
    records = [altered(number, temperature=one) for number, one in enumerate(temperatures)]
    records += [altered(20, at_ms=at_ms) for at_ms in (0, -1, 2**53, -(2**53))]
    gate = Gate()
    gate.push(store, [entries.encode(entry(99))])
    gate.push(store, records)

    known = TypedRows(Part(Arrival(STATION, 7, NOON_MS, 0, 20), 2, records))
    assert (
        ask(store, f"SELECT {', '.join(COLUMNS)} FROM entry WHERE number > 1 ORDER BY number") == known.rows
    )
