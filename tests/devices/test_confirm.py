"""Confirming codes, told as what a camera read in each frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from station.devices.confirm import NEEDED, REARM_S, TOGETHER_S, Confirmer

FRAME_S = 1 / 15
Frames = Sequence[tuple[float, Sequence[str]]]


@dataclass(frozen=True)
class Told:
    at: float
    text: str


def confirmed(frames: Frames, confirmer: Confirmer | None = None) -> list[Told]:
    confirmer = confirmer or Confirmer()
    fed = [(at, confirmer.feed(at, texts)) for at, texts in frames]
    return [Told(at, result.text) for at, result in fed if result.text is not None]


def steady(*frames: Sequence[str], start: float = 0.0) -> list[tuple[float, Sequence[str]]]:
    return [(start + number * FRAME_S, texts) for number, texts in enumerate(frames)]


def test_a_code_held_before_the_camera_is_confirmed_once_in_its_second_frame() -> None:
    assert confirmed(steady(*[["A"]] * 100)) == [Told(FRAME_S, "A")]


def test_a_code_that_flashes_up_in_a_single_frame_is_not_confirmed() -> None:
    assert confirmed(steady([], ["A"], [], [], [])) == []


def test_a_missed_frame_in_between_does_no_harm() -> None:
    assert confirmed(steady(["A"], [], [], ["A"], [], ["A"], ["A"])) == [Told(3 * FRAME_S, "A")]


def test_a_text_whose_signature_verifies_needs_one_frame() -> None:
    confirmer = Confirmer(verified=lambda text: text == "signed")

    assert confirmed(steady(["signed"], ["signed"]), confirmer) == [Told(0, "signed")]
    assert confirmed(steady(["other"], start=50), confirmer) == []


def test_a_signature_is_checked_once_per_stay() -> None:
    asked: list[str] = []

    def verified(text: str) -> bool:
        asked.append(text)
        return False

    confirmed(steady(*[["A"]] * 50), Confirmer(verified))

    assert asked == ["A"]


def test_two_codes_in_one_frame_confirm_neither_and_ask_for_one() -> None:
    confirmer = Confirmer(verified=lambda text: True)

    results = [confirmer.feed(at, texts) for at, texts in steady(*[["A", "B"]] * 30)]

    assert all(result.crowded and result.text is None for result in results)


def test_two_codes_that_the_reader_finds_by_turns_are_two_codes_in_view() -> None:
    assert confirmed(steady(*[["A"], ["B"]] * 20)) == []


def test_the_code_that_stays_is_confirmed_when_the_other_has_gone() -> None:
    frames = steady(*[["A", "B"]] * 10, *[["A"]] * 30)

    (told,) = confirmed(frames)

    assert told.text == "A"
    assert TOGETHER_S <= told.at - frames[9][0] <= TOGETHER_S + NEEDED * FRAME_S


def test_the_same_code_twice_in_one_frame_is_one_code() -> None:
    """A code and its reflection in a window, or a phone that shows it twice."""
    assert confirmed(steady(["A", "A"], ["A", "A"])) == [Told(FRAME_S, "A")]


def test_a_code_that_left_and_came_again_is_confirmed_again() -> None:
    frames = [*steady(["A"], ["A"]), *steady([], [], start=1.0), *steady(["A"], ["A"], start=REARM_S + 1)]

    assert [told.text for told in confirmed(frames)] == ["A", "A"]


def test_a_code_out_of_sight_for_a_moment_is_not_confirmed_again() -> None:
    frames = [*steady(["A"], ["A"]), *steady(["A"], ["A"], start=REARM_S - 0.1)]

    assert [told.text for told in confirmed(frames)] == ["A"]


def test_the_next_person_is_confirmed_right_after_the_last() -> None:
    frames = [*steady(["A"], ["A"]), *steady(["B"], ["B"], start=1.0)]

    assert [told.text for told in confirmed(frames)] == ["A", "B"]


def test_a_confirmed_code_is_marked_while_it_stays() -> None:
    confirmer = Confirmer()
    confirmer.feed(0.0, ["A"])
    before = confirmer.is_confirmed("A")
    confirmer.feed(0.1, ["A"])
    during = confirmer.is_confirmed("A")
    confirmer.feed(0.1 + REARM_S, [])

    assert (before, during, confirmer.is_confirmed("A")) == (False, True, False)


def test_a_confirmation_does_not_show_the_text_in_a_log() -> None:
    confirmer = Confirmer(verified=lambda text: True)

    assert "secret" not in repr(confirmer.feed(0.0, ["secret"]))


any_frames = st.lists(
    st.tuples(st.floats(0.01, 1.5), st.lists(st.sampled_from("ABC"), max_size=2)), max_size=60
).map(lambda steps: [(sum(step for step, _ in steps[: n + 1]), texts) for n, (_, texts) in enumerate(steps)])


@given(any_frames)
def test_whatever_is_seen_a_code_needs_two_frames_alone(frames: Frames) -> None:
    for told in confirmed(frames):
        sightings = [at for at, texts in frames if told.text in texts and at <= told.at]
        assert len(sightings) >= NEEDED
        assert sightings[-1] == told.at


@given(any_frames)
def test_whatever_is_seen_a_code_leaves_before_it_is_confirmed_again(frames: Frames) -> None:
    for text in "ABC":
        times = [told.at for told in confirmed(frames) if told.text == text]
        for first, second in pairwise(times):
            seen = [at for at, texts in frames if text in texts and first <= at <= second]
            assert max(after - before for before, after in pairwise(seen)) >= REARM_S


@given(any_frames)
def test_whatever_is_seen_no_code_is_confirmed_beside_another(frames: Frames) -> None:
    for told in confirmed(frames):
        beside = {text for at, texts in frames if told.at - TOGETHER_S <= at <= told.at for text in texts}
        assert beside == {told.text}


@given(st.lists(st.booleans(), min_size=1, max_size=80))
def test_one_person_with_one_code_is_confirmed_once_however_many_frames_are_missed(read: list[bool]) -> None:
    longest_gap = int(REARM_S / FRAME_S) - 1
    frames = steady(
        ["A"], ["A"], *(["A"] if hit or n % longest_gap == 0 else [] for n, hit in enumerate(read))
    )

    assert confirmed(frames) == [Told(FRAME_S, "A")]
