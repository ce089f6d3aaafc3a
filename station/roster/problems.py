"""What can be wrong with a list or with one cell. Codes only: the words are at the command or the page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Trouble(StrEnum):
    """Why a row cannot be taken as it is."""

    NAME_MISSING = "name_missing"
    NAME_ODD = "name_odd"  # digits in it, or far too long: probably another column
    HOUSE_MISSING = "house_missing"
    HOUSE_IS_DATE = "house_is_date"  # Excel made 3-12 the 12th of March
    CATEGORY_MISSING = "category_missing"
    CATEGORY_UNKNOWN = "category_unknown"
    PHONE_WRONG = "phone_wrong"
    ID_LOST_DIGITS = "id_lost_digits"  # Excel keeps 15 digits of a number, 18 were typed
    ID_OLD_FORM = "id_old_form"  # 15 digits, not valid since 2013
    ID_LENGTH = "id_length"
    ID_DATE = "id_date"  # the birth date in it does not exist
    ID_REGION = "id_region"
    ID_CHECK = "id_check"  # the last character does not fit the others
    BIRTH_WRONG = "birth_wrong"
    BIRTH_NOT_OF_ID = "birth_not_of_id"
    COLOUR_UNKNOWN = "colour_unknown"
    TIME_WRONG = "time_wrong"
    TIME_IN_FUTURE = "time_in_future"
    TEST_UNKNOWN = "test_unknown"
    CODE_TAKEN = "code_taken"  # belongs to somebody else
    CONTRADICTS_ROW = "contradicts_row"  # the same person stands in another row, differently
    CONTRADICTS_ROSTER = "contradicts_roster"  # this ID number has another name there


class Doubt(StrEnum):
    """What is worth a look, and keeps nobody from being taken in."""

    REPEATED = "repeated"  # the same person in an earlier row, nothing new
    GUARDIAN_UNKNOWN = "guardian_unknown"  # kept as written
    HOUSE_ODD = "house_odd"  # kept as written: no number in it
    OCCUPATION_UNKNOWN = "occupation_unknown"  # kept as written


class FileTrouble(StrEnum):
    """Why nothing of a file can be read."""

    EMPTY = "empty"
    ENCODING = "encoding"  # neither UTF-8 nor GB18030
    QUOTES = "quotes"  # a quotation mark that never ends
    DAMAGED = "damaged"  # not a table, or cut off
    TOO_LARGE = "too_large"  # far more cells or bytes than a list of people has
    PASSWORD = "password"
    NO_HEADER = "no_header"  # no row names at least a name and one more column


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing about one cell: where it is and what it is, never what stands there."""

    what: Trouble | Doubt
    column: str  # as the file names it; empty for the row as a whole
    row: int = 0  # for what contradicts another row: which

    @property
    def serious(self) -> bool:
        """Whether the row cannot be taken."""
        return isinstance(self.what, Trouble)


class CellError(Exception):
    """A cell that cannot be taken."""

    def __init__(self, what: Trouble) -> None:
        super().__init__(what)
        self.what = what


class FileError(Exception):
    """A file of which nothing can be read."""

    def __init__(self, what: FileTrouble) -> None:
        super().__init__(what)
        self.what = what
