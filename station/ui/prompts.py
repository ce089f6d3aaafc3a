"""Faces that ask for something and are no verdict: a reading that is none, staff, a certificate in parts."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from station.core.outcome import NotMeasured, PartShown, StaffReadings, Waiting
from station.ui import measuring_words
from station.ui.face import Face, Shape
from station.ui.theme import Look
from station.ui.words import Headline

translate = QCoreApplication.translate

UNCLAIMED_S = 6.0  # nobody has shown a code: read it, and the next one may come
PART_S = 30.0  # as long as the lane waits for the other parts (`codes.parts`)
STAFF_S = 120.0  # without a reading, staff have gone away, and whoever comes now is none
STAFF_DONE_S = 6.0


def not_measured(outcome: NotMeasured, waiting: Waiting | None, now: float) -> Face:
    """What to do instead; as long as the person is waited for, or a few seconds if nobody is.

    `now` is monotonic (s).
    """
    said = measuring_words.not_measured(outcome.obstacle)
    return Face(
        Look.ASK,
        Shape.THERMOMETER,
        measuring_words.asking(outcome.advice),
        said.sentence,
        said.step,
        since=waiting.since if waiting else now,
        until=waiting.until if waiting else now + UNCLAIMED_S,
    )


def part_shown(outcome: PartShown, now: float) -> Face:
    """One code of several was seen."""
    missing = translate("prompts", "、").join(str(number) for number in outcome.missing)
    sentence = translate("prompts", "这张证书分成 {total} 张码，看到第 {number} 张了")
    step = translate("prompts", "还差第 {missing} 张，请他接着亮")
    return Face(
        Look.ASK,
        Shape.PHONE,
        Headline(
            translate("prompts", "下一张码"), translate("prompts", "SHOW THE NEXT CODE", "other language")
        ),
        sentence.format(total=outcome.total, number=outcome.number),
        step.format(missing=missing),
        since=now,
        until=now + PART_S,
    )


def staff(outcome: StaffReadings, now: float) -> Face:
    """How far the measuring of staff is."""
    done = outcome.done
    return Face(
        Look.ASK,
        Shape.THERMOMETER,
        measuring_words.staff_headline(done=done),
        measuring_words.staff_count(outcome.values_c, outcome.needed, hindered=outcome.hindered),
        measuring_words.staff_step(done=done),
        since=now,
        until=now + (STAFF_DONE_S if done else STAFF_S),
    )
