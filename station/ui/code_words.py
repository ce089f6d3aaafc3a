"""What a reason says of one kind of code, where the usual words would send the volunteer the wrong way."""

from __future__ import annotations

from station.core.model import CodeKind, ReasonCode
from station.translation import QT_TRANSLATE_NOOP
from station.ui.reason_texts import Texts

_NO_LIST = Texts(
    QT_TRANSLATE_NOOP("words", "国际健康证明，这台机器没有名单"),
    QT_TRANSLATE_NOOP("words", "请看纸质证明，按 F1；请管理员导入名单"),
    QT_TRANSLATE_NOOP("words", "请给我看一下纸的证明和证件"),
)
# Only passes and certificates have an end of their own (a regional token never expires), and neither can be
# refreshed on a telephone: passes are paper.
_CERTIFICATE_EXPIRED = Texts(
    QT_TRANSLATE_NOOP("words", "这张健康证明过期了"),
    QT_TRANSLATE_NOOP("words", "请他换健康码或本门的出入证"),
    QT_TRANSLATE_NOOP("words", "这张证明过期了，请出示健康码"),
)
_CERTIFICATE_REVOKED = Texts(
    QT_TRANSLATE_NOOP("words", "这张健康证明作废了"),
    QT_TRANSLATE_NOOP("words", "请看证件，再打电话问社区"),
    QT_TRANSLATE_NOOP("words", "请稍等，我们跟社区说一声"),
)
OF_KIND: dict[tuple[ReasonCode, CodeKind], Texts] = {
    (ReasonCode.CODE_NOT_A_HEALTH_CODE, CodeKind.PLACE): Texts(
        QT_TRANSLATE_NOOP("words", "这是场所码，要他的手机来扫"),
        QT_TRANSLATE_NOOP("words", "请他用自己的手机扫这个码"),
        QT_TRANSLATE_NOOP("words", "请用您自己的手机扫这个码"),
    ),
    (ReasonCode.CODE_NOT_A_HEALTH_CODE, CodeKind.PAYMENT): Texts(
        QT_TRANSLATE_NOOP("words", "这是付款码"),
        QT_TRANSLATE_NOOP("words", "请他退出来，打开健康码，再亮一次"),
        QT_TRANSLATE_NOOP("words", "这是付款码，请打开健康码"),
    ),
    (ReasonCode.CODE_NOT_A_HEALTH_CODE, CodeKind.LINK): Texts(
        QT_TRANSLATE_NOOP("words", "这是一个网址"),
        QT_TRANSLATE_NOOP("words", "请他打开健康码，再亮一次；没有按 F1"),
        QT_TRANSLATE_NOOP("words", "这个不是健康码，请打开健康码"),
    ),
    (ReasonCode.CODE_EXPIRED, CodeKind.GATE_PASS): Texts(
        QT_TRANSLATE_NOOP("words", "这张出入证过期了"),
        QT_TRANSLATE_NOOP("words", "请打社区值班电话问；新证到社区补办"),
        QT_TRANSLATE_NOOP("words", "出入证到期了，社区可以给您换新的"),
    ),
    (ReasonCode.CODE_EXPIRED, CodeKind.HCERT): _CERTIFICATE_EXPIRED,
    (ReasonCode.CODE_EXPIRED, CodeKind.SHC): _CERTIFICATE_EXPIRED,
    (ReasonCode.CODE_REVOKED, CodeKind.HCERT): _CERTIFICATE_REVOKED,
    (ReasonCode.CODE_REVOKED, CodeKind.SHC): _CERTIFICATE_REVOKED,
    (ReasonCode.CODE_CANNOT_CHECK, CodeKind.HCERT): _NO_LIST,
    (ReasonCode.CODE_CANNOT_CHECK, CodeKind.SHC): _NO_LIST,
    (ReasonCode.CODE_CANNOT_CHECK, CodeKind.OTHER_HEALTH): Texts(
        QT_TRANSLATE_NOOP("words", "别处的健康证明，这台机器查不了"),
        QT_TRANSLATE_NOOP("words", "请看纸质证明和证件，按 F1"),
        QT_TRANSLATE_NOOP("words", "请给我看一下纸的证明和证件"),
    ),
    (ReasonCode.CODE_CANNOT_CHECK, CodeKind.GATE_PASS): Texts(
        QT_TRANSLATE_NOOP("words", "出入证，这台机器查不了"),
        QT_TRANSLATE_NOOP("words", "请看证上的名字和门牌，按 F1"),
        QT_TRANSLATE_NOOP("words", "请稍等，我看一下您的证"),
    ),
}
