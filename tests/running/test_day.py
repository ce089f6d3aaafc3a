"""24 hours of the gate's clock, 10,000 people: at the end it holds no more than in the morning."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from bench import day

MOST_GROWTH = 1.05  # of the memory after the first hour


@pytest.mark.slow
def test_the_gate_holds_no_more_in_the_evening_than_in_the_morning(tmp_path: Path) -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
        uses, themes = apart.submit(day.measure, tmp_path).result()

    first, last = uses[0], uses[-1]
    assert len(uses) == day.HOURS
    assert last.entries == day.PASSAGES
    assert last.threads <= first.threads
    assert last.handles <= first.handles
    assert last.mb <= first.mb * MOST_GROWTH
    assert themes == {"day", "night"}, "the day was played"
