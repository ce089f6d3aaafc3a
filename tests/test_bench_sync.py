"""The benchmark of sync runs and prints its rows. How long anything took is never asserted."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bench import sync_content
from bench.sync import SECTIONS, Bench, Extent
from bench.sync_center import postgresql
from bench.sync_gate import writing
from bench.sync_pull import delta, roster, table
from bench.sync_push import backlog
from bench.sync_push import table as push_table
from station.core.entry import encode

TINY = Extent(entries=800, people=1200, rounds=1, backlogs=(20,), commits=4, commit_rounds=2)


def test_every_section_is_named() -> None:
    assert set(SECTIONS) == {"push", "pull", "many", "gate"}


def test_the_document_of_an_entry_says_what_the_entry_says() -> None:
    (entry,) = sync_content.entries(1, seed=1)

    document = sync_content.entry_document(entry, b"sealed")

    assert document["_id"] == entry.id.hex()
    assert entry.temperature
    assert document["temperature"]["samples"] == list(entry.temperature.samples)
    assert [fact["kind"] for fact in document["facts"]] == [fact.kind for fact in entry.facts]
    assert 400 < len(encode(entry)) < 600


def test_the_writing_is_reported_beside_append_and_fsync(tmp_path: Path) -> None:
    lines = list(writing(tmp_path, 4, 2).lines())

    assert [line.partition("  ")[0] for line in lines[2:5]] == [
        "append and fsync",
        "journal: the entry alone",
        "journal: entry, sealed part, movement",
    ]


@pytest.mark.slow
def test_entries_go_up_and_people_come_down(tmp_path: Path) -> None:
    with postgresql(Path("/tmp")) as server:
        pushed = list(push_table(backlog(tmp_path / "push", TINY.entries), 1, server, None).lines())
        with roster(tmp_path, TINY.people, server) as people:
            pulled = list(table(people, 1, None).lines())
            changed = list(delta(people, 1).lines())

    assert pushed[2].startswith("station to center")
    assert pulled[2].startswith("center to station")
    assert changed[2].startswith("asked, applied, on disk")


@pytest.mark.slow
def test_many_stations_and_a_running_gate() -> None:
    with TemporaryDirectory(dir="/tmp") as folder, ExitStack() as resources:  # where PostgreSQL may come
        Path(folder).chmod(0o755)
        bench = Bench(TINY, Path(folder), resources)
        lines = [line for name in ("many", "gate") for made in SECTIONS[name](bench) for line in made.lines()]

    assert any(line.startswith("stations: ledger only") for line in lines)
    assert any(line.startswith("20 entries") for line in lines)
