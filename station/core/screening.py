"""Pairs codes with temperatures: a sans-IO machine fed with claims, readings, taps and ticks.

It never gives a reading to the wrong person as far as the evidence tells (design invariant 4):

* a reading taken *before* a code counts only if it is the only one since the lane was clear: it is void if
  a second one was taken, if somebody else stepped before the sensor since, or if somebody went through
  without one and may have been measured late. A fresh reading is asked for then;
* a reading taken *after* a code counts only if no other code came in between: once a second code
  pushed out a waiting one, no reading is given to anybody for one window. Those passages close
  "in doubt" and the reading is kept beside the entry, unjudged;
* of somebody who was brought by another (a child by a parent) a reading counts only if they stepped before
  the sensor after they were named: the one before was most likely the other's;
* a fever that nobody claims is recorded all the same, without a code, and from then on no former decision is
  shown again: it may be of somebody who passed just before.

All times are monotonic seconds. The screen's words for each phase live in the user interface.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from station.core.model import Claim, Closing, Passage, Temperature
from station.core.outcome import Phase, Waiting

WINDOW_S = 10.0  # design section 5: code first or temperature first, 10 s
REPEAT_S = 30.0  # design section 5: the same code again shows its decision again
HOLD_S = 20.0  # so long a person waits while the volunteer types a value
UNTESTED_S = 120.0  # so long a value typed by hand may still belong to the last person without one


@dataclass(frozen=True, slots=True)
class Closed:
    """A passage ended and is to be decided and recorded."""

    passage: Passage


@dataclass(frozen=True, slots=True)
class Again:
    """A code whose decision is still fresh was shown again."""

    key: str


Step = Closed | Again


@dataclass(frozen=True, slots=True)
class _Pending:
    temperature: Temperature
    alarming: bool


class Screening:
    """One lane's machine. Every confirmed claim ends in exactly one `Closed` or `Again`."""

    def __init__(self, window_s: float = WINDOW_S, repeat_s: float = REPEAT_S) -> None:
        self._window_s = window_s
        self._repeat_s = repeat_s
        self._claim: Claim | None = None
        self._claim_until = 0.0
        self._stepped_up = False  # somebody came before the sensor since the claim
        self._pending: _Pending | None = None
        self._mixed_until = float("-inf")  # two codes at once: readings are in doubt until then
        self._void_until = float("-inf")  # none counts before its code until then
        self._decided: dict[str, float] = {}
        self._untested: tuple[Claim, float] | None = None  # went without a reading that counts
        self._addressee: Claim | None = None  # for whom the volunteer is typing a value

    def claim(self, claim: Claim, now: float) -> list[Step]:
        """A confirmed code or a volunteer's tap at monotonic time `now`."""
        steps = self.tick(now)
        if self._pending and self._pending.alarming:
            self.forget_all()  # a fever stands there: whoever shows a code now is not shown a former PASS
        if claim.key in self._decided:
            # A reading that waits is most likely this person's second one, so it is nobody else's.
            return [*steps, *(self._void(None, now) if self._pending else []), Again(claim.key)]
        if self._claim and self._claim.key == claim.key:
            return steps  # still waiting for the same person
        if claim.brought_by:
            steps += self._make_way(claim, now)
        if self._claim:
            steps += self._close(self._claim, None, Closing.DISPLACED, now)
            self._mixed_until = now + self._window_s
        self._claim, self._claim_until = claim, claim.at + self._window_s
        self._stepped_up = False
        return steps + self._settle(now)

    def temperature(
        self, temperature: Temperature, now: float, *, alarming: bool, later: bool = False
    ) -> list[Step]:
        """One screened measurement. `alarming`: it must not vanish if nobody claims it. `later`: of somebody
        who was measured already, or of whoever took their place, so that it is of no code for certain."""
        steps = self.tick(now)
        pending = _Pending(temperature, alarming)
        if later:
            return steps + (self._void(pending, now) if alarming else [])
        if now < self._mixed_until:
            return steps + self._in_doubt(pending, now)
        if self._claim and self._claim.brought_by and not self._stepped_up:
            return steps + self._void(pending, now)
        if self._claim and now < self._claim.at + self._window_s:
            return steps + self._close(self._claim, temperature, Closing.PAIRED, now)
        if self._claim or self._pending or now < self._void_until:
            return steps + self._void(pending, now)
        self._pending = pending
        return steps

    def arrival(self, now: float) -> list[Step]:
        """Somebody stepped before the sensor: a reading that waits for its code is the former person's."""
        steps = self.tick(now)
        self._untested, self._stepped_up = None, True
        if self._pending:
            steps += self._void(None, now)
        return steps

    def hold(self, now: float) -> list[Step]:
        """The volunteer is about to type a value for whoever is in front now, whoever comes meanwhile.

        If that person still waits they go on waiting, but only for that value.
        """
        steps = self.tick(now)
        self._addressee = self._in_front(now)
        self._claim_until = now + HOLD_S
        return steps

    def by_hand(self, temperature: Temperature | None, now: float) -> list[Step]:
        """The volunteer typed a value for the person in front, or says there is none (None)."""
        steps = self.tick(now)
        claim, self._addressee = self._addressee or self._in_front(now), None
        if claim:
            return steps + self._close(claim, temperature, Closing.BY_HAND, now)
        if temperature:
            if self._pending:
                steps += self._void(None, now)  # whoever owns that reading may be measured again
            self._pending = _Pending(temperature, alarming=True)  # typed on purpose: never dropped
        return steps

    def start_over(self, now: float) -> list[Step]:
        """The volunteer says that the lane is clear: nobody is half done."""
        steps = self.tick(now)
        if self._claim:
            steps += self._close(self._claim, None, Closing.BY_HAND, now)
        steps += self._unclaimed(self._pending)
        self._pending = self._untested = self._addressee = None
        self._mixed_until = self._void_until = float("-inf")
        return steps

    def go_on(self, now: float, key_now: Callable[[str], str] = str) -> list[Step]:
        """Other rules hold from now on. Whoever is half done is closed, but nobody said that they went away.

        What is measured before its code, or typed, may still be theirs; no former decision is shown again.
        `key_now`: under which key a code is known from now on.
        """
        self._rekey(key_now)
        steps = self.tick(now)
        if self._claim:
            steps += self._close(self._claim, None, Closing.BY_HAND, now)
        if self._pending:
            steps += self._void(None, now)
        self.forget_all()
        return steps

    def conclude(self, now: float) -> list[Step]:
        """What was learnt about the person who waits means STOP: no temperature is awaited any more."""
        steps = self.tick(now)
        if self._claim:
            steps += self._close(self._claim, None, Closing.CONCLUSIVE, now)
        return steps

    def measure_anew(self, claim: Claim, now: float, *, at_once: bool, in_front: bool = True) -> None:
        """This claim's reading did not settle it: a value typed next is theirs.

        `at_once`: they may also show the code again and be measured by the sensor. Not `in_front`: they were
        chosen from a list, and so will they be for their next value.
        """
        if in_front:
            self._untested = (claim, now)
        if at_once:
            self.forget(claim.key)

    def settle(self, whose: Claim | None = None) -> None:
        """The volunteer decided about the last person (if it is this one): nothing typed later is theirs."""
        if self._untested and (whose is None or _is_one(self._untested[0], whose)):
            self._untested = None

    def restate(self, claim: Claim) -> None:
        """Whoever waits is known otherwise by now: the same code, judged anew."""
        if self._claim and self._claim.key == claim.key:
            self._claim = claim

    def is_decided(self, key: str) -> bool:
        """Whether the decision on this code would be shown again."""
        return key in self._decided

    def forget(self, key: str) -> None:
        """The decision on this code could not be stored, so it does not count: it may come again."""
        self._decided.pop(key, None)

    def forget_all(self) -> None:
        """From now on other rules hold, or a fever is about: no former decision is shown again."""
        self._decided.clear()

    def tick(self, now: float) -> list[Step]:
        """Time passed: close what waited too long, forget what was decided long ago."""
        steps: list[Step] = []
        self._decided = {key: at for key, at in self._decided.items() if now < at + self._repeat_s}
        if self._claim and now >= self._claim_until:
            steps += self._close(self._claim, None, Closing.TIMEOUT, now)
        if self._pending and now >= self._pending.temperature.at + self._window_s:
            steps += self._unclaimed(self._pending)
            self._pending = None
        return steps

    @property
    def claimant(self) -> Claim | None:
        """Who waits for a temperature."""
        return self._claim

    @property
    def unclaimed(self) -> Temperature | None:
        """A reading that waits for its code and must not vanish."""
        return self._pending.temperature if self._pending and self._pending.alarming else None

    def waiting(self, now: float) -> Waiting:
        """What the lane waits for at `now`."""
        if now < self._mixed_until:
            return Waiting(Phase.ONE_BY_ONE, self._mixed_until - self._window_s, self._mixed_until)
        if self._claim:
            asks = self._claim.asks
            return Waiting(Phase.NEEDS_TEMPERATURE, self._claim.at, self._claim_until, asks=asks)
        if self._pending:
            reading = self._pending.temperature
            return Waiting(Phase.NEEDS_CODE, reading.at, reading.at + self._window_s, reading)
        return Waiting(Phase.IDLE)

    def _rekey(self, key_now: Callable[[str], str]) -> None:
        if self._claim:
            self._claim = replace(self._claim, key=key_now(self._claim.key))
        if self._addressee:
            self._addressee = replace(self._addressee, key=key_now(self._addressee.key))
        if self._untested:
            claim, at = self._untested
            self._untested = replace(claim, key=key_now(claim.key)), at

    # --- how passages end ---------------------------------------------------------------------

    def _make_way(self, brought: Claim, now: float) -> list[Step]:
        """A code that waits was held up for the one who is named now: it opens no passage of its own.

        A reading that waits is most likely of whoever holds it up.
        """
        if self._claim and self._claim.person_id == brought.brought_by:
            self._claim = None
        return self._void(None, now) if self._pending else []

    def _settle(self, now: float) -> list[Step]:
        """A claim just arrived: close it at once if nothing more is needed."""
        claim, pending = self._claim, self._pending
        assert claim is not None
        self._pending = None
        reading = pending.temperature if pending else None
        doubtful = reading if now < self._mixed_until else None
        certain = None if doubtful else reading
        if claim.conclusive:
            return self._close(claim, certain, Closing.CONCLUSIVE, now, in_doubt=doubtful)
        if certain:
            return self._close(claim, certain, Closing.PAIRED, now)
        if doubtful:
            return self._close(claim, None, Closing.IN_DOUBT, now, in_doubt=doubtful)
        return self._close(claim, None, Closing.UNMEASURED, now) if claim.unmeasured else []

    def _in_doubt(self, pending: _Pending, now: float) -> list[Step]:
        if self._claim:
            return self._close(self._claim, None, Closing.IN_DOUBT, now, in_doubt=pending.temperature)
        return self._void(pending, now)

    def _void(self, newer: _Pending | None, now: float) -> list[Step]:
        steps = self._unclaimed(self._pending) + self._unclaimed(newer)
        self._pending = None
        self._void_until = now + self._window_s
        return steps

    def _unclaimed(self, pending: _Pending | None) -> list[Step]:
        if pending and pending.alarming:
            self.forget_all()  # it may be of anybody who passed just now
            return [Closed(Passage(None, pending.temperature, Closing.NO_CLAIM))]
        return []

    def _close(
        self,
        claim: Claim,
        temperature: Temperature | None,
        closing: Closing,
        now: float,
        *,
        in_doubt: Temperature | None = None,
    ) -> list[Step]:
        """End this claim's passage. Without a temperature the person may try again at once."""
        if temperature or closing in (Closing.CONCLUSIVE, Closing.UNMEASURED):
            self._decided[claim.key] = now
            self._untested = None
        else:
            self._untested = (claim, now)
        if not temperature:
            self._void_until = now + self._window_s  # their reading may still come, late
        if self._claim is claim:
            self._claim = None
        return [Closed(Passage(claim, temperature, closing, in_doubt))]

    def _in_front(self, now: float) -> Claim | None:
        """Whose value it is that the volunteer reads off: whoever waits, or else who just went without one.

        None while a reading waits for its code: the person in front has not shown it yet.
        """
        if self._claim or self._pending:
            return self._claim
        if self._untested and now < self._untested[1] + UNTESTED_S:
            return self._untested[0]
        return None


def _is_one(one: Claim, other: Claim) -> bool:
    """The same code, or another one of the same person."""
    return one.key == other.key or (one.person_id is not None and one.person_id == other.person_id)
