"""An entry is decided again under the policy text of its day: for the admin page and `station explain`.

Deciding stays in `core.explain`; here the text of that day is found.
"""

from __future__ import annotations

from collections.abc import Iterable

from station.core.entry import StoredEntry
from station.core.explain import ExplainError, Unexplained, explain
from station.core.explained import Explained
from station.core.policy import PolicyError
from station.journal.policies import PolicyEvent
from station.policy_desk import find_text


def explained(stored: StoredEntry, history: Iterable[PolicyEvent]) -> Explained:
    """Decide it again under the policy that it names: one of this history, or a shipped one."""
    text = find_text(stored.entry.policy_digest or "", history)
    if text is None:
        return Explained(stored, None, Unexplained.OTHER_POLICY)
    try:
        return Explained(stored, explain(stored.entry, text))
    except ExplainError as error:
        return Explained(stored, None, error.why)
    except PolicyError:  # of a newer program: this one cannot read it
        return Explained(stored, None, Unexplained.NEWER)
