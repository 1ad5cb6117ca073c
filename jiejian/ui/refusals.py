"""Why the engine refuses a value, and what to do: a field and a reason code in the reader's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from jiejian.ui.i18n import _
from jiejian.ui.terms import label, limit, term

Details = Mapping[str, object]


def words(field: str, reason: str, details: Details) -> str:
    """What to do about a refused value. An unknown reason gets a plain request to check it."""
    say = REASONS.get(reason)
    if say is None:
        return _unknown(field, details)
    return say(field, details)


def _named(message: str, field: str, details: Details, **more: str) -> str:
    kind = details.get("kind")
    return message.format(field=label(field, str(kind) if kind else None), **more)


def _unknown(field: str, details: Details) -> str:
    if term(field) is None:
        return _("One of the terms cannot be used as entered. Please check them and try again.")
    return _named(
        _("“{field}” cannot be used as entered. Please check it and try again."), field, details
    )


def _number(field: str, details: Details) -> str:
    known = term(field)
    if known and known.unit == "yuan":
        example = _("12000 or 1,200.50")
    elif known and known.unit in ("percent", "ten_thousandths"):
        example = "7.2"
    else:
        example = "12"
    message = _("“{field}”: enter a number, for example {example}.")
    return _named(message, field, details, example=example)


def _whole(field: str, details: Details) -> str:
    return _named(_("“{field}”: enter a whole number, for example 12."), field, details)


def _small(field: str, details: Details) -> str:
    low = details.get("low")
    if field == "repay_total" and isinstance(low, Decimal):
        message = _("“{field}”: enter at least what you borrow, {low}.")
        return _named(message, field, details, low=limit(field, low))
    if isinstance(low, Decimal):
        more = _("“{field}”: enter more than {low}.")
        least = _("“{field}”: enter {low} or more.")
        return _named(
            more if details.get("beyond") else least, field, details, low=limit(field, low)
        )
    if field == "principal":
        return _(
            "The amount is too small for so many instalments: one would round to nothing. Enter a"
            " larger amount or fewer instalments."
        )
    return _named(_("“{field}” is too small here. Enter a larger number."), field, details)


def _large(field: str, details: Details) -> str:
    high = details.get("high")
    if isinstance(high, Decimal):
        most = _("“{field}”: enter at most {high}.")
        return _named(most, field, details, high=limit(field, high))
    return _named(_("“{field}” is too large here. Enter a smaller number."), field, details)


def _precise(field: str, details: Details) -> str:
    known = term(field)
    if known and known.unit == "yuan":
        message = _("“{field}”: use at most two decimals (1,200.50) and not more than 18 digits.")
    else:
        message = _("“{field}”: use fewer digits, 18 at most.")
    return _named(message, field, details)


def _date(field: str, details: Details) -> str:
    return _named(
        _("“{field}”: enter a date as year-month-day, for example 2026-03-15."), field, details
    )


def _date_order(field: str, details: Details) -> str:
    message = _(
        "“{field}” does not come after the date or instalment before it. Choose a later one."
    )
    return _named(message, field, details)


def _range(field: str, details: Details) -> str:
    return _named(_("“{field}”: choose a year from 1900 to 2400."), field, details)


def _missing(field: str, details: Details) -> str:
    return _named(_("“{field}” is still missing. Please fill it in."), field, details)


def _conflict(field: str, details: Details) -> str:
    message = _("“{field}” does not go together with the other terms. Change it or leave it out.")
    return _named(message, field, details)


def _choice(field: str, details: Details) -> str:
    return _named(_("“{field}”: choose one of the options offered."), field, details)


def _long(field: str, details: Details) -> str:
    return _named(_("“{field}” is too long. Shorten it or leave some out."), field, details)


def _short(field: str, details: Details) -> str:
    return _named(_("“{field}” is too short. Add what is missing."), field, details)


def _after_end(field: str, details: Details) -> str:
    message = _("“{field}”: by then the loan is already repaid. Choose an earlier time.")
    return _named(message, field, details)


def _never(field: str, details: Details) -> str:
    if field.startswith("revolving"):
        return _(
            "Paying only this minimum never repays the debt: the interest eats it up. Raise the"
            " minimum payment or lower the rate."
        )
    return _(
        "Such an instalment would not even cover the interest, so the debt would never shrink."
        " Enter a larger amount, a lower rate or fewer instalments."
    )


def _fee_too_large(_field: str, details: Details) -> str:
    return _(
        "What is taken at the start is as large as the loan: nothing would reach your hand. Enter"
        " a fee below the amount you borrow."
    )


def _no_change(_field: str, details: Details) -> str:
    return _(
        "A rate needs money that comes in and money that goes out. Enter at least one of each."
    )


def _not_possible(_field: str, details: Details) -> str:
    return _(
        "That step does not exist for a loan that is repaid in this way. Choose another way of"
        " repaying it."
    )


def _offers(_field: str, details: Details) -> str:
    return _("Two to four offers can be compared.")


def _file(_field: str, details: Details) -> str:
    return _("This could not be read. Please check it and try again.")


REASONS: Mapping[str, Callable[[str, Details], str]] = {
    "after_end": _after_end,
    "broken_data_file": _file,
    "conflict": _conflict,
    "dates_out_of_order": _date_order,
    "duplicate_field": _conflict,
    "fee_not_below_principal": _fee_too_large,
    "missing": _missing,
    "never_amortises": _never,
    "no_sign_change": _no_change,
    "not_a_date": _date,
    "not_a_number": _number,
    "not_an_integer": _whole,
    "not_finite": _number,
    "not_json": _file,
    "not_possible": _not_possible,
    "not_text": _file,
    "not_utf8": _file,
    "out_of_range": _range,
    "too_few": _offers,
    "too_large": _large,
    "too_long": _long,
    "too_many": _offers,
    "too_precise": _precise,
    "too_short": _short,
    "too_small": _small,
    "unknown_choice": _choice,
    "unknown_field": _unknown,
    "usage": _file,
    "wrong_type": _number,
}
"""Every reason code of the engine and its doors; a test reads them from the source."""
