"""The judge of code texts, with the lists that this station holds.

Here files are read (shapes from `assets`, trust lists from DATA/trust, the keys of this station's own passes
from its journal); what they mean is for `station.codes` to say. A list that cannot be used is named and left
out: the gate goes on with the others, and codes that need it come out as "cannot check", also those that a
list of revoked ones or of rules that cannot be read might refuse.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from station.assets import ASSETS as ASSETS
from station.codes.lists import BroughtList, ListKind, newest, trust_store
from station.codes.reading import read_code
from station.codes.regional import RegionalShapes, parse_shapes
from station.codes.trust import RevocationList, TrustStore
from station.codes.trustlists import parse_gate_keys
from station.core.model import CodeKind, CodeStatus, Credential, Trust
from station.journal.errors import JournalError, NoJournalError
from station.journal.passes import PassTrust, read_pass_trust
from station.trustfolder import TrustFolder, read_published

log = logging.getLogger(__name__)

# Lists that refuse: without one, a code of this kind that is revoked would pass for a good one. The directory
# of health cards says both who signs and which cards were taken back.
_REFUSING = {
    ListKind.GATE_REVOCATIONS: CodeKind.GATE_PASS,
    ListKind.DCC_REVOCATIONS: CodeKind.HCERT,
    ListKind.SHC_REVOCATIONS: CodeKind.SHC,
    ListKind.SHC_DIRECTORY: CodeKind.SHC,
    ListKind.RULES: CodeKind.HCERT,
}


@dataclass(frozen=True, slots=True)
class Judge:
    """Says what a code text proves, at a time that is passed in."""

    trust: TrustStore
    shapes: RegionalShapes
    sure: TrustStore | None = None  # without the kinds of which a list that refuses cannot be read
    unusable: int = 0  # so many lists of DATA/trust cannot be read

    def __call__(self, text: str, now: datetime) -> Credential:
        credential = read_code(text, trust=self.trust, shapes=self.shapes, now=now)
        if self.sure is None or credential.status is not CodeStatus.VALID:
            return credential  # what another list refuses is refused
        return read_code(text, trust=self.sure, shapes=self.shapes, now=now)

    def verified(self, text: str) -> bool:
        """A signature vouches for this text now, so one frame of it is enough (design section 5)."""
        credential = self(text, datetime.now(UTC))
        return credential.trust is Trust.VERIFIED and credential.status is CodeStatus.VALID


class LiveJudge:
    """The judge of a gate at work: its lists may be read anew while others ask it from their threads."""

    def __init__(self, folder: Path) -> None:
        """The judge with all lists in DATA/trust and the passes of DATA's journal."""
        self._folder = folder
        self._judge = load_judge(folder)

    def reload(self) -> None:
        """Passes were issued or taken back, or a list was brought: from now on it counts."""
        self._judge = load_judge(self._folder)

    def __call__(self, text: str, now: datetime) -> Credential:
        return self._judge(text, now)

    def verified(self, text: str) -> bool:
        return self._judge.verified(text)

    @property
    def unusable(self) -> int:
        """So many lists cannot be read: codes that need them cannot be checked."""
        return self._judge.unusable

    def is_revoked(self, pass_id: str) -> bool:
        """Whether this gate pass is taken back, by its number in hexadecimal."""
        return self._judge.trust.revoked(CodeKind.GATE_PASS, [bytes.fromhex(pass_id)])


def load_judge(folder: Path, extra: Iterable[Path] = ()) -> Judge:
    """The judge with all lists in DATA/trust, and with further files. Raises TrustError for those only."""
    trust_folder = TrustFolder(folder)
    usable, unusable = trust_folder.sorted_out()
    lists = newest([*usable, *(read_published(path).read() for path in extra)])
    lost = {kind for id in unusable for kind in trust_folder.kinds(id)}
    own, now, trust = _own_passes(folder), datetime.now(UTC), trust_store(lists)
    sure = _with_own_passes(_without_doubtful(trust, lost), own, now) if lost else None
    return Judge(_with_own_passes(trust, own, now), _shapes(lists), sure, len(unusable))


def _without_doubtful(trust: TrustStore, lost: Iterable[ListKind]) -> TrustStore:
    """No keys of a kind of which a list that refuses cannot be read: nothing of it can be said to be good."""
    doubtful = {_REFUSING[kind] for kind in lost if kind in _REFUSING}
    return replace(trust, lists=tuple(listed for listed in trust.lists if listed.kind not in doubtful))


def _shapes(lists: Iterable[BroughtList]) -> RegionalShapes:
    """Those that an admin brought, or else those of this release."""
    brought = (item.content for item in lists if isinstance(item.content, RegionalShapes))
    shipped = ASSETS / "codes" / "regional.toml"
    return next(brought, None) or parse_shapes(shipped.read_text(encoding="utf-8"))


def _own_passes(folder: Path) -> PassTrust:
    """The keys and revocations of the passes issued here; none if the journal cannot be read."""
    try:
        return read_pass_trust(folder)
    except NoJournalError:
        return PassTrust()
    except JournalError as error:
        log.warning("own passes cannot be checked: %s", error)
        return PassTrust()


def _with_own_passes(trust: TrustStore, own: PassTrust, now: datetime) -> TrustStore:
    """Read just now, so that they are as fresh as can be, however old the newest key is."""
    keys = (parse_gate_keys(key.pem, issuer=key.name, as_of=now) for key in own.keys)
    revoked = RevocationList(CodeKind.GATE_PASS, now, dict.fromkeys(own.revoked))
    return replace(trust, lists=(*trust.lists, *keys), revocations=(*trust.revocations, revoked))
