"""Every path of the API: which right it needs, what goes in, what comes out."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from center.api import cases, facts, gates, notices, people
from center.api.call import Call, Right, Route
from center.api.openapi import document
from center.api.words import Done


class Document(msgspec.Struct, frozen=True):
    """OpenAPI 3.1."""

    openapi: str
    info: dict[str, Any]
    paths: dict[str, Any]
    components: dict[str, Any]


def _document(_call: Call) -> Document:
    return _made()


@cache
def _made() -> Document:
    return Document(**document(ROUTES))


ROUTES = (
    Route("GET", "/api/v1/openapi.json", None, _document, "This document", Document),
    Route("GET", "/api/v1/gates", Right.GATES, gates.all_gates, "All gates, and how they are", gates.Gates),
    Route(
        *("GET", "/api/v1/entries", Right.ENTRIES, gates.entries),
        "A day's passages, page after page, without who it was",
        gates.Entries,
        query=gates.EntryQuery,
    ),
    Route(
        *("PUT", "/api/v1/people", Right.PEOPLE, people.upsert),
        "People, new or changed; each is taken or refused by itself",
        people.TakenPeople,
        takes=people.People,
    ),
    Route(
        *("POST", "/api/v1/facts", Right.FACTS, facts.put),
        "Colours and tests; the gates know within two seconds",
        facts.TakenFacts,
        takes=facts.Facts,
    ),
    Route(
        *("POST", "/api/v1/watches", Right.WATCHES, facts.propose),
        "Isolation or a block, to be verified by a person at the console",
        Done,
        takes=facts.WatchIn,
    ),
    Route(
        *("GET", "/api/v1/cases", Right.CASES, cases.some),
        "Cases: those that are open, or all, the newest first",
        cases.Cases,
        query=cases.CaseQuery,
    ),
    Route(
        *("POST", "/api/v1/cases", Right.CASES_WRITE, cases.begin),
        "A case that no gate reported",
        Done,
        takes=cases.NewCase,
    ),
    Route("GET", "/api/v1/cases/{case}", Right.CASES, cases.one, "A case with all lines", cases.CaseOut),
    Route(
        *("POST", "/api/v1/cases/{case}/lines", Right.CASES_WRITE, cases.say),
        "Answer a case, or close it; the gate reads it",
        Done,
        takes=cases.Said,
    ),
    Route(
        *("GET", "/api/v1/notices", Right.NOTICES, notices.all_notices),
        "Notices, and which gates have read them",
        notices.Notices,
    ),
    Route(
        *("POST", "/api/v1/notices", Right.NOTICES_WRITE, notices.send),
        "A notice to all gates of a branch",
        Done,
        takes=notices.NewNotice,
    ),
    Route(
        *("DELETE", "/api/v1/notices/{notice}", Right.NOTICES_WRITE, notices.take_back),
        "Take a notice back",
        Done,
    ),
)
