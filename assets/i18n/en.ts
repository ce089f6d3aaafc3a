<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>AdminStep</name>
    <message>
        <source>第一位管理员</source>
        <translation>The first admin</translation>
    </message>
    <message>
        <source>先定编号，再定密码。改判、开闸和“管理”都要用它签字。</source>
        <translation>First a number, then a PIN. They sign corrections, the barrier and the admin page.</translation>
    </message>
    <message>
        <source>照旧，用已经有的编号和密码</source>
        <translation>As before, with the numbers and PINs that there are</translation>
    </message>
    <message>
        <source>编号 {number}，密码记好了</source>
        <translation>Number {number}, PIN kept</translation>
    </message>
    <message>
        <source>两遍不一样，密码从头再输。</source>
        <translation>They differ. Type the PIN again from the start.</translation>
    </message>
    <message>
        <source>编号太短了，至少 4 位。再来一次。</source>
        <translation>The number is too short: at least 4 digits. Once more.</translation>
    </message>
    <message>
        <source>✓ 记好了。别忘了密码，也别告诉别人。设置完会显示恢复码，请备好纸笔。</source>
        <translation>✓ Kept. Do not forget the PIN, and tell nobody. The recovery key is shown at the end: have pen and paper ready.</translation>
    </message>
    <message>
        <source>要防硬盘被偷：以后到“管理 → 值班 → 账号 → 数据钥匙”，把名册锁进密码。锁了以后，夜里断电重启，要等有人签到，大门才认得人，在那以前人人复核。</source>
        <translation>Against a stolen disk: Admin → Shifts → Accounts → Data keys locks the roster into the PINs. Then, after a power cut at night, everybody is rechecked until somebody signs in.</translation>
    </message>
    <message>
        <source>谁都能改判，只留下写的号；以后在“管理 → 值班 → 账号”里能加</source>
        <translation>Anybody may correct, only a typed number is kept; add operators later under Admin → Shifts → Accounts</translation>
    </message>
    <message>
        <source>已经有管理员了。改密码、加人：到“管理 → 值班 → 账号”。这一步请跳过。</source>
        <translation>There is an admin already. PINs and people: Admin → Shifts → Accounts. Please skip this step.</translation>
    </message>
    <message>
        <source>密码再输一遍，按“确定”。</source>
        <translation>Type the PIN once more, then OK.</translation>
    </message>
    <message>
        <source>编号 {number}。现在定密码：6 到 8 位数字，按“确定”。</source>
        <translation>Number {number}. Now a PIN of 6 to 8 digits, then OK.</translation>
    </message>
    <message>
        <source>编号：4 到 8 位数字，按“确定”。</source>
        <translation>A number of 4 to 8 digits, then OK.</translation>
    </message>
</context>
<context>
    <name>AdminWindow</name>
    <message>
        <source>扫码枪的字进了输入法，没有读成；请先点一下空白处，再扫一次</source>
        <translation>The scanner typed into the input method and was not understood. Tap an empty place, then scan again</translation>
    </message>
</context>
<context>
    <name>AmendQuestion</name>
    <message>
        <source>改成</source>
        <translation>Change to</translation>
    </message>
    <message>
        <source>为什么</source>
        <translation>Why</translation>
    </message>
    <message>
        <source>不改</source>
        <translation>Leave it</translation>
    </message>
    <message>
        <source>更正</source>
        <translation>Correct</translation>
    </message>
</context>
<context>
    <name>AskingPage</name>
    <message>
        <source>请看他手机上的码：是什么颜色？</source>
        <translation>Look at their phone: what colour is the code?</translation>
    </message>
    <message>
        <source>请看他手机上的核酸：什么时候采样的？</source>
        <translation>Look at the test on their phone: when was it taken?</translation>
    </message>
    <message>
        <source>请问他：14 天里去过重点区域吗？</source>
        <translation>Ask them: in a key area within 14 days?</translation>
    </message>
    <message>
        <source>绿码</source>
        <translation>Green</translation>
    </message>
    <message>
        <source>黄码</source>
        <translation>Yellow</translation>
    </message>
    <message>
        <source>红码</source>
        <translation>Red</translation>
    </message>
    <message>
        <source>{hours} 小时阴性</source>
        <translation>Neg. {hours} h</translation>
    </message>
    <message>
        <source>没做、过期了</source>
        <translation>None or old</translation>
    </message>
    <message>
        <source>还没出结果</source>
        <translation>No result yet</translation>
    </message>
    <message>
        <source>阳性</source>
        <translation>Positive</translation>
    </message>
    <message>
        <source>没去过</source>
        <translation>No</translation>
    </message>
    <message>
        <source>去过</source>
        <translation>Yes</translation>
    </message>
</context>
<context>
    <name>AuditPage</name>
    <message>
        <source>前一天</source>
        <translation>The day before</translation>
    </message>
    <message>
        <source>后一天</source>
        <translation>The day after</translation>
    </message>
    <message>
        <source>谁</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>做了什么</source>
        <translation>What</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Remarks</translation>
    </message>
    <message>
        <source>正在核对这一天的签名</source>
        <translation>Checking the signatures of this day</translation>
    </message>
    <message>
        <source>所有人</source>
        <translation>everyone</translation>
    </message>
    <message>
        <source>所有事</source>
        <translation>Everything</translation>
    </message>
    <message>
        <source>还没有读出来。要再读一次，请点“谁做过什么”</source>
        <translation>Not read yet. To read it once more, tap &quot;Who did what&quot;</translation>
    </message>
    <message>
        <source>{count} 条。没有人能改，也没有人能删。</source>
        <translation>Records: {count}. Nobody can change or delete them.</translation>
    </message>
    <message>
        <source>有 {count} 条被别的程序动过，已标出。请不要再动这台电脑，联系技术人员。</source>
        <translation>{count} records were changed by another program and are marked. Leave this PC as it is and call a technician.</translation>
    </message>
    <message>
        <source>▲ 被动过：{what}</source>
        <translation>▲ Changed: {what}</translation>
    </message>
    <message>
        <source>没人签到</source>
        <translation>Nobody signed in</translation>
    </message>
</context>
<context>
    <name>BackupPage</name>
    <message>
        <source>口令，至少 10 个字</source>
        <translation>Passphrase, at least 10 characters</translation>
    </message>
    <message>
        <source>口令再输一遍</source>
        <translation>Passphrase again</translation>
    </message>
    <message>
        <source>开始备份</source>
        <translation>Start backup</translation>
    </message>
    <message>
        <source>存到 {place}</source>
        <translation>Save to {place}</translation>
    </message>
    <message>
        <source>← 数据保留</source>
        <translation>← Data kept</translation>
    </message>
    <message>
        <source>做一份备份</source>
        <translation>Make a backup</translation>
    </message>
    <message>
        <source>登记本、钥匙、设置、名单都放进一个文件，上了锁。电脑坏了、要换电脑，用它就能接着用。</source>
        <translation>Journal, keys, settings and lists go into one locked file. If this computer breaks or is replaced, work goes on from it.</translation>
    </message>
    <message>
        <source>口令写在纸上，和 U 盘分开放。口令丢了，谁也打不开这份备份。</source>
        <translation>Write the passphrase on paper, and keep it apart from the stick. Without it nobody can open this backup.</translation>
    </message>
    <message>
        <source>换电脑：在新电脑上运行 station restore 备份文件 --data 文件夹。旧电脑就不要再用了。</source>
        <translation>New computer: run station restore FILE --data FOLDER there. Do not use the old one any more.</translation>
    </message>
    <message>
        <source>请先选存到哪里</source>
        <translation>Choose where to save it first</translation>
    </message>
    <message>
        <source>两遍口令不一样，请再输一次</source>
        <translation>The passphrases differ, please type them again</translation>
    </message>
    <message>
        <source>正在备份，大门照常用</source>
        <translation>Backing up; the gate goes on as usual</translation>
    </message>
    <message>
        <source>备份好了，也读回来核对过了：{path}（{size}）</source>
        <translation>Backup made, and read again to check it: {path} ({size})</translation>
    </message>
</context>
<context>
    <name>ButtonRow</name>
    <message>
        <source>无码</source>
        <translation>No code</translation>
    </message>
    <message>
        <source>手测体温</source>
        <translation>Type °C</translation>
    </message>
    <message>
        <source>看颜色</source>
        <translation>Colour</translation>
    </message>
    <message>
        <source>改判</source>
        <translation>Correct</translation>
    </message>
    <message>
        <source>重来</source>
        <translation>Again</translation>
    </message>
    <message>
        <source>大字</source>
        <translation>Large</translation>
    </message>
    <message>
        <source>停码</source>
        <translation>Outage</translation>
    </message>
    <message>
        <source>管理</source>
        <translation>Admin</translation>
    </message>
    <message>
        <source>求助</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>按住空格</source>
        <translation>Space</translation>
    </message>
    <message>
        <source>开闸</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>普通</source>
        <translation>Usual</translation>
    </message>
    <message>
        <source>看核酸</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>问行程</source>
        <translation>Travel</translation>
    </message>
    <message>
        <source>看手机</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>查码</source>
        <translation>Codes</translation>
    </message>
</context>
<context>
    <name>CameraStep</name>
    <message>
        <source>没有看到摄像头。请插好 USB 线，再点“重新看一遍”。</source>
        <translation>No camera found. Plug in its USB cable, then &quot;Look again&quot;.</translation>
    </message>
    <message>
        <source>重新看一遍</source>
        <translation>Look again</translation>
    </message>
    <message>
        <source>摄像头</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>哪个画面对着人站的地方？点那一个。</source>
        <translation>Which picture shows where people stand? Tap it.</translation>
    </message>
    <message>
        <source>用找到的第一个；没有摄像头就用扫码枪，或按 F1 登记</source>
        <translation>The first one found is used; without any: a scanner, or F1</translation>
    </message>
</context>
<context>
    <name>CenterStep</name>
    <message>
        <source>自己用，不连中心</source>
        <translation>Alone, no center</translation>
    </message>
    <message>
        <source>连到中心</source>
        <translation>With a center</translation>
    </message>
    <message>
        <source>登记到中心</source>
        <translation>Enrol</translation>
    </message>
    <message>
        <source>中心的地址，或者整个链接</source>
        <translation>The center&apos;s address, or the whole link</translation>
    </message>
    <message>
        <source>一次性码</source>
        <translation>One-time code</translation>
    </message>
    <message>
        <source>连中心，还是自己用</source>
        <translation>Center, or alone</translation>
    </message>
    <message>
        <source>中心给了地址和一次性码，就填在这里；没有就自己用，以后再连。</source>
        <translation>If the center gave you an address and a one-time code, write them here; else alone, and later.</translation>
    </message>
    <message>
        <source>自己用；以后在“管理 → 中心”里能连</source>
        <translation>Alone; connect later in &quot;Admin → Center&quot;</translation>
    </message>
    <message>
        <source>中心叫它：{name}</source>
        <translation>The center calls it {name}</translation>
    </message>
    <message>
        <source>自己用</source>
        <translation>Alone</translation>
    </message>
    <message>
        <source>请先填中心的地址和一次性码。</source>
        <translation>Write the center&apos;s address and the one-time code first.</translation>
    </message>
    <message>
        <source>正在问中心…</source>
        <translation>Asking the center…</translation>
    </message>
    <message>
        <source>✓ 登记好了。中心叫这台机器：{name}</source>
        <translation>✓ Enrolled. The center calls this station {name}</translation>
    </message>
    <message>
        <source>没有登记成。可以先跳过，以后再连。</source>
        <translation>Not enrolled. You may skip this and connect later.</translation>
    </message>
</context>
<context>
    <name>ClearForm</name>
    <message>
        <source>要全名</source>
        <translation>Full names</translation>
    </message>
    <message>
        <source>为什么要全名，给谁</source>
        <translation>Why full names, and for whom</translation>
    </message>
    <message>
        <source>姓名打码，例如 王*英</source>
        <translation>Names are masked, e.g. 王*英</translation>
    </message>
</context>
<context>
    <name>CodesDownPage</name>
    <message>
        <source>健康码系统好了吗？</source>
        <translation>Is the health-code system back?</translation>
    </message>
    <message>
        <source>健康码系统坏了吗？</source>
        <translation>Is the health-code system down?</translation>
    </message>
    <message>
        <source>是，恢复查码</source>
        <translation>Yes, check codes again</translation>
    </message>
    <message>
        <source>是，停码</source>
        <translation>Yes, go on without codes</translation>
    </message>
    <message>
        <source>恢复以后照常看码。
停码时放行的人，电脑自己再核一遍，要找的人会说。</source>
        <translation>From then on codes are read as usual.
Whoever passed without one is checked by the computer, which says whom to look for.</translation>
    </message>
    <message>
        <source>很多人的码都打不开，才按停码；一两个人打不开，不要按。
停码以后：看名册、量体温，每条都做记号，恢复以后补核。</source>
        <translation>Only if many people&apos;s codes do not open; not for one or two.
From then on: the roster and the temperature decide, every entry is marked, and all are checked afterwards.</translation>
    </message>
</context>
<context>
    <name>CorrectionPage</name>
    <message>
        <source>问中心</source>
        <translation>Ask center</translation>
    </message>
    <message>
        <source>改判：{entry}</source>
        <translation>Correct: {entry}</translation>
    </message>
    <message>
        <source>请他按自己的编号，再按“确定”。</source>
        <translation>They enter their number, then OK.</translation>
    </message>
    <message>
        <source>改成“{verdict}”要保安或管理员来定。</source>
        <translation>Only a guard or an admin may change it to &quot;{verdict}&quot;.</translation>
    </message>
    <message>
        <source>他不在这里就打社区值班电话。</source>
        <translation>If nobody is here, call the community&apos;s duty phone.</translation>
    </message>
    <message>
        <source>改成“复核”您自己就可以。</source>
        <translation>You may change it to &quot;Recheck&quot; yourself.</translation>
    </message>
    <message>
        <source>您的编号不能这样改，请他按自己的编号，再按“确定”。</source>
        <translation>Your number may not do this. Ask them to type their own number, then press OK.</translation>
    </message>
    <message>
        <source>为什么改成“{verdict}”？</source>
        <translation>Why change it to &quot;{verdict}&quot;?</translation>
    </message>
    <message>
        <source>现在就是</source>
        <translation>As it stands</translation>
    </message>
    <message>
        <source>要保安或管理员</source>
        <translation>Guard or admin only</translation>
    </message>
</context>
<context>
    <name>DailyPage</name>
    <message>
        <source>Excel 表格</source>
        <translation>Excel sheet</translation>
    </message>
    <message>
        <source>CSV 文本</source>
        <translation>CSV text</translation>
    </message>
    <message>
        <source>就这样</source>
        <translation>Keep this</translation>
    </message>
    <message>
        <source>← 导出</source>
        <translation>← Export</translation>
    </message>
    <message>
        <source>每天自动导出</source>
        <translation>Every day by itself</translation>
    </message>
    <message>
        <source>每天过了零点，把前一天的日报存一份，姓名打码。电脑没开的日子，下次开机补上，最多补 31 天。</source>
        <translation>After midnight the log of the day before is saved, names masked. Days on which the PC was off come at the next start, 31 at most.</translation>
    </message>
    <message>
        <source>不自动导出</source>
        <translation>Nothing by itself</translation>
    </message>
    <message>
        <source>存到插着的 U 盘</source>
        <translation>To the memory stick that is plugged in</translation>
    </message>
    <message>
        <source>存到 {folder}</source>
        <translation>To {folder}</translation>
    </message>
    <message>
        <source>别的文件夹…</source>
        <translation>Another folder…</translation>
    </message>
    <message>
        <source>还没有自动导出过。</source>
        <translation>Nothing was exported by itself yet.</translation>
    </message>
    <message>
        <source>上次：{time}，{file}</source>
        <translation>Last: {time}, {file}</translation>
    </message>
    <message>
        <source>▲ 有 {days} 天没存成：{what}</source>
        <translation>▲ Days that could not be saved: {days}. {what}</translation>
    </message>
    <message>
        <source>存到哪个文件夹</source>
        <translation>Into which folder</translation>
    </message>
    <message>
        <source>以后不自动导出了</source>
        <translation>Nothing goes by itself from now on</translation>
    </message>
    <message>
        <source>好了，以后每天存到 U 盘，请把 U 盘一直插着</source>
        <translation>Done: each day goes to the stick, please leave it plugged in</translation>
    </message>
    <message>
        <source>好了，以后每天存到 {folder}</source>
        <translation>Done: each day goes to {folder}</translation>
    </message>
</context>
<context>
    <name>DayChooser</name>
    <message>
        <source>前一天</source>
        <translation>The day before</translation>
    </message>
    <message>
        <source>后一天</source>
        <translation>The day after</translation>
    </message>
    <message>
        <source>哪一天，如 4-16</source>
        <translation>Which day, as 4-16</translation>
    </message>
    <message>
        <source>看</source>
        <translation>Show</translation>
    </message>
    <message>
        <source>请打日期，如 4-16</source>
        <translation>Type a day, as 4-16</translation>
    </message>
</context>
<context>
    <name>DevicePanel</name>
    <message>
        <source>现在没有读数</source>
        <translation>No reading now</translation>
    </message>
</context>
<context>
    <name>Door</name>
    <message>
        <source>密码忘了</source>
        <translation>Forgot the PIN</translation>
    </message>
    <message>
        <source>下一页  PgDn</source>
        <translation>Next page  PgDn</translation>
    </message>
    <message>
        <source>回到卡口  Esc</source>
        <translation>To the gate  Esc</translation>
    </message>
    <message>
        <source>{name}：请按密码，再按“确定”。</source>
        <translation>{name}: type the PIN, then press OK.</translation>
    </message>
    <message>
        <source>请点自己的名字。</source>
        <translation>Tap your own name.</translation>
    </message>
    <message>
        <source>新密码再按一遍。</source>
        <translation>The new PIN once more.</translation>
    </message>
    <message>
        <source>这是别人给的密码。请定一个只有自己知道的新密码，至少 6 位数字。</source>
        <translation>Somebody gave you this PIN. Choose a new one that only you know, at least 6 digits.</translation>
    </message>
    <message>
        <source>两遍不一样，请从头再来。</source>
        <translation>The two differ. Please begin again.</translation>
    </message>
    <message>
        <source>用恢复码定新密码</source>
        <translation>New PIN with the recovery key</translation>
    </message>
    <message>
        <source>管理页：请先签到</source>
        <translation>Admin page: please sign in</translation>
    </message>
</context>
<context>
    <name>DrillPage</name>
    <message>
        <source>补核</source>
        <translation>Verify</translation>
    </message>
    <message>
        <source>停码那段时间</source>
        <translation>While codes were down</translation>
    </message>
    <message>
        <source>现在停码：{at} 起，{by} 停的。只看名册和体温，每条都做了记号。</source>
        <translation>Codes are down since {at}, by {by}. Only roster and temperature count; every entry is marked.</translation>
    </message>
    <message>
        <source>健康码系统坏了，码查不了，就按停码：只看名册和体温，每条做记号，过后补核。</source>
        <translation>If the code system is down, press Codes down: only roster and temperature count, entries are marked and verified later.</translation>
    </message>
    <message>
        <source>恢复查码</source>
        <translation>Codes are back</translation>
    </message>
    <message>
        <source>停码</source>
        <translation>Codes down</translation>
    </message>
    <message>
        <source>恢复以后点“补核”：那时记下的再核一遍，有问题的列在下面。</source>
        <translation>Afterwards press Verify: what was recorded then is judged again, and exceptions are listed below.</translation>
    </message>
    <message>
        <source>那段时间没有记录。</source>
        <translation>There are no entries of that time.</translation>
    </message>
    <message>
        <source>{count} 条里有 {exceptions} 条要找人补核：</source>
        <translation>{exceptions} of {count} entries have to be looked into:</translation>
    </message>
    <message>
        <source>{count} 条都核过了，没有问题。</source>
        <translation>Entries verified: {count}; nothing is wrong.</translation>
    </message>
    <message>
        <source>不认识</source>
        <translation>Not known</translation>
    </message>
    <message>
        <source>现在</source>
        <translation>now</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>谁</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>该是</source>
        <translation>Should be</translation>
    </message>
    <message>
        <source>为什么</source>
        <translation>Why</translation>
    </message>
</context>
<context>
    <name>DutyAtGate</name>
    <message>
        <source>没有人签到 Home</source>
        <translation>Sign in  Home</translation>
    </message>
    <message>
        <source>当班 {name}</source>
        <translation>On duty: {name}</translation>
    </message>
    <message>
        <source>等人接班 Home</source>
        <translation>Taking over? Home</translation>
    </message>
</context>
<context>
    <name>EntriesSection</name>
    <message>
        <source>记录</source>
        <translation>Entries</translation>
    </message>
    <message>
        <source>前一天</source>
        <translation>The day before</translation>
    </message>
    <message>
        <source>后一天</source>
        <translation>The day after</translation>
    </message>
    <message>
        <source>所有日子</source>
        <translation>All days</translation>
    </message>
    <message>
        <source>判定：都看</source>
        <translation>All verdicts</translation>
    </message>
    <message>
        <source>只看{verdict}</source>
        <translation>Only {verdict}</translation>
    </message>
    <message>
        <source>只看改过判的</source>
        <translation>Only changed by hand</translation>
    </message>
    <message>
        <source>第几条，或日期，如 104 或 4-16</source>
        <translation>Number or date, such as 104 or 4-16</translation>
    </message>
    <message>
        <source>查</source>
        <translation>Look up</translation>
    </message>
    <message>
        <source>找一个人的</source>
        <translation>One person&apos;s</translation>
    </message>
    <message>
        <source>看所有人的</source>
        <translation>Everybody&apos;s</translation>
    </message>
    <message>
        <source>← 回列表</source>
        <translation>← List</translation>
    </message>
    <message>
        <source>看谁的进出记录？</source>
        <translation>Whose entries?</translation>
    </message>
    <message>
        <source>正在找所有日子的记录</source>
        <translation>Finding the entries of all days</translation>
    </message>
    <message>
        <source>{count} 条</source>
        <translation>Entries: {count}</translation>
    </message>
    <message>
        <source>{day}没有人改判</source>
        <translation>{day}: no verdict was changed by hand</translation>
    </message>
    <message>
        <source>{day}改判 {count} 次：{who}</source>
        <translation>{day}: verdicts changed by hand: {count}. {who}</translation>
    </message>
    <message>
        <source>请打第几条，如 104；或者日期，如 4-16</source>
        <translation>Type a number, such as 104, or a date, such as 4-16</translation>
    </message>
    <message>
        <source>没有第 {number} 条</source>
        <translation>There is no entry {number}</translation>
    </message>
    <message>
        <source>更正好了，原来的判定也留着</source>
        <translation>Corrected; the first verdict is kept too</translation>
    </message>
</context>
<context>
    <name>EntryPage</name>
    <message>
        <source>← 回列表</source>
        <translation>← List</translation>
    </message>
    <message>
        <source>↑ 上一条</source>
        <translation>↑ Previous</translation>
    </message>
    <message>
        <source>↓ 下一条</source>
        <translation>↓ Next</translation>
    </message>
    <message>
        <source>更正</source>
        <translation>Correct</translation>
    </message>
    <message>
        <source>第 {number} 条</source>
        <translation>Entry {number}</translation>
    </message>
    <message>
        <source>看更正：{verdict}</source>
        <translation>Correction: {verdict}</translation>
    </message>
    <message>
        <source>看第一次：{verdict}</source>
        <translation>First decision: {verdict}</translation>
    </message>
</context>
<context>
    <name>EntryTable</name>
    <message>
        <source>号</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>进出</source>
        <translation>Way</translation>
    </message>
    <message>
        <source>谁</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>体温</source>
        <translation>°C</translation>
    </message>
    <message>
        <source>判定</source>
        <translation>Verdict</translation>
    </message>
    <message>
        <source>为什么</source>
        <translation>Why</translation>
    </message>
</context>
<context>
    <name>ErasePage</name>
    <message>
        <source>这些地方也一起删（说的是同名的别人，就取消）</source>
        <translation>These places go too (switch off if they are about a namesake)</translation>
    </message>
    <message>
        <source>第一位</source>
        <translation>First person</translation>
    </message>
    <message>
        <source>第二位</source>
        <translation>Second person</translation>
    </message>
    <message>
        <source>为什么删，例如：本人书面申请（不要写名字）</source>
        <translation>Why, e.g. written request (no names)</translation>
    </message>
    <message>
        <source>删除，不能恢复</source>
        <translation>Erase, for good</translation>
    </message>
    <message>
        <source>存回执</source>
        <translation>Save receipt</translation>
    </message>
    <message>
        <source>← 数据保留</source>
        <translation>← Data kept</translation>
    </message>
    <message>
        <source>应本人要求删除</source>
        <translation>Erase on request</translation>
    </message>
    <message>
        <source>删了以后：名册里没有这个人，出入证作废，再来要重新登记。进出记录还在，但不知道是谁。</source>
        <translation>Afterwards the person is not in the roster and their pass is void; they register anew. Passages stay, without telling whose.</translation>
    </message>
    <message>
        <source>要两个人一起签：</source>
        <translation>Two people sign:</translation>
    </message>
    <message>
        <source>不删了</source>
        <translation>Do not erase</translation>
    </message>
    <message>
        <source>正在找他的全部信息</source>
        <translation>Looking for all that is known</translation>
    </message>
    <message>
        <source>要删的是：{name} · {house}</source>
        <translation>To be erased: {name} · {house}</translation>
    </message>
    <message>
        <source>这台电脑里有他的：{what}</source>
        <translation>On this computer: {what}</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>存到 {place}</source>
        <translation>Save to {place}</translation>
    </message>
    <message>
        <source>删好了。请把回执存下来、打印出来交给他</source>
        <translation>Erased. Save the receipt, print it and hand it over</translation>
    </message>
    <message>
        <source>回执存好了：{path}</source>
        <translation>Receipt saved: {path}</translation>
    </message>
</context>
<context>
    <name>ErrandsPage</name>
    <message>
        <source>房号，如 3-2-501</source>
        <translation>House, e.g. 3-2-501</translation>
    </message>
    <message>
        <source>要办什么、谁放的</source>
        <translation>What for, who left it</translation>
    </message>
    <message>
        <source>记下</source>
        <translation>Note it</translation>
    </message>
    <message>
        <source>连办完的一起看</source>
        <translation>With what is done</translation>
    </message>
    <message>
        <source>打印清单</source>
        <translation>Print the list</translation>
    </message>
    <message>
        <source>房号</source>
        <translation>house</translation>
    </message>
    <message>
        <source>什么</source>
        <translation>What</translation>
    </message>
    <message>
        <source>从几点</source>
        <translation>Since</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Remarks</translation>
    </message>
    <message>
        <source>怎么样了</source>
        <translation>How it stands</translation>
    </message>
    <message>
        <source>谁办的</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>打印：{printer}</source>
        <translation>Print: {printer}</translation>
    </message>
    <message>
        <source>PDF 存到 {place}</source>
        <translation>PDF to {place}</translation>
    </message>
    <message>
        <source>{count} 件超时了，请催一催</source>
        <translation>{count} are late, please see to them</translation>
    </message>
    <message>
        <source>没有超时的</source>
        <translation>Nothing is late</translation>
    </message>
    <message>
        <source>超时！{long}</source>
        <translation>Too long! {long}</translation>
    </message>
    <message>
        <source>记下结果</source>
        <translation>Note the result</translation>
    </message>
    <message>
        <source>记下了：{house}</source>
        <translation>Noted: {house}</translation>
    </message>
    <message>
        <source>记好了，{count} 件</source>
        <translation>Noted, {count}</translation>
    </message>
    <message>
        <source>清单已经送到打印机 {printer}</source>
        <translation>The list was sent to the printer {printer}</translation>
    </message>
    <message>
        <source>正在打印清单</source>
        <translation>Printing the list</translation>
    </message>
    <message>
        <source>代收代办清单</source>
        <translation>errands</translation>
    </message>
    <message>
        <source>{pages} 页，存好了：{path}</source>
        <translation>Pages: {pages}, saved: {path}</translation>
    </message>
    <message>
        <source>正在写清单</source>
        <translation>Writing the list</translation>
    </message>
</context>
<context>
    <name>EvacuationBar</name>
    <message>
        <source>加上没过门的住户</source>
        <translation>Add residents never seen</translation>
    </message>
    <message>
        <source>疏散名单</source>
        <translation>Evacuation list</translation>
    </message>
    <message>
        <source>打印：{printer}</source>
        <translation>Print: {printer}</translation>
    </message>
    <message>
        <source>PDF 存到 {place}</source>
        <translation>PDF to {place}</translation>
    </message>
    <message>
        <source>{people} 人，{pages} 页，存好了：{path}。用完请删掉</source>
        <translation>People: {people}, pages: {pages}, saved: {path}. Please delete it after use</translation>
    </message>
    <message>
        <source>正在写疏散名单</source>
        <translation>Writing the evacuation list</translation>
    </message>
    <message>
        <source>{people} 人的名单已经送到打印机 {printer}</source>
        <translation>The list (people: {people}) went to the printer {printer}</translation>
    </message>
    <message>
        <source>正在打印疏散名单</source>
        <translation>Printing the evacuation list</translation>
    </message>
</context>
<context>
    <name>ExpectedPage</name>
    <message>
        <source>房号，如 3-2-501</source>
        <translation>House, e.g. 3-2-501</translation>
    </message>
    <message>
        <source>访客姓名</source>
        <translation>Visitor&apos;s name</translation>
    </message>
    <message>
        <source>电话或尾号</source>
        <translation>Phone or last digits</translation>
    </message>
    <message>
        <source>几人</source>
        <translation>How many</translation>
    </message>
    <message>
        <source>从 2022-04-01 14:00</source>
        <translation>From 2022-04-01 14:00</translation>
    </message>
    <message>
        <source>到（不写就是当天）</source>
        <translation>Until (empty: that day)</translation>
    </message>
    <message>
        <source>登记预约</source>
        <translation>Announce</translation>
    </message>
    <message>
        <source>导入名单…</source>
        <translation>Import a list…</translation>
    </message>
    <message>
        <source>显示全名</source>
        <translation>Show full names</translation>
    </message>
    <message>
        <source>房号</source>
        <translation>house</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>name</translation>
    </message>
    <message>
        <source>电话尾号</source>
        <translation>Phone ends</translation>
    </message>
    <message>
        <source>从</source>
        <translation>Begin from</translation>
    </message>
    <message>
        <source>到</source>
        <translation>Until</translation>
    </message>
    <message>
        <source>来了几位</source>
        <translation>Came</translation>
    </message>
    <message>
        <source>卡口按 F1、再按 F1，点一下名字就能进；只给本人看尾号</source>
        <translation>At the gate: F1, F1 again, and tap the name</translation>
    </message>
    <message>
        <source>还没有预约。住户打电话来就登记在这里；名单要有“房号”和“从”两列</source>
        <translation>Nobody is announced. Enter here whom residents phone about; a list needs the columns 房号 (house) and 从 (from)</translation>
    </message>
    <message>
        <source>登记好了：{house}</source>
        <translation>Announced: {house}</translation>
    </message>
    <message>
        <source>名单</source>
        <translation>Lists</translation>
    </message>
    <message>
        <source>选一张名单</source>
        <translation>Choose a list</translation>
    </message>
    <message>
        <source>登记了 {count} 条</source>
        <translation>{count} were announced</translation>
    </message>
    <message>
        <source>，{count} 条没登记：{some}</source>
        <translation>, {count} were not: {some}</translation>
    </message>
    <message>
        <source>取消预约 {count}</source>
        <translation>Withdraw {count}</translation>
    </message>
    <message>
        <source>取消 {count} 个预约？已经进去的不受影响。</source>
        <translation>Announcements to withdraw: {count}? Whoever is inside already stays.</translation>
    </message>
    <message>
        <source>取消预约</source>
        <translation>Withdraw</translation>
    </message>
</context>
<context>
    <name>ExportSection</name>
    <message>
        <source>从哪天</source>
        <translation>First day</translation>
    </message>
    <message>
        <source>到哪天</source>
        <translation>Last day</translation>
    </message>
    <message>
        <source>房号，例如 3-2-501 或 3-</source>
        <translation>House, e.g. 3-2-501 or 3-</translation>
    </message>
    <message>
        <source>密码（可以不填）</source>
        <translation>Password (may stay empty)</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>每天自动导出</source>
        <translation>Every day by itself</translation>
    </message>
    <message>
        <source>核对一份文件</source>
        <translation>Check a file</translation>
    </message>
    <message>
        <source>今天</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>昨天</source>
        <translation>Yesterday</translation>
    </message>
    <message>
        <source>最近 7 天</source>
        <translation>Last 7 days</translation>
    </message>
    <message>
        <source>哪几天</source>
        <translation>Days</translation>
    </message>
    <message>
        <source>只要</source>
        <translation>Only</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Names</translation>
    </message>
    <message>
        <source>存成</source>
        <translation>As</translation>
    </message>
    <message>
        <source>存到</source>
        <translation>To</translation>
    </message>
    <message>
        <source>所有结果</source>
        <translation>All results</translation>
    </message>
    <message>
        <source>所有人</source>
        <translation>Everybody</translation>
    </message>
    <message>
        <source>所有测温仪</source>
        <translation>All thermometers</translation>
    </message>
    <message>
        <source>Excel 表格</source>
        <translation>Excel sheet</translation>
    </message>
    <message>
        <source>CSV 文本</source>
        <translation>CSV text</translation>
    </message>
    <message>
        <source>PDF，打印用</source>
        <translation>PDF, to print</translation>
    </message>
    <message>
        <source>正在导出，大门照常用</source>
        <translation>Exporting; the gate goes on</translation>
    </message>
    <message>
        <source>日期请写成 2022-04-01 这样</source>
        <translation>Write dates like 2022-04-01</translation>
    </message>
    <message>
        <source>存到哪个文件夹</source>
        <translation>Into which folder</translation>
    </message>
    <message>
        <source>导出了 {rows} 条：{path}</source>
        <translation>Rows exported: {rows}: {path}</translation>
    </message>
    <message>
        <source>。里面有全名，用完请删掉</source>
        <translation>. It holds full names: delete it after use</translation>
    </message>
    <message>
        <source>核对哪份文件</source>
        <translation>Which file to check</translation>
    </message>
    <message>
        <source>正在核对</source>
        <translation>Checking</translation>
    </message>
    <message>
        <source>核对这份文件</source>
        <translation>Check this file</translation>
    </message>
    <message>
        <source>，还有 {more} 处</source>
        <translation>, and {more} more</translation>
    </message>
</context>
<context>
    <name>FactForm</name>
    <message>
        <source>如 东门，西门</source>
        <translation>Such as East, West</translation>
    </message>
    <message>
        <source>哪些门</source>
        <translation>Which gates</translation>
    </message>
    <message>
        <source>谁同意的（可以不填）</source>
        <translation>Who agreed (optional)</translation>
    </message>
    <message>
        <source>可以不填</source>
        <translation>Optional</translation>
    </message>
    <message>
        <source>到什么时候</source>
        <translation>Until when</translation>
    </message>
    <message>
        <source>全家都算</source>
        <translation>Whole household</translation>
    </message>
    <message>
        <source>不记了</source>
        <translation>Don&apos;t record</translation>
    </message>
    <message>
        <source>记什么</source>
        <translation>Record about</translation>
    </message>
    <message>
        <source>是什么</source>
        <translation>What</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>没有期限</source>
        <translation>No end</translation>
    </message>
    <message>
        <source>多久</source>
        <translation>For</translation>
    </message>
    <message>
        <source>只能进 {gate}</source>
        <translation>Only {gate}</translation>
    </message>
    <message>
        <source>不能进</source>
        <translation>No gate</translation>
    </message>
    <message>
        <source>别的门，自己写</source>
        <translation>Other gates, typed</translation>
    </message>
    <message>
        <source>隔离和“先别放行”弄错了，会把人关在门里门外：您报上去，要另一个人核对了才算</source>
        <translation>A wrong isolation or hold locks people in or out: you report it, and it counts once a second person has checked it</translation>
    </message>
    <message>
        <source>记下来马上就算，大门下一次就照这个看</source>
        <translation>Counts at once: the gate goes by it from the next passage on</translation>
    </message>
    <message>
        <source>报上去</source>
        <translation>Report it</translation>
    </message>
    <message>
        <source>记下来</source>
        <translation>Record it</translation>
    </message>
</context>
<context>
    <name>FindPage</name>
    <message>
        <source>拼音首字母、姓名、房号，或电话、证件后四位</source>
        <translation>Pinyin initials, name, house, last 4 of phone or ID</translation>
    </message>
    <message>
        <source>加一个人</source>
        <translation>Add a person</translation>
    </message>
    <message>
        <source>找到 {count} 人，点一下看他的卡片</source>
        <translation>{count} found. Tap one to see the card</translation>
    </message>
    <message>
        <source>没有找到。试试只打姓的首字母，或者房号</source>
        <translation>Nobody found. Try the first letter of the surname, or the house</translation>
    </message>
    <message>
        <source>名册里有 {count} 人。直接打字找人，或者点一栋楼</source>
        <translation>People in the roster: {count}. Type to find somebody, or tap a building</translation>
    </message>
    <message>
        <source>名册还是空的：可以“加一个人”，或者到“导入”选一份名单</source>
        <translation>The roster is empty: add a person, or choose a list under Import</translation>
    </message>
    <message>
        <source>楼</source>
        <translation>Building</translation>
    </message>
    <message>
        <source>人数</source>
        <translation>People</translation>
    </message>
    <message>
        <source>点一下看他的卡片</source>
        <translation>Tap one to see the card</translation>
    </message>
    <message>
        <source>没有房号</source>
        <translation>No house</translation>
    </message>
    <message>
        <source>{houses} 户，{people} 人。点一户</source>
        <translation>Homes: {houses}, people: {people}. Tap a home</translation>
    </message>
    <message>
        <source>房号</source>
        <translation>House</translation>
    </message>
    <message>
        <source>住着</source>
        <translation>Living there</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Category</translation>
    </message>
    <message>
        <source>电话尾号</source>
        <translation>Phone ends</translation>
    </message>
    <message>
        <source>所有的楼</source>
        <translation>All buildings</translation>
    </message>
    <message>
        <source>{name} 号楼</source>
        <translation>Building {name}</translation>
    </message>
</context>
<context>
    <name>FormPage</name>
    <message>
        <source>都改回来</source>
        <translation>Undo all</translation>
    </message>
    <message>
        <source>从</source>
        <translation>Begin from</translation>
    </message>
    <message>
        <source>改起；管的是</source>
        <translation>for</translation>
    </message>
    <message>
        <source>现行：{value}</source>
        <translation>now: {value}</translation>
    </message>
    <message>
        <source>和现行比，改了 {count} 处</source>
        <translation>Changes: {count}</translation>
    </message>
    <message>
        <source>和现行一样</source>
        <translation>no changes</translation>
    </message>
    <message>
        <source>「{field}」请填数字</source>
        <translation>Please give a number for &quot;{field}&quot;</translation>
    </message>
    <message>
        <source>这一项写在文件里的样子这里改不了，请在文件里改</source>
        <translation>The file says this in a way that cannot be edited here; edit the file</translation>
    </message>
    <message>
        <source>记下了，可是分进出另有规定；请在“管”那里选进来或出去再改</source>
        <translation>Kept, but each way has a rule of its own; choose the way in or out above and change it there</translation>
    </message>
</context>
<context>
    <name>GateStep</name>
    <message>
        <source>小区的名字，比如 幸福里小区</source>
        <translation>Name of the compound</translation>
    </message>
    <message>
        <source>小区的名字</source>
        <translation>Name of the compound</translation>
    </message>
    <message>
        <source>大门</source>
        <translation>Main gate</translation>
    </message>
    <message>
        <source>东门</source>
        <translation>East gate</translation>
    </message>
    <message>
        <source>南门</source>
        <translation>South gate</translation>
    </message>
    <message>
        <source>西门</source>
        <translation>West gate</translation>
    </message>
    <message>
        <source>北门</source>
        <translation>North gate</translation>
    </message>
    <message>
        <source>→ 进门</source>
        <translation>→ In</translation>
    </message>
    <message>
        <source>← 出门</source>
        <translation>← Out</translation>
    </message>
    <message>
        <source>打开时先管哪边？随时能用 F12 换。</source>
        <translation>Which way first? F12 turns it any time.</translation>
    </message>
    <message>
        <source>这个门叫什么</source>
        <translation>The name of this gate</translation>
    </message>
    <message>
        <source>写上小区，点一个门。名字会写在屏幕上和记录里。</source>
        <translation>Write the compound, tap a gate. It stands on the screen and in the records.</translation>
    </message>
    <message>
        <source>写“本小区大门”，先管进门</source>
        <translation>&quot;本小区大门&quot;, people coming in</translation>
    </message>
    <message>
        <source>屏幕上会写：{gate}</source>
        <translation>The screen will say: {gate}</translation>
    </message>
</context>
<context>
    <name>GateWindow</name>
    <message>
        <source>卡口 · {gate}</source>
        <translation>Kakou · {gate}</translation>
    </message>
</context>
<context>
    <name>HandoverFrame</name>
    <message>
        <source>下一页</source>
        <translation>Next page</translation>
    </message>
    <message>
        <source>回到交班单</source>
        <translation>The sheet</translation>
    </message>
</context>
<context>
    <name>HandoverPage</name>
    <message>
        <source>谁交班？请点自己的名字。</source>
        <translation>Who hands over? Tap your name.</translation>
    </message>
    <message>
        <source>交班的人不在</source>
        <translation>Not here</translation>
    </message>
    <message>
        <source>{name} 交了班。谁接班？</source>
        <translation>{name} handed over. Who takes over?</translation>
    </message>
    <message>
        <source>谁接班？请点自己的名字。</source>
        <translation>Who takes over? Tap your name.</translation>
    </message>
    <message>
        <source>写名字</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>{name} 接班</source>
        <translation>{name} takes over</translation>
    </message>
    <message>
        <source>{name} 交班</source>
        <translation>{name} hands over</translation>
    </message>
    <message>
        <source>按“签字”，交班单就定下来，等接班的人签。

不是你？点“不是我”，写自己的名字。</source>
        <translation>Press &quot;Sign&quot; and the sheet is final; then the next shift signs.

Not you? Tap &quot;Not me&quot; and write your own name.</translation>
    </message>
    <message>
        <source>签字</source>
        <translation>Sign</translation>
    </message>
    <message>
        <source>不是我</source>
        <translation>Not me</translation>
    </message>
    <message>
        <source>请按密码，再按“确定”，签字交班。</source>
        <translation>Your PIN, then OK: you sign the hand-over.</translation>
    </message>
    <message>
        <source>请按密码，再按“确定”，签字接班。</source>
        <translation>Your PIN, then OK: you sign that you take over.</translation>
    </message>
    <message>
        <source>换个人签</source>
        <translation>Other one</translation>
    </message>
    <message>
        <source>交班的人叫什么？</source>
        <translation>What is the name of who hands over?</translation>
    </message>
    <message>
        <source>接班的人叫什么？</source>
        <translation>What is the name of who takes over?</translation>
    </message>
    <message>
        <source>写好按回车。没有密码也能交接班；想要密码，请管理员在“账号”里添加。</source>
        <translation>Type it and press Enter. Shifts can be handed over without a PIN; for PINs, an admin adds people under &quot;Accounts&quot;.</translation>
    </message>
    <message>
        <source>名字</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>交班单没写成</source>
        <translation>The sheet could not be made</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>交接好了，现在当班：{name}</source>
        <translation>Done. On duty now: {name}</translation>
    </message>
    <message>
        <source>上岗清单请做一做。交班单在管理页“值班”里，可以打印，也可以存 PDF。</source>
        <translation>Please do the start list. The sheet is on the admin page under &quot;Shifts&quot;, to print or to save as PDF.</translation>
    </message>
    <message>
        <source>上岗清单</source>
        <translation>Start list</translation>
    </message>
    <message>
        <source>打印交班单</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>没有打印机。请在管理页“值班”里存成 PDF。</source>
        <translation>No printer here. Save it as PDF on the admin page, under &quot;Shifts&quot;.</translation>
    </message>
</context>
<context>
    <name>HandoverSteps</name>
    <message>
        <source>交班单  {span}</source>
        <translation>Hand-over  {span}</translation>
    </message>
    <message>
        <source>接班签字</source>
        <translation>Take over</translation>
    </message>
    <message>
        <source>重写交班单</source>
        <translation>Write it anew</translation>
    </message>
    <message>
        <source>签字交班</source>
        <translation>Sign</translation>
    </message>
    <message>
        <source>清单</source>
        <translation>Checklists</translation>
    </message>
    <message>
        <source>还有 {count} 项没做</source>
        <translation>Points open: {count}</translation>
    </message>
    <message>
        <source>都做好了</source>
        <translation>All done</translation>
    </message>
    <message>
        <source>{list}：还差 {open} 项</source>
        <translation>{list}: {open} left</translation>
    </message>
    <message>
        <source>{list}清单 · 做好一项，点一下（{number}/{all}）</source>
        <translation>{list}: tap what is done ({number}/{all})</translation>
    </message>
    <message>
        <source>下一张</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>拦下的人送去哪里了？点一下名字。</source>
        <translation>Where were they sent? Tap a name.</translation>
    </message>
    <message>
        <source>去向没写</source>
        <translation>not noted where</translation>
    </message>
    <message>
        <source>{who} 送去哪里了？</source>
        <translation>Where was {who} sent?</translation>
    </message>
    <message>
        <source>要交代的话，写一句</source>
        <translation>Anything to pass on, in a line</translation>
    </message>
    <message>
        <source>比如：3 号楼老人的药下午到。不写也行。</source>
        <translation>E.g. medicine for building 3 comes this afternoon. You may leave it empty.</translation>
    </message>
    <message>
        <source>写好了</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>写在这里</source>
        <translation>Write here</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>演示 DEMO</source>
        <translation>DEMO 演示</translation>
    </message>
    <message>
        <source>停码：看名册</source>
        <translation>Codes down: roster</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>带照片</source>
        <translation>Picture</translation>
    </message>
    <message>
        <source>按错了</source>
        <translation>Mistake</translation>
    </message>
    <message>
        <source>到了</source>
        <translation>Arrived</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>Got it</translation>
    </message>
    <message>
        <source>求助：{what}</source>
        <translation>Help: {what}</translation>
    </message>
    <message>
        <source>求助：出了什么事？</source>
        <translation>Help: what happened?</translation>
    </message>
    <message>
        <source>问中心：{about}</source>
        <translation>Ask: {about}</translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message>
        <source>拿这一版来改</source>
        <translation>Begin from this one</translation>
    </message>
    <message>
        <source>这个程序读不懂</source>
        <translation>unreadable here</translation>
    </message>
    <message>
        <source>不是本机签的</source>
        <translation>not signed here</translation>
    </message>
    <message>
        <source>还没有人改过规则。</source>
        <translation>Nobody has changed the rules yet.</translation>
    </message>
    <message>
        <source>这一条不是本机签的，没有使用。请找管理员。</source>
        <translation>This one was not signed by this station and is not used. Call the administrator.</translation>
    </message>
    <message>
        <source>改了 {count} 处</source>
        <translation>Changes: {count}</translation>
    </message>
    <message>
        <source>没有改数字和判定</source>
        <translation>No value was changed</translation>
    </message>
    <message>
        <source>这是第一条，没有可以比的</source>
        <translation>The first one: nothing to compare with</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>做了什么</source>
        <translation>What</translation>
    </message>
    <message>
        <source>规则</source>
        <translation>Rules</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>By</translation>
    </message>
    <message>
        <source>为什么</source>
        <translation>Why</translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message>
        <source>选别的文件…</source>
        <translation>Other file…</translation>
    </message>
    <message>
        <source>空的房号照上一行</source>
        <translation>Empty house: as in row above</translation>
    </message>
    <message>
        <source>以前改过的，可以整批撤销：</source>
        <translation>Earlier changes; each can be undone as a whole:</translation>
    </message>
    <message>
        <source>撤销这一批</source>
        <translation>Undo this change</translation>
    </message>
    <message>
        <source>文件</source>
        <translation>File</translation>
    </message>
    <message>
        <source>在哪里</source>
        <translation>Where</translation>
    </message>
    <message>
        <source>什么时候存的</source>
        <translation>Saved</translation>
    </message>
    <message>
        <source>什么时候</source>
        <translation>When</translation>
    </message>
    <message>
        <source>做了什么</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>人数</source>
        <translation>People</translation>
    </message>
    <message>
        <source>文件或原因</source>
        <translation>File or reason</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>点一份名单（XLSX 或 CSV）：先看会改什么，看过再导入</source>
        <translation>Tap a list (XLSX or CSV): first see what it would change, then import</translation>
    </message>
    <message>
        <source>U 盘和“文档”里没有 XLSX 或 CSV 名单：插上 U 盘再进来，或者选别的文件</source>
        <translation>No XLSX or CSV list on a stick or in Documents: plug in a stick and come back, or choose another file</translation>
    </message>
    <message>
        <source>已撤销</source>
        <translation>Undone</translation>
    </message>
    <message>
        <source>可以撤销</source>
        <translation>Can be undone</translation>
    </message>
    <message>
        <source>选一份名单</source>
        <translation>Choose a list</translation>
    </message>
    <message>
        <source>名单 (*.xlsx *.xls *.csv *.ods)</source>
        <translation>Lists (*.xlsx *.xls *.csv *.ods)</translation>
    </message>
    <message>
        <source>正在看这份名单，什么也不会改</source>
        <translation>Looking at the list; nothing is changed</translation>
    </message>
    <message>
        <source>导入“{name}”：新增 {new} 人，更新 {changed} 人？导入以后可以整批撤销。</source>
        <translation>Import &quot;{name}&quot;: {new} new people, {changed} updated? It can be undone as a whole afterwards. </translation>
    </message>
    <message>
        <source>有问题的 {wrong} 行这次不导入。</source>
        <translation>Rows with problems, left out: {wrong}.</translation>
    </message>
    <message>
        <source>导入</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>正在导入</source>
        <translation>Importing</translation>
    </message>
    <message>
        <source>导入好了：新增 {new} 人，更新 {changed} 人，不变 {same} 人。要撤销，上面点这一批</source>
        <translation>Imported: {new} new, {changed} updated, {same} as before. To undo it, tap it among the changes above</translation>
    </message>
    <message>
        <source>存在 {place}：{name}。改好以后再导入这个文件就行</source>
        <translation>Saved in {place}: {name}. Correct it, then import that file</translation>
    </message>
    <message>
        <source>撤销“{what} {note}”？{count} 人回到那以前的样子，那一批带来的颜色和核酸也不算了。</source>
        <translation>Undo &quot;{what} {note}&quot;? People who go back to what they were before: {count}. Its colours and tests no longer count.</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>撤销了，{count} 人回到了以前的样子</source>
        <translation>Undone; people as they were before: {count}</translation>
    </message>
</context>
<context>
    <name>ImportPreview</name>
    <message>
        <source>不导入</source>
        <translation>Don&apos;t import</translation>
    </message>
    <message>
        <source>存下有问题的行</source>
        <translation>Save rows with problems</translation>
    </message>
    <message>
        <source>第几行</source>
        <translation>Row</translation>
    </message>
    <message>
        <source>房号</source>
        <translation>House</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Remarks</translation>
    </message>
    <message>
        <source>“{name}”还没有导入，请先看一看</source>
        <translation>&quot;{name}&quot; is not imported yet. Please look first</translation>
    </message>
    <message>
        <source>有问题 {count}</source>
        <translation>Problems {count}</translation>
    </message>
    <message>
        <source>新增 {count}</source>
        <translation>New {count}</translation>
    </message>
    <message>
        <source>更新 {count}</source>
        <translation>Changed {count}</translation>
    </message>
    <message>
        <source>要看看 {count}</source>
        <translation>To check {count}</translation>
    </message>
    <message>
        <source>不变 {count}</source>
        <translation>Same {count}</translation>
    </message>
    <message>
        <source>导入 {count} 人</source>
        <translation>Import {count}</translation>
    </message>
    <message>
        <source>这些行不会导入。存下来交给做表的人，改好再导入；其余的可以先导</source>
        <translation>These rows are not imported. Save them for whoever made the list to correct; the rest can go in now</translation>
    </message>
    <message>
        <source>名册里还没有这些人</source>
        <translation>These people are not in the roster yet</translation>
    </message>
    <message>
        <source>名册里有这些人，说明里是要改的几项</source>
        <translation>These people are in the roster; the remarks say what changes</translation>
    </message>
    <message>
        <source>这些行会导入，只是请您看一眼</source>
        <translation>These rows are imported; please just have a look</translation>
    </message>
    <message>
        <source>和名册里一样，只记下今天又核对过</source>
        <translation>As in the roster; only noted as checked again today</translation>
    </message>
</context>
<context>
    <name>InsideSection</name>
    <message>
        <source>在场</source>
        <translation>Inside now</translation>
    </message>
    <message>
        <source>房号或姓，如 3-2</source>
        <translation>House or surname, e.g. 3-2</translation>
    </message>
    <message>
        <source>显示全名</source>
        <translation>Full names</translation>
    </message>
    <message>
        <source>从几点</source>
        <translation>Since</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>name</translation>
    </message>
    <message>
        <source>房号</source>
        <translation>house</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>category</translation>
    </message>
    <message>
        <source>电话尾号</source>
        <translation>Phone ends</translation>
    </message>
    <message>
        <source>多久了</source>
        <translation>How long</translation>
    </message>
    <message>
        <source>外来的 {count}</source>
        <translation>From outside {count}</translation>
    </message>
    <message>
        <source>住户 {count}</source>
        <translation>Residents {count}</translation>
    </message>
    <message>
        <source>住户出去了 {count}</source>
        <translation>Residents out {count}</translation>
    </message>
    <message>
        <source>（超时 {late}）</source>
        <translation> ({late} too long)</translation>
    </message>
    <message>
        <source>里面 {total} 人，其中外来 {others} 人，最多 {limit} 人</source>
        <translation>{total} inside, {others} of them not from here; at most {limit}</translation>
    </message>
    <message>
        <source>里面 {total} 人</source>
        <translation>{total} inside</translation>
    </message>
    <message>
        <source>没有找到，请换个房号或姓</source>
        <translation>Nobody found; try another house or surname</translation>
    </message>
    <message>
        <source>现在里面没有外来的人</source>
        <translation>Nobody from outside is inside now</translation>
    </message>
    <message>
        <source>大门还没见过住户进来</source>
        <translation>The gate has not seen a resident come in</translation>
    </message>
    <message>
        <source>没有住户在外面</source>
        <translation>No resident is out</translation>
    </message>
    <message>
        <source>大门最后一次见他们，是进来</source>
        <translation>The gate last saw them come in</translation>
    </message>
    <message>
        <source>待满 {hours} 小时就算超时，排在最前面</source>
        <translation>More than {hours} hours is too long; those come first</translation>
    </message>
    <message>
        <source>现在的规定不限出门时间</source>
        <translation>The rules of today set no time for going out</translation>
    </message>
    <message>
        <source>出门超过 {hours} 小时算没按时回来，排在最前面</source>
        <translation>Out for more than {hours} hours is late; those come first</translation>
    </message>
    <message>
        <source>超时！{long}</source>
        <translation>Too long! {long}</translation>
    </message>
    <message>
        <source>不认识的人 {number}</source>
        <translation>Unknown person {number}</translation>
    </message>
    <message>
        <source>其实回来了</source>
        <translation>Is back, unseen</translation>
    </message>
    <message>
        <source>其实走了</source>
        <translation>Has left, unseen</translation>
    </message>
    <message>
        <source>{first} 等 {count} 人</source>
        <translation>{first} and others, {count} in all</translation>
    </message>
    <message>
        <source>{who} 其实已经回来了，只是没人看见？会记一条“人工登记”，原来的记录不动。</source>
        <translation>{who} is back, and nobody saw it? An entry by hand is added; the earlier ones stay.</translation>
    </message>
    <message>
        <source>{who} 其实已经走了，只是没人看见？会记一条“人工登记”，原来的记录不动。</source>
        <translation>{who} has left, and nobody saw it? An entry by hand is added; the earlier ones stay.</translation>
    </message>
    <message>
        <source>回来了</source>
        <translation>Is back</translation>
    </message>
    <message>
        <source>走了</source>
        <translation>Has left</translation>
    </message>
    <message>
        <source>记好了，{count} 人</source>
        <translation>Recorded: {count}</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>锁进密码</source>
        <translation>Lock with PINs</translation>
    </message>
    <message>
        <source>放回文件里</source>
        <translation>Back into a file</translation>
    </message>
    <message>
        <source>换一把新钥匙</source>
        <translation>Change the key</translation>
    </message>
    <message>
        <source>数据锁着：光拿走硬盘，看不到名册和谁进出过。</source>
        <translation>The data is locked: the disk alone shows neither the roster nor who passed.</translation>
    </message>
    <message>
        <source>▲ 数据没锁：谁拿走这台电脑的硬盘，谁就能看名册。</source>
        <translation>▲ The data is not locked: whoever takes this computer&apos;s disk can read the roster.</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>先在“操作员”里添加管理员，才能锁。</source>
        <translation>First add an admin under &quot;Operators&quot;; then it can be locked.</translation>
    </message>
    <message>
        <source>锁好以后，有人签到数据才打得开。没人签到时大门照样登记，但查不出是谁，一律复核。</source>
        <translation>Once locked, the data opens when somebody signs in. With nobody signed in the gate still records, but cannot tell who it is: everybody is rechecked.</translation>
    </message>
    <message>
        <source>锁的时候会给一张恢复码：所有人都忘了密码，只有它能救。先找好打印机或纸笔。</source>
        <translation>Locking gives you a recovery key: if everybody forgets their PIN, nothing else helps. Have a printer or pen and paper ready.</translation>
    </message>
    <message>
        <source>能打开的：{names}。</source>
        <translation>Can open it: {names}.</translation>
    </message>
    <message>
        <source>还打不开的：{names}。趁能打开的人在岗，各签到一次就行。</source>
        <translation>Cannot open it yet: {names}. Each signs in once while somebody who can is on duty.</translation>
    </message>
    <message>
        <source>锁着的那张恢复码也能打开。</source>
        <translation>The recovery key on paper opens it too.</translation>
    </message>
    <message>
        <source>▲ 没有恢复码：密码都忘了就再也打不开。请到“操作员”里做一张。</source>
        <translation>▲ There is no recovery key: if all PINs are forgotten, nothing opens it. Please make one under &quot;Operators&quot;.</translation>
    </message>
    <message>
        <source>正在用新钥匙重新加密：{done} / {every}。大门空着的时候才做，断电也会接着做。</source>
        <translation>Sealing anew with the new key: {done} / {every}. Only while nobody stands at the gate; it goes on after a power cut.</translation>
    </message>
    <message>
        <source>把数据锁进密码？下一步会显示新的恢复码，以前打印的作废。请输您自己的密码：</source>
        <translation>Lock the data with PINs? The next page shows a new recovery key; the one printed before counts no more. Your own PIN:</translation>
    </message>
    <message>
        <source>锁</source>
        <translation>Lock</translation>
    </message>
    <message>
        <source>不锁了？以后谁拿走硬盘，谁就能看名册。请输您自己的密码：</source>
        <translation>Unlock for good? From then on whoever takes the disk can read the roster. Your own PIN:</translation>
    </message>
    <message>
        <source>不锁了</source>
        <translation>Unlock</translation>
    </message>
    <message>
        <source>有人离职，或者怕密码、硬盘被人拿到过，就换。大门不用停。请输您自己的密码：</source>
        <translation>Change it when somebody has left, or a PIN or the disk may have been in wrong hands. The gate goes on. Your own PIN:</translation>
    </message>
    <message>
        <source>换</source>
        <translation>Change</translation>
    </message>
</context>
<context>
    <name>LaneStrip</name>
    <message>
        <source>卡口照常工作；有人过门，结果显示在这里</source>
        <translation>The gate goes on working; results are shown here</translation>
    </message>
    <message>
        <source>演示 DEMO</source>
        <translation>DEMO</translation>
    </message>
</context>
<context>
    <name>LanguageStep</name>
    <message>
        <source>中文</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>语言 · Language</source>
        <translation>语言 · Language</translation>
    </message>
    <message>
        <source>屏幕上说哪种话？点一个。</source>
        <translation>Which language on the screen? Tap one.</translation>
    </message>
    <message>
        <source>说中文，以后在设置里能改</source>
        <translation>Chinese; can be changed later</translation>
    </message>
</context>
<context>
    <name>LastFive</name>
    <message>
        <source>今天还没有人</source>
        <translation>Nobody yet today</translation>
    </message>
</context>
<context>
    <name>LastPage</name>
    <message>
        <source>刚才是谁？</source>
        <translation>Who was that?</translation>
    </message>
</context>
<context>
    <name>LastStep</name>
    <message>
        <source>都好了</source>
        <translation>All set</translation>
    </message>
    <message>
        <source>看一遍，对了就点“完成”。现在才写进设置；以后随时能再来一遍。</source>
        <translation>Look it over, then tap &quot;Finish&quot;: only now it is saved. You can come back any time.</translation>
    </message>
</context>
<context>
    <name>LookbackSection</name>
    <message>
        <source>回溯</source>
        <translation>Look back</translation>
    </message>
    <message>
        <source>有新消息：多了 {count} 个人要回溯</source>
        <translation>News: {count} more to look back for</translation>
    </message>
    <message>
        <source>显示全名</source>
        <translation>Full names</translation>
    </message>
    <message>
        <source>再查一个人</source>
        <translation>Another person</translation>
    </message>
    <message>
        <source>办好了</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>还没办</source>
        <translation>Not done</translation>
    </message>
    <message>
        <source>房号，如 3-2-501；或记录的号码</source>
        <translation>House, e.g. 3-2-501, or an entry&apos;s number</translation>
    </message>
    <message>
        <source>查</source>
        <translation>Find</translation>
    </message>
    <message>
        <source>往前 {days} 天</source>
        <translation>{days} days back</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>When</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>name</translation>
    </message>
    <message>
        <source>房号</source>
        <translation>house</translation>
    </message>
    <message>
        <source>电话尾号</source>
        <translation>Phone ends</translation>
    </message>
    <message>
        <source>那次 → 现在看</source>
        <translation>Then → as known now</translation>
    </message>
    <message>
        <source>人在哪</source>
        <translation>Where</translation>
    </message>
    <message>
        <source>办了没有</source>
        <translation>Done?</translation>
    </message>
    <message>
        <source>还有 {open} 件</source>
        <translation>{open} open</translation>
    </message>
    <message>
        <source>都办好了</source>
        <translation>all done</translation>
    </message>
    <message>
        <source>还有 {open} 件没办</source>
        <translation>{open} not done</translation>
    </message>
    <message>
        <source>没有人的码变坏，也没有查过谁</source>
        <translation>No code has turned bad, and nobody was asked about</translation>
    </message>
    <message>
        <source>从 {since} 起：本人过门 {theirs} 次，前后 15 分钟同门 {beside} 人。</source>
        <translation>Since {since}: passed {theirs}×; others within 15 minutes at this gate: {beside}.</translation>
    </message>
    <message>
        <source>{inside} 人还在里面，请先找他们。</source>
        <translation> {inside} still inside: please find them first.</translation>
    </message>
    <message>
        <source>现在都不在里面。</source>
        <translation> None of them is inside now.</translation>
    </message>
    <message>
        <source>进</source>
        <translation>in</translation>
    </message>
    <message>
        <source>出</source>
        <translation>out</translation>
    </message>
    <message>
        <source>本人 {who}</source>
        <translation>Themselves: {who}</translation>
    </message>
    <message>
        <source>还在里面！</source>
        <translation>Still inside!</translation>
    </message>
    <message>
        <source>不在</source>
        <translation>Not inside</translation>
    </message>
    <message>
        <source>不认识的人 {number}</source>
        <translation>Unknown person {number}</translation>
    </message>
    <message>
        <source>没亮码的人</source>
        <translation>Nobody known</translation>
    </message>
    <message>
        <source>请先写房号，或记录的号码</source>
        <translation>Please write a house or an entry&apos;s number first</translation>
    </message>
    <message>
        <source>没有找到，请换个房号或号码</source>
        <translation>Nobody found; try another house or number</translation>
    </message>
    <message>
        <source>这段时间大门没见过这个人</source>
        <translation>The gate has not seen this person in that time</translation>
    </message>
    <message>
        <source>查好了</source>
        <translation>Looked back</translation>
    </message>
</context>
<context>
    <name>LostPin</name>
    <message>
        <source>恢复码，26 个字，横线可以不打</source>
        <translation>Recovery key, 26 characters, hyphens not needed</translation>
    </message>
    <message>
        <source>新密码，6 到 8 位数字</source>
        <translation>New PIN, 6 to 8 digits</translation>
    </message>
    <message>
        <source>新密码再输一遍</source>
        <translation>The new PIN once more</translation>
    </message>
    <message>
        <source>定新密码</source>
        <translation>Set the new PIN</translation>
    </message>
    <message>
        <source>不用了</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>志愿者和保安忘了密码，请管理员重设。管理员自己忘了：拿出锁着的那张纸，照着输入。</source>
        <translation>Volunteers and guards ask an admin to reset the PIN. An admin who forgot it takes the locked-away paper and types the key.</translation>
    </message>
    <message>
        <source>两遍不一样，请从头再来。</source>
        <translation>The two differ. Please begin again.</translation>
    </message>
</context>
<context>
    <name>Menu</name>
    <message>
        <source>回到卡口  Esc</source>
        <translation>To the gate  Esc</translation>
    </message>
</context>
<context>
    <name>NoCodePage</name>
    <message>
        <source>认识，名单里没有</source>
        <translation>Known, not listed</translation>
    </message>
    <message>
        <source>别的楼</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>更多</source>
        <translation>More</translation>
    </message>
    <message>
        <source>没有码，找：{typed}_</source>
        <translation>No code, find: {typed}_</translation>
    </message>
    <message>
        <source>没有码：他住哪个楼？</source>
        <translation>No code: which building?</translation>
    </message>
    <message>
        <source>{place}：是哪一位？</source>
        <translation>{place}: who is it?</translation>
    </message>
    <message>
        <source>不认识</source>
        <translation>Unknown</translation>
    </message>
    <message>
        <source>访客、代收</source>
        <translation>Visitors</translation>
    </message>
    <message>
        <source>{name} 的码，给谁用？</source>
        <translation>{name}&apos;s code: for whom?</translation>
    </message>
    <message>
        <source>和 {name} 一起的？或住哪个楼？</source>
        <translation>With {name}? Or which building?</translation>
    </message>
    <message>
        <source>名单还没读好，请等几秒；急就按下面的</source>
        <translation>The list is still being read: wait some seconds, or use the buttons below</translation>
    </message>
    <message>
        <source>没找到。按“别的楼”重来，或者按下面的</source>
        <translation>Nobody found. Start again with &quot;Other&quot;, or use the buttons below</translation>
    </message>
    <message>
        <source>名单是空的，请管理员导入</source>
        <translation>The list is empty: ask the admin to import it</translation>
    </message>
    <message>
        <source>{name} 自己也要过？先按返回，等他量完</source>
        <translation>Is {name} passing too? Go back and let them be measured first</translation>
    </message>
    <message>
        <source>是他就点，或按回车</source>
        <translation>If it is them, tap or press Enter</translation>
    </message>
    <message>
        <source>也可以打字：拼音头 zxq，门牌 3-2，手机尾号 5678；或用箭头键挑</source>
        <translation>Or type: initials zxq, house 3-2, last of phone 5678; or use the arrows</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>知道了</source>
        <translation>Seen</translation>
    </message>
</context>
<context>
    <name>NoticeSection</name>
    <message>
        <source>办好了</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>还没办</source>
        <translation>Not done</translation>
    </message>
    <message>
        <source>通知</source>
        <translation>Notices</translation>
    </message>
    <message>
        <source>什么时候办</source>
        <translation>Due</translation>
    </message>
    <message>
        <source>要办的事</source>
        <translation>Tasks</translation>
    </message>
    <message>
        <source>办了没有</source>
        <translation>Done?</translation>
    </message>
    <message>
        <source>现在没有通知。管理中心发来的写在这里，大门上也会提醒。</source>
        <translation>No notices now. Those of the center are shown here, and the gate reminds of them.</translation>
    </message>
    <message>
        <source>还有 {count} 件事要办</source>
        <translation>Tasks to do: {count}</translation>
    </message>
    <message>
        <source>办好了点一下，会自动报给管理中心。</source>
        <translation>Tap when done; the center is told by itself.</translation>
    </message>
    <message>
        <source>（新）</source>
        <translation> (new)</translation>
    </message>
    <message>
        <source>{time}，过了</source>
        <translation>{time}, overdue</translation>
    </message>
</context>
<context>
    <name>NowPage</name>
    <message>
        <source>这些人另有规定</source>
        <translation>Other rules for some</translation>
    </message>
    <message>
        <source>按设置文件，还没有人在这里改过</source>
        <translation>as the settings say; nobody has changed it here</translation>
    </message>
    <message>
        <source>{at} 由 {by} 启用</source>
        <translation>since {at}, by {by}</translation>
    </message>
    <message>
        <source>{said}：{why}</source>
        <translation>{said}: {why}</translation>
    </message>
</context>
<context>
    <name>NumberPad</name>
    <message>
        <source>删</source>
        <translation>Erase</translation>
    </message>
    <message>
        <source>确定</source>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>OpeningOffice</name>
    <message>
        <source>现在记不下来，闸没有开。请用闸上的钥匙。</source>
        <translation>This cannot be put on record now, so the barrier stays shut. Use its own key.</translation>
    </message>
    <message>
        <source>{why}，闸没有开。请用闸上的钥匙。</source>
        <translation>{why}, so the barrier stays shut. Use its own key.</translation>
    </message>
    <message>
        <source>闸开了一次，记下了：{why}</source>
        <translation>Barrier opened once, on record: {why}</translation>
    </message>
</context>
<context>
    <name>OpeningPage</name>
    <message>
        <source>开闸：为什么？</source>
        <translation>Open the barrier: why?</translation>
    </message>
    <message>
        <source>开闸：{why}</source>
        <translation>Open the barrier: {why}</translation>
    </message>
    <message>
        <source>请保安或管理员按编号，再按“确定”。</source>
        <translation>A guard or an admin types their number, then OK.</translation>
    </message>
    <message>
        <source>救护车等不及：用闸上的钥匙，回头再记。</source>
        <translation>If an ambulance cannot wait, use the barrier&apos;s own key and note it afterwards.</translation>
    </message>
    <message>
        <source>开闸要保安或管理员来定。</source>
        <translation>A guard or an admin decides to open the barrier.</translation>
    </message>
    <message>
        <source>这个编号不能开闸，请保安或管理员来。</source>
        <translation>This number may not open the barrier. Please fetch a guard or an admin.</translation>
    </message>
</context>
<context>
    <name>OperatorForm</name>
    <message>
        <source>编号，4 到 8 位数字</source>
        <translation>Number, 4 to 8 digits</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>name</translation>
    </message>
    <message>
        <source>密码，数字</source>
        <translation>PIN, digits</translation>
    </message>
    <message>
        <source>密码再输一遍</source>
        <translation>The PIN once more</translation>
    </message>
    <message>
        <source>好</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>不用了</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>第一位管理员</source>
        <translation>The first admin</translation>
    </message>
    <message>
        <source>添加一位</source>
        <translation>Add somebody</translation>
    </message>
    <message>
        <source>改 {number}</source>
        <translation>Change {number}</translation>
    </message>
    <message>
        <source>给 {name} 一个新密码，他签到时会再换成自己的</source>
        <translation>A new PIN for {name}, who changes it at the next sign-in</translation>
    </message>
    <message>
        <source>两遍密码不一样，请再输一次。</source>
        <translation>The two PINs differ. Please type them again.</translation>
    </message>
    <message>
        <source>{name} 可以签到了</source>
        <translation>{name} can sign in now</translation>
    </message>
    <message>
        <source>改好了，请当面告诉他新密码</source>
        <translation>Changed. Tell them the new PIN face to face</translation>
    </message>
    <message>
        <source>改好了</source>
        <translation>Changed</translation>
    </message>
    <message>
        <source>{name} 的密码换了，请当面告诉他</source>
        <translation>{name} has a new PIN; tell them in person</translation>
    </message>
</context>
<context>
    <name>OperatorsSection</name>
    <message>
        <source>操作员</source>
        <translation>Operators</translation>
    </message>
    <message>
        <source>谁做过什么</source>
        <translation>Who did what</translation>
    </message>
    <message>
        <source>数据钥匙</source>
        <translation>Data keys</translation>
    </message>
    <message>
        <source>账号</source>
        <translation>Accounts</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>name</translation>
    </message>
    <message>
        <source>身份</source>
        <translation>Category</translation>
    </message>
    <message>
        <source>密码</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>添加</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>改</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>重设密码</source>
        <translation>Reset PIN</translation>
    </message>
    <message>
        <source>停用</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>新的恢复码</source>
        <translation>New recovery key</translation>
    </message>
    <message>
        <source>现在谁都不用密码，改判时按的编号也不核对。要让每件事都知道是谁做的：先点“添加”，做第一位管理员，打印恢复码，再添加保安和志愿者。以后打开管理页要密码；大门照样登记，夜里没人签到也不会停。</source>
        <translation>Nobody needs a PIN yet, and numbers typed for a correction are not checked. To know who did what: press Add, make the first admin, print the recovery key, then add guards and volunteers. From then on this page asks for a PIN; the gate goes on recording, also at night with nobody signed in.</translation>
    </message>
    <message>
        <source>第一次签到时自己换</source>
        <translation>To be changed at the first sign-in</translation>
    </message>
    <message>
        <source>自己定的</source>
        <translation>Their own</translation>
    </message>
    <message>
        <source>停用 {name}？他再也不能签到，编号也不再给别人；记录都留着。</source>
        <translation>Remove {name}? They cannot sign in again and nobody else gets the number; all records stay.</translation>
    </message>
    <message>
        <source>{name} 停用了</source>
        <translation>{name} was removed</translation>
    </message>
    <message>
        <source>做一张新的恢复码？以前打印的纸马上作废。</source>
        <translation>Make a new recovery key? The paper printed before is void at once.</translation>
    </message>
    <message>
        <source>做新的</source>
        <translation>Make it</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>PageStack</name>
    <message>
        <source>当班的人</source>
        <translation>whoever is on duty</translation>
    </message>
    <message>
        <source>门口按的 F2</source>
        <translation>F2 pressed at the gate</translation>
    </message>
</context>
<context>
    <name>PassesSection</name>
    <message>
        <source>出入证</source>
        <translation>Passes</translation>
    </message>
    <message>
        <source>已发的证</source>
        <translation>Issued</translation>
    </message>
    <message>
        <source>发新证</source>
        <translation>New passes</translation>
    </message>
    <message>
        <source>显示全名</source>
        <translation>Full names</translation>
    </message>
    <message>
        <source>房号，如 3-2-501；3-2 是整个单元</source>
        <translation>Home, e.g. 3-2-501; 3-2 is the whole stairway</translation>
    </message>
    <message>
        <source>查</source>
        <translation>Find</translation>
    </message>
    <message>
        <source>全选</source>
        <translation>All</translation>
    </message>
    <message>
        <source>都不选</source>
        <translation>None</translation>
    </message>
    <message>
        <source>挂失补办</source>
        <translation>Lost: replace</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Take back</translation>
    </message>
    <message>
        <source>房号</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>有效至</source>
        <translation>Valid until</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>请先写房号</source>
        <translation>Type a home first</translation>
    </message>
    <message>
        <source>名册里没有人住在 {house}</source>
        <translation>The roster knows nobody in {house}</translation>
    </message>
    <message>
        <source>已有</source>
        <translation>has one</translation>
    </message>
    <message>
        <source>没有</source>
        <translation>none</translation>
    </message>
    <message>
        <source>先查一户，再发证。发好以后，这里先看样子，再打印。</source>
        <translation>Find a home, then issue. The page to print will be shown here first.</translation>
    </message>
    <message>
        <source>还没有发过证。点“发新证”，写上房号，就能发。</source>
        <translation>No passes yet. Tap New passes and type a home.</translation>
    </message>
    <message>
        <source>点左边要打印的证，这里先看样子。</source>
        <translation>Tap the passes to print; the page is shown here first.</translation>
    </message>
    <message>
        <source>{marked} / {all} 人</source>
        <translation>People {marked} / {all}</translation>
    </message>
    <message>
        <source>{marked} / {all} 张</source>
        <translation>Passes {marked} / {all}</translation>
    </message>
    <message>
        <source>发 {count} 张证</source>
        <translation>Issue {count}</translation>
    </message>
    <message>
        <source>发了 {count} 张证，大门已经认得；现在可以打印。</source>
        <translation>{count} issued. The gate knows them already; now print them.</translation>
    </message>
    <message>
        <source>作废 {count} 张证（{who}）？作废以后大门就不认了，不能恢复。</source>
        <translation>Take back {count} ({who})? The gate will stop them; this cannot be undone.</translation>
    </message>
    <message>
        <source>作废了 {count} 张证，大门不再认它们。</source>
        <translation>{count} taken back. The gate stops them from now on.</translation>
    </message>
    <message>
        <source>{who} 的证丢了？旧证作废，补一张新的。</source>
        <translation>Did {who} lose their pass? The old one is taken back, a new one is made.</translation>
    </message>
    <message>
        <source>补办</source>
        <translation>Replace</translation>
    </message>
    <message>
        <source>旧证作废了，新证可以打印。</source>
        <translation>The old pass is taken back; the new one can be printed.</translation>
    </message>
    <message>
        <source>{first} 等</source>
        <translation>{first} and others</translation>
    </message>
</context>
<context>
    <name>PastVisitsPage</name>
    <message>
        <source>房号，如 3-2</source>
        <translation>House, e.g. 3-2</translation>
    </message>
    <message>
        <source>显示姓名和电话</source>
        <translation>Show names and phones</translation>
    </message>
    <message>
        <source>什么时候</source>
        <translation>When</translation>
    </message>
    <message>
        <source>房号</source>
        <translation>house</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>name</translation>
    </message>
    <message>
        <source>来做什么</source>
        <translation>What for</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>phone</translation>
    </message>
    <message>
        <source>现在在哪</source>
        <translation>Where now</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>By</translation>
    </message>
    <message>
        <source>最近 7 天来过的访客，新的在上面</source>
        <translation>Visitors of the last 7 days, newest first</translation>
    </message>
    <message>
        <source>没有访客</source>
        <translation>No visitors</translation>
    </message>
    <message>
        <source>在里面</source>
        <translation>Inside</translation>
    </message>
    <message>
        <source>走了</source>
        <translation>Has left</translation>
    </message>
    <message>
        <source>没进去</source>
        <translation>Not let in</translation>
    </message>
</context>
<context>
    <name>PeopleSection</name>
    <message>
        <source>您的编号</source>
        <translation>Your number</translation>
    </message>
    <message>
        <source>人员</source>
        <translation>People</translation>
    </message>
    <message>
        <source>找人</source>
        <translation>Find</translation>
    </message>
    <message>
        <source>导入</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>待核对 {count}</source>
        <translation>To confirm {count}</translation>
    </message>
    <message>
        <source>待核对</source>
        <translation>To confirm</translation>
    </message>
</context>
<context>
    <name>PersonCard</name>
    <message>
        <source>显示全部</source>
        <translation>Show all</translation>
    </message>
    <message>
        <source>← 回名单</source>
        <translation>← Back</translation>
    </message>
    <message>
        <source>连以前的也看</source>
        <translation>History</translation>
    </message>
    <message>
        <source>改资料</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>码和证</source>
        <translation>Codes</translation>
    </message>
    <message>
        <source>监护代办</source>
        <translation>Guardians</translation>
    </message>
    <message>
        <source>谁改过</source>
        <translation>Changes</translation>
    </message>
    <message>
        <source>移出名册</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>隔离 / 先别放行</source>
        <translation>Isolate / hold</translation>
    </message>
    <message>
        <source>记一条</source>
        <translation>Record</translation>
    </message>
    <message>
        <source>什么时候</source>
        <translation>When</translation>
    </message>
    <message>
        <source>谁说的</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>知道什么</source>
        <translation>Known</translation>
    </message>
    <message>
        <source>加一个人</source>
        <translation>Add a person</translation>
    </message>
    <message>
        <source>没填</source>
        <translation>not given</translation>
    </message>
    <message>
        <source>电话：{phones}</source>
        <translation>Phone: {phones}</translation>
    </message>
    <message>
        <source>证件号：{number}</source>
        <translation>ID: {number}</translation>
    </message>
    <message>
        <source>职业：{occupation}</source>
        <translation>Occupation: {occupation}</translation>
    </message>
    <message>
        <source>是 {name} 的{relation}</source>
        <translation>{relation} of {name}</translation>
    </message>
    <message>
        <source>绑了 {codes} 个码、{passes} 张出入证</source>
        <translation>Bound: codes {codes}, passes {passes}</translation>
    </message>
    <message>
        <source>备注：{note}</source>
        <translation>Note: {note}</translation>
    </message>
    <message>
        <source>一共 {count} 条，新的在上面</source>
        <translation>{count} in all, newest first</translation>
    </message>
    <message>
        <source>现在算数的 {count} 条</source>
        <translation>{count} that count now</translation>
    </message>
    <message>
        <source>还没有记过什么</source>
        <translation>Nothing recorded yet</translation>
    </message>
    <message>
        <source>{what}（不算了）</source>
        <translation>{what} (no longer counts)</translation>
    </message>
    <message>
        <source>存好了</source>
        <translation>Saved</translation>
    </message>
    <message>
        <source>{who} 搬走了，移出名册？他的码和证大门就不认识了。移错了可以在“导入”里撤销这一批。</source>
        <translation>{who} has moved away: remove from the roster? The gate will no longer know their codes and passes. It can be undone under Import.</translation>
    </message>
    <message>
        <source>移出</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>移出名册了</source>
        <translation>Removed from the roster</translation>
    </message>
    <message>
        <source>记好了，马上就算</source>
        <translation>Recorded; it counts at once</translation>
    </message>
    <message>
        <source>报上去了。请另一个人到“待核对”里核对，核对了才算</source>
        <translation>Reported. A second person must check it under To confirm before it counts</translation>
    </message>
</context>
<context>
    <name>PersonChanges</name>
    <message>
        <source>回卡片</source>
        <translation>Back to the card</translation>
    </message>
    <message>
        <source>只列最近 {count} 条，新的在上面</source>
        <translation>Only the latest {count}, newest first</translation>
    </message>
    <message>
        <source>一共 {count} 条，新的在上面</source>
        <translation>Changes: {count}, newest first</translation>
    </message>
    <message>
        <source>没有人改过</source>
        <translation>Nobody changed anything</translation>
    </message>
</context>
<context>
    <name>PersonCodes</name>
    <message>
        <source>回卡片</source>
        <translation>Back to the card</translation>
    </message>
    <message>
        <source>解绑</source>
        <translation>Unbind</translation>
    </message>
    <message>
        <source>扫一个码，绑上</source>
        <translation>Scan a code to bind</translation>
    </message>
    <message>
        <source>什么</source>
        <translation>What</translation>
    </message>
    <message>
        <source>号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>到哪天</source>
        <translation>Until</translation>
    </message>
    <message>
        <source>点一行，可以解绑。码只看得到短号，看不到内容</source>
        <translation>Tap a line to unbind it. Of a code only a short number is kept, not its text</translation>
    </message>
    <message>
        <source>还没有绑过码，也没有出入证</source>
        <translation>No code and no gate pass yet</translation>
    </message>
    <message>
        <source>码</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>出入证</source>
        <translation>Gate pass</translation>
    </message>
    <message>
        <source>过期或作废了</source>
        <translation>Expired or revoked</translation>
    </message>
    <message>
        <source>{number} 不再是 {who} 的码？大门见了它就不认识了。</source>
        <translation>Is {number} no longer {who}&apos;s code? The gate will not know it any more.</translation>
    </message>
    <message>
        <source>出入证 {number} 不再是 {who} 的？证本身还有效，要作废请到“出入证”里作废。</source>
        <translation>Is pass {number} no longer {who}&apos;s? The pass itself stays valid; to cancel it, go to Passes.</translation>
    </message>
    <message>
        <source>解绑了</source>
        <translation>Unbound</translation>
    </message>
    <message>
        <source>现在扫他的码或出入证，还有 {seconds} 秒。这会儿扫的码大门不判。Esc 不绑了</source>
        <translation>Scan the code or pass now, {seconds} s left. The gate does not judge it. Esc: do not bind</translation>
    </message>
    <message>
        <source>没有扫到码，没有绑。要绑就再点一次“扫一个码”</source>
        <translation>No code was scanned, nothing is bound. Tap &quot;Scan a code&quot; to try again</translation>
    </message>
    <message>
        <source>扫到一个码。是 {who} 的吗？绑上以后，大门见了这个码就认得是他。</source>
        <translation>A code was scanned. Is it {who}&apos;s? Once bound, the gate knows them by it.</translation>
    </message>
    <message>
        <source>是他的，绑上</source>
        <translation>Yes, bind it</translation>
    </message>
    <message>
        <source>绑好了</source>
        <translation>Bound</translation>
    </message>
</context>
<context>
    <name>PersonFamily</name>
    <message>
        <source>回卡片</source>
        <translation>Back to the card</translation>
    </message>
    <message>
        <source>取消这一条</source>
        <translation>End this one</translation>
    </message>
    <message>
        <source>加一个</source>
        <translation>Add one</translation>
    </message>
    <message>
        <source>不加了</source>
        <translation>Do not add</translation>
    </message>
    <message>
        <source>谁是谁的什么人</source>
        <translation>Who is what to whom</translation>
    </message>
    <message>
        <source>房号</source>
        <translation>Dwelling</translation>
    </message>
    <message>
        <source>监护人和代办人可以替他亮码。点一行，可以取消</source>
        <translation>Guardians and proxies may show a code for the person. Tap a line to end it</translation>
    </message>
    <message>
        <source>还没有监护人或代办人；他也没有替谁办事</source>
        <translation>No guardian and no proxy, nor are they anybody&apos;s</translation>
    </message>
    <message>
        <source>下面选的人</source>
        <translation>Whoever is chosen below</translation>
    </message>
    <message>
        <source>对，加上</source>
        <translation>Yes, add</translation>
    </message>
    <message>
        <source>加好了</source>
        <translation>Added</translation>
    </message>
    <message>
        <source>取消“{said}”？以后不能替他亮码了。</source>
        <translation>End &quot;{said}&quot;? No code can be shown for them any more.</translation>
    </message>
    <message>
        <source>取消了</source>
        <translation>Ended</translation>
    </message>
</context>
<context>
    <name>PersonForm</name>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>如 3-2-501；不住这里的可以不填</source>
        <translation>e.g. 3-2-501; empty if not living here</translation>
    </message>
    <message>
        <source>可以有几个，用逗号隔开</source>
        <translation>Several with commas between</translation>
    </message>
    <message>
        <source>18 位，最后一位可以是 X</source>
        <translation>18 characters, the last may be X</translation>
    </message>
    <message>
        <source>如 快递、司机、冷链</source>
        <translation>e.g. courier, driver, cold chain</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>不改了</source>
        <translation>Don&apos;t change</translation>
    </message>
    <message>
        <source>房号</source>
        <translation>House</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Category</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>证件号</source>
        <translation>ID no.</translation>
    </message>
    <message>
        <source>职业</source>
        <translation>Occupation</translation>
    </message>
</context>
<context>
    <name>PersonPicker</name>
    <message>
        <source>拼音首字母、姓名、房号，或电话、证件后四位</source>
        <translation>Pinyin initials, name, dwelling, or last four digits of phone or ID</translation>
    </message>
    <message>
        <source>房号</source>
        <translation>Dwelling</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Category</translation>
    </message>
    <message>
        <source>电话尾号</source>
        <translation>Phone ends in</translation>
    </message>
    <message>
        <source>打几个字，再点一下那个人</source>
        <translation>Type a little, then tap the person</translation>
    </message>
    <message>
        <source>找到 {count} 人，点一下</source>
        <translation>{count} found, tap one</translation>
    </message>
    <message>
        <source>没有找到。试试只打姓的首字母，或者房号</source>
        <translation>Nobody found. Try the initial of the surname, or the dwelling</translation>
    </message>
</context>
<context>
    <name>PhoneForm</name>
    <message>
        <source>电话</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>存下</source>
        <translation>Keep</translation>
    </message>
    <message>
        <source>没有网，吹哨发不出去时，大门上会写“请打”这个电话。写二十四小时有人接的。</source>
        <translation>When there is no network and a whistle does not get out, the gate says: call this number. Choose one that is answered day and night.</translation>
    </message>
    <message>
        <source>求助电话</source>
        <translation>Help number</translation>
    </message>
    <message>
        <source>存好了。吹哨发不出去时写：请打 {number}</source>
        <translation>Kept. If a whistle does not get out, the gate says: call {number}</translation>
    </message>
</context>
<context>
    <name>PinQuestion</name>
    <message>
        <source>您的密码</source>
        <translation>Your PIN</translation>
    </message>
    <message>
        <source>不用了</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>PointTile</name>
    <message>
        <source>做好了</source>
        <translation>done</translation>
    </message>
    <message>
        <source>没做</source>
        <translation>not done</translation>
    </message>
</context>
<context>
    <name>PolicySection</name>
    <message>
        <source>规则</source>
        <translation>Rules</translation>
    </message>
    <message>
        <source>现行</source>
        <translation>In force</translation>
    </message>
    <message>
        <source>改</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>试算启用</source>
        <translation>Try, activate</translation>
    </message>
    <message>
        <source>谁改过</source>
        <translation>History</translation>
    </message>
    <message>
        <source>停码</source>
        <translation>Codes down</translation>
    </message>
    <message>
        <source>有一版更新的规则不是本机签的，没有使用。请到“谁改过”看，再找管理员。</source>
        <translation>Newer rules were not signed by this station and are not used. See History, then call the administrator.</translation>
    </message>
    <message>
        <source>现行规则有一处不对，大门还照原来的判：{}。请改好再启用。</source>
        <translation>One thing in the rules in force is not right; the gate goes on by them as before: {}. Please mend it and activate them.</translation>
    </message>
    <message>
        <source>现在停码：大门不查码。</source>
        <translation>Codes are down: the gate does not check them.</translation>
    </message>
    <message>
        <source>现行的</source>
        <translation>those in force</translation>
    </message>
    <message>
        <source>草稿：{name}，和现行比改了 {count} 处</source>
        <translation>Draft: {name}, changes: {count}</translation>
    </message>
    <message>
        <source>正在试算</source>
        <translation>Trying the draft</translation>
    </message>
    <message>
        <source>草稿存好了，在“谁改过”里，随时可以拿来接着改</source>
        <translation>The draft is kept: find it under History and go on with it at any time</translation>
    </message>
    <message>
        <source>从现在起按这份规则判定？大门会停几秒，正在办的人请他再亮一次码。</source>
        <translation>Decide by these rules from now on? The gate pauses for seconds; whoever is half done shows the code again.</translation>
    </message>
    <message>
        <source>启用</source>
        <translation>Activate</translation>
    </message>
    <message>
        <source>现在按 {name} 判定</source>
        <translation>The gate now decides by {name}</translation>
    </message>
    <message>
        <source>停码？大门不再查码，只看名册和体温，直到恢复。</source>
        <translation>Codes down? The gate checks only roster and temperature until codes are back.</translation>
    </message>
    <message>
        <source>恢复查码？然后请补核停码时的记录。</source>
        <translation>Check codes again? Then verify what was recorded meanwhile.</translation>
    </message>
    <message>
        <source>恢复查码</source>
        <translation>Codes are back</translation>
    </message>
    <message>
        <source>已经停码</source>
        <translation>Codes are down</translation>
    </message>
    <message>
        <source>已经恢复查码，请点补核</source>
        <translation>Codes are checked again; please press Verify</translation>
    </message>
    <message>
        <source>请先写您的编号</source>
        <translation>Please write your number first</translation>
    </message>
</context>
<context>
    <name>PracticeOverlay</name>
    <message>
        <source>练习</source>
        <translation>Practice</translation>
    </message>
</context>
<context>
    <name>PracticePage</name>
    <message>
        <source>练一练：三分钟，三十位</source>
        <translation>Practice: three minutes, thirty people</translation>
    </message>
    <message>
        <source>大多数人不用您动手，等它自己出结果。</source>
        <translation>Most people need nothing from you: wait for the verdict.</translation>
    </message>
    <message>
        <source>有人开口说话：话写在画面上，您按下面的键。</source>
        <translation>Somebody speaks: read it on the picture, then use the keys below.</translation>
    </message>
    <message>
        <source>拿不准先不放，请他等一等。</source>
        <translation>Not sure? Nobody goes in yet: ask them to wait.</translation>
    </message>
    <message>
        <source>来的都是假人，什么也不会真的记下来，按错了也不要紧。</source>
        <translation>Nobody is real and nothing is kept. A wrong key does no harm.</translation>
    </message>
    <message>
        <source>想停，或真有人来了：按 F10，再按 Esc。三分钟到了会自己停，给您看成绩。</source>
        <translation>To stop, or if somebody really comes: F10, then Esc. After three minutes it stops and shows how you did.</translation>
    </message>
    <message>
        <source>开始</source>
        <translation>Begin</translation>
    </message>
    <message>
        <source>不练了</source>
        <translation>Not now</translation>
    </message>
    <message>
        <source>练完了：{met} 位里做对了 {right} 位</source>
        <translation>Done: {right} of {met} people handled right</translation>
    </message>
    <message>
        <source>再练一次</source>
        <translation>Once more</translation>
    </message>
    <message>
        <source>结束</source>
        <translation>End</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>一次只亮一个码</source>
        <translation>Show one code at a time</translation>
    </message>
    <message>
        <source>请把码再靠近一点</source>
        <translation>Hold the code a little closer</translation>
    </message>
    <message>
        <source>请把健康码对准摄像头</source>
        <translation>Hold the health code to the camera</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>不用了</source>
        <translation>No</translation>
    </message>
</context>
<context>
    <name>QuestionPage</name>
    <message>
        <source>问中心：{entry}</source>
        <translation>Ask: {entry}</translation>
    </message>
</context>
<context>
    <name>Readiness</name>
    <message>
        <source>设置存好了。名字和语言下次打开时换。</source>
        <translation>Saved. Name and language change at the next start.</translation>
    </message>
</context>
<context>
    <name>ReasonQuestion</name>
    <message>
        <source>补一句（可以不填）</source>
        <translation>Add a word (optional)</translation>
    </message>
    <message>
        <source>不用了</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>为什么</source>
        <translation>Why</translation>
    </message>
</context>
<context>
    <name>RecheckPage</name>
    <message>
        <source>等着复测的人</source>
        <translation>Waiting to be measured again</translation>
    </message>
    <message>
        <source>下一页</source>
        <translation>Next page</translation>
    </message>
</context>
<context>
    <name>RechecksSection</name>
    <message>
        <source>显示全名</source>
        <translation>Full names</translation>
    </message>
    <message>
        <source>复测</source>
        <translation>Rechecks</translation>
    </message>
    <message>
        <source>怎么样了</source>
        <translation>How it stands</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>name</translation>
    </message>
    <message>
        <source>房号</source>
        <translation>house</translation>
    </message>
    <message>
        <source>电话尾号</source>
        <translation>Phone ends</translation>
    </message>
    <message>
        <source>从几点</source>
        <translation>Since</translation>
    </message>
    <message>
        <source>读数</source>
        <translation>Readings</translation>
    </message>
    <message>
        <source>复测在卡口做；点一个人，看每次怎么测的</source>
        <translation>People are measured again at the gate; tap one to see every reading</translation>
    </message>
    <message>
        <source>今天没有体温偏高的人</source>
        <translation>Nobody measured too high today</translation>
    </message>
    <message>
        <source>没复测就走了的，请打电话找到人，或者告诉社区医生</source>
        <translation>Who left without a recheck: please phone them, or tell the community doctor</translation>
    </message>
    <message>
        <source>该测了！人在哪里</source>
        <translation>Overdue! Where are they?</translation>
    </message>
    <message>
        <source>没亮码的人</source>
        <translation>Nobody known</translation>
    </message>
</context>
<context>
    <name>RecordingPage</name>
    <message>
        <source>麦克风的音量</source>
        <translation>Level of the microphone</translation>
    </message>
    <message>
        <source>听一遍</source>
        <translation>Play it</translation>
    </message>
    <message>
        <source>用回原来的</source>
        <translation>Use the original</translation>
    </message>
    <message>
        <source>← 上一句</source>
        <translation>← Previous</translation>
    </message>
    <message>
        <source>下一句 →</source>
        <translation>Next →</translation>
    </message>
    <message>
        <source>好了</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>今天替您喊了 {count} 句</source>
        <translation>{count} sentences spared you today</translation>
    </message>
    <message>
        <source>说句话试试，下面的条要动：</source>
        <translation>Say something: the bar below should move</translation>
    </message>
    <message>
        <source>没有找到麦克风。插上再打开这一页；也可以把 WAV 文件放进文件夹 voice。</source>
        <translation>No microphone found. Plug one in and open this page again; or put WAV files into the folder voice.</translation>
    </message>
    <message>
        <source>这台电脑上没有找到喇叭。</source>
        <translation>No loudspeaker found on this PC.</translation>
    </message>
    <message>
        <source>没有存成：{error}</source>
        <translation>Not saved: {error}</translation>
    </message>
    <message>
        <source>没有录到声音。看看麦克风插好没有、开关开了没有，再录一遍。</source>
        <translation>Nothing was heard. Check the microphone&apos;s plug and switch, then record again.</translation>
    </message>
    <message>
        <source>太短了。点“录”以后把整句说完，再点“停”。</source>
        <translation>Too short. After Record, say the whole sentence, then Stop.</translation>
    </message>
    <message>
        <source>太响了，听着会破。离麦克风远一点，再录一遍。</source>
        <translation>Too loud, it would crackle. Move away from the microphone and record again.</translation>
    </message>
    <message>
        <source>第 {n} 句，共 {all} 句</source>
        <translation>Sentence {n} of {all}</translation>
    </message>
    <message>
        <source>用家乡话说这句话，意思到了就行。录好马上就用。</source>
        <translation>Say it in your own dialect; the meaning counts. It is used at once.</translation>
    </message>
    <message>
        <source>✓ 现在放的是自己录的</source>
        <translation>✓ Your own recording is played</translation>
    </message>
    <message>
        <source>现在放的是原来的</source>
        <translation>Ours is played</translation>
    </message>
    <message>
        <source>■ 停</source>
        <translation>■ Stop</translation>
    </message>
    <message>
        <source>● 录</source>
        <translation>● Record</translation>
    </message>
</context>
<context>
    <name>RecoverySheet</name>
    <message>
        <source>存成 PDF 去打印</source>
        <translation>Save as PDF to print</translation>
    </message>
    <message>
        <source>已经打印或抄好，锁起来了</source>
        <translation>Printed or copied, and locked away</translation>
    </message>
    <message>
        <source>恢复码</source>
        <translation>Recovery key</translation>
    </message>
    <message>
        <source>管理员忘了密码，只有它能救。现在就打印或抄下来，锁进柜子；离开这一页，电脑里就再也看不到它。不要拍照。以前的纸都作废了。</source>
        <translation>If an admin forgets the PIN, only this helps. Print or copy it now and lock it away; once you leave this page it cannot be seen again. Take no photograph. Older papers are void.</translation>
    </message>
    <message>
        <source>走了就再也看不到这张恢复码，以前的纸也作废了。打印或抄好了吗？</source>
        <translation>Once you leave, this recovery key is never shown again, and the former papers count no more. Is it printed or written down?</translation>
    </message>
    <message>
        <source>抄好了，走</source>
        <translation>It is on paper, leave</translation>
    </message>
</context>
<context>
    <name>RecoveryStep</name>
    <message>
        <source>存成 PDF 去打印</source>
        <translation>Save as PDF to print</translation>
    </message>
    <message>
        <source>恢复码：请打印，或者抄下来</source>
        <translation>Recovery key: print it, or write it down</translation>
    </message>
    <message>
        <source>管理员忘了密码，只有它能救。装进信封，锁进柜子，不要拍照。离开这一页，电脑里就再也看不到它；丢了就到“管理 → 值班 → 账号”点“新的恢复码”。</source>
        <translation>If an admin forgets the PIN, only this helps. Put it into an envelope and lock it away; no photographs. Once you leave this page the PC never shows it again; if it is lost: Admin → Shifts → Accounts, &quot;New recovery key&quot;.</translation>
    </message>
</context>
<context>
    <name>RetentionSection</name>
    <message>
        <source>现在就清理</source>
        <translation>Erase now</translation>
    </message>
    <message>
        <source>应本人要求删除</source>
        <translation>Erase on request</translation>
    </message>
    <message>
        <source>做一份备份</source>
        <translation>Make a backup</translation>
    </message>
    <message>
        <source>数据保留</source>
        <translation>Data kept</translation>
    </message>
    <message>
        <source>哪一天</source>
        <translation>Day</translation>
    </message>
    <message>
        <source>还有什么</source>
        <translation>What is left</translation>
    </message>
    <message>
        <source>记录里的码</source>
        <translation>Codes in entries</translation>
    </message>
    <message>
        <source>进出</source>
        <translation>Way</translation>
    </message>
    <message>
        <source>正在数</source>
        <translation>Counting</translation>
    </message>
    <message>
        <source>个人信息保留 {days} 天，过了就每天自动清理；记录的条数、结果和校验不受影响。</source>
        <translation>Personal data is kept for {days} days and then erased daily; counts, results and the chain stay.</translation>
    </message>
    <message>
        <source>电脑的时间一下子跳过了好多天，所以没有自动清理。先看看右上角的时间对不对；对的话，按“现在就清理”。</source>
        <translation>The clock jumped by many days, so nothing was erased by itself. Check the time at the top right; if it is right, press &quot;Erase now&quot;.</translation>
    </message>
    <message>
        <source>正在清理，大门没有人的时候做一点。</source>
        <translation>Erasing, a little whenever nobody is at the gate.</translation>
    </message>
    <message>
        <source>现在没有到期的。</source>
        <translation>Nothing is due.</translation>
    </message>
    <message>
        <source>到期的有 {count} 条，下面是按天数的。</source>
        <translation>{count} are due, by day below. </translation>
    </message>
    <message>
        <source>明天开始自动清理，今天先给您看看。</source>
        <translation>Erasing by itself begins tomorrow; today you can look at it.</translation>
    </message>
    <message>
        <source>上次清理：{time}，清了 {count} 条。</source>
        <translation>Last erased: {time}, {count}. </translation>
    </message>
    <message>
        <source>{count} 条中心还没收到</source>
        <translation>{count} not at the center yet</translation>
    </message>
    <message>
        <source>{count} 条中心收到了、还没备份好</source>
        <translation>{count} at the center, not backed up yet</translation>
    </message>
    <message>
        <source>到期了、先留着的：{parts}（最早 {day}）。送到了就会清理。</source>
        <translation>Due, and kept for now: {parts} (since {day}). Erased once they are there.</translation>
    </message>
    <message>
        <source>硬盘还剩 {size}</source>
        <translation>{size} of disk left</translation>
    </message>
    <message>
        <source>，照今天的用量大约够 {days} 天</source>
        <translation>, for about {days} days at today&apos;s rate</translation>
    </message>
    <message>
        <source>。请删掉这台电脑上不用的文件，或者换一块大硬盘；登记本不要动。</source>
        <translation>. Delete files that are not needed, or fit a larger disk; do not touch the journal.</translation>
    </message>
    <message>
        <source>不分日子</source>
        <translation>Any day</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>清掉到期的 {count} 条个人信息？清了就找不回来。记录的条数和结果都还在。</source>
        <translation>Erase the {count} that are due? They cannot be had back. Counts and results stay.</translation>
    </message>
    <message>
        <source>清理</source>
        <translation>Erase</translation>
    </message>
</context>
<context>
    <name>Ring</name>
    <message>
        <source>求助</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>按住别松</source>
        <translation>Keep holding</translation>
    </message>
</context>
<context>
    <name>RotaPage</name>
    <message>
        <source>日期 4-17</source>
        <translation>Day 4-17</translation>
    </message>
    <message>
        <source>从 7:00</source>
        <translation>From 7:00</translation>
    </message>
    <message>
        <source>到 19:00</source>
        <translation>To 19:00</translation>
    </message>
    <message>
        <source>几个人</source>
        <translation>How many</translation>
    </message>
    <message>
        <source>连续几天</source>
        <translation>Days</translation>
    </message>
    <message>
        <source>排班</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>名字</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>我报名</source>
        <translation>I sign up</translation>
    </message>
    <message>
        <source>不来了</source>
        <translation>Not coming</translation>
    </message>
    <message>
        <source>取消这个班</source>
        <translation>Cancel shift</translation>
    </message>
    <message>
        <source>班</source>
        <translation>Shift</translation>
    </message>
    <message>
        <source>要几人</source>
        <translation>Needed</translation>
    </message>
    <message>
        <source>还差</source>
        <translation>Missing</translation>
    </message>
    <message>
        <source>谁来</source>
        <translation>Who comes</translation>
    </message>
    <message>
        <source>谁排的</source>
        <translation>Planned by</translation>
    </message>
    <message>
        <source>还没有排班。上面写一个班，大家就能报名；管理中心排的班也会出现在这里。</source>
        <translation>No shifts yet. Add one above and people can sign up; shifts of the center appear here too.</translation>
    </message>
    <message>
        <source>还没有排班。管理员或管理中心排了，就能在这里报名。</source>
        <translation>No shifts yet. Once an admin or the center has planned some, you can sign up here.</translation>
    </message>
    <message>
        <source>▲ {count} 人</source>
        <translation>▲ {count}</translation>
    </message>
    <message>
        <source>够了</source>
        <translation>full</translation>
    </message>
    <message>
        <source>中心</source>
        <translation>Center</translation>
    </message>
    <message>
        <source>这里</source>
        <translation>Here</translation>
    </message>
    <message>
        <source>没有人</source>
        <translation>nobody</translation>
    </message>
    <message>
        <source>排好了 {count} 个班</source>
        <translation>Shifts added: {count}</translation>
    </message>
    <message>
        <source>{name} 不来了：{when}</source>
        <translation>{name} is not coming: {when}</translation>
    </message>
    <message>
        <source>{name} 报上名了：{when}</source>
        <translation>{name} signed up: {when}</translation>
    </message>
    <message>
        <source>取消 {count} 个班？报了名的 {people} 人要打电话告诉一声。</source>
        <translation>Shifts to cancel: {count}? Tell by phone who signed up: {people}.</translation>
    </message>
</context>
<context>
    <name>RotaSection</name>
    <message>
        <source>值班表</source>
        <translation>Rota</translation>
    </message>
    <message>
        <source>交班单</source>
        <translation>Sheets</translation>
    </message>
    <message>
        <source>账号</source>
        <translation>Accounts</translation>
    </message>
    <message>
        <source>现在交接班</source>
        <translation>Hand over now</translation>
    </message>
    <message>
        <source>值班</source>
        <translation>Shifts</translation>
    </message>
</context>
<context>
    <name>SelfTestSection</name>
    <message>
        <source>再看一遍</source>
        <translation>Look again</translation>
    </message>
    <message>
        <source>练一练（三分钟）</source>
        <translation>Practise (3 minutes)</translation>
    </message>
    <message>
        <source>设置向导</source>
        <translation>Set-up wizard</translation>
    </message>
    <message>
        <source>录自己的话</source>
        <translation>Own recordings</translation>
    </message>
    <message>
        <source>自检：接班前看一遍</source>
        <translation>Self-test: before each shift</translation>
    </message>
    <message>
        <source>练习会开一个新窗口，来的都是假人。大门照常开着；有人来，先按 F10 结束练习。</source>
        <translation>Practice opens a window of its own; nobody there is real. The gate goes on: if somebody comes, end it with F10.</translation>
    </message>
    <message>
        <source>自检</source>
        <translation>Self-test</translation>
    </message>
    <message>
        <source>正在看，几秒就好…</source>
        <translation>Looking, a few seconds…</translation>
    </message>
    <message>
        <source>正在自检</source>
        <translation>Self-test</translation>
    </message>
    <message>
        <source>正在忙别的，等一下再点“再看一遍”。</source>
        <translation>Busy with something else. Tap &quot;Look again&quot; in a while.</translation>
    </message>
    <message>
        <source>有 {count} 样不好，照下面的办法试试。</source>
        <translation>{count} do not work. Try what is written below.</translation>
    </message>
    <message>
        <source>没有坏的；有 {count} 样没看成，照下面的做了再看一遍。</source>
        <translation>Nothing is bad, but {count} could not be tried. Do what is written below, then look again.</translation>
    </message>
    <message>
        <source>都好，可以上岗。</source>
        <translation>All is well.</translation>
    </message>
    <message>
        <source>自检没有做完：{error}</source>
        <translation>The self-test was not finished: {error}</translation>
    </message>
    <message>
        <source>练习正在打开。</source>
        <translation>Practice is opening.</translation>
    </message>
</context>
<context>
    <name>SetUpSection</name>
    <message>
        <source>设备</source>
        <translation>Devices</translation>
    </message>
    <message>
        <source>反复出错（{why}），先手工登记着。修好了再照常打开。</source>
        <translation>Failed again and again ({why}), so people are recorded by hand. Repair it, then open as usual.</translation>
    </message>
    <message>
        <source>设备都用起来了。再反复出错，请叫维修。</source>
        <translation>All devices are in use again. If it fails again, call for repair.</translation>
    </message>
    <message>
        <source>重新看一遍</source>
        <translation>Look again</translation>
    </message>
    <message>
        <source>设备：插着什么，大门用哪个</source>
        <translation>Devices: what is plugged in, and what the gate uses</translation>
    </message>
    <message>
        <source>照常打开</source>
        <translation>Open as usual</translation>
    </message>
    <message>
        <source>没有看到摄像头和测温仪。请插好 USB 线，再点“重新看一遍”。</source>
        <translation>No camera and no thermometer here. Plug in the USB cable, then &quot;Look again&quot;.</translation>
    </message>
    <message>
        <source>点左边的一个设备，看它说什么。</source>
        <translation>Tap a device on the left to see what it says.</translation>
    </message>
    <message>
        <source>大门正在用它：{use}。</source>
        <translation>The gate uses it: {use}. </translation>
    </message>
    <message>
        <source>扫一个码试试。</source>
        <translation>Scan a code to try it.</translation>
    </message>
    <message>
        <source>把手放到测温头前试试。</source>
        <translation>Hold your hand before it to try it.</translation>
    </message>
    <message>
        <source>正在认它是哪种测温仪，最多 13 秒。只听不改，不会动它的设置。</source>
        <translation>Finding out which thermometer it is: 13 s at most. It is only read, its settings are not touched.</translation>
    </message>
    <message>
        <source>正在找测温仪</source>
        <translation>Looking for a thermometer</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>没认出是哪种测温仪。请看它的电源开了没有；如果是扫码枪，选一种，再扫一个码。</source>
        <translation>No thermometer that we know. Is it switched on? If it is a scanner, pick a kind and scan a code.</translation>
    </message>
    <message>
        <source>认出来了：{title}。把手放到测温头前，数对了再保存。</source>
        <translation>Found: {title}. Hold your hand before it; save when the number is right.</translation>
    </message>
    <message>
        <source>请用它扫一个码。</source>
        <translation>Scan a code with it.</translation>
    </message>
    <message>
        <source>大门正在用这个摄像头。</source>
        <translation>The gate uses this camera.</translation>
    </message>
    <message>
        <source>看看画面对着人站的地方没有，对了就用它。</source>
        <translation>Does it look at where people stand? Then use it.</translation>
    </message>
    <message>
        <source>用这个摄像头</source>
        <translation>Use this camera</translation>
    </message>
    <message>
        <source>用作测温仪</source>
        <translation>As thermometer</translation>
    </message>
    <message>
        <source>用作第二支</source>
        <translation>As second one</translation>
    </message>
    <message>
        <source>不再用它</source>
        <translation>Stop using it</translation>
    </message>
    <message>
        <source>现在是演示，只能看看；正式打开后才能保存。</source>
        <translation>This is the demo: you can look, but not save.</translation>
    </message>
    <message>
        <source>大门不再用这个设备（{use}）？</source>
        <translation>Shall the gate stop using this device ({use})?</translation>
    </message>
    <message>
        <source>不再用</source>
        <translation>Stop using it</translation>
    </message>
    <message>
        <source>没有存成，大门照旧。</source>
        <translation>Not saved; the gate goes on as before.</translation>
    </message>
    <message>
        <source>存好了，大门已经换过来。</source>
        <translation>Saved. The gate has changed over.</translation>
    </message>
    <message>
        <source>读到一个码，{count} 个字。</source>
        <translation>A code was read: {count} characters.</translation>
    </message>
    <message>
        <source>用作扫码枪</source>
        <translation>As scanner</translation>
    </message>
</context>
<context>
    <name>SheetPreview</name>
    <message>
        <source>存成 PDF</source>
        <translation>Save PDF</translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>出入证</source>
        <translation>passes</translation>
    </message>
    <message>
        <source>存好了：{path}</source>
        <translation>Saved: {path}</translation>
    </message>
    <message>
        <source>正在写 PDF</source>
        <translation>Writing the PDF</translation>
    </message>
    <message>
        <source>已经送到打印机 {printer}</source>
        <translation>Sent to the printer {printer}</translation>
    </message>
    <message>
        <source>正在送去打印</source>
        <translation>Sending to the printer</translation>
    </message>
</context>
<context>
    <name>SheetsPage</name>
    <message>
        <source>更早</source>
        <translation>Earlier</translation>
    </message>
    <message>
        <source>更近</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>看这张</source>
        <translation>Look at it</translation>
    </message>
    <message>
        <source>回到列表</source>
        <translation>To the list</translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>什么时候</source>
        <translation>When</translation>
    </message>
    <message>
        <source>交班</source>
        <translation>Out</translation>
    </message>
    <message>
        <source>接班</source>
        <translation>In</translation>
    </message>
    <message>
        <source>人次</source>
        <translation>People</translation>
    </message>
    <message>
        <source>要办的事</source>
        <translation>To do</translation>
    </message>
    <message>
        <source>签字</source>
        <translation>Signed</translation>
    </message>
    <message>
        <source>打印：{printer}</source>
        <translation>Print: {printer}</translation>
    </message>
    <message>
        <source>PDF 存到 {place}</source>
        <translation>PDF to {place}</translation>
    </message>
    <message>
        <source>{first} 到 {last} 的交班单</source>
        <translation>Hand-over sheets, {first} to {last}</translation>
    </message>
    <message>
        <source>{first} 到 {last} 没有交班单</source>
        <translation>No hand-over sheets, {first} to {last}</translation>
    </message>
    <message>
        <source>▲ 被改动过</source>
        <translation>▲ was changed</translation>
    </message>
    <message>
        <source>交班单</source>
        <translation>Hand-over</translation>
    </message>
    <message>
        <source>存好了：{path}</source>
        <translation>Saved: {path}</translation>
    </message>
    <message>
        <source>正在写交班单</source>
        <translation>Writing the sheet</translation>
    </message>
    <message>
        <source>交班单已经送到打印机 {printer}</source>
        <translation>The sheet went to the printer {printer}</translation>
    </message>
    <message>
        <source>正在打印交班单</source>
        <translation>Printing the sheet</translation>
    </message>
</context>
<context>
    <name>Sidelines</name>
    <message>
        <source>有人排队 · 5 分钟过了 {people} 人 · 请隔一米</source>
        <translation>Queue · {people} through in 5 min · keep 1 m apart</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>下班</source>
        <translation>Go off duty</translation>
    </message>
    <message>
        <source>换密码</source>
        <translation>Change PIN</translation>
    </message>
    <message>
        <source>交接班</source>
        <translation>Hand over</translation>
    </message>
    <message>
        <source>下一页</source>
        <translation>Next page</translation>
    </message>
    <message>
        <source>当班：{name}。换人请点名字。</source>
        <translation>On duty: {name}. To take over, tap your name.</translation>
    </message>
    <message>
        <source>谁来当班？请点自己的名字。</source>
        <translation>Who is on duty? Tap your own name.</translation>
    </message>
    <message>
        <source>请按密码，再按“确定”。</source>
        <translation>Type the PIN, then press OK.</translation>
    </message>
    <message>
        <source>先按现在的密码。</source>
        <translation>First the PIN you have now.</translation>
    </message>
    <message>
        <source>给自己定一个新密码，只有自己知道。4 到 8 位数字；保安和管理员至少 6 位。</source>
        <translation>Choose a new PIN that only you know: 4 to 8 digits; guards and admins at least 6.</translation>
    </message>
    <message>
        <source>新密码再按一遍。</source>
        <translation>The new PIN once more.</translation>
    </message>
    <message>
        <source>两遍不一样，请从头再来。</source>
        <translation>The two differ. Please begin again.</translation>
    </message>
</context>
<context>
    <name>Signature</name>
    <message>
        <source>您的编号</source>
        <translation>Your number</translation>
    </message>
    <message>
        <source>为什么，如：街道通知 4 号</source>
        <translation>Why, e.g. notice no. 4</translation>
    </message>
</context>
<context>
    <name>SignedPage</name>
    <message>
        <source>没有这个编号，请再按一次。</source>
        <translation>No such number, please type it again.</translation>
    </message>
    <message>
        <source>编号 {number}：请按密码，再按“确定”。</source>
        <translation>Number {number}: type the PIN, then OK.</translation>
    </message>
</context>
<context>
    <name>Signer</name>
    <message>
        <source>密码</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>name</translation>
    </message>
</context>
<context>
    <name>SoundStep</name>
    <message>
        <source>放一段声音</source>
        <translation>Play a sound</translation>
    </message>
    <message>
        <source>听到了吗？</source>
        <translation>Did you hear it?</translation>
    </message>
    <message>
        <source>听到了</source>
        <translation>Yes</translation>
    </message>
    <message>
        <source>没听到</source>
        <translation>No</translation>
    </message>
    <message>
        <source>声音</source>
        <translation>Sound</translation>
    </message>
    <message>
        <source>点“放一段声音”，会响一声，再说“声音测试”。</source>
        <translation>Tap &quot;Play a sound&quot;: a tone, then a few words.</translation>
    </message>
    <message>
        <source>没有声音也能用，结果看屏幕</source>
        <translation>It works without sound: watch the screen</translation>
    </message>
    <message>
        <source>听得到</source>
        <translation>heard</translation>
    </message>
    <message>
        <source>这台电脑上没有找到喇叭。插上喇叭，再放一次；没有也能用。</source>
        <translation>No speaker on this PC. Plug one in and play again; it works without.</translation>
    </message>
    <message>
        <source>✓ 好。以后它替您喊话。</source>
        <translation>✓ Good. It will do the shouting for you.</translation>
    </message>
    <message>
        <source>看看喇叭的电源、音量和插头，再放一次。没有声音也能用。</source>
        <translation>Check power, volume and plug of the speaker, and play again. It works without.</translation>
    </message>
</context>
<context>
    <name>StatisticsSection</name>
    <message>
        <source>存成图片</source>
        <translation>Save picture</translation>
    </message>
    <message>
        <source>统计</source>
        <translation>Figures</translation>
    </message>
    <message>
        <source>存到 {place}</source>
        <translation>To {place}</translation>
    </message>
    <message>
        <source>正在数这一天的记录</source>
        <translation>Counting this day&apos;s entries</translation>
    </message>
    <message>
        <source>正在数…</source>
        <translation>Counting…</translation>
    </message>
    <message>
        <source>存好了：{path}</source>
        <translation>Saved: {path}</translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>刚才：{verdict}</source>
        <translation>Before: {verdict}</translation>
    </message>
</context>
<context>
    <name>SyncSection</name>
    <message>
        <source>中心的地址，如 https://10.0.0.7:8443</source>
        <translation>Center&apos;s address, e.g. https://10.0.0.7:8443</translation>
    </message>
    <message>
        <source>一次性码，33 个字</source>
        <translation>One-time code</translation>
    </message>
    <message>
        <source>登记</source>
        <translation>Enrol</translation>
    </message>
    <message>
        <source>换一个中心，或重新登记</source>
        <translation>Another center, or enrol again</translation>
    </message>
    <message>
        <source>马上同步</source>
        <translation>Sync now</translation>
    </message>
    <message>
        <source>写到 U 盘</source>
        <translation>To USB stick</translation>
    </message>
    <message>
        <source>从 U 盘读</source>
        <translation>From USB stick</translation>
    </message>
    <message>
        <source>中心</source>
        <translation>Center</translation>
    </message>
    <message>
        <source>没有网络时：把记录写到 U 盘，拿到中心去；再把中心写回来的文件读进来。</source>
        <translation>Without a network: write the entries to a USB stick and take it to the center; then read in the file that the center writes.</translation>
    </message>
    <message>
        <source>还有 {count} 件</source>
        <translation>{count} more</translation>
    </message>
    <message>
        <source>没有中心，大门照常用。要连中心：向中心要一个一次性码，十分钟内在这里填好。</source>
        <translation>Without a center the gate works all the same. To join one: ask it for a one-time code and fill it in here within ten minutes.</translation>
    </message>
    <message>
        <source>还没有</source>
        <translation>never</translation>
    </message>
    <message>
        <source>上次联系：{time}</source>
        <translation>Last contact: {time}</translation>
    </message>
    <message>
        <source>待同步 {count} 条</source>
        <translation>Entries to send: {count}</translation>
    </message>
    <message>
        <source>最早的在 {time}</source>
        <translation>the first from {time}</translation>
    </message>
    <message>
        <source>记录都送到了</source>
        <translation>All entries are at the center</translation>
    </message>
    <message>
        <source>还没收全</source>
        <translation>not complete yet</translation>
    </message>
    <message>
        <source>名单：{time}</source>
        <translation>Lists: {time}</translation>
    </message>
    <message>
        <source>电脑时间和中心一样</source>
        <translation>The PC&apos;s clock agrees with the center&apos;s</translation>
    </message>
    <message>
        <source>电脑时间比中心慢 {n} 秒</source>
        <translation>The PC&apos;s clock is {n} s slow</translation>
    </message>
    <message>
        <source>电脑时间比中心快 {n} 秒</source>
        <translation>The PC&apos;s clock is {n} s fast</translation>
    </message>
    <message>
        <source>{span}前</source>
        <translation>{span} ago</translation>
    </message>
    <message>
        <source>{url}，这台机器叫“{name}”</source>
        <translation>{url}, which calls this station &quot;{name}&quot;</translation>
    </message>
    <message>
        <source>正在同步</source>
        <translation>Syncing</translation>
    </message>
    <message>
        <source>请把地址和一次性码都填好</source>
        <translation>Please fill in both address and code</translation>
    </message>
    <message>
        <source>正在登记</source>
        <translation>Enrolling</translation>
    </message>
    <message>
        <source>登记好了，中心叫这台机器“{name}”</source>
        <translation>Enrolled; the center calls this station &quot;{name}&quot;</translation>
    </message>
    <message>
        <source>选 U 盘</source>
        <translation>Choose the USB stick</translation>
    </message>
    <message>
        <source>选中心写的文件</source>
        <translation>Choose the center&apos;s file</translation>
    </message>
    <message>
        <source>同步文件 (*.kkb)</source>
        <translation>Sync files (*.kkb)</translation>
    </message>
    <message>
        <source>正在写 U 盘，先别拔</source>
        <translation>Writing; do not pull the stick out</translation>
    </message>
    <message>
        <source>正在读 U 盘，先别拔</source>
        <translation>Reading; do not pull the stick out</translation>
    </message>
    <message>
        <source>写好了 {count} 条记录：{file}。可以拔 U 盘了</source>
        <translation>Entries written: {count}, to {file}. You can pull the stick out</translation>
    </message>
    <message>
        <source>收好了 {count} 页名单。可以拔 U 盘了</source>
        <translation>{count} pages of lists taken in. You can pull the stick out</translation>
    </message>
    <message>
        <source>这个文件里没有新名单。请拿中心最后写的那个文件</source>
        <translation>There is no newer list in this file. Please bring the one that the center wrote last</translation>
    </message>
    <message>
        <source>请等前面的事做完</source>
        <translation>Please wait until the other task is done</translation>
    </message>
</context>
<context>
    <name>TemperaturePage</name>
    <message>
        <source>没测到</source>
        <translation>No reading</translation>
    </message>
    <message>
        <source>其他度数</source>
        <translation>Other values</translation>
    </message>
    <message>
        <source>水银/电子体温计</source>
        <translation>Clinical thermometer</translation>
    </message>
    <message>
        <source>体温计上是多少？</source>
        <translation>What does the thermometer say?</translation>
    </message>
    <message>
        <source>复测：体温枪上是多少？</source>
        <translation>Again: what does the gun say?</translation>
    </message>
    <message>
        <source>腋下夹 5 分钟；这个数说了算。不是就再按 F2</source>
        <translation>Under the arm, 5 minutes: this value decides. F2 undoes</translation>
    </message>
    <message>
        <source>按数字键也行：6 5 就是 36.5</source>
        <translation>Or type it: 6 5 means 36.5</translation>
    </message>
    <message>
        <source>体温枪上是多少？</source>
        <translation>What does the gun say?</translation>
    </message>
</context>
<context>
    <name>ThermalPicture</name>
    <message>
        <source>请站近一点</source>
        <translation>Come closer</translation>
    </message>
    <message>
        <source>请站远一点</source>
        <translation>Step back</translation>
    </message>
    <message>
        <source>请站到中间</source>
        <translation>To the middle</translation>
    </message>
    <message>
        <source>没看到人</source>
        <translation>Nobody seen</translation>
    </message>
    <message>
        <source>站得正好</source>
        <translation>Good</translation>
    </message>
</context>
<context>
    <name>ThermometerPanel</name>
    <message>
        <source>还没测体温</source>
        <translation>No temperature yet</translation>
    </message>
    <message>
        <source>{site} · {limit} 起算高</source>
        <translation>{site} · high from {limit}</translation>
    </message>
    <message>
        <source>体温计</source>
        <translation>Clinical</translation>
    </message>
    <message>
        <source>手测</source>
        <translation>Type °C</translation>
    </message>
</context>
<context>
    <name>ThermometerStep</name>
    <message>
        <source>重新找一遍</source>
        <translation>Look again</translation>
    </message>
    <message>
        <source>测温仪</source>
        <translation>Thermometer</translation>
    </message>
    <message>
        <source>它会自己认。认出来以后，把手放到测温头前，看数变不变。</source>
        <translation>It is found by itself. Then hold your hand before it: does the number change?</translation>
    </message>
    <message>
        <source>用体温枪量，按 F3 填；以后在“管理 → 设备”里能加</source>
        <translation>Use a thermometer gun and F3; add one later in &quot;Admin → Devices&quot;</translation>
    </message>
    <message>
        <source>等着认</source>
        <translation>waiting</translation>
    </message>
    <message>
        <source>没有看到测温仪。请插好 USB 线，再点“重新找一遍”。</source>
        <translation>No thermometer found. Plug in its USB cable, then &quot;Look again&quot;.</translation>
    </message>
    <message>
        <source>一种也没认出来。请看它的电源开了没有，再点“重新找一遍”。</source>
        <translation>None recognised. Is its power on? Then &quot;Look again&quot;.</translation>
    </message>
    <message>
        <source>大门正在用</source>
        <translation>in use by the gate</translation>
    </message>
    <message>
        <source>正在认，最多 13 秒…</source>
        <translation>looking, up to 13 seconds…</translation>
    </message>
    <message>
        <source>只听不改，不会动它的设置。</source>
        <translation>Only listening: nothing is changed in it.</translation>
    </message>
    <message>
        <source>没认出来</source>
        <translation>not recognised</translation>
    </message>
    <message>
        <source>打不开</source>
        <translation>cannot be opened</translation>
    </message>
    <message>
        <source>把手放到测温头前。</source>
        <translation>Hold your hand before it.</translation>
    </message>
    <message>
        <source>✓ 量到手了，它是好的。</source>
        <translation>✓ It feels your hand. It works.</translation>
    </message>
    <message>
        <source>大门正在用的那支</source>
        <translation>the one the gate uses</translation>
    </message>
</context>
<context>
    <name>TraceSection</name>
    <message>
        <source>溯源</source>
        <translation>Tracing</translation>
    </message>
    <message>
        <source>{format} 存到 {place}</source>
        <translation>{format} to {place}</translation>
    </message>
    <message>
        <source>前后 {minutes} 分钟</source>
        <translation>{minutes} min around</translation>
    </message>
    <message>
        <source>一个人：最近 {days} 天</source>
        <translation>A person: last {days} days</translation>
    </message>
    <message>
        <source>进出都看</source>
        <translation>In and out</translation>
    </message>
    <message>
        <source>只看进</source>
        <translation>Only in</translation>
    </message>
    <message>
        <source>只看出</source>
        <translation>Only out</translation>
    </message>
    <message>
        <source>前后多久</source>
        <translation>How long before and after</translation>
    </message>
    <message>
        <source>往前几天</source>
        <translation>How many days back</translation>
    </message>
    <message>
        <source>进出</source>
        <translation>Way</translation>
    </message>
    <message>
        <source>第几条，或时间，如 4-16 7:25</source>
        <translation>Number of an entry, or a time: 4-16 7:25</translation>
    </message>
    <message>
        <source>查</source>
        <translation>Find</translation>
    </message>
    <message>
        <source>查一个人</source>
        <translation>A person</translation>
    </message>
    <message>
        <source>显示全名</source>
        <translation>Show names</translation>
    </message>
    <message>
        <source>导出名单</source>
        <translation>Export list</translation>
    </message>
    <message>
        <source>← 回结果</source>
        <translation>← Results</translation>
    </message>
    <message>
        <source>查谁前后都有谁过门？</source>
        <translation>Who passed before and after whom?</translation>
    </message>
    <message>
        <source>请打第几条，如 104；或者时间，如 4-16 7:25</source>
        <translation>Type the number of an entry, as 104, or a time, as 4-16 7:25</translation>
    </message>
    <message>
        <source>正在查谁同时过门</source>
        <translation>Looking who passed at the same time</translation>
    </message>
    <message>
        <source>再打码</source>
        <translation>Mask again</translation>
    </message>
    <message>
        <source>要查谁，或者哪个时间？</source>
        <translation>Around whom, or which time?</translation>
    </message>
    <message>
        <source>号</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>相差</source>
        <translation>Apart</translation>
    </message>
    <message>
        <source>谁</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>关系</source>
        <translation>Relation</translation>
    </message>
    <message>
        <source>判定</source>
        <translation>Verdict</translation>
    </message>
    <message>
        <source>还在里面</source>
        <translation>Inside</translation>
    </message>
    <message>
        <source>为什么要看全名和电话？写下来，会留在记录里</source>
        <translation>Why do you need names and phones? It is kept on record</translation>
    </message>
    <message>
        <source>显示</source>
        <translation>Show</translation>
    </message>
    <message>
        <source>正在写流调名单</source>
        <translation>Writing the list</translation>
    </message>
    <message>
        <source>存好了：{path}。用完请删掉</source>
        <translation>Saved: {path}. Please delete it after use</translation>
    </message>
</context>
<context>
    <name>TrialPage</name>
    <message>
        <source>试算</source>
        <translation>Try</translation>
    </message>
    <message>
        <source>先存着</source>
        <translation>Keep</translation>
    </message>
    <message>
        <source>启用</source>
        <translation>Activate</translation>
    </message>
    <message>
        <source>拿这天的记录试</source>
        <translation>Try on the entries of</translation>
    </message>
    <message>
        <source>最近有记录的那天</source>
        <translation>the newest day</translation>
    </message>
    <message>
        <source>先试算，看看会有什么不一样，再启用。</source>
        <translation>First try it and see what would differ, then activate it.</translation>
    </message>
    <message>
        <source>草稿和现行的一样，没有什么可试。先到“改”那里改。</source>
        <translation>The draft is what is in force already. Change it under Edit first.</translation>
    </message>
    <message>
        <source>不认识</source>
        <translation>unknown</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>方向</source>
        <translation>Way</translation>
    </message>
    <message>
        <source>会变成</source>
        <translation>Would become</translation>
    </message>
    <message>
        <source>谁</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>为什么</source>
        <translation>Why</translation>
    </message>
</context>
<context>
    <name>TwoSignatures</name>
    <message>
        <source>管理员编号</source>
        <translation>Admin&apos;s number</translation>
    </message>
    <message>
        <source>保安或管理员</source>
        <translation>Guard or admin</translation>
    </message>
    <message>
        <source>密码</source>
        <translation>PIN</translation>
    </message>
</context>
<context>
    <name>VisitorPage</name>
    <message>
        <source>更多</source>
        <translation>More</translation>
    </message>
</context>
<context>
    <name>VisitsSection</name>
    <message>
        <source>预约访客</source>
        <translation>Expected visitors</translation>
    </message>
    <message>
        <source>代收代办</source>
        <translation>Parcels, errands</translation>
    </message>
    <message>
        <source>来过的访客</source>
        <translation>Past visitors</translation>
    </message>
    <message>
        <source>访客代办</source>
        <translation>Visitors</translation>
    </message>
</context>
<context>
    <name>WaitingPage</name>
    <message>
        <source>核对人的编号</source>
        <translation>Confirmer&apos;s number</translation>
    </message>
    <message>
        <source>核对过，属实</source>
        <translation>Checked: it is so</translation>
    </message>
    <message>
        <source>不对，退回</source>
        <translation>Wrong: send back</translation>
    </message>
    <message>
        <source>房号</source>
        <translation>House</translation>
    </message>
    <message>
        <source>谁</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>报的是</source>
        <translation>Reported</translation>
    </message>
    <message>
        <source>从什么时候</source>
        <translation>Since</translation>
    </message>
    <message>
        <source>谁报的（编号）</source>
        <translation>By (no.)</translation>
    </message>
    <message>
        <source>报的人不能自己核对。请对照通知或名单，一条一条看；点一行选中它</source>
        <translation>Nobody confirms their own report. Check each against the notice or list; tap a row to pick it</translation>
    </message>
    <message>
        <source>没有要核对的</source>
        <translation>Nothing to confirm</translation>
    </message>
    <message>
        <source>全家</source>
        <translation>Household</translation>
    </message>
    <message>
        <source>{count} 条核对好了，马上就算</source>
        <translation>{count} confirmed; counts at once</translation>
    </message>
    <message>
        <source>{count} 条退回了，不算</source>
        <translation>{count} sent back; does not count</translation>
    </message>
</context>
<context>
    <name>WhyQuestion</name>
    <message>
        <source>比如：街道流调组要，李科长</source>
        <translation>e.g. the district&apos;s tracing team asked, Mr Li</translation>
    </message>
    <message>
        <source>不用了</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>Wizard</name>
    <message>
        <source>← 上一步</source>
        <translation>← Back</translation>
    </message>
    <message>
        <source>先不设置</source>
        <translation>Not now</translation>
    </message>
    <message>
        <source>跳过</source>
        <translation>Skip</translation>
    </message>
    <message>
        <source>下一步 →</source>
        <translation>Next →</translation>
    </message>
    <message>
        <source>第 {n} 步，共 {all} 步</source>
        <translation>Step {n} of {all}</translation>
    </message>
    <message>
        <source>跳过的话：{what}</source>
        <translation>If skipped: {what}</translation>
    </message>
    <message>
        <source>完成</source>
        <translation>Finish</translation>
    </message>
    <message>
        <source>打印或抄好了，锁起来了</source>
        <translation>It is on paper and locked away</translation>
    </message>
    <message>
        <source>没有存成：{error}</source>
        <translation>Not saved: {error}</translation>
    </message>
</context>
<context>
    <name>WorkBar</name>
    <message>
        <source>停下</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>请等手头这件事做完，或者先停下它</source>
        <translation>Wait until the present job is done, or stop it first</translation>
    </message>
    <message>
        <source>停下了，什么也没改</source>
        <translation>Stopped; nothing was changed</translation>
    </message>
</context>
<context>
    <name>admin</name>
    <message>
        <source>居民</source>
        <translation>resident</translation>
    </message>
    <message>
        <source>租户</source>
        <translation>tenant</translation>
    </message>
    <message>
        <source>工作人员</source>
        <translation>worker</translation>
    </message>
    <message>
        <source>快递员</source>
        <translation>courier</translation>
    </message>
    <message>
        <source>志愿者</source>
        <translation>volunteer</translation>
    </message>
    <message>
        <source>访客</source>
        <translation>visitor</translation>
    </message>
    <message>
        <source>医护</source>
        <translation>medical</translation>
    </message>
    <message>
        <source>A4 一页十张</source>
        <translation>A4, ten cards</translation>
    </message>
    <message>
        <source>单张卡片</source>
        <translation>Single cards</translation>
    </message>
    <message>
        <source>A6 大字</source>
        <translation>A6, large</translation>
    </message>
    <message>
        <source>别的类别</source>
        <translation>other</translation>
    </message>
    <message>
        <source>数据锁着或者钥匙打不开：请先签到；签到了还不行，请找装机的人</source>
        <translation>The data is locked or the key does not open it: sign in first; if that does not help, ask whoever set this up</translation>
    </message>
    <message>
        <source>有人写不进出入证，请在名册里改短：{why}</source>
        <translation>Somebody does not fit on a pass; shorten it in the roster: {why}</translation>
    </message>
    <message>
        <source>这张证已经作废，不能补办。要发新的，请按房号重新发证</source>
        <translation>This pass is no longer valid and cannot be replaced. For a new one, issue it again by the house</translation>
    </message>
    <message>
        <source> 等 {count} 户</source>
        <translation> and others: {count} houses</translation>
    </message>
    <message>
        <source>。{houses}：姓名里有打不出的字，印成了方框，请用手写上</source>
        <translation>. {houses}: no font here has all letters of the name. Boxes stand for them, please write it by hand</translation>
    </message>
    <message>
        <source>没有写成。请看盘满了没有、U 盘拔了没有：{why}</source>
        <translation>Not written. Is the disk full, or the memory stick gone? {why}</translation>
    </message>
    <message>
        <source>全名要两个人签字，这里还没有管理员：先到“管理 → 值班 → 账号”添加，再来</source>
        <translation>Full names take two signatures, and there is no admin yet: first add one in Admin → Shifts → Accounts</translation>
    </message>
    <message>
        <source>摄像头</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>测温仪</source>
        <translation>Thermometer</translation>
    </message>
    <message>
        <source>第二支测温仪</source>
        <translation>Second thermometer</translation>
    </message>
    <message>
        <source>扫码枪</source>
        <translation>Scanner</translation>
    </message>
    <message>
        <source>别的程序正占着它。请关掉厂家的测温软件、串口助手，再点“再试一次”。</source>
        <translation>Another program holds it. Close the maker&apos;s software or the serial terminal, then &quot;Try again&quot;.</translation>
    </message>
    <message>
        <source>这个账户不许用它。请装机的人在终端里运行下面这一行，再注销、重新登录：</source>
        <translation>This account may not use it. Have whoever set this PC up run the line below in a terminal, then log out and in again:</translation>
    </message>
    <message>
        <source>它不在了。请看插头插紧没有，再点“再试一次”。</source>
        <translation>It is gone. Check the plug, then &quot;Try again&quot;.</translation>
    </message>
    <message>
        <source>打不开。请拔下来再插上，再点“再试一次”。</source>
        <translation>It cannot be opened. Unplug it, plug it in again, then &quot;Try again&quot;.</translation>
    </message>
    <message>
        <source>原始值 {raw}</source>
        <translation>raw {raw}</translation>
    </message>
    <message>
        <source>环境 {ambient}</source>
        <translation>ambient {ambient}</translation>
    </message>
    <message>
        <source>USB 转接线 {chip}</source>
        <translation>USB adapter {chip}</translation>
    </message>
    <message>
        <source>GM65 类扫码枪</source>
        <translation>GM65 scanner</translation>
    </message>
    <message>
        <source>别的扫码枪</source>
        <translation>Other scanner</translation>
    </message>
    <message>
        <source>大门在用</source>
        <translation>in use</translation>
    </message>
    <message>
        <source>还没用上</source>
        <translation>not in use</translation>
    </message>
    <message>
        <source>物业</source>
        <translation>Staff</translation>
    </message>
    <message>
        <source>没登记</source>
        <translation>Not registered</translation>
    </message>
    <message>
        <source>{days} 天 {hours} 小时</source>
        <translation>{days} d {hours} h</translation>
    </message>
    <message>
        <source>{hours} 小时 {minutes} 分</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{minutes} 分钟</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>红码</source>
        <translation>Red</translation>
    </message>
    <message>
        <source>黄码</source>
        <translation>Yellow</translation>
    </message>
    <message>
        <source>居家隔离</source>
        <translation>Home isolation</translation>
    </message>
    <message>
        <source>密接</source>
        <translation>Close contact</translation>
    </message>
    <message>
        <source>次密接</source>
        <translation>A contact of a close contact</translation>
    </message>
    <message>
        <source>核酸阳性</source>
        <translation>Test positive</translation>
    </message>
    <message>
        <source>社区要求拦下</source>
        <translation>To be held (community)</translation>
    </message>
    <message>
        <source>有的记录是新版程序写的，这一版判不了。请更新程序再回溯：{why}</source>
        <translation>Some entries were written by a newer program. Please update, then look back: {why}</translation>
    </message>
    <message>
        <source>U 盘 {name}</source>
        <translation>Memory stick {name}</translation>
    </message>
    <message>
        <source>“文档”文件夹</source>
        <translation>Documents</translation>
    </message>
    <message>
        <source>在等复测</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>没复测就走了</source>
        <translation>Left, not rechecked</translation>
    </message>
    <message>
        <source>确认发热</source>
        <translation>Fever confirmed</translation>
    </message>
    <message>
        <source>额头</source>
        <translation>forehead</translation>
    </message>
    <message>
        <source>手腕</source>
        <translation>wrist</translation>
    </message>
    <message>
        <source>脖子</source>
        <translation>neck</translation>
    </message>
    <message>
        <source>耳温</source>
        <translation>ear</translation>
    </message>
    <message>
        <source>体温计</source>
        <translation>Clinical</translation>
    </message>
    <message>
        <source>皮肤</source>
        <translation>skin</translation>
    </message>
    <message>
        <source>复测名单读不出来。请看今天的记录，把体温偏高的人找出来</source>
        <translation>The list of rechecks cannot be read. Please look through today&apos;s entries for high temperatures</translation>
    </message>
    <message>
        <source>健康码</source>
        <translation>health code</translation>
    </message>
    <message>
        <source>隔离</source>
        <translation>Isolation</translation>
    </message>
    <message>
        <source>隔离（等人核对）</source>
        <translation>Isolation (to confirm)</translation>
    </message>
    <message>
        <source>核酸</source>
        <translation>Nucleic-acid test</translation>
    </message>
    <message>
        <source>能进的门</source>
        <translation>Gates</translation>
    </message>
    <message>
        <source>先别放行</source>
        <translation>Hold</translation>
    </message>
    <message>
        <source>预约来访</source>
        <translation>Expected visit</translation>
    </message>
    <message>
        <source>去过重点地区</source>
        <translation>Key area travel</translation>
    </message>
    <message>
        <source>绿码</source>
        <translation>Green</translation>
    </message>
    <message>
        <source>阴性</source>
        <translation>negative</translation>
    </message>
    <message>
        <source>阴性（只知道出报告的时间）</source>
        <translation>negative (time of report only)</translation>
    </message>
    <message>
        <source>阳性</source>
        <translation>Positive</translation>
    </message>
    <message>
        <source>采了样，没出结果</source>
        <translation>sampled, no result yet</translation>
    </message>
    <message>
        <source>是</source>
        <translation>yes</translation>
    </message>
    <message>
        <source>否</source>
        <translation>no</translation>
    </message>
    <message>
        <source>所有的门</source>
        <translation>all gates</translation>
    </message>
    <message>
        <source>解除了</source>
        <translation>lifted</translation>
    </message>
    <message>
        <source>证丢了</source>
        <translation>card lost</translation>
    </message>
    <message>
        <source>搬走了</source>
        <translation>moved away</translation>
    </message>
    <message>
        <source>社区要求</source>
        <translation>community&apos;s request</translation>
    </message>
    <message>
        <source>出入证</source>
        <translation>Gate pass</translation>
    </message>
    <message>
        <source>国际健康证明</source>
        <translation>International health certificate</translation>
    </message>
    <message>
        <source>智能健康卡</source>
        <translation>SMART Health Card</translation>
    </message>
    <message>
        <source>地方健康码</source>
        <translation>Regional health code</translation>
    </message>
    <message>
        <source>场所码</source>
        <translation>Place code</translation>
    </message>
    <message>
        <source>付款码</source>
        <translation>Payment code</translation>
    </message>
    <message>
        <source>网址</source>
        <translation>Web address</translation>
    </message>
    <message>
        <source>别处的健康证明</source>
        <translation>Another health certificate</translation>
    </message>
    <message>
        <source>别的码</source>
        <translation>Another code</translation>
    </message>
    <message>
        <source>没有亮码，值班的人认得他</source>
        <translation>No code; whoever was on duty knows them</translation>
    </message>
    <message>
        <source>没有亮码，值班的人不认得他</source>
        <translation>No code; whoever was on duty does not know them</translation>
    </message>
    <message>
        <source>保安</source>
        <translation>Guard</translation>
    </message>
    <message>
        <source>管理员</source>
        <translation>Admin</translation>
    </message>
    <message>
        <source>手填的（体温枪）</source>
        <translation>Typed in (hand-held)</translation>
    </message>
    <message>
        <source>不认识的码 {code}</source>
        <translation>Unknown code {code}</translation>
    </message>
    <message>
        <source>没亮码的人</source>
        <translation>Nobody&apos;s code</translation>
    </message>
    <message>
        <source>出</source>
        <translation>Out</translation>
    </message>
    <message>
        <source>进</source>
        <translation>In</translation>
    </message>
    <message>
        <source>今天</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>昨天</source>
        <translation>Yesterday</translation>
    </message>
    <message>
        <source>{year} 年 {month} 月 {day} 日</source>
        <translation>{year}-{month}-{day}</translation>
    </message>
    <message>
        <source>跟他说：{words}</source>
        <translation>Say: {words}</translation>
    </message>
    <message>
        <source>接着做：{step}</source>
        <translation>Do: {step}</translation>
    </message>
    <message>
        <source>那时知道的</source>
        <translation>Known at that time</translation>
    </message>
    <message>
        <source>什么也不知道</source>
        <translation>Nothing</translation>
    </message>
    <message>
        <source>按哪套规则</source>
        <translation>By which rules</translation>
    </message>
    <message>
        <source>编号 {digest}</source>
        <translation>Text {digest}</translation>
    </message>
    <message>
        <source>亮的什么</source>
        <translation>What was shown</translation>
    </message>
    <message>
        <source>体温</source>
        <translation>Temperature</translation>
    </message>
    <message>
        <source>没有测</source>
        <translation>Not measured</translation>
    </message>
    <message>
        <source>有一个读数可能是别人的，没有用</source>
        <translation>A reading that may be somebody else&apos;s, not used</translation>
    </message>
    <message>
        <source>{at} 重新判定：{verdict}</source>
        <translation>{at} decided again: {verdict}</translation>
    </message>
    <message>
        <source>{at} {who} 改判：{verdict}</source>
        <translation>{at} {who} changed it to: {verdict}</translation>
    </message>
    <message>
        <source>没有重新判定：{why}</source>
        <translation>Not decided again: {why}</translation>
    </message>
    <message>
        <source>重新判定：结果相同</source>
        <translation>Decided again: the same</translation>
    </message>
    <message>
        <source>重新判定：还是{verdict}，可是理由不同。</source>
        <translation>Decided again: {verdict} as before, but for other reasons.</translation>
    </message>
    <message>
        <source>重新判定：那时{then}，现在算是{now}。</source>
        <translation>Decided again: {then} then, {now} now.</translation>
    </message>
    <message>
        <source>少了：{reasons}。</source>
        <translation>Missing now: {reasons}.</translation>
    </message>
    <message>
        <source>多了：{reasons}。</source>
        <translation>New now: {reasons}.</translation>
    </message>
    <message>
        <source>规则和那时知道的都没变，是程序换了版本，算法不一样。请告诉装机的人</source>
        <translation>Rules and facts are those of that day: another version of the program decides otherwise. Please tell whoever installs it</translation>
    </message>
    <message>
        <source>{what}：{value} · {age}（{at}）· {source}</source>
        <translation>{what}: {value} · {age} ({at}) · {source}</translation>
    </message>
    <message>
        <source> · 到 {until}</source>
        <translation> · until {until}</translation>
    </message>
    <message>
        <source>名册</source>
        <translation>roster</translation>
    </message>
    <message>
        <source>社区中心</source>
        <translation>center</translation>
    </message>
    <message>
        <source>本门登记</source>
        <translation>this gate</translation>
    </message>
    <message>
        <source>本门记录</source>
        <translation>this gate&apos;s entries</translation>
    </message>
    <message>
        <source>本门</source>
        <translation>this gate</translation>
    </message>
    <message>
        <source>没有亮码</source>
        <translation>No code was shown</translation>
    </message>
    <message>
        <source>仪器：{name}</source>
        <translation>Instrument: {name}</translation>
    </message>
    <message>
        <source>到 {limit} ℃ 就算偏高</source>
        <translation>High from {limit} °C on</translation>
    </message>
    <message>
        <source>那时气温 {ambient} ℃</source>
        <translation>Air {ambient} °C</translation>
    </message>
    <message>
        <source>仪器的原数，没有折算</source>
        <translation>As the instrument said, not converted</translation>
    </message>
    <message>
        <source>原数 {raw} ℃，按 {rule} 折算</source>
        <translation>{raw} °C as read, converted by {rule}</translation>
    </message>
    <message>
        <source>还有 {count} 个人</source>
        <translation>More people: {count}</translation>
    </message>
    <message>
        <source>；</source>
        <translation>; </translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>没写名字</source>
        <translation>no name</translation>
    </message>
    <message>
        <source>{who}：{count} 次（{reasons}）</source>
        <translation>{who}: {count} ({reasons})</translation>
    </message>
    <message>
        <source>这一条不在这里了，请再找一遍</source>
        <translation>This entry is not here any more, please look again</translation>
    </message>
    <message>
        <source>监护人</source>
        <translation>guardian</translation>
    </message>
    <message>
        <source>代办人</source>
        <translation>proxy</translation>
    </message>
    <message>
        <source>导入名单</source>
        <translation>List import</translation>
    </message>
    <message>
        <source>改资料</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>绑码</source>
        <translation>Code bound</translation>
    </message>
    <message>
        <source>解绑</source>
        <translation>Code unbound</translation>
    </message>
    <message>
        <source>加监护或代办</source>
        <translation>Guardian or proxy added</translation>
    </message>
    <message>
        <source>取消监护或代办</source>
        <translation>Guardian or proxy ended</translation>
    </message>
    <message>
        <source>移出名册</source>
        <translation>Removed from the roster</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>手机或证丢了</source>
        <translation>Phone or pass lost</translation>
    </message>
    <message>
        <source>换了手机</source>
        <translation>New phone</translation>
    </message>
    <message>
        <source>绑错人了</source>
        <translation>Bound to the wrong person</translation>
    </message>
    <message>
        <source>证交回来了</source>
        <translation>Pass handed back</translation>
    </message>
    <message>
        <source>去世了</source>
        <translation>Died</translation>
    </message>
    <message>
        <source>登记重了</source>
        <translation>Entered twice</translation>
    </message>
    <message>
        <source>登记错了</source>
        <translation>Entered by mistake</translation>
    </message>
    <message>
        <source>以后不用他办了</source>
        <translation>Not needed any more</translation>
    </message>
    <message>
        <source>别的原因</source>
        <translation>Another reason</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>房号</source>
        <translation>Dwelling</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Category</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>证件号</source>
        <translation>ID number</translation>
    </message>
    <message>
        <source>出生日期</source>
        <translation>Date of birth</translation>
    </message>
    <message>
        <source>职业</source>
        <translation>Occupation</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>不能进</source>
        <translation>no gate</translation>
    </message>
    <message>
        <source>{what}（全家）</source>
        <translation>{what} (household)</translation>
    </message>
    <message>
        <source>{title}：{content}</source>
        <translation>{title}: {content}</translation>
    </message>
    <message>
        <source>{at}，到 {until}</source>
        <translation>{at}, until {until}</translation>
    </message>
    <message>
        <source>{source} · 编号 {people}</source>
        <translation>{source} · no. {people}</translation>
    </message>
    <message>
        <source>{who} 是 {whose} 的{relation}</source>
        <translation>{who} is {relation} of {whose}</translation>
    </message>
    <message>
        <source>{what}（{more}）</source>
        <translation>{what} ({more})</translation>
    </message>
    <message>
        <source>编号 {by}</source>
        <translation>No. {by}</translation>
    </message>
    <message>
        <source>原因：{why}</source>
        <translation>reason: {why}</translation>
    </message>
    <message>
        <source>后来撤销了（{at}，编号 {by}）</source>
        <translation>taken back later ({at}, No. {by})</translation>
    </message>
    <message>
        <source>登记了这个人</source>
        <translation>Person entered</translation>
    </message>
    <message>
        <source>他</source>
        <translation>this person</translation>
    </message>
    <message>
        <source>（已移出名册的人）</source>
        <translation>(somebody who was removed)</translation>
    </message>
    <message>
        <source>报上来：{fact}，还没有人核对</source>
        <translation>Reported: {fact}, not verified by anybody yet</translation>
    </message>
    <message>
        <source>报上来：{fact}，编号 {second} 核对后退回了</source>
        <translation>Reported: {fact}, sent back by No. {second}</translation>
    </message>
    <message>
        <source>记了：{fact}，编号 {second} 核对过</source>
        <translation>Recorded: {fact}, verified by No. {second}</translation>
    </message>
    <message>
        <source>记了：{fact}</source>
        <translation>Recorded: {fact}</translation>
    </message>
    <message>
        <source>名册里没有这个人了，请回名单再找</source>
        <translation>No longer in the roster. Go back and search again</translation>
    </message>
    <message>
        <source>请先填您的编号，再点一次</source>
        <translation>Please enter your number first, then tap again</translation>
    </message>
    <message>
        <source>这一条就是您报的，要换一个人来核对：请他填自己的编号</source>
        <translation>You reported this yourself; another person must confirm it with their own number</translation>
    </message>
    <message>
        <source>自己不能当自己的监护人或代办人，请另选一个人</source>
        <translation>Nobody is their own guardian or proxy: choose somebody else</translation>
    </message>
    <message>
        <source>请写能进哪个门，几个门用逗号隔开</source>
        <translation>Type which gates, with commas between</translation>
    </message>
    <message>
        <source>这一条已经有人处理过了</source>
        <translation>Somebody has settled this already</translation>
    </message>
    <message>
        <source>这个码已经是别人的了，没有绑。请看看是不是拿错了手机或证</source>
        <translation>This code is somebody else&apos;s; not bound. Was it the wrong phone or card?</translation>
    </message>
    <message>
        <source>名册里已经有这个人：{who}。请找到他，改他的资料</source>
        <translation>In the roster already: {who}. Please find and edit them</translation>
    </message>
    <message>
        <source>请填姓名</source>
        <translation>Please enter the name</translation>
    </message>
    <message>
        <source>请填房号，比如 3-2-501</source>
        <translation>Please enter the house, e.g. 3-2-501</translation>
    </message>
    <message>
        <source>看的时候名册变了，什么也没导入。请再看一遍这个文件</source>
        <translation>The roster changed meanwhile; nothing was imported. Please look at the file again</translation>
    </message>
    <message>
        <source>这一批撤销不了：已经撤销过，或时间太久</source>
        <translation>This cannot be undone: it was undone before, or is too old</translation>
    </message>
    <message>
        <source>这一批撤销不了：其中 {count} 人后来又改过。请先撤销后面的</source>
        <translation>This cannot be undone: {count} of the people were changed later. Undo the later changes first</translation>
    </message>
    <message>
        <source>文件打不开，请看 U 盘拔了没有：{why}</source>
        <translation>File cannot be opened; is the stick still plugged in? {why}</translation>
    </message>
    <message>
        <source>结束的时间比开始还早，请核对</source>
        <translation>The end is before the start; please check</translation>
    </message>
    <message>
        <source>{name} 要改的</source>
        <translation>{name} to correct</translation>
    </message>
    <message>
        <source>什么时候看的</source>
        <translation>Seen at</translation>
    </message>
    <message>
        <source>采样时间</source>
        <translation>Sampled at</translation>
    </message>
    <message>
        <source>几点起</source>
        <translation>From</translation>
    </message>
    <message>
        <source>什么时候说的</source>
        <translation>Declared at</translation>
    </message>
    <message>
        <source>从什么时候起</source>
        <translation>Since</translation>
    </message>
    <message>
        <source>7 天</source>
        <translation>7 days</translation>
    </message>
    <message>
        <source>14 天</source>
        <translation>14 days</translation>
    </message>
    <message>
        <source>30 天</source>
        <translation>30 days</translation>
    </message>
    <message>
        <source>半年</source>
        <translation>6 months</translation>
    </message>
    <message>
        <source>一年</source>
        <translation>1 year</translation>
    </message>
    <message>
        <source>正在准备名册，好了就能找人</source>
        <translation>Getting the roster ready to find people</translation>
    </message>
    <message>
        <source>名册还没准备好：等手头的事做完，再点一次“找人”</source>
        <translation>The roster is not ready: when the work at hand is done, tap &quot;Find&quot; again</translation>
    </message>
    <message>
        <source>别的文件夹…</source>
        <translation>Another folder…</translation>
    </message>
    <message>
        <source>这个文件太大，不像一张名单</source>
        <translation>This file is too large for a list</translation>
    </message>
    <message>
        <source>文件读不了：{why}</source>
        <translation>The file cannot be read: {why}</translation>
    </message>
    <message>
        <source>第 {row} 行：{why}</source>
        <translation>Row {row}: {why}</translation>
    </message>
    <message>
        <source>名单里没有 {house} 这一户，请核对</source>
        <translation>No house {house} in the list, please check</translation>
    </message>
    <message>
        <source>名单第一行要写明每列是什么，至少有“房号”和“从”两列</source>
        <translation>The first row must name the columns, at least 房号 (house) and 从 (from)</translation>
    </message>
    <message>
        <source>房号看不懂，请写成 3-2-501</source>
        <translation>The house cannot be read, please write 3-2-501</translation>
    </message>
    <message>
        <source>时间看不懂，请写成 2022-04-01 14:00</source>
        <translation>The time cannot be read, please write 2022-04-01 14:00</translation>
    </message>
    <message>
        <source>时间已经过了，或者“到”早于“从”</source>
        <translation>The time is past, or &quot;until&quot; is before &quot;from&quot;</translation>
    </message>
    <message>
        <source>最长 31 天；更久的请登记成租户或工作人员</source>
        <translation>31 days at most; for longer register a tenant or staff</translation>
    </message>
    <message>
        <source>人数写 1 到 99</source>
        <translation>How many: 1 to 99</translation>
    </message>
</context>
<context>
    <name>ages</name>
    <message>
        <source>绿码</source>
        <translation>Green code</translation>
    </message>
    <message>
        <source>黄码</source>
        <translation>Yellow code</translation>
    </message>
    <message>
        <source>红码</source>
        <translation>Red code</translation>
    </message>
    <message>
        <source>{count} 人</source>
        <translation>People: {count}</translation>
    </message>
    <message>
        <source>{time} 出报告</source>
        <translation>reported {time}</translation>
    </message>
    <message>
        <source>{time} 采样</source>
        <translation>sampled {time}</translation>
    </message>
    <message>
        <source>到 {time}</source>
        <translation>until {time}</translation>
    </message>
    <message>
        <source>今早 {time}</source>
        <translation>this morning {time}</translation>
    </message>
    <message>
        <source>今天 {time}</source>
        <translation>today {time}</translation>
    </message>
    <message>
        <source>昨天 {time}</source>
        <translation>yesterday {time}</translation>
    </message>
    <message>
        <source>{month} 月 {day} 日</source>
        <translation>{day}/{month}</translation>
    </message>
    <message>
        <source>刚刚</source>
        <translation>just now</translation>
    </message>
    <message>
        <source>{n} 秒前</source>
        <translation>{n} s ago</translation>
    </message>
    <message>
        <source>{n} 分钟前</source>
        <translation>{n} min ago</translation>
    </message>
    <message>
        <source>还有 {n} 秒</source>
        <translation>{n} s left</translation>
    </message>
    <message>
        <source>电脑的钟慢了 {n} 分钟：照常登记，告诉管理员</source>
        <translation>PC clock is {n} min slow: carry on, tell the admin</translation>
    </message>
</context>
<context>
    <name>cli</name>
    <message>
        <source>信任名单用不了：{}</source>
        <translation>This trust list cannot be used: {}</translation>
    </message>
    <message>
        <source>{}：打不开（{}），跳过</source>
        <translation>{}: cannot be opened ({}), skipped</translation>
    </message>
    <message>
        <source>没有接摄像头和测温仪，先打开演示。接好以后再运行一次。</source>
        <translation>No camera and no thermometer is connected: this is the demo. Connect them and start again.</translation>
    </message>
    <message>
        <source>上次用的数据文件夹不在：{}。请插好 U 盘或硬盘（{}），先用纸笔登记。</source>
        <translation>The data folder that was used last is not there: {}. Please plug in the memory stick or disk ({}); until then write on paper.</translation>
    </message>
    <message>
        <source>要是再也不用它，先删掉这个文件：{}</source>
        <translation>If it is never to be used again, delete this file first: {}</translation>
    </message>
    <message>
        <source>一条通道最多接两个测温仪</source>
        <translation>A lane takes two thermometers at most</translation>
    </message>
    <message>
        <source>幸福里小区 · 东门</source>
        <translation>Happiness Lane · East Gate</translation>
    </message>
    <message>
        <source>卡口已经开着，但是没有回应。等半分钟再看；还不行，请重启电脑。</source>
        <translation>The gate is open already, but does not answer. Wait half a minute; if that does not help, restart the computer.</translation>
    </message>
    <message>
        <source>设置有误：{}</source>
        <translation>The settings are wrong: {}</translation>
    </message>
    <message>
        <source>这里还没有记录：{}</source>
        <translation>There are no entries here yet: {}</translation>
    </message>
    <message>
        <source>记录打不开（{}）：{}</source>
        <translation>The journal cannot be opened ({}): {}</translation>
    </message>
    <message>
        <source>电脑硬盘满了：删掉不用的文件，再试一次（{}）</source>
        <translation>The computer&apos;s disk is full: delete files that are not needed, and try again ({})</translation>
    </message>
    <message>
        <source>大门或别的程序正在用这些记录：先关掉它，再试一次（{}）</source>
        <translation>The gate or another program is using these records: close it, then try again ({})</translation>
    </message>
    <message>
        <source>这些记录是新版程序写的，没有动：装回新版，再打开（{}）</source>
        <translation>A newer version of the program wrote these records; nothing was changed. Install the newer version again, then open them ({})</translation>
    </message>
    <message>
        <source>看看是谁的文件：station doctor</source>
        <translation>to see whose files these are: station doctor</translation>
    </message>
    <message>
        <source>钥匙文件有问题：{}</source>
        <translation>There is something wrong with a key file: {}</translation>
    </message>
    <message>
        <source>数据锁着：这次只查了记录，没查名单。有人在大门上签到以后再查一次</source>
        <translation>The data is locked: only the entries were checked, not the lists. Check again once somebody has signed in at the gate</translation>
    </message>
    <message>
        <source>数据锁着：请先在大门上签到，再试一次</source>
        <translation>The data is locked: sign in at the gate first, then try again</translation>
    </message>
    <message>
        <source>编号重新开始过 {} 次，{} 条换了新编号</source>
        <translation>Numbering began anew, times: {}; entries with new numbers: {}</translation>
    </message>
    <message>
        <source>审计 {} 条</source>
        <translation>{} audit records</translation>
    </message>
    <message>
        <source>请写一个文件，或者 --undo 批次号</source>
        <translation>give a file, or --undo and the number of a batch</translation>
    </message>
    <message>
        <source>（已撤销）</source>
        <translation> (undone)</translation>
    </message>
    <message>
        <source>{} 人</source>
        <translation>people: {}</translation>
    </message>
    <message>
        <source>撤销了第 {} 批，恢复了 {} 人</source>
        <translation>batch {} is undone; people as they were: {}</translation>
    </message>
    <message>
        <source>没有第 {} 批可以撤销：不存在、已经撤销过，或时间太久</source>
        <translation>there is no batch {} to undo: it does not exist, was undone already, or is too old</translation>
    </message>
    <message>
        <source>第 {} 批不能撤销：其中 {} 人后来又改过；什么也没有动，请先撤销后面的批次</source>
        <translation>batch {} cannot be undone: {} of its people were changed since; nothing was touched, undo the later batches first</translation>
    </message>
    <message>
        <source>新增 {} 人，更新 {} 人，不变 {} 人</source>
        <translation>{} new, {} changed, {} as they were</translation>
    </message>
    <message>
        <source>{} 行有问题</source>
        <translation>wrong rows: {}</translation>
    </message>
    <message>
        <source>加上 --errors 文件名.xlsx，可以把有问题的行存成表，改好再导入</source>
        <translation>with --errors FILE.xlsx the wrong rows are written to a table, to be corrected and imported again</translation>
    </message>
    <message>
        <source>还没有导入：名册没有变</source>
        <translation>nothing was imported: the roster is as it was</translation>
    </message>
    <message>
        <source>导入好了，是第 {} 批；要撤销：--undo {}</source>
        <translation>imported as batch {}; to take it back: --undo {}</translation>
    </message>
    <message>
        <source>第 {} 行</source>
        <translation>row {}</translation>
    </message>
    <message>
        <source>……还有 {} 行</source>
        <translation>… and more rows: {}</translation>
    </message>
    <message>
        <source>更新 {}：{}</source>
        <translation>changed {}: {}</translation>
    </message>
    <message>
        <source>……还有 {} 人</source>
        <translation>… and more people: {}</translation>
    </message>
    <message>
        <source>有问题的行存在：{}</source>
        <translation>the wrong rows are in {}</translation>
    </message>
    <message>
        <source>大门程序正在运行，名册现在改不了；先关掉它再试</source>
        <translation>the gate is running, so the roster cannot be changed now; close it and try again</translation>
    </message>
    <message>
        <source>文件打不开：{}</source>
        <translation>The file cannot be opened: {}</translation>
    </message>
    <message>
        <source>{} 条记录，其中更正 {} 条</source>
        <translation>entries: {}, corrections among them: {}</translation>
    </message>
    <message>
        <source>没有第 {} 条</source>
        <translation>there is no entry {}</translation>
    </message>
    <message>
        <source>第 {} 条</source>
        <translation>Entry {}</translation>
    </message>
    <message>
        <source>规则：{}（{}）</source>
        <translation>policy: {} ({})</translation>
    </message>
    <message>
        <source>那时知道的：</source>
        <translation>known then: </translation>
    </message>
    <message>
        <source>没有</source>
        <translation>none</translation>
    </message>
    <message>
        <source>那时的理由：</source>
        <translation>reasons then:</translation>
    </message>
    <message>
        <source>按那天的规则再算一遍：一样</source>
        <translation>decided again by the policy of that day: the same</translation>
    </message>
    <message>
        <source>按那天的规则再算一遍：不一样，是 {}（{}）。请联系管理员</source>
        <translation>decided again by the policy of that day: not the same but {} ({}). Call the administrator</translation>
    </message>
    <message>
        <source>正在查登记本</source>
        <translation>Checking the journal</translation>
    </message>
    <message>
        <source>文件</source>
        <translation>File</translation>
    </message>
    <message>
        <source>完好</source>
        <translation>Intact</translation>
    </message>
    <message>
        <source>有损坏，请不要改动文件，联系管理员</source>
        <translation>There is damage. Do not change the files; call the admin</translation>
    </message>
    <message>
        <source>请写明是哪一种测温仪，station decode --list 列出全部</source>
        <translation>Say which thermometer it is; station decode --list names them all</translation>
    </message>
    <message>
        <source>串口打不开：{}</source>
        <translation>The port cannot be opened: {}</translation>
    </message>
    <message>
        <source>不认识测温仪“{}”，认识的有：{}</source>
        <translation>Unknown thermometer &quot;{}&quot;; known are: {}</translation>
    </message>
    <message>
        <source>不是十六进制字节：{}</source>
        <translation>These are not hexadecimal bytes: {}</translation>
    </message>
    <message>
        <source>不认识热像“{}”，认识的有：{}</source>
        <translation>Unknown thermal sensor &quot;{}&quot;; known are: {}</translation>
    </message>
    <message>
        <source>不认识扫码枪“{}”，认识的有：{}</source>
        <translation>Unknown scanner &quot;{}&quot;; known are: {}</translation>
    </message>
    <message>
        <source>脚本用不了：{}</source>
        <translation>The script cannot be used: {}</translation>
    </message>
    <message>
        <source>没有旧名单：{}</source>
        <translation>There is no former list: {}</translation>
    </message>
    <message>
        <source>名单换好了，但没能记进审计：{}</source>
        <translation>The list is in place, but could not be put on record: {}</translation>
    </message>
    <message>
        <source>名单没有换：{}</source>
        <translation>The list was not replaced: {}</translation>
    </message>
    <message>
        <source>名单的日期在以后（{}），请先看电脑的时间</source>
        <translation>the list is dated in the future ({}); check this PC&apos;s clock first</translation>
    </message>
    <message>
        <source>它比在用的旧（{} 早于 {}）</source>
        <translation>it is older than the one in use ({} is before {})</translation>
    </message>
    <message>
        <source>{}：{} 项，{} 的名单，从下次启动起用</source>
        <translation>{}, entries: {}, list of {}, in use from the next start</translation>
    </message>
    <message>
        <source>用不了的钥匙：{}</source>
        <translation>A key that cannot be used: {}</translation>
    </message>
    <message>
        <source>{}：用不了（{}）</source>
        <translation>{}: cannot be used ({})</translation>
    </message>
    <message>
        <source>{}：{} 项，{}（{} 天前），来自 {}</source>
        <translation>{}, entries: {}, {} ({} d ago), from {}</translation>
    </message>
    <message>
        <source>没有有效的出入证可以打印</source>
        <translation>There is no valid pass to print</translation>
    </message>
    <message>
        <source>{} 张证，{} 页：{}</source>
        <translation>passes {}, pages {}: {}</translation>
    </message>
    <message>
        <source>这里还没有发过出入证</source>
        <translation>No gate pass was ever issued here</translation>
    </message>
    <message>
        <source>写好了：{}。另一个门上运行 station trust import</source>
        <translation>Written: {}. At the other gate run: station trust import</translation>
    </message>
    <message>
        <source>写不进去：{}</source>
        <translation>Cannot be written: {}</translation>
    </message>
    <message>
        <source>请写姓名和房号，或者 --house 房号</source>
        <translation>Give a name and a dwelling, or --house DWELLING</translation>
    </message>
    <message>
        <source>名册里 {} 有人写不进出入证：{}</source>
        <translation>Somebody in {} of the roster does not fit a pass: {}</translation>
    </message>
    <message>
        <source>编号 {} 太短，请多写几位</source>
        <translation>Number {} is too short, give more digits</translation>
    </message>
    <message>
        <source>没有编号 {} 的出入证</source>
        <translation>There is no pass with number {}</translation>
    </message>
    <message>
        <source>文件写不了：{}</source>
        <translation>The file cannot be written: {}</translation>
    </message>
    <message>
        <source>大门程序正在运行，出入证现在改不了；先关掉它再试</source>
        <translation>The gate is running, passes cannot be changed now; close it first</translation>
    </message>
    <message>
        <source>这张出入证已经作废，不能补发。要发新的，用 station pass issue</source>
        <translation>This pass was taken back already and cannot be replaced. For a new one: station pass issue</translation>
    </message>
    <message>
        <source>写不进出入证：{}</source>
        <translation>This does not fit a pass: {}</translation>
    </message>
    <message>
        <source>名册里没有人住在那里</source>
        <translation>Nobody in the roster lives there</translation>
    </message>
    <message>
        <source>{} 人已有有效的出入证，没有重发</source>
        <translation>have a valid pass already, no second one was issued: {}</translation>
    </message>
    <message>
        <source>不能这样校准（{}）：差得太多就换一支测温仪，别硬改</source>
        <translation>This cannot be a calibration ({}): if it is that far off, replace the thermometer</translation>
    </message>
    <message>
        <source>{} 量的是 {}：请用 --site 写明它显示的是哪一种</source>
        <translation>{} measures {}: say with --site which one it showed</translation>
    </message>
    <message>
        <source>{}（{}，{}）：显示 {:.2f}，标准 {:.2f}，加 {:+.2f} °C · {} · {}</source>
        <translation>{} ({}, {}): showed {:.2f}, true {:.2f}, add {:+.2f} °C · {} · {}</translation>
    </message>
    <message>
        <source>出入证</source>
        <translation>Gate pass</translation>
    </message>
    <message>
        <source>国际健康证明（HC1）</source>
        <translation>Health certificate (HC1)</translation>
    </message>
    <message>
        <source>智能健康卡（SHC）</source>
        <translation>SMART Health Card</translation>
    </message>
    <message>
        <source>地方健康码</source>
        <translation>Regional health code</translation>
    </message>
    <message>
        <source>场所码</source>
        <translation>Place code</translation>
    </message>
    <message>
        <source>付款码</source>
        <translation>Payment code</translation>
    </message>
    <message>
        <source>网址</source>
        <translation>Web link</translation>
    </message>
    <message>
        <source>别处的健康证明</source>
        <translation>Health certificate of another kind</translation>
    </message>
    <message>
        <source>别的码</source>
        <translation>Another code</translation>
    </message>
    <message>
        <source>有效</source>
        <translation>valid</translation>
    </message>
    <message>
        <source>过期了</source>
        <translation>expired</translation>
    </message>
    <message>
        <source>还没到生效的时候</source>
        <translation>not valid yet</translation>
    </message>
    <message>
        <source>发码单位把它作废了</source>
        <translation>its issuer took it back</translation>
    </message>
    <message>
        <source>不能在这里用</source>
        <translation>not for use here</translation>
    </message>
    <message>
        <source>签名不对，可能是假的</source>
        <translation>the signature is wrong: it may be forged</translation>
    </message>
    <message>
        <source>不认识发码的单位，名单里没有它</source>
        <translation>its issuer is not in the trust list</translation>
    </message>
    <message>
        <source>码不完整，或者内容不合规矩</source>
        <translation>incomplete, or its content breaks the format</translation>
    </message>
    <message>
        <source>本机查不了</source>
        <translation>cannot be checked here</translation>
    </message>
    <message>
        <source>不是健康码</source>
        <translation>no health code</translation>
    </message>
    <message>
        <source>颜色不在码里，请看他手机上的颜色，或问社区</source>
        <translation>its colour is not inside: look at the phone, or ask the community</translation>
    </message>
    <message>
        <source>请他用自己的手机扫这个码</source>
        <translation>the person scans it with their own phone</translation>
    </message>
    <message>
        <source>请他打开健康码</source>
        <translation>ask for the health code instead</translation>
    </message>
    <message>
        <source>要用它自己的程序查</source>
        <translation>it needs its own app</translation>
    </message>
    <message>
        <source>还没有发码单位的名单，请用 station trust import 装上</source>
        <translation>there is no trust list for it yet: bring one with station trust import</translation>
    </message>
    <message>
        <source>签名的算法不是这种码该用的</source>
        <translation>its signature algorithm is not one of this format</translation>
    </message>
    <message>
        <source>签名是对的，可里面不是新冠证明</source>
        <translation>rightly signed, but not a COVID certificate</translation>
    </message>
    <message>
        <source>签名是对的，可里面不是健康卡</source>
        <translation>rightly signed, but not a health card</translation>
    </message>
    <message>
        <source>几个码凑不成一张卡，请从第一个起再给它看一遍</source>
        <translation>these parts are not one card: show them all again, from the first</translation>
    </message>
    <message>
        <source>这种身份码没有公开的名单</source>
        <translation>there is no public trust list for this kind of identity code</translation>
    </message>
    <message>
        <source>{} 起有效</source>
        <translation>valid from {}</translation>
    </message>
    <message>
        <source>有效期到 {}</source>
        <translation>valid until {}</translation>
    </message>
    <message>
        <source>这是 {} 个码里的第 {} 个，请把别的也给它看</source>
        <translation>of {} codes this is number {}: show the others as well</translation>
    </message>
    <message>
        <source>没有达到规定 {}：{}</source>
        <translation>rule {} is not met: {}</translation>
    </message>
    <message>
        <source>判断不了规定 {}：{}</source>
        <translation>rule {} cannot be decided: {}</translation>
    </message>
    <message>
        <source>不是本程序认识的名单</source>
        <translation>no list of a kind that this program knows</translation>
    </message>
    <message>
        <source>文件坏了，不是 JSON</source>
        <translation>the file is broken: not JSON</translation>
    </message>
    <message>
        <source>文件坏了，不是 TOML</source>
        <translation>the file is broken: not TOML</translation>
    </message>
    <message>
        <source>不是带日期的世卫组织名单（GDHCN）</source>
        <translation>not a dated GDHCN trust list</translation>
    </message>
    <message>
        <source>不是一组公钥（JWK）</source>
        <translation>not a JWK set</translation>
    </message>
    <message>
        <source>不是带日期的健康卡单位名单（VCI）</source>
        <translation>not a dated directory of SMART Health Card issuers</translation>
    </message>
    <message>
        <source>不是欧盟的作废名单</source>
        <translation>not a revocation batch of the EU gateway</translation>
    </message>
    <message>
        <source>不是带日期的出入证作废名单</source>
        <translation>Not a dated list of gate passes taken back</translation>
    </message>
    <message>
        <source>不是健康卡的作废名单</source>
        <translation>not a card revocation list</translation>
    </message>
    <message>
        <source>里面的摘要太短或太长，对不上码</source>
        <translation>its hashes are too short or too long to match a code</translation>
    </message>
    <message>
        <source>里面没有能用的公钥</source>
        <translation>no usable key in this list</translation>
    </message>
    <message>
        <source>公钥没写是谁的，请加 --issuer 说明</source>
        <translation>these keys do not say whose they are: add --issuer</translation>
    </message>
    <message>
        <source>少写了一项，或写错了地方</source>
        <translation>an entry is missing or misplaced</translation>
    </message>
    <message>
        <source>写法不安全：重复要有上限，不能重复一组，不能引用前面</source>
        <translation>unsafe pattern: repetition needs a bound, no repeated group, no back-reference</translation>
    </message>
    <message>
        <source>不是准入规定</source>
        <translation>not acceptance rules</translation>
    </message>
    <message>
        <source>里面一条规定也没有</source>
        <translation>no rule in this file</translation>
    </message>
    <message>
        <source>算式写错了（CertLogic）</source>
        <translation>not a CertLogic expression</translation>
    </message>
    <message>
        <source>不是证书</source>
        <translation>not a certificate</translation>
    </message>
    <message>
        <source>用不了的公钥（JWK）</source>
        <translation>not a usable JWK</translation>
    </message>
    <message>
        <source>不是公钥</source>
        <translation>not a public key</translation>
    </message>
    <message>
        <source>不是 P-256 的公钥</source>
        <translation>not a P-256 key</translation>
    </message>
    <message>
        <source>公钥不完整</source>
        <translation>an incomplete key</translation>
    </message>
    <message>
        <source>不是 base64</source>
        <translation>not base64</translation>
    </message>
    <message>
        <source>公钥没有编号</source>
        <translation>a key without an id</translation>
    </message>
    <message>
        <source>这种公钥不签码</source>
        <translation>a key type that signs no code</translation>
    </message>
    <message>
        <source>第 {} 个公钥</source>
        <translation>key {}</translation>
    </message>
    <message>
        <source>码的样子 {}</source>
        <translation>shape {}</translation>
    </message>
    <message>
        <source>规定 {}</source>
        <translation>rule {}</translation>
    </message>
    <message>
        <source>没有姓名，请补上</source>
        <translation>the name is missing; please add it</translation>
    </message>
    <message>
        <source>姓名不像姓名（太长或有数字），请看看是不是填错了列</source>
        <translation>this does not look like a name (too long, or digits in it); is it in the right column?</translation>
    </message>
    <message>
        <source>没有房号，请补上，比如 3-2-501</source>
        <translation>the house is missing; please add it, e.g. 3-2-501</translation>
    </message>
    <message>
        <source>房号被 Excel 变成了日期，请把这一列设成“文本”，重新填写</source>
        <translation>Excel turned the house into a date; make the column &quot;Text&quot; and type it again</translation>
    </message>
    <message>
        <source>没有人员类别，请补上，比如 居民、租户</source>
        <translation>the category is missing; please add it, e.g. 居民 or 租户</translation>
    </message>
    <message>
        <source>不认识这个类别，请用：居民 租户 工作人员 快递员 访客 志愿者 物业 医护</source>
        <translation>unknown category; please use 居民 租户 工作人员 快递员 访客 志愿者 物业 医护</translation>
    </message>
    <message>
        <source>电话号码不对，请核对位数</source>
        <translation>this is no phone number; please count its digits</translation>
    </message>
    <message>
        <source>身份证号被 Excel 变成了数字，后几位已经丢了，请把这一列设成“文本”，重新填写</source>
        <translation>Excel turned the ID number into a number and lost its last digits; make the column &quot;Text&quot; and type it again</translation>
    </message>
    <message>
        <source>15 位的老身份证号 2013 年起停用，请填 18 位的新号</source>
        <translation>ID numbers of 15 digits are out of use since 2013; please enter the one of 18</translation>
    </message>
    <message>
        <source>身份证号位数不对，应该是 18 位</source>
        <translation>the ID number must have 18 characters</translation>
    </message>
    <message>
        <source>身份证号里的出生日期不存在，请核对第 7 到 14 位</source>
        <translation>the birth date in the ID number does not exist; please check characters 7 to 14</translation>
    </message>
    <message>
        <source>身份证号开头的地区不存在，请核对前 6 位</source>
        <translation>the region at the beginning of the ID number does not exist; please check the first 6 digits</translation>
    </message>
    <message>
        <source>身份证号有一位写错了（最后一位对不上），请逐位核对</source>
        <translation>one digit of the ID number is wrong (the last character does not fit); please check each of them</translation>
    </message>
    <message>
        <source>出生日期看不懂，请写成 1990-01-31</source>
        <translation>the birth date cannot be read; please write 1990-01-31</translation>
    </message>
    <message>
        <source>出生日期和身份证号里的不一样，请核对</source>
        <translation>the birth date is not the one in the ID number; please check</translation>
    </message>
    <message>
        <source>颜色看不懂，请写 绿、黄 或 红</source>
        <translation>unknown colour; please write 绿, 黄 or 红</translation>
    </message>
    <message>
        <source>时间看不懂，请写成 2022-04-01 07:30</source>
        <translation>the time cannot be read; please write 2022-04-01 07:30</translation>
    </message>
    <message>
        <source>时间比现在还晚，请核对</source>
        <translation>the time lies in the future; please check</translation>
    </message>
    <message>
        <source>核酸结果看不懂，请写 阴性、阳性 或 未出</source>
        <translation>unknown test result; please write 阴性, 阳性 or 未出</translation>
    </message>
    <message>
        <source>这个码已经是别人的了，请核对</source>
        <translation>this code belongs to somebody else already; please check</translation>
    </message>
    <message>
        <source>和第 {} 行是同一个人，但写得不一样，请留下对的</source>
        <translation>the same person as in row {}, but written differently; please keep the right one</translation>
    </message>
    <message>
        <source>和名册对不上：这个身份证号是另一个名字，或这个人是另一个证号，请核对</source>
        <translation>contradicts the roster: this ID number has another name there, or this person another number; please check</translation>
    </message>
    <message>
        <source>和第 {} 行重复，只算一次</source>
        <translation>the same as row {}, counted once</translation>
    </message>
    <message>
        <source>名册里没找到这位监护人或代办人，先照写的记下，补上电话就能对上</source>
        <translation>this guardian or proxy is not in the roster; kept as written, a phone number beside the name would help</translation>
    </message>
    <message>
        <source>房号里没有数字，先照写的记下</source>
        <translation>no number in the house; kept as written</translation>
    </message>
    <message>
        <source>不认识这个职业，先照写的记下</source>
        <translation>unknown occupation; kept as written</translation>
    </message>
    <message>
        <source>文件是空的</source>
        <translation>the file is empty</translation>
    </message>
    <message>
        <source>文件的文字读不出来，请用 Excel 或 WPS 另存为 XLSX 再试</source>
        <translation>the text of the file cannot be read; save it as XLSX with Excel or WPS and try again</translation>
    </message>
    <message>
        <source>文件里的引号不成对，请用 Excel 或 WPS 另存为 XLSX 再试</source>
        <translation>a quotation mark in the file never ends; save it as XLSX with Excel or WPS and try again</translation>
    </message>
    <message>
        <source>文件坏了或不是表格，请用 Excel 或 WPS 打开，另存为 XLSX 再试</source>
        <translation>the file is damaged or no table; open it with Excel or WPS, save it as XLSX and try again</translation>
    </message>
    <message>
        <source>表格太大：最多 30 万行、1000 列，远处的空格子也算；请只把名单复制到一张新表里，存好再试</source>
        <translation>The table is too large: at most 300,000 rows and 1,000 columns, and empty cells far away count. Copy only the list into a new sheet, save it and try again</translation>
    </message>
    <message>
        <source>文件有密码，请去掉密码另存一份再试</source>
        <translation>the file has a password; save a copy without it and try again</translation>
    </message>
    <message>
        <source>没找到表头：要有一行写着 姓名 和 房号 等列名；如果身份证等列名被改过，请改回来</source>
        <translation>no header found: one row must name the columns, 姓名 and 房号 for example</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>name</translation>
    </message>
    <message>
        <source>房号</source>
        <translation>house</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>category</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>phone</translation>
    </message>
    <message>
        <source>身份证号</source>
        <translation>ID number</translation>
    </message>
    <message>
        <source>出生日期</source>
        <translation>birth date</translation>
    </message>
    <message>
        <source>职业类</source>
        <translation>occupation group</translation>
    </message>
    <message>
        <source>职业</source>
        <translation>occupation</translation>
    </message>
    <message>
        <source>监护人</source>
        <translation>guardian</translation>
    </message>
    <message>
        <source>代办人</source>
        <translation>proxy</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>note</translation>
    </message>
    <message>
        <source>健康码</source>
        <translation>health code</translation>
    </message>
    <message>
        <source>规则 {}（第 {} 条）不是本机签的，没有使用；请找管理员</source>
        <translation>policy {} (line {}) was not signed by this station and is not used; call the administrator</translation>
    </message>
    <message>
        <source>可以用：{}（{}）</source>
        <translation>sound: {} ({})</translation>
    </message>
    <message>
        <source>现在按 {} 判定</source>
        <translation>the gate now decides by {}</translation>
    </message>
    <message>
        <source>正在把这一天重新算一遍</source>
        <translation>Deciding that day again</translation>
    </message>
    <message>
        <source>没有能重新算的记录，看不出会有什么不一样</source>
        <translation>No entries that could be judged again: nothing to compare</translation>
    </message>
    <message>
        <source>{}：{} 条，不一样的 {} 条</source>
        <translation>{}: entries: {}, would differ: {}</translation>
    </message>
    <message>
        <source>已经停码了</source>
        <translation>codes are down already</translation>
    </message>
    <message>
        <source>现在没有停码</source>
        <translation>codes are not down</translation>
    </message>
    <message>
        <source>停码：大门不再查码，只看名册和体温，记录都做了记号</source>
        <translation>codes down: the gate checks only roster and temperature, and entries are marked</translation>
    </message>
    <message>
        <source>恢复查码。请用 station policy verify-drill 补核</source>
        <translation>codes are checked again; now run: station policy verify-drill</translation>
    </message>
    <message>
        <source>还没有停过码</source>
        <translation>codes were never down</translation>
    </message>
    <message>
        <source>停码时记的 {} 条，要补核的 {} 条</source>
        <translation>entries while codes were down: {}, to look into: {}</translation>
    </message>
    <message>
        <source>没有规则 {}；可以写 {}，或者一个 .toml 文件</source>
        <translation>no policy {}; write {}, or a .toml file</translation>
    </message>
    <message>
        <source>大门程序正在运行，请在它的管理页「规则」里改，或者先关掉它</source>
        <translation>the gate is running: change it on its admin page under Rules, or close it first</translation>
    </message>
    <message>
        <source>规则文件要存成 UTF-8：用记事本打开，另存为，编码选 UTF-8</source>
        <translation>The rules must be saved as UTF-8: open the file in Notepad, Save as, encoding UTF-8</translation>
    </message>
    <message>
        <source># {} 由 {} 启用。{}</source>
        <translation># since {}, by {}. {}</translation>
    </message>
    <message>
        <source>现行规则有一处不对，大门还照原来的判：{}。请改好再启用</source>
        <translation>One thing in the rules in force is not right; the gate goes on by them as before: {}. Please mend it and activate them</translation>
    </message>
    <message>
        <source>（不是本机签的）</source>
        <translation> (not signed here)</translation>
    </message>
    <message>
        <source>{} 条是新版程序记的，这里算不了</source>
        <translation>entries of a newer program, not tried: {}</translation>
    </message>
    <message>
        <source>有的记录这一版程序判不了：{}</source>
        <translation>This program cannot judge some of the entries: {}</translation>
    </message>
    <message>
        <source>从那时起没有这个人的记录</source>
        <translation>No entry of this person since then</translation>
    </message>
    <message>
        <source>第 {} 条没有，或者不知道是谁</source>
        <translation>There is no entry {}, or nobody said who it was</translation>
    </message>
    <message>
        <source>--fact 要写成 colour=red 或 isolation=close_contact 或 test=positive</source>
        <translation>--fact is colour=red, isolation=close_contact or test=positive</translation>
    </message>
    <message>
        <source>{} 只能是：{}</source>
        <translation>{} can only be: {}</translation>
    </message>
    <message>
        <source>  超时</source>
        <translation>  too long</translation>
    </message>
    <message>
        <source>里面 {} 人：住户 {}，其他人 {}（超时 {}）；住户外出 {}</source>
        <translation>{} inside: {} residents, {} others ({} too long); {} residents out</translation>
    </message>
    <message>
        <source>本人</source>
        <translation>own</translation>
    </message>
    <message>
        <source>同时</source>
        <translation>beside</translation>
    </message>
    <message>
        <source>  还在里面</source>
        <translation>  still inside</translation>
    </message>
    <message>
        <source>这份名单没能写进审计</source>
        <translation>This list could not be put on record</translation>
    </message>
    <message>
        <source>没有写成 {}：{}</source>
        <translation>Could not write {}: {}</translation>
    </message>
    <message>
        <source>{} 人，{} 页：{}</source>
        <translation>people {}, pages {}: {}</translation>
    </message>
    <message>
        <source>自动打开只在 Linux 上有，Windows 请看 docs/windows.md</source>
        <translation>Opening by itself works on Linux only; for Windows see docs/windows.md</translation>
    </message>
    <message>
        <source>没有写成：{}</source>
        <translation>Could not be written: {}</translation>
    </message>
    <message>
        <source>开机自动打开：是。从下次登录起，关掉或出错都会自己再打开。</source>
        <translation>Opens by itself: yes. From the next login on it opens again when it is closed or fails.</translation>
    </message>
    <message>
        <source>要关掉：systemctl --user stop kakou；不再自动打开：station autostart off</source>
        <translation>To close it: systemctl --user stop kakou; never again by itself: station autostart off</translation>
    </message>
    <message>
        <source>开机自动打开：否。要打开：station autostart on</source>
        <translation>Opens by itself: no. To turn it on: station autostart on</translation>
    </message>
    <message>
        <source>请写：station export verify 文件</source>
        <translation>Write: station export verify FILE</translation>
    </message>
    <message>
        <source>请用 --to 写明存到哪个文件（.csv .xlsx .pdf）</source>
        <translation>Say with --to which file to write (.csv .xlsx .pdf)</translation>
    </message>
    <message>
        <source>--until 在 --day 以前：没有导出</source>
        <translation>--until is before --day: nothing was exported</translation>
    </message>
    <message>
        <source>正在导出</source>
        <translation>Exporting</translation>
    </message>
    <message>
        <source>超过两万条，打印不下：请改存 .csv 或 .xlsx，或者少选几天</source>
        <translation>More than 20,000 rows do not go on paper: choose .csv or .xlsx, or fewer days</translation>
    </message>
    <message>
        <source>没有导出：{}</source>
        <translation>Nothing was exported: {}</translation>
    </message>
    <message>
        <source>没有导出，文件写不进去：{}。请换个地方，或者腾出空间</source>
        <translation>Nothing was exported, the file cannot be written: {}. Choose another place, or free some space</translation>
    </message>
    <message>
        <source>导出了 {} 条：{}</source>
        <translation>Rows exported: {}: {}</translation>
    </message>
    <message>
        <source>要写进审计才能导出全名，可是登记本被占着：请先关掉大门的窗口（{}）</source>
        <translation>Names in full need a record in the audit, and the journal is in use: close the gate&apos;s window first ({})</translation>
    </message>
    <message>
        <source>密码不对，文件没打开</source>
        <translation>The password is wrong; the file was not opened</translation>
    </message>
    <message>
        <source>文件读不出来：{}</source>
        <translation>The file cannot be read: {}</translation>
    </message>
    <message>
        <source>{} 的密码：</source>
        <translation>Password of {}: </translation>
    </message>
    <message>
        <source>--only 只认 pass、recheck、stop，不认 {}</source>
        <translation>--only knows pass, recheck and stop, not {}</translation>
    </message>
    <message>
        <source>文件的密码：</source>
        <translation>Password of the file: </translation>
    </message>
    <message>
        <source>正在备份</source>
        <translation>Backing up</translation>
    </message>
    <message>
        <source>备份好了，也读回来核对过了：{}</source>
        <translation>Backup made, and read again to check it: {}</translation>
    </message>
    <message>
        <source>到第 {} 条为止。口令丢了谁也打不开，请写在纸上另放</source>
        <translation>Up to entry {}. Without the passphrase nobody can open it: write it on paper and keep it apart</translation>
    </message>
    <message>
        <source>重新编号以后还没有记录，以前的都在里面。口令丢了谁也打不开，请写在纸上另放</source>
        <translation>No entries yet since the numbers began anew; all former ones are in it. Without the passphrase nobody can open it: write it on paper and keep it apart</translation>
    </message>
    <message>
        <source>正在取回</source>
        <translation>Restoring</translation>
    </message>
    <message>
        <source>这里已经有一本登记本了：{}。备份从不盖掉它，请用 --data 另选一个空文件夹</source>
        <translation>There is a journal here already: {}. A backup never replaces it; choose an empty folder with --data</translation>
    </message>
    <message>
        <source>取回来了：{} 条记录，{}</source>
        <translation>Restored, entries: {}, {}</translation>
    </message>
    <message>
        <source>编号从 1 重新开始。原来那台电脑不要再开卡口，不然两台会打架</source>
        <translation>Numbers begin again at 1. Do not run the gate on the old computer any more</translation>
    </message>
    <message>
        <source>做备份以后应本人要求删除的人，现在又在了，请再删一次</source>
        <translation>People who were erased on request after the backup was made are there again; please erase them once more</translation>
    </message>
    <message>
        <source>备份里的登记本有 {} 处损坏，运行 station journal check 看看</source>
        <translation>The journal in the backup has {} damages: see station journal check</translation>
    </message>
    <message>
        <source>做好了，但没能记进审计：{}</source>
        <translation>Done, but it could not be written into the audit: {}</translation>
    </message>
    <message>
        <source>备份不对，什么也没留下：{}</source>
        <translation>The backup is not right, nothing was left: {}</translation>
    </message>
    <message>
        <source>读写文件出错：{}。看看路径、空间和权限</source>
        <translation>A file cannot be read or written: {}. Check path, space and rights</translation>
    </message>
    <message>
        <source>口令太短，至少 {} 个字</source>
        <translation>The passphrase is too short, at least {} characters</translation>
    </message>
    <message>
        <source>再输一遍：</source>
        <translation>Once more: </translation>
    </message>
    <message>
        <source>两遍不一样，没有备份</source>
        <translation>They differ, no backup was made</translation>
    </message>
    <message>
        <source>备份的口令：</source>
        <translation>Passphrase of the backup: </translation>
    </message>
    <message>
        <source>两遍不一样，没有导出</source>
        <translation>They differ, nothing was exported</translation>
    </message>
    <message>
        <source>请写中心的地址和一次性码：station enrol 地址 码</source>
        <translation>Give the center&apos;s address and the code: station enrol URL CODE</translation>
    </message>
    <message>
        <source>登记好了。中心叫这台机器：{}。以后会自己同步。</source>
        <translation>Enrolled. The center calls this station {}. It syncs by itself from now on.</translation>
    </message>
    <message>
        <source>退出中心了：记录都留在本机，以后不再同步，中心发来的名单不再用</source>
        <translation>Left the center: all entries stay here, nothing is synced any more, and its lists are no longer used</translation>
    </message>
    <message>
        <source>正在同步，还有 {} 条没送。</source>
        <translation>Syncing; entries still to be sent: {}.</translation>
    </message>
    <message>
        <source>写好了 {} 条记录：{}。现在可以拔 U 盘。</source>
        <translation>Entries written: {}, to {}. You can pull the stick out now.</translation>
    </message>
    <message>
        <source>呼叫、交接等 {} 件也在里面。</source>
        <translation>Calls, hand-overs and the like: {} are in it too.</translation>
    </message>
    <message>
        <source>名单和回执收好了（{} 页）。现在可以拔 U 盘。</source>
        <translation>Lists and receipts taken in ({} pages). You can pull the stick out now.</translation>
    </message>
    <message>
        <source>这个文件里没有新名单，只收了回执。请拿中心最后写的那个文件。</source>
        <translation>There is no newer list in this file; only the receipts were taken. Please bring the file that the center wrote last.</translation>
    </message>
    <message>
        <source>大门的程序开着，但没有回答。请在大门按 F10，在“中心”里做。</source>
        <translation>The gate is running but does not answer. Press F10 at the gate and do it under &quot;Center&quot;.</translation>
    </message>
    <message>
        <source>太长了：最多 {} 个字</source>
        <translation>Too long: {} characters at most</translation>
    </message>
    <message>
        <source>没有求助，也没有问题</source>
        <translation>No call for help, no question</translation>
    </message>
    <message>
        <source>数据文件夹不能写：{}</source>
        <translation>The data folder cannot be written: {}</translation>
    </message>
    <message>
        <source>大门的程序没有开着。急事请打电话。</source>
        <translation>The gate is not running. If urgent, use the telephone.</translation>
    </message>
    <message>
        <source>没有这个编号，请看 station call list</source>
        <translation>there is no such id; see station call list</translation>
    </message>
    <message>
        <source>求助没有记下来，请打电话</source>
        <translation>the call was not stored: use the telephone</translation>
    </message>
    <message>
        <source>求助</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>问中心</source>
        <translation>Ask center</translation>
    </message>
    <message>
        <source>正在发</source>
        <translation>being sent</translation>
    </message>
    <message>
        <source>还没发出去，急事请打电话</source>
        <translation>not out yet; if urgent, use the telephone</translation>
    </message>
    <message>
        <source>没有接中心，网上没人知道，请打电话</source>
        <translation>no center: nobody was called over the network, please telephone</translation>
    </message>
    <message>
        <source>中心已收到</source>
        <translation>The center has it</translation>
    </message>
    <message>
        <source>中心在处理</source>
        <translation>The center sees to it</translation>
    </message>
    <message>
        <source>{}在路上</source>
        <translation>{} is on the way</translation>
    </message>
    <message>
        <source>人到了</source>
        <translation>Somebody is here</translation>
    </message>
    <message>
        <source>办完了</source>
        <translation>settled</translation>
    </message>
    <message>
        <source>中心 {}，这台机器叫 {}</source>
        <translation>Center {}, which calls this station {}</translation>
    </message>
    <message>
        <source>还没有登记到中心。大门照常用；要登记：station enrol 地址 一次性码</source>
        <translation>Not enrolled at a center. The gate works all the same; to enrol: station enrol URL CODE</translation>
    </message>
    <message>
        <source>还没有登记到中心。要登记：station enrol 地址 一次性码</source>
        <translation>Not enrolled at a center. To enrol: station enrol URL CODE</translation>
    </message>
    <message>
        <source>没有做成：{}</source>
        <translation>Not done: {}</translation>
    </message>
    <message>
        <source>上次联系：{}</source>
        <translation>Last contact: {}</translation>
    </message>
    <message>
        <source>还没有</source>
        <translation>never</translation>
    </message>
    <message>
        <source>待同步 {} 条，最早的一条在{}</source>
        <translation>entries to send: {}, the first from {}</translation>
    </message>
    <message>
        <source>记录都送到了</source>
        <translation>All entries are at the center</translation>
    </message>
    <message>
        <source>还没收全</source>
        <translation>not complete yet</translation>
    </message>
    <message>
        <source>居民名单：{}</source>
        <translation>List of residents: {}</translation>
    </message>
    <message>
        <source>健康码颜色、隔离、规则、通知：{}</source>
        <translation>Colours, isolation, rules, notices: {}</translation>
    </message>
    <message>
        <source>其中 {} 项这个版本看不懂，没有用上：请更新大门的程序</source>
        <translation>{} of them are not understood by this version and not used: update the gate&apos;s program</translation>
    </message>
    <message>
        <source>{} 中心有另一份不同的记录：这里后面的重新编了号送去，一条没少</source>
        <translation>{} The center had other entries: those that follow here were numbered anew and sent, none is missing</translation>
    </message>
    <message>
        <source>{} 换了电脑或恢复了备份：记录从第 1 条重新编号，以前的都在</source>
        <translation>{} Another computer or a restored backup: entries are numbered from 1 again, those before are all there</translation>
    </message>
    <message>
        <source>{} 对过账：{} 条，两边一样</source>
        <translation>{} reconciled, entries: {}, the same at both ends</translation>
    </message>
    <message>
        <source>{} 对账有出入：中心少 {} 到 {} 号，请联系技术人员</source>
        <translation>{} differs: the center lacks {} to {}; call support</translation>
    </message>
    <message>
        <source>{} 对账有出入：{} 到 {} 号两边不一样，请联系技术人员</source>
        <translation>{} differs: {} to {} are not the same at both ends; call support</translation>
    </message>
    <message>
        <source>大门的程序没有开</source>
        <translation>The gate is not running</translation>
    </message>
    <message>
        <source>在线</source>
        <translation>online</translation>
    </message>
    <message>
        <source>正在连中心</source>
        <translation>connecting to the center</translation>
    </message>
    <message>
        <source>{}前</source>
        <translation>{} ago</translation>
    </message>
    <message>
        <source>新密码</source>
        <translation>New PIN</translation>
    </message>
    <message>
        <source>{} 可以签到了</source>
        <translation>{} can sign in now</translation>
    </message>
    <message>
        <source>换好了，他签到时会再换成自己的</source>
        <translation>Done; they change it at the next sign-in</translation>
    </message>
    <message>
        <source>{} 停用了</source>
        <translation>{} was removed</translation>
    </message>
    <message>
        <source>恢复码</source>
        <translation>Recovery key</translation>
    </message>
    <message>
        <source>恢复码不对，请照着最新那张纸再输一遍</source>
        <translation>Not the recovery key; type it again from the newest paper</translation>
    </message>
    <message>
        <source>密码换好了。旧的恢复码作废了</source>
        <translation>The PIN is changed. The old recovery key is void</translation>
    </message>
    <message>
        <source>请用 --reason 写明为什么要全名</source>
        <translation>Say with --reason why names in full are needed</translation>
    </message>
    <message>
        <source>导出全名要管理员和另一位一起签：先添加操作员（station operator add），或者不要全名</source>
        <translation>Full names take the signatures of an admin and somebody else: first add operators (station operator add), or go without --names</translation>
    </message>
    <message>
        <source>要两个人一起：请另一位也签名</source>
        <translation>Two people are needed: ask the other one to sign too</translation>
    </message>
    <message>
        <source>另一位的编号</source>
        <translation>The other one&apos;s number</translation>
    </message>
    <message>
        <source>数据锁着：请签名</source>
        <translation>The data is locked: please sign</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>还没有操作员，没有人能签名：先添加一位管理员（station operator add）</source>
        <translation>There is no operator who could sign: add an admin first (station operator add)</translation>
    </message>
    <message>
        <source>数据钥匙已经锁进密码了</source>
        <translation>The data keys are locked into PINs already</translation>
    </message>
    <message>
        <source>数据钥匙锁进密码了。恢复码，只显示这一次，请抄下锁好：{}</source>
        <translation>The data keys are locked into PINs. The recovery key, shown this once, write it down and lock it away: {}</translation>
    </message>
    <message>
        <source>其他人：趁您在岗时各签到一次，以后就都能打开</source>
        <translation>Everybody else: sign in once while you are on duty, then you can open them too</translation>
    </message>
    <message>
        <source>数据钥匙又放回文件里了：拿到这个文件夹的人都能看</source>
        <translation>The data keys lie in a file again: whoever has this folder can read</translation>
    </message>
    <message>
        <source>换上了第 {} 把数据钥匙</source>
        <translation>Data key number {} is in use</translation>
    </message>
    <message>
        <source>用新钥匙重新加密了 {} 处</source>
        <translation>{} values sealed anew with the new key</translation>
    </message>
    <message>
        <source>数据钥匙放在文件里：谁拿走硬盘，谁就能看名册。锁进密码：station key wrap</source>
        <translation>The data keys lie in a file: whoever takes the disk can read the roster. Lock them into PINs: station key wrap</translation>
    </message>
    <message>
        <source>数据钥匙锁在密码里：光有硬盘看不了名册</source>
        <translation>The data keys are locked into PINs: the disk alone shows no roster</translation>
    </message>
    <message>
        <source>能打开的：{}</source>
        <translation>Can open them: {}</translation>
    </message>
    <message>
        <source>还打不开的：{}。趁别人在岗时签到一次就行</source>
        <translation>Cannot yet: {}. Sign in once while somebody else is on duty</translation>
    </message>
    <message>
        <source>▲ 没有恢复码：密码都忘了就再也打不开了。请做一个：station operator recovery</source>
        <translation>▲ No recovery key: once all PINs are forgotten nothing opens any more. Make one: station operator recovery</translation>
    </message>
    <message>
        <source>换钥匙还没做完，大门空闲时会接着做</source>
        <translation>The change of keys is not finished; the gate goes on when nobody stands there</translation>
    </message>
    <message>
        <source>管理员编号</source>
        <translation>Admin&apos;s number</translation>
    </message>
    <message>
        <source>这一步要管理员</source>
        <translation>This needs an admin</translation>
    </message>
    <message>
        <source>密码</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>再输一遍</source>
        <translation>Once more</translation>
    </message>
    <message>
        <source>两遍不一样，什么也没改</source>
        <translation>The two differ; nothing was changed</translation>
    </message>
    <message>
        <source>恢复码，只显示这一次，请抄下锁好：{}</source>
        <translation>Recovery key, shown only this once; copy it and lock it away: {}</translation>
    </message>
    <message>
        <source>大门正开着，它每天自己清理；要马上清，在“管理 → 数据保留”里按</source>
        <translation>The gate is running and erases daily by itself; to erase now, press it at F10 → Data kept</translation>
    </message>
    <message>
        <source>清理了 {} 条</source>
        <translation>Erased {}</translation>
    </message>
    <message>
        <source>离上次清理隔了好多天，什么也没删：先看电脑时间对不对（{}），对就加上 --clock-is-right 再来</source>
        <translation>Many days since the last time, so nothing was erased: see whether the PC&apos;s time is right ({}); if so, try again with --clock-is-right</translation>
    </message>
    <message>
        <source>这张回执被改过，或者不是这台卡口的</source>
        <translation>This receipt was changed, or is of another gate</translation>
    </message>
    <message>
        <source>是真的：第 {} 号，{}</source>
        <translation>Genuine: No. {}, {}</translation>
    </message>
    <message>
        <source>个人信息保留 {} 天</source>
        <translation>Personal data is kept for {} days</translation>
    </message>
    <message>
        <source>不分日子</source>
        <translation>Any day</translation>
    </message>
    <message>
        <source>到期 {} 条</source>
        <translation>{} are due</translation>
    </message>
    <message>
        <source>到期了、先留着：{} 条中心还没收到，{} 条中心还没备份（最早 {}）</source>
        <translation>Due, and kept for now: {} not at the center, {} not backed up there (since {})</translation>
    </message>
    <message>
        <source>电脑时间跳过了好多天，没有自动清理；时间对的话请按一次“现在就清理”</source>
        <translation>The clock jumped by many days, nothing was erased; if it is right, press &quot;Erase now&quot; once</translation>
    </message>
    <message>
        <source>上次清理：{}</source>
        <translation>Last erased: {}</translation>
    </message>
    <message>
        <source>正在救记录</source>
        <translation>Saving the entries</translation>
    </message>
    <message>
        <source>{} 里已经有登记本了，请用 --to 另选一个新文件夹</source>
        <translation>There is a journal in {} already; choose a new folder with --to</translation>
    </message>
    <message>
        <source>数据钥匙锁着，请输恢复码</source>
        <translation>The data keys are locked; please type the recovery key</translation>
    </message>
    <message>
        <source>正在看能救出多少</source>
        <translation>Looking how much can be saved</translation>
    </message>
    <message>
        <source>现在看不出能救多少：{}</source>
        <translation>It cannot be told now how much can be saved: {}</translation>
    </message>
    <message>
        <source>能救出来 {} 条</source>
        <translation>{} can be saved</translation>
    </message>
    <message>
        <source>救的办法：station journal salvage --to 新文件夹（原来的文件不动）</source>
        <translation>To save them: station journal salvage --to FOLDER (the old files stay as they are)</translation>
    </message>
    <message>
        <source>，救不了的是第 {} 条</source>
        <translation>, not number {}</translation>
    </message>
    <message>
        <source>救出来 {} 条，放在 {}</source>
        <translation>Saved {}, in {}</translation>
    </message>
    <message>
        <source>最后面还有没有，看不出来；和中心或打印的日报对一下</source>
        <translation>Whether there were more at the end cannot be told: compare with the center or a printed log</translation>
    </message>
    <message>
        <source>第 {} 条是更正，它更正的那条没了，所以没放进去</source>
        <translation>Number {} is a correction of one that is gone, and was left out</translation>
    </message>
    <message>
        <source>编号从 1 重新排了；住户名单和情况请核对一遍，操作员要重新登记</source>
        <translation>Numbers begin again at 1; check roster and facts, and enter operators anew</translation>
    </message>
    <message>
        <source>没有人</source>
        <translation>nobody</translation>
    </message>
    <message>
        <source>还在</source>
        <translation>still on duty</translation>
    </message>
    <message>
        <source>没签</source>
        <translation>not signed</translation>
    </message>
    <message>
        <source>人不在</source>
        <translation>was not there</translation>
    </message>
    <message>
        <source>写不了 {}：{}</source>
        <translation>Cannot write {}: {}</translation>
    </message>
    <message>
        <source>先添加操作员：删除个人信息要两个人各按自己的密码（station operator add）</source>
        <translation>Add operators first: erasing takes two people with a PIN each (station operator add)</translation>
    </message>
    <message>
        <source>这个人还在复测名单上：先在大门上量好体温，再来删除</source>
        <translation>This person still waits to be measured again: measure them at the gate first, then erase</translation>
    </message>
    <message>
        <source>名册里这一户没有这个人，或者不止一个，请核对姓名和门牌</source>
        <translation>Nobody of this name is in that house, or more than one: check name and house</translation>
    </message>
    <message>
        <source>已经删除，回执没有写成（{}），请照下面抄下来：{}</source>
        <translation>Erased; the receipt could not be written ({}), please copy this: {}</translation>
    </message>
    <message>
        <source>删除了。回执在 {}，请交给本人</source>
        <translation>Erased. The receipt is in {}, hand it to them</translation>
    </message>
    <message>
        <source>名单只能存成 .xlsx 或 .csv</source>
        <translation>The list can be saved as .xlsx or .csv only</translation>
    </message>
    <message>
        <source>正在查谁同时过门</source>
        <translation>Looking who passed at the same time</translation>
    </message>
    <message>
        <source>要写进审计才能导出或看全名，可是登记本被占着：请先关掉大门的窗口（{}）</source>
        <translation>Exports and names in full must go on record, but the journal is in use: close the gate&apos;s window first ({})</translation>
    </message>
    <message>
        <source>正在写流调名单</source>
        <translation>Writing the list</translation>
    </message>
    <message>
        <source>名单没有被改过</source>
        <translation>Nothing in the lists was changed</translation>
    </message>
    <message>
        <source>名单按现在的样子封好了，已记入审计</source>
        <translation>The lists are sealed as they are now; this is on record</translation>
    </message>
    <message>
        <source>{} 是用户 {} 的，{} 不能用。请以 {} 运行</source>
        <translation>{} belongs to the user {}, and {} cannot use it. Run this as {}</translation>
    </message>
    <message>
        <source>{} 是 root 的（用过 sudo），{} 不能用。还给自己：sudo chown -R {} {}，以后不要用 sudo</source>
        <translation>{} belongs to root (after a sudo), and {} cannot use it. Take it back: sudo chown -R {} {}, and do without sudo from now on</translation>
    </message>
    <message>
        <source>没有找到</source>
        <translation>Nothing found</translation>
    </message>
</context>
<context>
    <name>doctor</name>
    <message>
        <source>设置</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>改好这个文件，或者删掉它，用原来的设置</source>
        <translation>Correct this file, or delete it to use the defaults</translation>
    </message>
    <message>
        <source>规则 {}</source>
        <translation>policy {}</translation>
    </message>
    <message>
        <source>有 {} 条规则不是本机签的，没有使用</source>
        <translation>{} rules were not signed here and are not used</translation>
    </message>
    <message>
        <source>请管理员看“管理 → 规则 → 谁改过”</source>
        <translation>An admin should look at Admin → Rules → History</translation>
    </message>
    <message>
        <source>规则</source>
        <translation>Rules</translation>
    </message>
    <message>
        <source>有一处不对，大门还照原来的判：{}</source>
        <translation>One thing is not right, the gate goes on by them as before: {}</translation>
    </message>
    <message>
        <source>请管理员在“管理 → 规则 → 改”里改好再启用</source>
        <translation>An admin should mend them in Admin → Rules → Edit, then activate them</translation>
    </message>
    <message>
        <source>记录</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>还没有记录</source>
        <translation>no entries yet</translation>
    </message>
    <message>
        <source>没有权限读</source>
        <translation>no right to read it</translation>
    </message>
    <message>
        <source>不要删文件，联系管理员</source>
        <translation>Do not delete files; call the admin</translation>
    </message>
    <message>
        <source>{} 条，{} 处损坏</source>
        <translation>entries: {}, damaged: {}</translation>
    </message>
    <message>
        <source>运行 station journal check 看是哪几条</source>
        <translation>station journal check tells which</translation>
    </message>
    <message>
        <source>数据钥匙</source>
        <translation>Data keys</translation>
    </message>
    <message>
        <source>放在文件里：谁拿走硬盘，谁就能看名册</source>
        <translation>in a file: whoever takes the disk can read the roster</translation>
    </message>
    <message>
        <source>有了管理员以后：管理 → 值班 → 账号 → 数据钥匙，或者 station key wrap</source>
        <translation>Once there is an admin: Admin → Shifts → Accounts → Data keys, or station key wrap</translation>
    </message>
    <message>
        <source>锁在密码里，但没有恢复码：密码都忘了就再也打不开</source>
        <translation>locked by PINs, but there is no recovery key: if all PINs are forgotten nothing opens it</translation>
    </message>
    <message>
        <source>做一个：station operator recovery</source>
        <translation>make one: station operator recovery</translation>
    </message>
    <message>
        <source>锁在密码里，光有硬盘看不了名册；{} 个人和恢复码能打开</source>
        <translation>locked by PINs, the disk alone shows nothing; it is opened by the recovery key and by people: {}</translation>
    </message>
    <message>
        <source>文件夹</source>
        <translation>Folder</translation>
    </message>
    <message>
        <source>摄像头</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>没有接</source>
        <translation>none connected</translation>
    </message>
    <message>
        <source>插上 USB 摄像头；没有也能按 F1 登记</source>
        <translation>Plug in a USB camera; without one, F1 registers people</translation>
    </message>
    <message>
        <source>拔下再插；关掉别的正在用摄像头的程序</source>
        <translation>Unplug it and plug it in again; close other programs that use it</translation>
    </message>
    <message>
        <source>测温仪</source>
        <translation>Thermometer</translation>
    </message>
    <message>
        <source>扫码枪</source>
        <translation>Scanner</translation>
    </message>
    <message>
        <source>热像</source>
        <translation>Thermal picture</translation>
    </message>
    <message>
        <source>没有选，不用也行；像键盘一样的扫码枪插上就能用</source>
        <translation>none chosen, none needed; one that types like a keyboard just works</translation>
    </message>
    <message>
        <source>选下面的一个串口，写进设置；没有也能按 F3 手测</source>
        <translation>Put one of the serial ports below into the settings; without one, press F3 and measure by hand</translation>
    </message>
    <message>
        <source>还没有选</source>
        <translation>none chosen yet</translation>
    </message>
    <message>
        <source>插上测温仪；没有也能按 F3 手测</source>
        <translation>Plug in the thermometer; without one, F3 takes a value by hand</translation>
    </message>
    <message>
        <source>{}，在网络上，打开才知道</source>
        <translation>{}, on the network: only opening it will tell</translation>
    </message>
    <message>
        <source>插回原来的 USB 口；换了口就改设置</source>
        <translation>Plug it back into its USB socket, or change the settings to the new one</translation>
    </message>
    <message>
        <source>{} 上没有东西</source>
        <translation>nothing at {}</translation>
    </message>
    <message>
        <source>请管理员把您的用户名加进 dialout 组，再重新登录</source>
        <translation>Ask the administrator to add your user to the group dialout, then sign in again</translation>
    </message>
    <message>
        <source>{} 没有权限打开</source>
        <translation>no permission to open {}</translation>
    </message>
    <message>
        <source>，像是扫码枪</source>
        <translation>, looks like a scanner</translation>
    </message>
    <message>
        <source>要用它，在设置里写 {}</source>
        <translation>To use it, write {} into the settings</translation>
    </message>
    <message>
        <source>串口</source>
        <translation>Serial port</translation>
    </message>
    <message>
        <source>装上 libzbar0，难读的码会多读出一些</source>
        <translation>Install libzbar0 to read a few more of the difficult codes</translation>
    </message>
    <message>
        <source>读码</source>
        <translation>Code readers</translation>
    </message>
    <message>
        <source>有一个已知毛病，本程序只用一个写入者，碰不到它</source>
        <translation>has a known fault that a single writer, as here, does not meet</translation>
    </message>
    <message>
        <source>信任名单</source>
        <translation>Trust lists</translation>
    </message>
    <message>
        <source>{} 份</source>
        <translation>{}</translation>
    </message>
</context>
<context>
    <name>figures</name>
    <message>
        <source>手填的（体温枪）</source>
        <translation>by hand (thermometer gun)</translation>
    </message>
    <message>
        <source>体温计</source>
        <translation>clinical thermometer</translation>
    </message>
    <message>
        <source>这一天没有人过门</source>
        <translation>Nobody passed on this day</translation>
    </message>
    <message>
        <source>{count} 人次：{verdicts}。</source>
        <translation>{count} passages: {verdicts}. </translation>
    </message>
    <message>
        <source>最忙 {hour} 点，{count} 人次。</source>
        <translation>Busiest at {hour}:00 with {count}.</translation>
    </message>
    <message>
        <source>更正过 {count} 条，按更正后的算</source>
        <translation>{count} were corrected and count as corrected</translation>
    </message>
    <message>
        <source>其中演示 {count} 条</source>
        <translation>{count} of them are a demonstration</translation>
    </message>
    <message>
        <source>其中人工登记 {count} 条（没人看见）</source>
        <translation>{count} of them put down by hand (nobody saw them)</translation>
    </message>
    <message>
        <source>；</source>
        <translation>; </translation>
    </message>
    <message>
        <source>{count} 人次的记录已按期清理，只剩人次：日志里没有，原因、体温和等候也不知道了</source>
        <translation>the entries of {count} passages were pruned after their time, only counts are left: they are in no log, and their reasons, temperatures and waits are not known any more</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>{count}，{part:.0%}</source>
        <translation>{count}, {part:.0%}</translation>
    </message>
    <message>
        <source>没有人被拦下</source>
        <translation>Nobody was held back</translation>
    </message>
    <message>
        <source>第一次判定时为什么没有放行；一个人可以有几条原因</source>
        <translation>Why the first verdict did not let pass; one person may have several reasons</translation>
    </message>
    <message>
        <source>这一天没有量体温</source>
        <translation>Nobody was measured on this day</translation>
    </message>
    <message>
        <source>量了 {count} 次，一半不超过 {median:.1f}°C，偏高 {high} 次</source>
        <translation>{count} readings, half of them at most {median:.1f} °C, {high} too high</translation>
    </message>
    <message>
        <source>{count} 次 · 中位 {median:.1f} · {low:.1f}–{top:.1f}°C</source>
        <translation>{count} readings · median {median:.1f} · {low:.1f}–{top:.1f} °C</translation>
    </message>
    <message>
        <source> · 偏高 {count}</source>
        <translation> · {count} high</translation>
    </message>
    <message>
        <source>这一天没有记下等候时间</source>
        <translation>No waiting times were recorded on this day</translation>
    </message>
    <message>
        <source>从亮码或量温到出结果：一半人 {half:.1f} 秒以内，95% 的人 {most:.1f} 秒以内</source>
        <translation>From code or reading to the verdict: half within {half:.1f} s, 95 % within {most:.1f} s</translation>
    </message>
    <message>
        <source>{low} 秒以上</source>
        <translation>{low} s or more</translation>
    </message>
    <message>
        <source>没有人要复核</source>
        <translation>Nobody had to be rechecked</translation>
    </message>
    <message>
        <source>复核 {held} 人次，现在：{verdicts}</source>
        <translation>{held} rechecks, now: {verdicts}</translation>
    </message>
    <message>
        <source>；改判的一半在 {half:.0f} 分钟以内</source>
        <translation>; half of those settled within {half:.0f} min</translation>
    </message>
    <message>
        <source>{low} 分以上</source>
        <translation>{low} min up</translation>
    </message>
    <message>
        <source>等了几秒</source>
        <translation>Seconds waited</translation>
    </message>
    <message>
        <source>复核后几分钟改判</source>
        <translation>Minutes until settled</translation>
    </message>
    <message>
        <source>{lane} 号通道</source>
        <translation>lane {lane}</translation>
    </message>
    <message>
        <source>没有人签到</source>
        <translation>nobody signed in</translation>
    </message>
    <message>
        <source>没有编号的人</source>
        <translation>somebody without a number</translation>
    </message>
    <message>
        <source>出门</source>
        <translation>out</translation>
    </message>
    <message>
        <source>进门</source>
        <translation>in</translation>
    </message>
    <message>
        <source>每小时</source>
        <translation>By hour</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reasons</translation>
    </message>
    <message>
        <source>体温</source>
        <translation>Temperature</translation>
    </message>
    <message>
        <source>等候复核</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>通道班次</source>
        <translation>Lanes, shifts</translation>
    </message>
    <message>
        <source>每小时人次</source>
        <translation>Passages by hour</translation>
    </message>
    <message>
        <source>复核、禁止的原因</source>
        <translation>Reasons of RECHECK and STOP</translation>
    </message>
    <message>
        <source>体温分布（°C）</source>
        <translation>Temperatures (°C)</translation>
    </message>
    <message>
        <source>等候和复核</source>
        <translation>Waiting and rechecks</translation>
    </message>
    <message>
        <source>各通道、各班次</source>
        <translation>Lanes and shifts</translation>
    </message>
    <message>
        <source>早先的（没分通道）</source>
        <translation>Earlier ones (lanes not kept)</translation>
    </message>
</context>
<context>
    <name>handover</name>
    <message>
        <source>劝回去了</source>
        <translation>sent home</translation>
    </message>
    <message>
        <source>送发热门诊</source>
        <translation>to the fever clinic</translation>
    </message>
    <message>
        <source>交给社区</source>
        <translation>to the community</translation>
    </message>
    <message>
        <source>去隔离点</source>
        <translation>to isolation</translation>
    </message>
    <message>
        <source>自己走了</source>
        <translation>walked away</translation>
    </message>
    <message>
        <source>记录存不进去</source>
        <translation>an entry could not be stored</translation>
    </message>
    <message>
        <source>电脑时间倒退</source>
        <translation>the PC&apos;s clock went back</translation>
    </message>
    <message>
        <source>测温仪像是不准：{}</source>
        <translation>thermometer looked false: {}</translation>
    </message>
    <message>
        <source>发热的人没复测就走了</source>
        <translation>somebody with a fever left unmeasured</translation>
    </message>
    <message>
        <source>吹哨叫了中心</source>
        <translation>called the center (whistle)</translation>
    </message>
    <message>
        <source>等复测</source>
        <translation>waits</translation>
    </message>
    <message>
        <source>走了没复测</source>
        <translation>left unmeasured</translation>
    </message>
    <message>
        <source>没有</source>
        <translation>none</translation>
    </message>
    <message>
        <source>{count} 人次</source>
        <translation>Passages: {count}</translation>
    </message>
    <message>
        <source>通行 {} · 复核 {} · 禁止 {}</source>
        <translation>pass {} · recheck {} · stop {}</translation>
    </message>
    <message>
        <source>进 {} · 出 {}</source>
        <translation>in {} · out {}</translation>
    </message>
    <message>
        <source>这一班</source>
        <translation>This shift</translation>
    </message>
    <message>
        <source>等复测的人</source>
        <translation>Waiting for a recheck</translation>
    </message>
    <message>
        <source>拦下的人，送去哪里</source>
        <translation>Stopped, sent where</translation>
    </message>
    <message>
        <source>{count} 人，{open} 人没写去向</source>
        <translation>{count}, {open} not noted</translation>
    </message>
    <message>
        <source>去向没写</source>
        <translation>not noted where</translation>
    </message>
    <message>
        <source>没登记的人（第 {number} 条）</source>
        <translation>not registered (no. {number})</translation>
    </message>
    <message>
        <source>在外面 {count} 人</source>
        <translation>{count} are out</translation>
    </message>
    <message>
        <source>出门超时没回来</source>
        <translation>Out too long</translation>
    </message>
    <message>
        <source>{count} 人，{late} 人超时</source>
        <translation>{count}, {late} too long</translation>
    </message>
    <message>
        <source>还在里面的外来人</source>
        <translation>Outsiders still inside</translation>
    </message>
    <message>
        <source>没送的东西和代办</source>
        <translation>Parcels and errands</translation>
    </message>
    <message>
        <source>{parcels} 件 · 代办 {errands}</source>
        <translation>Parcels {parcels} · errands {errands}</translation>
    </message>
    <message>
        <source>改判</source>
        <translation>Overruled</translation>
    </message>
    <message>
        <source>出过的事</source>
        <translation>What happened</translation>
    </message>
    <message>
        <source>{time} 好了</source>
        <translation>until {time}</translation>
    </message>
    <message>
        <source>正常</source>
        <translation>all right</translation>
    </message>
    <message>
        <source>{count} 支有问题</source>
        <translation>{count} with trouble</translation>
    </message>
    <message>
        <source>没接，用手量</source>
        <translation>none: by hand</translation>
    </message>
    <message>
        <source>测温仪</source>
        <translation>Thermometers</translation>
    </message>
    <message>
        <source>没校准过</source>
        <translation>never compared</translation>
    </message>
    <message>
        <source>{day} 校准，差 {offset} 度</source>
        <translation>compared {day}, off by {offset} °C</translation>
    </message>
    <message>
        <source>没上传的记录</source>
        <translation>Not sent yet</translation>
    </message>
    <message>
        <source>名单是 {age}前的</source>
        <translation>lists are {age} old</translation>
    </message>
    <message>
        <source>没法对时</source>
        <translation>not compared</translation>
    </message>
    <message>
        <source>没连中心，请看手机对一对</source>
        <translation>no center: compare with a phone</translation>
    </message>
    <message>
        <source>慢 {seconds} 秒</source>
        <translation>{seconds} s slow</translation>
    </message>
    <message>
        <source>快 {seconds} 秒</source>
        <translation>{seconds} s fast</translation>
    </message>
    <message>
        <source>准</source>
        <translation>right</translation>
    </message>
    <message>
        <source>请管理员校准</source>
        <translation>an admin sets it right</translation>
    </message>
    <message>
        <source>和中心对过</source>
        <translation>compared with the center</translation>
    </message>
    <message>
        <source>这一班里倒退过</source>
        <translation>went back in this shift</translation>
    </message>
    <message>
        <source>电脑时间</source>
        <translation>PC clock</translation>
    </message>
    <message>
        <source>清单没做完的</source>
        <translation>Checklist: open</translation>
    </message>
    <message>
        <source>补一句</source>
        <translation>Remark</translation>
    </message>
    <message>
        <source>{lane} 道</source>
        <translation>Lane {lane}</translation>
    </message>
    <message>
        <source>交班单</source>
        <translation>Hand-over sheet</translation>
    </message>
    <message>
        <source>演示</source>
        <translation>DEMO</translation>
    </message>
    <message>
        <source>{span}（上一班没交班）</source>
        <translation>{span} (nobody handed over before)</translation>
    </message>
    <message>
        <source>交班</source>
        <translation>Out</translation>
    </message>
    <message>
        <source>还有 {count} 条，在电脑里看</source>
        <translation>{count} more, see the screen</translation>
    </message>
    <message>
        <source>接班</source>
        <translation>In</translation>
    </message>
    <message>
        <source>还没有人接班</source>
        <translation>nobody took over yet</translation>
    </message>
    <message>
        <source>签名</source>
        <translation>Signature</translation>
    </message>
    <message>
        <source>人不在</source>
        <translation>was not there</translation>
    </message>
    <message>
        <source>还有 {count} 条没列出来</source>
        <translation>{count} more are not listed</translation>
    </message>
    <message>
        <source>超时</source>
        <translation>late</translation>
    </message>
    <message>
        <source>值班表上</source>
        <translation>on the rota</translation>
    </message>
    <message>
        <source>以前值过班</source>
        <translation>was here before</translation>
    </message>
    <message>
        <source>交班单送到打印机了</source>
        <translation>The sheet went to the printer</translation>
    </message>
</context>
<context>
    <name>last</name>
    <message>
        <source>未登记</source>
        <translation>Unlisted</translation>
    </message>
    <message>
        <source>无码</source>
        <translation>No code</translation>
    </message>
    <message>
        <source>{who} · 改判</source>
        <translation>{who}, corr.</translation>
    </message>
    <message>
        <source>{who} · 复测</source>
        <translation>{who} · again</translation>
    </message>
    <message>
        <source>今天还没有人</source>
        <translation>Nobody yet today</translation>
    </message>
</context>
<context>
    <name>light</name>
    <message>
        <source>自动亮度</source>
        <translation>Auto light</translation>
    </message>
    <message>
        <source>白天</source>
        <translation>Day</translation>
    </message>
    <message>
        <source>夜间</source>
        <translation>Night</translation>
    </message>
    <message>
        <source>强光</source>
        <translation>Sunlight</translation>
    </message>
</context>
<context>
    <name>lists</name>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>{head}：{said}</source>
        <translation>{head}: {said}</translation>
    </message>
</context>
<context>
    <name>log</name>
    <message>
        <source>编号</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>进出</source>
        <translation>Way</translation>
    </message>
    <message>
        <source>通道</source>
        <translation>Lane</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>更正</source>
        <translation>Correction</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reasons</translation>
    </message>
    <message>
        <source>体温 °C</source>
        <translation>Temp. °C</translation>
    </message>
    <message>
        <source>部位</source>
        <translation>Site</translation>
    </message>
    <message>
        <source>测温仪</source>
        <translation>Thermometer</translation>
    </message>
    <message>
        <source>码</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>码的情况</source>
        <translation>Code status</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>住址</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>身份</source>
        <translation>Category</translation>
    </message>
    <message>
        <source>经手人</source>
        <translation>Operator</translation>
    </message>
    <message>
        <source>规则</source>
        <translation>Rules</translation>
    </message>
    <message>
        <source>演示</source>
        <translation>Demo</translation>
    </message>
    <message>
        <source>；</source>
        <translation>; </translation>
    </message>
    <message>
        <source>出入记录</source>
        <translation>Passages</translation>
    </message>
    <message>
        <source>汇总</source>
        <translation>Summary</translation>
    </message>
    <message>
        <source>出入登记日报</source>
        <translation>Daily log of the gate</translation>
    </message>
    <message>
        <source>卡口</source>
        <translation>Gate</translation>
    </message>
    <message>
        <source>日期</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>人次</source>
        <translation>Passages</translation>
    </message>
    <message>
        <source>其中更正过</source>
        <translation>Corrected</translation>
    </message>
    <message>
        <source>其中演示</source>
        <translation>Demo entries</translation>
    </message>
    <message>
        <source>编号从到</source>
        <translation>Numbers</translation>
    </message>
    <message>
        <source>记录链</source>
        <translation>Chain</translation>
    </message>
    <message>
        <source>导出时间</source>
        <translation>Exported</translation>
    </message>
    <message>
        <source>钟点</source>
        <translation>Hour</translation>
    </message>
    <message>
        <source>每小时人次</source>
        <translation>Passages by hour</translation>
    </message>
    <message>
        <source>复核、禁止的原因</source>
        <translation>Why people were held</translation>
    </message>
    <message>
        <source>各测温仪的读数</source>
        <translation>Readings by thermometer</translation>
    </message>
    <message>
        <source>第 {page} 页，共 {pages} 页</source>
        <translation>Page {page} of {pages}</translation>
    </message>
    <message>
        <source>值班人签名</source>
        <translation>Signature, on duty</translation>
    </message>
    <message>
        <source>接收人签名</source>
        <translation>Signature, received</translation>
    </message>
    <message>
        <source>这几天没有人经过</source>
        <translation>Nobody passed on these days</translation>
    </message>
    <message>
        <source>出入证</source>
        <translation>Gate pass</translation>
    </message>
    <message>
        <source>国际证书</source>
        <translation>Certificate (HC1)</translation>
    </message>
    <message>
        <source>别的健康证明</source>
        <translation>Other health proof</translation>
    </message>
    <message>
        <source>别的码</source>
        <translation>Other code</translation>
    </message>
    <message>
        <source>健康卡</source>
        <translation>SMART Health Card</translation>
    </message>
    <message>
        <source>健康码</source>
        <translation>Health code</translation>
    </message>
    <message>
        <source>场所码</source>
        <translation>Place code</translation>
    </message>
    <message>
        <source>付款码</source>
        <translation>Payment code</translation>
    </message>
    <message>
        <source>网址</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>有效</source>
        <translation>Valid</translation>
    </message>
    <message>
        <source>过期</source>
        <translation>Expired</translation>
    </message>
    <message>
        <source>还没生效</source>
        <translation>Not valid yet</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Revoked</translation>
    </message>
    <message>
        <source>用错地方</source>
        <translation>Wrong use</translation>
    </message>
    <message>
        <source>签名不对</source>
        <translation>Bad signature</translation>
    </message>
    <message>
        <source>不认识发证单位</source>
        <translation>Unknown issuer</translation>
    </message>
    <message>
        <source>码坏了</source>
        <translation>Damaged</translation>
    </message>
    <message>
        <source>没法核验</source>
        <translation>Cannot check</translation>
    </message>
    <message>
        <source>不是健康码</source>
        <translation>Not a health code</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>原来：{verdict}</source>
        <translation>Was: {verdict}</translation>
    </message>
    <message>
        <source>{first}（{said}）</source>
        <translation>{first} ({said})</translation>
    </message>
</context>
<context>
    <name>measuring</name>
    <message>
        <source>测温仪</source>
        <translation>Thermometer</translation>
    </message>
    <message>
        <source>{number} 号测温仪</source>
        <translation>Thermometer {number}</translation>
    </message>
    <message>
        <source>{which}断了</source>
        <translation>{which} lost</translation>
    </message>
    <message>
        <source>{which}没读数</source>
        <translation>{which} silent</translation>
    </message>
    <message>
        <source>测温仪前面没有人</source>
        <translation>Nobody is at the thermometer</translation>
    </message>
    <message>
        <source>请他站到测温仪前面，额头对准</source>
        <translation>Ask them to face the thermometer</translation>
    </message>
    <message>
        <source>站得太远，测不准</source>
        <translation>Too far away to measure</translation>
    </message>
    <message>
        <source>请他靠近，离测温仪一拳远</source>
        <translation>Ask them to come to a fist&apos;s distance</translation>
    </message>
    <message>
        <source>额头太凉，测不准</source>
        <translation>The forehead is too cold to measure</translation>
    </message>
    <message>
        <source>请他把手腕或脖子对准测温仪</source>
        <translation>Ask them to show a wrist or the neck</translation>
    </message>
    <message>
        <source>测温仪刚搬来，还没稳下来</source>
        <translation>The thermometer is still settling</translation>
    </message>
    <message>
        <source>先用体温枪，按 F3；过一刻钟它就好了</source>
        <translation>Use the gun and press F3; ready in 15 minutes</translation>
    </message>
    <message>
        <source>天太冷，测温仪测不准</source>
        <translation>Too cold for this thermometer</translation>
    </message>
    <message>
        <source>请用体温枪测手腕或脖子，按 F3 记下</source>
        <translation>Use the gun on wrist or neck, then press F3</translation>
    </message>
    <message>
        <source>太热了，测温仪测不准</source>
        <translation>Too hot for this thermometer</translation>
    </message>
    <message>
        <source>先用体温枪，按 F3；给测温仪遮遮太阳</source>
        <translation>Use the gun and press F3; shade the thermometer</translation>
    </message>
    <message>
        <source>请靠近</source>
        <translation>CLOSER</translation>
    </message>
    <message>
        <source>COME CLOSER</source>
        <comment>other language</comment>
        <translation>请靠近</translation>
    </message>
    <message>
        <source>请测手腕</source>
        <translation>WRIST</translation>
    </message>
    <message>
        <source>SHOW YOUR WRIST</source>
        <comment>other language</comment>
        <translation>请测手腕</translation>
    </message>
    <message>
        <source>用体温枪</source>
        <translation>USE GUN</translation>
    </message>
    <message>
        <source>USE THE GUN</source>
        <comment>other language</comment>
        <translation>用体温枪</translation>
    </message>
    <message>
        <source>{which} {seconds} 秒一直是 {value} 度，可能卡住了</source>
        <translation>{which} has shown {value} °C for {seconds} s: stuck?</translation>
    </message>
    <message>
        <source>{which} {seconds} 秒没有读数</source>
        <translation>{which} has been silent for {seconds} s</translation>
    </message>
    <message>
        <source>{which}测谁都差不多：100 人有 {count} 人是 {lowest} 到 {highest} 度</source>
        <translation>{which}: {count} of 100 at {lowest} to {highest} °C: too alike</translation>
    </message>
    <message>
        <source>{which}测 100 人，{count} 人是 36 度几，不像真的</source>
        <translation>{which}: {count} of 100 people at 36.x °C: false?</translation>
    </message>
    <message>
        <source>{which}的小数点后面不像是量出来的</source>
        <translation>{which}: its decimals do not look measured</translation>
    </message>
    <message>
        <source>{which}从没测出过 37.0 到 37.3 度，本该有 {count} 人，可能在改数</source>
        <translation>{which} never shows 37.0-37.3 °C ({count} expected): altered?</translation>
    </message>
    <message>
        <source>{which}越测越低，低了 {apart} 度，可能没电了</source>
        <translation>{which} sinks, by {apart} °C so far: battery empty?</translation>
    </message>
    <message>
        <source>{which}比一小时前高了 {apart} 度</source>
        <translation>{which} reads {apart} °C more than an hour ago</translation>
    </message>
    <message>
        <source>{which}比{other}高 {apart} 度，有一支不准</source>
        <translation>{which} reads {apart} °C above {other}: one is wrong</translation>
    </message>
    <message>
        <source>{which}比一小时前低了 {apart} 度</source>
        <translation>{which} reads {apart} °C less than an hour ago</translation>
    </message>
    <message>
        <source>{which}比{other}低 {apart} 度，有一支不准</source>
        <translation>{which} reads {apart} °C below {other}: one is wrong</translation>
    </message>
    <message>
        <source>另一支</source>
        <translation>the other</translation>
    </message>
    <message>
        <source>请把它拔下来再插上</source>
        <translation>Unplug it and plug it in again</translation>
    </message>
    <message>
        <source>请看它的插头松没松</source>
        <translation>See whether its plug is loose</translation>
    </message>
    <message>
        <source>请给它换电池，或看看电源</source>
        <translation>See to its battery or power</translation>
    </message>
    <message>
        <source>请用体温枪对一对，告诉管理员</source>
        <translation>Compare both; tell the admin</translation>
    </message>
    <message>
        <source>请同时用体温枪测，按 F3</source>
        <translation>Use the gun as well (F3)</translation>
    </message>
    <message>
        <source>现在用 {active}</source>
        <translation>Now: {active}</translation>
    </message>
    <message>
        <source>已换成 {active}，照常测温</source>
        <translation>{active} has taken over; go on as usual</translation>
    </message>
    <message>
        <source>开班先测工作人员</source>
        <translation>Measure staff first</translation>
    </message>
    <message>
        <source>没病的同事三位，按 F7 开始</source>
        <translation>Three healthy ones: press F7</translation>
    </message>
    <message>
        <source>测好了</source>
        <translation>READY</translation>
    </message>
    <message>
        <source>STAFF DONE</source>
        <comment>other language</comment>
        <translation>同事测好了</translation>
    </message>
    <message>
        <source>测同事</source>
        <translation>STAFF</translation>
    </message>
    <message>
        <source>STAFF ONLY</source>
        <comment>other language</comment>
        <translation>测同事</translation>
    </message>
    <message>
        <source>测好 {count} 位，共要 {needed} 位</source>
        <translation>{count} of {needed} staff measured</translation>
    </message>
    <message>
        <source>刚才那个数不算：偏高，或没测准</source>
        <translation>The last one did not count: high or unclear</translation>
    </message>
    <message>
        <source>可以放人进来了</source>
        <translation>People may come in now</translation>
    </message>
    <message>
        <source>请下一位同事站到测温仪前；不测了按 Esc</source>
        <translation>Next member of staff, please; Esc ends this</translation>
    </message>
</context>
<context>
    <name>opening</name>
    <message>
        <source>救护、消防、警察</source>
        <translation>Ambulance, fire, police</translation>
    </message>
    <message>
        <source>货车、工程车</source>
        <translation>Lorry, works vehicle</translation>
    </message>
    <message>
        <source>老人、轮椅、婴儿车</source>
        <translation>Elder, wheelchair, pram</translation>
    </message>
    <message>
        <source>登记过了，闸没有开</source>
        <translation>Was let pass, barrier stayed shut</translation>
    </message>
    <message>
        <source>有人出门</source>
        <translation>Somebody goes out</translation>
    </message>
    <message>
        <source>试一试闸</source>
        <translation>Trying the barrier</translation>
    </message>
</context>
<context>
    <name>operators</name>
    <message>
        <source>志愿者</source>
        <translation>volunteer</translation>
    </message>
    <message>
        <source>保安</source>
        <translation>guard</translation>
    </message>
    <message>
        <source>管理员</source>
        <translation>admin</translation>
    </message>
</context>
<context>
    <name>policy</name>
    <message>
        <source>体温</source>
        <translation>Temperature</translation>
    </message>
    <message>
        <source>健康码颜色</source>
        <translation>Health code colour</translation>
    </message>
    <message>
        <source>认不认识</source>
        <translation>Who it is</translation>
    </message>
    <message>
        <source>码新不新</source>
        <translation>Freshness of the code</translation>
    </message>
    <message>
        <source>同向重复</source>
        <translation>Same way again</translation>
    </message>
    <message>
        <source>隔离</source>
        <translation>Isolation</translation>
    </message>
    <message>
        <source>核酸</source>
        <translation>Nucleic-acid test</translation>
    </message>
    <message>
        <source>进门许可</source>
        <translation>Right to this gate</translation>
    </message>
    <message>
        <source>社区关照</source>
        <translation>Held by the community</translation>
    </message>
    <message>
        <source>预约访客</source>
        <translation>Expected visitors</translation>
    </message>
    <message>
        <source>重点区域</source>
        <translation>Key areas</translation>
    </message>
    <message>
        <source>出门次数</source>
        <translation>Outings</translation>
    </message>
    <message>
        <source>夜间</source>
        <translation>Night</translation>
    </message>
    <message>
        <source>人数</source>
        <translation>People inside</translation>
    </message>
    <message>
        <source>读码结果</source>
        <translation>Result of reading a code</translation>
    </message>
    <message>
        <source>要量体温</source>
        <translation>Temperature is required</translation>
    </message>
    <message>
        <source>体温偏高</source>
        <translation>Too warm</translation>
    </message>
    <message>
        <source>复测还高</source>
        <translation>Still too warm when measured again</translation>
    </message>
    <message>
        <source>测不准</source>
        <translation>Could not be measured</translation>
    </message>
    <message>
        <source>偏高的线</source>
        <translation>Too warm from</translation>
    </message>
    <message>
        <source>低于这个不算测到</source>
        <translation>No measurement below</translation>
    </message>
    <message>
        <source>高于这个不是人</source>
        <translation>Nobody is warmer than</translation>
    </message>
    <message>
        <source>刚量过多久内不用再量</source>
        <translation>No second measurement within</translation>
    </message>
    <message>
        <source>比这会儿的平常高多少算偏高</source>
        <translation>Too warm if above the usual by</translation>
    </message>
    <message>
        <source>平常值看最近几个人</source>
        <translation>People that make the usual value</translation>
    </message>
    <message>
        <source>先量几个值班的人</source>
        <translation>Staff to be measured first</translation>
    </message>
    <message>
        <source>平常值多久作废</source>
        <translation>The usual value holds for</translation>
    </message>
    <message>
        <source>休息多久再测</source>
        <translation>Rest before measuring again</translation>
    </message>
    <message>
        <source>多久没回来就问</source>
        <translation>Ask where they are after</translation>
    </message>
    <message>
        <source>两次测温隔多久</source>
        <translation>Between two measurements</translation>
    </message>
    <message>
        <source>多久没回来算走了</source>
        <translation>Taken as gone after</translation>
    </message>
    <message>
        <source>确认发热记多久</source>
        <translation>A confirmed fever is kept for</translation>
    </message>
    <message>
        <source>几次偏高算确认</source>
        <translation>High values that confirm</translation>
    </message>
    <message>
        <source>几次正常算没事</source>
        <translation>Normal values that clear</translation>
    </message>
    <message>
        <source>一定要知道颜色</source>
        <translation>The colour must be known</translation>
    </message>
    <message>
        <source>颜色多久算旧</source>
        <translation>A colour is old after</translation>
    </message>
    <message>
        <source>黄码</source>
        <translation>Yellow</translation>
    </message>
    <message>
        <source>红码</source>
        <translation>Red</translation>
    </message>
    <message>
        <source>不知道颜色</source>
        <translation>Colour not known</translation>
    </message>
    <message>
        <source>颜色太旧</source>
        <translation>Colour too old</translation>
    </message>
    <message>
        <source>名单里没有</source>
        <translation>Not in the list</translation>
    </message>
    <message>
        <source>志愿者说认识</source>
        <translation>The volunteer knows them</translation>
    </message>
    <message>
        <source>名单里有</source>
        <translation>In the list</translation>
    </message>
    <message>
        <source>登记到期</source>
        <translation>Registration run out</translation>
    </message>
    <message>
        <source>哪些人住这里</source>
        <translation>Who lives here</translation>
    </message>
    <message>
        <source>码打开多久算旧</source>
        <translation>A code is old after</translation>
    </message>
    <message>
        <source>码太旧</source>
        <translation>Code too old</translation>
    </message>
    <message>
        <source>同一个方向又来</source>
        <translation>Same way again</translation>
    </message>
    <message>
        <source>多久以内算重复</source>
        <translation>Counts within</translation>
    </message>
    <message>
        <source>有效</source>
        <translation>Valid</translation>
    </message>
    <message>
        <source>过期</source>
        <translation>Expired</translation>
    </message>
    <message>
        <source>没到日子</source>
        <translation>Not valid yet</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Revoked</translation>
    </message>
    <message>
        <source>不是这里用的</source>
        <translation>Not for use here</translation>
    </message>
    <message>
        <source>可能是假的</source>
        <translation>Maybe forged</translation>
    </message>
    <message>
        <source>不知谁发的</source>
        <translation>Issuer unknown</translation>
    </message>
    <message>
        <source>残缺</source>
        <translation>Damaged</translation>
    </message>
    <message>
        <source>本机查不了</source>
        <translation>Cannot be checked here</translation>
    </message>
    <message>
        <source>不是健康码</source>
        <translation>Not a health code</translation>
    </message>
    <message>
        <source>没有亮码</source>
        <translation>None shown</translation>
    </message>
    <message>
        <source>居家隔离</source>
        <translation>Home isolation</translation>
    </message>
    <message>
        <source>密接</source>
        <translation>Close contact</translation>
    </message>
    <message>
        <source>次密接</source>
        <translation>Contact of a contact</translation>
    </message>
    <message>
        <source>这些人回自己家</source>
        <translation>Any of them coming home</translation>
    </message>
    <message>
        <source>有人报了还没核实</source>
        <translation>Reported, not verified</translation>
    </message>
    <message>
        <source>到期没办解除</source>
        <translation>Over, not lifted</translation>
    </message>
    <message>
        <source>要看核酸</source>
        <translation>Tests are asked for</translation>
    </message>
    <message>
        <source>人人要几小时内的（0 是不要）</source>
        <translation>Of everyone, within (0: not asked)</translation>
    </message>
    <message>
        <source>各行业要几小时内的</source>
        <translation>By occupation, within</translation>
    </message>
    <message>
        <source>没有核酸</source>
        <translation>No test</translation>
    </message>
    <message>
        <source>核酸太久</source>
        <translation>Test too old</translation>
    </message>
    <message>
        <source>结果没出</source>
        <translation>No result yet</translation>
    </message>
    <message>
        <source>阳性</source>
        <translation>Positive</translation>
    </message>
    <message>
        <source>阳性多久以后不再算</source>
        <translation>A positive counts for</translation>
    </message>
    <message>
        <source>采样到报告按几小时算</source>
        <translation>From sampling to report</translation>
    </message>
    <message>
        <source>没登记许可</source>
        <translation>No right on record</translation>
    </message>
    <message>
        <source>许可是别的门</source>
        <translation>Right to another gate</translation>
    </message>
    <message>
        <source>许可到期</source>
        <translation>Right run out</translation>
    </message>
    <message>
        <source>外人进</source>
        <translation>Others coming in</translation>
    </message>
    <message>
        <source>住户回家</source>
        <translation>Residents coming home</translation>
    </message>
    <message>
        <source>出去</source>
        <translation>Leaving</translation>
    </message>
    <message>
        <source>准时到</source>
        <translation>In time</translation>
    </message>
    <message>
        <source>不是约的时间</source>
        <translation>At another time</translation>
    </message>
    <message>
        <source>名单里的访客没约</source>
        <translation>Visitor not announced</translation>
    </message>
    <message>
        <source>要问去过哪里</source>
        <translation>Travel is asked for</translation>
    </message>
    <message>
        <source>去过重点区域</source>
        <translation>Was in a key area</translation>
    </message>
    <message>
        <source>还没问</source>
        <translation>Not asked yet</translation>
    </message>
    <message>
        <source>问过多久要再问</source>
        <translation>Ask again after</translation>
    </message>
    <message>
        <source>限制出门次数</source>
        <translation>Outings are limited</translation>
    </message>
    <message>
        <source>一户几个人次</source>
        <translation>People of a household</translation>
    </message>
    <message>
        <source>几天里</source>
        <translation>In</translation>
    </message>
    <message>
        <source>每次几小时</source>
        <translation>For up to</translation>
    </message>
    <message>
        <source>次数用完</source>
        <translation>Used up</translation>
    </message>
    <message>
        <source>不知道次数</source>
        <translation>Not known</translation>
    </message>
    <message>
        <source>回来晚了</source>
        <translation>Came back late</translation>
    </message>
    <message>
        <source>哪些行业不限</source>
        <translation>Occupations that are exempt</translation>
    </message>
    <message>
        <source>几点开始</source>
        <translation>From</translation>
    </message>
    <message>
        <source>几点结束</source>
        <translation>Until</translation>
    </message>
    <message>
        <source>夜里进出</source>
        <translation>At night</translation>
    </message>
    <message>
        <source>最多几个人（0 是不限）</source>
        <translation>At most (0: no limit)</translation>
    </message>
    <message>
        <source>到几成就提醒</source>
        <translation>Warn from</translation>
    </message>
    <message>
        <source>快满了</source>
        <translation>Nearly full</translation>
    </message>
    <message>
        <source>满了</source>
        <translation>Full</translation>
    </message>
    <message>
        <source>℃</source>
        <translation>℃</translation>
    </message>
    <message>
        <source>小时</source>
        <translation>h</translation>
    </message>
    <message>
        <source>分钟</source>
        <translation>min</translation>
    </message>
    <message>
        <source>秒</source>
        <translation>s</translation>
    </message>
    <message>
        <source>天</source>
        <translation>days</translation>
    </message>
    <message>
        <source>人</source>
        <translation>people</translation>
    </message>
    <message>
        <source>成</source>
        <translation>of one</translation>
    </message>
    <message>
        <source>住户</source>
        <translation>Resident</translation>
    </message>
    <message>
        <source>租户</source>
        <translation>Tenant</translation>
    </message>
    <message>
        <source>工人</source>
        <translation>Worker</translation>
    </message>
    <message>
        <source>快递外卖</source>
        <translation>Courier</translation>
    </message>
    <message>
        <source>访客</source>
        <translation>Visitor</translation>
    </message>
    <message>
        <source>志愿者</source>
        <translation>Volunteer</translation>
    </message>
    <message>
        <source>物业</source>
        <translation>Staff</translation>
    </message>
    <message>
        <source>医护</source>
        <translation>Medical</translation>
    </message>
    <message>
        <source>规则文件写得不对：{detail}</source>
        <translation>The policy file is not well written: {detail}</translation>
    </message>
    <message>
        <source>规则里没有「{field}」这一项</source>
        <translation>There is no field {field}</translation>
    </message>
    <message>
        <source>规则里缺了「{field}」</source>
        <translation>{field} is missing</translation>
    </message>
    <message>
        <source>「{field}」填得不对，看看是不是数字和文字弄混了</source>
        <translation>{field} is of the wrong kind: number or text?</translation>
    </message>
    <message>
        <source>「{field}」的数太大或太小</source>
        <translation>{field} is too large or too small</translation>
    </message>
    <message>
        <source>「{field}」只能选通行、复核、禁止</source>
        <translation>{field} must be pass, recheck or stop</translation>
    </message>
    <message>
        <source>「{field}」请写成 23:00 这样</source>
        <translation>Write {field} like 23:00</translation>
    </message>
    <message>
        <source>平时</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>防范</source>
        <translation>Precaution</translation>
    </message>
    <message>
        <source>管控</source>
        <translation>Controlled</translation>
    </message>
    <message>
        <source>封控</source>
        <translation>Sealed</translation>
    </message>
    <message>
        <source>身份</source>
        <translation>Identity</translation>
    </message>
    <message>
        <source>上次走的方向</source>
        <translation>Last way</translation>
    </message>
    <message>
        <source>复测</source>
        <translation>Recheck</translation>
    </message>
    <message>
        <source>隔离（还没核实）</source>
        <translation>Isolation (not verified)</translation>
    </message>
    <message>
        <source>行业</source>
        <translation>Occupation</translation>
    </message>
    <message>
        <source>这户出门次数</source>
        <translation>Outings of the household</translation>
    </message>
    <message>
        <source>在里面还是外面</source>
        <translation>Inside or outside</translation>
    </message>
    <message>
        <source>里面的人数</source>
        <translation>People inside</translation>
    </message>
    <message>
        <source>刚量过体温</source>
        <translation>Measured before</translation>
    </message>
    <message>
        <source>跟谁来的</source>
        <translation>Brought by</translation>
    </message>
    <message>
        <source>绿</source>
        <translation>green</translation>
    </message>
    <message>
        <source>黄</source>
        <translation>yellow</translation>
    </message>
    <message>
        <source>红</source>
        <translation>red</translation>
    </message>
    <message>
        <source>进</source>
        <translation>in</translation>
    </message>
    <message>
        <source>出</source>
        <translation>out</translation>
    </message>
    <message>
        <source>是</source>
        <translation>yes</translation>
    </message>
    <message>
        <source>不是</source>
        <translation>no</translation>
    </message>
    <message>
        <source>没有</source>
        <translation>none</translation>
    </message>
    <message>
        <source>都行</source>
        <translation>all</translation>
    </message>
    <message>
        <source>正常</source>
        <translation>normal</translation>
    </message>
    <message>
        <source>阴性</source>
        <translation>negative</translation>
    </message>
    <message>
        <source>监护人</source>
        <translation>guardian</translation>
    </message>
    <message>
        <source>代办人</source>
        <translation>proxy</translation>
    </message>
    <message>
        <source>阴性（按报告时间）</source>
        <translation>negative (time of report)</translation>
    </message>
    <message>
        <source>没出结果</source>
        <translation>no result yet</translation>
    </message>
    <message>
        <source>刚开始</source>
        <translation>just begun</translation>
    </message>
    <message>
        <source>还要再测</source>
        <translation>still open</translation>
    </message>
    <message>
        <source>测早了</source>
        <translation>too early</translation>
    </message>
    <message>
        <source>确认偏高</source>
        <translation>confirmed</translation>
    </message>
    <message>
        <source>没事了</source>
        <translation>cleared</translation>
    </message>
    <message>
        <source>冷链</source>
        <translation>cold chain</translation>
    </message>
    <message>
        <source>司机</source>
        <translation>drivers</translation>
    </message>
    <message>
        <source>客运货运</source>
        <translation>transport</translation>
    </message>
    <message>
        <source>菜场超市</source>
        <translation>markets</translation>
    </message>
    <message>
        <source>工地</source>
        <translation>building sites</translation>
    </message>
    <message>
        <source>民警</source>
        <translation>police</translation>
    </message>
    <message>
        <source>保供</source>
        <translation>suppliers</translation>
    </message>
    <message>
        <source>{name} 第 {number} 版</source>
        <translation>{name}, version {number}</translation>
    </message>
    <message>
        <source>{policy}，停码</source>
        <translation>{policy}, codes down</translation>
    </message>
    <message>
        <source>进来</source>
        <translation>way in</translation>
    </message>
    <message>
        <source>所有人</source>
        <translation>everyone</translation>
    </message>
    <message>
        <source>不用</source>
        <translation>not used</translation>
    </message>
    <message>
        <source>要</source>
        <translation>yes</translation>
    </message>
    <message>
        <source>不要</source>
        <translation>no</translation>
    </message>
    <message>
        <source>{what}：{value}</source>
        <translation>{what}: {value}</translation>
    </message>
    <message>
        <source>后来的</source>
        <translation>later</translation>
    </message>
    <message>
        <source>{n} 天前</source>
        <translation>{n} days before</translation>
    </message>
    <message>
        <source>{n} 小时前</source>
        <translation>{n} h before</translation>
    </message>
    <message>
        <source>{n} 分钟前</source>
        <translation>{n} min before</translation>
    </message>
    <message>
        <source>存了草稿</source>
        <translation>draft kept</translation>
    </message>
    <message>
        <source>按设置使用</source>
        <translation>used by settings</translation>
    </message>
    <message>
        <source>启用</source>
        <translation>activated</translation>
    </message>
    <message>
        <source>停码</source>
        <translation>codes down</translation>
    </message>
    <message>
        <source>恢复查码</source>
        <translation>codes back</translation>
    </message>
    <message>
        <source>那天没有记录，看不出会有什么不一样。</source>
        <translation>There are no entries of that day: nothing to compare.</translation>
    </message>
    <message>
        <source>；</source>
        <translation>; </translation>
    </message>
    <message>
        <source>都一样</source>
        <translation>no difference</translation>
    </message>
    <message>
        <source>{day} 的 {judged} 条：{differing}。</source>
        <translation>{day}, entries {judged}: {differing}.</translation>
    </message>
    <message>
        <source>下面只列前 {count} 条。</source>
        <translation> Only the first {count} are listed.</translation>
    </message>
    <message>
        <source>另有 {count} 条是新版程序记的，算不了。</source>
        <translation> {count} more are of a newer program and were not tried.</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>要量。</source>
        <translation>Measured. </translation>
    </message>
    <message>
        <source>不一定要量。</source>
        <translation>Not demanded. </translation>
    </message>
    <message>
        <source>{limits} 起算偏高：{verdict}；复测还高：{confirmed}。</source>
        <translation>High from {limits}: {verdict}; high again: {confirmed}.</translation>
    </message>
    <message>
        <source>不一定要看。</source>
        <translation>Not demanded. </translation>
    </message>
    <message>
        <source>要 {hours:g} 小时内的绿码，没有：{missing}，太旧：{stale}。</source>
        <translation>Green within {hours:g} h; none: {missing}, too old: {stale}. </translation>
    </message>
    <message>
        <source>黄码：{yellow}，红码：{red}。</source>
        <translation>Yellow: {yellow}, red: {red}.</translation>
    </message>
    <message>
        <source>阳性：{verdict}。</source>
        <translation>Positive: {verdict}.</translation>
    </message>
    <message>
        <source>人人要 {hours:g} 小时内的。</source>
        <translation>Everyone within {hours:g} h. </translation>
    </message>
    <message>
        <source>重点行业（小时）：{groups}。</source>
        <translation>By occupation (h): {groups}. </translation>
    </message>
    <message>
        <source>不查。</source>
        <translation>Not asked. </translation>
    </message>
    <message>
        <source>居家隔离：{isolation}，密接：{close}，次密接：{sub}；回自己家：{home}。</source>
        <translation>Isolation: {isolation}, close contact: {close}, secondary contact: {sub}; coming home: {home}.</translation>
    </message>
    <message>
        <source>名单里没有：{unknown}；志愿者认识：{vouched}；没登记这个门：{right}。</source>
        <translation>Not in the roster: {unknown}; known to the volunteer: {vouched}; no right to this gate: {right}.</translation>
    </message>
    <message>
        <source>准时：{in_time}，不是约的时间：{other}，没约：{missing}。</source>
        <translation>In time: {in_time}, at another time: {other}, not announced: {missing}.</translation>
    </message>
    <message>
        <source>不问。</source>
        <translation>Not asked.</translation>
    </message>
    <message>
        <source>要问；去过：{declared}，没问到：{missing}。</source>
        <translation>Asked; been there: {declared}, not known: {missing}.</translation>
    </message>
    <message>
        <source>不限。</source>
        <translation>No limit.</translation>
    </message>
    <message>
        <source>一户 {days} 天里 {outings} 人次，每次 {hours:g} 小时；超了：{used_up}。</source>
        <translation>{outings} in {days} days for a household, {hours:g} h each; used up: {used_up}.</translation>
    </message>
    <message>
        <source>不另外管。</source>
        <translation>No rule of its own.</translation>
    </message>
    <message>
        <source>{begins} 到 {ends}：{verdict}。</source>
        <translation>{begins} to {ends}: {verdict}.</translation>
    </message>
    <message>
        <source>最多 {limit} 人，满了：{full}。</source>
        <translation>At most {limit}; full: {full}.</translation>
    </message>
    <message>
        <source>没亮码：{missing}；过期：{expired}；作废：{revoked}；可能是假的：{forged}。</source>
        <translation>None shown: {missing}; expired: {expired}; revoked: {revoked}; maybe forged: {forged}.</translation>
    </message>
</context>
<context>
    <name>practice</name>
    <message>
        <source>“我没有手机。我叫{name}，住 {house}。”</source>
        <translation>&quot;I have no phone. I am {name}, I live in {house}.&quot;</translation>
    </message>
    <message>
        <source>“码打不开，说系统忙。我叫{name}，住 {house}。”</source>
        <translation>&quot;My code does not load, it says busy. I am {name}, from {house}.&quot;</translation>
    </message>
    <message>
        <source>“我跟妈妈一起来的，我叫{name}。”</source>
        <translation>&quot;I came with my mum. My name is {name}.&quot;</translation>
    </message>
    <message>
        <source>“外面真冷！”（体温枪上：{hand}）</source>
        <translation>&quot;So cold outside!&quot; (thermometer gun: {hand})</translation>
    </message>
    <message>
        <source>“送快递的。”（手机上：核酸阴性，24 小时内）</source>
        <translation>&quot;Parcels!&quot; (on the phone: test negative, within 24 hours)</translation>
    </message>
    <message>
        <source>“我就是走急了，让我进去吧。”</source>
        <translation>&quot;I just walked fast. Please let me in.&quot;</translation>
    </message>
    <message>
        <source>“我歇过了，再量一次吧。”（体温枪上：{hand}）</source>
        <translation>&quot;I have rested. Measure me again.&quot; (thermometer gun: {hand})</translation>
    </message>
    <message>
        <source>“码怎么红了？就让我进去吧！”</source>
        <translation>&quot;Why is it red? Just let me in!&quot;</translation>
    </message>
    <message>
        <source>“黄的，不要紧吧？”</source>
        <translation>&quot;It is yellow. That is all right, is it?&quot;</translation>
    </message>
    <message>
        <source>“我一直用这张证的。”</source>
        <translation>&quot;I have always used this pass.&quot;</translation>
    </message>
    <message>
        <source>“这是我早上截的图。”</source>
        <translation>&quot;I took this screenshot this morning.&quot;</translation>
    </message>
    <message>
        <source>“我用的是我哥的码。”</source>
        <translation>&quot;I use my brother&apos;s code.&quot;</translation>
    </message>
    <message>
        <source>“我来看亲戚，没有码。”</source>
        <translation>&quot;I am visiting relatives. I have no code.&quot;</translation>
    </message>
    <message>
        <source>“我不住这里，来找朋友。”</source>
        <translation>&quot;I do not live here. I am meeting a friend.&quot;</translation>
    </message>
    <message>
        <source>平常的人</source>
        <translation>everyday people</translation>
    </message>
    <message>
        <source>纸证</source>
        <translation>paper passes</translation>
    </message>
    <message>
        <source>没手机的老人</source>
        <translation>elders without a phone</translation>
    </message>
    <message>
        <source>码打不开</source>
        <translation>codes that do not load</translation>
    </message>
    <message>
        <source>跟大人来的孩子</source>
        <translation>a child with a parent</translation>
    </message>
    <message>
        <source>额头太冷</source>
        <translation>a cold forehead</translation>
    </message>
    <message>
        <source>快递员</source>
        <translation>Courier</translation>
    </message>
    <message>
        <source>发烧</source>
        <translation>a fever</translation>
    </message>
    <message>
        <source>发烧复测</source>
        <translation>measuring a fever again</translation>
    </message>
    <message>
        <source>红码</source>
        <translation>Red</translation>
    </message>
    <message>
        <source>黄码</source>
        <translation>Yellow</translation>
    </message>
    <message>
        <source>过期的证</source>
        <translation>an expired pass</translation>
    </message>
    <message>
        <source>截图</source>
        <translation>a screenshot</translation>
    </message>
    <message>
        <source>借别人的码</source>
        <translation>a borrowed code</translation>
    </message>
    <message>
        <source>访客</source>
        <translation>Visitor</translation>
    </message>
    <message>
        <source>外来的码</source>
        <translation>a code from elsewhere</translation>
    </message>
    <message>
        <source>平常的人不用按键，等它自己出结果就行。</source>
        <translation>Everyday people need no key: wait for the verdict.</translation>
    </message>
    <message>
        <source>拿纸证的人不用按键，等它自己出结果就行。</source>
        <translation>A paper pass needs no key: wait for the verdict.</translation>
    </message>
    <message>
        <source>没手机的老人：按 F1，点楼号，再点名字。</source>
        <translation>An elder without a phone: press F1, tap the building, then the name.</translation>
    </message>
    <message>
        <source>码打不开不怪人：按 F1，从名单里找。</source>
        <translation>If a code does not load: press F1 and find them in the list.</translation>
    </message>
    <message>
        <source>跟大人来的孩子：按 F1，点“孩子”，让孩子自己量一次。</source>
        <translation>A child with a parent: press F1, tap the child, and let the child be measured.</translation>
    </message>
    <message>
        <source>额头太冷量不准：按 F3，填体温枪上的数。</source>
        <translation>A cold forehead cannot be measured: press F3 and type what the gun shows.</translation>
    </message>
    <message>
        <source>快递员要看核酸：按 F6，看着他的手机点。</source>
        <translation>A courier must show a test: press F6 and tap what the phone says.</translation>
    </message>
    <message>
        <source>发烧的人要等 3 分钟再测，先别改成通行。</source>
        <translation>With a fever one waits 3 minutes and is measured again: do not let them pass yet.</translation>
    </message>
    <message>
        <source>歇过的人：用体温枪再量一次，按 F3 填上。</source>
        <translation>After the rest: measure with the gun, press F3 and type it.</translation>
    </message>
    <message>
        <source>红码谁说情都不放：请他站到一边，打电话给社区。</source>
        <translation>Nobody passes with a red code: ask them to step aside, call the community.</translation>
    </message>
    <message>
        <source>黄码先不放：请他等一等，问社区。</source>
        <translation>Yellow does not pass yet: ask them to wait, ask the community.</translation>
    </message>
    <message>
        <source>证过期了先不放：请他去换一张新的。</source>
        <translation>An expired pass does not pass: ask them to get a new one.</translation>
    </message>
    <message>
        <source>截图不算：请他当面把码刷新一下。</source>
        <translation>A screenshot does not count: ask them to reload the code in front of you.</translation>
    </message>
    <message>
        <source>这个码刚进去过：问清楚他自己是谁。</source>
        <translation>This code went in just now: ask who they are.</translation>
    </message>
    <message>
        <source>不认识的访客：按 F1，再点“不认识”，打电话问住户。</source>
        <translation>An unknown visitor: press F1, then &quot;Unknown&quot;, and phone the resident.</translation>
    </message>
    <message>
        <source>外来的码先不放：问他找哪一家。</source>
        <translation>A code from elsewhere does not pass yet: ask whom they visit.</translation>
    </message>
    <message>
        <source>第 {number} 位，共 {count} 位 · 做对 {right} 位 · 还有 {left}</source>
        <translation>Person {number} of {count} · {right} right · {left} left</translation>
    </message>
    <message>
        <source>提示：{lesson}</source>
        <translation>Hint: {lesson}</translation>
    </message>
    <message>
        <source>对了，不用您动手</source>
        <translation>Right: nothing to do</translation>
    </message>
    <message>
        <source>对了：{name}</source>
        <translation>Right: {name}</translation>
    </message>
    <message>
        <source>练习</source>
        <translation>Practice</translation>
    </message>
    <message>
        <source>结束</source>
        <translation>End</translation>
    </message>
    <message>
        <source>做对了：{names}</source>
        <translation>Done well: {names}</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>还没有开始呢，随时可以再来。</source>
        <translation>Nothing has begun yet. Come back any time.</translation>
    </message>
    <message>
        <source>全对！您可以上岗了。</source>
        <translation>All right! You are ready for the gate.</translation>
    </message>
    <message>
        <source>都对！再快一点，就能把三十位都见一遍。</source>
        <translation>All right! A little faster, and you will meet all thirty.</translation>
    </message>
    <message>
        <source>很好！再练一次就更熟了。</source>
        <translation>Very good! Once more, and it comes by itself.</translation>
    </message>
    <message>
        <source>不错，一大半都会了。下面几样再练练。</source>
        <translation>Good, you can do more than half. Practise these:</translation>
    </message>
    <message>
        <source>别急，谁都是从头学的。看看下面，再来一次。</source>
        <translation>No hurry, everybody starts like this. Read these and try again.</translation>
    </message>
    <message>
        <source>平均每人 {seconds} 秒。</source>
        <translation>{seconds} seconds each on average. </translation>
    </message>
    <message>
        <source>最久的是{who}，{seconds} 秒。</source>
        <translation>Longest: {who}, {seconds} seconds. </translation>
    </message>
    <message>
        <source>还有 {count} 位没来得及，不算错。</source>
        <translation>{count} more did not get their turn; that is no mistake.</translation>
    </message>
</context>
<context>
    <name>prompts</name>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>这张证书分成 {total} 张码，看到第 {number} 张了</source>
        <translation>Code {number} of the {total} in this certificate was seen</translation>
    </message>
    <message>
        <source>还差第 {missing} 张，请他接着亮</source>
        <translation>Still missing: {missing}. Ask them to go on</translation>
    </message>
    <message>
        <source>下一张码</source>
        <translation>NEXT CODE</translation>
    </message>
    <message>
        <source>SHOW THE NEXT CODE</source>
        <comment>other language</comment>
        <translation>请亮下一张码</translation>
    </message>
</context>
<context>
    <name>recheck</name>
    <message>
        <source>可以复测了</source>
        <translation>Measure now</translation>
    </message>
    <message>
        <source>过点了，人呢？</source>
        <translation>Late: where?</translation>
    </message>
    <message>
        <source>没有码 {time}</source>
        <translation>No code {time}</translation>
    </message>
    <message>
        <source>没登记 {time}</source>
        <translation>Unlisted {time}</translation>
    </message>
    <message>
        <source>等复测 {count} 人</source>
        <translation>{count} to recheck</translation>
    </message>
    <message>
        <source>上次 {value} 度，高过 {count} 次</source>
        <translation>Last {value} °C, high {count}×</translation>
    </message>
    <message>
        <source>用水银或电子体温计</source>
        <translation>Use a clinical thermometer</translation>
    </message>
    <message>
        <source>换手腕，或换一支体温枪</source>
        <translation>Wrist, or another gun</translation>
    </message>
    <message>
        <source>可以复测了：{name}，按 F4</source>
        <translation>To be measured now: {name} (F4)</translation>
    </message>
    <message>
        <source>{name} 体温 {value} 度，没复测就走了</source>
        <translation>{name}, {value} °C, left without a recheck</translation>
    </message>
    <message>
        <source>请去找他；{call}</source>
        <translation>Find them. {call}</translation>
    </message>
    <message>
        <source>请他别进去，戴好口罩
{call}</source>
        <translation>Keep them outside with a mask on
{call}</translation>
    </message>
    <message>
        <source>打电话给{doctor}</source>
        <translation>Call {doctor}</translation>
    </message>
    <message>
        <source>打电话给社区医生</source>
        <translation>Call the community doctor</translation>
    </message>
    <message>
        <source>还要等 {n} 分</source>
        <translation>{n} min left</translation>
    </message>
    <message>
        <source>还要等 {n} 秒</source>
        <translation>{n} s left</translation>
    </message>
</context>
<context>
    <name>recovery</name>
    <message>
        <source>存恢复码</source>
        <translation>Save the recovery key</translation>
    </message>
    <message>
        <source>存好了：{file}。打印以后请把这个文件删掉。</source>
        <translation>Saved: {file}. Delete the file once it is printed.</translation>
    </message>
</context>
<context>
    <name>refusal</name>
    <message>
        <source>卡口</source>
        <translation>Gate</translation>
    </message>
    <message>
        <source>卡口没有打开</source>
        <translation>The gate did not open</translation>
    </message>
    <message>
        <source>先用纸笔登记；马上打电话给管理员</source>
        <translation>Write on paper; ring the admin now</translation>
    </message>
    <message>
        <source>关掉</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>retention</name>
    <message>
        <source>记录里出示的码</source>
        <translation>Codes shown</translation>
    </message>
    <message>
        <source>谁什么时候进出</source>
        <translation>Who passed when</translation>
    </message>
    <message>
        <source>人最后在里面还是外面</source>
        <translation>Who was inside last</translation>
    </message>
    <message>
        <source>访客登记</source>
        <translation>Visitors</translation>
    </message>
    <message>
        <source>代办的事</source>
        <translation>Errands</translation>
    </message>
    <message>
        <source>值班和交班单</source>
        <translation>Shifts and hand-over sheets</translation>
    </message>
    <message>
        <source>报给中心的吹哨和求助</source>
        <translation>Whistles and calls for help told to the center</translation>
    </message>
    <message>
        <source>情况是谁说的</source>
        <translation>Who told a fact</translation>
    </message>
    <message>
        <source>回溯任务和复测名单</source>
        <translation>Look-backs and rechecks</translation>
    </message>
    <message>
        <source>办完的双人申请</source>
        <translation>Settled two-person requests</translation>
    </message>
    <message>
        <source>名册改动前的内容</source>
        <translation>Former roster values</translation>
    </message>
    <message>
        <source>没有主人的码</source>
        <translation>Codes of nobody</translation>
    </message>
    <message>
        <source>操作时写的原因</source>
        <translation>Reasons typed</translation>
    </message>
    <message>
        <source>过期的出入证</source>
        <translation>Passes that are over</translation>
    </message>
    <message>
        <source>名册里的人</source>
        <translation>Person in the roster</translation>
    </message>
    <message>
        <source>绑定的码</source>
        <translation>Codes bound</translation>
    </message>
    <message>
        <source>电话和证件号</source>
        <translation>Phones and ID numbers</translation>
    </message>
    <message>
        <source>监护和代办关系</source>
        <translation>Guardians and proxies</translation>
    </message>
    <message>
        <source>名册以前的内容</source>
        <translation>Former roster values</translation>
    </message>
    <message>
        <source>健康和隔离情况</source>
        <translation>Health and isolation</translation>
    </message>
    <message>
        <source>双人申请</source>
        <translation>Two-person requests</translation>
    </message>
    <message>
        <source>进出轨迹</source>
        <translation>Movements</translation>
    </message>
    <message>
        <source>出入证（同时作废）</source>
        <translation>Gate passes (revoked too)</translation>
    </message>
    <message>
        <source>回溯任务</source>
        <translation>Look-back tasks</translation>
    </message>
    <message>
        <source>别人写的话里提到的地方</source>
        <translation>places where others named them</translation>
    </message>
    <message>
        <source>别人写的话里有 {count} 处提到同样的名字或号码：</source>
        <translation>In what others wrote, {count} places have the same name or number:</translation>
    </message>
    <message>
        <source>{where}：{said}</source>
        <translation>{where}: {said}</translation>
    </message>
    <message>
        <source>这不是本程序的备份文件，请另选一个</source>
        <translation>This is no backup of this program; choose another</translation>
    </message>
    <message>
        <source>这份备份是新版程序做的，请先更新本程序</source>
        <translation>This backup was made by a newer version; update first</translation>
    </message>
    <message>
        <source>口令不对。口令分大小写，空格也算</source>
        <translation>Wrong passphrase. Capitals and spaces count</translation>
    </message>
    <message>
        <source>备份文件不完整，只有前 {size} 是好的：可能没拷完，请从原来的 U 盘再拷一次</source>
        <translation>The backup is cut off after {size}: copy it again from the stick</translation>
    </message>
    <message>
        <source>备份文件在 {size} 处坏了：请换一份备份，或者从原来的 U 盘再拷一次</source>
        <translation>The backup is damaged at {size}: take another, or copy it again from the stick</translation>
    </message>
    <message>
        <source>以前导出的表格和做过的备份不在这里，本程序删不到：到期了请自己删掉。</source>
        <translation>Earlier exports and backups are not here and cannot be erased by this program: delete them yourselves when they are due.</translation>
    </message>
    <message>
        <source>个人信息删除回执</source>
        <translation>Receipt: personal data erased</translation>
    </message>
    <message>
        <source>{gate} · 第 {number} 号 · {day}</source>
        <translation>{gate} · No. {number} · {day}</translation>
    </message>
    <message>
        <source>应本人要求，下面这些个人信息已经从这台卡口电脑里删除，不能恢复：</source>
        <translation>On request, this personal data was erased from this gate&apos;s computer for good:</translation>
    </message>
    <message>
        <source>{kind}：{count}</source>
        <translation>{kind}: {count}</translation>
    </message>
    <message>
        <source>进出记录本身（时间、方向、体温、结果）依规定保留，已经不带姓名和码，只剩一个没有主人的代号。</source>
        <translation>The passages themselves (time, way, temperature, result) are kept as the rules demand, without name or code, under an id of nobody.</translation>
    </message>
    <message>
        <source>中心收到过的那一份，由中心删除：请把这张回执交给中心。还没送出的 {count} 条，送出时不带个人信息。</source>
        <translation>What the center has received, the center erases: hand it this receipt. {count} not sent yet will go without personal data.</translation>
    </message>
    <message>
        <source>以前导出的表格、打印的名单和做过的备份，由保管的人另行销毁。</source>
        <translation>Earlier exports, printed lists and backups are destroyed by whoever keeps them.</translation>
    </message>
    <message>
        <source>记录校验：第 {number} 条，{head}</source>
        <translation>Chain: entry {number}, {head}</translation>
    </message>
    <message>
        <source>个人信息：{day} 应本人要求删除了</source>
        <translation>Personal data: erased on request on {day}</translation>
    </message>
    <message>
        <source>个人信息：过了保存期，已经删除</source>
        <translation>Personal data: past its time, erased</translation>
    </message>
</context>
<context>
    <name>rota</name>
    <message>
        <source>日期看不懂，请写成 4-17 或 2022-04-17</source>
        <translation>Cannot read the day: write 4-17 or 2022-04-17</translation>
    </message>
    <message>
        <source>时间看不懂，请写成 7:00 或 19:30</source>
        <translation>Cannot read the time: write 7:00 or 19:30</translation>
    </message>
    <message>
        <source>“从”和“到”一样，请改一个</source>
        <translation>&quot;From&quot; and &quot;to&quot; are the same: change one</translation>
    </message>
    <message>
        <source>不到半小时，不像一个班，请核对时间</source>
        <translation>Less than half an hour is no shift: check the times</translation>
    </message>
    <message>
        <source>超过 16 小时，一个人撑不住，请分成两班</source>
        <translation>More than 16 hours is too much for anybody: make two shifts</translation>
    </message>
    <message>
        <source>这个班已经过去了，请核对日期</source>
        <translation>This shift is over: check the day</translation>
    </message>
    <message>
        <source>最多排两个月，请核对日期</source>
        <translation>Two months ahead at most: check the day</translation>
    </message>
    <message>
        <source>要几个人，请写 1 到 20</source>
        <translation>How many people: a number from 1 to 20</translation>
    </message>
    <message>
        <source>连续几天，请写 1 到 31</source>
        <translation>For how many days: a number from 1 to 31</translation>
    </message>
    <message>
        <source>和已经有的班撞上了，请改时间，或者先取消那个班</source>
        <translation>Another shift is at that time: change the time, or cancel the other one first</translation>
    </message>
    <message>
        <source>请写上名字</source>
        <translation>Please write a name</translation>
    </message>
    <message>
        <source>名字最多 20 个字</source>
        <translation>A name has 20 characters at most</translation>
    </message>
    <message>
        <source>这个名字已经报过了</source>
        <translation>This name is there already</translation>
    </message>
    <message>
        <source>这个班人够了，谢谢！请看看别的班</source>
        <translation>This shift is full, thank you! Please look at another</translation>
    </message>
    <message>
        <source>这个人同一时间报了别的班</source>
        <translation>They are down for another shift at that time</translation>
    </message>
    <message>
        <source>这个班已经过去了</source>
        <translation>This shift is over</translation>
    </message>
    <message>
        <source>这个班或者这个名字已经不在了，请再看一遍表</source>
        <translation>This shift or this name is gone: look at the rota again</translation>
    </message>
    <message>
        <source>{day}：{why}</source>
        <translation>{day}: {why}</translation>
    </message>
    <message>
        <source>今天</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>明天</source>
        <translation>Tomorrow</translation>
    </message>
    <message>
        <source>{when} 的班还没有人 · F10 值班</source>
        <translation>Nobody for the shift {when} · F10 Shifts</translation>
    </message>
    <message>
        <source>{when} 的班还差 {count} 人 · F10 值班</source>
        <translation>Shift {when}: {count} missing · F10 Shifts</translation>
    </message>
    <message>
        <source>{when} 没有人</source>
        <translation>{when} nobody</translation>
    </message>
    <message>
        <source>{when} 差 {count} 人</source>
        <translation>{when} {count} missing</translation>
    </message>
    <message>
        <source>24 小时内缺人：{shifts}。请打电话问问谁能来。</source>
        <translation>Missing within 24 hours: {shifts}. Please phone and ask.</translation>
    </message>
    <message>
        <source>；</source>
        <translation>; </translation>
    </message>
    <message>
        <source>排班要管理员来做；报名谁都可以</source>
        <translation>Only an admin plans shifts; everybody may sign up</translation>
    </message>
    <message>
        <source>两人都签了</source>
        <translation>both signed</translation>
    </message>
    <message>
        <source>没有人接班</source>
        <translation>nobody took over</translation>
    </message>
    <message>
        <source>这张交班单已经过了保存期</source>
        <translation>This sheet is past the retention</translation>
    </message>
    <message>
        <source>人不在</source>
        <translation>was not there</translation>
    </message>
</context>
<context>
    <name>selftest</name>
    <message>
        <source>摄像头</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>测温仪</source>
        <translation>Thermometer</translation>
    </message>
    <message>
        <source>扫码枪</source>
        <translation>Scanner</translation>
    </message>
    <message>
        <source>声音</source>
        <translation>Sound</translation>
    </message>
    <message>
        <source>硬盘</source>
        <translation>Disk</translation>
    </message>
    <message>
        <source>登记本</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>规则和名单</source>
        <translation>Rules, lists</translation>
    </message>
    <message>
        <source>断网也能判</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>恢复码</source>
        <translation>Recovery key</translation>
    </message>
    <message>
        <source>看得见，也读到了码</source>
        <translation>sees, and has read a code</translation>
    </message>
    <message>
        <source>看得见</source>
        <translation>sees</translation>
    </message>
    <message>
        <source>举一个码给它看，更放心</source>
        <translation>Hold a code up to it, to be sure</translation>
    </message>
    <message>
        <source>一片黑</source>
        <translation>all dark</translation>
    </message>
    <message>
        <source>看看镜头盖拿掉了没有，灯开了没有</source>
        <translation>Is the lens cap off, and the lamp on?</translation>
    </message>
    <message>
        <source>没有画面</source>
        <translation>no picture</translation>
    </message>
    <message>
        <source>把摄像头的 USB 线拔下再插；没有它也能按 F1 登记</source>
        <translation>Pull its USB plug and put it back. Without it, F1 still works</translation>
    </message>
    <message>
        <source>没有接</source>
        <translation>not plugged in</translation>
    </message>
    <message>
        <source>插上 USB 摄像头；没有它也能按 F1 登记</source>
        <translation>Plug in a USB camera. Without it, F1 still works</translation>
    </message>
    <message>
        <source>别的程序正在用</source>
        <translation>another program is using it</translation>
    </message>
    <message>
        <source>大门开着的话，请在“管理 → 自检”里看</source>
        <translation>If the gate is open, look at &quot;Admin → Self-test&quot;</translation>
    </message>
    <message>
        <source>有读数，{0} ℃</source>
        <translation>reads {0} ℃</translation>
    </message>
    <message>
        <source>读数不对，{0} ℃</source>
        <translation>reads nonsense: {0} ℃</translation>
    </message>
    <message>
        <source>擦擦探头，离开太阳和暖风；还不对就用体温枪，按 F3 填</source>
        <translation>Wipe it, away from sun and warm air; else use the thermometer gun and F3</translation>
    </message>
    <message>
        <source>接着，但没有读数</source>
        <translation>plugged in, but gives no reading</translation>
    </message>
    <message>
        <source>看看它的电源；还没有就用体温枪，按 F3 填</source>
        <translation>Check its power; else use the thermometer gun and F3</translation>
    </message>
    <message>
        <source>插回原来的 USB 口；没有就用体温枪，按 F3 填</source>
        <translation>Put it back into its USB socket; else use the thermometer gun and F3</translation>
    </message>
    <message>
        <source>没有选</source>
        <translation>none chosen</translation>
    </message>
    <message>
        <source>用体温枪量，按 F3 填；有测温仪就在“管理 → 设备”里选</source>
        <translation>Use the thermometer gun and F3, or choose one in &quot;Admin → Devices&quot;</translation>
    </message>
    <message>
        <source>接好了</source>
        <translation>connected</translation>
    </message>
    <message>
        <source>插回原来的 USB 口；摄像头也能读码</source>
        <translation>Put it back into its USB socket; the camera reads codes too</translation>
    </message>
    <message>
        <source>能响</source>
        <translation>can be heard</translation>
    </message>
    <message>
        <source>听不见就把喇叭的音量拧大</source>
        <translation>If you hear nothing, turn the speaker up</translation>
    </message>
    <message>
        <source>没有喇叭</source>
        <translation>no speaker</translation>
    </message>
    <message>
        <source>插上喇叭；没有声音也能用，结果看屏幕</source>
        <translation>Plug in a speaker. It works without: watch the screen</translation>
    </message>
    <message>
        <source>这里看不出来</source>
        <translation>cannot be told here</translation>
    </message>
    <message>
        <source>打开卡口听一听</source>
        <translation>Open the gate and listen</translation>
    </message>
    <message>
        <source>能写，还有 {0}</source>
        <translation>can be written, {0} free</translation>
    </message>
    <message>
        <source>能写，还有 {0}，慢慢要满了</source>
        <translation>can be written, {0} free: it is filling up</translation>
    </message>
    <message>
        <source>快满了，只有 {0}</source>
        <translation>nearly full, only {0} free</translation>
    </message>
    <message>
        <source>满了，什么都写不下</source>
        <translation>full, nothing can be written</translation>
    </message>
    <message>
        <source>请管理员删掉不用的文件，或者换大一点的盘；登记先记在纸上</source>
        <translation>Ask an admin to delete files that are not needed, or for a larger disk; write on paper until then</translation>
    </message>
    <message>
        <source>规则 {0}；信任名单有 {1} 份读不出来，靠它查的码都验不了</source>
        <translation>rules {0}; trust lists that cannot be read: {1}. Codes that need them cannot be checked</translation>
    </message>
    <message>
        <source>请管理员运行 station trust list 看是哪份，重新导入</source>
        <translation>Ask an admin to run station trust list, and to import that list again</translation>
    </message>
    <message>
        <source>请管理员在“管理 → 人员”里导入名单</source>
        <translation>Ask an admin to import the list under Admin → People</translation>
    </message>
    <message>
        <source>这几天删掉不用的文件，或者换大一点的盘</source>
        <translation>Delete files that are not needed these days, or fit a larger disk</translation>
    </message>
    <message>
        <source>删掉不用的文件，或者换大一点的盘</source>
        <translation>Delete what is not needed, or use a larger disk</translation>
    </message>
    <message>
        <source>写不进去</source>
        <translation>cannot be written</translation>
    </message>
    <message>
        <source>请管理员看硬盘和文件夹的权限；登记先记在纸上</source>
        <translation>Ask the admin about disk and folder; write on paper meanwhile</translation>
    </message>
    <message>
        <source>完好，最近 {0} 条都对得上</source>
        <translation>intact, the last {0} entries fit</translation>
    </message>
    <message>
        <source>还没有记录</source>
        <translation>no entries yet</translation>
    </message>
    <message>
        <source>最近 {0} 条里有对不上的</source>
        <translation>something in the last {0} entries does not fit</translation>
    </message>
    <message>
        <source>不要删文件；请管理员运行 station journal check</source>
        <translation>Delete nothing; ask the admin to run station journal check</translation>
    </message>
    <message>
        <source>读不出来</source>
        <translation>cannot be read</translation>
    </message>
    <message>
        <source>不要删文件，请联系管理员；登记先记在纸上</source>
        <translation>Delete nothing, call the admin; write on paper meanwhile</translation>
    </message>
    <message>
        <source>正常</source>
        <translation>normal</translation>
    </message>
    <message>
        <source>比最后一条登记还早</source>
        <translation>earlier than the last entry</translation>
    </message>
    <message>
        <source>请把电脑的时间调准</source>
        <translation>Set this PC&apos;s clock right</translation>
    </message>
    <message>
        <source>和中心差 {0} 分钟</source>
        <translation>{0} minutes from the center&apos;s</translation>
    </message>
    <message>
        <source>规则 {0}</source>
        <translation>rules {0}</translation>
    </message>
    <message>
        <source>规则 {0}；中心的名单 {1} 小时没更新了</source>
        <translation>rules {0}; the center&apos;s lists are {1} hours old</translation>
    </message>
    <message>
        <source>看看网线；连不上就请中心用 U 盘送名单</source>
        <translation>Check the network; else ask the center for the lists on a USB stick</translation>
    </message>
    <message>
        <source>规则用不了</source>
        <translation>the rules cannot be used</translation>
    </message>
    <message>
        <source>请管理员在“管理 → 规则”里换一份</source>
        <translation>Ask the admin to choose others in &quot;Admin → Rules&quot;</translation>
    </message>
    <message>
        <source>拿 {1} 位住户试了，都有结果</source>
        <translation>tried with {1} residents, all decided</translation>
    </message>
    <message>
        <source>{1} 位住户里只有 {0} 位有结果</source>
        <translation>only {0} of {1} residents decided</translation>
    </message>
    <message>
        <source>请管理员看登记本和钥匙文件；先按 F1 人工放行</source>
        <translation>Ask the admin about journal and keys; use F1 meanwhile</translation>
    </message>
    <message>
        <source>名单还是空的</source>
        <translation>the list is still empty</translation>
    </message>
    <message>
        <source>数据锁着，没有试</source>
        <translation>The data is locked, so it was not tried</translation>
    </message>
    <message>
        <source>有人在大门上签到以后再测一次</source>
        <translation>Test again after somebody has signed in at the gate</translation>
    </message>
    <message>
        <source>做过了，那张纸要锁好</source>
        <translation>was made; keep the paper locked away</translation>
    </message>
    <message>
        <source>还没有：管理员忘了密码就进不去了</source>
        <translation>none yet: an admin who forgets the PIN is locked out</translation>
    </message>
    <message>
        <source>请管理员到“管理 → 值班 → 账号”点“新的恢复码”，打印好锁起来</source>
        <translation>Admin: Admin → Shifts → Accounts, &quot;New recovery key&quot;; print it and lock it away</translation>
    </message>
    <message>
        <source>名单读不出来</source>
        <translation>the list cannot be read</translation>
    </message>
    <message>
        <source>不要删文件，请联系管理员</source>
        <translation>Delete nothing, call the admin</translation>
    </message>
    <message>
        <source>，照今天的用量大约够 {0} 天</source>
        <translation>, for about {0} days at today&apos;s rate</translation>
    </message>
    <message>
        <source>规则 {0}；中心的名单是 {1} 小时前的</source>
        <translation>rules {0}; the center&apos;s lists are {1} hours old</translation>
    </message>
    <message>
        <source>自检：{names}有问题，请看“管理 → 自检”</source>
        <translation>Self-test: look at {names} in &quot;Admin → Self-test&quot;</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>练习已经开着了。</source>
        <translation>Practice is open already.</translation>
    </message>
    <message>
        <source>练习打不开。</source>
        <translation>Practice does not open.</translation>
    </message>
</context>
<context>
    <name>trace</name>
    <message>
        <source>第几条</source>
        <translation>Entry</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>相差（分钟）</source>
        <translation>Apart (min)</translation>
    </message>
    <message>
        <source>时间准不准</source>
        <translation>Time sure</translation>
    </message>
    <message>
        <source>进出</source>
        <translation>Way</translation>
    </message>
    <message>
        <source>判定</source>
        <translation>Verdict</translation>
    </message>
    <message>
        <source>关系</source>
        <translation>Relation</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>房号</source>
        <translation>Dwelling</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>还在里面</source>
        <translation>Still inside</translation>
    </message>
    <message>
        <source>通道</source>
        <translation>Lane</translation>
    </message>
    <message>
        <source>流调名单</source>
        <translation>Tracing list</translation>
    </message>
    <message>
        <source>卡口</source>
        <translation>Gate</translation>
    </message>
    <message>
        <source>查询时间</source>
        <translation>Asked at</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>打码</source>
        <translation>masked</translation>
    </message>
    <message>
        <source>全名</source>
        <translation>in full</translation>
    </message>
    <message>
        <source>前后 {minutes:g} 分钟</source>
        <translation>{minutes:g} min around</translation>
    </message>
    <message>
        <source>第 {number} 条</source>
        <translation>entry {number}</translation>
    </message>
    <message>
        <source>一个人最近 {days} 天</source>
        <translation>one person, last {days} days</translation>
    </message>
    <message>
        <source>{what}，{minutes}</source>
        <translation>{what}, {minutes}</translation>
    </message>
    <message>
        <source>同时段 {people} 人</source>
        <translation>people near: {people}</translation>
    </message>
    <message>
        <source>同户 {people} 人</source>
        <translation>{people} of the household</translation>
    </message>
    <message>
        <source>现在还在里面 {people} 人</source>
        <translation>{people} still inside</translation>
    </message>
    <message>
        <source>本人过门 {times} 次</source>
        <translation>passed {times}×</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>▲ 有 {count} 条的时间说不准：电脑的钟被拨过，或者停过机。宁可多问，不要漏人</source>
        <translation>▲ The time of {count} is not sure: the PC&apos;s clock was turned, or it was off. Better ask too many than miss one</translation>
    </message>
    <message>
        <source>出</source>
        <translation>out</translation>
    </message>
    <message>
        <source>进</source>
        <translation>in</translation>
    </message>
    <message>
        <source>本人</source>
        <translation>self</translation>
    </message>
    <message>
        <source>同户</source>
        <translation>household</translation>
    </message>
    <message>
        <source>不知道</source>
        <translation>not known</translation>
    </message>
    <message>
        <source>在</source>
        <translation>yes</translation>
    </message>
    <message>
        <source>不在</source>
        <translation>no</translation>
    </message>
    <message>
        <source>准</source>
        <translation>yes</translation>
    </message>
    <message>
        <source>说不准</source>
        <translation>not sure</translation>
    </message>
    <message>
        <source>不认识的码 {code}</source>
        <translation>unknown code {code}</translation>
    </message>
    <message>
        <source>不知道是谁</source>
        <translation>somebody unknown</translation>
    </message>
    <message>
        <source>不在这段时间</source>
        <translation>not near</translation>
    </message>
    <message>
        <source>{minutes:+.0f} 分</source>
        <translation>{minutes:+.0f} min</translation>
    </message>
    <message>
        <source>同时</source>
        <translation>same time</translation>
    </message>
    <message>
        <source>没有第 {number} 条，请看“记录”里的号</source>
        <translation>There is no entry {number}; see the numbers under Entries</translation>
    </message>
    <message>
        <source>要看全名，请先写明为什么</source>
        <translation>Say first why you need the names</translation>
    </message>
    <message>
        <source>名单上超过 {most} 个人，全名要管理员和保安（或另一位管理员）两个人签</source>
        <translation>More than {most} people are on the list: full names take the signatures of an admin and a guard (or a second admin)</translation>
    </message>
</context>
<context>
    <name>visitors</name>
    <message>
        <source>访客要走</source>
        <translation>Leaving</translation>
    </message>
    <message>
        <source>代收</source>
        <translation>Parcels</translation>
    </message>
    <message>
        <source>代办</source>
        <translation>Errands</translation>
    </message>
    <message>
        <source> · {late} 超时</source>
        <translation>, {late} late</translation>
    </message>
    <message>
        <source>预约 {hours}</source>
        <translation>Announced {hours}</translation>
    </message>
    <message>
        <source>还有 {count} 位</source>
        <translation>{count} to come</translation>
    </message>
    <message>
        <source>尾号 {tail}</source>
        <translation>phone …{tail}</translation>
    </message>
    <message>
        <source>放东西，不进去</source>
        <translation>Leaves a parcel</translation>
    </message>
    <message>
        <source>托我们办事</source>
        <translation>An errand for us</translation>
    </message>
    <message>
        <source>没去过</source>
        <translation>No</translation>
    </message>
    <message>
        <source>去过</source>
        <translation>Yes</translation>
    </message>
    <message>
        <source>他没有码</source>
        <translation>Has no code</translation>
    </message>
    <message>
        <source>记下姓</source>
        <translation>Note the surname</translation>
    </message>
    <message>
        <source>有几户像，请点一下是哪一户</source>
        <translation>Several fit: please tap the right house</translation>
    </message>
    <message>
        <source>没有 {house} 这一户。请再问一遍门牌；还是没有，请他给住户打电话</source>
        <translation>No house {house}. Please ask again; if it stays so, let them phone the resident</translation>
    </message>
    <message>
        <source>现在看的是出去的人，先按 F12 换成“进”，再登记访客</source>
        <translation>People go out now: press F12 for in, then take down the visitor</translation>
    </message>
    <message>
        <source>这里规定要留手机号</source>
        <translation>Here a phone number is a must</translation>
    </message>
    <message>
        <source>位数不对，手机号是 11 位，请再看一眼</source>
        <translation>The number of digits is wrong (11 for a mobile), please look again</translation>
    </message>
    <message>
        <source>记下了，姓{surname}</source>
        <translation>Noted: {surname}</translation>
    </message>
    <message>
        <source>记好了：{house} 的访客走了</source>
        <translation>Noted: the visitor of {house} left</translation>
    </message>
    <message>
        <source>记好了：{house}，{kind}。没有别的就按返回</source>
        <translation>Noted: {house}, {kind}. Nothing else? Go back</translation>
    </message>
    <message>
        <source>记好了：{house} 的{kind}，{ending}</source>
        <translation>Noted: {house}, {kind}: {ending}</translation>
    </message>
    <message>
        <source>{house} 的{kind}，已经有人记过了</source>
        <translation>{house}, {kind}: somebody noted it before</translation>
    </message>
    <message>
        <source>超时 {long}</source>
        <translation>late {long}</translation>
    </message>
    <message>
        <source>访客、代收、代办：哪一户？</source>
        <translation>Visitors, parcels: which house?</translation>
    </message>
    <message>
        <source>{house}：来做什么？</source>
        <translation>{house}: what for?</translation>
    </message>
    <message>
        <source>{house}：访客的手机号？</source>
        <translation>{house}: visitor&apos;s phone?</translation>
    </message>
    <message>
        <source>请问他：14 天里去过重点区域吗？</source>
        <translation>Ask them: in a key area within 14 days?</translation>
    </message>
    <message>
        <source>{house} 的访客：请他亮健康码</source>
        <translation>{house}: please show the code</translation>
    </message>
    <message>
        <source>访客贵姓？</source>
        <translation>The visitor&apos;s surname?</translation>
    </message>
    <message>
        <source>里面的访客：谁要走？</source>
        <translation>Visitors inside: who leaves?</translation>
    </message>
    <message>
        <source>代收的东西：哪一件拿走了？</source>
        <translation>Parcels: which one is gone?</translation>
    </message>
    <message>
        <source>{house}：放下的是什么？</source>
        <translation>{house}: what was left?</translation>
    </message>
    <message>
        <source>代办的事：哪一件？</source>
        <translation>Errands: which one?</translation>
    </message>
    <message>
        <source>{house}：要办什么？</source>
        <translation>{house}: what is to be done?</translation>
    </message>
    <message>
        <source>{house} 的{kind}：谁拿走的？</source>
        <translation>{house}, {kind}: who took it?</translation>
    </message>
    <message>
        <source>{house} {kind}：办得怎样？</source>
        <translation>{house}, {kind}: how did it go?</translation>
    </message>
    <message>
        <source>现在看的是出去的人。新来的访客：先按 F12 换成“进”</source>
        <translation>People go out now. For a new visitor press F12 first</translation>
    </message>
    <message>
        <source>打门牌的数字，3-2-501 就打 32501；今天预约的，点名字就行</source>
        <translation>Type the digits: 32501 for 3-2-501; announced today: tap the name</translation>
    </message>
    <message>
        <source>这里要留手机号，打完按确定</source>
        <translation>A phone number is needed here; then OK</translation>
    </message>
    <message>
        <source>不肯留，直接按确定</source>
        <translation>If they would rather not: just OK</translation>
    </message>
    <message>
        <source>打门牌的数字，3-2-501 就打 32501</source>
        <translation>Type the digits: 32501 for 3-2-501</translation>
    </message>
    <message>
        <source>亮一下就行。名单里的人照常过，不影响他</source>
        <translation>Just hold it up. Residents may go on passing meanwhile</translation>
    </message>
    <message>
        <source>点一下就算他走了；打门牌可以找</source>
        <translation>A tap means gone; digits find a house</translation>
    </message>
    <message>
        <source>打门牌可以找</source>
        <translation>Digits find a house</translation>
    </message>
    <message>
        <source>是这一户就按“确定”，也可以按回车</source>
        <translation>If this is the home, press OK or Enter</translation>
    </message>
    <message>
        <source>接着打门牌，或者点是哪一户</source>
        <translation>Type on, or tap the home</translation>
    </message>
    <message>
        <source>打完门牌按“确定”</source>
        <translation>Type the house, then OK</translation>
    </message>
    <message>
        <source>这一户没有</source>
        <translation>Nothing for this house</translation>
    </message>
    <message>
        <source>没有了</source>
        <translation>Nothing left</translation>
    </message>
    <message>
        <source>有 {count} 件代收代办超时了，请催一催</source>
        <translation>Overdue parcels or errands: {count}. Please see to them</translation>
    </message>
    <message>
        <source>这个预约刚取消了。请打门牌，当普通访客登记</source>
        <translation>This announcement was just withdrawn. Type the house and take them down as a visitor</translation>
    </message>
    <message>
        <source>登记本的钥匙打不开，请叫管理员</source>
        <translation>The journal&apos;s key does not open it, please call the admin</translation>
    </message>
</context>
<context>
    <name>wizard</name>
    <message>
        <source>卡口 · 设置</source>
        <translation>Kakou · set-up</translation>
    </message>
    <message>
        <source>管理员</source>
        <translation>Admin</translation>
    </message>
    <message>
        <source>照旧，不改</source>
        <translation>As it is now</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>码有效</source>
        <translation>The code is valid</translation>
    </message>
    <message>
        <source>这个码刚才已经过了一次</source>
        <translation>This code passed the same way a while ago</translation>
    </message>
    <message>
        <source>请问他：出去过吗？是本人的码吗？</source>
        <translation>Ask them: have you been out? Is it your own code?</translation>
    </message>
    <message>
        <source>这个码过期了</source>
        <translation>This code has expired</translation>
    </message>
    <message>
        <source>请他刷新健康码，再亮一次</source>
        <translation>Have them refresh the code and show it again</translation>
    </message>
    <message>
        <source>您的码没问题</source>
        <translation>Your code is fine</translation>
    </message>
    <message>
        <source>这个码不是刚打开的，可能是截图</source>
        <translation>This may be a screenshot</translation>
    </message>
    <message>
        <source>请您刷新一下健康码，再亮一次</source>
        <translation>Please reload your health code and show it again</translation>
    </message>
    <message>
        <source>您的码过期了，请刷新一下</source>
        <translation>Your code has run out, please reload it</translation>
    </message>
    <message>
        <source>这个码还没到生效的时候</source>
        <translation>This code is not valid yet</translation>
    </message>
    <message>
        <source>请看码上的日期；拿不准就问社区</source>
        <translation>Look at its date; if unsure, ask the community office</translation>
    </message>
    <message>
        <source>您的码还没到日子，我们帮您问一下</source>
        <translation>Your code is not valid yet, let us ask for you</translation>
    </message>
    <message>
        <source>这张出入证作废了</source>
        <translation>This pass has been revoked</translation>
    </message>
    <message>
        <source>请打社区值班电话问；新证到社区补办</source>
        <translation>Call the duty phone; the community office makes a new pass</translation>
    </message>
    <message>
        <source>这张证作废了，社区可以给您补办</source>
        <translation>This pass was withdrawn, the community office makes you a new one</translation>
    </message>
    <message>
        <source>这个码不能在这里用</source>
        <translation>This code is not for use here</translation>
    </message>
    <message>
        <source>请他换健康码或本门的出入证</source>
        <translation>Ask for a health code or a pass for this gate</translation>
    </message>
    <message>
        <source>请您换健康码或者出入证</source>
        <translation>Please show your health code or your gate pass instead</translation>
    </message>
    <message>
        <source>这个码可能是假的</source>
        <translation>This code may be forged</translation>
    </message>
    <message>
        <source>请他稍等，打电话问社区</source>
        <translation>Ask them to wait and ring the community office</translation>
    </message>
    <message>
        <source>请您稍等，我们核对一下</source>
        <translation>Please wait a moment while we check</translation>
    </message>
    <message>
        <source>不认识发这个码的单位</source>
        <translation>The issuer of this code is unknown</translation>
    </message>
    <message>
        <source>请看证件，再打电话问社区</source>
        <translation>Look at their papers, then ring the community office</translation>
    </message>
    <message>
        <source>请出示一下身份证，我们帮您问</source>
        <translation>Please show your ID card, we will ask for you</translation>
    </message>
    <message>
        <source>码不完整，读不出来</source>
        <translation>The code is damaged and cannot be read</translation>
    </message>
    <message>
        <source>请他把屏幕擦净调亮，再亮一次</source>
        <translation>Wipe the screen, make it brighter, show it again</translation>
    </message>
    <message>
        <source>请把屏幕擦一擦，再亮一次</source>
        <translation>Please wipe your screen and show the code again</translation>
    </message>
    <message>
        <source>本机查不了这个码</source>
        <translation>This code cannot be checked here</translation>
    </message>
    <message>
        <source>请看他手机上的颜色，再按 F6</source>
        <translation>Look at the colour on their phone, then press F6</translation>
    </message>
    <message>
        <source>这不是健康码</source>
        <translation>This is not a health code</translation>
    </message>
    <message>
        <source>请他打开健康码，再亮一次</source>
        <translation>Have them open the health code and show it again</translation>
    </message>
    <message>
        <source>请打开健康码，再亮一次</source>
        <translation>Please open your health code and show it</translation>
    </message>
    <message>
        <source>没有亮码</source>
        <translation>No code was shown</translation>
    </message>
    <message>
        <source>请看身份证或出入证，问住几号楼</source>
        <translation>Look at an ID card or pass and ask for their building</translation>
    </message>
    <message>
        <source>没带码不要紧，请说住几号楼</source>
        <translation>No code? Never mind, tell us which house you live in</translation>
    </message>
    <message>
        <source>健康码系统停了，以后补查</source>
        <translation>The code system is down; checked later</translation>
    </message>
    <message>
        <source>健康码这会儿打不开，不怪您</source>
        <translation>The code system is down, it is not your fault</translation>
    </message>
    <message>
        <source>本小区的人</source>
        <translation>Lives here</translation>
    </message>
    <message>
        <source>您好，欢迎回来</source>
        <translation>Hello, good to see you</translation>
    </message>
    <message>
        <source>名单里没有这个人</source>
        <translation>This person is not on the list</translation>
    </message>
    <message>
        <source>请问找哪一家，打电话核实</source>
        <translation>Ask whom they visit and ring that home</translation>
    </message>
    <message>
        <source>请稍等，您找哪一家？我们打电话问</source>
        <translation>One moment, whom do you visit? We will call them</translation>
    </message>
    <message>
        <source>志愿者认识，本小区的</source>
        <translation>Known to the volunteer, lives here</translation>
    </message>
    <message>
        <source>请看证件，打电话问社区</source>
        <translation>Look at their papers and ring the community office</translation>
    </message>
    <message>
        <source>请稍等，我们跟社区说一声</source>
        <translation>One moment, we tell the community office</translation>
    </message>
    <message>
        <source>约好要来的</source>
        <translation>Announced, expected today</translation>
    </message>
    <message>
        <source>请打社区值班电话，说人到了</source>
        <translation>Call the community&apos;s duty phone: they are here</translation>
    </message>
    <message>
        <source>您约好的，欢迎</source>
        <translation>You are expected, welcome</translation>
    </message>
    <message>
        <source>登记到期了</source>
        <translation>The registration has run out</translation>
    </message>
    <message>
        <source>别让人在外面等，打社区值班电话补登</source>
        <translation>Call the duty phone to renew it; nobody waits outside</translation>
    </message>
    <message>
        <source>您的登记到期了，我们马上帮您补</source>
        <translation>Your registration has run out, we renew it for you now</translation>
    </message>
    <message>
        <source>约的不是这个时候</source>
        <translation>Expected, but not at this time</translation>
    </message>
    <message>
        <source>请打电话问约他的那一家</source>
        <translation>Call the household that expects them</translation>
    </message>
    <message>
        <source>您约的时间不对，我们帮您问一下</source>
        <translation>You were expected at another time, we will ask for you</translation>
    </message>
    <message>
        <source>这位访客没有预约</source>
        <translation>This visitor was not announced</translation>
    </message>
    <message>
        <source>请打电话问他要找的那一家</source>
        <translation>Call the household they want to see</translation>
    </message>
    <message>
        <source>您找哪一家？我们打电话说一声</source>
        <translation>Whom do you visit? We will call them</translation>
    </message>
    <message>
        <source>这会儿访客不进小区</source>
        <translation>No visitors for the time being</translation>
    </message>
    <message>
        <source>请他打电话，请家里人到门口来</source>
        <translation>They may call the family to come to the gate</translation>
    </message>
    <message>
        <source>这会儿访客不能进，请家里人出来见您</source>
        <translation>No visitors just now; please ask your family to come to the gate</translation>
    </message>
    <message>
        <source>这会儿快递外卖不进小区</source>
        <translation>No couriers inside for the time being</translation>
    </message>
    <message>
        <source>东西放门口货架，打电话请住户来取</source>
        <translation>Put it on the rack and call the household</translation>
    </message>
    <message>
        <source>东西放在门口货架上就行，辛苦了</source>
        <translation>Please leave it on the rack here, thank you</translation>
    </message>
    <message>
        <source>这会儿外面的人不进小区</source>
        <translation>Nobody from outside for the time being</translation>
    </message>
    <message>
        <source>这会儿不能进，我们帮您问社区</source>
        <translation>Nobody may come in just now, we ask the community for you</translation>
    </message>
    <message>
        <source>封控期间不出门</source>
        <translation>Sealed: nobody leaves</translation>
    </message>
    <message>
        <source>请他回家；看病急事打社区值班电话</source>
        <translation>They go home; if ill or urgent call the duty phone</translation>
    </message>
    <message>
        <source>请您先回家，要买要办的打社区电话</source>
        <translation>Please go home; call the community for all you need</translation>
    </message>
    <message>
        <source>没登记他可以进这里</source>
        <translation>Not registered for this place</translation>
    </message>
    <message>
        <source>他的证不开这个门</source>
        <translation>This pass is for another gate</translation>
    </message>
    <message>
        <source>请指给他该走的门；走不动打值班电话</source>
        <translation>Show them the right gate; if they cannot walk, call</translation>
    </message>
    <message>
        <source>您的证是走另外一个门的，我指给您</source>
        <translation>Your pass is for another gate, I show you the way</translation>
    </message>
    <message>
        <source>通行许可到期了</source>
        <translation>The permission has run out</translation>
    </message>
    <message>
        <source>请打社区值班电话续上</source>
        <translation>Call the duty phone to renew it</translation>
    </message>
    <message>
        <source>您的许可到期了，我们帮您续</source>
        <translation>Your permission has run out, we renew it for you</translation>
    </message>
    <message>
        <source>社区关照过：这个人先别放行</source>
        <translation>The community asked to hold this person</translation>
    </message>
    <message>
        <source>请他坐一会儿，打社区值班电话</source>
        <translation>Offer a seat and call the community&apos;s duty phone</translation>
    </message>
    <message>
        <source>请您坐一会儿，我们问一下社区</source>
        <translation>Please take a seat, we ask the community</translation>
    </message>
    <message>
        <source>请听志愿者安排</source>
        <translation>Please follow the volunteer</translation>
    </message>
    <message>
        <source>绿码</source>
        <translation>Green code</translation>
    </message>
    <message>
        <source>您是绿码</source>
        <translation>Your code is green</translation>
    </message>
    <message>
        <source>黄码</source>
        <translation>Yellow code</translation>
    </message>
    <message>
        <source>请他到旁边等，打电话问社区</source>
        <translation>Ask them to wait aside and ring the community office</translation>
    </message>
    <message>
        <source>请到旁边等一下，我们帮您问社区</source>
        <translation>Please wait over there, we ask the community</translation>
    </message>
    <message>
        <source>红码</source>
        <translation>Red code</translation>
    </message>
    <message>
        <source>请他站住别动，马上打电话给社区</source>
        <translation>Ask them to stay put; ring the community office now</translation>
    </message>
    <message>
        <source>请您站在这里别动，社区的人马上来</source>
        <translation>Please stay here, somebody of the community comes at once</translation>
    </message>
    <message>
        <source>健康码的颜色太旧了</source>
        <translation>Colour too old</translation>
    </message>
    <message>
        <source>请把手机给我看一下颜色</source>
        <translation>Please let me see the colour on your phone</translation>
    </message>
    <message>
        <source>不知道健康码的颜色</source>
        <translation>The colour of the code is unknown</translation>
    </message>
    <message>
        <source>居家隔离的人要出门</source>
        <translation>In home isolation, wants to leave</translation>
    </message>
    <message>
        <source>请他回家，打社区值班电话；急病打 120</source>
        <translation>They go home; call the duty phone, or 120 if ill</translation>
    </message>
    <message>
        <source>请您先回家，要什么社区送上门</source>
        <translation>Please go home, the community brings what you need</translation>
    </message>
    <message>
        <source>居家隔离的人回来了</source>
        <translation>In home isolation, comes home</translation>
    </message>
    <message>
        <source>让他戴好口罩直接回家，打社区值班电话</source>
        <translation>Let them go straight home with a mask; call the duty phone</translation>
    </message>
    <message>
        <source>请戴好口罩直接回家，我们告诉社区</source>
        <translation>Please go straight home with your mask on, we tell the community</translation>
    </message>
    <message>
        <source>隔离中的人要进小区</source>
        <translation>In isolation, wants to come in</translation>
    </message>
    <message>
        <source>请他在旁边等，打社区值班电话</source>
        <translation>They wait aside; call the community&apos;s duty phone</translation>
    </message>
    <message>
        <source>请在旁边等一下，社区的人来安排</source>
        <translation>Please wait over there, the community takes care of you</translation>
    </message>
    <message>
        <source>密接的人要出门</source>
        <translation>A close contact wants to leave</translation>
    </message>
    <message>
        <source>请您先回家，社区会跟您联系</source>
        <translation>Please go home, the community will call you</translation>
    </message>
    <message>
        <source>密接的人回来了</source>
        <translation>A close contact comes home</translation>
    </message>
    <message>
        <source>密接的人要进小区</source>
        <translation>A close contact wants to come in</translation>
    </message>
    <message>
        <source>次密接</source>
        <translation>A contact of a close contact</translation>
    </message>
    <message>
        <source>请他戴好口罩，打社区值班电话问</source>
        <translation>Mask on; ask the community&apos;s duty phone</translation>
    </message>
    <message>
        <source>请戴好口罩，我们帮您问一下社区</source>
        <translation>Please put your mask on, we ask the community</translation>
    </message>
    <message>
        <source>有人报他要隔离，还没核实</source>
        <translation>Reported for isolation, not verified yet</translation>
    </message>
    <message>
        <source>请打社区值班电话核实</source>
        <translation>Ask the community&apos;s duty phone</translation>
    </message>
    <message>
        <source>请稍等，我们跟社区核实一下</source>
        <translation>One moment, we check with the community</translation>
    </message>
    <message>
        <source>隔离到期了，还没办解除</source>
        <translation>Isolation is over, but nobody has lifted it</translation>
    </message>
    <message>
        <source>请看解除通知书，打社区值班电话</source>
        <translation>See the release notice; call the duty phone</translation>
    </message>
    <message>
        <source>请给我看看解除隔离的通知书</source>
        <translation>Please show me your release notice</translation>
    </message>
    <message>
        <source>隔离登记看不懂</source>
        <translation>The isolation record cannot be read</translation>
    </message>
    <message>
        <source>请打社区值班电话问</source>
        <translation>Ask the community&apos;s duty phone</translation>
    </message>
    <message>
        <source>请稍等，我们帮您问一下社区</source>
        <translation>One moment, we ask the community</translation>
    </message>
    <message>
        <source>核酸阴性</source>
        <translation>Test negative</translation>
    </message>
    <message>
        <source>您的核酸没问题</source>
        <translation>Your test is fine</translation>
    </message>
    <message>
        <source>核酸阳性</source>
        <translation>Test positive</translation>
    </message>
    <message>
        <source>请他戴好口罩坐一边，马上打社区电话</source>
        <translation>Mask on, seat them apart, call the community at once</translation>
    </message>
    <message>
        <source>请戴好口罩坐一下，社区的人马上来</source>
        <translation>Please put your mask on and sit down, help is coming</translation>
    </message>
    <message>
        <source>核酸太久了</source>
        <translation>The test is too old</translation>
    </message>
    <message>
        <source>请看他手机上的核酸，再按 F6</source>
        <translation>Look at the test on their phone, then press F6</translation>
    </message>
    <message>
        <source>手机上出来了按 F6；没出来打社区电话问</source>
        <translation>Result on the phone? F6. If not, call the community</translation>
    </message>
    <message>
        <source>请问他 14 天里去过重点区域没有，按 F6</source>
        <translation>Ask whether they were in a key area within 14 days: F6</translation>
    </message>
    <message>
        <source>您的核酸过了时间，最近的采样点我指给您</source>
        <translation>Your test is too old, I show you where to get one</translation>
    </message>
    <message>
        <source>没有核酸结果</source>
        <translation>No test result</translation>
    </message>
    <message>
        <source>请给我看一下核酸结果</source>
        <translation>Please show me your test result</translation>
    </message>
    <message>
        <source>核酸结果还没出来</source>
        <translation>The test has no result yet</translation>
    </message>
    <message>
        <source>结果还没出来，我们帮您问一下</source>
        <translation>Your result is not there yet, we will ask</translation>
    </message>
    <message>
        <source>他没做核酸，或者过期了</source>
        <translation>No test, or an old one</translation>
    </message>
    <message>
        <source>请他先去采样点；急事打社区值班电话</source>
        <translation>To the sampling point first; if urgent, call the community</translation>
    </message>
    <message>
        <source>请您先去做核酸，最近的采样点我指给您</source>
        <translation>Please take a test first; I will show you the nearest place</translation>
    </message>
    <message>
        <source>去过重点区域</source>
        <translation>Was in a key area</translation>
    </message>
    <message>
        <source>请他到旁边登记，打社区值班电话</source>
        <translation>They register over there; call the duty phone</translation>
    </message>
    <message>
        <source>谢谢您如实说，请到旁边登记一下</source>
        <translation>Thank you for telling us; please register over there</translation>
    </message>
    <message>
        <source>还没问他去过哪里</source>
        <translation>Not asked yet where they have been</translation>
    </message>
    <message>
        <source>请问您这 14 天去过重点区域吗？</source>
        <translation>Have you been in a key area in the last 14 days?</translation>
    </message>
    <message>
        <source>他家这两天有人出去过了</source>
        <translation>Somebody of the household was out already</translation>
    </message>
    <message>
        <source>要紧的事打社区值班电话；看病马上放</source>
        <translation>If urgent call the duty phone; if ill let them go at once</translation>
    </message>
    <message>
        <source>您家这两天有人出去过了，要紧吗？</source>
        <translation>Somebody of your household was out already; is it urgent?</translation>
    </message>
    <message>
        <source>不知道他家出去过几次</source>
        <translation>Not known how often the household was out</translation>
    </message>
    <message>
        <source>请问他家今天谁出去过</source>
        <translation>Ask who of the household was out today</translation>
    </message>
    <message>
        <source>请问您家今天谁出去过？</source>
        <translation>Has anybody of your household been out today?</translation>
    </message>
    <message>
        <source>出去的时间过了</source>
        <translation>Was out longer than allowed</translation>
    </message>
    <message>
        <source>让他回家；问一声，告诉网格员</source>
        <translation>Let them go home; ask why and tell the grid member</translation>
    </message>
    <message>
        <source>回来就好，路上还顺利吗？</source>
        <translation>Good that you are back, did all go well?</translation>
    </message>
    <message>
        <source>夜里这个时候一般不进出</source>
        <translation>At night people stay in, as a rule</translation>
    </message>
    <message>
        <source>请问什么急事；看病马上放，再打值班电话</source>
        <translation>Ask what is urgent; if ill let them go, then call</translation>
    </message>
    <message>
        <source>这么晚了，您有什么急事吗？</source>
        <translation>It is late, is anything urgent?</translation>
    </message>
    <message>
        <source>里面人满了</source>
        <translation>It is full inside</translation>
    </message>
    <message>
        <source>请他在一米线外等，出来一个进一个</source>
        <translation>They wait behind the line: one out, one in</translation>
    </message>
    <message>
        <source>里面人满了，请稍等一会儿</source>
        <translation>It is full inside, please wait a little</translation>
    </message>
    <message>
        <source>里面人快满了</source>
        <translation>It is nearly full inside</translation>
    </message>
    <message>
        <source>请看着点，快满了就等一等</source>
        <translation>Keep an eye on it, let people wait if needed</translation>
    </message>
    <message>
        <source>里面人多，请隔开一点</source>
        <translation>Many people are inside, please keep apart</translation>
    </message>
    <message>
        <source>还没人签到，名单锁着</source>
        <translation>Nobody has signed in, the lists are locked</translation>
    </message>
    <message>
        <source>请先点右上角签到，再让他扫一次</source>
        <translation>Sign in at the top right first, then let them scan again</translation>
    </message>
    <message>
        <source>请稍等，马上帮您查</source>
        <translation>One moment please, we will look you up</translation>
    </message>
    <message>
        <source>他的登记被人改动过，信不过</source>
        <translation>Their record was tampered with</translation>
    </message>
    <message>
        <source>请看证件问清楚，再告诉管理员</source>
        <translation>Look at their papers, ask, and tell an admin</translation>
    </message>
    <message>
        <source>请稍等，帮您核对一下</source>
        <translation>One moment, please, we are checking</translation>
    </message>
    <message>
        <source>请问这是您本人的码吗？</source>
        <translation>Is this your own code?</translation>
    </message>
    <message>
        <source>体温正常</source>
        <translation>Temperature normal</translation>
    </message>
    <message>
        <source>体温偏高</source>
        <translation>Temperature high</translation>
    </message>
    <message>
        <source>请他到旁边坐一会儿，到时间会提醒您</source>
        <translation>Let them sit for a while; you will be reminded</translation>
    </message>
    <message>
        <source>体温有点高，请到旁边坐一会儿再测</source>
        <translation>A little warm: please sit for a while, then we measure again</translation>
    </message>
    <message>
        <source>额头太冷，没测准</source>
        <translation>Forehead too cold to measure</translation>
    </message>
    <message>
        <source>请他暖和一下，改测手腕或脖子</source>
        <translation>Let them warm up, then measure the wrist or neck</translation>
    </message>
    <message>
        <source>额头太凉了，请伸一下手腕</source>
        <translation>Your forehead is cold, please show your wrist</translation>
    </message>
    <message>
        <source>体温读数不对</source>
        <translation>The reading makes no sense</translation>
    </message>
    <message>
        <source>请擦净测温头，再测一次</source>
        <translation>Wipe the sensor and measure again</translation>
    </message>
    <message>
        <source>没测准，请再测一次</source>
        <translation>That did not work, once more please</translation>
    </message>
    <message>
        <source>没测到体温</source>
        <translation>No temperature</translation>
    </message>
    <message>
        <source>请用体温枪测一下，按 F3 记下</source>
        <translation>Use the thermometer gun and type it with F3</translation>
    </message>
    <message>
        <source>请稍等，给您测一下体温</source>
        <translation>One moment, we take your temperature</translation>
    </message>
    <message>
        <source>分不清是谁的体温</source>
        <translation>Whose temperature is it?</translation>
    </message>
    <message>
        <source>请一个一个来，再测一次</source>
        <translation>One by one, please; measure again</translation>
    </message>
    <message>
        <source>测温仪这会儿测不准</source>
        <translation>The thermometer cannot measure well here and now</translation>
    </message>
    <message>
        <source>请用体温枪测手腕，按 F3 记下</source>
        <translation>Measure the wrist with the hand-held thermometer, note it with F3</translation>
    </message>
    <message>
        <source>请伸一下手腕，再测一次</source>
        <translation>Please show your wrist, once more</translation>
    </message>
    <message>
        <source>刚才测过体温，正常</source>
        <translation>Measured a while ago, normal</translation>
    </message>
    <message>
        <source>刚才测过了，不用再测</source>
        <translation>You were measured already, no need again</translation>
    </message>
    <message>
        <source>刚才体温偏高，测一次正常还不够</source>
        <translation>Too warm before; one normal reading is not enough</translation>
    </message>
    <message>
        <source>请换手腕或水银体温计再测，按 F3 记下</source>
        <translation>Measure the wrist, or with a glass thermometer; note it with F3</translation>
    </message>
    <message>
        <source>还要再测一次，换个地方测</source>
        <translation>Once more please, at another place</translation>
    </message>
    <message>
        <source>刚才体温偏高，还没休息够</source>
        <translation>Too warm before; has not rested long enough</translation>
    </message>
    <message>
        <source>请他再坐一会儿，到时间会提醒您</source>
        <translation>Let them sit a little longer; you will be reminded</translation>
    </message>
    <message>
        <source>请再坐一会儿，到时间叫您</source>
        <translation>Please sit a little longer, we will call you</translation>
    </message>
    <message>
        <source>复测还是发热</source>
        <translation>Still feverish when measured again</translation>
    </message>
    <message>
        <source>请他别进去，戴好口罩，打电话给社区医生</source>
        <translation>They stay outside with a mask on; call the community doctor</translation>
    </message>
    <message>
        <source>您发热了，请戴好口罩坐下，医生马上联系您</source>
        <translation>You have a fever: mask on, please sit, a doctor will call</translation>
    </message>
    <message>
        <source>复测正常</source>
        <translation>Normal when measured again</translation>
    </message>
    <message>
        <source>体温正常了，可以走了</source>
        <translation>Your temperature is normal now</translation>
    </message>
    <message>
        <source>志愿者改判</source>
        <translation>Corrected by the volunteer</translation>
    </message>
    <message>
        <source>照改判的办</source>
        <translation>Do as corrected</translation>
    </message>
    <message>
        <source>电脑硬盘满了</source>
        <translation>The disk of the PC is full</translation>
    </message>
    <message>
        <source>先用纸笔登记；请管理员腾出硬盘</source>
        <translation>Write on paper; have the admin free the disk</translation>
    </message>
    <message>
        <source>登记本被另一个程序占着</source>
        <translation>Another program holds the journal</translation>
    </message>
    <message>
        <source>先用纸笔登记；关掉多开的窗口，再亮一次码</source>
        <translation>Write on paper; close the second window, show the code again</translation>
    </message>
    <message>
        <source>登记本坏了</source>
        <translation>The journal is damaged</translation>
    </message>
    <message>
        <source>先用纸笔登记；马上打电话给管理员</source>
        <translation>Write on paper; ring the admin now</translation>
    </message>
    <message>
        <source>登记本不让写</source>
        <translation>The journal is read-only</translation>
    </message>
    <message>
        <source>先用纸笔登记；请管理员打开写入权限</source>
        <translation>Write on paper; ask the admin for write permission</translation>
    </message>
    <message>
        <source>登记本是新版程序写的</source>
        <translation>A newer program wrote the journal</translation>
    </message>
    <message>
        <source>先用纸笔登记；请管理员更新程序</source>
        <translation>Write on paper; ask the admin to update this program</translation>
    </message>
    <message>
        <source>电脑硬盘出错了</source>
        <translation>The disk of the PC has a fault</translation>
    </message>
    <message>
        <source>先用纸笔登记；请管理员检查硬盘</source>
        <translation>Write on paper; ask the admin to check the disk</translation>
    </message>
    <message>
        <source>放登记本的 U 盘或硬盘没插好</source>
        <translation>The stick or disk with the journal is not plugged in</translation>
    </message>
    <message>
        <source>先用纸笔登记；插好它，会自动继续</source>
        <translation>Write on paper; plug it in, and the gate goes on by itself</translation>
    </message>
    <message>
        <source>这个 U 盘或硬盘是别的卡口的</source>
        <translation>This stick or disk is another gate&apos;s</translation>
    </message>
    <message>
        <source>先用纸笔登记；换回本卡口的，会自动继续</source>
        <translation>Write on paper; plug in this gate&apos;s own, and it goes on by itself</translation>
    </message>
    <message>
        <source>一人一码，间隔一米</source>
        <translation>One by one, one metre apart</translation>
    </message>
    <message>
        <source>没有码就按 F1</source>
        <translation>No code? Press F1</translation>
    </message>
    <message>
        <source>就差体温</source>
        <translation>Only the temperature is left</translation>
    </message>
    <message>
        <source>请他看测温仪；体温枪的数按 F3 记下</source>
        <translation>Face the thermometer; type a gun&apos;s reading with F3</translation>
    </message>
    <message>
        <source>体温测好了</source>
        <translation>Temperature taken</translation>
    </message>
    <message>
        <source>两个人凑到一起了</source>
        <translation>Two people got mixed up</translation>
    </message>
    <message>
        <source>请后面的退一米，前面的重新测温</source>
        <translation>One steps back; the first measures again</translation>
    </message>
    <message>
        <source>正在找摄像头</source>
        <translation>Camera: searching</translation>
    </message>
    <message>
        <source>摄像头正常</source>
        <translation>Camera working</translation>
    </message>
    <message>
        <source>摄像头没画面</source>
        <translation>Camera: no picture</translation>
    </message>
    <message>
        <source>摄像头断了</source>
        <translation>Camera lost</translation>
    </message>
    <message>
        <source>没有摄像头</source>
        <translation>No camera</translation>
    </message>
    <message>
        <source>正在找测温仪</source>
        <translation>Thermometer: searching</translation>
    </message>
    <message>
        <source>测温仪正常</source>
        <translation>Thermometer working</translation>
    </message>
    <message>
        <source>测温仪没读数</source>
        <translation>Thermometer silent</translation>
    </message>
    <message>
        <source>测温仪断了</source>
        <translation>Thermometer lost</translation>
    </message>
    <message>
        <source>没有测温仪</source>
        <translation>No thermometer</translation>
    </message>
    <message>
        <source>扫码枪扫个试试</source>
        <translation>Try the scanner</translation>
    </message>
    <message>
        <source>扫码枪正常</source>
        <translation>Scanner working</translation>
    </message>
    <message>
        <source>扫码枪没回应</source>
        <translation>Scanner silent</translation>
    </message>
    <message>
        <source>扫码枪断了</source>
        <translation>Scanner lost</translation>
    </message>
    <message>
        <source>没有扫码枪</source>
        <translation>No scanner</translation>
    </message>
    <message>
        <source>正在找道闸</source>
        <translation>Finding barrier</translation>
    </message>
    <message>
        <source>道闸正常</source>
        <translation>Barrier OK</translation>
    </message>
    <message>
        <source>道闸没回应</source>
        <translation>Barrier silent</translation>
    </message>
    <message>
        <source>道闸断了</source>
        <translation>Barrier lost</translation>
    </message>
    <message>
        <source>没有道闸</source>
        <translation>No barrier</translation>
    </message>
    <message>
        <source>正在找喇叭</source>
        <translation>Finding speaker</translation>
    </message>
    <message>
        <source>声音正常</source>
        <translation>Sound OK</translation>
    </message>
    <message>
        <source>喇叭没声音</source>
        <translation>Speaker silent</translation>
    </message>
    <message>
        <source>喇叭断了</source>
        <translation>Speaker lost</translation>
    </message>
    <message>
        <source>没有声音</source>
        <translation>No sound</translation>
    </message>
    <message>
        <source>皮肤</source>
        <translation>Skin</translation>
    </message>
    <message>
        <source>额头</source>
        <translation>Forehead</translation>
    </message>
    <message>
        <source>手腕</source>
        <translation>Wrist</translation>
    </message>
    <message>
        <source>脖子</source>
        <translation>Neck</translation>
    </message>
    <message>
        <source>耳朵</source>
        <translation>Ear</translation>
    </message>
    <message>
        <source>体温</source>
        <translation>Body</translation>
    </message>
    <message>
        <source>请看插头插好没有；来人按 F1 登记</source>
        <translation>Check its plug; press F1 for whoever comes</translation>
    </message>
    <message>
        <source>请用体温枪，按 F3 记下</source>
        <translation>Use the gun, type with F3</translation>
    </message>
    <message>
        <source>通行</source>
        <translation>PASS</translation>
    </message>
    <message>
        <source>PASS</source>
        <comment>other language</comment>
        <translation>通行</translation>
    </message>
    <message>
        <source>复核</source>
        <translation>RECHECK</translation>
    </message>
    <message>
        <source>RECHECK</source>
        <comment>other language</comment>
        <translation>复核</translation>
    </message>
    <message>
        <source>禁止</source>
        <translation>STOP</translation>
    </message>
    <message>
        <source>STOP</source>
        <comment>other language</comment>
        <translation>禁止</translation>
    </message>
    <message>
        <source>只量 {name}：站好了再上前，别人退开一步</source>
        <translation>Only {name}: step up now, others stand back</translation>
    </message>
    <message>
        <source>通行</source>
        <comment>in a list</comment>
        <translation>Pass</translation>
    </message>
    <message>
        <source>复核</source>
        <comment>in a list</comment>
        <translation>Recheck</translation>
    </message>
    <message>
        <source>禁止</source>
        <comment>in a list</comment>
        <translation>Stop</translation>
    </message>
    <message>
        <source>{who}：{before} → {after}</source>
        <translation>{who}: {before} → {after}</translation>
    </message>
    <message>
        <source>请测体温</source>
        <translation>TEMPERATURE</translation>
    </message>
    <message>
        <source>TEMPERATURE</source>
        <comment>other language</comment>
        <translation>请测体温</translation>
    </message>
    <message>
        <source>一个一个来</source>
        <translation>ONE BY ONE</translation>
    </message>
    <message>
        <source>ONE BY ONE</source>
        <comment>other language</comment>
        <translation>一个一个来</translation>
    </message>
    <message>
        <source>请亮码</source>
        <translation>SHOW CODE</translation>
    </message>
    <message>
        <source>SHOW CODE</source>
        <comment>other language</comment>
        <translation>请亮码</translation>
    </message>
    <message>
        <source>请报住址</source>
        <translation>YOUR ADDRESS</translation>
    </message>
    <message>
        <source>YOUR ADDRESS</source>
        <comment>other language</comment>
        <translation>请报住址</translation>
    </message>
    <message>
        <source>健康码停用，有出入证照样亮</source>
        <translation>No health codes now; gate passes still work</translation>
    </message>
    <message>
        <source>按 F1，从名册里找</source>
        <translation>Press F1: look in the roster</translation>
    </message>
    <message>
        <source>正在打开…</source>
        <translation>Opening…</translation>
    </message>
    <message>
        <source>OPENING</source>
        <comment>other language</comment>
        <translation>正在打开</translation>
    </message>
    <message>
        <source>没记下：不知道是谁的。请他再亮一次码，再按 F6</source>
        <translation>Not taken: nobody knows whose it is. Ask for the code once more, then press F6</translation>
    </message>
    <message>
        <source>请稍等，马上就好</source>
        <translation>One moment, please</translation>
    </message>
    <message>
        <source>没有记录下来</source>
        <translation>NOT RECORDED</translation>
    </message>
    <message>
        <source>NOT RECORDED</source>
        <comment>other language</comment>
        <translation>没有记录下来</translation>
    </message>
    <message>
        <source>出门</source>
        <comment>way</comment>
        <translation>OUT</translation>
    </message>
    <message>
        <source>进门</source>
        <comment>way</comment>
        <translation>IN</translation>
    </message>
    <message>
        <source>慢走</source>
        <translation>Goodbye</translation>
    </message>
    <message>
        <source>请进</source>
        <translation>Please go in</translation>
    </message>
    <message>
        <source>社区电话里同意了</source>
        <translation>The community agreed on the phone</translation>
    </message>
    <message>
        <source>急事：看病、生产、救火</source>
        <translation>Emergency: ill, giving birth, fire</translation>
    </message>
    <message>
        <source>住这里，让他回家</source>
        <translation>Lives here, goes home</translation>
    </message>
    <message>
        <source>看过他手机了</source>
        <translation>Seen on their phone</translation>
    </message>
    <message>
        <source>看过证件了</source>
        <translation>Papers seen</translation>
    </message>
    <message>
        <source>重新量过了</source>
        <translation>Measured again</translation>
    </message>
    <message>
        <source>老人孩子没有手机</source>
        <translation>Old person or child without a phone</translation>
    </message>
    <message>
        <source>刚才弄错了</source>
        <translation>It was a mistake</translation>
    </message>
    <message>
        <source>有疑问，先留一下</source>
        <translation>In doubt: hold them for now</translation>
    </message>
    <message>
        <source>别的原因</source>
        <translation>Another reason</translation>
    </message>
    <message>
        <source>要值班保安或管理员才能放行，请打电话叫他</source>
        <translation>Only a guard or an admin may let them pass: call one</translation>
    </message>
    <message>
        <source>和现在的判定一样，不用改</source>
        <translation>It is the same already</translation>
    </message>
    <message>
        <source>请先写上您的名字</source>
        <translation>Please say who you are</translation>
    </message>
    <message>
        <source>请写一句是什么原因</source>
        <translation>Please write the reason in a few words</translation>
    </message>
    <message>
        <source>这是人改判的，原因看第一条</source>
        <translation>A person decided this; see the first entry</translation>
    </message>
    <message>
        <source>那天的规则不在这里，请找管理员</source>
        <translation>The policy of that day is not here: ask an admin</translation>
    </message>
    <message>
        <source>这条是新版程序记的，请更新程序</source>
        <translation>A newer program wrote this: please update</translation>
    </message>
    <message>
        <source>志愿者</source>
        <translation>volunteers</translation>
    </message>
    <message>
        <source>保安</source>
        <translation>guards</translation>
    </message>
    <message>
        <source>管理员</source>
        <translation>admins</translation>
    </message>
    <message>
        <source>今天改判：{who}</source>
        <translation>Changed: {who}</translation>
    </message>
    <message>
        <source>国际健康证明，这台机器没有名单</source>
        <translation>Foreign health certificate: no list here</translation>
    </message>
    <message>
        <source>请看纸质证明，按 F1；请管理员导入名单</source>
        <translation>Look at the paper, press F1; admin: import list</translation>
    </message>
    <message>
        <source>请给我看一下纸的证明和证件</source>
        <translation>Please show me the paper and your ID</translation>
    </message>
    <message>
        <source>这张健康证明过期了</source>
        <translation>This health certificate has expired</translation>
    </message>
    <message>
        <source>这张证明过期了，请出示健康码</source>
        <translation>Your certificate has expired; please show a health code</translation>
    </message>
    <message>
        <source>这张健康证明作废了</source>
        <translation>This health certificate has been revoked</translation>
    </message>
    <message>
        <source>这是场所码，要他的手机来扫</source>
        <translation>A venue code: their phone must scan it</translation>
    </message>
    <message>
        <source>请他用自己的手机扫这个码</source>
        <translation>Ask them to scan it with their own phone</translation>
    </message>
    <message>
        <source>请用您自己的手机扫这个码</source>
        <translation>Please scan this code with your own phone</translation>
    </message>
    <message>
        <source>这是付款码</source>
        <translation>This is a payment code</translation>
    </message>
    <message>
        <source>请他退出来，打开健康码，再亮一次</source>
        <translation>Ask them to open the health code and show it</translation>
    </message>
    <message>
        <source>这是付款码，请打开健康码</source>
        <translation>This is a payment code. Please open your health code</translation>
    </message>
    <message>
        <source>这是一个网址</source>
        <translation>This is a web link</translation>
    </message>
    <message>
        <source>请他打开健康码，再亮一次；没有按 F1</source>
        <translation>Ask for the health code again; none: press F1</translation>
    </message>
    <message>
        <source>这个不是健康码，请打开健康码</source>
        <translation>This is not a health code. Please open yours</translation>
    </message>
    <message>
        <source>这张出入证过期了</source>
        <translation>This pass has expired</translation>
    </message>
    <message>
        <source>出入证到期了，社区可以给您换新的</source>
        <translation>Your pass has run out; the community office renews it</translation>
    </message>
    <message>
        <source>别处的健康证明，这台机器查不了</source>
        <translation>Another health proof: cannot be checked here</translation>
    </message>
    <message>
        <source>请看纸质证明和证件，按 F1</source>
        <translation>Look at the paper and the ID, press F1</translation>
    </message>
    <message>
        <source>出入证，这台机器查不了</source>
        <translation>Gate pass: cannot be checked here</translation>
    </message>
    <message>
        <source>请看证上的名字和门牌，按 F1</source>
        <translation>Check name and house on the pass, press F1</translation>
    </message>
    <message>
        <source>请稍等，我看一下您的证</source>
        <translation>One moment, let me look at your pass</translation>
    </message>
    <message>
        <source>孩子</source>
        <translation>Child</translation>
    </message>
    <message>
        <source>老人</source>
        <translation>Elder</translation>
    </message>
    <message>
        <source>家人</source>
        <translation>Family</translation>
    </message>
    <message>
        <source>没登记住处</source>
        <translation>No address</translation>
    </message>
    <message>
        <source>{number} 号楼</source>
        <translation>Building {number}</translation>
    </message>
    <message>
        <source>{unit} 单元</source>
        <translation>Unit {unit}</translation>
    </message>
    <message>
        <source>{count} 人</source>
        <translation>People: {count}</translation>
    </message>
    <message>
        <source>尾号 {tail}</source>
        <translation>phone …{tail}</translation>
    </message>
    <message>
        <source>{days} 天的日报没存：请插上 U 盘 · F10</source>
        <translation>Logs not saved ({days} d): plug in the stick · F10</translation>
    </message>
    <message>
        <source>{days} 天的日报没存：找不到文件夹 · F10</source>
        <translation>Logs not saved ({days} d): folder is gone · F10</translation>
    </message>
    <message>
        <source>{days} 天的日报没存：盘满了，请换一个 · F10</source>
        <translation>Logs not saved ({days} d): disk is full · F10</translation>
    </message>
    <message>
        <source>{days} 天的日报没存：写不进去，请换个地方 · F10</source>
        <translation>Logs not saved ({days} d): cannot write there · F10</translation>
    </message>
    <message>
        <source>{days} 天的日报没存：请先签到</source>
        <translation>Logs not saved ({days} d): please sign in</translation>
    </message>
    <message>
        <source>{days} 天的日报没存：登记本读不出来 · F10</source>
        <translation>Logs not saved ({days} d): journal unreadable · F10</translation>
    </message>
    <message>
        <source>有 {people} 人需要回溯 · F10</source>
        <translation>{people} to look back at · F10</translation>
    </message>
    <message>
        <source>停码期间 {entries} 人，都核过了</source>
        <translation>{entries} passed without codes, all checked</translation>
    </message>
    <message>
        <source>停码期间 {entries} 人，{exceptions} 人待核对 · F10 查看</source>
        <translation>{entries} passed without codes, {exceptions} to check · F10</translation>
    </message>
    <message>
        <source>通知：{title} · F10</source>
        <translation>Notice: {title} · F10</translation>
    </message>
    <message>
        <source>中心有 {count} 件事要办 · F10</source>
        <translation>Tasks from the center: {count} · F10</translation>
    </message>
    <message>
        <source>硬盘快满了，只剩 {size}，请今天处理 · F10</source>
        <translation>Disk almost full, {size} left: act today · F10</translation>
    </message>
    <message>
        <source>硬盘剩 {size}，大约还能记 {days} 天 · F10</source>
        <translation>{size} of disk left, about {days} days · F10</translation>
    </message>
    <message>
        <source>硬盘只剩 {size}，请腾一点地方 · F10</source>
        <translation>Only {size} of disk left, free some · F10</translation>
    </message>
    <message>
        <source>名单有 {count} 处被别的软件改过，请告诉管理员</source>
        <translation>{count} list entries changed by another program: tell an admin</translation>
    </message>
    <message>
        <source>信任名单有 {count} 份读不出来，有的码验不了，请告诉管理员</source>
        <translation>{count} trust lists unreadable, some codes not checked: tell an admin</translation>
    </message>
    <message>
        <source>找不到中心的地址：看看网线、路由器和中心的地址</source>
        <translation>The center&apos;s address cannot be found: check the cable, the router and the address</translation>
    </message>
    <message>
        <source>连不到中心：看看网络，再问中心的电脑开着没有</source>
        <translation>The center cannot be reached: check the network, then ask whether the center is running</translation>
    </message>
    <message>
        <source>中心没有回答：网络太慢，或者中心太忙</source>
        <translation>The center does not answer: the network is too slow, or the center too busy</translation>
    </message>
    <message>
        <source>中心的证书不是登记时的那一张：可能连到了别处，请问中心的管理员</source>
        <translation>The center&apos;s certificate is not the one of the enrolment: this may be somebody else; ask the center&apos;s admin</translation>
    </message>
    <message>
        <source>回答的不是中心：网络可能要先打开网页登录，或者地址不对</source>
        <translation>What answers is not the center: the network may want a login page first, or the address is wrong</translation>
    </message>
    <message>
        <source>中心正忙，过一会儿自己再试</source>
        <translation>The center is busy; it will be tried again by itself</translation>
    </message>
    <message>
        <source>中心出错了，过一会儿自己再试；一直这样请告诉中心的管理员</source>
        <translation>The center had a fault; it will be tried again by itself. If it stays so, tell the center&apos;s admin</translation>
    </message>
    <message>
        <source>中心不收发过去的东西：请看看两边的程序版本</source>
        <translation>The center does not take what is sent: compare the versions of both programs</translation>
    </message>
    <message>
        <source>中心不认这台机器：请在中心取一个新的一次性码，再登记一次</source>
        <translation>The center does not know this station: get a new one-time code there and enrol again</translation>
    </message>
    <message>
        <source>中心撤销了这台机器的登记：记录照常送，名单不再更新</source>
        <translation>The center revoked this station: entries are still sent, lists are not renewed</translation>
    </message>
    <message>
        <source>这台电脑的登记本读写有问题：请看看硬盘</source>
        <translation>The journal of this PC cannot be read or written: check the disk</translation>
    </message>
    <message>
        <source>有两台电脑用同一个登记：换过电脑或复制过硬盘的，请重新登记一台</source>
        <translation>Two PCs use one enrolment: if a PC was replaced or a disk copied, enrol one of them anew</translation>
    </message>
    <message>
        <source>中心有另一份不同的记录：已经自动接上，请查一查是不是复制过硬盘</source>
        <translation>The center has other entries than this PC: healed by itself; find out whether a disk was copied</translation>
    </message>
    <message>
        <source>电脑时间和中心差得多：请校准时间</source>
        <translation>The PC&apos;s clock is far from the center&apos;s: set it</translation>
    </message>
    <message>
        <source>电脑时间比最后一条记录还早：请校准时间</source>
        <translation>The PC&apos;s clock is behind the last entry: set it</translation>
    </message>
    <message>
        <source>有一条记录送不上去，后面的在等：请联系技术人员</source>
        <translation>One entry is not taken and the others wait behind it: call support</translation>
    </message>
    <message>
        <source>中心丢了已经备份过的记录：请中心从备份恢复</source>
        <translation>The center lost entries that were backed up: it has to be restored from its backup</translation>
    </message>
    <message>
        <source>有的记录中心收下了但看不懂：请更新中心的程序</source>
        <translation>The center keeps entries that it does not understand: update the center</translation>
    </message>
    <message>
        <source>每日对账有出入：请联系技术人员</source>
        <translation>The daily comparison found a difference: call support</translation>
    </message>
    <message>
        <source>中心发来的东西这个版本用不了：请更新程序</source>
        <translation>This version cannot use what the center sent: update the program</translation>
    </message>
    <message>
        <source>未连中心</source>
        <translation>No center</translation>
    </message>
    <message>
        <source>电脑时间往回跳了 · 请管理员校准</source>
        <translation>PC clock jumped back · admin: set it</translation>
    </message>
    <message>
        <source>电脑时间比中心慢 {} · 请管理员校准</source>
        <translation>PC clock {} slow · admin: set it</translation>
    </message>
    <message>
        <source>电脑时间比中心快 {} · 请管理员校准</source>
        <translation>PC clock {} fast · admin: set it</translation>
    </message>
    <message>
        <source>正在连中心</source>
        <translation>Connecting to the center</translation>
    </message>
    <message>
        <source>中心在线</source>
        <translation>Center online</translation>
    </message>
    <message>
        <source>中心离线</source>
        <translation>Center offline</translation>
    </message>
    <message>
        <source>中心不认这台机器</source>
        <translation>The center does not know this station</translation>
    </message>
    <message>
        <source>不到 1 分钟</source>
        <translation>less than 1 min</translation>
    </message>
    <message>
        <source>{} 分钟</source>
        <translation>{} min</translation>
    </message>
    <message>
        <source>{} 小时</source>
        <translation>{} h</translation>
    </message>
    <message>
        <source>{} 天</source>
        <translation>{} d</translation>
    </message>
    <message>
        <source>中心停了这台机器的名单 · 请管理员看 F10</source>
        <translation>Center stopped our lists · admin: F10</translation>
    </message>
    <message>
        <source>中心不认这台机器 · 请管理员看 F10</source>
        <translation>Center refuses this station · admin: F10</translation>
    </message>
    <message>
        <source>名单刚导入</source>
        <translation>roster just imported</translation>
    </message>
    <message>
        <source>名单刚改过</source>
        <translation>roster just changed</translation>
    </message>
    <message>
        <source>名单 {}前导入</source>
        <translation>roster imported {} ago</translation>
    </message>
    <message>
        <source>名单 {}前改过</source>
        <translation>roster changed {} ago</translation>
    </message>
    <message>
        <source>待同步 {}</source>
        <translation>{} to send</translation>
    </message>
    <message>
        <source>名单还差 {}</source>
        <translation>{} of the lists to come</translation>
    </message>
    <message>
        <source>还没有名单</source>
        <translation>no lists yet</translation>
    </message>
    <message>
        <source>名单是新的</source>
        <translation>lists up to date</translation>
    </message>
    <message>
        <source>名单 {}前</source>
        <translation>lists {} old</translation>
    </message>
    <message>
        <source>地址不对。应该像这样：https://10.0.0.7:8443</source>
        <translation>That is no address. It should look like https://10.0.0.7:8443</translation>
    </message>
    <message>
        <source>一次性码抄错了一个字，请对着中心的再看一遍</source>
        <translation>The one-time code has a wrong character; compare it with the center&apos;s</translation>
    </message>
    <message>
        <source>这个地址上的不是给码的那个中心。请问中心的管理员地址对不对</source>
        <translation>What answers there is not the center that made the code. Ask its admin for the address</translation>
    </message>
    <message>
        <source>中心没有这个一次性码。请让中心再给一个</source>
        <translation>The center has no such code. Ask for a new one</translation>
    </message>
    <message>
        <source>这个一次性码用过了。请让中心再给一个</source>
        <translation>This code was used already. Ask for a new one</translation>
    </message>
    <message>
        <source>一次性码过了十分钟，不能用了。请让中心再给一个</source>
        <translation>This code is older than ten minutes. Ask for a new one</translation>
    </message>
    <message>
        <source>试得太多了。请等一分钟再试</source>
        <translation>Too many attempts. Wait a minute</translation>
    </message>
    <message>
        <source>中心没有收这台机器。请问中心的管理员</source>
        <translation>The center did not take this station. Ask its admin</translation>
    </message>
    <message>
        <source>还没有登记到中心，先登记再用 U 盘</source>
        <translation>Not enrolled at a center yet; enrol first, then use sticks</translation>
    </message>
    <message>
        <source>这不是同步用的文件。要找的文件名以 .kkb 结尾</source>
        <translation>This is no file for sync. Its name ends in .kkb</translation>
    </message>
    <message>
        <source>文件不完整，像是没拷完就拔了。请回去再拷一次；什么都没有改</source>
        <translation>The file is not whole, as if the stick was pulled out too early. Copy it again; nothing was changed</translation>
    </message>
    <message>
        <source>这个文件是新版程序写的。请先更新这里的程序</source>
        <translation>A newer version wrote this file. Update the program here first</translation>
    </message>
    <message>
        <source>文件坏了或者被改过，没有用它。请再拷一次</source>
        <translation>The file is damaged or was changed and was not used. Copy it again</translation>
    </message>
    <message>
        <source>这是给别的大门的文件。请拿给这台机器的那个</source>
        <translation>This file is for another gate. Bring the one for this station</translation>
    </message>
    <message>
        <source>这是大门送去中心的文件。请拿中心写回来的那个</source>
        <translation>This is the file that goes to the center. Bring the one that the center wrote</translation>
    </message>
    <message>
        <source>不认识写这个文件的大门</source>
        <translation>The gate that wrote this file is not known</translation>
    </message>
    <message>
        <source>U 盘满了。请腾出地方再写；U 盘上没有留下半个文件</source>
        <translation>The stick is full. Make room and write again; no half file was left on it</translation>
    </message>
    <message>
        <source>U 盘或文件读写不了。请重新插好，或者换一个 U 盘</source>
        <translation>The stick or file cannot be read or written. Plug it in again, or take another</translation>
    </message>
    <message>
        <source>现在做不了，请过一会儿再试</source>
        <translation>Not possible right now; try again in a moment</translation>
    </message>
    <message>
        <source>这个文件是别的中心的。请拿这台机器登记的那个中心写的</source>
        <translation>This file is another center&apos;s. Bring one from the center that this station belongs to</translation>
    </message>
    <message>
        <source>一用摄像头就出错</source>
        <translation>the camera</translation>
    </message>
    <message>
        <source>一用测温仪或扫码枪就出错</source>
        <translation>thermometer or scanner</translation>
    </message>
    <message>
        <source>一连中心就出错</source>
        <translation>the link to the center</translation>
    </message>
    <message>
        <source>程序自己出错</source>
        <translation>a fault of the program</translation>
    </message>
    <message>
        <source>程序被强行关掉了</source>
        <translation>it was killed</translation>
    </message>
    <message>
        <source>反复出错，先手工登记：{why}</source>
        <translation>Failed again and again, by hand now: {why}</translation>
    </message>
    <message>
        <source>请管理员看 F10 → 设备</source>
        <translation>An admin should look: F10 → Devices</translation>
    </message>
    <message>
        <source>别的窗口占了键盘：按键、键盘式扫码枪都到不了这里</source>
        <translation>Another window has the keyboard: no keys, no scans</translation>
    </message>
    <message>
        <source>请点一下这个画面</source>
        <translation>Tap this picture</translation>
    </message>
    <message>
        <source>密码不对。忘了就请管理员重设。</source>
        <translation>Wrong PIN. If you forgot it, ask an admin to reset it.</translation>
    </message>
    <message>
        <source>这一步要保安或管理员，请他来按密码。</source>
        <translation>This needs a guard or an admin; ask one to type the PIN.</translation>
    </message>
    <message>
        <source>要两个不同的人一起，请另一位也来按密码。</source>
        <translation>Two different people are needed; ask the other one to type the PIN too.</translation>
    </message>
    <message>
        <source>两个人里要有一位管理员。</source>
        <translation>One of the two must be an admin.</translation>
    </message>
    <message>
        <source>另一位要是保安或管理员：志愿者不用为别人的信息担责。</source>
        <translation>The other one must be a guard or an admin: volunteers do not answer for other people&apos;s data.</translation>
    </message>
    <message>
        <source>密码对，但您还打不开数据。请一位已经能打开的同事先签到，您再按一次密码就行了。</source>
        <translation>The PIN is right, but you cannot open the data yet. Let a colleague who can sign in first, then enter your PIN once more.</translation>
    </message>
    <message>
        <source>这个账号被别的程序改过，不能用。大门照常登记，请马上告诉管理员。</source>
        <translation>Another program changed this account, so it cannot be used. The gate goes on recording; tell an admin at once.</translation>
    </message>
    <message>
        <source>密码只能是数字。</source>
        <translation>A PIN has digits only.</translation>
    </message>
    <message>
        <source>短了一点：志愿者至少 4 位，保安和管理员至少 6 位。</source>
        <translation>A little short: volunteers at least 4 digits, guards and admins at least 6.</translation>
    </message>
    <message>
        <source>最多 8 位，请短一点。</source>
        <translation>At most 8 digits, please.</translation>
    </message>
    <message>
        <source>都是一样的数字，别人一试就开，请换一个。</source>
        <translation>All digits alike are guessed at once; please choose another.</translation>
    </message>
    <message>
        <source>1234 这样连着的，别人一试就开，请换一个。</source>
        <translation>A run such as 1234 is guessed at once; please choose another.</translation>
    </message>
    <message>
        <source>1212 这样重复的，别人容易看出来，请换一个。</source>
        <translation>A pattern such as 1212 is easily seen; please choose another.</translation>
    </message>
    <message>
        <source>像是年份，熟人容易猜到，请换一个。</source>
        <translation>It looks like a year, which people who know you guess; please choose another.</translation>
    </message>
    <message>
        <source>还是别人给的那个密码，给的人也知道，请换一个。</source>
        <translation>That is the PIN somebody gave you, and they know it. Choose another one.</translation>
    </message>
    <message>
        <source>和编号一样，大家都看得见，请换一个。</source>
        <translation>It is your number, which everybody sees; please choose another.</translation>
    </message>
    <message>
        <source>编号要 4 到 8 位数字。</source>
        <translation>The number needs 4 to 8 digits.</translation>
    </message>
    <message>
        <source>这个编号有人用过了，请换一个。</source>
        <translation>Somebody has had this number; please choose another.</translation>
    </message>
    <message>
        <source>请填姓名，他要在屏幕上找到自己。</source>
        <translation>Please give the name; they have to find themselves on the screen.</translation>
    </message>
    <message>
        <source>第一位要是管理员，以后由他添加别人。</source>
        <translation>The first one must be an admin, who then adds the others.</translation>
    </message>
    <message>
        <source>这是最后一位管理员，请先添加另一位。</source>
        <translation>This is the last admin; add another one first.</translation>
    </message>
    <message>
        <source>没有这个人了，请重新选。</source>
        <translation>This person is gone; please choose again.</translation>
    </message>
    <message>
        <source>恢复码不对。请照着最新那张纸，一组一组再输一遍。</source>
        <translation>Not the recovery key. Type it again, group by group, from the newest paper.</translation>
    </message>
    <message>
        <source>志愿者的密码可能只有 4 位：请给一个新的，至少 6 位，签到时再换成自己的。</source>
        <translation>A volunteer&apos;s PIN may have only 4 digits: give them a new one of at least 6, which they change when they sign in.</translation>
    </message>
    <message>
        <source>签到</source>
        <translation>Signed in</translation>
    </message>
    <message>
        <source>签退</source>
        <translation>Signed out</translation>
    </message>
    <message>
        <source>密码输错</source>
        <translation>Wrong PIN</translation>
    </message>
    <message>
        <source>为一件事签名</source>
        <translation>Signed for one action</translation>
    </message>
    <message>
        <source>添加操作员</source>
        <translation>Added an operator</translation>
    </message>
    <message>
        <source>改操作员</source>
        <translation>Changed an operator</translation>
    </message>
    <message>
        <source>停用操作员</source>
        <translation>Removed an operator</translation>
    </message>
    <message>
        <source>自己换密码</source>
        <translation>Changed own PIN</translation>
    </message>
    <message>
        <source>替人重设密码</source>
        <translation>Reset a PIN</translation>
    </message>
    <message>
        <source>做了新的恢复码</source>
        <translation>Made a recovery key</translation>
    </message>
    <message>
        <source>用了恢复码</source>
        <translation>Used the recovery key</translation>
    </message>
    <message>
        <source>看了全名</source>
        <translation>Saw names in full</translation>
    </message>
    <message>
        <source>查了名册</source>
        <translation>Searched the roster</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Exported</translation>
    </message>
    <message>
        <source>改判</source>
        <translation>Changed a verdict</translation>
    </message>
    <message>
        <source>改规则或停码</source>
        <translation>Changed the policy</translation>
    </message>
    <message>
        <source>改设置</source>
        <translation>Changed settings</translation>
    </message>
    <message>
        <source>电脑时间倒退</source>
        <translation>Clock set back</translation>
    </message>
    <message>
        <source>电脑时间往前跳了，或者电脑睡过</source>
        <translation>Clock jumped ahead, or the PC slept</translation>
    </message>
    <message>
        <source>登记到中心</source>
        <translation>Enrol</translation>
    </message>
    <message>
        <source>退出中心</source>
        <translation>left the center</translation>
    </message>
    <message>
        <source>换了验码用的名单</source>
        <translation>a list that codes are judged by was changed</translation>
    </message>
    <message>
        <source>校准测温仪</source>
        <translation>thermometer calibrated</translation>
    </message>
    <message>
        <source>导入名单</source>
        <translation>List import</translation>
    </message>
    <message>
        <source>改名册</source>
        <translation>Changed the roster</translation>
    </message>
    <message>
        <source>撤回导入</source>
        <translation>Took a change back</translation>
    </message>
    <message>
        <source>手动开门</source>
        <translation>Opened by hand</translation>
    </message>
    <message>
        <source>发出入证</source>
        <translation>passes issued</translation>
    </message>
    <message>
        <source>作废出入证</source>
        <translation>Revoked a pass</translation>
    </message>
    <message>
        <source>删除个人信息</source>
        <translation>Erased personal data</translation>
    </message>
    <message>
        <source>吹哨或问中心</source>
        <translation>called or asked the center</translation>
    </message>
    <message>
        <source>求助到人或撤回</source>
        <translation>call ended</translation>
    </message>
    <message>
        <source>数据钥匙锁进了密码</source>
        <translation>data keys locked into PINs</translation>
    </message>
    <message>
        <source>名单按现状封好，以后改动能查出来</source>
        <translation>The lists were sealed as they are; later changes will be found</translation>
    </message>
    <message>
        <source>数据钥匙不再锁进密码</source>
        <translation>data keys no longer locked into PINs</translation>
    </message>
    <message>
        <source>换了数据钥匙</source>
        <translation>data key changed</translation>
    </message>
    <message>
        <source>从损坏的登记本救出</source>
        <translation>salvaged from a damaged journal</translation>
    </message>
    <message>
        <source>从备份取回，记录从第 1 条重新编号</source>
        <translation>restored from a backup, entries count from 1 again</translation>
    </message>
    <message>
        <source>记录从第 1 条重新编号</source>
        <translation>entries count from 1 again</translation>
    </message>
    <message>
        <source>清理了早已存档的旧记录</source>
        <translation>old archived entries pruned</translation>
    </message>
    <message>
        <source>开始当班</source>
        <translation>began duty</translation>
    </message>
    <message>
        <source>结束当班</source>
        <translation>ended duty</translation>
    </message>
    <message>
        <source>签交班单</source>
        <translation>signed the hand-over</translation>
    </message>
    <message>
        <source>签接班</source>
        <translation>signed to take over</translation>
    </message>
    <message>
        <source>{} 条</source>
        <translation>entries: {}</translation>
    </message>
    <message>
        <source>{} 人</source>
        <translation>people: {}</translation>
    </message>
    <message>
        <source>{} 张</source>
        <translation>passes: {}</translation>
    </message>
    <message>
        <source>第 {} 条</source>
        <translation>entry {}</translation>
    </message>
    <message>
        <source>倒退 {} 秒</source>
        <translation>back by {} s</translation>
    </message>
    <message>
        <source>往前 {} 秒</source>
        <translation>{} s ahead</translation>
    </message>
    <message>
        <source>到第 {} 条</source>
        <translation>up to entry {}</translation>
    </message>
    <message>
        <source>{} 处</source>
        <translation>{} places</translation>
    </message>
    <message>
        <source>第 {} 批</source>
        <translation>batch {}</translation>
    </message>
    <message>
        <source>第 {} 次</source>
        <translation>no. {}</translation>
    </message>
    <message>
        <source>回执 {} 号</source>
        <translation>receipt {}</translation>
    </message>
    <message>
        <source>在“{}”</source>
        <translation>on &quot;{}&quot;</translation>
    </message>
    <message>
        <source>日期 {}</source>
        <translation>days {}</translation>
    </message>
    <message>
        <source>条件 {}</source>
        <translation>filters {}</translation>
    </message>
    <message>
        <source>设置 {}</source>
        <translation>settings {}</translation>
    </message>
    <message>
        <source>{} 道</source>
        <translation>lane {}</translation>
    </message>
    <message>
        <source>{} 的名单</source>
        <translation>list of {}</translation>
    </message>
    <message>
        <source>加 {} °C</source>
        <translation>{} °C added</translation>
    </message>
    <message>
        <source>新的一册 {}</source>
        <translation>new volume {}</translation>
    </message>
    <message>
        <source>和 {} 两个人签</source>
        <translation>signed together with {}</translation>
    </message>
    <message>
        <source>姓名打码</source>
        <translation>names masked</translation>
    </message>
    <message>
        <source>姓名全显示</source>
        <translation>names in full</translation>
    </message>
    <message>
        <source>改成通行</source>
        <translation>to PASS</translation>
    </message>
    <message>
        <source>改成复核</source>
        <translation>to RECHECK</translation>
    </message>
    <message>
        <source>改成禁止</source>
        <translation>to STOP</translation>
    </message>
    <message>
        <source>交班的人不在</source>
        <translation>whoever handed over was not there</translation>
    </message>
    <message>
        <source>下班</source>
        <translation>went off duty</translation>
    </message>
    <message>
        <source>查谁同时过门</source>
        <translation>who passed at the same time</translation>
    </message>
    <message>
        <source>查一个人的过门记录</source>
        <translation>one person&apos;s entries</translation>
    </message>
    <message>
        <source>倒查</source>
        <translation>look-back</translation>
    </message>
    <message>
        <source>出入证</source>
        <translation>Gate pass</translation>
    </message>
    <message>
        <source>疏散名单</source>
        <translation>Evacuation list</translation>
    </message>
    <message>
        <source>备份</source>
        <translation>backup</translation>
    </message>
    <message>
        <source>取回备份</source>
        <translation>backup restored</translation>
    </message>
    <message>
        <source>换了电脑，或者复制过硬盘</source>
        <translation>another PC, or a copied disk</translation>
    </message>
    <message>
        <source>中心有另一份不同的记录</source>
        <translation>the center has other entries under these numbers</translation>
    </message>
    <message>
        <source>大门关着的时候改的，开门时发现</source>
        <translation>changed while the gate was closed, found when it opened</translation>
    </message>
    <message>
        <source>中心发来的</source>
        <translation>sent by the center</translation>
    </message>
    <message>
        <source>不再用了</source>
        <translation>no longer used</translation>
    </message>
    <message>
        <source>读不出来</source>
        <translation>cannot be read</translation>
    </message>
    <message>
        <source>文件加了密码</source>
        <translation>file has a password</translation>
    </message>
    <message>
        <source>到期自动删</source>
        <translation>deleted when due</translation>
    </message>
    <message>
        <source>本人要求</source>
        <translation>at their own request</translation>
    </message>
    <message>
        <source>密码对，数据还打不开</source>
        <translation>PIN right, data still locked for them</translation>
    </message>
    <message>
        <source>恢复码不对</source>
        <translation>wrong recovery key</translation>
    </message>
    <message>
        <source>吹哨</source>
        <translation>whistle</translation>
    </message>
    <message>
        <source>问中心</source>
        <translation>Ask center</translation>
    </message>
    <message>
        <source>给了新密码</source>
        <translation>was given a new PIN</translation>
    </message>
    <message>
        <source>加人或改资料</source>
        <translation>person added or changed</translation>
    </message>
    <message>
        <source>移出名册</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>绑码</source>
        <translation>Bind code</translation>
    </message>
    <message>
        <source>解绑码</source>
        <translation>code unbound</translation>
    </message>
    <message>
        <source>记下谁照看谁</source>
        <translation>who looks after whom, noted</translation>
    </message>
    <message>
        <source>去掉谁照看谁</source>
        <translation>who looks after whom, removed</translation>
    </message>
    <message>
        <source>换班</source>
        <translation>change of shift</translation>
    </message>
    <message>
        <source>没有交班，开机时才发现</source>
        <translation>left without handing over, noticed at the next start</translation>
    </message>
    <message>
        <source>管理页没人用，自动锁上</source>
        <translation>page left alone, locked</translation>
    </message>
    <message>
        <source>离开管理页</source>
        <translation>left the admin page</translation>
    </message>
    <message>
        <source>账号被改动过</source>
        <translation>account was tampered with</translation>
    </message>
    <message>
        <source>启用规则</source>
        <translation>policy activated</translation>
    </message>
    <message>
        <source>存规则草稿</source>
        <translation>draft kept</translation>
    </message>
    <message>
        <source>停码</source>
        <translation>Codes down</translation>
    </message>
    <message>
        <source>恢复查码</source>
        <translation>Codes are back</translation>
    </message>
    <message>
        <source>请等 {} 秒再按。</source>
        <translation>Please wait {} s.</translation>
    </message>
    <message>
        <source>输错好几次了，请等 {} 分钟再按，或者请管理员重设。</source>
        <translation>Wrong several times: wait {} min, or ask an admin to reset it.</translation>
    </message>
    <message>
        <source>探亲访友</source>
        <translation>Family, friends</translation>
    </message>
    <message>
        <source>装修维修</source>
        <translation>Repairs</translation>
    </message>
    <message>
        <source>配送进门</source>
        <translation>Delivery inside</translation>
    </message>
    <message>
        <source>其他事</source>
        <translation>Something else</translation>
    </message>
    <message>
        <source>快递</source>
        <translation>Parcel</translation>
    </message>
    <message>
        <source>外卖</source>
        <translation>Takeaway</translation>
    </message>
    <message>
        <source>药</source>
        <translation>Medicine</translation>
    </message>
    <message>
        <source>菜</source>
        <translation>Groceries</translation>
    </message>
    <message>
        <source>代开药</source>
        <translation>Prescription</translation>
    </message>
    <message>
        <source>送文件</source>
        <translation>Carry papers</translation>
    </message>
    <message>
        <source>取物品</source>
        <translation>Fetch something</translation>
    </message>
    <message>
        <source>别的代办</source>
        <translation>Another errand</translation>
    </message>
    <message>
        <source>住户自己拿</source>
        <translation>Resident took it</translation>
    </message>
    <message>
        <source>志愿者送到门口</source>
        <translation>Taken to the door</translation>
    </message>
    <message>
        <source>家人邻居代拿</source>
        <translation>Family, neighbour</translation>
    </message>
    <message>
        <source>退回去了</source>
        <translation>Sent back</translation>
    </message>
    <message>
        <source>办好了</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>办不了</source>
        <translation>Cannot be done</translation>
    </message>
    <message>
        <source>访客</source>
        <translation>a visitor</translation>
    </message>
    <message>
        <source>{count} 分钟</source>
        <translation>{count} min</translation>
    </message>
    <message>
        <source>{count} 小时</source>
        <translation>{count} h</translation>
    </message>
    <message>
        <source>{count} 天</source>
        <translation>{count} days</translation>
    </message>
    <message>
        <source>文件末尾没有校验信息：不是本程序导出的，或者被截断了</source>
        <translation>No proof at the end of the file: it is not from this program, or was cut off</translation>
    </message>
    <message>
        <source>校验信息被改过，或者是别的卡口导出的</source>
        <translation>The proof was changed, or is another gate&apos;s</translation>
    </message>
    <message>
        <source>这份文件不是从这本登记本导出的</source>
        <translation>This file was not exported from this journal</translation>
    </message>
    <message>
        <source>{number} 号：「{column}」被改过</source>
        <translation>No. {number}: &quot;{column}&quot; was changed</translation>
    </message>
    <message>
        <source>文件被改过；登记本里已经没有这些记录，说不出是哪一条</source>
        <translation>The file was changed; these entries have left the journal, so nobody can say which one</translation>
    </message>
    <message>
        <source>姓名、住址或身份被改过</source>
        <translation>A name, address or category was changed</translation>
    </message>
    <message>
        <source>{number} 号：少了这一条</source>
        <translation>No. {number}: is missing</translation>
    </message>
    <message>
        <source>{number} 号：多出来的，或者重复了</source>
        <translation>No. {number}: was added or repeated</translation>
    </message>
    <message>
        <source>顺序被换过</source>
        <translation>The order was changed</translation>
    </message>
    <message>
        <source>表头被改过：列的名字对不上</source>
        <translation>The header was changed: the names of the columns are not right</translation>
    </message>
    <message>
        <source>“汇总”那一页被改过，或者和记录对不上</source>
        <translation>The summary sheet was changed, or does not fit the entries</translation>
    </message>
    <message>
        <source>条数对不上</source>
        <translation>The counts do not agree</translation>
    </message>
    <message>
        <source>请插上 U 盘，插上就会自动存</source>
        <translation>Plug in the stick, then it is saved by itself</translation>
    </message>
    <message>
        <source>找不到那个文件夹，请另选一个地方</source>
        <translation>That folder is gone, choose another place</translation>
    </message>
    <message>
        <source>盘满了，请换一个，或者删掉不用的文件</source>
        <translation>The disk is full: take another one, or delete files</translation>
    </message>
    <message>
        <source>写不进去：看看 U 盘是不是锁住了，或者另选一个地方</source>
        <translation>Cannot write: is the stick locked? Or choose another place</translation>
    </message>
    <message>
        <source>请先签到，签到后会自动存</source>
        <translation>Please sign in, then it is saved by itself</translation>
    </message>
    <message>
        <source>登记本读不出来，请打开“自检”看看</source>
        <translation>The journal cannot be read, see the self-test</translation>
    </message>
    <message>
        <source>另有 {count} 人次的记录已按期清理，日志里没有，只在统计里算人次</source>
        <translation>the entries of {count} more passages were pruned after their time: they are not in this log, only counted in the figures</translation>
    </message>
    <message>
        <source>文件和登记本一致：{} 条</source>
        <translation>The file agrees with the journal, entries: {}</translation>
    </message>
    <message>
        <source>签名是真的：{} 条。这些记录早就移出了登记本，没法再逐条比。</source>
        <translation>The signature is genuine, entries: {}. They have left the journal, so they cannot be compared one by one.</translation>
    </message>
    <message>
        <source>PDF 上印的字没有比：要逐条核对，请用 CSV 或 XLSX。</source>
        <translation>What is printed in the PDF was not compared: for that use CSV or XLSX.</translation>
    </message>
    <message>
        <source>有人发烧</source>
        <translation>Fever</translation>
    </message>
    <message>
        <source>起冲突</source>
        <translation>Quarrel</translation>
    </message>
    <message>
        <source>有人晕倒</source>
        <translation>Fainted</translation>
    </message>
    <message>
        <source>设备坏了</source>
        <translation>Broken</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>说住这里，名单上没有</source>
        <translation>Not on the list</translation>
    </message>
    <message>
        <source>码看不懂、打不开</source>
        <translation>Code unclear</translation>
    </message>
    <message>
        <source>码的颜色和他说的不一样</source>
        <translation>Colour differs</translation>
    </message>
    <message>
        <source>拿来的证明不认得</source>
        <translation>Unknown papers</translation>
    </message>
    <message>
        <source>隔离的人要进出</source>
        <translation>Isolated person</translation>
    </message>
    <message>
        <source>别的，请打电话来问我</source>
        <translation>Other: phone me</translation>
    </message>
    <message>
        <source>撤回了</source>
        <translation>Taken back</translation>
    </message>
    <message>
        <source>撤回了，已告诉中心</source>
        <translation>Taken back; the center is told</translation>
    </message>
    <message>
        <source>同时请打 {number}</source>
        <translation>Call {number} as well</translation>
    </message>
    <message>
        <source>正在呼叫中心…</source>
        <translation>Calling the center…</translation>
    </message>
    <message>
        <source>请等一下</source>
        <translation>Please wait a moment</translation>
    </message>
    <message>
        <source>没有网，请打 {phone}</source>
        <translation>No network: call {phone}</translation>
    </message>
    <message>
        <source>求助还没发出去；有网了会自己发</source>
        <translation>Not out yet; it goes by itself later</translation>
    </message>
    <message>
        <source>没有接中心，请打 {phone} 问</source>
        <translation>No center here. Please call {phone} and ask</translation>
    </message>
    <message>
        <source>问题只记在这里，没人会在网上答复；请他先在旁边等</source>
        <translation>The question is only noted here, nobody answers over the network; ask him to wait at the side</translation>
    </message>
    <message>
        <source>没有接中心，请打 {phone}</source>
        <translation>No center here. Please call {phone}</translation>
    </message>
    <message>
        <source>网上没有呼叫任何人，只有您打电话才有人来</source>
        <translation>Nobody was called over the network: please telephone</translation>
    </message>
    <message>
        <source>中心已收到</source>
        <translation>The center has it</translation>
    </message>
    <message>
        <source>看好现场，等人来</source>
        <translation>Stay with it until somebody comes</translation>
    </message>
    <message>
        <source>{who}在处理</source>
        <translation>{who} sees to it</translation>
    </message>
    <message>
        <source>中心在处理</source>
        <translation>The center sees to it</translation>
    </message>
    <message>
        <source>{who}在路上</source>
        <translation>{who} is on the way</translation>
    </message>
    <message>
        <source>人到了，请按“到了”</source>
        <translation>Once they are here, press &quot;Arrived&quot;</translation>
    </message>
    <message>
        <source>人到了</source>
        <translation>Somebody is here</translation>
    </message>
    <message>
        <source>记下了，辛苦了</source>
        <translation>Noted, thank you</translation>
    </message>
    <message>
        <source>中心说这件事办完了</source>
        <translation>The center says it is settled</translation>
    </message>
    <message>
        <source>中心答复：{text}</source>
        <translation>Center: {text}</translation>
    </message>
    <message>
        <source>{about} · 这是建议，要改判还按 F8</source>
        <translation>{about} · advice only; to change it press F8</translation>
    </message>
    <message>
        <source>没有网，问题还没发出去</source>
        <translation>No network: the question is not out yet</translation>
    </message>
    <message>
        <source>急事请打电话 {phone}；有网了会自己发</source>
        <translation>If urgent call {phone}; it goes by itself later</translation>
    </message>
    <message>
        <source>问出去了，等中心答复</source>
        <translation>Asked; the center will answer</translation>
    </message>
    <message>
        <source>请他先在旁边等，后面的人照常过</source>
        <translation>Let them wait aside; the others go on</translation>
    </message>
    <message>
        <source>记下了：人到了</source>
        <translation>Noted: somebody is here</translation>
    </message>
    <message>
        <source>查看</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>看答复</source>
        <translation>Answer</translation>
    </message>
    <message>
        <source>求助发不出去，请打电话 {phone}</source>
        <translation>The call cannot go out: call {phone}</translation>
    </message>
    <message>
        <source>请写明为什么要全名</source>
        <translation>Write why full names are needed</translation>
    </message>
    <message>
        <source>导出全名要两个人一起签</source>
        <translation>Full names leave only with the signatures of two people</translation>
    </message>
    <message>
        <source>大门的登记本还没打开，请过一会儿再试</source>
        <translation>The journal of the gate is not open yet. Try again in a moment</translation>
    </message>
    <message>
        <source>超过两万条，打印不下：请改存表格，或者少选几天</source>
        <translation>More than 20,000 rows are too many for paper: save a table instead, or choose fewer days</translation>
    </message>
    <message>
        <source>请先签到再导出</source>
        <translation>Sign in first, then export</translation>
    </message>
    <message>
        <source>设置没有存下来：{why}</source>
        <translation>The settings were not saved: {why}</translation>
    </message>
    <message>
        <source>没有存成：看看盘满了没有、U 盘拔了没有（{why}）</source>
        <translation>Not saved. Is the disk full, or the memory stick gone? ({why})</translation>
    </message>
    <message>
        <source>密码不对：请重新填密码，再点“核对这份文件”</source>
        <translation>Wrong password: type it again, then tap &quot;Check this file&quot;</translation>
    </message>
    <message>
        <source>文件加了密码：请把密码填在密码栏里，再点“核对这份文件”</source>
        <translation>The file has a password: type it into its field, then tap &quot;Check this file&quot;</translation>
    </message>
    <message>
        <source>要两个不同的人：请把两个人的名字都填上</source>
        <translation>Two different people are needed: write both names</translation>
    </message>
    <message>
        <source>口令太短，至少 {count} 个字</source>
        <translation>The passphrase is too short: at least {count} characters</translation>
    </message>
    <message>
        <source>备份里什么都有，要管理员来做</source>
        <translation>A backup holds everything: an admin has to make it</translation>
    </message>
    <message>
        <source>名册里没有这个人了</source>
        <translation>No longer in the roster</translation>
    </message>
    <message>
        <source>这个人还在复测名单上，先量好体温，或者在“复测”里处理完，再来删除</source>
        <translation>They still wait to be measured again. Measure them, or settle it under &quot;Rechecks&quot;, then delete</translation>
    </message>
    <message>
        <source>写好的备份读不回来，没有留下：请换一个 U 盘再试</source>
        <translation>The backup could not be read back and was not kept. Try another memory stick</translation>
    </message>
    <message>
        <source>备份没有写成：看看盘满了没有、U 盘拔了没有（{why}）</source>
        <translation>The backup was not written. Is the disk full, or the memory stick gone? ({why})</translation>
    </message>
    <message>
        <source>这台电脑的登记本读不了：{}</source>
        <translation>The journal of this computer cannot be read: {}</translation>
    </message>
</context>
</TS>
