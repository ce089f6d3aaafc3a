"""Which message is on the screen at which moment."""

from __future__ import annotations

import re

import pytest

from station.core.model import CodeKind, Direction, ReasonCode, Severity
from station.core.outcome import NotStored, Phase, Recorded, StorageProblem, Waiting
from station.ui import face
from station.ui.face import Face
from station.ui.stage import Stage
from station.ui.theme import Look
from tests.ui import scenes

IDLE = Waiting(Phase.IDLE)


def _face(outcome: Recorded, at: float = 0.0) -> Face:
    return face.verdict(outcome, at=at, now=scenes.NOW)


@pytest.mark.parametrize(
    ("outcome", "hold_s", "look"),
    [(scenes.passed(), 3.0, Look.PASS), (scenes.fever(), 8.0, Look.RECHECK), (scenes.red(), 15.0, Look.STOP)],
)
def test_a_verdict_holds_for_its_time(outcome: Recorded, hold_s: float, look: Look) -> None:
    stage = Stage()
    stage.tell(_face(outcome))
    stage.ask(IDLE)
    assert stage.at(hold_s - 0.01).face.look is look
    assert stage.at(hold_s).face.look is Look.IDLE


def test_the_next_person_may_start_at_once() -> None:
    stage = Stage()
    stage.tell(_face(scenes.passed()))
    stage.ask(scenes.needs_temperature(1.0))
    scene = stage.at(1.0)
    assert scene.face.look is Look.ASK
    assert scene.former


def test_a_recheck_stays_in_sight_when_the_next_code_comes_in_the_same_instant() -> None:
    stage = Stage()
    stage.tell(_face(scenes.no_temperature()))
    stage.ask(scenes.needs_temperature(0.0))
    former = stage.at(0.0).former
    assert former is not None
    assert former.look is Look.RECHECK
    assert stage.at(8.0).former is None


def test_not_recorded_ends_when_there_is_room_again_and_nothing_else_does() -> None:
    stage = Stage()
    stage.tell(face.not_stored(NotStored(StorageProblem.DISK_FULL)))
    stage.end_failure()
    assert stage.at(1.0).face.look is Look.IDLE
    stage.tell(_face(scenes.red(), at=2.0))
    stage.end_failure()
    assert stage.at(2.0).face.look is Look.STOP


def test_not_recorded_stays_until_something_is_recorded() -> None:
    stage = Stage()
    stage.tell(face.not_stored(NotStored(StorageProblem.DISK_FULL)))
    stage.ask(scenes.needs_temperature(5.0))
    assert stage.at(5.0).former is not None
    stage.ask(IDLE)
    assert stage.at(3600.0).face.look is Look.FAILURE
    stage.tell(_face(scenes.passed(), at=3600.0))
    assert stage.at(3600.0).face.look is Look.PASS
    assert stage.at(3603.0).face.look is Look.IDLE


def test_starting_over_clears_the_screen() -> None:
    stage = Stage()
    stage.tell(_face(scenes.red()))
    stage.ask(scenes.one_by_one(1.0))
    stage.clear()
    assert stage.at(1.0).face.look is Look.IDLE


def test_the_bar_of_a_waiting_person_runs_from_since_to_until() -> None:
    shown = face.waiting(scenes.needs_code(7.0))
    assert (shown.since, shown.until) == (7.0, 17.0)


def test_a_pass_says_the_name_the_colours_age_and_a_welcome() -> None:
    shown = _face(scenes.passed())
    assert (shown.person, shown.reason, shown.step) == (
        "张*强 · 3-2-501",
        "绿码 · 今早 8:12\n体温正常",
        "请进",
    )


def test_who_leaves_is_not_asked_in() -> None:
    assert _face(scenes.passed(direction=Direction.OUT)).step == "慢走"


def test_only_the_reasons_that_decided_are_given() -> None:
    shown = _face(scenes.fever())
    assert (shown.reason, shown.step) == ("体温偏高", "请他到旁边坐一会儿，到时间会提醒您")


def test_a_fever_is_said_before_a_missing_code() -> None:
    unclaimed = scenes.recorded(
        (Severity.RECHECK, ReasonCode.CODE_MISSING),
        (Severity.RECHECK, ReasonCode.TEMPERATURE_HIGH),
        person=None,
    )
    assert _face(unclaimed).reason == "体温偏高\n没有亮码"


def test_an_old_colour_is_shown_with_its_age() -> None:
    stale = scenes.recorded(
        (Severity.RECHECK, ReasonCode.COLOUR_STALE), facts=(scenes.colour("green", 30.0),)
    )
    assert _face(stale).reason == "健康码的颜色太旧了 (绿码 · 昨天 4:24)"


def test_a_decision_without_reasons_is_a_recheck_and_still_has_a_face() -> None:
    assert _face(scenes.recorded()).look is Look.RECHECK


def test_a_face_keeps_the_name_out_of_its_repr() -> None:
    assert "张" not in repr(_face(scenes.passed()))


# --- words by the kind of code -------------------------------------------------------------------


def _of_code(code: ReasonCode, kind: CodeKind) -> Face:
    return _face(scenes.recorded((Severity.RECHECK, code), kind=kind))


def test_place_code_is_to_be_scanned_by_the_person_and_not_by_us() -> None:
    shown = _of_code(ReasonCode.CODE_NOT_A_HEALTH_CODE, CodeKind.PLACE)
    assert "场所码" in shown.reason
    assert shown.step == "请他用自己的手机扫这个码"


@pytest.mark.parametrize("kind", [CodeKind.HCERT, CodeKind.SHC, CodeKind.OTHER_HEALTH, CodeKind.GATE_PASS])
def test_nobody_is_sent_to_look_for_a_colour_that_a_code_does_not_have(kind: CodeKind) -> None:
    shown = _of_code(ReasonCode.CODE_CANNOT_CHECK, kind)
    assert "F6" not in shown.step
    assert "颜色" not in shown.step + shown.resident


@pytest.mark.parametrize("kind", [CodeKind.HCERT, CodeKind.SHC])
def test_foreign_certificate_without_a_list_is_looked_at_on_paper(kind: CodeKind) -> None:
    shown = _of_code(ReasonCode.CODE_CANNOT_CHECK, kind)
    assert "没有名单" in shown.reason
    assert "管理员" in shown.step
    assert "F1" in shown.step


@pytest.mark.parametrize("kind", [CodeKind.GATE_PASS, CodeKind.HCERT, CodeKind.SHC])
def test_nobody_is_asked_to_refresh_a_paper_that_has_run_out(kind: CodeKind) -> None:
    """No other kind of code has an end of its own."""
    shown = _of_code(ReasonCode.CODE_EXPIRED, kind)
    assert "过期" in shown.reason
    assert "刷新" not in shown.step + shown.resident


def test_whoever_comes_with_an_expired_pass_is_told_where_to_get_a_new_one() -> None:
    shown = _of_code(ReasonCode.CODE_EXPIRED, CodeKind.GATE_PASS)
    assert "出入证" in shown.reason
    assert re.search("电话.*社区补办", shown.step)


@pytest.mark.parametrize("kind", [CodeKind.HCERT, CodeKind.SHC])
def test_a_health_certificate_that_was_taken_back_is_not_called_a_pass(kind: CodeKind) -> None:
    shown = _of_code(ReasonCode.CODE_REVOKED, kind)
    assert "出入证" not in shown.reason + shown.step
    assert "电话" in shown.step


def test_colour_of_a_regional_code_is_still_looked_at() -> None:
    assert "F6" in _of_code(ReasonCode.CODE_CANNOT_CHECK, CodeKind.REGIONAL).step
