"""The figures of an exported log that everybody asks for first. Pure: loads no writer of any format."""

from __future__ import annotations

from station.core.model import Severity
from station.reports.log_claims import Claims
from station.reports.log_table import Summary, Wording


def headline(wording: Wording, summary: Summary, claims: Claims) -> list[tuple[str, str | int]]:
    """The figures that everybody asks for first."""
    days = (
        claims.first_day if claims.first_day == claims.last_day else f"{claims.first_day} – {claims.last_day}"
    )
    numbers = "" if summary.first is None else f"{summary.first} – {summary.last}"
    return [
        (wording.text("gate"), claims.gate),
        (wording.text("days"), days),
        (wording.text("passages"), summary.passages),
        *((wording.verdict(severity), summary.verdicts.get(severity, 0)) for severity in Severity),
        (wording.text("corrected"), summary.corrected),
        (wording.text("emulated"), summary.emulated),
        (wording.text("numbers"), numbers),
        (wording.text("head"), f"{claims.head_number} · {claims.head[:16]}"),
        (wording.text("made_at"), claims.made_at),
    ]
