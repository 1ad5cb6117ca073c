"""A room to take part in, opened and driven as an educator would, beside the page that is tested."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from streamlit.testing.v1 import AppTest

from jiejian.content.workshops.script import Script
from jiejian.services import built
from jiejian.services.actor import Actor
from jiejian.services.rooms.hub import Look
from jiejian.services.rooms.joining import participant
from jiejian.services.rooms.opening import Wishes
from jiejian.services.rooms.taking_part import Place
from sandbox.datafiles import validate
from tests.screens.app import WHO, opened

TEACHER = Actor("e" * 32, "educator", "1" * 32)


def text(words: str) -> dict[str, str]:
    return {"zh": f"中文{words}", "en": f"EN {words}"}


def block(kind: str, name: str, **more: object) -> dict[str, object]:
    shared = {"id": name, "kind": kind, "minutes": 2, "title": text(name), "say": text("say")}
    return {**shared, **more}


def options(*names: str) -> list[dict[str, object]]:
    return [{"id": name, "text": text(name)} for name in names]


def ways(*names: str) -> list[dict[str, object]]:
    return [{"id": name, "text": text(name), "then": text(f"then {name}")} for name in names]


STEPS = [
    block("poll", "guess", question=text("why?"), options=options("yes", "no"), show=text("shown")),
    block("poll", "many", question=text("which?"), options=options("a", "b", "c"), several=True),
    block(
        "prediction",
        "price",
        question=text("how much?"),
        unit=text("yuan"),
        truth={"call": "added", "args": {"of": [100, 20]}},
        why=text("because of that"),
    ),
    block("quiz", "check", quiz="why-requests-fail", items=[]),
    block("quiz", "before", quiz="why-requests-fail", items=[], moment="before", reveal="never"),
    block("sandbox", "borrow", task=text("borrow now"), persona="gig-worker", amount=5000,
          term_months=12),
    block("cue", "outage", cue="database-outage", question=text("what now?")),
    block("cue", "partner", cue="partner-call"),
    block("sandbox", "again", task=text("again"), persona="gig-worker", amount=5000,
          term_months=12, anew=False),
    block(
        "decision",
        "fork",
        seats={
            "operator": {"question": text("tell them?"), "ways": ways("now", "later")},
            "risk": {"question": text("relax?"), "ways": ways("relax", "keep")},
        },
    ),
    block("lesson", "read", lesson="why-requests-fail", part=0),
    block("discussion", "talk", question=text("and now?")),
    block("debrief", "back", questions=[text("what surprised you?")],
          looks_at=["guess", "price", "borrow"], lessons=["why-requests-fail"]),
]  # fmt: skip


def script(seats: str = "four") -> Script:
    quiz = built.services().library.quizzes["why-requests-fail"]
    items = [item.id for item in quiz.items if item.kind == "single"][:2]
    steps = [{**s, "items": items} if s["kind"] == "quiz" else s for s in STEPS]
    if seats == "none":
        steps = [step for step in steps if step["kind"] != "decision"]
    data = {
        "id": "made-up",
        "title": text("a workshop"),
        "about": text("about it"),
        "minutes": 90,
        "objectives": [text("one")],
        "handouts": ["why-requests-fail"],
        "seats": seats,
        "steps": steps,
    }
    return validate(Script, data, file="made-up.yaml")


@dataclass
class Workshop:
    """An open room; the page is always that of WHO."""

    language: str = "en"
    names: str = "nickname"
    seats: str = "none"
    guests: tuple[str, ...] = ()
    id: str = field(init=False)
    code: str = field(init=False)

    def __post_init__(self) -> None:
        wishes = Wishes("zh", self.names, self.seats, self.guests)  # type: ignore[arg-type]
        kind = "none" if self.seats == "none" else "four"
        made = built.services().opening.open(TEACHER, script(kind), wishes)
        self.id, self.code = made.id, made.code

    @property
    def me(self) -> str:
        return participant(self.id, WHO.learner)

    def key(self) -> str:
        return secrets.token_hex(12)

    def look(self) -> Look:
        return built.services().directing.look(TEACHER, self.id)

    def place(self) -> Place:
        return built.services().taking_part.place(WHO, self.id)

    def go(self, step: str) -> None:
        look = self.look()
        place = [block.id for block in look.room.script.steps].index(step)
        built.services().directing.go(TEACHER, self.id, place, look.room.turns)

    def show(self, step: str) -> None:
        built.services().directing.show(TEACHER, self.id, step, True, self.key())

    def fire(self, cue: str, to: str | None = None) -> None:
        built.services().directing.fire(TEACHER, self.id, cue, self.key(), to=to)  # type: ignore[arg-type]

    def close(self) -> None:
        built.services().directing.close(TEACHER, self.id, self.key())

    def other(self, step: str, raw: object, number: int = 1, seat: str | None = None) -> None:
        """Somebody else in the room answers."""
        somebody = Actor(f"{number:032x}")
        service = built.services()
        service.joining.join(somebody, self.id, f"Other {number}", seat)
        service.taking_part.answer(somebody, self.id, step, "answer", raw, self.key())  # type: ignore[arg-type]

    def inside(self, step: str = "", seat: str | None = None) -> AppTest:
        """The page of somebody who has joined, at a step."""
        built.services().joining.join(WHO, self.id, "Me", seat)
        if step:
            self.go(step)
        return opened("screens/live.py", self.language, room=self.id)


def said(app: AppTest) -> str:
    """Everything the page says in HTML, words and messages; the style sheet says nothing."""
    texts = [str(getattr(one, "proto").body) for one in app.get("html")]  # noqa: B009
    for shown in (app.error, app.warning, app.info, app.success, app.caption):
        texts += [str(one.value) for one in shown]
    return " ".join(text for text in texts if not text.lstrip().startswith("<style"))


def links(app: AppTest) -> list[str]:
    """What the links to pages are called."""
    return [str(getattr(one, "label")) for one in app.get("page_link")]  # noqa: B009


def press(app: AppTest, *labels: str) -> AppTest:
    """Press the button with one of these labels."""
    next(button for button in app.button if button.label in labels).click().run()
    assert not app.exception
    return app
