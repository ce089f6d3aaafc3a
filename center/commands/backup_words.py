"""Why a backup cannot be used, in the user's language."""

from __future__ import annotations

from center.result import Say


def backup_words(reason: str, say: Say) -> str:
    """What BackupError says, and what to do about it; a test looks for every text of it here."""
    damaged = say("备份坏了。请换一份备份")
    words = {
        "this is not a backup of a center": say("这不是中心的备份文件（.kkc）"),
        "the backup is damaged at its beginning": damaged,
        "this backup is sealed: its passphrase is needed": say(
            "这份备份加了密，请加上 --passphrase-file 文件"
        ),
        "wrong passphrase, or the backup is damaged": say("口令不对，或者备份坏了"),
        "the backup is damaged: its check sum differs": damaged,
        "the backup is damaged": damaged,
        "the backup is cut short": say("备份不完整：没拷完，或者 U 盘拔早了。请再拷一次，或者换一份备份"),
        "this backup is of a newer center: install that version first": say(
            "这是新版本的中心写的，请先装新版本"
        ),
        "this backup holds what this center does not know: it is of a newer one": say(
            "这是新版本的中心写的，请先装新版本"
        ),
        "a backup can only be restored into an empty database; give it a new one": say(
            "这里的数据库里已经有东西了。请恢复到一个空文件夹（--data 文件夹）或者空数据库"
        ),
    }
    return words.get(reason, reason)


def not_whole_words(say: Say) -> str:
    """Of a gate: the backup is well, what lies here is not."""
    return say(
        "{}：中心存的记录坏了一段，后面的进不了备份；旧备份别删，用最新的备份恢复到新文件夹，大门会补上"
    )
