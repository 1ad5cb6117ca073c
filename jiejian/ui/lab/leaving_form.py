"""What the contract says about repaying everything early, as somebody would tick it."""

from __future__ import annotations

from collections.abc import Mapping

from jiejian.services import typed_terms
from jiejian.ui import choices
from jiejian.ui.i18n import _
from jiejian.ui.lab.boxes import box
from jiejian.ui.lab.typed_offer import leaving_texts
from sandbox.loans.plans import Leaving


def leaving_fields(
    key: str, given: Mapping[str, object], first: Leaving | None = None
) -> dict[str, object]:
    """Draw the boxes and return the keys of `Leaving`. given: the offer's terms."""
    texts = leaving_texts(first)
    terms: dict[str, object] = {}
    if given.get("method") == "flat_fee":
        kept = choices.choose(
            f"{key}_unused",
            _("If you repay early, the fees of the months left"),
            {"kept": _("are still due"), "dropped": _("fall away")},
            first=texts["unused"],
        )
        terms["refund_unearned"] = kept == "dropped"
    rate = box(f"{key}_leaving_rate", "prepayments.0.fee_rate", texts["rate"], typed_terms.percent)
    return {**terms, "fee_rate": rate} if rate else terms
