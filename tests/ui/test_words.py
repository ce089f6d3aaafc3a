"""Every reason, problem and state has words, and times are said as people say them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from station.core.entry import FactPart, to_ms
from station.core.model import DeviceKind, DeviceState, ReasonCode, Severity, Site
from station.core.outcome import Phase, StorageProblem
from station.ui import ages, words
from tests.ui.scenes import NOW

STATION = Path(__file__).parents[2] / "station"
_TITLE = re.compile(r'def title\(self\) -> str:\n(?: {8}""".*"""\n)? {8}return self\.tr\("(.+?)"\)')

# reasons that come with a PASS only: what to do then is said by the farewell
WELCOME = {
    ReasonCode.CODE_VALID,
    ReasonCode.PERSON_KNOWN,
    ReasonCode.COLOUR_GREEN,
    ReasonCode.TEMPERATURE_NORMAL,
    ReasonCode.RECHECK_CLEARED,
    ReasonCode.TEMPERATURE_MEASURED_BEFORE,
    ReasonCode.TEST_NEGATIVE,
    ReasonCode.CODE_SYSTEM_DOWN,
}


@pytest.mark.parametrize("code", ReasonCode)
def test_every_reason_says_what_is_the_matter_and_what_to_do(language: str, code: ReasonCode) -> None:
    said = words.reason(code)
    assert said.sentence
    assert bool(said.step) is (code not in WELCOME)
    assert said.resident


@pytest.mark.parametrize("problem", StorageProblem)
def test_a_record_that_is_not_stored_goes_on_paper(language: str, problem: StorageProblem) -> None:
    step = words.problem(problem).step
    assert step.startswith({"zh": "先用纸笔登记", "en": "Write on paper"}[language])


def test_every_state_has_words(language: str) -> None:
    assert all(words.phase(phase).sentence and words.asking(phase).text for phase in Phase)
    assert all(words.device(kind, state) for kind in DeviceKind for state in DeviceState)
    assert all(words.site(site) for site in Site)


def test_whoever_has_no_code_is_not_said_to_have_shown_one() -> None:
    """The lane waits for their temperature as well: found on the list with F1, or a visitor with no phone."""
    assert "码" not in words.phase(Phase.NEEDS_TEMPERATURE).sentence


def test_a_verdict_is_written_in_both_languages(language: str) -> None:
    chinese, english = ["通行", "复核", "禁止"], ["PASS", "RECHECK", "STOP"]
    headlines = [words.verdict(severity) for severity in Severity]
    ours, others = (chinese, english) if language == "zh" else (english, chinese)
    assert [headline.text for headline in headlines] == ours
    assert [headline.other for headline in headlines] == others


@pytest.mark.parametrize(
    ("hours_ago", "said"),
    [(2.2, "今早 8:12"), (0, "今早 10:24"), (24, "昨天 10:24"), (72, "4 月 13 日"), (-3, "今天 13:24")],
)
def test_the_age_of_a_fact(hours_ago: float, said: str) -> None:
    assert ages.moment(NOW - timedelta(hours=hours_ago), NOW) == said


def test_midnight_of_the_gate_counts_not_that_of_greenwich() -> None:
    at = datetime(2022, 4, 15, 16, 30, tzinfo=UTC)  # half past midnight at the gate
    fact = FactPart("colour", "green", to_ms(at), "center")
    assert ages.colour([fact], NOW) == "绿码 · 今早 0:30"


def test_the_newest_colour_is_shown() -> None:
    old, new = NOW - timedelta(days=1), NOW - timedelta(hours=1)
    facts = [FactPart("colour", "red", to_ms(new), "c"), FactPart("colour", "green", to_ms(old), "c")]
    assert ages.colour(facts, NOW) == "红码 · 今早 9:24"


def test_no_colour_no_words() -> None:
    assert ages.colour([FactPart("identity", "resident", 0, "roster")], NOW) is None


@pytest.mark.parametrize(("seconds", "said"), [(0.5, "刚刚"), (3.9, "3 秒前"), (61.0, "1 分钟前")])
def test_the_age_of_a_reading(seconds: float, said: str) -> None:
    assert ages.ago(seconds) == said


def test_every_way_through_the_admin_page_leads_to_a_section_of_that_name() -> None:
    """Who is sent to “管理 → 设备” finds a button 设备 there."""
    sources = [file.read_text("utf-8") for file in STATION.rglob("*.py")]
    titles = {found for source in sources for found in _TITLE.findall(source)}
    named = {found for source in sources for found in re.findall(r"管理 → (\w+)", source)}
    assert len(named) > 4
    assert named <= titles
