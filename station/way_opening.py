"""Opens the barrier for whoever may pass: when their PASS is on disk, and at no other moment.

A code that is shown again opens nothing, nor does anything that comes from elsewhere or later (design
invariant 9). A guard who turns a verdict into a PASS opens for the one in front; by hand they open otherwise.
"""

from __future__ import annotations

from collections.abc import Callable

from station.core.model import Severity
from station.core.outcome import Corrected, Outcome, Recorded
from station.equipment import Barrier

Publish = Callable[[Outcome], None]


def opening(barrier: Barrier, publish: Publish, monotonic: Callable[[], float]) -> Publish:
    """Publish as before, and open the barrier first: a person should not wait for the screen."""

    def tell(outcome: Outcome) -> None:
        if lets_pass(outcome):
            barrier.open(monotonic())
        publish(outcome)

    return tell


def lets_pass(outcome: Outcome) -> bool:
    """Whether somebody was let through just now; both kinds come after their commit."""
    if isinstance(outcome, Recorded):
        return outcome.decision.severity is Severity.PASS
    if isinstance(outcome, Corrected):
        passes = Severity(outcome.stored.entry.severity) is Severity.PASS
        return passes and outcome.before is not Severity.PASS  # for them it has opened already
    return False
