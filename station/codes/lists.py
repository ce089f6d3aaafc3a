"""The lists that an admin may bring: which kind a text is, and what it says.

One form for each kind, parsed in `trustlists`, `regional` and `rules`. Where lists are kept, and which of
two is newer, belongs to the edge.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

import msgspec

from station.codes import trustlists
from station.codes.regional import RegionalShapes, ShapesError, parse_shapes
from station.codes.rules import RulesError, RuleSet, parse_rules
from station.codes.trust import RevocationList, TrustList, TrustStore
from station.codes.trustlists import TrustError

Content = TrustList | RevocationList | RegionalShapes | RuleSet

_BASE64_LINES = re.compile(r"\s*(?:[A-Za-z0-9+/]{64,}={0,2}\s+)*[A-Za-z0-9+/]{64,}={0,2}\s*")


class ListKind(StrEnum):
    """What a list is for, and in which form it is published."""

    GDHCN = "gdhcn"  # HC1 signers: the DID document of WHO's GDHCN
    CERTIFICATES = "certificates"  # HC1 signers: certificates, PEM or base64
    SHC_DIRECTORY = "shc-directory"  # SMART Health Card keys of many issuers: a VCI snapshot
    SHC_KEYS = "shc-keys"  # those of one issuer: a JWK set
    GATE_KEYS = "gate-keys"  # public keys of one issuer of gate passes, PEM
    GATE_REVOCATIONS = "gate-revocations"  # the passes that one station took back
    DCC_REVOCATIONS = "dcc-revocations"  # a batch of the EU gateway
    SHC_REVOCATIONS = "shc-revocations"  # a card revocation list
    SHAPES = "shapes"  # codes known by their looks, TOML
    RULES = "rules"  # acceptance rules


# By which fields a JSON document is told.
_FIELDS = {
    frozenset({"verificationMethod"}): ListKind.GDHCN,
    frozenset({"issuerInfo"}): ListKind.SHC_DIRECTORY,
    frozenset({"keys"}): ListKind.SHC_KEYS,
    frozenset({"station", "revokedPasses"}): ListKind.GATE_REVOCATIONS,
    frozenset({"hashType", "entries"}): ListKind.DCC_REVOCATIONS,
    frozenset({"kid", "rids"}): ListKind.SHC_REVOCATIONS,
    frozenset({"rules"}): ListKind.RULES,
}


# The field by which the rest of a list that refuses is told; what it refused is not known any more.
_TELLING = {
    ListKind.GATE_REVOCATIONS: "revokedPasses",
    ListKind.DCC_REVOCATIONS: "hashType",
    ListKind.SHC_REVOCATIONS: "rids",
    ListKind.SHC_DIRECTORY: "issuerInfo",
    ListKind.RULES: "(rules|Logic)",
}


@dataclass(frozen=True, slots=True)
class BroughtList:
    """A list that was understood. `name` tells lists of one kind apart: the same name, the same list."""

    kind: ListKind
    name: str
    as_of: datetime  # UTC
    content: Content

    @property
    def size(self) -> int:
        """How many keys, revoked codes, shapes or rules it holds."""
        match self.content:
            case TrustList(keys=keys):
                return sum(map(len, keys.values()))
            case RevocationList(handles=handles):
                return len(handles)
            case RegionalShapes(shapes=shapes):
                return len(shapes)
            case RuleSet(rules=rules):
                return len(rules)


def parse_list(text: str, *, issuer: str | None, as_of: datetime) -> BroughtList:
    """The list in a text. `as_of` (UTC) counts for the forms that hold no date of their own; `issuer`
    is needed for the keys of one issuer. Raises TrustError, which says what is wrong."""
    kind = kind_of(text)
    try:
        content = _PARSERS[kind](text, issuer, as_of)
    except (ShapesError, RulesError) as error:
        raise TrustError(str(error)) from error
    own_date = as_of if isinstance(content, RegionalShapes) else content.as_of
    return BroughtList(kind, _name(kind, text, issuer), own_date, content)


def kind_of(text: str) -> ListKind:
    """Which kind of list a text looks like. Raises TrustError when it is none."""
    kind = _kind_of_document(text) if text.lstrip()[:1] in ("{", "[") else None
    if kind:
        return kind
    if "-----BEGIN CERTIFICATE-----" in text or _BASE64_LINES.fullmatch(text):
        return ListKind.CERTIFICATES
    if "-----BEGIN PUBLIC KEY-----" in text:
        return ListKind.GATE_KEYS
    if "[[shape]]" in text:
        return ListKind.SHAPES
    raise TrustError("no list of a kind that this program knows")


def remains(text: str) -> set[ListKind]:
    """Which kinds of list a text may be the rest of: half a file from a stick that was pulled out early.

    Nothing, or the zeros that some file systems leave, may be the rest of any.
    """
    if not text.strip("\0 \t\r\n\ufeff"):
        return set(ListKind)
    return {kind for kind, field in _TELLING.items() if re.search(rf'\b{field}\\?"', text)}


def newest(lists: Iterable[BroughtList]) -> list[BroughtList]:
    """Of the lists that are the same one in several versions, given in order, the last."""
    return list({(brought.kind, brought.name): brought for brought in lists}.values())


def trust_store(lists: Iterable[BroughtList]) -> TrustStore:
    """All keys, revoked codes and rules of these lists."""
    contents = [brought.content for brought in lists]
    return TrustStore(
        tuple(content for content in contents if isinstance(content, TrustList)),
        tuple(content for content in contents if isinstance(content, RevocationList)),
        tuple(content for content in contents if isinstance(content, RuleSet)),
    )


def _kind_of_document(text: str) -> ListKind | None:
    try:
        document = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None  # a TOML file may begin with a bracket, too
    if isinstance(document, list):
        has_rules = any(isinstance(item, dict) and "Logic" in item for item in document[:1])
        return ListKind.RULES if has_rules else None
    told = (kind for fields, kind in _FIELDS.items() if fields <= document.keys())
    return next(told, None)


def _needed(issuer: str | None) -> str:
    if not issuer:
        raise TrustError("these keys do not say whose they are: name their issuer")
    return issuer


def _name(kind: ListKind, text: str, issuer: str | None) -> str:
    match kind:
        case ListKind.GDHCN:  # WHO's lists for use and for trials have different ones
            return str(msgspec.json.decode(text).get("id", ""))
        case ListKind.SHC_REVOCATIONS:
            return str(msgspec.json.decode(text)["kid"])
        case ListKind.DCC_REVOCATIONS:  # batches add up: one never takes the place of another
            return sha256(text.encode()).hexdigest()
        case ListKind.GATE_REVOCATIONS:
            return str(msgspec.json.decode(text)["station"])
        case ListKind.GATE_KEYS:
            return issuer or trustlists.gate_issuer(text) or ""
        case ListKind.CERTIFICATES | ListKind.SHC_KEYS:
            return issuer or ""
    return ""


_PARSERS: Mapping[ListKind, Callable[[str, str | None, datetime], Content]] = {
    ListKind.GDHCN: lambda text, _issuer, _date: trustlists.parse_did_document(text),
    ListKind.CERTIFICATES: lambda text, _issuer, date: trustlists.parse_certificates(text, as_of=date),
    ListKind.SHC_DIRECTORY: lambda text, _issuer, _date: trustlists.parse_shc_directory(text),
    ListKind.SHC_KEYS: lambda text, issuer, date: trustlists.parse_jwks(
        text, issuer=_needed(issuer), as_of=date
    ),
    ListKind.GATE_KEYS: lambda text, issuer, date: trustlists.parse_gate_keys(
        text, issuer=_needed(issuer or trustlists.gate_issuer(text)), as_of=date
    ),
    ListKind.GATE_REVOCATIONS: lambda text, _issuer, _date: trustlists.parse_gate_revocations(text),
    ListKind.DCC_REVOCATIONS: lambda text, _issuer, date: trustlists.parse_dcc_revocations(text, as_of=date),
    ListKind.SHC_REVOCATIONS: lambda text, _issuer, date: trustlists.parse_shc_revocations(text, as_of=date),
    ListKind.SHAPES: lambda text, _issuer, _date: parse_shapes(text),
    ListKind.RULES: lambda text, _issuer, date: parse_rules(text, as_of=date),
}
