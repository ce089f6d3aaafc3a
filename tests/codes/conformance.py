"""How far this program agrees with published test codes: a pure loop over cases.

A case is expected to be valid when none of its labels is false. What a case does not label is not
held against the program: an unlabelled date may have passed, an unlabelled key use may be wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from station.codes.parts import join
from station.codes.reading import read_code
from station.codes.regional import RegionalShapes
from station.codes.trust import TrustList, TrustStore
from station.codes.trustlists import parse_certificates, parse_jwks, parse_shc_revocations
from station.core.model import CodeStatus, Credential

_DATES = frozenset({CodeStatus.EXPIRED, CodeStatus.NOT_YET_VALID})


@dataclass(frozen=True, slots=True)
class Case:
    """One code text with the lists and the clock that it is to be judged by."""

    name: str
    text: str = field(repr=False)
    trust: TrustStore = field(repr=False)
    now: datetime
    valid: bool
    unlabelled: frozenset[CodeStatus] = frozenset()


@dataclass(frozen=True, slots=True)
class Disagreement:
    name: str
    expected_valid: bool
    got: CodeStatus
    reason: str | None


def disagreements(cases: Iterable[Case], shapes: RegionalShapes) -> list[Disagreement]:
    """The cases that this program judges differently from their label."""
    return [
        Disagreement(case.name, case.valid, credential.status, credential.reason)
        for case in cases
        for credential in [read_code(case.text, trust=case.trust, shapes=shapes, now=case.now)]
        if _accepted(credential, case) != case.valid
    ]


def _accepted(credential: Credential, case: Case) -> bool:
    return credential.status is CodeStatus.VALID or credential.status in case.unlabelled


def dgc_cases(files: Iterable[tuple[str, str]]) -> Iterator[Case]:
    """Cases of eu-digital-green-certificates/dgc-testdata, from (name, JSON text).

    The schema label is left out: real issuers break the schema, and what a certificate contains is
    judged by acceptance rules.
    """
    for name, text in files:
        document = json.loads(text)
        labels, context = document["EXPECTEDRESULTS"], document["TESTCTX"]
        now = _utc(datetime.fromisoformat(context["VALIDATIONCLOCK"]))
        listed = parse_certificates(context["CERTIFICATE"], as_of=now)
        if "EXPECTEDKEYUSAGE" not in labels:
            listed = _for_any_use(listed)
        valid = all(value for label, value in labels.items() if label != "EXPECTEDSCHEMAVALIDATION")
        unlabelled = frozenset[CodeStatus]() if "EXPECTEDEXPIRATIONCHECK" in labels else _DATES
        yield Case(name, document["PREFIX"], TrustStore((listed,)), now, valid, unlabelled)


def _for_any_use(listed: TrustList) -> TrustList:
    keys = {kid: tuple(replace(key, uses=frozenset()) for key in keys) for kid, keys in listed.keys.items()}
    return replace(listed, keys=keys)


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def shc_trust(jwks: str, revoked: Iterable[str], *, issuer: str, as_of: datetime) -> TrustStore:
    """The lists that the SMART Health Cards examples are judged by."""
    revocations = tuple(parse_shc_revocations(text, as_of=as_of) for text in revoked)
    return TrustStore((parse_jwks(jwks, issuer=issuer, as_of=as_of),), revocations)


def shc_cases(
    expectations: Iterable[dict[str, Any]], texts: dict[str, str], trust: TrustStore, now: datetime
) -> Iterator[Case]:
    """Cases of smart-on-fhir/health-cards-dev-tools whose files are code texts (digits): one card each,
    in one or several codes."""
    for expectation in expectations:
        files = expectation["files"]
        if files and texts.keys() >= set(files):
            shown = join([texts[file] for file in files])
            yield Case(expectation["name"], shown[-1], trust, now, expectation["expected"])
