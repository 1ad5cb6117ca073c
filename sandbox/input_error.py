"""One error for a value the engine refuses: which field, why as a code, and a sentence."""

from __future__ import annotations


class InputError(ValueError):
    """A value that cannot be computed with.

    field: dotted path of the input ("principal", "fees.0.amount"); reason: a stable code in
    lower_snake_case; message: one English sentence that says what would be accepted.
    """

    def __init__(self, field: str, reason: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.reason = reason
        self.message = message
