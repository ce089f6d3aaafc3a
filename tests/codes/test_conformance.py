"""Published test codes of the formats' own makers, judged as their makers label them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from station.codes.reading import read_code
from station.codes.regional import RegionalShapes
from station.codes.trust import TrustStore
from station.codes.trustlists import TrustError, parse_did_document, parse_jwks
from station.core.model import CodeKind, CodeStatus
from tests.codes.conformance import dgc_cases, disagreements, shc_cases
from tests.codes.conformance_report import suites, unexplained
from tests.codes.issuing import NOW
from tests.codes.published import (
    EXPLAINED,
    SHC_DAY,
    SHC_EXAMPLES,
    certlogic_results,
    dgc_files,
    rule_results,
    shc_expectations,
    shc_store,
    shc_texts,
)

GDHCN_DAY = datetime(2026, 8, 22, 18, 0, tzinfo=UTC)


def test_every_dgc_case_is_judged_as_labelled(codes_data: Path, shapes: RegionalShapes) -> None:
    cases = list(dgc_cases(dgc_files(codes_data)))
    assert len(cases) > 250
    assert {case.valid for case in cases} == {True, False}
    found = [case for case in disagreements(cases, shapes) if case.name not in EXPLAINED]
    assert found == []


def test_every_health_card_is_judged_as_its_makers_do(codes_data: Path, shapes: RegionalShapes) -> None:
    trust, expectations = shc_store(codes_data), shc_expectations(codes_data)
    cases = list(shc_cases(expectations, shc_texts(codes_data), trust, SHC_DAY))
    assert len(cases) > 20
    assert disagreements(cases, shapes) == []


def test_new_zealand_passes_are_named(codes_data: Path, shapes: RegionalShapes) -> None:
    texts = [path.read_text("utf-8").strip() for path in (codes_data / "nzcp").rglob("*.txt")]
    assert texts
    for text in texts:
        credential = read_code(text, trust=TrustStore(), shapes=shapes, now=NOW)
        assert (credential.kind, credential.region) == (CodeKind.OTHER_HEALTH, "nz-covid-pass")


@pytest.mark.parametrize(
    ("name", "kind", "region"),
    [
        ("DVCTest2QR.txt", CodeKind.HCERT, None),
        ("DIVOCJamaicaContents.txt", CodeKind.OTHER_HEALTH, "divoc"),
        ("ICAOAUQR1Contents.txt", CodeKind.OTHER_HEALTH, "vds-nc"),
        ("ICAOJPQR1Contents.txt", CodeKind.OTHER_HEALTH, "vds-nc"),
    ],
)
def test_samples_of_the_who_validator_are_named(
    codes_data: Path, shapes: RegionalShapes, name: str, kind: CodeKind, region: str | None
) -> None:
    text = (codes_data / "who-gdhcn-validator" / name).read_text("utf-8").strip()
    credential = read_code(text, trust=TrustStore(), shapes=shapes, now=NOW)
    assert (credential.kind, credential.region) == (kind, region)


def test_identity_codes_are_named_encrypted_or_not(codes_data: Path, shapes: RegionalShapes) -> None:
    for path in (codes_data / "claim169").rglob("*.json"):
        case = json.loads(path.read_text("utf-8"))
        credential = read_code(case["qr_data"], trust=TrustStore(), shapes=shapes, now=NOW)
        named = credential.region == "claim-169"
        assert named == (case["category"] != "invalid"), path.name
        assert credential.status is not CodeStatus.VALID


def test_the_published_gdhcn_list_is_read_whole(codes_data: Path) -> None:
    listed = parse_did_document((codes_data / "common/trust/gdhcn_prod_did.json").read_text("utf-8"))
    keys = [key for group in listed.keys.values() for key in group]
    assert (len(keys), listed.unreadable) == (438, ())  # the document signers among its 501 keys
    assert listed.as_of.date() == GDHCN_DAY.date()
    finnish = [key for key in keys if key.issuer == "FIN"]
    assert any(key.uses for key in finnish)  # their certificates are not strict DER


@pytest.mark.parametrize("name", ["wrong_curve_key.json"])
def test_an_unusable_health_card_key_is_refused(codes_data: Path, name: str) -> None:
    text = (codes_data / "smart-health-cards/dev-tools" / name).read_text("utf-8")
    with pytest.raises(TrustError):
        parse_jwks(text, issuer=SHC_EXAMPLES, as_of=NOW)


def test_every_published_business_rule_decides_as_its_makers_say(codes_data: Path) -> None:
    results = list(rule_results(codes_data))
    assert len(results) > 600
    assert [result for result in results if not result.agrees] == []


def test_the_certlogic_suite_is_passed(codes_data: Path) -> None:
    """But for what the suite itself skips."""
    results = list(certlogic_results(codes_data))
    assert len(results) > 100
    assert {result.name for result in results if not result.agrees} <= EXPLAINED.keys()


@pytest.mark.slow
def test_every_disagreement_has_a_reason(codes_data: Path, shapes: RegionalShapes) -> None:
    """What docs/conformance.md says of itself."""
    found = list(suites(codes_data.parent, shapes))
    assert all(suite.results for suite in found)
    assert unexplained(found) == []
