"""What every part of the headless answer means: the second half of `schema quote`."""

from __future__ import annotations

from typing import Any

OFFER = {
    "offer": "The terms that differ from the default offer.",
    "received": "Money in hand at the start, after all fees and interest taken then.",
    "instalment": "The first regular level instalment; null where no instalment is level.",
    "upfront_fees": "All fees at the start.",
    "advance_interest": "Interest kept back from the payout.",
    "totals": "Column sums, fees at the start included: see totals.",
    "cost_per_1000": "Total cost for each 1,000 received.",
    "average_life_years": "Weighted average life of the principal, in years of 365 days.",
    "rates": "By name: see rates and rate.",
    "rows": "The schedule: see row.",
}
ROW = {
    "number": "Counts all rows, prepayments too.",
    "kind": "instalment, grace, deferral, prepayment, settlement or minimum.",
    "due_date": "Due date by the contract (YYYY-MM-DD).",
    "paid_on": "Day the money moves; later than due_date when paid late or shifted.",
    "principal": "Part that lowers the balance.",
    "interest": "Part that is interest.",
    "fees": "Fees due with this payment; negative where a settlement refunds.",
    "optional_fees": "Part of fees the loan could be had without.",
    "penalty": "Late fee and penalty interest.",
    "payment": "principal + interest + fees + penalty.",
    "capitalised": "Unpaid interest added to the balance.",
    "balance": "Principal owed afterwards.",
}
TOTALS = {
    "principal": "Principal repaid: what was lent, and interest that was capitalised.",
    "interest": "All interest, in advance and in rows.",
    "fees": "All fees, at the start and in rows.",
    "penalty": "All late charges.",
    "payment": "Everything paid in rows.",
    "cost": "payment less received.",
    "optional_fees": "Part of fees.",
    "capitalised": "Interest added to the balance.",
}
RATE = {
    "value": "A fraction (0.12 is 12 %); null when problem says why there is none.",
    "percent": "The value times 100.",
    "published_percent": "Rounded half up as the source has it shown; null where it does not say.",
    "per": "What the rate refers to: year, day, or a regular period.",
    "basis": "simple (no compounding across the year), compound, or flat (on the original"
    " principal).",
    "convention": "Stable id of the method.",
    "source": "Who defines it.",
    "tolerance": "Step to which value is rounded; 0 for a stated rate.",
    "problem": "no_sign_change, no_root, not_unique, out_of_range, not_applicable, or null.",
    "roots": "Every solution when there is more than one.",
}
RATES = {
    "nominal_annual": "The stated annual rate, or the stated period's times the periods of a year,"
    " or the daily one times 365 (360).",
    "advertised_period": "nominal_annual over the regular periods of a year.",
    "advertised_daily": "nominal_annual over 365 (360).",
    "daily_compounded": "(1 + advertised_daily) ** 365 (360) - 1.",
    "irr_simple": "IRR of an instalment period times the periods of a year 单利. Of a single"
    " payment: of the whole term, times the terms of a year.",
    "irr_compound": "(1 + IRR) ** periods of a year - 1 复利.",
    "xirr": "Effective annual rate on actual days over 365, as in spreadsheets.",
    "us_apr": "US Regulation Z, Appendix J, actuarial method.",
    "eu_aprc": "EU rate by annex I of Directives 2008/48/EC and 2014/17/EU.",
    "china_annual_simple": "Interest and the lender's own mandatory fees, IRR times periods.",
    "china_annual_compound": "The same, compounded.",
    "china_simple": "All-in 综合融资成本: interest and every mandatory fee, IRR times periods.",
    "china_compound": "The same, compounded.",
    "irr": "Flows by period: the internal rate of one period.",
}
FLOWS = {
    "received": "Sum of the flows received.",
    "paid": "Sum of the flows paid.",
    "cost": "paid less received.",
    "rates": "By date xirr, us_apr, eu_aprc; by period irr, irr_simple, irr_compound.",
    "settlement": "With settle: amount (what settles), outstanding (what else would fall due) and"
    " rebate (their difference).",
}
EXAMPLES: list[dict[str, Any]] = [
    {},
    {"principal": 12000, "method": "flat_fee", "period_rate": "0.006"},
    {"principal": 10000, "daily_rate": "0.0005", "method": "bullet", "term_days": 30},
    {"principal": 2000, "period": "week", "periods": 8, "upfront_fee_rate": "0.1"},
    {
        "principal": 36500,
        "annual_rate": "0.10",
        "period": "dates",
        "start": "2026-01-01",
        "due_dates": ["2026-01-11", "2026-03-02"],
    },
    {
        "principal": 200000,
        "annual_rate": "0.06",
        "periods": 180,
        "method": "balloon",
        "amortisation_periods": 360,
        "upfront_fee": 4000,
    },
    {"principal": 8000, "daily_rate": "0.0005", "method": "revolving"},
    {
        "principal": 12000,
        "fees": [{"name": "guarantee", "kind": "guarantee", "when": "instalment", "amount": 20}],
        "prepayments": [{"after_instalment": 6, "fee_rate": "0.01"}],
    },
    {"flows": [{"at": 0, "amount": 5000}, {"at": 1, "amount": -230, "times": 24}]},
    {
        "flows": [
            {"date": "1978-02-10", "amount": 6000},
            {"date": "1978-04-01", "amount": -200, "times": 36},
        ]
    },
]


def answer_words() -> dict[str, dict[str, str]]:
    """Meanings by part of the answer; amounts are money units and, like rates, decimal text."""
    return {
        "offer": OFFER,
        "flows": FLOWS,
        "row": ROW,
        "totals": TOTALS,
        "rates": RATES,
        "rate": RATE,
    }
