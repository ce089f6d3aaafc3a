"""What a draft policy would have made of the entries of a day, before anybody activates it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from station.core.entry import Entry
from station.core.explain import ExplainError, decide_again, is_operators_word
from station.core.hindsight import Differing
from station.core.policy import NO_CODES, Policy
from station.core.reasons import Severity

STEP = 500  # entries between two reports of progress: some ten milliseconds


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Passages counted by (verdict then, verdict under the draft), and those that differ, oldest first."""

    counts: Counter[tuple[Severity, Severity]]
    differing: tuple[Differing, ...]
    unexplained: int  # written by a newer program: not judged
    finished: bool = True  # False: cancelled, the counts are of what was judged until then

    @property
    def judged(self) -> int:
        return self.counts.total()


def what_if(
    entries: Iterable[Entry],
    draft: Policy,
    *,
    progress: Callable[[int], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> WhatIf:
    """Judge entries, oldest first, under a draft. `progress` hears how many were read.

    A passage that was decided again counts once, by its newest facts. Corrections by hand are no rule's
    doing and are passed over: what they corrected is judged. Whoever came while the code system was down had
    no code to show: the draft is tried as it would be in a drill, or it would seem to hold all of them.
    """
    judged, unexplained, finished = dict[bytes, Differing](), 0, True
    in_drill = draft.without_codes()
    for read, entry in enumerate(entries, start=1):
        if read % STEP == 0:
            progress(read)
            if cancelled():
                finished = False
                break
        if is_operators_word(entry) or (entry.amends is None and entry.id in judged):
            continue
        rules = in_drill if entry.policy.endswith(NO_CODES) else draft
        try:
            judged[entry.amends or entry.id] = Differing(entry, entry.decision, decide_again(entry, rules))
        except ExplainError:
            unexplained += 1
    counts = Counter((one.before, one.now.severity) for one in judged.values())
    differing = tuple(one for one in judged.values() if one.before is not one.now.severity)
    return WhatIf(counts, differing, unexplained, finished)
