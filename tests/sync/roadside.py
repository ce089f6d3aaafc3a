"""What may stand where the center should be: servers on loopback, each with one bad habit. All speak TLS."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Habit = Callable[[socket.socket, Event], None]


@dataclass(frozen=True)
class Authority:
    """A CA with one server certificate."""

    ca_pem: str
    ca_der: bytes
    server: ssl.SSLContext


def authority(
    folder: Path,
    name: str = "center",
    *,
    begin: datetime = datetime(2026, 1, 1, tzinfo=UTC),
    days: int = 3650,
) -> Authority:
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name} CA")])
    ca = _certificate(ca_name, ca_key, ca_name, ca_key, begin, days, ca=True)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    server = _certificate(subject, key, ca_name, ca_key, begin, days, ca=False)
    file = folder / f"{name}.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + server.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    pem = ca.public_bytes(serialization.Encoding.PEM).decode()
    return Authority(pem, ca.public_bytes(serialization.Encoding.DER), context)


def _certificate(
    subject: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    begin: datetime,
    days: int,
    *,
    ca: bool,
) -> x509.Certificate:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .sign(issuer_key, hashes.SHA256())
    )


@contextmanager
def standing_there(habit: Habit, context: ssl.SSLContext | None) -> Iterator[str]:
    """A server that does to every connection what its habit is; gives its address as a URL."""
    over, listening = Event(), socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.1)

    def serve() -> None:
        while not over.is_set():
            try:
                connection, _ = listening.accept()
            except TimeoutError:
                continue
            Thread(target=_one, args=(habit, connection, context, over), daemon=True).start()

    thread = Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"https://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        over.set()
        thread.join()
        listening.close()


def _one(habit: Habit, connection: socket.socket, context: ssl.SSLContext | None, over: Event) -> None:
    try:
        with context.wrap_socket(connection, server_side=True) if context else connection as speaking:
            habit(speaking, over)
    except OSError:
        connection.close()  # the station went away


def answers(status: str, body: bytes = b"", *headers: str) -> Habit:
    """Says this to every request, whatever it is."""

    def habit(connection: socket.socket, over: Event) -> None:
        _hear(connection)
        lines = (f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers, "", "")
        connection.sendall("\r\n".join(lines).encode() + body)

    return habit


def says_nothing(connection: socket.socket, over: Event) -> None:
    _hear(connection)
    over.wait()


def drips(connection: socket.socket, over: Event) -> None:
    """One byte of a header at a time, for ever."""
    _hear(connection)
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while not over.wait(0.02):
        connection.sendall(b"a")


def holds_still(connection: socket.socket, over: Event) -> None:
    over.wait()


def drips_a_handshake(connection: socket.socket, over: Event) -> None:
    """A record of TLS that never ends (RFC 8446, 5.1)."""
    connection.sendall(b"\x16\x03\x03\x40\x00\x02")
    while not over.wait(0.02):
        connection.sendall(b"\0")


def answers_once(connection: socket.socket, body: bytes) -> None:
    """And leaves the connection open."""
    _hear(connection)
    connection.sendall(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)


def talks_nonsense(connection: socket.socket, over: Event) -> None:
    _hear(connection)
    connection.sendall(b"\x00\xffSSH-2.0-hello\r\n\r\n")


def hangs_up(connection: socket.socket, over: Event) -> None:
    _hear(connection)


def hangs_up_in_the_middle(connection: socket.socket, over: Event) -> None:
    _hear(connection)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of")


def tunnels(connection: socket.socket, over: Event) -> None:
    """A proxy: to wherever it is told (RFC 9110, 9.3.6)."""
    place = _hear(connection).split()[1].decode()
    host, _, port = place.rpartition(":")
    with socket.create_connection((host, int(port))) as there:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        back = Thread(target=_pass_on, args=(there, connection), daemon=True)
        back.start()
        _pass_on(connection, there)
        back.join()


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    try:
        while some := one.recv(65536):
            other.sendall(some)
        other.shutdown(socket.SHUT_WR)
    except OSError:
        other.close()  # one of them went away


def _hear(connection: socket.socket) -> bytes:
    heard = b""
    while b"\r\n\r\n" not in heard:
        more = connection.recv(65536)
        if not more:
            return heard
        heard += more
    return heard
