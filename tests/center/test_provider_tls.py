"""A provider whose TLS certificate comes from a CA of its own, asked over a real socket."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Event as Flag
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from msgspec import structs

from center.provider import Found, load_provider
from tests.center.gate import NOON_MS
from tests.center.reference_provider import DESCRIPTION
from tests.patience import PATIENCE_MS
from tests.sync import roadside
from tests.sync.roadside import standing_there

ANSWER = b'{"data": {"list": [{"code": "10", "updated": "2022-04-15T13:00:00+08:00"}]}}'
_NOW = datetime.now(UTC)


class Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    def log_message(self, format: str, *args: object) -> None:
        pass


def signed(of: ec.EllipticCurvePrivateKey, name: str, by: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    """As older tools make them: no key identifiers (RFC 5280, 4.2.1.1 wants them), no key usage."""
    ca = of is by
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "省平台 CA")]))
        .public_key(of.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_NOW - timedelta(days=400))
        .not_valid_after(_NOW + timedelta(days=400))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=False)
    )
    if not ca:
        address = x509.IPAddress(ip_address("127.0.0.1"))
        builder = builder.add_extension(x509.SubjectAlternativeName([address]), critical=False)
    return builder.sign(by, SHA256())


@contextmanager
def provider_with_its_own_ca(folder: Path) -> Iterator[str]:
    """Its address. Its CA's certificate is written to FOLDER/provider.pem."""
    root, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    (folder / "provider.pem").write_bytes(signed(root, "省平台 CA", root).public_bytes(Encoding.PEM))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "theirs.pem").write_bytes(private + signed(key, "provider", root).public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "theirs.pem")
    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"https://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def described(folder: Path, address: str, ca: str) -> None:
    written = DESCRIPTION.replace("http://provider.test", address)
    written = written.replace("keep_s", f'ca = "{ca}"\nkeep_s') if ca else written
    (folder / "provider.toml").write_text(written, "utf-8")
    (folder / "provider.token").write_text("secret\n", "utf-8")


def asked(folder: Path, address: str, ca: str) -> Found:
    described(folder, address, ca)

    async def ask() -> Found:
        provider = load_provider(folder)
        assert provider
        provider.description = structs.replace(provider.description, timeout_ms=PATIENCE_MS)
        try:
            return await provider.ask("key", "code", NOON_MS)
        finally:
            await provider.close()

    return asyncio.run(ask())


def test_a_provider_with_an_older_ca_is_asked_whichever_python_the_center_has(tmp_path: Path) -> None:
    """Python 3.13 by itself refuses certificates without identifiers: an upgrade took every colour away."""
    with provider_with_its_own_ca(tmp_path) as address:
        assert asked(tmp_path, address, "provider.pem").colour == "red"


@pytest.mark.parametrize("other", ["", "stranger.pem"])
def test_a_provider_whose_ca_is_not_the_named_one_is_not_believed(tmp_path: Path, other: str) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    (tmp_path / "stranger.pem").write_bytes(signed(key, "省平台 CA", key).public_bytes(Encoding.PEM))

    with provider_with_its_own_ca(tmp_path) as address:
        assert asked(tmp_path, address, other) == Found("unreachable")


class Proxy:
    """Says yes to every tunnel (RFC 9110, 9.3.6); they end nowhere as long as the province is away."""

    def __init__(self) -> None:
        self.is_away = True

    def __call__(self, connection: socket.socket, over: Flag) -> None:
        if not self.is_away:
            roadside.tunnels(connection, over)
            return
        roadside.answers_once(connection, b"")
        over.wait()


def test_when_the_province_was_away_behind_a_proxy_its_colours_come_again_by_themselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a hundred questions in vain none was asked any more, until somebody started the center anew."""
    proxy = Proxy()
    with provider_with_its_own_ca(tmp_path) as address, standing_there(proxy, None) as way:
        monkeypatch.setenv("https_proxy", way.replace("https", "http"))
        monkeypatch.setenv("no_proxy", "")
        described(tmp_path, address, "provider.pem")

        async def ask() -> tuple[set[Found], Found]:
            provider = load_provider(tmp_path)
            assert provider
            provider.description = structs.replace(provider.description, timeout_ms=300)
            in_vain = await asyncio.gather(*(provider.ask(f"{n}", "code", NOON_MS) for n in range(100)))
            proxy.is_away = False
            provider.description = structs.replace(provider.description, timeout_ms=PATIENCE_MS)
            try:
                return set(in_vain), await provider.ask("key", "code", NOON_MS)
            finally:
                await provider.close()

        in_vain, found = asyncio.run(ask())

    assert (in_vain, found.colour) == ({Found("late")}, "red")
