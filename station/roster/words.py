"""What lists call people, occupations and colours, and our word for it. Our own words are understood too."""

from __future__ import annotations

from collections.abc import Mapping

CATEGORIES = {
    "resident": "居民 业主 住户 户主 家属 家人 常住 常住人口 户籍 户籍人口 本地居民 自住",
    "tenant": "租户 租客 租住 租赁 承租人 承租 流动人口 外来人口 合租",
    "worker": "工作人员 员工 职工 工人 施工人员 装修工 装修人员 保姆 家政 护工 钟点工 务工人员",
    "courier": "快递员 快递 快递小哥 外卖员 外卖 外卖小哥 骑手 配送员 送货员",
    "visitor": "访客 来访 来访人员 亲友 探亲 临时 临时人员",
    "volunteer": "志愿者 义工 志愿服务",
    "staff": "物业 物业人员 保安 门卫 门岗 保洁 社区工作者 社工 网格员 楼道长 楼栋长 社区干部 民警 城管",
    "medical": "医护 医护人员 医务人员 医生 护士 防疫人员 采样员 流调人员",
}

# Groups with test windows of their own; a word is looked for anywhere in what was written.
OCCUPATIONS = {
    "courier": "快递 外卖 骑手 配送",
    "cold_chain": "冷链 冷库 冷藏 进口",
    "driver": "司机 驾驶员 货运 货车 卡车",
    "transport": "公交 地铁 出租 网约车 客运 铁路 机场",
    "construction": "建筑 工地 施工 装修",
    "medical": "医生 医护 护士 医院 医务 护理 药店 核酸采样",
    "market": "农贸 菜场 菜市场 摊主 商户 超市 水产",
    "school": "教师 老师 教职工 学生 幼儿园",
    "property": "保安 物业 保洁 门卫 环卫",
    "catering": "餐饮 厨师 服务员",
    "police": "公安 民警 辅警 警察",
    "supply": "保供 物资供应 粮油供应",
    "none": "无 无业 退休 离休 学龄前 待业 自由职业 家庭主妇",
}

COLOURS = {"green": "绿 绿码 绿色 正常", "yellow": "黄 黄码 黄色", "red": "红 红码 红色"}
TESTS = {
    "negative": "阴 阴性 正常 - (-)",
    "positive": "阳 阳性 + (+)",
    "unknown": "未出 未出结果 检测中 待出 已采样 已采",
}


def _by_word(table: Mapping[str, str]) -> dict[str, str]:
    spoken = {word: ours for ours, words in table.items() for word in words.split()}
    return spoken | {ours: ours for ours in table}


_CATEGORY, _COLOUR, _TEST = _by_word(CATEGORIES), _by_word(COLOURS), _by_word(TESTS)
_OCCUPATION = {word: ours for ours, words in OCCUPATIONS.items() for word in [ours, *words.split()]}


def category(said: str) -> str | None:
    """resident, tenant … for what the list says, also with an addition in brackets: 租户(二房东)."""
    return _CATEGORY.get(said) or _CATEGORY.get(said.partition("(")[0])


def colour(said: str) -> str | None:
    return _COLOUR.get(said)


def test(said: str) -> str | None:
    """A nucleic acid test's result, of cells like 阴性 and 24小时阴性."""
    return _TEST.get(said) or next((_TEST[word] for word in ("阴性", "阳性") if word in said), None)


def occupation(said: str) -> str | None:
    """The group of an occupation; None if no word of it is known."""
    if said in ("无", "-", "/"):
        return "none"
    return next((ours for word, ours in _OCCUPATION.items() if len(word) > 1 and word in said), None)
