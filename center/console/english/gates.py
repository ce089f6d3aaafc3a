"""English of the gates."""

ENGLISH: dict[str, str] = {
    "大门": "Gates",
    "五色图": "Work picture in five colours",
    "马上处理": "At once",
    "尽快处理": "Soon",
    "今天处理": "Today",
    "留意": "Note",
    "在线": "Online",
    "今天通行": "Passed today",
    "复核": "Rechecked",
    "禁止": "Stopped",
    "没送到": "Not sent yet",
    "还没有大门。点“接上一个大门”，把一次性码给大门的人": (
        'There is no gate yet. Press "Let a gate in" and give the one-time code to the people there'
    ),
    "还没有大门。请中心的管理员接上": "There is no gate yet. Please ask an admin of the center to let one in",
    "没有写所属": "No branch",
    "测温仪": "thermometer",
    "扫码器": "scanner",
    "喇叭": "loudspeaker",
    "{}断了": "{} is lost",
    "{}没有数据": "{} sends nothing",
    "{}还没找到": "{} not found yet",
    "已撤销，不再收到名单": "Revoked: gets no lists any more",
    "还没来过，等它接上": "Never heard of: waiting for it to connect",
    "{} 条记录看不懂，已收好": "records not understood, kept: {}",
    "{} 分钟没有消息": "Silent for {} min",
    "{} 小时没有消息": "Silent for {} h",
    "没有网，{} 小时前送来了 U 盘": "No network; a stick came {} h ago",
    "没有网，{} 小时没送 U 盘来了": "No network, and no stick for {} h",
    "两台电脑在用同一个身份": "Two PCs use one identity",
    "同一段记录有两个样子": "Two versions of the same records",
    "电脑的钟差 {} 秒": "The PC's clock is off by {} s",
    "{} 条记录还没有送到": "entries not sent yet: {}",
    "名单是 {} 小时以前的": "Its lists are {} h old",
    "最近一次消息": "Last heard of",
    "今天": "Today",
    "通行 {}，复核 {}，禁止 {}": "passed {}, rechecked {}, stopped {}",
    "{} 条": "Entries: {}",
    "名单": "Lists",
    "{} 的": "of {}",
    "没有说": "not told",
    "电脑的钟": "The PC's clock",
    "差 {} 秒": "off by {} s",
    "收到记录": "Entries here",
    "{} 条，已备份 {}": "{}, of these in a backup {}",
    "程序": "Program",
    "最近的通行": "Last passages",
    "方向": "Way",
    "原因": "Reasons",
    "体温": "Temperature",
    "号": "No.",
    "✔ 通行": "✔ PASS",
    "▲ 复核": "▲ RECHECK",
    "✖ 禁止": "✖ STOP",
    "进": "in",
    "出": "out",
    "更正": "correction",
    "人工改判": "changed by hand",
    "模拟": "emulated",
    "中心还没有备份的记录：请管中心电脑的人做一次，每夜定时做": (
        "The center has no backup on record: whoever keeps its computer should make one, and one each night"
    ),
    "到期的个人数据没有自动清除：中心停了好多天，或者时间跳过了。请到“数据保留”看看": (
        "Personal data that is over was not erased: the center stood still for days, or its time has jumped."
        " Please look at “Kept data”"
    ),
    "中心最近一次备份是 {} 天以前的：请管中心电脑的人看看，备份盘还在不在，满没满": (
        "The center's last backup is {} days old: whoever keeps its computer should see whether the backup's"
        " disk is there, and whether it is full"
    ),
}
