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

# What printers and readers put around a text, and no code begins or ends with: base45 has a space, but not at
# its end. Line ends are not in it at all; who copies a long text has them. SMART Health Cards forbid both.
_AROUND = "\ufeff\r\n\t "
_WITHOUT_LINE_ENDS = str.maketrans("", "", "\r\n\t")
_BASE45 = (gatepass.PREFIX, hcert.PREFIX)

_TOO_LONG = Problem(CodeStatus.DAMAGED, "longer than any QR code")
_NO_CODE = Problem(CodeStatus.NOT_A_HEALTH_CODE, "no kind of code that this program knows")


def read_code(text: str, *, trust: TrustStore, shapes: RegionalShapes, now: datetime) -> Credential:
    """What a code text proves at `now` (aware). Never raises, whatever the text."""
    if len(text) > MAX_CHARACTERS:
        return unproved(CodeKind.OTHER, _TOO_LONG)
    text = as_printed(text)
    for prefix, kind, verify in VERIFIERS:
        if text.startswith(prefix):
            try:
                return verify(text, trust, now)
            except CodeError as error:
                return unproved(kind, error.problem)
    return shapes.recognise(text) or claim169.recognise(text) or unproved(CodeKind.OTHER, _NO_CODE)


def as_printed(text: str) -> str:
    """Without the blanks and line ends that came to it on its way: what it proves is proved of this text, so
    whose it is has to be asked by it, too.

    Nothing is guessed: a signed one has to be whole without them.
    """
    text = text.lstrip(_AROUND)
    if text.startswith(shc.PREFIX):
        return text
    return (text.translate(_WITHOUT_LINE_ENDS) if text.startswith(_BASE45) else text).rstrip(_AROUND)
