"""Which columns are sealed, and to what each value is bound. Only descriptions; nothing is run here.

What a hash or a signature binds besides (`personal`, `audit_note`) is verified with that, and is not listed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from station.journal.center_pages import item_context
from station.journal.notes import context as note_context

Context = Callable[..., bytes]  # of the values of the key


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """Sealed values of a table, in the order of its key; `known` are other columns that the context needs."""

    table: str
    key: tuple[str, ...]
    column: str
    context: Context
    known: tuple[str, ...] = ()


def _person(column: str) -> Context:
    return lambda *key: f"person/{column}/{key[-1]}".encode()


def _named(table: str) -> Context:
    return lambda key: f"{table}/{key}".encode()


SEALED_ANEW = (
    *(SealedColumn("person", ("id",), column, _person(column)) for column in ("name", "dwelling", "detail")),
    *(
        SealedColumn("batch_change", ("batch", "person_id"), column, _person(column))
        for column in ("name", "dwelling", "detail")
    ),
    SealedColumn("batch", ("id",), "detail", lambda _, kind: f"batch/{kind}".encode(), ("kind",)),
    SealedColumn("lane_memory", ("name",), "sealed", note_context),
    SealedColumn(
        "pass_issuer", ("id",), "private_key", lambda _, name: f"pass issuer/{name}".encode(), ("name",)
    ),
    SealedColumn("gate_pass", ("position",), "content", lambda _, pass_id: b"pass/" + pass_id, ("id",)),
    SealedColumn("enrolment", ("one",), "sealed", lambda _: b"enrolment"),
    SealedColumn("visit", ("position",), "sealed", lambda _, one: f"visit/{one}".encode(), ("id",)),
    SealedColumn("announced_visit", ("id",), "sealed", _named("announced")),
    SealedColumn("center_item", ("list", "key"), "sealed", item_context),
    SealedColumn("center_chunk", ("chunk",), "sealed", lambda chunk: f"center/people/{chunk}".encode()),
    SealedColumn("signup", ("position",), "sealed", lambda _, shift: f"signup/{shift}".encode(), ("shift",)),
    SealedColumn("report", ("id",), "sealed", lambda report: b"report/" + bytes(report)),
)

_ABOUT = ("about", "subject", "kind")


def _fact(_: object, about: str, subject: str, kind: str) -> bytes:
    return f"fact/{about}/{subject}/{kind}".encode()


def _signature(handover: str, party: str) -> bytes:
    return f"handover/{handover}/{party}".encode()


# The journal never changes these, so that they keep the key of their day.
NEVER_CHANGED = (
    SealedColumn(
        "operator", ("position",), "name", lambda _, number: b"operator/" + number.encode(), ("number",)
    ),
    SealedColumn("fact", ("position",), "said", _fact, _ABOUT),
    SealedColumn("proposal", ("id",), "proposed", _fact, _ABOUT),
    SealedColumn("proposal", ("id",), "settled", _fact, _ABOUT),
    SealedColumn("errand", ("position",), "sealed", lambda _, one: f"errand/errand/{one}".encode(), ("id",)),
    SealedColumn("errand", ("position",), "closed", lambda _, one: f"errand/closed/{one}".encode(), ("id",)),
    SealedColumn("handover", ("position",), "sealed", lambda _, one: f"handover/{one}".encode(), ("id",)),
    SealedColumn("handover_sign", ("handover", "party"), "sealed", _signature),
    SealedColumn("duty", ("position",), "sealed", lambda _: b"duty"),
)
