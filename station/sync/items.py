"""What the center's lists hold: typed bodies of items, and the shared keys by which people are told. Pure."""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import Annotated

import msgspec

Text = Annotated[str, msgspec.Meta(max_length=200)]
ListText = Annotated[str, msgspec.Meta(max_length=4_000_000)]  # the largest published ones have 2 MB
LongText = Annotated[str, msgspec.Meta(max_length=200_000)]
Milliseconds = Annotated[int, msgspec.Meta(ge=-(2**53), le=2**53)]


class FactItem(msgspec.Struct, frozen=True, array_like=True):
    """One fact, of the words of `core.facts`. A watch that is lifted is a value (`none`), not a tombstone."""

    about: Text  # person, code, dwelling
    subject: Text  # the person's id, or a shared key
    kind: Text
    value: Text
    as_of_ms: Milliseconds
    until_ms: Milliseconds | None = None
    source: Text = "center"


class RevokedPassItem(msgspec.Struct, frozen=True, array_like=True):
    at_ms: Milliseconds


class PolicyItem(msgspec.Struct, frozen=True, array_like=True):
    """A policy's exact text and from when it is in force."""

    text: LongText
    activate_at_ms: Milliseconds
    by: Text = ""


class TrustItem(msgspec.Struct, frozen=True, array_like=True):
    """A dated file of trust, revocations, rules or pass issuers, as it is imported by hand too."""

    text: ListText


class NoticeItem(msgspec.Struct, frozen=True, array_like=True):
    at_ms: Milliseconds
    title: Text
    text: LongText = ""
    urgent: bool = False
    until_ms: Milliseconds | None = None


class TaskItem(msgspec.Struct, frozen=True, array_like=True):
    at_ms: Milliseconds
    text: LongText
    due_ms: Milliseconds | None = None
    person_id: Text | None = None
    done: bool = False


class CaseSaid(msgspec.Struct, frozen=True, array_like=True):
    """A line that was said in a case."""

    at_ms: Milliseconds
    by: Text
    text: LongText

    def __repr__(self) -> str:
        return f"CaseSaid({self.at_ms}, …)"


class CaseItem(msgspec.Struct, frozen=True, array_like=True):
    """What the center says to a case of one gate; only that gate gets it. Its key is the case's id, hex."""

    state: Text  # new, answered, going, arrived, closed
    lines: tuple[CaseSaid, ...] = ()  # of the center, oldest first
    owner: Text = ""
    going: Text = ""  # who is on the way
    at_ms: Milliseconds = 0  # when this changed last
    received_ms: Milliseconds = 0
    closed_ms: Milliseconds | None = None

    def __repr__(self) -> str:
        return f"CaseItem({self.state!r}, {len(self.lines)} lines)"


class ShiftItem(msgspec.Struct, frozen=True, array_like=True):
    """A shift of the rota. Its key is the shift's id."""

    day: Text  # YYYY-MM-DD, where the gate is
    begin_ms: Milliseconds
    end_ms: Milliseconds
    gate: Text = ""
    names: tuple[Text, ...] = ()  # who signed up
    needed: int = 1
    title: Text = ""
    note: LongText = ""

    def __repr__(self) -> str:
        return f"ShiftItem({self.day!r}, {self.begin_ms}, {self.end_ms})"


class ChecklistPoint(msgspec.Struct, frozen=True, array_like=True):
    """Something to do. `id` is kept with every tick and never means anything else."""

    id: Text
    zh: Text
    en: Text = ""


class ChecklistItem(msgspec.Struct, frozen=True, array_like=True):
    """The points of one checklist (履职清单) of a shift, instead of those that the gate brings along.

    A gate may get several of a kind; the one of the deepest `branch` counts.
    """

    kind: Text  # the list's id: open, night, handing_over
    branch: Text  # for which it is, with all below
    at_ms: Milliseconds  # when it was written
    points: tuple[ChecklistPoint, ...]


class PersonItem(msgspec.Struct, frozen=True, array_like=True):
    """One person of the center's roster. Empty means that nobody said it; `repr` would tell who it is."""

    category: Text
    name: Text
    dwelling: Text = ""
    codes: tuple[Text, ...] = ()  # shared keys of code texts
    keys: tuple[Text, ...] = ()  # shared keys of `id_number`, `resident` (name and dwelling)
    house: Text = ""  # shared key of the dwelling
    phones: tuple[Text, ...] = ()
    birth: Text = ""  # YYYY-MM-DD
    occupation: Text = ""
    guardians: tuple[Text, ...] = ()  # ids of who may speak for them
    note: Text = ""
    former: tuple[Text, ...] = ()  # ids of those who turned out to be this person, and are on no list now
    went_by: tuple[Text, ...] = ()  # shared keys of those, as in `keys`, where they had others

    def __repr__(self) -> str:
        return f"PersonItem({self.category!r}, …)"


LISTS: dict[str, type[msgspec.Struct]] = {
    "fact": FactItem,
    "revoked_pass": RevokedPassItem,
    "policy": PolicyItem,
    "trust": TrustItem,
    "notice": NoticeItem,
    "task": TaskItem,
    "case": CaseItem,
    "shift": ShiftItem,
    "checklist": ChecklistItem,
    "person": PersonItem,
}
CHANNELS = {
    "quick": ("fact", "revoked_pass", "policy", "trust", "notice", "task", "case", "shift", "checklist"),
    "people": ("person",),
}
MOST_ITEMS = {"quick": 500, "people": 2000}  # of a page

_encoder = msgspec.msgpack.Encoder()


def encode_item(body: msgspec.Struct) -> bytes:
    """The bytes of an item's body."""
    return _encoder.encode(body)


def decode_item(list_name: str, body: bytes) -> msgspec.Struct:
    """An item's body. Raises KeyError for a list of a newer center, msgspec.DecodeError for bad bytes."""
    try:
        return msgspec.msgpack.decode(body, type=LISTS[list_name])
    except (UnicodeDecodeError, RecursionError) as error:
        raise msgspec.DecodeError(str(error)) from error


def shared_key(district_key: bytes, kind: str, text: str) -> str:
    """The keyed hash (HMAC-SHA-256, hex) under which all gates of a district know something.

    Kinds: `code` (a code's text), `id_number`, `resident` (name, NUL, dwelling as `roster.house` writes it),
    `dwelling`, `phone`, `person`.
    """
    # surrogatepass: a code's bytes may be no valid text, and must still get a key
    message = b"kakou shared " + kind.encode() + b"\0" + text.encode("utf-8", "surrogatepass")
    return hmac.digest(district_key, message, sha256).hex()
