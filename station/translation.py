"""What the program says in the language that is spoken now, without loading Qt where nothing else needs it.

Chinese is in the source. Another language comes from a translator that was installed in Qt's application:
where Qt was not even loaded there is none. A command that does without Qt is 18 MB smaller and starts sooner.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """The text itself, which is translated where it is said."""
    return text


def translate(context: str, text: str, disambiguation: str | None = None) -> str:
    """The text in the language of Qt's translator, if there is one."""
    qt = sys.modules.get("PySide6.QtCore")
    said: str = qt.QCoreApplication.translate(context, text, disambiguation) if qt else text
    return said


def listed(parts: Iterable[str]) -> str:
    """One after the other, as the language lists things: 张伟、李红; in Latin letters with a comma."""
    return translate("lists", "、").join(parts)


def stated(head: str, said: str) -> str:
    """What it is about, then what is said of it."""
    return translate("lists", "{head}：{said}").format(head=head, said=said)
