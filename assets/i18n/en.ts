<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
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
        <source>重新开始</source>
        <translation>Restart</translation>
    </message>
    <message>
        <source>亮度</source>
        <translation>Light</translation>
    </message>
</context>
<context>
    <name>ColourPage</name>
    <message>
        <source>请看他手机上的码：是什么颜色？</source>
        <translation>Look at their phone: what colour is the code?</translation>
    </message>
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
</context>
<context>
    <name>CorrectionPage</name>
    <message>
        <source>改判：{entry}</source>
        <translation>Correct: {entry}</translation>
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
    <name>Header</name>
    <message>
        <source>演示 DEMO</source>
        <translation>DEMO 演示</translation>
    </message>
</context>
<context>
    <name>LastFive</name>
    <message>
        <source>今天还没有人</source>
        <translation>Nobody yet today</translation>
    </message>
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
</context>
<context>
    <name>NoCodePage</name>
    <message>
        <source>没有码：您认识这个人吗？</source>
        <translation>No code: do you know this person?</translation>
    </message>
    <message>
        <source>认识，本小区的</source>
        <translation>Yes, lives here</translation>
    </message>
    <message>
        <source>不认识</source>
        <translation>No, a stranger</translation>
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
    <name>Strip</name>
    <message>
        <source>刚才：{verdict}</source>
        <translation>Before: {verdict}</translation>
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
        <source>按数字键也行：6 5 就是 36.5</source>
        <translation>Or type it: 6 5 means 36.5</translation>
    </message>
    <message>
        <source>体温枪上是多少？</source>
        <translation>What does the gun say?</translation>
    </message>
</context>
<context>
    <name>ThermometerPanel</name>
    <message>
        <source>还没测体温</source>
        <translation>No temperature yet</translation>
    </message>
    <message>
        <source>手测</source>
        <translation>Type °C</translation>
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
        <source>幸福里小区 · 东门</source>
        <translation>Happiness Lane · East Gate</translation>
    </message>
    <message>
        <source>设置有误：{}</source>
        <translation>The settings are wrong: {}</translation>
    </message>
    <message>
        <source>第 {} 行：{}</source>
        <translation>Line {}: {}</translation>
    </message>
    <message>
        <source>一行也没有导入；改好上面的行再试</source>
        <translation>Nothing was imported; correct the lines above and try again</translation>
    </message>
    <message>
        <source>导入了 {} 人</source>
        <translation>{} people imported</translation>
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
        <source>钥匙文件有问题：{}</source>
        <translation>There is something wrong with a key file: {}</translation>
    </message>
    <message>
        <source>文件打不开：{}</source>
        <translation>The file cannot be opened: {}</translation>
    </message>
    <message>
        <source>{} 条记录，其中更正 {} 条</source>
        <translation>{} entries, {} of them corrections</translation>
    </message>
    <message>
        <source>第 {} 条</source>
        <translation>Entry {}</translation>
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
        <translation>Unknown thermometer “{}”; known are: {}</translation>
    </message>
    <message>
        <source>不是十六进制字节：{}</source>
        <translation>These are not hexadecimal bytes: {}</translation>
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
        <translation>{}: {} entries, list of {}, in use from the next start</translation>
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
        <translation>{}: {} entries, {} ({} days ago), from {}</translation>
    </message>
    <message>
        <source>没有有效的出入证可以打印</source>
        <translation>There is no valid pass to print</translation>
    </message>
    <message>
        <source>{} 张证，{} 页：{}</source>
        <translation>{} passes, {} pages: {}</translation>
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
        <source>写不进出入证：{}</source>
        <translation>This does not fit a pass: {}</translation>
    </message>
    <message>
        <source>名册里没有人住在那里</source>
        <translation>Nobody in the roster lives there</translation>
    </message>
    <message>
        <source>{} 人已有有效的出入证，没有重发</source>
        <translation>{} people have a valid pass already, no second one was issued</translation>
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
        <source>记录</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>还没有记录</source>
        <translation>no entries yet</translation>
    </message>
    <message>
        <source>不要删文件，联系管理员</source>
        <translation>Do not delete files; call the admin</translation>
    </message>
    <message>
        <source>{} 条，{} 处损坏</source>
        <translation>{} entries, {} damaged</translation>
    </message>
    <message>
        <source>运行 station journal check 看是哪几条</source>
        <translation>station journal check tells which</translation>
    </message>
    <message>
        <source>还有 {} MB</source>
        <translation>{} MB left</translation>
    </message>
    <message>
        <source>快满了：删掉不用的文件，或换大一点的盘</source>
        <translation>Nearly full: delete what is not needed, or use a larger disk</translation>
    </message>
    <message>
        <source>硬盘</source>
        <translation>Disk</translation>
    </message>
    <message>
        <source>请管理员给这个文件夹写的权限</source>
        <translation>Ask the admin for the right to write to this folder</translation>
    </message>
    <message>
        <source>文件夹</source>
        <translation>Folder</translation>
    </message>
    <message>
        <source>时间比最后一条记录还早：请把电脑的时间调准</source>
        <translation>The time is before that of the newest entry: set the clock right</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
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
        <source>测温仪的串口</source>
        <translation>Thermometer port</translation>
    </message>
    <message>
        <source>插上测温仪；没有也能按 F3 手测</source>
        <translation>Plug in the thermometer; without one, F3 takes a value by hand</translation>
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
        <source>这个码不是刚打开的，可能是截图</source>
        <translation>This may be a screenshot</translation>
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
        <source>这张出入证作废了</source>
        <translation>This pass has been revoked</translation>
    </message>
    <message>
        <source>请他到社区补办新证</source>
        <translation>Send them to the community office for a new pass</translation>
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
        <source>这个码可能是假的</source>
        <translation>This code may be forged</translation>
    </message>
    <message>
        <source>请他稍等，打电话问社区</source>
        <translation>Ask them to wait and ring the community office</translation>
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
        <source>码不完整，读不出来</source>
        <translation>The code is damaged and cannot be read</translation>
    </message>
    <message>
        <source>请他把屏幕擦净调亮，再亮一次</source>
        <translation>Wipe the screen, make it brighter, show it again</translation>
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
        <source>没有亮码</source>
        <translation>No code was shown</translation>
    </message>
    <message>
        <source>请看身份证或出入证，问住几号楼</source>
        <translation>Look at an ID card or pass and ask for their building</translation>
    </message>
    <message>
        <source>本小区的人</source>
        <translation>Lives here</translation>
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
        <source>志愿者认识，本小区的</source>
        <translation>Known to the volunteer, lives here</translation>
    </message>
    <message>
        <source>请看证件，打电话问社区</source>
        <translation>Look at their papers and ring the community office</translation>
    </message>
    <message>
        <source>绿码</source>
        <translation>Green code</translation>
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
        <source>红码</source>
        <translation>Red code</translation>
    </message>
    <message>
        <source>请他站住别动，马上打电话给社区</source>
        <translation>Ask them to stay put; ring the community office now</translation>
    </message>
    <message>
        <source>健康码的颜色太旧了</source>
        <translation>Colour too old</translation>
    </message>
    <message>
        <source>不知道健康码的颜色</source>
        <translation>The colour of the code is unknown</translation>
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
        <source>请他到旁边坐 5 分钟，再测一次</source>
        <translation>Let them rest 5 min, then measure again</translation>
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
        <source>体温读数不对</source>
        <translation>The reading makes no sense</translation>
    </message>
    <message>
        <source>请擦净测温头，再测一次</source>
        <translation>Wipe the sensor and measure again</translation>
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
        <source>刚才体温偏高，测一次正常还不够</source>
        <translation>Was too warm before; one normal reading is not enough</translation>
    </message>
    <message>
        <source>请换手腕或水银体温计再测，按 F3 记下</source>
        <translation>Measure the wrist, or with a glass thermometer; note it with F3</translation>
    </message>
    <message>
        <source>刚才体温偏高，还没休息够</source>
        <translation>Was too warm before and has not rested long enough</translation>
    </message>
    <message>
        <source>请他再坐一会儿，到时间会提醒您</source>
        <translation>Let them sit a little longer; you will be reminded</translation>
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
        <source>复测正常</source>
        <translation>Normal when measured again</translation>
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
        <source>一人一码，间隔一米</source>
        <translation>One by one, one metre apart</translation>
    </message>
    <message>
        <source>没有码就按 F1</source>
        <translation>No code? Press F1</translation>
    </message>
    <message>
        <source>码看到了</source>
        <translation>Code seen</translation>
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
        <source>没有记录下来</source>
        <translation>NOT RECORDED</translation>
    </message>
    <message>
        <source>NOT RECORDED</source>
        <comment>other language</comment>
        <translation>没有记录下来</translation>
    </message>
    <message>
        <source>慢走</source>
        <translation>Goodbye</translation>
    </message>
    <message>
        <source>请进</source>
        <translation>Please go in</translation>
    </message>
</context>
</TS>
