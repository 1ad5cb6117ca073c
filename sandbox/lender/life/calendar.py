"""Facts that move with time, kept as dates so that the clock needs no bookkeeping.

Minutes are simulated minutes since the life began; a month has 30 days, a year 365.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.lender.case import Applicant

HOUR = 60
DAY = 24 * HOUR
MONTH = 30 * DAY
YEAR = 365 * DAY
TWO_YEARS = 24 * MONTH
SLIP_DAYS = 5
"""How late the late payments other than the worst one are taken to have been, in days."""


@dataclass(frozen=True)
class LatePayment:
    """A late instalment on the report: when it was paid and how many days late."""

    minute: int
    days: int


@dataclass(frozen=True)
class Calendar:
    """When what the applicant's facts count began or ends; a date before the life is negative.

    late_since is None while nothing is late.
    """

    device_since: int
    document_until: int
    phone_since: int
    repayment_card_until: int
    job_since: int
    file_since: int
    pause_until: int
    late_since: int | None
    enquiries: tuple[int, ...]
    late_payments: tuple[LatePayment, ...]

    @classmethod
    def of(cls, applicant: Applicant) -> Calendar:
        """The dates behind an applicant's facts at minute 0.

        Where the facts only give a count, its dates are spread evenly over the window: of three
        enquiries in 30 days the first is 25 days old, then 15, then 5. The worst late payment is
        taken to be the newest, so that it stays longest.
        """
        late = applicant.days_past_due
        return cls(
            device_since=-applicant.device_hours_known * HOUR,
            document_until=applicant.document_days_left * DAY,
            phone_since=-applicant.months_since_phone_change * MONTH,
            repayment_card_until=applicant.repayment_card_days_left * DAY,
            job_since=-applicant.months_in_job * MONTH,
            file_since=-applicant.credit_history_months * MONTH,
            pause_until=applicant.borrowing_pause_days_left * DAY,
            late_since=-late * DAY if late else None,
            enquiries=_enquiries(applicant),
            late_payments=_late_payments(applicant),
        )

    def facts(self, minute: int) -> dict[str, Any]:
        """The applicant's facts of time at this minute."""
        recent = [late for late in self.late_payments if minute - late.minute < TWO_YEARS]
        late = 0 if self.late_since is None else (minute - self.late_since) // DAY
        return {
            "device_hours_known": min(1_000_000, (minute - self.device_since) // HOUR),
            "document_days_left": max(-40_000, days_left(self.document_until, minute)),
            "months_since_phone_change": min(1200, (minute - self.phone_since) // MONTH),
            "repayment_card_days_left": max(-40_000, days_left(self.repayment_card_until, minute)),
            "months_in_job": min(1000, (minute - self.job_since) // MONTH),
            "credit_history_months": min(1200, (minute - self.file_since) // MONTH),
            "borrowing_pause_days_left": max(0, days_left(self.pause_until, minute)),
            "days_past_due": min(10_000, late),
            "hard_enquiries_30d": min(200, self.enquired(minute, 30)),
            "hard_enquiries_90d": min(400, self.enquired(minute, 90)),
            "late_payments_24m": min(500, len(recent)),
            "worst_late_days_24m": min(10_000, max((late.days for late in recent), default=0)),
        }

    def enquired(self, minute: int, days: int) -> int:
        """Enquiries of so many days before this minute; one exactly that old has left."""
        return sum(1 for moment in self.enquiries if minute - moment < days * DAY)

    def turning_points(self) -> tuple[int, ...]:
        """Minutes at which one of the counts changes."""
        leaving = [moment + days * DAY for moment in self.enquiries for days in (30, 90)]
        leaving += [late.minute + TWO_YEARS for late in self.late_payments]
        return (*leaving, self.pause_until)


def days_left(until: int, minute: int) -> int:
    """Days until a date, begun ones counted whole."""
    return -((minute - until) // DAY)


def _spread(count: int, youngest: int, oldest: int) -> list[int]:
    """So many dates, evenly over the ages in days between youngest and oldest."""
    width = (oldest - youngest) * DAY
    return [-(youngest * DAY + (2 * place + 1) * width // (2 * count)) for place in range(count)]


def _enquiries(applicant: Applicant) -> tuple[int, ...]:
    month = applicant.hard_enquiries_30d
    before = max(0, applicant.hard_enquiries_90d - month)
    return (*_spread(month, 0, 30), *_spread(before, 30, 90))


def _late_payments(applicant: Applicant) -> tuple[LatePayment, ...]:
    dates = _spread(applicant.late_payments_24m, 0, 720)
    worst = applicant.worst_late_days_24m
    return tuple(
        LatePayment(minute, worst if place == 0 else min(worst, SLIP_DAYS))
        for place, minute in enumerate(dates)
    )
