"""This gate's own recordings: WAV files in a folder, spoken in whatever dialect, instead of ours."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from station.core.announce import SPOKEN
from station.judge import ASSETS
from station.ui.recording_page import Sentence


class OwnVoice:
    """`ui.recording_page.VoiceDesk`. `language` picks the texts that are read out."""

    def __init__(self, folder: Path, language: str) -> None:
        self.folder, self._language = folder, language

    def sentences(self) -> Sequence[Sentence]:
        """All that is ever said, the most frequent first."""
        file = ASSETS / "voice" / f"prompts_{self._language}.json"
        texts = json.loads(file.read_text("utf-8"))
        return [Sentence(word, texts[word], self._own(word).is_file()) for word in SPOKEN if word in texts]

    def file(self, word: str) -> Path:
        """What is played for it now."""
        own = self._own(word)
        ours = {"zh": "zh_xiaobei"}.get(self._language, "en")
        return own if own.is_file() else ASSETS / "voice" / ours / f"{word}.wav"

    def keep(self, word: str, recording: bytes) -> None:
        """Instead of what was played so far; whole or not at all. Raises OSError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        unfinished = self._own(word).with_suffix(".unfinished")
        unfinished.write_bytes(recording)
        os.replace(unfinished, self._own(word))

    def forget(self, word: str) -> None:
        """Ours again. Raises OSError."""
        self._own(word).unlink(missing_ok=True)

    def _own(self, word: str) -> Path:
        return self.folder / f"{word}.wav"
