"""What is wrong with a row or a file, and how the columns are called, as an admin of a community says it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QT_TRANSLATE_NOOP

from station.commands.words import translate
from station.roster.problems import Doubt, FileTrouble, Problem, Trouble

Speak = Callable[[str, str], str]  # a text of a context in the reader's language

_TROUBLES: dict[Trouble | Doubt, object] = {
    Trouble.NAME_MISSING: QT_TRANSLATE_NOOP("cli", "没有姓名，请补上"),
    Trouble.NAME_ODD: QT_TRANSLATE_NOOP("cli", "姓名不像姓名（太长或有数字），请看看是不是填错了列"),
    Trouble.HOUSE_MISSING: QT_TRANSLATE_NOOP("cli", "没有房号，请补上，比如 3-2-501"),
    Trouble.HOUSE_IS_DATE: QT_TRANSLATE_NOOP(
        "cli", "房号被 Excel 变成了日期，请把这一列设成“文本”，重新填写"
    ),
    Trouble.CATEGORY_MISSING: QT_TRANSLATE_NOOP("cli", "没有人员类别，请补上，比如 居民、租户"),
    Trouble.CATEGORY_UNKNOWN: QT_TRANSLATE_NOOP(
        "cli", "不认识这个类别，请用：居民 租户 工作人员 快递员 访客 志愿者 物业 医护"
    ),
    Trouble.PHONE_WRONG: QT_TRANSLATE_NOOP("cli", "电话号码不对，请核对位数"),
    Trouble.ID_LOST_DIGITS: QT_TRANSLATE_NOOP(
        "cli", "身份证号被 Excel 变成了数字，后几位已经丢了，请把这一列设成“文本”，重新填写"
    ),
    Trouble.ID_OLD_FORM: QT_TRANSLATE_NOOP("cli", "15 位的老身份证号 2013 年起停用，请填 18 位的新号"),
    Trouble.ID_LENGTH: QT_TRANSLATE_NOOP("cli", "身份证号位数不对，应该是 18 位"),
    Trouble.ID_DATE: QT_TRANSLATE_NOOP("cli", "身份证号里的出生日期不存在，请核对第 7 到 14 位"),
    Trouble.ID_REGION: QT_TRANSLATE_NOOP("cli", "身份证号开头的地区不存在，请核对前 6 位"),
    Trouble.ID_CHECK: QT_TRANSLATE_NOOP("cli", "身份证号有一位写错了（最后一位对不上），请逐位核对"),
    Trouble.BIRTH_WRONG: QT_TRANSLATE_NOOP("cli", "出生日期看不懂，请写成 1990-01-31"),
    Trouble.BIRTH_NOT_OF_ID: QT_TRANSLATE_NOOP("cli", "出生日期和身份证号里的不一样，请核对"),
    Trouble.COLOUR_UNKNOWN: QT_TRANSLATE_NOOP("cli", "颜色看不懂，请写 绿、黄 或 红"),
    Trouble.TIME_WRONG: QT_TRANSLATE_NOOP("cli", "时间看不懂，请写成 2022-04-01 07:30"),
    Trouble.TIME_IN_FUTURE: QT_TRANSLATE_NOOP("cli", "时间比现在还晚，请核对"),
    Trouble.TEST_UNKNOWN: QT_TRANSLATE_NOOP("cli", "核酸结果看不懂，请写 阴性、阳性 或 未出"),
    Trouble.CODE_TAKEN: QT_TRANSLATE_NOOP("cli", "这个码已经是别人的了，请核对"),
    Trouble.CONTRADICTS_ROW: QT_TRANSLATE_NOOP("cli", "和第 {} 行是同一个人，但写得不一样，请留下对的"),
    Trouble.CONTRADICTS_ROSTER: QT_TRANSLATE_NOOP(
        "cli", "和名册对不上：这个身份证号是另一个名字，或这个人是另一个证号，请核对"
    ),
    Doubt.REPEATED: QT_TRANSLATE_NOOP("cli", "和第 {} 行重复，只算一次"),
    Doubt.GUARDIAN_UNKNOWN: QT_TRANSLATE_NOOP(
        "cli", "名册里没找到这位监护人或代办人，先照写的记下，补上电话就能对上"
    ),
    Doubt.HOUSE_ODD: QT_TRANSLATE_NOOP("cli", "房号里没有数字，先照写的记下"),
    Doubt.OCCUPATION_UNKNOWN: QT_TRANSLATE_NOOP("cli", "不认识这个职业，先照写的记下"),
}

_FILES: dict[FileTrouble, object] = {
    FileTrouble.EMPTY: QT_TRANSLATE_NOOP("cli", "文件是空的"),
    FileTrouble.ENCODING: QT_TRANSLATE_NOOP("cli", "文件的文字读不出来，请用 Excel 或 WPS 另存为 XLSX 再试"),
    FileTrouble.QUOTES: QT_TRANSLATE_NOOP("cli", "文件里的引号不成对，请用 Excel 或 WPS 另存为 XLSX 再试"),
    FileTrouble.DAMAGED: QT_TRANSLATE_NOOP(
        "cli", "文件坏了或不是表格，请用 Excel 或 WPS 打开，另存为 XLSX 再试"
    ),
    FileTrouble.TOO_LARGE: QT_TRANSLATE_NOOP(
        "cli",
        "表格太大：最多 30 万行、1000 列，远处的空格子也算；请只把名单复制到一张新表里，存好再试",
    ),
    FileTrouble.PASSWORD: QT_TRANSLATE_NOOP("cli", "文件有密码，请去掉密码另存一份再试"),
    FileTrouble.NO_HEADER: QT_TRANSLATE_NOOP(
        "cli", "没找到表头：要有一行写着 姓名 和 房号 等列名；如果身份证等列名被改过，请改回来"
    ),
}

_FIELDS: dict[str, object] = {
    "name": QT_TRANSLATE_NOOP("cli", "姓名"),
    "dwelling": QT_TRANSLATE_NOOP("cli", "房号"),
    "category": QT_TRANSLATE_NOOP("cli", "类别"),
    "phones": QT_TRANSLATE_NOOP("cli", "电话"),
    "id_number": QT_TRANSLATE_NOOP("cli", "身份证号"),
    "birth": QT_TRANSLATE_NOOP("cli", "出生日期"),
    "occupation": QT_TRANSLATE_NOOP("cli", "职业类"),
    "occupation_written": QT_TRANSLATE_NOOP("cli", "职业"),
    "guardian_written": QT_TRANSLATE_NOOP("cli", "监护人"),
    "proxy_written": QT_TRANSLATE_NOOP("cli", "代办人"),
    "note": QT_TRANSLATE_NOOP("cli", "备注"),
    "codes": QT_TRANSLATE_NOOP("cli", "健康码"),
}


def problem_words(problem: Problem, speak: Speak = translate) -> str:
    """One sentence, with the column in front if it is about one."""
    words = speak("cli", str(_TROUBLES[problem.what])).format(problem.row)
    return (
        speak("lists", "{head}：{said}").format(head=problem.column, said=words) if problem.column else words
    )


def file_words(trouble: FileTrouble, speak: Speak = translate) -> str:
    return speak("cli", str(_FILES[trouble]))


def field_words(names: set[str], speak: Speak = translate) -> str:
    """The names of changed fields, in the order of a list."""
    return speak("lists", "、").join(
        speak("cli", str(words)) for name, words in _FIELDS.items() if name in names
    )
