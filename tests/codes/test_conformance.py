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
from tests.codes.conformance import dgc_cases, disagreements, shc_cases, shc_trust
from tests.codes.issuing import NOW, shc_digits

SHC_EXAMPLES = "https://spec.smarthealth.cards/examples/issuer"
GDHCN_DAY = datetime(2026, 8, 22, 18, 0, tzinfo=UTC)

# Labelled "key usage fails" and described as "valid, no key usage": a certificate without any use of
# its own signs everything (HCERT specification 5), so the label is at fault.
FAULTY_LABELS = {"IS/2DCode/raw/3.json"}


def dgc_files(folder: Path) -> list[tuple[str, str]]:
    return [
        (path.relative_to(folder).as_posix(), path.read_text("utf-8-sig"))
        for path in sorted(folder.rglob("*.json"))
    ]


def test_every_dgc_case_is_judged_as_labelled(codes_data: Path, shapes: RegionalShapes) -> None:
    cases = list(dgc_cases(dgc_files(codes_data / "dgc-testdata")))
    assert len(cases) > 250
    assert {case.valid for case in cases} == {True, False}
    found = [case for case in disagreements(cases, shapes) if case.name not in FAULTY_LABELS]
    assert found == []


def shc_texts(folder: Path) -> dict[str, str]:
    """Files that amount to one code: digits, or a JWS as the digits that a QR code of it holds."""
    numeric = {path.name: path.read_text("utf-8").rstrip("\r\n") for path in folder.rglob("*numeric*.txt")}
    jws = {path.name: path.read_text("utf-8").rstrip("\r\n") for path in folder.rglob("*jws*.txt")}
    for path in folder.rglob("*.smart-health-card"):
        text = path.read_text("utf-8").rstrip("\r\n")
        cards = json.loads(text)["verifiableCredential"]
        if len(cards) == 1 and text == text.strip():  # white space around a file is no matter of codes
            jws[path.name] = cards[0]
    return numeric | {name: shc_digits(text) for name, text in jws.items()}


def test_every_health_card_is_judged_as_its_makers_do(codes_data: Path, shapes: RegionalShapes) -> None:
    issuer, common = codes_data / "common/shc/issuer/.well-known", codes_data / "common/shc"
    trust = shc_trust(
        (issuer / "jwks.json").read_text("utf-8"),
        [path.read_text("utf-8") for path in (issuer / "crl").glob("*.json")],
        issuer=SHC_EXAMPLES,
        as_of=NOW,
    )
    expectations = json.loads((common / "expectations.json").read_text("utf-8"))
    now = datetime(2023, 7, 1, tzinfo=UTC)  # after the examples were signed, before one of them expires
    cases = list(shc_cases(expectations, shc_texts(codes_data / "smart-health-cards"), trust, now))
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
