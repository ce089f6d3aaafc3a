"""About health: what the volunteer reads, does next, and says to the resident."""

from __future__ import annotations

from station.core.model import ReasonCode
from station.translation import QT_TRANSLATE_NOOP
from station.ui.reason_texts import Texts

REASONS: dict[ReasonCode, Texts] = {
    ReasonCode.COLOUR_GREEN: Texts(
        QT_TRANSLATE_NOOP("words", "绿码"),
        "",
        QT_TRANSLATE_NOOP("words", "您是绿码"),
    ),
    ReasonCode.COLOUR_YELLOW: Texts(
        QT_TRANSLATE_NOOP("words", "黄码"),
        QT_TRANSLATE_NOOP("words", "请他到旁边等，打电话问社区"),
        QT_TRANSLATE_NOOP("words", "请到旁边等一下，我们帮您问社区"),
    ),
    ReasonCode.COLOUR_RED: Texts(
        QT_TRANSLATE_NOOP("words", "红码"),
        QT_TRANSLATE_NOOP("words", "请他站住别动，马上打电话给社区"),
        QT_TRANSLATE_NOOP("words", "请您站在这里别动，社区的人马上来"),
    ),
    ReasonCode.COLOUR_STALE: Texts(
        QT_TRANSLATE_NOOP("words", "健康码的颜色太旧了"),
        QT_TRANSLATE_NOOP("words", "请看他手机上的颜色，再按 F6"),
        QT_TRANSLATE_NOOP("words", "请把手机给我看一下颜色"),
    ),
    ReasonCode.COLOUR_MISSING: Texts(
        QT_TRANSLATE_NOOP("words", "不知道健康码的颜色"),
        QT_TRANSLATE_NOOP("words", "请看他手机上的颜色，再按 F6"),
        QT_TRANSLATE_NOOP("words", "请把手机给我看一下颜色"),
    ),
    ReasonCode.ISOLATED_LEAVING: Texts(
        QT_TRANSLATE_NOOP("words", "居家隔离的人要出门"),
        QT_TRANSLATE_NOOP("words", "请他回家，打社区值班电话；急病打 120"),
        QT_TRANSLATE_NOOP("words", "请您先回家，要什么社区送上门"),
    ),
    ReasonCode.ISOLATED_RETURNING: Texts(
        QT_TRANSLATE_NOOP("words", "居家隔离的人回来了"),
        QT_TRANSLATE_NOOP("words", "让他戴好口罩直接回家，打社区值班电话"),
        QT_TRANSLATE_NOOP("words", "请戴好口罩直接回家，我们告诉社区"),
    ),
    ReasonCode.ISOLATED_ENTERING: Texts(
        QT_TRANSLATE_NOOP("words", "隔离中的人要进小区"),
        QT_TRANSLATE_NOOP("words", "请他在旁边等，打社区值班电话"),
        QT_TRANSLATE_NOOP("words", "请在旁边等一下，社区的人来安排"),
    ),
    ReasonCode.CONTACT_LEAVING: Texts(
        QT_TRANSLATE_NOOP("words", "密接的人要出门"),
        QT_TRANSLATE_NOOP("words", "请他回家，打社区值班电话；急病打 120"),
        QT_TRANSLATE_NOOP("words", "请您先回家，社区会跟您联系"),
    ),
    ReasonCode.CONTACT_RETURNING: Texts(
        QT_TRANSLATE_NOOP("words", "密接的人回来了"),
        QT_TRANSLATE_NOOP("words", "让他戴好口罩直接回家，打社区值班电话"),
        QT_TRANSLATE_NOOP("words", "请戴好口罩直接回家，我们告诉社区"),
    ),
    ReasonCode.CONTACT_ENTERING: Texts(
        QT_TRANSLATE_NOOP("words", "密接的人要进小区"),
        QT_TRANSLATE_NOOP("words", "请他在旁边等，打社区值班电话"),
        QT_TRANSLATE_NOOP("words", "请在旁边等一下，社区的人来安排"),
    ),
    ReasonCode.SUB_CONTACT: Texts(
        QT_TRANSLATE_NOOP("words", "次密接"),
        QT_TRANSLATE_NOOP("words", "请他戴好口罩，打社区值班电话问"),
        QT_TRANSLATE_NOOP("words", "请戴好口罩，我们帮您问一下社区"),
    ),
    ReasonCode.ISOLATION_PENDING: Texts(
        QT_TRANSLATE_NOOP("words", "有人报他要隔离，还没核实"),
        QT_TRANSLATE_NOOP("words", "请打社区值班电话核实"),
        QT_TRANSLATE_NOOP("words", "请稍等，我们跟社区核实一下"),
    ),
    ReasonCode.ISOLATION_OVER: Texts(
        QT_TRANSLATE_NOOP("words", "隔离到期了，还没办解除"),
        QT_TRANSLATE_NOOP("words", "请看解除通知书，打社区值班电话"),
        QT_TRANSLATE_NOOP("words", "请给我看看解除隔离的通知书"),
    ),
    ReasonCode.ISOLATION_UNCLEAR: Texts(
        QT_TRANSLATE_NOOP("words", "隔离登记看不懂"),
        QT_TRANSLATE_NOOP("words", "请打社区值班电话问"),
        QT_TRANSLATE_NOOP("words", "请稍等，我们帮您问一下社区"),
    ),
    ReasonCode.TEST_NEGATIVE: Texts(
        QT_TRANSLATE_NOOP("words", "核酸阴性"),
        "",
        QT_TRANSLATE_NOOP("words", "您的核酸没问题"),
    ),
    ReasonCode.TEST_POSITIVE: Texts(
        QT_TRANSLATE_NOOP("words", "核酸阳性"),
        QT_TRANSLATE_NOOP("words", "请他戴好口罩坐一边，马上打社区电话"),
        QT_TRANSLATE_NOOP("words", "请戴好口罩坐一下，社区的人马上来"),
    ),
    ReasonCode.TEST_STALE: Texts(
        QT_TRANSLATE_NOOP("words", "核酸太久了"),
        QT_TRANSLATE_NOOP("words", "请看他手机上的核酸，再按 F6"),
        QT_TRANSLATE_NOOP("words", "您的核酸过了时间，最近的采样点我指给您"),
    ),
    ReasonCode.TEST_MISSING: Texts(
        QT_TRANSLATE_NOOP("words", "没有核酸结果"),
        QT_TRANSLATE_NOOP("words", "请看他手机上的核酸，再按 F6"),
        QT_TRANSLATE_NOOP("words", "请给我看一下核酸结果"),
    ),
    ReasonCode.TEST_UNKNOWN: Texts(
        QT_TRANSLATE_NOOP("words", "核酸结果还没出来"),
        QT_TRANSLATE_NOOP("words", "手机上出来了按 F6；没出来打社区电话问"),
        QT_TRANSLATE_NOOP("words", "结果还没出来，我们帮您问一下"),
    ),
    ReasonCode.TEST_NONE: Texts(
        QT_TRANSLATE_NOOP("words", "他没做核酸，或者过期了"),
        QT_TRANSLATE_NOOP("words", "请他先去采样点；急事打社区值班电话"),
        QT_TRANSLATE_NOOP("words", "请您先去做核酸，最近的采样点我指给您"),
    ),
    ReasonCode.TRAVEL_DECLARED: Texts(
        QT_TRANSLATE_NOOP("words", "去过重点区域"),
        QT_TRANSLATE_NOOP("words", "请他到旁边登记，打社区值班电话"),
        QT_TRANSLATE_NOOP("words", "谢谢您如实说，请到旁边登记一下"),
    ),
    ReasonCode.TRAVEL_NOT_ASKED: Texts(
        QT_TRANSLATE_NOOP("words", "还没问他去过哪里"),
        QT_TRANSLATE_NOOP("words", "请问他 14 天里去过重点区域没有，按 F6"),
        QT_TRANSLATE_NOOP("words", "请问您这 14 天去过重点区域吗？"),
    ),
}
