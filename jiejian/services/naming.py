"""The engine's refusals under the names of the boxes they come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from pydantic import ValidationError

from jiejian.errors import InvalidInput
from jiejian.services.costing import refusal
from sandbox.input_error import InputError

Given = Mapping[str, object]
"""Keys of an engine model with the values somebody typed."""


@contextmanager
def naming(
    given: Given | None = None, *, under: str = "", boxes: Mapping[str, str] | None = None
) -> Iterator[None]:
    """Turn whatever the engine refuses inside into InvalidInput.

    given: what was typed (names a fee's box). under: goes before the field; boxes: the engine's
    field -> its name here, instead.
    """
    try:
        yield
    except (InputError, ValidationError) as error:
        told = refusal(error, given or {})
    except InvalidInput as error:
        told = error
    else:
        return
    field = (boxes or {}).get(told.field, under + told.field)
    raise InvalidInput(field, told.reason, **told.details)
