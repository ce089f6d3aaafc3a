"""Writes docs/conformance.md: how far this program agrees with what others published, and why not further.

    python -m tests.codes.conformance_report ../shared/data > docs/conformance.md

Exit code 1 if a disagreement has no reason, or a code that should fail is accepted without one.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from station.codes.reading import read_code
from station.codes.regional import RegionalShapes, parse_shapes
from station.codes.trust import TrustStore
from station.commands.codes import hits
from station.core.model import CodeStatus, Credential, Trust
from station.devices.camera import frames
from tests.codes.conformance import Case, dgc_cases, shc_cases
from tests.codes.issuing import NOW
from tests.codes.published import (
    EXPLAINED,
    SHC_DAY,
    Result,
    certlogic_results,
    dgc_files,
    qa_expectations,
    qa_store,
    rule_results,
    shc_expectations,
    shc_store,
    shc_texts,
)

SHIPPED_SHAPES = Path(__file__).parents[2] / "assets/codes/regional.toml"
PICTURES = {".png", ".jpg"}


@dataclass(frozen=True, slots=True)
class Suite:
    """One set of published cases. `why` gives the reason of a disagreement, or nothing."""

    title: str
    source: str
    asked: str
    results: list[Result]
    why: Callable[[Result], str | None] = lambda result: EXPLAINED.get(result.name)

    @property
    def disagreements(self) -> list[Result]:
        return [result for result in self.results if not result.agrees]


def suites(data: Path, shapes: RegionalShapes) -> Iterator[Suite]:
    codes = data / "codes"
    yield Suite(
        "EU DCC, texts",
        "eu-digital-green-certificates/dgc-testdata",
        "envelope, signature, key usage, dates",
        list(_judged(dgc_cases(dgc_files(codes)), shapes)),
    )
    yield Suite(
        "EU DCC, schema label",
        "the same, cases whose only fault is their content",
        "refused for their content",
        list(_schema_results(codes, shapes)),
        _why_content_is_left,
    )
    yield Suite(
        "EU DCC, pictures",
        "eu-digital-green-certificates/dcc-quality-assurance",
        "read off the picture; verified where the signer's key is public",
        list(_qa_results(codes, shapes)),
        _why_a_picture_differs,
    )
    yield Suite(
        "SMART Health Cards",
        "smart-on-fhir/health-cards and health-cards-dev-tools",
        "valid or not; single, in parts, and in pictures",
        list(_judged(_all_shc_cases(codes), shapes)),
    )
    yield Suite(
        "Formats that are named, not verified",
        "minhealthnz/nzcovidpass-spec, idpass/claim-169, WorldHealthOrganization/gdhcn-validator",
        "recognised",
        list(_named_results(codes, shapes)),
    )
    yield Suite(
        "Acceptance rules",
        "eu-digital-green-certificates/dgc-business-rules-testdata",
        "true or false",
        list(rule_results(codes)),
    )
    yield Suite(
        "CertLogic",
        "ehn-dcc-development/eu-dcc-business-rules, test suite",
        "the value of each expression",
        list(certlogic_results(codes)),
    )
    yield Suite(
        "QR pictures and photographs",
        "published test pictures of QR readers",
        "the text, within twelve frames of a picture held still",
        list(_photo_results(data / "qr")),
        _why_a_photo_is_not_read,
    )


def report(found: Iterable[Suite]) -> str:
    """The report in Markdown."""
    found = list(found)
    rows = [
        f"| {suite.title} | {len(suite.results)} | {len(suite.results) - len(suite.disagreements)} "
        f"| {suite.asked} |"
        for suite in found
    ]
    lines = [
        "# Conformance",
        "",
        "Made by `python -m tests.codes.conformance_report DATA`, not by hand. The cases are published by",
        "the makers of the formats and are not part of this project.",
        "",
        "| cases | number | agree | asked |",
        "| --- | ---: | ---: | --- |",
        *rows,
        *(line for suite in found for line in _section(suite)),
    ]
    return "\n".join(lines) + "\n"


def unexplained(found: Iterable[Suite]) -> list[Result]:
    return [result for suite in found for result in suite.disagreements if not suite.why(result)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder of test data, which holds codes/ and qr/")
    found = list(suites(parser.parse_args().data, parse_shapes(SHIPPED_SHAPES.read_text("utf-8"))))
    sys.stdout.write(report(found))
    return 1 if unexplained(found) else 0


def _section(suite: Suite) -> Iterator[str]:
    """Every disagreement with its reason, those with the same reason together."""
    yield from ("", f"## {suite.title}", "", f"Source: {suite.source}.", "")
    if not suite.disagreements:
        yield "No disagreement."
    grouped: dict[tuple[str, str, str], list[str]] = {}
    for result in suite.disagreements:
        reason = suite.why(result) or "**no reason known**"
        grouped.setdefault((result.expected, result.got, reason), []).append(result.name)
    for (expected, got, reason), names in grouped.items():
        yield f"- expected {expected}, got {got} ({len(names)}): {reason}."
        yield f"  {', '.join(f'`{name}`' for name in names)}"


def _judged(cases: Iterable[Case], shapes: RegionalShapes) -> Iterator[Result]:
    for case in cases:
        credential = read_code(case.text, trust=case.trust, shapes=shapes, now=case.now)
        valid = credential.status is CodeStatus.VALID or credential.status in case.unlabelled
        yield Result(case.name, _word(case.valid), _word(valid))


def _word(valid: bool) -> str:
    return "valid" if valid else "not valid"


def _schema_results(codes: Path, shapes: RegionalShapes) -> Iterator[Result]:
    for name, text in dgc_files(codes):
        if json.loads(text)["EXPECTEDRESULTS"].get("EXPECTEDSCHEMAVALIDATION") is False:
            cases = [case for case in dgc_cases([(name, text)]) if case.valid]
            yield from (Result(name, "not valid", result.got) for result in _judged(cases, shapes))


def _why_content_is_left(result: Result) -> str:
    return (
        "genuine, current and rightly signed, with a content that breaks the JSON schema or a value set. "
        "Real issuers break both, and verifiers are asked to be lenient (SpecialCaseHandling.md of "
        "dcc-quality-assurance); what a certificate must contain is for the acceptance rules"
    )


def _qa_results(codes: Path, shapes: RegionalShapes) -> Iterator[Result]:
    store = qa_store(codes)
    for name, expectation in qa_expectations(codes).items():
        read = _read_picture(codes / "dcc-quality-assurance" / name)
        got = {_answer(read_code(text, trust=store, shapes=shapes, now=NOW)) for text in read}
        yield Result(name, _expected_answer(expectation), " and ".join(sorted(got)) or "not read")


def _expected_answer(expectation: str) -> str:
    if "verified" not in expectation:
        return "unknown issuer"
    return "revoked" if "revoked" in expectation else "verified"


def _answer(credential: Credential) -> str:
    if credential.trust is Trust.VERIFIED and credential.status is not CodeStatus.REVOKED:
        return "verified"
    return credential.status.replace("_", " ")


def _why_a_picture_differs(result: Result) -> str | None:
    return {
        (
            "revoked",
            "verified",
        ): "its maker names it revoked; the revocation batches of the EU gateway are not "
        "public, so no list says so here",
        ("verified", "unknown issuer"): "its signer's certificate is not among the keys at hand",
    }.get((result.expected, result.got))


def _all_shc_cases(codes: Path) -> Iterator[Case]:
    folder, texts = codes / "smart-health-cards", shc_texts(codes)
    for path in folder.rglob("*"):
        if path.suffix in PICTURES:
            texts[path.name] = next(iter(_read_picture(path)), "")
    yield from shc_cases(shc_expectations(codes), texts, shc_store(codes), SHC_DAY)


def _named_results(codes: Path, shapes: RegionalShapes) -> Iterator[Result]:
    for name, text, named in _named_texts(codes):
        credential = read_code(text, trust=TrustStore(), shapes=shapes, now=NOW)
        yield Result(name, named, credential.region or credential.kind.value)


def _named_texts(codes: Path) -> Iterator[tuple[str, str, str]]:
    """Name, code text, and the name that it should be given."""
    for path in sorted((codes / "nzcp").rglob("*.txt")):
        yield path.name, path.read_text("utf-8").strip(), "nz-covid-pass"
    for path in sorted((codes / "claim169").rglob("*.json")):
        case = json.loads(path.read_text("utf-8"))
        named = "other" if case["category"] == "invalid" else "claim-169"
        yield path.name, case["qr_data"], named
    for start, named in (("DIVOC", "divoc"), ("ICAO", "vds-nc"), ("DVC", "hcert")):
        for path in sorted((codes / "who-gdhcn-validator").glob(f"{start}*.txt")):
            yield path.name, path.read_text("utf-8").strip(), named


def _photo_results(folder: Path) -> Iterator[Result]:
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    for name, known in sorted(manifest.items()):
        read = {_normal(text) for text in _read_picture(folder / name)}
        right = {_normal(text) for text in [known["expected"], *known["also_accepted"]]}
        yield Result(name, "its text", "its text" if read & right else "another text" if read else "nothing")


def _why_a_photo_is_not_read(result: Result) -> str | None:
    return "not read in twelve frames: no answer, and no wrong one" if result.got == "nothing" else None


def _read_picture(path: Path) -> list[str]:
    return [hit.code.text for hit in hits(frames(str(path)))]


def _normal(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


if __name__ == "__main__":
    sys.exit(main())
