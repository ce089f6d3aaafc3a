"""The arguments of people, of rules, and of who may sign in."""

from __future__ import annotations

from pathlib import Path

from station.cli_parsers import add, add_group
from station.cli_times import day, entry_number, moment
from station.command_parser import Parsers
from station.core.override import Role
from station.roster.words import CATEGORIES

_WHICH = "自带规则的名字、.toml 文件，或者用过的规则的指纹"


def add_people(commands: Parsers) -> None:
    people = add_group(commands, "people", "住户名单")
    importing = add(people, "import", "people:import_people", "导入 CSV 或 XLSX 名单，有一行错就都不导入")
    importing.add_argument("file", type=Path, nargs="?", metavar="FILE", help="名单文件")
    importing.add_argument("--preview", action="store_true", help="只看会变什么，不导入")
    importing.add_argument("--errors", type=Path, metavar="FILE", help="把有错的行写到这里，.xlsx 或 .csv")
    importing.add_argument("--skip-errors", action="store_true", help="跳过有错的行，导入其他行")
    importing.add_argument(
        "--fill-down", action="store_true", help="房号空着的，算上一行的（合并过的格子存成 CSV 时）"
    )
    importing.add_argument(
        "--category", default="resident", choices=sorted(CATEGORIES), help="名单没有类别一列时，算哪一类"
    )
    importing.add_argument("--undo", type=entry_number, metavar="BATCH", help="撤销这一次导入")
    add(people, "batches", "people:batches", "导入过哪些，--undo 要的编号")
    _add_presence(commands)


def _add_presence(commands: Parsers) -> None:
    inside = add(commands, "inside", "presence:inside", "谁在里面，最久的在前")
    inside.add_argument("--pdf", type=Path, metavar="FILE", help="疏散名单，打印用，全名")
    inside.add_argument("--unseen", action="store_true", help="和 --pdf 一起用：没走过大门的住户也列上")
    add(commands, "away", "presence:away", "哪些住户出去了还没回来")
    lookback = add(commands, "lookback", "presence:lookback", "回头查：现在会怎么判，旁边有谁")
    whose = lookback.add_mutually_exclusive_group(required=True)
    whose.add_argument("--person", metavar="ID", help="人员编号，照 station entries --json 显示的写")
    whose.add_argument("--entry", type=entry_number, metavar="NUMBER", help="这条记录是谁的，就查谁")
    lookback.add_argument(
        "--since", type=moment, required=True, metavar="TIME", help="从什么时候起，ISO 8601，不写时区算 UTC"
    )
    lookback.add_argument(
        "--fact", default="colour=red", metavar="KIND=VALUE", help="查出了什么，不写就是 colour=red（红码）"
    )


def add_policy(commands: Parsers) -> None:
    policy = add_group(commands, "policy", "放行规则")
    add(policy, "list", "policy:list_policies", "自带哪些规则，正在用哪一个（*）")
    add(policy, "show", "policy:show", "正在用的规则")
    checking = add(policy, "check", "policy:check", "这个文件是不是能用的规则")
    checking.add_argument("file", metavar="FILE", help="规则文件")
    activating = add(policy, "activate", "policy:activate", "启用一个规则；先关大门")
    activating.add_argument("policy", metavar="NAME_OR_FILE", help=_WHICH)
    add(policy, "history", "policy:history", "谁什么时候改了规则，为什么")
    trying = add(policy, "what-if", "policy:what_if", "换一个规则，过去一天的记录会怎么判")
    trying.add_argument("policy", metavar="NAME_OR_FILE", help=_WHICH)
    trying.add_argument("--day", type=day, metavar="D", help="哪一天，比如 2022-04-15，不写就是最近的一天")
    drill = add(policy, "drill", "policy:drill", "健康码系统坏了（on），好了（off）")
    drill.add_argument("state", choices=("on", "off"), help="on 坏了，off 好了")
    for command in (activating, drill):
        command.add_argument("--by", required=True, metavar="ID", help="谁办的：写编号，不写姓名")
        command.add_argument("--reason", default="", metavar="TEXT", help="为什么")
    add(policy, "verify-drill", "policy:verify", "上次健康码系统坏了时放行的人，按现在知道的再判一遍")
    explain = add(commands, "explain", "explain:explain_entry", "一条记录为什么这样判")
    explain.add_argument("number", type=entry_number, metavar="NUMBER", help="照 station entries 显示的写")


def add_operators(commands: Parsers) -> None:
    operator = add_group(commands, "operator", "谁可以登录")
    add(operator, "list", "operator:list_all", "可以登录的人")
    adding = add(operator, "add", "operator:add", "加一个人；第一个是管理员")
    resetting = add(operator, "reset", "operator:reset", "给一个新 PIN，本人登录后要换")
    removing = add(operator, "remove", "operator:remove", "这个编号不能再登录")
    add(operator, "recovery", "operator:recovery", "换一张恢复密钥，原来的作废")
    recovering = add(operator, "recover", "operator:recover", "管理员忘了 PIN：凭恢复密钥换一个")
    for command in (adding, resetting, removing, recovering):
        command.add_argument("number", metavar="NUMBER", help="编号，4 到 8 位数字")
    adding.add_argument("name", metavar="NAME", help="姓名")
    roles = [role.value for role in Role]
    adding.add_argument("--role", choices=roles, default=Role.VOLUNTEER.value, help="角色，不写就是志愿者")
    keys = add_group(commands, "key", "数据的密钥")
    add(keys, "status", "key:status", "密钥怎么保存的，谁打得开")
    add(keys, "wrap", "key:wrap", "用 PIN 锁住密钥：光有文件夹打不开")
    add(keys, "unwrap", "key:unwrap", "把密钥放回文件里")
    add(keys, "rotate", "key:rotate", "换一把新密钥，原来封好的重新封")
    audit = add(commands, "audit", "operator:audit", "谁动过数据，做了什么")
    audit.add_argument("--day", type=day, metavar="D", help="哪一天，比如 2022-04-15，不写就是今天")
