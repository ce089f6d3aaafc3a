"""What is said in practice: by the people who come, and about the learner. Kind, short, and concrete."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from station.practice.cast import ACTORS, Arrival, Situation
from station.practice.scoring import EVERYDAY, Result, Score

translate = QCoreApplication.translate

MOST_LESSONS = 4  # more would be read by nobody

_SAYS: dict[Situation, object] = {
    Situation.NO_PHONE: QT_TRANSLATE_NOOP("practice", "“我没有手机。我叫{name}，住 {house}。”"),
    Situation.CODES_DOWN: QT_TRANSLATE_NOOP("practice", "“码打不开，说系统忙。我叫{name}，住 {house}。”"),
    Situation.CHILD: QT_TRANSLATE_NOOP("practice", "“我跟妈妈一起来的，我叫{name}。”"),
    Situation.COLD: QT_TRANSLATE_NOOP("practice", "“外面真冷！”（体温枪上：{hand}）"),
    Situation.COURIER: QT_TRANSLATE_NOOP("practice", "“送快递的。”（手机上：核酸阴性，24 小时内）"),
    Situation.FEVER: QT_TRANSLATE_NOOP("practice", "“我就是走急了，让我进去吧。”"),
    Situation.FEVER_BACK: QT_TRANSLATE_NOOP("practice", "“我歇过了，再量一次吧。”（体温枪上：{hand}）"),
    Situation.RED: QT_TRANSLATE_NOOP("practice", "“码怎么红了？就让我进去吧！”"),
    Situation.YELLOW: QT_TRANSLATE_NOOP("practice", "“黄的，不要紧吧？”"),
    Situation.EXPIRED: QT_TRANSLATE_NOOP("practice", "“我一直用这张证的。”"),
    Situation.SCREENSHOT: QT_TRANSLATE_NOOP("practice", "“这是我早上截的图。”"),
    Situation.PASSBACK: QT_TRANSLATE_NOOP("practice", "“我用的是我哥的码。”"),
    Situation.VISITOR: QT_TRANSLATE_NOOP("practice", "“我来看亲戚，没有码。”"),
    Situation.UNKNOWN_CODE: QT_TRANSLATE_NOOP("practice", "“我不住这里，来找朋友。”"),
}

_NAMES: dict[Situation, object] = {
    Situation.NORMAL: QT_TRANSLATE_NOOP("practice", "平常的人"),
    Situation.PAPER: QT_TRANSLATE_NOOP("practice", "纸证"),
    Situation.NO_PHONE: QT_TRANSLATE_NOOP("practice", "没手机的老人"),
    Situation.CODES_DOWN: QT_TRANSLATE_NOOP("practice", "码打不开"),
    Situation.CHILD: QT_TRANSLATE_NOOP("practice", "跟大人来的孩子"),
    Situation.COLD: QT_TRANSLATE_NOOP("practice", "额头太冷"),
    Situation.COURIER: QT_TRANSLATE_NOOP("practice", "快递员"),
    Situation.FEVER: QT_TRANSLATE_NOOP("practice", "发烧"),
    Situation.FEVER_BACK: QT_TRANSLATE_NOOP("practice", "发烧复测"),
    Situation.RED: QT_TRANSLATE_NOOP("practice", "红码"),
    Situation.YELLOW: QT_TRANSLATE_NOOP("practice", "黄码"),
    Situation.EXPIRED: QT_TRANSLATE_NOOP("practice", "过期的证"),
    Situation.SCREENSHOT: QT_TRANSLATE_NOOP("practice", "截图"),
    Situation.PASSBACK: QT_TRANSLATE_NOOP("practice", "借别人的码"),
    Situation.VISITOR: QT_TRANSLATE_NOOP("practice", "访客"),
    Situation.UNKNOWN_CODE: QT_TRANSLATE_NOOP("practice", "外来的码"),
}

_LESSONS: dict[Situation, object] = {
    Situation.NORMAL: QT_TRANSLATE_NOOP("practice", "平常的人不用按键，等它自己出结果就行。"),
    Situation.PAPER: QT_TRANSLATE_NOOP("practice", "拿纸证的人不用按键，等它自己出结果就行。"),
    Situation.NO_PHONE: QT_TRANSLATE_NOOP("practice", "没手机的老人：按 F1，点楼号，再点名字。"),
    Situation.CODES_DOWN: QT_TRANSLATE_NOOP("practice", "码打不开不怪人：按 F1，从名单里找。"),
    Situation.CHILD: QT_TRANSLATE_NOOP("practice", "跟大人来的孩子：按 F1，点“孩子”，让孩子自己量一次。"),
    Situation.COLD: QT_TRANSLATE_NOOP("practice", "额头太冷量不准：按 F3，填体温枪上的数。"),
    Situation.COURIER: QT_TRANSLATE_NOOP("practice", "快递员要看核酸：按 F6，看着他的手机点。"),
    Situation.FEVER: QT_TRANSLATE_NOOP("practice", "发烧的人要等 3 分钟再测，先别改成通行。"),
    Situation.FEVER_BACK: QT_TRANSLATE_NOOP("practice", "歇过的人：用体温枪再量一次，按 F3 填上。"),
    Situation.RED: QT_TRANSLATE_NOOP("practice", "红码谁说情都不放：请他站到一边，打电话给社区。"),
    Situation.YELLOW: QT_TRANSLATE_NOOP("practice", "黄码先不放：请他等一等，问社区。"),
    Situation.EXPIRED: QT_TRANSLATE_NOOP("practice", "证过期了先不放：请他去换一张新的。"),
    Situation.SCREENSHOT: QT_TRANSLATE_NOOP("practice", "截图不算：请他当面把码刷新一下。"),
    Situation.PASSBACK: QT_TRANSLATE_NOOP("practice", "这个码刚进去过：问清楚他自己是谁。"),
    Situation.VISITOR: QT_TRANSLATE_NOOP("practice", "不认识的访客：按 F1，再点“不认识”，打电话问住户。"),
    Situation.UNKNOWN_CODE: QT_TRANSLATE_NOOP("practice", "外来的码先不放：问他找哪一家。"),
}


def says(arrival: Arrival | None) -> str:
    """What whoever stands there says, and what can be read off phone or thermometer; "" for nothing."""
    if arrival is None or arrival.situation not in _SAYS:
        return ""
    actor = next((one for one in ACTORS if one.id == arrival.who), None)
    said = translate("practice", str(_SAYS[arrival.situation]))
    name, house = (actor.name, actor.dwelling) if actor else ("", "")
    hand = "" if arrival.by_hand_c is None else f"{arrival.by_hand_c:.1f} ℃"
    return said.format(name=name, house=house, hand=hand)


def band(number: int, count: int, right: int, left_s: float) -> str:
    """Where the practice stands."""
    minutes, seconds = divmod(round(left_s), 60)
    text = translate("practice", "第 {number} 位，共 {count} 位 · 做对 {right} 位 · 还有 {left}")
    return text.format(number=number, count=count, right=right, left=f"{minutes}:{seconds:02d}")


def hint(situation: Situation | None) -> str:
    """What to do for whoever stands there and waits; "" for nothing."""
    return translate("practice", "提示：{lesson}").format(lesson=lesson(situation)) if situation else ""


def told(result: Result | None) -> str:
    """Whether the last one was handled right; of a wrong one what to do next time; "" of nobody."""
    if result is None:
        return ""
    situation = result.arrival.situation
    if not result.right:
        return lesson(situation)
    if situation in EVERYDAY:
        return translate("practice", "对了，不用您动手")
    return translate("practice", "对了：{name}").format(name=name(situation))


def lesson(situation: Situation) -> str:
    return translate("practice", str(_LESSONS[situation]))


def mark() -> str:
    """What stands in place of the gate's name."""
    return translate("practice", "练习")


def end() -> str:
    """On the key that ends it."""
    return translate("practice", "结束")


def name(situation: Situation) -> str:
    return translate("practice", str(_NAMES[situation]))


def lessons(score: Score) -> list[str]:
    """What to practise, most often missed first."""
    wrong = [one.arrival.situation for one in score.met if not one.right]
    first = sorted(score.to_practise, key=lambda situation: -wrong.count(situation))
    return [lesson(situation) for situation in first[:MOST_LESSONS]]


def well_done(score: Score) -> str:
    """What was right; "" for nothing beyond the everyday."""
    names = [name(situation) for situation in score.well_done]
    if not names:
        return ""
    return translate("practice", "做对了：{names}").format(names=translate("practice", "、").join(names))


def kind(score: Score) -> str:
    """One sentence to the learner."""
    met = len(score.met)
    if not met:
        return translate("practice", "还没有开始呢，随时可以再来。")
    share = score.right / met
    if share == 1 and score.missed == 0:
        return translate("practice", "全对！您可以上岗了。")
    if share == 1:
        return translate("practice", "都对！再快一点，就能把三十位都见一遍。")
    if share >= 0.8:
        return translate("practice", "很好！再练一次就更熟了。")
    if share >= 0.5:
        return translate("practice", "不错，一大半都会了。下面几样再练练。")
    return translate("practice", "别急，谁都是从头学的。看看下面，再来一次。")


def times(score: Score) -> str:
    """How long one person took, and for whom it took long; "" if nobody came."""
    if score.each_s is None:
        return ""
    said = translate("practice", "平均每人 {seconds} 秒。").format(seconds=f"{score.each_s:.0f}")
    slow = score.slowest
    if slow:
        longest = translate("practice", "最久的是{who}，{seconds} 秒。")
        said += longest.format(who=name(slow.arrival.situation), seconds=f"{slow.seconds:.0f}")
    if score.missed:
        said += translate("practice", "还有 {count} 位没来得及，不算错。").format(count=score.missed)
    return said
