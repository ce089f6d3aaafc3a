"""Words of people, houses, watches and findings, as a data checker says them."""

from __future__ import annotations

from center.people_quality import Doubtful
from center.store.watches import WatchProblem

CATEGORIES = {
    "resident": "居民",
    "tenant": "租户",
    "worker": "工作人员",
    "courier": "快递员",
    "visitor": "访客",
    "volunteer": "志愿者",
    "staff": "物业",
    "medical": "医护",
}
OCCUPATIONS = {
    "": "没填",
    "courier": "快递外卖",
    "cold_chain": "冷链",
    "driver": "货运司机",
    "transport": "公共交通",
    "construction": "建筑装修",
    "medical": "医护",
    "market": "菜场超市",
    "school": "学校",
    "property": "物业保安",
    "catering": "餐饮",
    "police": "公安",
    "supply": "保供",
    "none": "无",
}
HELD = {
    "": "没填",
    "owner": "业主自住",
    "let": "出租",
    "shared": "合租",
    "empty": "空着",
    "business": "经营",
}
GRADES = {"": "没定", "red": "红", "orange": "橙", "yellow": "黄", "blue": "蓝", "green": "绿"}
GRADE_CLASSES = {"red": "c4", "orange": "c3", "yellow": "c2", "blue": "c1", "green": "c0"}
KINDS = {"isolation": "隔离", "block": "不准进", "isolation_pending": "隔离（等第二人核对）"}
VALUES = {
    "isolation": "居家隔离",
    "close_contact": "密接",
    "sub_close_contact": "次密接",
    "none": "解除",
    "moved_out": "搬走了",
    "lost_card": "证丢了",
    "not_allowed": "不准进",
}
STATES = {"waiting": "等第二人核对", "verified": "核对过了", "refused": "没通过"}
FACT_KINDS = {
    "colour": "健康码",
    "test": "核酸",
    "isolation": "隔离",
    "isolation_pending": "隔离（等第二人核对）",
    "block": "不准进",
    "right": "能进哪些门",
}
FACT_VALUES = VALUES | {
    "green": "绿",
    "yellow": "黄",
    "red": "红",
    "negative": "阴性",
    "negative_reported": "阴性（只知道报告时间）",
    "positive": "阳性",
    "unknown": "没出结果",
    "all": "每个门",
}
LOOKS = {  # why somebody's name and telephone are looked at; as the audit says it
    "call": "看了住户的姓名和电话：要联系本人",
    "check": "看了住户的姓名和电话：核对或改资料",
    "visit": "看了住户的姓名和电话：上门服务",
    "trace": "看了住户的姓名和电话：流调",
    "gate": "看了住户的姓名和电话：大门来问",
}
WHY = {
    "call": "要联系本人",
    "check": "核对或改资料",
    "visit": "上门服务",
    "trace": "流调",
    "gate": "大门来问",
}
WATCH_PROBLEMS = {
    WatchProblem.UNKNOWN: "请选是哪一种",
    WatchProblem.URGENT_LIFTING: "解除不能加急：要两个人都看过",
    WatchProblem.OVER: "到期的时间已经过了，请改",
    WatchProblem.WAITING: "这个人已经有一条在等第二人核对",
    WatchProblem.SAME_PERSON: "提出的人不能自己核对，请另一位来",
    WatchProblem.DECIDED: "已经有人核对过了",
}
FINDINGS = {
    Doubtful.SAME_NUMBER: "同一个身份证号登记了好几次",
    Doubtful.SAME_RESIDENT: "同一房号有同名的人",
    Doubtful.SHARED_PHONE: "很多人用同一个电话",
    Doubtful.SAME_CODE: "一个码绑了好几个人",
    Doubtful.BIRTH: "出生日期不可能",
    Doubtful.PHONE: "电话号码不对",
    Doubtful.RED_NO_WATCH: "红码，却没有隔离",
    Doubtful.POSITIVE_NO_WATCH: "核酸阳性，却没有隔离",
    Doubtful.GREEN_ISOLATED: "码已经转绿，还在隔离",
    Doubtful.RELEASED_AND_WATCHED: "已经解除隔离，却还有别的限制",
    Doubtful.WATCH_OVER: "隔离到期了，没有人解除",
    Doubtful.DEAD_GUARDIAN: "监护人不在名单里了",
    Doubtful.CHILD_ALONE: "孩子没有监护人，也没有电话",
}
# What a button does about a finding: its name in the form, and its words.
REMEDIES: dict[Doubtful, tuple[tuple[str, str], ...]] = {
    Doubtful.SAME_NUMBER: (("merge", "合并成一个人"),),
    Doubtful.SAME_RESIDENT: (("merge", "合并成一个人"), ("settle", "是两个人，都对")),
    Doubtful.SHARED_PHONE: (("settle", "没有错，不再提"),),
    Doubtful.SAME_CODE: (("unbind", "把这个码从这些人解开"),),
    Doubtful.BIRTH: (("birth", "去掉出生日期"),),
    Doubtful.PHONE: (("phones", "去掉错的电话"),),
    Doubtful.RED_NO_WATCH: (("isolate", "提出隔离"), ("settle", "没有错，不再提")),
    Doubtful.POSITIVE_NO_WATCH: (("isolate", "提出隔离"), ("settle", "没有错，不再提")),
    Doubtful.GREEN_ISOLATED: (("release", "提出解除"), ("settle", "没有错，不再提")),
    Doubtful.RELEASED_AND_WATCHED: (("unblock", "提出解除"), ("settle", "没有错，不再提")),
    Doubtful.WATCH_OVER: (("release", "提出解除"), ("settle", "没有错，不再提")),
    Doubtful.DEAD_GUARDIAN: (("guardians", "去掉失效的监护人"),),
    Doubtful.CHILD_ALONE: (("settle", "没有错，不再提"),),
}
