"""A command beside a gate that runs: it asks, the gate does it and answers."""

from __future__ import annotations

from pathlib import Path

from station.sync.wishes import Granted, Wish, clear, grant, wish, wishes


def test_a_wish_is_heard_once_and_answered(tmp_path: Path) -> None:
    heard: list[Wish] = []

    def gate_works(seconds: float) -> None:
        for name, asked in wishes(tmp_path):
            heard.append(asked)
            grant(tmp_path, name, Granted(name="东门"))

    answer = wish(tmp_path, Wish("enrol", "https://center", "CODE"), sleep=gate_works)

    assert answer == Granted(name="东门")
    assert heard == [Wish("enrol", "https://center", "CODE")]
    assert list((tmp_path / "wishes").iterdir()) == []


def test_a_gate_that_does_not_answer(tmp_path: Path) -> None:
    assert wish(tmp_path, Wish("now"), within_s=1, sleep=lambda seconds: None) is None
    assert list(wishes(tmp_path)) == []


def test_what_was_asked_before_a_start_is_of_the_past(tmp_path: Path) -> None:
    wish(tmp_path, Wish("now"), within_s=0)
    (tmp_path / "wishes" / "x.wish").write_bytes(b"no wish")
    assert list(wishes(tmp_path)) == []

    (tmp_path / "wishes" / "y.wish").write_bytes(b'{"do": "now"}')
    clear(tmp_path)

    assert list(wishes(tmp_path)) == []


def test_a_code_is_not_written_into_logs() -> None:
    assert "CODE" not in repr(Wish("enrol", "https://center", "CODE"))
