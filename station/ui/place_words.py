"""About the place's own rules and the temperature: read, done next, said to the resident."""

from __future__ import annotations

from station.core.model import ReasonCode
from station.translation import QT_TRANSLATE_NOOP
from station.ui.reason_texts import Texts

REASONS: dict[ReasonCode, Texts] = {
    ReasonCode.OUTING_USED_UP: Texts(
        QT_TRANSLATE_NOOP("words", "他家这两天有人出去过了"),
        QT_TRANSLATE_NOOP("words", "要紧的事打社区值班电话；看病马上放"),
        QT_TRANSLATE_NOOP("words", "您家这两天有人出去过了，要紧吗？"),
    ),
    ReasonCode.OUTING_UNKNOWN: Texts(
        QT_TRANSLATE_NOOP("words", "不知道他家出去过几次"),
        QT_TRANSLATE_NOOP("words", "请问他家今天谁出去过"),
        QT_TRANSLATE_NOOP("words", "请问您家今天谁出去过？"),
    ),
    ReasonCode.OUTING_OVERSTAYED: Texts(
        QT_TRANSLATE_NOOP("words", "出去的时间过了"),
        QT_TRANSLATE_NOOP("words", "让他回家；问一声，告诉网格员"),
        QT_TRANSLATE_NOOP("words", "回来就好，路上还顺利吗？"),
    ),
    ReasonCode.CURFEW: Texts(
        QT_TRANSLATE_NOOP("words", "夜里这个时候一般不进出"),
        QT_TRANSLATE_NOOP("words", "请问什么急事；看病马上放，再打值班电话"),
        QT_TRANSLATE_NOOP("words", "这么晚了，您有什么急事吗？"),
    ),
    ReasonCode.OCCUPANCY_FULL: Texts(
        QT_TRANSLATE_NOOP("words", "里面人满了"),
        QT_TRANSLATE_NOOP("words", "请他在一米线外等，出来一个进一个"),
        QT_TRANSLATE_NOOP("words", "里面人满了，请稍等一会儿"),
    ),
    ReasonCode.OCCUPANCY_NEARLY_FULL: Texts(
        QT_TRANSLATE_NOOP("words", "里面人快满了"),
        QT_TRANSLATE_NOOP("words", "请看着点，快满了就等一等"),
        QT_TRANSLATE_NOOP("words", "里面人多，请隔开一点"),
    ),
    ReasonCode.SIGN_IN_FIRST: Texts(
        QT_TRANSLATE_NOOP("words", "还没人签到，名单锁着"),
        QT_TRANSLATE_NOOP("words", "请先点右上角签到，再让他扫一次"),
        QT_TRANSLATE_NOOP("words", "请稍等，马上帮您查"),
    ),
    ReasonCode.RECORD_CHANGED: Texts(
        QT_TRANSLATE_NOOP("words", "他的登记被人改动过，信不过"),
        QT_TRANSLATE_NOOP("words", "请看证件问清楚，再告诉管理员"),
        QT_TRANSLATE_NOOP("words", "请稍等，帮您核对一下"),
    ),
    ReasonCode.SAME_WAY_AGAIN: Texts(
        QT_TRANSLATE_NOOP("words", "这个码刚才已经过了一次"),
        QT_TRANSLATE_NOOP("words", "请问他：出去过吗？是本人的码吗？"),
        QT_TRANSLATE_NOOP("words", "请问这是您本人的码吗？"),
    ),
    ReasonCode.TEMPERATURE_NORMAL: Texts(
        QT_TRANSLATE_NOOP("words", "体温正常"),
        "",
        QT_TRANSLATE_NOOP("words", "体温正常"),
    ),
    ReasonCode.TEMPERATURE_HIGH: Texts(
        QT_TRANSLATE_NOOP("words", "体温偏高"),
        QT_TRANSLATE_NOOP("words", "请他到旁边坐一会儿，到时间会提醒您"),
        QT_TRANSLATE_NOOP("words", "体温有点高，请到旁边坐一会儿再测"),
    ),
    ReasonCode.TEMPERATURE_TOO_LOW: Texts(
        QT_TRANSLATE_NOOP("words", "额头太冷，没测准"),
        QT_TRANSLATE_NOOP("words", "请他暖和一下，改测手腕或脖子"),
        QT_TRANSLATE_NOOP("words", "额头太凉了，请伸一下手腕"),
    ),
    ReasonCode.TEMPERATURE_IMPLAUSIBLE: Texts(
        QT_TRANSLATE_NOOP("words", "体温读数不对"),
        QT_TRANSLATE_NOOP("words", "请擦净测温头，再测一次"),
        QT_TRANSLATE_NOOP("words", "没测准，请再测一次"),
    ),
    ReasonCode.TEMPERATURE_MISSING: Texts(
        QT_TRANSLATE_NOOP("words", "没测到体温"),
        QT_TRANSLATE_NOOP("words", "请用体温枪测一下，按 F3 记下"),
        QT_TRANSLATE_NOOP("words", "请稍等，给您测一下体温"),
    ),
    ReasonCode.TEMPERATURE_IN_DOUBT: Texts(
        QT_TRANSLATE_NOOP("words", "分不清是谁的体温"),
        QT_TRANSLATE_NOOP("words", "请一个一个来，再测一次"),
        QT_TRANSLATE_NOOP("words", "请一个一个来，再测一次"),
    ),
    ReasonCode.TEMPERATURE_NOT_MEASURED: Texts(
        QT_TRANSLATE_NOOP("words", "测温仪这会儿测不准"),
        QT_TRANSLATE_NOOP("words", "请用体温枪测手腕，按 F3 记下"),
        QT_TRANSLATE_NOOP("words", "请伸一下手腕，再测一次"),
    ),
    ReasonCode.TEMPERATURE_MEASURED_BEFORE: Texts(
        QT_TRANSLATE_NOOP("words", "刚才测过体温，正常"),
        "",
        QT_TRANSLATE_NOOP("words", "刚才测过了，不用再测"),
    ),
    ReasonCode.RECHECK_OPEN: Texts(
        QT_TRANSLATE_NOOP("words", "刚才体温偏高，测一次正常还不够"),
        QT_TRANSLATE_NOOP("words", "请换手腕或水银体温计再测，按 F3 记下"),
        QT_TRANSLATE_NOOP("words", "还要再测一次，换个地方测"),
    ),
    ReasonCode.RECHECK_TOO_EARLY: Texts(
        QT_TRANSLATE_NOOP("words", "刚才体温偏高，还没休息够"),
        QT_TRANSLATE_NOOP("words", "请他再坐一会儿，到时间会提醒您"),
        QT_TRANSLATE_NOOP("words", "请再坐一会儿，到时间叫您"),
    ),
    ReasonCode.RECHECK_CONFIRMED: Texts(
        QT_TRANSLATE_NOOP("words", "复测还是发热"),
        QT_TRANSLATE_NOOP("words", "请他别进去，戴好口罩，打电话给社区医生"),
        QT_TRANSLATE_NOOP("words", "您发热了，请戴好口罩坐下，医生马上联系您"),
    ),
    ReasonCode.RECHECK_CLEARED: Texts(
        QT_TRANSLATE_NOOP("words", "复测正常"),
        "",
        QT_TRANSLATE_NOOP("words", "体温正常了，可以走了"),
    ),
}
