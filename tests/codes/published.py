"""Where published test cases lie in the folder of test data, and what is known about their labels.

Only tests and the conformance report look here; no test file's name is known to the program.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from station.codes.certlogic import CertLogicError, compile_expression, evaluate
from station.codes.trust import TrustStore
from station.codes.trustlists import TrustError, parse_certificates, parse_did_document
from tests.codes.conformance import shc_trust
from tests.codes.issuing import NOW, shc_digits

SHC_EXAMPLES = "https://spec.smarthealth.cards/examples/issuer"
SHC_DAY = datetime(2023, 7, 1, tzinfo=UTC)  # after the examples were signed, before one of them expires

EXPLAINED: Mapping[str, str] = {
    "IS/2DCode/raw/3.json": "labelled “key usage fails”, described as “valid, no key usage”: a certificate "
    "without any use of its own signs everything (HCERT specification 5), so the label is at fault",
    "patched reduce knows about global data": "the suite itself says “skip”: the specification only says "
    "that the original data may one day be seen inside of `reduce`",
}


@dataclass(frozen=True, slots=True)
class Result:
    """One case, what its makers expect and what this program says."""

    name: str
    expected: str
    got: str

    @property
    def agrees(self) -> bool:
        return self.expected == self.got


def dgc_files(codes: Path) -> list[tuple[str, str]]:
    """Name and text of each case of dgc-testdata."""
    folder = codes / "dgc-testdata"
    return [
        (path.relative_to(folder).as_posix(), path.read_text("utf-8-sig"))
        for path in sorted(folder.rglob("*.json"))
    ]


def shc_store(codes: Path) -> TrustStore:
    """The keys and the revocation list of the SMART Health Cards examples."""
    published = codes / "common/shc/issuer/.well-known"
    return shc_trust(
        (published / "jwks.json").read_text("utf-8"),
        [path.read_text("utf-8") for path in (published / "crl").glob("*.json")],
        issuer=SHC_EXAMPLES,
        as_of=NOW,
    )


def shc_expectations(codes: Path) -> list[dict[str, Any]]:
    expectations: list[dict[str, Any]] = json.loads(
        (codes / "common/shc/expectations.json").read_text("utf-8")
    )
    return expectations


def shc_texts(codes: Path) -> dict[str, str]:
    """Files that amount to one code: digits, or a JWS as the digits that a QR code of it holds."""
    folder = codes / "smart-health-cards"
    numeric = {path.name: path.read_text("utf-8").rstrip("\r\n") for path in folder.rglob("*numeric*.txt")}
    jws = {path.name: path.read_text("utf-8").rstrip("\r\n") for path in folder.rglob("*jws*.txt")}
    for path in folder.rglob("*.smart-health-card"):
        text = path.read_text("utf-8").rstrip("\r\n")
        cards = json.loads(text)["verifiableCredential"]
        if len(cards) == 1 and text == text.strip():  # white space around a file is no matter of codes
            jws[path.name] = cards[0]
    return numeric | {name: shc_digits(text) for name, text in jws.items()}


def qa_store(codes: Path) -> TrustStore:
    """Keys for dcc-quality-assurance: the signers shown by dgc-testdata, and the GDHCN's list for trials."""
    uat = parse_did_document((codes / "common/trust/gdhcn_uat_did.json").read_text("utf-8"))
    return TrustStore((uat, *chain.from_iterable(map(_signers, dgc_files(codes)))))


def _signers(file: tuple[str, str]) -> Iterator[Any]:
    try:
        yield parse_certificates(json.loads(file[1])["TESTCTX"]["CERTIFICATE"], as_of=NOW)
    except TrustError:
        return  # some cases show a certificate that is broken on purpose


def qa_expectations(codes: Path) -> dict[str, str]:
    """What is known of each picture of dcc-quality-assurance: whether its signer's key is public."""
    with (codes / "manifest.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["dataset"] == "dcc-quality-assurance"]
    return {row["file"]: row["expectation"] for row in rows if row["expectation"]}


def rule_results(codes: Path) -> Iterator[Result]:
    """The tests of dgc-business-rules-testdata."""
    for rule in sorted((codes / "dgc-business-rules").rglob("rule.json")):
        logic = json.loads(rule.read_text("utf-8"))["Logic"]
        for path in sorted((rule.parent / "tests").glob("*.json")):
            test = json.loads(path.read_text("utf-8"))
            data = {"payload": test["payload"], "external": test["external"]}
            yield _result(f"{rule.parent.name} {path.stem}", logic, data, test["expected"])


def certlogic_results(codes: Path) -> Iterator[Result]:
    """The assertions of the CertLogic test suite."""
    for path in sorted((codes / "certlogic-testsuite").glob("*.json")):
        for case in json.loads(path.read_text("utf-8"))["cases"]:
            for assertion in case["assertions"]:
                logic = assertion.get("certLogicExpression", case.get("certLogicExpression"))
                yield _result(case["name"], logic, assertion["data"], assertion["expected"])


def _result(name: str, logic: object, data: object, expected: object) -> Result:
    try:
        got = evaluate(compile_expression(logic), json.dumps(data).encode())
    except CertLogicError as error:
        return Result(name, json.dumps(expected), str(error))
    return Result(name, json.dumps(expected), json.dumps(got))
