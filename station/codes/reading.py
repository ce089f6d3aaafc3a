"""The way in: any code text becomes a Credential. Total, pure, and the clock is passed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from station.codes import claim169, gatepass, hcert, shc
from station.codes.regional import RegionalShapes
from station.codes.result import CodeError, Problem, unproved
from station.codes.trust import TrustStore
from station.core.model import CodeKind, CodeStatus, Credential

MAX_CHARACTERS = 8_000  # a QR code holds 7,089 digits at most (ISO/IEC 18004, version 40-L)

_Verifier = Callable[[str, TrustStore, datetime], Credential]

# Formats with a signature, known by their prefix. What none of them claims is looked at by shape,
# then opened as an identity code without prefix, and else is no code that we know.
VERIFIERS: tuple[tuple[str, CodeKind, _Verifier], ...] = (
    (gatepass.PREFIX, CodeKind.GATE_PASS, gatepass.read),
    (hcert.PREFIX, CodeKind.HCERT, hcert.read),
    (shc.PREFIX, CodeKind.SHC, shc.read),
)

_TOO_LONG = Problem(CodeStatus.DAMAGED, "longer than any QR code")
_NO_CODE = Problem(CodeStatus.NOT_A_HEALTH_CODE, "no kind of code that this program knows")


def read_code(text: str, *, trust: TrustStore, shapes: RegionalShapes, now: datetime) -> Credential:
    """What a code text proves at `now` (aware). Never raises, whatever the text."""
    if len(text) > MAX_CHARACTERS:
        return unproved(CodeKind.OTHER, _TOO_LONG)
    for prefix, kind, verify in VERIFIERS:
        if text.startswith(prefix):
            try:
                return verify(text, trust, now)
            except CodeError as error:
                return unproved(kind, error.problem)
    return shapes.recognise(text) or claim169.recognise(text) or unproved(CodeKind.OTHER, _NO_CODE)
