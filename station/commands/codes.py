"""`station scan` and `station verify`: codes in pictures and in text, read and judged as at the gate."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from station.codes.parts import join, judged_whole, part_of
from station.codes.trustlists import TrustError
from station.commands.codewords import describe
from station.commands.listwords import say
from station.commands.result import CommandError, Exit, print_error, print_json, print_line
from station.commands.words import found_or_said, translate
from station.core.model import CodeStatus, Credential
from station.devices.camera import frames
from station.devices.decode import Reader
from station.devices.frame import Frame, SourceError
from station.devices.readers import SeenCode
from station.judge import Judge, load_judge


@dataclass(frozen=True, slots=True)
class Hit:
    """A code found in a source, for the first time there."""

    code: SeenCode
    frame: Frame
    ms: float  # spent on reading this picture or video so far


def scan(arguments: argparse.Namespace) -> Exit:
    """Decode and verify the codes in pictures or videos. Exit 1 if there is no code in any."""
    judge, found, failed = _judge(arguments), 0, 0
    for source in arguments.sources:
        try:
            for hit in hits(frames(source, unreadable=_say_unreadable)):
                found += 1
                _show_hit(hit, _path(source, hit.frame), judge, _at(arguments), as_json=arguments.json)
        except SourceError as error:
            failed += 1
            _say_unreadable(error)
    if failed:
        return Exit.ENVIRONMENT
    return found_or_said(found)


def verify(arguments: argparse.Namespace) -> Exit:
    """Verify code texts; the parts of one card as that card. Exit 1 unless all are valid."""
    judge, valid = _judge(arguments), True
    for text in join(arguments.texts):
        credential = judge(text, _at(arguments))
        if text not in arguments.texts:
            credential = judged_whole(credential)
        valid = valid and credential.status is CodeStatus.VALID
        if arguments.json:
            print_json(_fields(credential) | {"subject": credential.subject})
        else:
            print_line(describe(credential, judge.shapes, part_of(text)))
    return Exit.DONE if valid else Exit.NEGATIVE


def hits(source: Iterable[Frame]) -> Iterator[Hit]:
    """Every distinct code of every picture or video, as soon as it is read.

    A still picture comes as twelve frames; once one of them is read, the others have nothing to add.
    """
    reader, name, seen, spent = Reader(), "", set[str](), 0.0
    for frame in source:
        if frame.source != name:
            reader, name, seen, spent = Reader(), frame.source, set(), 0.0
        started = time.perf_counter()
        codes = reader.read(frame.image)
        spent += (time.perf_counter() - started) * 1000
        for code in codes:
            if code.text not in seen:
                seen.add(code.text)
                yield Hit(code, frame, spent)


def _judge(arguments: argparse.Namespace) -> Judge:
    try:
        return load_judge(arguments.data, arguments.trust)
    except TrustError as error:
        raise CommandError(translate("cli", "信任名单用不了：{}").format(say(error))) from error


def _at(arguments: argparse.Namespace) -> datetime:
    return arguments.at or datetime.now(UTC)


def _path(source: str, frame: Frame) -> str | None:
    """The file, as it was named on the command line; pictures of two folders may have one name."""
    path = Path(source)
    if path.is_dir():
        return str(path / frame.source)
    return source if path.is_file() else None


def _show_hit(hit: Hit, path: str | None, judge: Judge, at: datetime, *, as_json: bool) -> None:
    credential = judge(hit.code.text, at)
    place = {"source": hit.frame.source, "path": path, "frame": hit.frame.index}
    if as_json:
        read = {"reader": hit.code.reader, "ms": round(hit.ms, 2)}
        print_json(place | {"text": hit.code.text} | _fields(credential) | read)
    else:
        said = describe(credential, judge.shapes, part_of(hit.code.text))
        print_line(f"{path or hit.frame.source}: {said} {hit.code.text!r}")


def _fields(credential: Credential) -> dict[str, object]:
    return {
        "kind": credential.kind,
        "trust": credential.trust,
        "status": credential.status,
        "issuer": credential.issuer,
        "region": credential.region,
        "reason": credential.reason,
        "made_at": credential.made_at and credential.made_at.isoformat(),
        "valid_until": credential.valid_until and credential.valid_until.isoformat(),
    }


def _say_unreadable(error: SourceError) -> None:
    print_error(translate("cli", "{}：打不开（{}），跳过").format(error.path, error.fault))
