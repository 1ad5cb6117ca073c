"""What is compared: the borrower's plan, and two to four offers as somebody types them."""

from __future__ import annotations

import html
from dataclasses import dataclass, replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from jiejian.services import typed_terms
from jiejian.ui import choices
from jiejian.ui.format import money
from jiejian.ui.i18n import _, language
from jiejian.ui.lab import offer_form
from jiejian.ui.lab.boxes import box
from jiejian.ui.lab.leaving_form import leaving_fields
from jiejian.ui.lab.typed_offer import offer_texts
from sandbox.examples import ComparisonExample, ExampleOffer
from sandbox.loans import Quote
from sandbox.loans.comparing import FEWEST, MOST

KEY = "lab_compare"
LETTERS = "ABCD"
LONGEST_NAME = 30


@dataclass(frozen=True)
class TypedOffer:
    """One offer's boxes read out.

    named: whether the reader named it. head: where its name and what it comes to are drawn.
    """

    letter: str
    name: str
    named: bool
    given: dict[str, object]
    leaving: dict[str, object]
    head: DeltaGenerator

    @property
    def title(self) -> str:
        """Letter and name."""
        return f"{self.letter} · {self.name}"

    @property
    def changed(self) -> TypedOffer:
        """The offer once its terms are the reader's: the example's name no longer fits."""
        return self if self.named else replace(self, name=_("Your offer"))


def plan_fields() -> tuple[dict[str, object], DeltaGenerator]:
    """What the borrower means to do, as the keys of `Plan`; and a place for a short answer."""
    with st.container(border=True, key="card_lab_plan", gap="small"):
        kind = choices.choose(
            f"{KEY}_plan",
            _("What will you do?"),
            {
                "repay": _("Repay everything early"),
                "keep": _("Keep to the schedule"),
                "late": _("Pay one instalment late"),
            },
        )
        given: dict[str, object] = {"kind": kind}
        if kind == "repay":
            key = f"{KEY}_after_months"
            given["after_months"] = box(key, "plan.after_months", "4", typed_terms.whole)
        elif kind == "late":
            for name, first in (("instalment", "2"), ("days", "10")):
                field = f"late_payments.0.{name}"
                given[name] = box(f"{KEY}_late_{name}", field, first, typed_terms.whole)
        return given, st.empty()


def offer_cards(example: ComparisonExample) -> list[TypedOffer]:
    """A card for each offer, its boxes folded away; first values are the example's."""
    count = int(st.session_state.get(f"{KEY}_count") or FEWEST)
    typed = []
    with st.grid(columns=2, min_column_width=300, gap="small"):
        for place in range(count):
            ready = example.offers[place] if place < len(example.offers) else None
            typed.append(_card(place, ready))
    with st.container(horizontal=True, gap="small", key=f"{KEY}_more"):
        if count < MOST:
            words, more = _("Add another offer"), count + 1
            st.button(words, key=f"{KEY}_add", icon=":material/add:", on_click=_set, args=(more,))
        if count > FEWEST:
            words, less = _("Take the last one away"), count - 1
            st.button(
                words, key=f"{KEY}_less", icon=":material/remove:", on_click=_set, args=(less,)
            )
    return typed


def anew_button() -> None:
    """Back to the example, every box of it."""
    st.button(
        _("Start again with the example"),
        key=f"{KEY}_anew",
        icon=":material/restart_alt:",
        on_click=_anew,
    )


def head(typed: TypedOffer, about: str | None, agreed: Quote | None) -> None:
    """Name, what the advert says, what it comes to; agreed is None where it cannot be worked out."""
    lines = [
        f'<p class="offer-name"><span class="letter">{typed.letter}</span> '
        f"{html.escape(typed.name)}</p>"
    ]
    if about:
        lines.append(f"<p>{html.escape(about)}</p>")
    if agreed is not None:
        lines.append(f'<p class="offer-terms">{html.escape(_terms_line(agreed))}</p>')
    typed.head.html("".join(lines))


def _terms_line(agreed: Quote) -> str:
    first, last = agreed.rows[0].payment, agreed.rows[-1].payment
    if len(agreed.rows) == 1:
        words = _("You receive {received} and pay back {first} at once.")
    elif abs(first - last) < 1:
        words = _("You receive {received} and pay {n} times {first}.")
    else:
        words = _("You receive {received} and pay {n} times, first {first}, at the end {last}.")
    return words.format(
        received=money(agreed.received, cents=False),
        n=len(agreed.rows),
        first=money(first, cents=False),
        last=money(last, cents=False),
    )


def _card(place: int, ready: ExampleOffer | None) -> TypedOffer:
    letter = LETTERS[place]
    key = KEY if place == 0 else f"{KEY}_{letter.lower()}"
    usual = ready.name.say(language()) if ready else _("Another offer")
    with st.container(border=True, key=f"card_lab_offer_{letter.lower()}", gap="small"):
        shown = st.container()
        words = _("Change the terms of {offer}").format(offer=letter)
        with st.expander(words, icon=":material/edit:"):
            name = st.text_input(
                _("What you call it"),
                key=f"{key}_name",
                placeholder=usual,
                max_chars=LONGEST_NAME,
                autocomplete="off",
                persist_state="session",
            )
            given = offer_form.offer_fields(key, offer_texts(ready.offer) if ready else None)
            leaving = leaving_fields(key, given, ready.leaving if ready else None)
    own = (name or "").strip()
    return TypedOffer(letter, own or usual, bool(own), given, leaving, shown)


def _set(count: int) -> None:
    st.session_state[f"{KEY}_count"] = count


def _anew() -> None:
    """Forget every box of the tool, so that each begins with the example's value."""
    for name in [str(name) for name in st.session_state if str(name).startswith(f"{KEY}_")]:
        del st.session_state[name]
