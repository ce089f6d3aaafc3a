"""`center serve`: one command with nothing to configure."""

from __future__ import annotations

import argparse
import errno
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from center.addresses import best_address
from center.commands.place import (
    SERVING_FILE,
    Place,
    Serving,
    now_ms,
    open_place,
    remember_database,
    serving_alone,
)
from center.erasing import opener
from center.exports import sweep
from center.folder import how_to_type, write_file
from center.http.office import Office
from center.keys import CenterKeys
from center.patience import Door
from center.provider import Provider, ProviderError, load_provider
from center.result import CommandError, Exit, Say, print_json, print_line
from center.rounds import Rounds, steps
from center.serving import Tls, listen, run
from center.store import Projector, SqlStore
from center.webhook_url import Network
from center.webhooks import Sender
from station.core.struct_types import make_ready

_EXPORTS = "exports"  # a folder of the data's


def serve(arguments: argparse.Namespace, say: Say) -> Exit:
    """Open the center until it is told to stop."""
    make_ready()
    listener = _listen(arguments.host, arguments.port, say)
    try:
        with (
            open_place(arguments, say, begins=True) as place,
            serving_alone(arguments, say),
            _projecting(place.store, place.keys),
        ):
            place.store.database.keep_log_short()
            office = _office(place, arguments.webhook_network, say)
            _sweep(place, say)
            tls = _tls(place, arguments, say)
            named = named_host(arguments)
            url = _url(arguments, named or best_address(), listener)
            _remember(arguments, Serving(url, looked_up=not named), say)
            with _telling(office):
                run(office, listener, tls, lambda: _say_open(arguments, place.data, url, say))
    finally:
        listener.close()
    if not arguments.json:
        print_line(say("中心关好了"))
    return Exit.DONE


def _office(place: Place, own_networks: list[Network], say: Say) -> Office:
    provider = _provider(place.data, say)
    return Office(
        place.keys,
        place.store,
        now_ms=now_ms,
        mono=time.monotonic,
        provider=provider,
        files=place.data / _EXPORTS,
        own_networks=own_networks,
    )


def _sweep(place: Place, say: Say) -> None:
    try:
        sweep(place.store, place.data / _EXPORTS)
    except OSError as error:
        raise CommandError(say("数据文件夹写不了：{}（{}）").format(place.data, error.strerror)) from error


@contextmanager
def _telling(office: Office) -> Iterator[None]:
    """Webhooks are told beside the server."""
    sender = Sender(office)
    sender.start()
    try:
        yield
    finally:
        sender.stop()


def _provider(data: Path, say: Say) -> Provider | None:
    try:
        return load_provider(data)
    except (ProviderError, OSError) as error:
        raise CommandError(say("健康码接口的说明 provider.toml 有错：{}").format(error)) from error


@contextmanager
def _projecting(store: SqlStore, keys: CenterKeys) -> Iterator[None]:
    """Quarantine is read again by this version; typed rows that are missing are made, and
    the rounds are gone, beside the server."""
    store.interpret_again()
    projector = Projector(store, burst=store.burst, threads=store.database.writers)
    rounds = Rounds(store, now_ms, steps(opener(keys)))
    projector.start()
    rounds.start()
    try:
        yield
    finally:
        rounds.stop()
        projector.stop()


def _listen(host: str, port: int, say: Say) -> Door:
    try:
        return listen(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            words = say("端口 {} 已经有程序在用了（中心也许已经开着）。换一个：--port {}")
            raise CommandError(words.format(port, port + 1)) from error
        if error.errno == errno.EACCES:
            raise CommandError(
                say("没有权限用端口 {}。请用 1024 以上的：--port 8443").format(port)
            ) from error
        raise CommandError(say("地址 {} 不能用：{}").format(host or "*", error.strerror)) from error


def _tls(place: Place, arguments: argparse.Namespace, say: Say) -> Tls:
    """With --plain too: the proxy has no other certificate that gates believe."""
    tls = Tls(place.data, place.keys, frozenset(arguments.name), by_proxy=arguments.plain)
    try:
        tls.ready()
    except (OSError, ValueError) as error:
        raise CommandError(say("证书做不出来：{}").format(error)) from error
    return tls


def named_host(arguments: argparse.Namespace) -> str:
    """The admin's own name for this host goes first. 0.0.0.0 is all of its addresses, and none to type."""
    host = "" if arguments.host in ("0.0.0.0", "::") else arguments.host
    return next(iter(arguments.name), "") or host


def _url(arguments: argparse.Namespace, host: str, listener: socket.socket) -> str:
    """What a gate types."""
    scheme = "http" if arguments.plain else "https"
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"


def _remember(arguments: argparse.Namespace, serving: Serving, say: Say) -> None:
    data: Path = arguments.data
    try:
        remember_database(arguments)
        write_file(data / SERVING_FILE, msgspec.json.encode(serving))
    except OSError as error:
        raise CommandError(say("数据文件夹写不了：{}（{}）").format(data, error.strerror)) from error


def _say_open(arguments: argparse.Namespace, data: Path, url: str, say: Say) -> None:
    if arguments.json:
        print_json({"url": url, "data": str(data)})
        return
    print_line(say("中心开好了：{}").format(url))
    center = how_to_type(data)
    print_line(say("数据在 {}，请定期备份：{} backup --to U盘").format(data, center))
    if arguments.plain:
        print_line(say("没有加密（--plain）：只能放在有证书的代理后面"))
    print_line(say("接上一个大门：另开一个窗口，运行  {} station add 东门").format(center))
    print_line(say("按 Ctrl+C 关"))
