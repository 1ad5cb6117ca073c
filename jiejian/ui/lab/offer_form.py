"""A loan offer, typed in by somebody who has never read one.

Presets, for links from lessons (`/lab?tool=price&price=flat&rate=0.66&periods=12`), each as a
reader would type or choose it:

    principal          yuan
    price              how the price is stated: annual, period, daily, flat, total
    rate               the price itself: percent; per 10,000 with daily; yuan repaid with total
    periods            number of instalments
    period             week, fortnight, four_weeks, month, two_months, quarter, half_year, year
    method             equal_instalment, equal_principal, interest_first, bullet, balloon,
                       revolving, or days: one payment after term_days
    term_days          days until that payment
    balloon            yuan left for the last day, with method=balloon
    minimum_rate       minimum payment in percent, with method=revolving
    upfront_fee        yuan; upfront_fee_rate: percent of the amount
    upfront_fee_paid   withheld, separate, financed
    instalment_fee     yuan; instalment_fee_rate: percent of the amount
    insurance          yuan with each instalment
    membership         yuan at the start
    first_due          date
    late_fee, penalty_multiplier, grace_days
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from jiejian.content.targets import keys_of
from jiejian.errors import InvalidInput
from jiejian.services import typed_terms
from jiejian.services.typed_terms import Value
from jiejian.ui import choices, errors
from jiejian.ui.i18n import _
from jiejian.ui.terms import METHODS, PERIODS, label

DEFAULTS: Mapping[str, str] = {
    "principal": "12000",
    "price": "annual",
    "rate_annual": "12",
    "rate_period": "1",
    "rate_daily": "3",
    "rate_flat": "0.66",
    "rate_total": "12950.40",
    "periods": "12",
    "period": "month",
    "method": "equal_instalment",
    "term_days": "30",
    "balloon": "5000",
    "minimum_rate": "10",
    "upfront_fee": "0",
    "upfront_fee_rate": "0",
    "upfront_fee_paid": "withheld",
    "instalment_fee": "0",
    "instalment_fee_rate": "0",
    "insurance": "0",
    "membership": "0",
    "first_due": "",
    "late_fee": "0",
    "penalty_multiplier": "1.5",
    "grace_days": "0",
}
CHOSEN = ("price", "period", "method", "upfront_fee_paid")
PRICES = ("annual", "period", "daily", "flat", "total")
PRESETS = frozenset(keys_of("lab")) - {"tool"}
LONGEST = 60
FOOT = "foot"

Read = Callable[[str], Value]


def prefill(key: str, given: Mapping[str, str]) -> None:
    """Put presets into the form of this key; a name that is none is passed over."""
    if given.keys() & PRESETS:
        st.session_state[f"{key}_prefilled"] = True
    for name, text in given.items():
        if name == "rate":
            price = given.get("price", "")
            name = f"rate_{price if price in PRICES else 'annual'}"
        if name in CHOSEN:
            choices.put(f"{key}_{name}", text)
        elif name in DEFAULTS:
            st.session_state[f"{key}_{name}"] = text[:LONGEST]


def prefilled(key: str) -> bool:
    """Whether a link has brought an offer for this form."""
    return bool(st.session_state.get(f"{key}_prefilled"))


class Given(dict[str, object]):
    """The terms as typed; knows where on the page each of them stands."""

    def __init__(self, terms: Mapping[str, object], places: Mapping[str, DeltaGenerator]) -> None:
        super().__init__(terms)
        self._places = places

    def refuse(self, error: InvalidInput) -> None:
        """Show the refusal under the box it is about, else at the foot of the form."""
        kind = error.details.get("kind")
        names = (error.field, f"fees.{kind}.amount", FOOT)
        with next(self._places[name] for name in names if name in self._places):
            errors.show(error)


def offer_fields(key: str, defaults: Mapping[str, str] | None = None) -> Given:
    """Draw the form and return what `Costing.quote` takes.

    defaults: first values by name of DEFAULTS, for this form.
    """
    form = _Form(key, {**DEFAULTS, **(defaults or {})})
    return Given(form.terms(), form.places)


class _Form:
    """The boxes of one form; keys begin with the form's own."""

    def __init__(self, key: str, defaults: Mapping[str, str]) -> None:
        self._key = key
        self._defaults = defaults
        self.places: dict[str, DeltaGenerator] = {}

    def terms(self) -> dict[str, object]:
        """Everything the reader has said, as the engine's terms."""
        given: dict[str, object] = {"principal": self._box("principal", typed_terms.number)}
        price = self._choice(
            "price",
            _("How is the price stated?"),
            {
                "annual": _("% a year"),
                "period": _("% a month"),
                "daily": _("Daily rate"),
                "flat": _("Fee per instalment"),
                "total": _("Total to repay"),
            },
        )
        given |= self._price(price)
        given |= self._time(price)
        given |= self._fees(price)
        # Closed folds hide what is refused inside them; such a refusal stands above the fold.
        self.places[FOOT] = st.container()
        shown = dict(self.places)
        with st.expander(_("More terms"), icon=":material/tune:"):
            given |= self._more()
        self.places = shown
        return given

    def _price(self, price: str) -> dict[str, object]:
        match price:
            case "annual":
                return {"annual_rate": self._box("rate_annual", typed_terms.percent, "annual_rate")}
            case "period":
                words = _("Interest each instalment, on what you still owe (%)")
                box = self._box("rate_period", typed_terms.percent, "period_rate", words=words)
                return {"period_rate": box}
            case "daily":
                help_text = _("万五 is 5 per 10,000: ¥5 a day for each ¥10,000 owed.")
                read, field = typed_terms.ten_thousandths, "daily_rate"
                return {"daily_rate": self._box("rate_daily", read, field, hint=help_text)}
            case "flat":
                words = _("Fee each instalment, on the amount first borrowed (%)")
                box = self._box("rate_flat", typed_terms.percent, "period_rate", words=words)
                return {"method": "flat_fee", "period_rate": box}
            case _:
                return {"repay_total": self._box("rate_total", typed_terms.number, "repay_total")}

    def _time(self, price: str) -> dict[str, object]:
        given: dict[str, object] = {}
        if price not in ("flat", "total"):
            methods = {code: _(name) for code, name in METHODS.items() if code != "flat_fee"}
            if price != "period":
                methods["days"] = _("Everything in one payment after some days")
            given["method"] = self._choice("method", label("method"), methods, shape="select")
        method = given.get("method")
        if method == "days":
            return {"method": "bullet", "term_days": self._box("term_days", typed_terms.whole)}
        if method == "balloon":
            given["balloon"] = self._box("balloon", typed_terms.number)
        if method == "revolving":
            rate = self._box("minimum_rate", typed_terms.percent, "revolving.minimum_rate")
            given["revolving"] = {"minimum_rate": rate}
        else:
            given["periods"] = self._box("periods", typed_terms.whole)
        return given

    def _fees(self, price: str) -> dict[str, object]:
        given = self._unless_zero("upfront_fee", typed_terms.number)
        if given:
            ways = {
                "withheld": _("Taken out of the payout"),
                "separate": _("Paid separately"),
                "financed": _("Added to the loan"),
            }
            given["upfront_fee_paid"] = self._choice(
                "upfront_fee_paid", label("upfront_fee_paid"), ways, shape="select"
            )
        return given | self._unless_zero("instalment_fee", typed_terms.number)

    def _more(self) -> dict[str, object]:
        periods = {code: _(name) for code, name in PERIODS.items()}
        given: dict[str, object] = {
            "period": self._choice("period", label("period"), periods, shape="select")
        }
        given |= self._unless_zero("upfront_fee_rate", typed_terms.percent)
        given |= self._unless_zero("instalment_fee_rate", typed_terms.percent)
        fees = [*self._fee("insurance", "instalment"), *self._fee("membership", "separate")]
        if fees:
            given["fees"] = fees
        if first := self._text("first_due", label("first_due"), placeholder="2026-02-15").strip():
            given["first_due"] = typed_terms.day(first)
        late = self._unless_zero("late_fee", typed_terms.number, "late.fee", name="fee")
        for name, read in (
            ("penalty_multiplier", typed_terms.number),
            ("grace_days", typed_terms.whole),
        ):
            late[name] = self._box(name, read, f"late.{name}")
        st.caption(
            _("What lateness costs is no part of the price: it counts only if you pay late.")
        )
        return given | {"late": late}

    def _fee(self, kind: str, when: str) -> list[dict[str, object]]:
        amount = self._box(kind, typed_terms.number, f"fees.{kind}.amount")
        if not amount:
            return []
        optional = st.checkbox(
            _("I can refuse this and still get the loan"),
            key=f"{self._key}_{kind}_optional",
            persist_state="session",
        )
        fee = {"name": kind, "kind": kind, "when": when, "amount": amount}
        return [{**fee, "mandatory": not optional}]

    def _unless_zero(
        self, box: str, read: Read, field: str | None = None, *, name: str | None = None
    ) -> dict[str, object]:
        """The term, or nothing where the box is empty or zero."""
        value = self._box(box, read, field)
        return {name or box: value} if value else {}

    def _box(
        self,
        name: str,
        read: Read,
        field: str | None = None,
        hint: str | None = None,
        words: str | None = None,
    ) -> Value:
        """A box for one figure; an empty one in place of a fee is zero. words: in place of its name."""
        text = self._text(name, words or label(field or name), help=hint)
        self.places[field or name] = st.container()
        if not text.strip() and self._defaults[name] == "0":
            return 0
        return read(text)

    def _text(self, name: str, words: str, **more: str | None) -> str:
        key = f"{self._key}_{name}"
        st.session_state.setdefault(key, self._defaults[name])
        return st.text_input(  # type: ignore[call-overload, no-any-return]
            words,
            key=key,
            max_chars=LONGEST,
            autocomplete="off",
            persist_state="session",
            **more,
        )

    def _choice(
        self,
        name: str,
        words: str,
        options: Mapping[str, str],
        *,
        shape: choices.Shape = "pills",
    ) -> str:
        first = self._defaults[name]
        return choices.choose(f"{self._key}_{name}", words, options, shape=shape, first=first)
