"""How the starts of a gate's window went: three that ended badly within five minutes make it manual-only.

Kept in DATA/starts.json, which holds times and nothing else. A start that was cut off with the PC itself is
no crash of ours: another boot has another id.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from station.journal.durable import make_folder, write_file

FILE_NAME = "starts.json"
MOST, WITHIN = 3, timedelta(minutes=5)
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")  # Linux, random(4)

log = logging.getLogger(__name__)


class _Kept(msgspec.Struct, frozen=True):
    running_in: str | None = None  # the boot in which a window is open, or ended without a word
    crashes: tuple[datetime, ...] = ()  # UTC, when they were noticed


def this_boot() -> str:
    """The same until the PC starts anew; "" where nobody says it."""
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError as error:
        log.info("no boot id: %s", error)
        return ""


class Starts:
    """One window's. `begin` at its start, `end` when it ends as it should."""

    def __init__(
        self,
        data: Path,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        boot: Callable[[], str] = this_boot,
    ) -> None:
        self._path, self._now, self._boot = data / FILE_NAME, now, boot
        self._kept = _Kept()

    def begin(self) -> bool:
        """Whether it has crashed so often that this start should do without devices."""
        before, now, boot = self._load(), self._now(), self._boot()
        crashes = [at for at in before.crashes if timedelta(0) <= now - at < WITHIN]
        if before.running_in == boot:
            crashes.append(now)
            log.warning("the last start crashed, %d in %s", len(crashes), WITHIN)
        self._save(_Kept(boot, tuple(crashes)))
        return len(crashes) >= MOST

    def end(self) -> None:
        self._save(msgspec.structs.replace(self._kept, running_in=None))

    def forgive(self) -> None:
        """An admin has looked into it: count anew."""
        self._save(msgspec.structs.replace(self._kept, crashes=()))

    def _load(self) -> _Kept:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=_Kept)
        except FileNotFoundError:
            return _Kept()
        except (OSError, msgspec.DecodeError) as error:
            log.warning("starts not readable, counting anew: %s", type(error).__name__)
            return _Kept()

    def _save(self, kept: _Kept) -> None:
        self._kept = kept
        try:
            make_folder(self._path.parent)
            write_file(self._path, msgspec.json.encode(kept))
        except OSError as error:  # the journal says what is wrong with the folder
            log.warning("starts not kept: %s", error)
