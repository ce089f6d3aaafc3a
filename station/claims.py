"""Who claims to be in front, with what follows from who it is: no temperature, a STOP, something to be asked.

A claim is weighed once, when it is made. Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from station.codes.parts import judged_whole
from station.codes.reading import as_printed
from station.core.asking import Asked
from station.core.checks.questions import questions
from station.core.decision import is_conclusive, wants_temperature
from station.core.model import Claim, Closing, Credential, Fact, Passage, Vouch
from station.core.policy import Policy
from station.journal.people import Known
from station.knowledge import Knowledge, by_hand
from station.recording import Clock, Lane


class Claims:
    """One lane's. `direction` is the way that people go now."""

    def __init__(
        self,
        lane: Lane,
        policy: Policy,
        knowledge: Knowledge,
        code_key: Callable[[str], str],
        judge: Callable[[str, datetime], Credential],
        clock: Clock,
    ) -> None:
        self._gate, self._policy, self._knowledge = lane.gate, policy, knowledge
        self._code_key, self._judge, self._clock = code_key, judge, clock
        self.direction = lane.direction

    def of_code(self, text: str, at: float, *, joined: bool) -> Claim:
        """Of a code that was shown at monotonic `at` (s); `joined`: put together from several."""
        text = self._on_lists(text)
        key = self._code_key(text)
        known, credential = self._knowledge.of(key), self._judge(text, self._clock.now())
        credential = judged_whole(credential) if joined else credential
        return self._weighed(Claim(key, at, credential, known.person_id if known else None), known)

    def _on_lists(self, text: str) -> str:
        """The text by which it is known whose this is: as it was printed, or else as it came, for a list may
        have been filled by a reader that adds a blank."""
        printed = as_printed(text)
        if printed == text or self._knowledge.of(self._code_key(printed)):
            return printed
        return text if self._knowledge.of(self._code_key(text)) else printed

    def without_code(self, vouch: Vouch, person_id: str | None, brought_by: str | None) -> Claim:
        """Of somebody whom the volunteer vouches for, and may have picked; and who stands for them here.

        Whoever the roster does not let speak for them is left out.
        """
        claim = Claim(by_hand(person_id), self._clock.monotonic(), person_id=person_id, vouch=vouch)
        if not person_id:
            return claim
        if brought_by and self._knowledge.relation(brought_by, person_id):
            claim = replace(claim, brought_by=brought_by)
        return self._weighed(claim, self._knowledge.of(claim.key, person_id))

    def is_conclusive(self, claim: Claim) -> bool:
        """By what is known now this claim alone means STOP."""
        facts, now = self._facts(claim, self._knowledge.of(claim.key, claim.person_id))
        return is_conclusive(claim, facts, self._policy, now, self.direction, self._gate)

    def questions(self, passage: Passage, facts: tuple[Fact, ...]) -> tuple[Asked, ...]:
        """What the volunteer can see or ask, so that this passage may be decided otherwise."""
        return questions(passage, facts, self._policy, self._clock.now())

    def _weighed(self, claim: Claim, known: Known | None) -> Claim:
        """With what follows for the temperature from who it is."""
        facts, now = self._facts(claim, known)
        passage = Passage(claim, None, Closing.PAIRED, direction=self.direction, gate=self._gate)
        return replace(
            claim,
            conclusive=is_conclusive(claim, facts, self._policy, now, self.direction, self._gate),
            unmeasured=not wants_temperature(claim, facts, self._policy, now, self.direction),
            asks=self.questions(passage, facts),
        )

    def _facts(self, claim: Claim, known: Known | None) -> tuple[tuple[Fact, ...], datetime]:
        now = self._clock.now()
        self._knowledge.follow_clock(now, self._clock.monotonic())
        return self._knowledge.facts(claim, known, now), now
