"""The one shape in which the headless door refuses."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from sandbox.input_error import InputError

_REASONS = {
    "bool_type": "wrong_type",
    "bool_parsing": "wrong_type",
    "date_from_datetime_inexact": "not_a_date",
    "date_from_datetime_parsing": "not_a_date",
    "date_parsing": "not_a_date",
    "date_type": "not_a_date",
    "dict_type": "wrong_type",
    "decimal_max_digits": "too_precise",
    "decimal_max_places": "too_precise",
    "decimal_parsing": "not_a_number",
    "decimal_type": "not_a_number",
    "extra_forbidden": "unknown_field",
    "finite_number": "not_finite",
    "greater_than": "too_small",
    "greater_than_equal": "too_small",
    "int_from_float": "not_an_integer",
    "int_parsing": "not_an_integer",
    "int_type": "not_an_integer",
    "less_than": "too_large",
    "less_than_equal": "too_large",
    "literal_error": "unknown_choice",
    "missing": "missing",
    "model_attributes_type": "wrong_type",
    "model_type": "wrong_type",
    "string_too_long": "too_long",
    "string_too_short": "too_short",
    "string_type": "wrong_type",
    "string_unicode": "wrong_type",
    "too_long": "too_long",
    "too_short": "too_short",
    "tuple_type": "wrong_type",
}


class DoorError(Exception):
    """A refused request: field (dotted path, "" for the whole), reason code and message."""

    def __init__(self, field: str, reason: str, message: str) -> None:
        super().__init__(f"{field or 'input'}: {message}")
        self.field = field
        self.reason = reason
        self.message = message

    @classmethod
    def of(cls, error: InputError | ValidationError) -> DoorError:
        """The same refusal in the door's shape; of several mistakes the first one.

        A validation error raised by our own validators carries the reason as its type and may
        name the field in its context; pydantic's own types are mapped to reason codes.
        """
        if isinstance(error, InputError):
            return cls(error.field, error.reason, error.message)
        first = error.errors(include_url=False, include_input=False)[0]
        context: dict[str, Any] = first.get("ctx", {})
        parts = [str(part) for part in first["loc"]]
        if "field" in context:
            parts.append(str(context["field"]))
        reason = str(context.get("reason", _REASONS.get(first["type"], first["type"])))
        return cls(".".join(parts), reason, first["msg"])

    def to_json(self) -> dict[str, dict[str, str]]:
        """{"error": {"field", "reason", "message"}}."""
        return {"error": {"field": self.field, "reason": self.reason, "message": self.message}}
