"""A sentence for the volunteer and the next step, for every reason of a decision."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from station.core.model import ReasonCode

Pair = tuple[object, object]  # as QT_TRANSLATE_NOOP returns its texts; the step of a PASS is in `farewell`

REASONS: dict[ReasonCode, Pair] = {
    ReasonCode.CODE_VALID: (QT_TRANSLATE_NOOP("words", "码有效"), ""),
    ReasonCode.CODE_NOT_FRESH: (
        QT_TRANSLATE_NOOP("words", "这个码不是刚打开的，可能是截图"),
        QT_TRANSLATE_NOOP("words", "请他刷新健康码，再亮一次"),
    ),
    ReasonCode.SAME_WAY_AGAIN: (
        QT_TRANSLATE_NOOP("words", "这个码刚才已经过了一次"),
        QT_TRANSLATE_NOOP("words", "请问他：出去过吗？是本人的码吗？"),
    ),
    ReasonCode.CODE_EXPIRED: (
        QT_TRANSLATE_NOOP("words", "这个码过期了"),
        QT_TRANSLATE_NOOP("words", "请他刷新健康码，再亮一次"),
    ),
    ReasonCode.CODE_NOT_YET_VALID: (
        QT_TRANSLATE_NOOP("words", "这个码还没到生效的时候"),
        QT_TRANSLATE_NOOP("words", "请看码上的日期；拿不准就问社区"),
    ),
    ReasonCode.CODE_REVOKED: (
        QT_TRANSLATE_NOOP("words", "这张出入证作废了"),
        QT_TRANSLATE_NOOP("words", "请他到社区补办新证"),
    ),
    ReasonCode.CODE_WRONG_USE: (
        QT_TRANSLATE_NOOP("words", "这个码不能在这里用"),
        QT_TRANSLATE_NOOP("words", "请他换健康码或本门的出入证"),
    ),
    ReasonCode.CODE_BAD_SIGNATURE: (
        QT_TRANSLATE_NOOP("words", "这个码可能是假的"),
        QT_TRANSLATE_NOOP("words", "请他稍等，打电话问社区"),
    ),
    ReasonCode.CODE_UNKNOWN_ISSUER: (
        QT_TRANSLATE_NOOP("words", "不认识发这个码的单位"),
        QT_TRANSLATE_NOOP("words", "请看证件，再打电话问社区"),
    ),
    ReasonCode.CODE_DAMAGED: (
        QT_TRANSLATE_NOOP("words", "码不完整，读不出来"),
        QT_TRANSLATE_NOOP("words", "请他把屏幕擦净调亮，再亮一次"),
    ),
    ReasonCode.CODE_CANNOT_CHECK: (
        QT_TRANSLATE_NOOP("words", "本机查不了这个码"),
        QT_TRANSLATE_NOOP("words", "请看他手机上的颜色，再按 F6"),
    ),
    ReasonCode.CODE_NOT_A_HEALTH_CODE: (
        QT_TRANSLATE_NOOP("words", "这不是健康码"),
        QT_TRANSLATE_NOOP("words", "请他打开健康码，再亮一次"),
    ),
    ReasonCode.CODE_MISSING: (
        QT_TRANSLATE_NOOP("words", "没有亮码"),
        QT_TRANSLATE_NOOP("words", "请看身份证或出入证，问住几号楼"),
    ),
    ReasonCode.PERSON_KNOWN: (QT_TRANSLATE_NOOP("words", "本小区的人"), ""),
    ReasonCode.PERSON_UNKNOWN: (
        QT_TRANSLATE_NOOP("words", "名单里没有这个人"),
        QT_TRANSLATE_NOOP("words", "请问找哪一家，打电话核实"),
    ),
    ReasonCode.PERSON_VOUCHED: (
        QT_TRANSLATE_NOOP("words", "志愿者认识，本小区的"),
        QT_TRANSLATE_NOOP("words", "请看证件，打电话问社区"),
    ),
    ReasonCode.COLOUR_GREEN: (QT_TRANSLATE_NOOP("words", "绿码"), ""),
    ReasonCode.COLOUR_YELLOW: (
        QT_TRANSLATE_NOOP("words", "黄码"),
        QT_TRANSLATE_NOOP("words", "请他到旁边等，打电话问社区"),
    ),
    ReasonCode.COLOUR_RED: (
        QT_TRANSLATE_NOOP("words", "红码"),
        QT_TRANSLATE_NOOP("words", "请他站住别动，马上打电话给社区"),
    ),
    ReasonCode.COLOUR_STALE: (
        QT_TRANSLATE_NOOP("words", "健康码的颜色太旧了"),
        QT_TRANSLATE_NOOP("words", "请看他手机上的颜色，再按 F6"),
    ),
    ReasonCode.COLOUR_MISSING: (
        QT_TRANSLATE_NOOP("words", "不知道健康码的颜色"),
        QT_TRANSLATE_NOOP("words", "请看他手机上的颜色，再按 F6"),
    ),
    ReasonCode.TEMPERATURE_NORMAL: (QT_TRANSLATE_NOOP("words", "体温正常"), ""),
    ReasonCode.TEMPERATURE_HIGH: (
        QT_TRANSLATE_NOOP("words", "体温偏高"),
        QT_TRANSLATE_NOOP("words", "请他到旁边坐 5 分钟，再测一次"),
    ),
    ReasonCode.TEMPERATURE_TOO_LOW: (
        QT_TRANSLATE_NOOP("words", "额头太冷，没测准"),
        QT_TRANSLATE_NOOP("words", "请他暖和一下，改测手腕或脖子"),
    ),
    ReasonCode.TEMPERATURE_IMPLAUSIBLE: (
        QT_TRANSLATE_NOOP("words", "体温读数不对"),
        QT_TRANSLATE_NOOP("words", "请擦净测温头，再测一次"),
    ),
    ReasonCode.TEMPERATURE_MISSING: (
        QT_TRANSLATE_NOOP("words", "没测到体温"),
        QT_TRANSLATE_NOOP("words", "请用体温枪测一下，按 F3 记下"),
    ),
    ReasonCode.TEMPERATURE_IN_DOUBT: (
        QT_TRANSLATE_NOOP("words", "分不清是谁的体温"),
        QT_TRANSLATE_NOOP("words", "请一个一个来，再测一次"),
    ),
    ReasonCode.TEMPERATURE_NOT_MEASURED: (
        QT_TRANSLATE_NOOP("words", "测温仪这会儿测不准"),
        QT_TRANSLATE_NOOP("words", "请用体温枪测手腕，按 F3 记下"),
    ),
    ReasonCode.RECHECK_OPEN: (
        QT_TRANSLATE_NOOP("words", "刚才体温偏高，测一次正常还不够"),
        QT_TRANSLATE_NOOP("words", "请换手腕或水银体温计再测，按 F3 记下"),
    ),
    ReasonCode.RECHECK_TOO_EARLY: (
        QT_TRANSLATE_NOOP("words", "刚才体温偏高，还没休息够"),
        QT_TRANSLATE_NOOP("words", "请他再坐一会儿，到时间会提醒您"),
    ),
    ReasonCode.RECHECK_CONFIRMED: (
        QT_TRANSLATE_NOOP("words", "复测还是发热"),
        QT_TRANSLATE_NOOP("words", "请他别进去，戴好口罩，打电话给社区医生"),
    ),
    ReasonCode.RECHECK_CLEARED: (QT_TRANSLATE_NOOP("words", "复测正常"), ""),
    ReasonCode.CORRECTED_BY_OPERATOR: (
        QT_TRANSLATE_NOOP("words", "志愿者改判"),
        QT_TRANSLATE_NOOP("words", "照改判的办"),
    ),
}
