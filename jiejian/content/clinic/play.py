"""Play it: the same failure in the sandbox, and the proof that it is the same.

`persona`, `fault` and `preset` are what the link to the borrower's seat sets, `facts` what the
learner brings about there by hand (`how` says how). Together they are a case, and the check has the
lender decide it: what it answers must be what `shows` promises.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from pydantic import Field, ValidationError

from jiejian.content.clinic.entries import Entry
from jiejian.content.frontmatter import Slug
from sandbox.lender.case import Case
from sandbox.lender.decide import decide
from sandbox.lender.decision import Outcome
from sandbox.lender.lenderbook import LenderBook
from sandbox.lender.seatwords import load_seatwords
from sandbox.text import Text

PRESETS: Mapping[str, tuple[str, str]] = {
    "amount": ("request", "amount"),
    "term_months": ("request", "term_months"),
    "method": ("request", "method"),
    "purpose": ("request", "purpose"),
    "incident": ("platform", "incident"),
}
"""What a link may set, and where that stands in a case. A key the seat learns is added here."""


class Play(Entry):
    """A way to meet the failure in the sandbox.

    persona is whom to play, None for the one the seat starts with; fault is what is wrong with
    them; shows is a reason code, or an outcome where there is no reason.
    """

    preset: dict[str, str | int] = Field(default_factory=dict)
    persona: Slug | None = None
    fault: Slug | None = None
    facts: dict[str, dict[str, Any]] = Field(default_factory=dict)
    how: Text
    shows: str

    @property
    def query(self) -> dict[str, str]:
        """Person, fault and preset as a link carries them."""
        told = {name: str(value) for name, value in self.preset.items()}
        named = {"persona": self.persona, "fault": self.fault}
        return told | {name: value for name, value in named.items() if value is not None}


def case_of(play: Play, book: LenderBook) -> Case:
    """The case this play makes. Raises ValueError, saying what is wrong."""
    if unknown := play.preset.keys() - PRESETS.keys():
        known = ", ".join(PRESETS)
        raise ValueError(f"no preset {min(unknown)!r}; known are {known}")
    person = next(iter(book.personas.values()))
    if play.persona is not None:
        if play.persona not in book.personas:
            raise ValueError(f"there is no persona {play.persona!r}")
        person = book.personas[play.persona]
    case: dict[str, dict[str, Any]] = {
        "request": person.request.model_dump(),
        "applicant": person.applicant.model_dump(),
        "account": person.account.model_dump(),
        "platform": {},
    }
    if play.fault is not None:
        fault = load_seatwords().faults.get(play.fault)
        if fault is None:
            raise ValueError(f"there is no fault {play.fault!r}")
        case["applicant"] |= fault.applicant
        case["account"] |= fault.account
    for name, value in play.preset.items():
        part, field = PRESETS[name]
        case[part][field] = value
    for part, facts in play.facts.items():
        case.setdefault(part, {}).update(facts)
    try:
        return Case.model_validate(case)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        raise ValueError(f"{place}: {first['msg']}") from error


def wrong_with(play: Play, book: LenderBook) -> str | None:
    """Why the sandbox does not show what the play promises; None if it does."""
    try:
        case = case_of(play, book)
    except ValueError as error:
        return str(error)
    decision = decide(case, book)
    shown = [reason.code for reason in decision.reasons] or [decision.outcome]
    if play.shows in shown:
        return None
    if book.words(play.shows) is None and play.shows not in get_args(Outcome):
        return f"{play.shows!r} is neither a reason code nor an outcome"
    return f"promises {play.shows}, the sandbox shows {', '.join(shown)}"
