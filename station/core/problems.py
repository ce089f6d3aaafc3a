"""Why something could not be done. The words for it load this, and not all that does it."""

from __future__ import annotations

from enum import StrEnum


class StorageProblem(StrEnum):
    """Why an entry could not be stored; each has its own words on the screen."""

    DISK_FULL = "disk_full"
    LOCKED = "locked"  # another program holds the journal
    CORRUPT = "corrupt"
    READ_ONLY = "read_only"
    NEWER_SCHEMA = "newer_schema"  # written by a newer version of this program
    FAULT = "fault"  # an input/output error of the disk
    MISSING = "missing"  # the stick that holds the journal is not plugged in
    OTHER_GATE = "other_gate"  # another gate's stick is in its place


class ExportProblem(StrEnum):
    """Why a day's log is not where it should be."""

    NO_STICK = "no_stick"  # no memory stick is plugged in
    NO_PLACE = "no_place"  # the folder is not there
    FULL = "full"
    NOT_WRITTEN = "not_written"
    LOCKED = "locked"  # names cannot be read before somebody has signed in
    NOT_READ = "not_read"  # the journal


class Unexplained(StrEnum):
    """Why an entry cannot be decided again."""

    OPERATOR = "operator"  # it is somebody's word, not a rule's: see the entry that it amends
    OTHER_POLICY = "other_policy"  # this is not the policy of that day
    NEWER = "newer"  # a newer program wrote words that this one does not know
