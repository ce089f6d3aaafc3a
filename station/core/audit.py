"""What is put on record about those who work with the data: the words of it. Pure.

A record holds ids, numbers and counts, never a name; a reason that somebody typed goes into `note`, which is
sealed beside the record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from station.core.operators import NOBODY, Who


class Audited(StrEnum):
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_ONCE = "signed_once"  # for one action, beside whoever is on duty
    OPERATOR_ADDED = "operator_added"
    OPERATOR_CHANGED = "operator_changed"
    OPERATOR_REMOVED = "operator_removed"
    PIN_CHANGED = "pin_changed"
    PIN_RESET = "pin_reset"
    RECOVERY_MADE = "recovery_made"  # a recovery key was made, to be printed
    RECOVERY_USED = "recovery_used"
    UNMASKED = "unmasked"
    SEARCHED = "searched"
    EXPORTED = "exported"
    OVERRIDE = "override"
    POLICY = "policy"
    SETTINGS = "settings"
    CLOCK_BACK = "clock_back"
    CLOCK_FORWARD = "clock_forward"  # or the PC slept
    ENROLLED = "enrolled"
    CENTER_LEFT = "center_left"  # the station belongs to no center any more
    TRUST_LIST = "trust_list"  # what codes are judged by came into force, or went
    CALIBRATED = "calibrated"  # a thermometer was compared with a reference
    PEOPLE_IMPORTED = "people_imported"
    PEOPLE_CHANGED = "people_changed"
    IMPORT_UNDONE = "import_undone"
    OPENED_BY_HAND = "opened_by_hand"
    PASSES_ISSUED = "passes_issued"
    PASS_REVOKED = "pass_revoked"
    ERASED = "erased"
    WHISTLED = "whistled"  # the center was called or asked
    WHISTLE_OVER = "whistle_over"  # somebody came, or it was taken back
    KEYS_WRAPPED = "keys_wrapped"  # from here on the folder alone opens nothing
    KEYS_UNWRAPPED = "keys_unwrapped"
    KEY_CHANGED = "key_changed"  # a new data key; what the former ones sealed is sealed anew
    LISTS_SEALED = "lists_sealed"  # the rows of the lists were sealed as they lay there
    SALVAGED = "salvaged"  # what verified of a damaged journal was copied here; its audit is lost
    RESTORED = "restored"  # from a backup; numbers count from 1 again
    NEW_INCARNATION = "new_incarnation"  # on another PC, or beside another copy; numbers count from 1 again
    PRUNED = "pruned"  # old entries left the journal; what was archived has them
    DUTY_BEGUN = "duty_begun"  # from here on they answer for the lane
    DUTY_ENDED = "duty_ended"
    HANDED_OVER = "handed_over"  # the hand-over sheet, signed by who goes
    TOOK_OVER = "took_over"  # … and by who comes


@dataclass(frozen=True, slots=True)
class Event:
    """One thing to be put on record. `subject` is an id; `facts` are short words and counts."""

    what: Audited
    who: Who = NOBODY  # nobody: whoever is on duty answers …
    subject: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    note: str = field(default="", repr=False)  # may name people: sealed
    by_duty: bool = True  # … if it was done where they are, by somebody who was let in


@dataclass(frozen=True, slots=True)
class Line:
    """A record as it is read. `genuine`: it continues the chain and was signed here."""

    number: int
    at: datetime  # UTC
    what: str  # an `Audited`, or a newer program's word
    who: str  # an operator's number; empty: nobody was signed in
    role: str
    subject: str
    facts: tuple[tuple[str, str], ...]
    entry: int  # the number of the newest entry then
    genuine: bool
    note: str = field(default="", repr=False)
