"""Good inputs of every parser, which fuzzing begins from: all made here, none is of a real person."""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from pathlib import Path

import cbor2
import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from station.codes import base45
from station.core.model import Reading, Site
from station.devices.thermometers import FAMILIES
from station.sync import bundle
from tests.codes import issuing

SHIPPED_SHAPES = (Path(__file__).parents[2] / "assets/codes/regional.toml").read_text("utf-8")
KEY = ec.derive_private_key(1, ec.SECP256R1())  # always the same, so that what was learned stays signed
DER = issuing.certificate(KEY)
RULE = issuing.rule()


def _lines(*documents: object) -> tuple[bytes, ...]:
    return tuple(json.dumps(document).encode() for document in documents)


CARD = json.dumps(issuing.shc_payload()).encode()
CODES = (
    issuing.gate_pass(KEY, issuing.gate_claims()),
    issuing.hcert(KEY, DER, issuing.hcert_claims()),
    issuing.shc(KEY, CARD, kid="k1"),
)
TEXTS = tuple(text.encode() for text in (*CODES, "https://s.sh.gov.cn/0123", "NZCP:/1/AAAA", "wxp://f2f"))
MESSAGES = (base45.decode(CODES[0][4:]), zlib.decompress(base45.decode(CODES[1][4:])))
COMPRESSED = (b"\1" + zlib.compress(CARD), b"\0" + zlib.compress(CARD)[2:-4])
CLAIMS = tuple(map(cbor2.dumps, (issuing.hcert_claims(), issuing.gate_claims())))
SHOWN_PARTS = (
    "\n".join(f"shc:/{n}/3/{CODES[2][5:][(n - 1) * 400 : n * 400]}" for n in (1, 2, 3)).encode(),
    b"shc:/1/2/5676\nshc:/2/2/5676\nother",
)
SHAPES = tuple(
    f"https://x\nversion='1'\n[[shape]]{shape}".encode() for shape in SHIPPED_SHAPES.split("[[shape]]")[1:]
)
RULES = _lines([RULE], {"rules": [RULE], "valueSets": {"x": ["y"]}})
LISTS = (
    *_lines(
        {
            "id": "did:web:x",
            "proof": {"created": "2022-03-01T00:00:00Z"},
            "verificationMethod": [
                {
                    "domain": {"code": "#DCC"},
                    "keyusage": {"code": "#DSC"},
                    "participant": {"code": "#UTO"},
                    "publicKeyJwk": issuing.jwk(KEY, "QUJDREVGR0g=") | {"x5c": [b64encode(DER).decode()]},
                }
            ],
        },
        {
            "time": "2022-03-01T00:00:00Z",
            "issuerInfo": [{"issuer": {"iss": "x"}, "keys": [issuing.jwk(KEY, "k")]}],
        },
        {"keys": [issuing.jwk(KEY, "k1")]},
        {"hashType": "SIGNATURE", "entries": [{"hash": "AAAAAAAAAAAAAAAAAAAAAA=="}]},
        {"kid": "k1", "method": "rid", "ctr": 1, "rids": ["card7", "card8.1636977600"]},
    ),
    *RULES,
    b64encode(DER),
    KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    *(shape.partition(b"\n")[2] for shape in SHAPES[:3]),
)
LOGIC = tuple(
    logic + b'\n{"a": "2021-06-01T00:00:00Z", "b": [1, 2], "c": "URN:UVCI:01:XX:1#A"}'
    for logic in _lines(
        {"if": [{"after": [{"plusTime": ["2021-06-01", 14, "day"]}, {"var": "a"}]}, True, {"!": [1]}]},
        {"reduce": [{"var": "b"}, {"+": [{"var": "current"}, {"var": "accumulator"}]}, 0]},
        {"in": [{"extractFromUVCI": [{"var": "c"}, 1]}, ["x"]]},
        {"not-before": [{"dccDateOfBirth": ["1950-02"]}, {"plusTime": ["1950-01-31T00:00:00Z", 1, "month"]}]},
    )
)
FRAMES = tuple(b"\x07" + family.encode(Reading(36.5, Site.OBJECT, 25.0)) * 2 for family in FAMILIES.values())
SCANNED = (b"\x3fHC1:6BF\r\n\x02\x00\x00\x01\x01\x33\x31GP1:X\n", "\x0f码\r".encode("gbk"))
TYPED = (b"\x0aGP1:6BFOXN", b"\x78hello", "\x05ＧＰ１：６".encode())

SYNC_KINDS = (
    *(bundle.Ack, bundle.Batch, bundle.Credential, bundle.Hello, bundle.HelloAnswer, bundle.Page),
    *(bundle.Push, bundle.Reconciliation, bundle.Signed),
)
_GENESIS = bundle.genesis(bytes(16), 7, b"")
_BATCH = bundle.Batch(1, bytes(16), 7, b"", 1, _GENESIS, bundle.chain(_GENESIS, [b"entry"])[-1], (b"entry",))
_ACK = bundle.Ack(1, bytes(16), 7, 1, _BATCH.last, 1, (1,), 5)
_CHAINS = (bundle.ChainAt(7, b"", 1, _BATCH.last),)
SYNC_MESSAGES = tuple(
    map(
        msgspec.msgpack.encode,
        (
            *(_BATCH, _ACK, bundle.Signed(b"payload", bytes(64))),
            bundle.Hello(1, bytes(16), "1.0", 1, "boot", 0, 0, "pc", _CHAINS, b"", (("camera", "ok"),)),
            bundle.HelloAnswer(1, bytes(16), 5, (_ACK,), alarms=("fork",)),
            bundle.Page(1, "quick", bytes(16), 0, 1, False, 5, (bundle.Item("fact", "key", 1, b"body"),)),
            bundle.Push(1, b"payload", bytes(64), bundle.Parts(b"key", (bundle.Part(1, b"sealed"),))),
        ),
    )
)
SYNC_BATCHES = (bundle.pack(bundle.Push(1, bundle.pack(_BATCH), bytes(64))),)
