"""Words of a room's report: it is read outside the site, so it carries its own."""

from __future__ import annotations

from collections.abc import Mapping

from sandbox.text import Text
from sandbox.world import Seat

PEOPLE = Text(zh="参加的人", en="People")
ANSWERS = Text(zh="每个回答", en="Answers")
QUESTIONS = Text(zh="每个问题", en="Questions")
REQUESTS = Text(zh="每次申请", en="Requests")
TIMELINE = Text(zh="时间线", en="Time line")

NUMBER = Text(zh="编号", en="Number")
NAME = Text(zh="名字", en="Name")
SEAT = Text(zh="席位", en="Seat")
JOINED = Text(zh="加入时间（UTC）", en="Joined (UTC)")
NOTE = Text(zh="备注", en="Note")
REMOVED = Text(zh="已移出", en="removed")
YES = Text(zh="完成", en="done")
NO = Text(zh="未完成", en="not done")
STEP = Text(zh="步骤", en="Step")
ITEM = Text(zh="题目", en="Item")
FIRST = Text(zh="第一次的回答", en="First answer")
LAST = Text(zh="最后的回答", en="Last answer")
RIGHT = Text(zh="对（1）或错（0）", en="Right (1) or wrong (0)")
WHEN = Text(zh="时间（UTC）", en="Time (UTC)")
OPTION = Text(zh="选项或结果", en="Option or result")
COUNT = Text(zh="人数", en="How many")
DONE = Text(zh="完成的人", en="Done")
PRESENT = Text(zh="在场的人", en="In the room")
OUTCOME = Text(zh="结果", en="Outcome")
REASONS = Text(zh="原因代码", en="Reason codes")
AMOUNT = Text(zh="批准金额（元）", en="Approved (yuan)")
RATE = Text(zh="年利率（%）", en="Annual rate (%)")
TAKEN = Text(zh="接受（1）", en="Taken (1)")
WHAT = Text(zh="发生了什么", en="What happened")
DETAIL = Text(zh="内容", en="Detail")

CLOSE = Text(zh="猜得接近", en="Close to the truth")
NOT_CLOSE = Text(zh="差得较远", en="Further off")
HAMMERED = Text(zh="连着发了三次以上的人", en="People who sent three times or more")
RESTRICTED = Text(zh="被冷静期或冻结拦下的人", en="People cooled down or frozen")
NOTES = Text(zh="写下的看法", en="Notes written")
DONE_OF = Text(zh="{people} 人在场，{done} 人完成", en="{done} of {people} in the room")
IN_ALL = Text(
    zh="{people} 人参加，{active} 人动手，历时 {minutes} 分钟。",
    en="{people} took part, {active} did something; it lasted {minutes} minutes.",
)
SENT = Text(
    zh="{people} 人一共发了 {requests} 次申请：{hammered} 人连着发了三次以上，{restricted} 人被冷静期或冻结拦下。",
    en="{people} people sent {requests} requests: {hammered} sent three or more, {restricted} were"
    " cooled down or frozen.",
)
GAINED = Text(
    zh="前后都答完的 {people} 人：答对的比例从 {before}% 到 {after}%。",
    en="Of {people} who answered before and after, {before}% were right before and {after}% after.",
)

SEATS: Mapping[Seat, Text] = {
    "borrower": Text(zh="借款人", en="Borrower"),
    "operator": Text(zh="平台运营", en="Operator"),
    "risk": Text(zh="风控", en="Risk officer"),
    "project": Text(zh="项目财务", en="Project CFO"),
}
OUTCOMES: Mapping[str, Text] = {
    "approved": Text(zh="通过", en="Approved"),
    "approved_less": Text(zh="通过，但金额减少", en="Approved for less"),
    "declined": Text(zh="拒绝", en="Declined"),
    "refer": Text(zh="转人工", en="Referred to a person"),
    "step_up": Text(zh="要求补充核验", en="Asked to verify again"),
    "retry_later": Text(zh="系统挡下，稍后再试", en="Turned away by the system"),
    "unknown": Text(zh="结果未知", en="Outcome unknown"),
    "duplicate": Text(zh="重复的请求", en="Duplicate"),
    "cool_down": Text(zh="冷静期", en="Cooled down"),
    "frozen": Text(zh="冻结", en="Frozen"),
}
MOMENTS: Mapping[str, Text] = {
    "room_opened": Text(zh="开房间", en="Room opened"),
    "person_joined": Text(zh="有人加入", en="Somebody joined"),
    "step_begun": Text(zh="进入步骤", en="Step begun"),
    "room_paused": Text(zh="暂停", en="Paused"),
    "room_resumed": Text(zh="继续", en="Resumed"),
    "time_added": Text(zh="加时（分钟）", en="Minutes added"),
    "cue_fired": Text(zh="共同事件", en="Shared event"),
    "cue_undone": Text(zh="撤回事件", en="Event taken back"),
    "message_sent": Text(zh="发消息", en="Message sent"),
    "person_moved": Text(zh="挪动一人", en="Somebody moved"),
    "person_removed": Text(zh="移出一人", en="Somebody removed"),
    "person_readmitted": Text(zh="重新放入一人", en="Somebody let in again"),
    "person_renamed": Text(zh="改名", en="Somebody renamed"),
    "person_seated": Text(zh="换席位", en="Seat changed"),
    "results_shown": Text(zh="公布结果", en="Results shown"),
    "results_hidden": Text(zh="收起结果", en="Results hidden"),
    "door_set": Text(zh="锁门或开门", en="Door locked or opened"),
    "educator_added": Text(zh="加一位老师", en="Educator added"),
    "ways_decided": Text(zh="席位作出决定", en="Seats decided"),
    "room_closed": Text(zh="关房间", en="Room closed"),
}
