"""How many sentences volunteers did not have to say today."""

from __future__ import annotations

from datetime import date

from station.sentence_count import SentenceCount

TODAY, TOMORROW = date(2026, 11, 22), date(2026, 11, 23)


class Notebook:
    """A memory that outlives a restart."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load(self, name: str) -> bytes | None:
        return self.kept.get(name)

    def save(self, name: str, record: bytes) -> None:
        self.kept[name] = record


def said(count: SentenceCount, times: int, day: date = TODAY) -> SentenceCount:
    for _ in range(times):
        count.add(day)
    return count


def test_a_restart_goes_on_with_the_count_of_the_day() -> None:
    notebook, before = Notebook(), SentenceCount()
    before.remember(notebook, TODAY)
    said(before, 13).forget()

    after = SentenceCount()
    after.remember(notebook, TODAY)
    assert said(after, 1).on(TODAY) == 14


def test_a_power_cut_costs_a_few_at_most() -> None:
    notebook, before, after = Notebook(), SentenceCount(), SentenceCount()
    before.remember(notebook, TODAY)
    said(before, 13)  # and the power goes
    after.remember(notebook, TODAY)

    assert after.on(TODAY) == 10


def test_a_new_day_begins_at_nothing() -> None:
    notebook, count = Notebook(), SentenceCount()
    count.remember(notebook, TODAY)
    said(count, 12)

    assert count.on(TOMORROW) == 0
    assert said(count, 1, TOMORROW).on(TOMORROW) == 1
    count.remember(notebook, TOMORROW)
    assert count.on(TOMORROW) == 1


def test_a_record_that_makes_no_sense_counts_nothing() -> None:
    notebook, count = Notebook(), SentenceCount()
    notebook.save("sentences", b"\xff\x00 12 x")
    count.remember(notebook, TODAY)

    assert count.on(TODAY) == 0
