"""What every fact carries beside its value: where the lender has it from, and who can change it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Source = Literal["applicant", "bureau", "device", "platform"]
"""Who told the lender: the person's own statement, the credit bureau, the phone, own records."""
Better = Literal["more", "less"]
"""Which direction is more favourable; a yes counts as more than a no."""
Change = Literal["act", "wait", "never"]
"""How a person can change it: by doing something, only by waiting, or not at all."""

Yuan = Annotated[Decimal, Field(max_digits=12, decimal_places=2, allow_inf_nan=False)]
Flag = Annotated[bool, Field(strict=True)]
Minutes = Annotated[int, Field(ge=0, le=10_000_000, strict=True)]


class Facts(BaseModel):
    """Frozen input; an unknown key is refused so that a misspelt fact cannot pass unnoticed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def fact(
    default: Any,
    about: str,
    source: Source,
    change: Change,
    better: Better | None = None,
    **limits: Any,
) -> Any:
    """A field with its meaning and unit, its source and how it can change.

    The extra keys are part of the JSON Schema that `python -m sandbox schema request` prints.
    """
    extra: dict[str, Any] = {"source": source, "change": change}
    if better is not None:
        extra["better"] = better
    return Field(default, description=about, json_schema_extra=extra, **limits)
