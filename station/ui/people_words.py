"""About the code, who it is, and whether they may come here: read, done next, said to the resident."""

from __future__ import annotations

from station.core.model import ReasonCode
from station.translation import QT_TRANSLATE_NOOP
from station.ui.reason_texts import Texts

REASONS: dict[ReasonCode, Texts] = {
    ReasonCode.CODE_VALID: Texts(
        QT_TRANSLATE_NOOP("words", "码有效"),
        "",
        QT_TRANSLATE_NOOP("words", "您的码没问题"),
    ),
    ReasonCode.CODE_NOT_FRESH: Texts(
        QT_TRANSLATE_NOOP("words", "这个码不是刚打开的，可能是截图"),
        QT_TRANSLATE_NOOP("words", "请他刷新健康码，再亮一次"),
        QT_TRANSLATE_NOOP("words", "请您刷新一下健康码，再亮一次"),
    ),
    ReasonCode.CODE_EXPIRED: Texts(
        QT_TRANSLATE_NOOP("words", "这个码过期了"),
        QT_TRANSLATE_NOOP("words", "请他刷新健康码，再亮一次"),
        QT_TRANSLATE_NOOP("words", "您的码过期了，请刷新一下"),
    ),
    ReasonCode.CODE_NOT_YET_VALID: Texts(
        QT_TRANSLATE_NOOP("words", "这个码还没到生效的时候"),
        QT_TRANSLATE_NOOP("words", "请看码上的日期；拿不准就问社区"),
        QT_TRANSLATE_NOOP("words", "您的码还没到日子，我们帮您问一下"),
    ),
    ReasonCode.CODE_REVOKED: Texts(
        QT_TRANSLATE_NOOP("words", "这张出入证作废了"),
        QT_TRANSLATE_NOOP("words", "请打社区值班电话问；新证到社区补办"),
        QT_TRANSLATE_NOOP("words", "这张证作废了，社区可以给您补办"),
    ),
    ReasonCode.CODE_WRONG_USE: Texts(
        QT_TRANSLATE_NOOP("words", "这个码不能在这里用"),
        QT_TRANSLATE_NOOP("words", "请他换健康码或本门的出入证"),
        QT_TRANSLATE_NOOP("words", "请您换健康码或者出入证"),
    ),
    ReasonCode.CODE_BAD_SIGNATURE: Texts(
        QT_TRANSLATE_NOOP("words", "这个码可能是假的"),
        QT_TRANSLATE_NOOP("words", "请他稍等，打电话问社区"),
        QT_TRANSLATE_NOOP("words", "请您稍等，我们核对一下"),
    ),
    ReasonCode.CODE_UNKNOWN_ISSUER: Texts(
        QT_TRANSLATE_NOOP("words", "不认识发这个码的单位"),
        QT_TRANSLATE_NOOP("words", "请看证件，再打电话问社区"),
        QT_TRANSLATE_NOOP("words", "请出示一下身份证，我们帮您问"),
    ),
    ReasonCode.CODE_DAMAGED: Texts(
        QT_TRANSLATE_NOOP("words", "码不完整，读不出来"),
        QT_TRANSLATE_NOOP("words", "请他把屏幕擦净调亮，再亮一次"),
        QT_TRANSLATE_NOOP("words", "请把屏幕擦一擦，再亮一次"),
    ),
    ReasonCode.CODE_CANNOT_CHECK: Texts(
        QT_TRANSLATE_NOOP("words", "本机查不了这个码"),
        QT_TRANSLATE_NOOP("words", "请看他手机上的颜色，再按 F6"),
        QT_TRANSLATE_NOOP("words", "请把手机给我看一下颜色"),
    ),
    ReasonCode.CODE_NOT_A_HEALTH_CODE: Texts(
        QT_TRANSLATE_NOOP("words", "这不是健康码"),
        QT_TRANSLATE_NOOP("words", "请他打开健康码，再亮一次"),
        QT_TRANSLATE_NOOP("words", "请打开健康码，再亮一次"),
    ),
    ReasonCode.CODE_MISSING: Texts(
        QT_TRANSLATE_NOOP("words", "没有亮码"),
        QT_TRANSLATE_NOOP("words", "请看身份证或出入证，问住几号楼"),
        QT_TRANSLATE_NOOP("words", "没带码不要紧，请说住几号楼"),
    ),
    ReasonCode.CODE_SYSTEM_DOWN: Texts(
        QT_TRANSLATE_NOOP("words", "健康码系统停了，以后补查"),
        "",
        QT_TRANSLATE_NOOP("words", "健康码这会儿打不开，不怪您"),
    ),
    ReasonCode.PERSON_KNOWN: Texts(
        QT_TRANSLATE_NOOP("words", "本小区的人"),
        "",
        QT_TRANSLATE_NOOP("words", "您好，欢迎回来"),
    ),
    ReasonCode.PERSON_UNKNOWN: Texts(
        QT_TRANSLATE_NOOP("words", "名单里没有这个人"),
        QT_TRANSLATE_NOOP("words", "请问找哪一家，打电话核实"),
        QT_TRANSLATE_NOOP("words", "请稍等，您找哪一家？我们打电话问"),
    ),
    ReasonCode.PERSON_VOUCHED: Texts(
        QT_TRANSLATE_NOOP("words", "志愿者认识，本小区的"),
        QT_TRANSLATE_NOOP("words", "请看证件，打电话问社区"),
        QT_TRANSLATE_NOOP("words", "请稍等，我们跟社区说一声"),
    ),
    ReasonCode.PERSON_EXPECTED: Texts(
        QT_TRANSLATE_NOOP("words", "约好要来的"),
        QT_TRANSLATE_NOOP("words", "请打社区值班电话，说人到了"),
        QT_TRANSLATE_NOOP("words", "您约好的，欢迎"),
    ),
    ReasonCode.PERSON_EXPIRED: Texts(
        QT_TRANSLATE_NOOP("words", "登记到期了"),
        QT_TRANSLATE_NOOP("words", "别让人在外面等，打社区值班电话补登"),
        QT_TRANSLATE_NOOP("words", "您的登记到期了，我们马上帮您补"),
    ),
    ReasonCode.EXPECTED_OTHER_TIME: Texts(
        QT_TRANSLATE_NOOP("words", "约的不是这个时候"),
        QT_TRANSLATE_NOOP("words", "请打电话问约他的那一家"),
        QT_TRANSLATE_NOOP("words", "您约的时间不对，我们帮您问一下"),
    ),
    ReasonCode.VISITOR_NOT_EXPECTED: Texts(
        QT_TRANSLATE_NOOP("words", "这位访客没有预约"),
        QT_TRANSLATE_NOOP("words", "请打电话问他要找的那一家"),
        QT_TRANSLATE_NOOP("words", "您找哪一家？我们打电话说一声"),
    ),
    ReasonCode.VISITORS_NOT_ADMITTED: Texts(
        QT_TRANSLATE_NOOP("words", "这会儿访客不进小区"),
        QT_TRANSLATE_NOOP("words", "请他打电话，请家里人到门口来"),
        QT_TRANSLATE_NOOP("words", "这会儿访客不能进，请家里人出来见您"),
    ),
    ReasonCode.COURIERS_NOT_ADMITTED: Texts(
        QT_TRANSLATE_NOOP("words", "这会儿快递外卖不进小区"),
        QT_TRANSLATE_NOOP("words", "东西放门口货架，打电话请住户来取"),
        QT_TRANSLATE_NOOP("words", "东西放在门口货架上就行，辛苦了"),
    ),
    ReasonCode.OTHERS_NOT_ADMITTED: Texts(
        QT_TRANSLATE_NOOP("words", "这会儿外面的人不进小区"),
        QT_TRANSLATE_NOOP("words", "请打社区值班电话问"),
        QT_TRANSLATE_NOOP("words", "这会儿不能进，我们帮您问社区"),
    ),
    ReasonCode.NOBODY_LEAVES: Texts(
        QT_TRANSLATE_NOOP("words", "封控期间不出门"),
        QT_TRANSLATE_NOOP("words", "请他回家；看病急事打社区值班电话"),
        QT_TRANSLATE_NOOP("words", "请您先回家，要买要办的打社区电话"),
    ),
    ReasonCode.RIGHT_MISSING: Texts(
        QT_TRANSLATE_NOOP("words", "没登记他可以进这里"),
        QT_TRANSLATE_NOOP("words", "请打社区值班电话问"),
        QT_TRANSLATE_NOOP("words", "请稍等，我们帮您问一下社区"),
    ),
    ReasonCode.RIGHT_OTHER_GATE: Texts(
        QT_TRANSLATE_NOOP("words", "他的证不开这个门"),
        QT_TRANSLATE_NOOP("words", "请指给他该走的门；走不动打值班电话"),
        QT_TRANSLATE_NOOP("words", "您的证是走另外一个门的，我指给您"),
    ),
    ReasonCode.RIGHT_EXPIRED: Texts(
        QT_TRANSLATE_NOOP("words", "通行许可到期了"),
        QT_TRANSLATE_NOOP("words", "请打社区值班电话续上"),
        QT_TRANSLATE_NOOP("words", "您的许可到期了，我们帮您续"),
    ),
    ReasonCode.BLOCKED: Texts(
        QT_TRANSLATE_NOOP("words", "社区关照过：这个人先别放行"),
        QT_TRANSLATE_NOOP("words", "请他坐一会儿，打社区值班电话"),
        QT_TRANSLATE_NOOP("words", "请您坐一会儿，我们问一下社区"),
    ),
    ReasonCode.CORRECTED_BY_OPERATOR: Texts(
        QT_TRANSLATE_NOOP("words", "志愿者改判"),
        QT_TRANSLATE_NOOP("words", "照改判的办"),
        QT_TRANSLATE_NOOP("words", "请听志愿者安排"),
    ),
}
