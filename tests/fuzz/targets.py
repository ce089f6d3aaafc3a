"""What is fuzzed: one function of bytes for each parser of what strangers show, sell or publish.

A target lets through only the parser's own error; any other exception is a finding. Formats with layers have
a target for each: behind a signature that is made here, or below the compression, because no mutation would
get past those by chance. Nothing here needs atheris; `tests.fuzz` runs it, and `test_targets` without it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from math import isfinite

from station.codes import base45, cbor, certlogic, cose, cwt, keys, parts
from station.codes.certlogic import CertLogicError
from station.codes.inflate import RAW, ZLIB, inflate
from station.codes.lists import parse_list
from station.codes.reading import read_code
from station.codes.regional import ShapesError, parse_shapes
from station.codes.result import CodeError
from station.codes.rules import RulesError, parse_rules
from station.codes.signature import ES256
from station.codes.trust import TrustStore
from station.codes.trustlists import TrustError
from station.core.model import CodeStatus, Credential, Reading
from station.devices.scanners import SCANNERS
from station.devices.thermal import PICTURES
from station.devices.thermometers import FAMILIES
from station.sync import bundle
from station.sync.bundle import BundleError
from station.ui.wedge import LEAST_OF_CODE, Keystrokes
from tests.codes import issuing
from tests.codes.issuing import NOW
from tests.fuzz import seeds
from tests.fuzz.seeds import DER, KEY

SHAPES = parse_shapes(seeds.SHIPPED_SHAPES)
SAME_DOSES = {"===": [{"var": "payload.v.0.dn"}, {"var": "payload.v.0.sd"}]}
TRUST = TrustStore(
    (issuing.hcert_list(DER), issuing.shc_list(KEY, "k1"), issuing.gate_list(KEY)),
    rules=(issuing.rules(issuing.rule(SAME_DOSES)),),
)
PASS_HEADER = {1: ES256, 4: keys.gate_key_id(KEY.public_key())}
HC1_HEADER = {1: ES256, 4: keys.from_certificate(DER).kid}


@dataclass(frozen=True, slots=True)
class Target:
    """A parser, inputs to begin from, and the errors that it may raise."""

    run: Callable[[bytes], object]
    seeds: tuple[bytes, ...]
    may_raise: tuple[type[Exception], ...] = ()

    def __call__(self, data: bytes) -> None:
        with suppress(*self.may_raise):
            self.run(data)


def text_of(data: bytes) -> str:
    """Any text that a reader might hand over, halves of characters too."""
    return data.decode("utf-8", "surrogateescape")


def judge(text: str) -> Credential:
    return read_code(text, trust=TRUST, shapes=SHAPES, now=NOW)


def forged(data: bytes) -> None:
    """Nobody without the key makes a valid code that says anything else than those with one."""
    credential = judge(text_of(data))
    assert credential.status is not CodeStatus.VALID or credential in ISSUED


def two_ways(data: bytes) -> None:
    """Base45 is read in one way only."""
    text = data.decode("latin-1")
    assert base45.encode(base45.decode(text)) == text


def decompressed(data: bytes) -> None:
    inflate(data[1:], ZLIB if data[:1] == b"\1" else RAW)


def message(data: bytes) -> None:
    cwt.parse(cose.parse(data).payload)


def below_compression(prefix: str, data: bytes) -> None:
    judge(prefix + base45.encode(zlib.compress(data, 1)))


def signed_pass(payload: bytes) -> None:
    judge("GP1:" + base45.encode(issuing.cose(KEY, payload, PASS_HEADER)))


def signed_certificate(payload: bytes) -> None:
    below_compression("HC1:", issuing.cose(KEY, payload, HC1_HEADER))


def signed_card(payload: bytes) -> None:
    judge(issuing.shc(KEY, payload, kid="k1"))


def shown_parts(data: bytes) -> None:
    """One text a line, shown after each other: as many come out as went in."""
    texts = text_of(data).split("\n")
    assert len(parts.join(texts)) == len(texts)


def brought_shapes(data: bytes) -> None:
    """Shapes that an admin brought; the first line is a code that is looked at by them."""
    text, _, toml = text_of(data).partition("\n")
    parse_shapes(toml).recognise(text)


def brought_list(data: bytes) -> None:
    parse_list(text_of(data), issuer="XX", as_of=NOW)


def brought_rules(data: bytes) -> None:
    parse_rules(text_of(data), as_of=NOW).problem(issuing.DCC, "XX", NOW)


def logic(data: bytes) -> None:
    """An expression and, in the next line, what it is evaluated on."""
    expression, _, content = data.partition(b"\n")
    try:
        parsed, on = json.loads(expression), json.dumps(json.loads(content)).encode()
    except (ValueError, RecursionError):
        return
    certlogic.evaluate(certlogic.compile_expression(parsed), on)


def pieces(data: bytes) -> list[bytes]:
    """The bytes in pieces as long as the first of them says, as a serial line gives them."""
    size = data[0] % 64 + 1 if data else 1
    return [data[start : start + size] for start in range(1, len(data), size)]


def thermometers(data: bytes) -> None:
    """Every family on the same bytes."""
    for family in FAMILIES.values():
        decoder = family.decoder()
        for heard in (heard for piece in pieces(data) for heard in decoder.feed(piece)):
            assert not isinstance(heard, Reading) or isfinite(heard.value_c), family.slug


def thermal_pictures(data: bytes) -> None:
    for family in PICTURES.values():
        decoder = family.decoder()
        for piece in pieces(data):
            decoder.feed(piece)


def scanners(data: bytes) -> None:
    """Both kinds on the same bytes, with a pause after every other piece."""
    for kind in SCANNERS.values():
        decoder = kind.decoder()
        for number, piece in enumerate(pieces(data)):
            decoder.feed(piece)
            if number % 2:
                decoder.pause()


def wedge(data: bytes) -> None:
    """Keys, each as many milliseconds after the one before as the first byte says."""
    step, keystrokes = (data[0] if data else 1) / 1000, Keystrokes()
    for number, character in enumerate(text_of(data[1:])):
        if keystrokes.is_over(number * step):
            keystrokes.take()
        keystrokes.add(character, number * step)
    burst = keystrokes.take()
    assert burst.code is None or len(burst.code) >= LEAST_OF_CODE


def sync_message(data: bytes) -> None:
    """Below the compression, as every message there is."""
    for kind in seeds.SYNC_KINDS:
        with suppress(BundleError):
            bundle.unpack(zlib.compress(data, 1), kind)


def sync_batch(data: bytes) -> None:
    """A whole push, as the center meets it before it knows whose it is."""
    bundle.verify_chain(bundle.unpack(bundle.unpack(data, bundle.Push).payload, bundle.Batch))


ISSUED = [judge(code) for code in seeds.CODES]

TARGETS: Mapping[str, Target] = {
    "code": Target(forged, seeds.TEXTS),
    "base45": Target(two_ways, (seeds.TEXTS[0][4:], b"QED8WEX0"), (CodeError,)),
    "inflate": Target(decompressed, seeds.COMPRESSED, (CodeError,)),
    "cbor": Target(cbor.load_map, seeds.CLAIMS, (CodeError,)),
    "cose": Target(message, seeds.MESSAGES, (CodeError,)),
    "hc1": Target(partial(below_compression, "HC1:"), seeds.MESSAGES),
    "pass": Target(partial(below_compression, "GP1:"), seeds.MESSAGES),
    "identity": Target(partial(below_compression, ""), seeds.MESSAGES),
    "signed-hc1": Target(signed_certificate, seeds.CLAIMS),
    "signed-pass": Target(signed_pass, seeds.CLAIMS),
    "signed-card": Target(signed_card, (seeds.CARD,)),
    "parts": Target(shown_parts, seeds.SHOWN_PARTS),
    "shapes": Target(brought_shapes, seeds.SHAPES, (ShapesError,)),
    "list": Target(brought_list, seeds.LISTS, (TrustError,)),
    "rules": Target(brought_rules, seeds.RULES, (RulesError,)),
    "certlogic": Target(logic, seeds.LOGIC, (CertLogicError,)),
    "thermometers": Target(thermometers, seeds.FRAMES),
    "thermal": Target(thermal_pictures, seeds.FRAMES),
    "scanners": Target(scanners, seeds.SCANNED),
    "wedge": Target(wedge, seeds.TYPED),
    "sync-message": Target(sync_message, seeds.SYNC_MESSAGES),
    "sync-batch": Target(sync_batch, seeds.SYNC_BATCHES, (BundleError,)),
}
