"""The judge of code texts, with the lists that this station holds.

Here files are read (shapes from `assets`, trust lists from DATA/trust); what they mean is for `station.codes`
to say. A list that cannot be used is named and left out: the gate goes on with the others, and codes that
need it come out as "cannot check".
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from station.codes.reading import read_code
from station.codes.regional import RegionalShapes, parse_shapes
from station.codes.trust import TrustList, TrustStore
from station.codes.trustlists import TrustError, parse_did_document
from station.core.model import CodeStatus, Credential, Trust

ASSETS = Path(__file__).parents[1] / "assets"
TRUST_FOLDER = "trust"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Judge:
    """Says what a code text proves, at a time that is passed in."""

    trust: TrustStore
    shapes: RegionalShapes

    def __call__(self, text: str, now: datetime) -> Credential:
        return read_code(text, trust=self.trust, shapes=self.shapes, now=now)

    def verified(self, text: str) -> bool:
        """A signature vouches for this text now, so one frame of it is enough (design section 5)."""
        credential = self(text, datetime.now(UTC))
        return credential.trust is Trust.VERIFIED and credential.status is CodeStatus.VALID


def load_judge(folder: Path, extra: Iterable[Path] = ()) -> Judge:
    """The judge with all lists in DATA/trust, and with further files. Raises TrustError for those only."""
    lists = [*_usable(sorted((folder / TRUST_FOLDER).glob("*.json"))), *map(read_trust_list, extra)]
    shapes = parse_shapes((ASSETS / "codes" / "regional.toml").read_text(encoding="utf-8"))
    return Judge(replace(TrustStore(), lists=tuple(lists)), shapes)


def read_trust_list(path: Path) -> TrustList:
    """A trust list in a file: a WHO GDHCN DID document. Raises TrustError."""
    try:
        return parse_did_document(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise TrustError(str(error)) from error


def _usable(paths: Iterable[Path]) -> Iterator[TrustList]:
    for path in paths:
        try:
            yield read_trust_list(path)
        except TrustError as error:
            log.warning("trust list %s left out: %s", path.name, error)
