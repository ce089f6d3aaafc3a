"""The daily log as CSV: UTF-8 with a byte order mark, without which Excel takes it for something else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import BinaryIO

from station.reports.log_claims import MARK, Claims, encode
from station.reports.log_lines import line_of
from station.reports.log_table import Row

_BOM = b"\xef\xbb\xbf"


def write_csv(
    file: BinaryIO, headers: Iterable[str], pages: Iterable[Sequence[Row]], claims: Callable[[str], Claims]
) -> Claims:
    """Write it all; `claims` is asked at the end, with the hash of the rows' lines, and comes back."""
    content = sha256()
    file.write(_BOM + line_of(headers).encode())
    for rows in pages:
        chunk = "".join(rows).encode()
        content.update(chunk)
        file.write(chunk)
    made = claims(content.hexdigest())
    file.write(line_of([MARK, encode(made)]).encode())
    return made
