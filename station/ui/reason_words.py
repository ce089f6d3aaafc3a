"""Every reason of a decision in words: for the volunteer, the next step, and for the resident."""

from __future__ import annotations

from station.core.model import ReasonCode
from station.ui import health_words, people_words, place_words
from station.ui.reason_texts import Texts

REASONS: dict[ReasonCode, Texts] = people_words.REASONS | health_words.REASONS | place_words.REASONS
