"""What a rehearsal found, step by step, in both languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sandbox.text import Language, Text

SLOW = 8.0
"""Seconds after which an event, or an answer to a press, comes too late for a live room."""

Kind = Literal[
    "refused", "broken", "cut_off", "not_reached", "not_back", "missing", "lost", "twice"
]

KINDS: dict[Kind, Text] = {
    "refused": Text(zh="页面拒绝了机器人的操作", en="the page refused what a bot did"),
    "broken": Text(zh="页面出错", en="the page broke"),
    "cut_off": Text(zh="连接断了或没有回应", en="the connection broke, or nothing came back"),
    "not_reached": Text(zh="没有收到房间的变化", en="what happened in the room did not arrive"),
    "not_back": Text(
        zh="重新打开后不在原来的位置", en="did not find its place again after a reload"
    ),
    "missing": Text(zh="页面上缺少该有的东西", en="something was not on the page"),
    "lost": Text(zh="页面说已收到，记录里却没有", en="said to be kept, but not among the records"),
    "twice": Text(zh="按了两下，记了两次", en="pressed twice, and counted twice"),
}


@dataclass(frozen=True)
class Problem:
    """Something that went wrong for a bot; detail is what the page or the program said."""

    kind: Kind
    detail: str = ""


@dataclass(frozen=True)
class StepReport:
    """How a step went.

    bots: how many were in the room; did: how many did what the step asks (all, where it asks for
    nothing). arrived, answered: seconds of each bot until an event was on its page, and until a
    press was answered. kept, stored: answers and requests that the pages said were taken, and
    those among the records. planned, needed: minutes of the script, and those that reading and
    answering take.
    """

    title: Text
    bots: int
    did: int
    arrived: tuple[float, ...]
    answered: tuple[float, ...]
    kept: int
    stored: int
    planned: int
    needed: int
    problems: tuple[Problem, ...] = ()

    @property
    def slow(self) -> bool:
        """Whether something took too long for a live room."""
        return max((*self.arrived, *self.answered), default=0.0) > SLOW

    @property
    def short(self) -> bool:
        """Whether the step's minutes are too few."""
        return self.planned < self.needed

    @property
    def fine(self) -> bool:
        """Whether a workshop would go well here."""
        return not (self.problems or self.slow or self.short or self.did < self.bots)


@dataclass(frozen=True)
class Report:
    """A rehearsal of a whole script. before: what went wrong ahead of the first step."""

    title: Text
    bots: int
    seconds: float
    steps: tuple[StepReport, ...]
    before: tuple[Problem, ...] = ()

    @property
    def fine(self) -> bool:
        """Whether a workshop would go well."""
        return bool(self.steps) and not self.before and all(step.fine for step in self.steps)


def words(report: Report, language: Language) -> Iterator[str]:
    """The report, line by line: a line a step, what went wrong below it, and the verdict."""
    zh = language == "zh"
    head = f"{report.bots} 个机器人，{report.seconds:.0f} 秒"
    yield (
        f"{report.title.zh}：{head}"
        if zh
        else f"{report.title.en}: {report.bots} bots, {report.seconds:.0f} s"
    )
    yield from found(report.before, language)
    for number, step in enumerate(report.steps, 1):
        yield f"{number}. {step.title.say(language)}{'：' if zh else ': '}{facts(step, language)}"
        yield from found(step.problems, language)
    yield verdict(report, language)


def facts(step: StepReport, language: Language) -> str:
    """One step's figures in a line."""
    arrived, answered = (max(times, default=0.0) for times in (step.arrived, step.answered))
    if language == "zh":
        told = [f"{step.did}/{step.bots} 个完成", f"最晚 {arrived:.1f} 秒收到变化"]
        if step.answered:
            told.append(f"最慢 {answered:.1f} 秒得到回应")
        if step.kept:
            told.append(f"收到 {step.kept} 份，存下 {step.stored} 份")
        told.append(f"计划 {step.planned} 分钟，读和答要 {step.needed} 分钟")
        told += ["太慢"] * step.slow + ["时间不够"] * step.short
        return "，".join(told)
    told = [f"{step.did} of {step.bots} did it", f"news there within {arrived:.1f} s"]
    if step.answered:
        told.append(f"slowest answer {answered:.1f} s")
    if step.kept:
        told.append(f"{step.kept} taken, {step.stored} stored")
    told.append(f"{step.planned} min planned, {step.needed} needed to read and answer")
    told += ["TOO SLOW"] * step.slow + ["TOO SHORT"] * step.short
    return ", ".join(told)


def found(problems: tuple[Problem, ...], language: Language) -> Iterator[str]:
    """What went wrong, alike things counted."""
    for problem, times in Counter(problems).items():
        said = KINDS[problem.kind].say(language)
        mark = "：" if language == "zh" else ": "
        yield f"   ! {times} × {said}{mark + problem.detail if problem.detail else ''}"


def verdict(report: Report, language: Language) -> str:
    """Whether it would go well, in a sentence."""
    if report.fine:
        return Text(
            zh="排练顺利：这个房间可以开始了。", en="All well: this workshop is ready to be played."
        ).say(language)
    return Text(
        zh="排练发现了问题，请看带 ! 和标出的行。",
        en="Something would go wrong: see the lines with ! and capitals.",
    ).say(language)
