"""What is heard at the gate, and what is not said twice."""

from __future__ import annotations

import json
from datetime import time
from pathlib import Path

import pytest

from station.core.announce import (
    ARRIVAL_AGAIN_S,
    CROWDED_AGAIN_S,
    NEXT_AFTER_S,
    NO_READING_S,
    SAME_AGAIN_S,
    Announcement,
    Announcer,
    Tone,
    Voice,
)
from station.core.entry import StoredEntry
from station.core.loudness import QuietHours, Volume
from station.core.measurability import Advice
from station.core.model import (
    Decision,
    DeviceKind,
    DeviceState,
    DeviceStatus,
    Instrument,
    Obstacle,
    Reason,
    ReasonCode,
    Scan,
    Severity,
    Site,
    Temperature,
)
from station.core.outcome import NotMeasured, NotStored, Phase, Recorded, Repeated, StorageProblem, Waiting
from tests.core.test_explain import ENTRY

ROOT = Path(__file__).parent.parent.parent

NOON, NIGHT = time(12), time(23)
STORED = StoredEntry(7, bytes(32), ENTRY)
READING = Temperature(
    33.1, 33.1, Site.FOREHEAD, 20.0, Instrument("first", "gy-614v3"), "raw", (33.1,), 1000.0
)
RED = Reason(Severity.STOP, ReasonCode.COLOUR_RED)
HIGH = Reason(Severity.RECHECK, ReasonCode.TEMPERATURE_HIGH)
EXPIRED = Reason(Severity.RECHECK, ReasonCode.CODE_EXPIRED)
NORMAL = Reason(Severity.PASS, ReasonCode.TEMPERATURE_NORMAL)
GREEN = Reason(Severity.PASS, ReasonCode.COLOUR_GREEN)
TAKEN_BACK = Reason(Severity.RECHECK, ReasonCode.RIGHT_EXPIRED)


def decided(*reasons: Reason) -> Recorded:
    return Recorded(STORED, Decision(reasons))


def camera(state: DeviceState) -> DeviceStatus:
    return DeviceStatus(DeviceKind.CAMERA, state, "video0", False, "")


@pytest.mark.parametrize(
    ("outcome", "tone", "words"),
    [
        (decided(NORMAL, GREEN), Tone.PASS, "pass"),
        (decided(GREEN), Tone.PASS, None),  # nobody was measured: "your temperature is normal" would be a lie
        (decided(HIGH, GREEN), Tone.RECHECK, "recheck"),
        (decided(EXPIRED, NORMAL), Tone.RECHECK, "aside"),  # a paper pass cannot be refreshed
        (decided(EXPIRED, HIGH), Tone.RECHECK, "recheck"),
        (decided(TAKEN_BACK, NORMAL), Tone.RECHECK, "aside"),
        (decided(RED, HIGH), Tone.STOP, "stop"),
    ],
)
def test_a_verdict_has_its_tone_and_words(outcome: Recorded, tone: Tone, words: str | None) -> None:
    said = Announcer().hear(outcome, 0.0, NOON)

    assert said == Announcement(tone, words)


def test_a_red_code_is_not_told_to_the_queue() -> None:
    said = Announcer().hear(decided(RED), 0.0, NOON)

    assert said
    assert said.words == "stop"


def test_the_same_verdict_twice_at_once_is_said_once_and_later_again() -> None:
    announcer = Announcer()

    assert announcer.hear(decided(NORMAL), 0.0, NOON)
    assert announcer.hear(decided(NORMAL), SAME_AGAIN_S - 0.1, NOON) is None
    assert announcer.hear(decided(NORMAL), SAME_AGAIN_S + 0.1, NOON)
    assert announcer.sentences == 2


def test_a_code_that_is_still_held_there_is_not_commented() -> None:
    assert Announcer().hear(Repeated(STORED, Decision((NORMAL,))), 0.0, NOON) is None


def test_whoever_shows_a_code_and_is_not_measured_is_reminded_once() -> None:
    announcer = Announcer()
    announcer.hear(Waiting(Phase.NEEDS_TEMPERATURE), 0.0, NOON)

    assert announcer.tick(NO_READING_S - 0.1, NOON) is None
    assert announcer.tick(NO_READING_S, NOON) == Announcement(None, "too_low")
    assert announcer.tick(60.0, NOON) is None


def test_nobody_is_reminded_after_the_verdict() -> None:
    announcer = Announcer()
    announcer.hear(Waiting(Phase.NEEDS_TEMPERATURE), 0.0, NOON)
    announcer.hear(decided(NORMAL), 1.0, NOON)

    assert announcer.tick(60.0, NOON) is None


def test_a_phase_is_announced_when_it_begins_only() -> None:
    announcer = Announcer()

    assert announcer.hear(Waiting(Phase.NEEDS_CODE), 0.0, NOON) == Announcement(None, "show_code")
    assert announcer.hear(Waiting(Phase.NEEDS_CODE), 9.0, NOON) is None


def test_a_camera_that_goes_is_said_once_to_the_volunteer() -> None:
    announcer = Announcer()
    lost = announcer.hear(camera(DeviceState.LOST), 0.0, NOON)

    assert lost == Announcement(Tone.RECHECK, "device_cam", Voice.STAFF)
    assert announcer.hear(camera(DeviceState.LOST), 60.0, NOON) is None
    announcer.hear(camera(DeviceState.WORKING), 61.0, NOON)
    assert announcer.hear(camera(DeviceState.LOST), 120.0, NOON)


def test_nobody_is_told_to_show_a_code_to_a_camera_that_is_gone() -> None:
    announcer = Announcer()
    announcer.hear(camera(DeviceState.LOST), 0.0, NOON)
    assert announcer.hear(Waiting(Phase.NEEDS_CODE), 10.0, NOON) is None
    announcer.hear(Waiting(Phase.IDLE), 20.0, NOON)
    announcer.hear(camera(DeviceState.WORKING), 30.0, NOON)
    assert announcer.hear(Waiting(Phase.NEEDS_CODE), 40.0, NOON) == Announcement(None, "show_code")


@pytest.mark.parametrize("state", [DeviceState.SILENT, DeviceState.LOST])
@pytest.mark.parametrize(
    "scanner",
    [
        DeviceStatus(DeviceKind.SCANNER, DeviceState.WORKING, "ttyACM0"),
        Scan("token", 1.0, reader="keyboard", source="keyboard"),
    ],
    ids=["serial", "keyboard"],
)
def test_whoever_goes_on_with_a_scanner_need_not_ask_for_codes_themselves(
    scanner: DeviceStatus | Scan, state: DeviceState
) -> None:
    announcer = Announcer()
    announcer.hear(camera(state), 0.0, NOON)
    assert announcer.hear(Waiting(Phase.NEEDS_CODE), 10.0, NOON) is None
    announcer.hear(Waiting(Phase.IDLE), 20.0, NOON)
    assert announcer.hear(scanner, 25.0, NOON) is None
    assert announcer.hear(Waiting(Phase.NEEDS_CODE), 30.0, NOON) == Announcement(None, "show_code")


def test_what_could_not_be_stored_sounds_like_a_stop() -> None:
    said = Announcer().hear(NotStored(StorageProblem.DISK_FULL), 0.0, NOON)

    assert said == Announcement(Tone.STOP, "disk", Voice.STAFF)


def test_by_night_everything_is_softer_but_a_stop() -> None:
    announcer = Announcer()
    passed, stopped = announcer.hear(decided(NORMAL), 0.0, NIGHT), announcer.hear(decided(RED), 1.0, NIGHT)

    assert passed
    assert stopped
    assert passed.loudness < stopped.loudness < 1.0


def test_the_guard_hears_who_comes_by_night() -> None:
    announcer = Announcer()

    assert announcer.moved(0.0, NOON) is None
    assert announcer.moved(100.0, NIGHT) == Announcement(Tone.ARRIVAL, None, Voice.STAFF, 0.4)
    assert announcer.moved(110.0, NIGHT) is None  # the same people
    assert announcer.moved(110.0 + ARRIVAL_AGAIN_S, NIGHT)


@pytest.mark.parametrize(
    ("hours", "at", "quiet"),
    [
        (QuietHours(time(22), time(6)), time(22), True),
        (QuietHours(time(22), time(6)), time(5, 59), True),
        (QuietHours(time(22), time(6)), time(6), False),
        (QuietHours(time(12), time(14)), time(13), True),
        (QuietHours(time(12), time(14)), time(23), False),
        (QuietHours(time(0), time(0)), time(3), False),
    ],
)
def test_quiet_hours_go_over_midnight(hours: QuietHours, at: time, quiet: bool) -> None:
    assert hours.hold(at) is quiet


def not_measured(advice: Advice) -> NotMeasured:
    return NotMeasured(Obstacle.COLD_SKIN, advice, READING)


def test_a_cold_forehead_is_first_asked_to_take_the_cap_off_and_then_for_the_wrist() -> None:
    announcer = Announcer()
    announcer.hear(Waiting(Phase.NEEDS_TEMPERATURE), 0.0, NOON)
    cold = not_measured(Advice.WRIST_OR_NECK)

    assert announcer.hear(cold, 1.0, NOON) == Announcement(None, "cap_off")
    assert announcer.hear(cold, 5.0, NOON) == Announcement(None, "wrist")
    announcer.hear(decided(NORMAL), 6.0, NOON)
    assert announcer.hear(cold, 10.0, NOON) == Announcement(None, "cap_off")  # the next one has a cap too


def test_whoever_stands_too_far_away_is_asked_closer() -> None:
    assert Announcer().hear(not_measured(Advice.STEP_CLOSER), 0.0, NOON) == Announcement(None, "step_closer")


def test_after_somebody_was_held_the_next_one_is_called_if_anybody_is_there() -> None:
    announcer = Announcer()
    announcer.hear(decided(HIGH), 0.0, NOON)
    announcer.moved(NEXT_AFTER_S - 0.5, NOON)

    assert announcer.tick(NEXT_AFTER_S - 0.1, NOON) is None
    assert announcer.tick(NEXT_AFTER_S, NOON) == Announcement(None, "next")
    assert announcer.tick(60.0, NOON) is None


def test_nobody_is_called_to_an_empty_gate_nor_when_they_have_come() -> None:
    empty, coming = Announcer(), Announcer()
    empty.hear(decided(HIGH), 0.0, NOON)
    assert empty.tick(NEXT_AFTER_S, NOON) is None

    coming.hear(decided(HIGH), 0.0, NOON)
    coming.hear(Waiting(Phase.NEEDS_CODE), 2.0, NOON)
    coming.moved(NEXT_AFTER_S, NOON)
    assert coming.tick(NEXT_AFTER_S, NOON) is None


def test_two_codes_at_once_are_asked_to_keep_apart_once_in_a_while() -> None:
    announcer = Announcer()

    assert announcer.crowded(0.0, NOON) == Announcement(None, "distance")
    assert announcer.crowded(0.1, NOON) is None
    assert announcer.crowded(0.1 + CROWDED_AGAIN_S, NOON) == Announcement(None, "distance")


def test_the_volunteer_hears_that_somebody_can_be_measured_again() -> None:
    due = Announcement(Tone.RECHECK, "recheck_due", Voice.STAFF)
    assert Announcer().recheck_is_due(0.0, NOON) == due


@pytest.mark.parametrize(
    ("at", "volume"),
    [(time(6), 0.3), (time(7), 0.9), (time(12), 0.9), (time(13), 0.5), (time(23), 0.3)],
)
def test_each_part_of_the_day_has_its_volume(at: time, volume: float) -> None:
    steps = ("13:00 0.5", "07:00 0.9", "21:30 0.3")
    assert Volume.parse(0.8, steps).at(at) == volume
    assert Volume.parse(0.8, ()).at(at) == 0.8


def test_a_gate_is_silent_only_if_it_is_at_all_times() -> None:
    assert Volume.parse(0.0, ()).silent
    assert not Volume.parse(0.0, ("08:00 0.5",)).silent
    assert Volume.parse(0.8, ("08:00 0",)).silent
    with pytest.raises(ValueError, match="from 0 to 1"):
        Volume.parse(0.8, ("08:00 1.5",))


def test_all_that_is_ever_said_was_recorded() -> None:
    """In both Chinese voices; a lack in English is a tone without words."""
    source = (ROOT / "station/core/announce.py").read_text("utf-8")
    spoken = {key for key in json.loads((ROOT / "assets/voice/prompts_zh.json").read_text("utf-8"))}
    used = {word for word in spoken if f'"{word}"' in source}

    assert {"pass", "stop", "recheck", "too_low", "device_cam"} <= used
    for voice in ("zh_xiaobei", "zh_yunjian"):
        assert all((ROOT / "assets/voice" / voice / f"{word}.wav").is_file() for word in used)
    assert all((ROOT / "assets/voice/tones" / f"{tone.value}.wav").is_file() for tone in Tone)
