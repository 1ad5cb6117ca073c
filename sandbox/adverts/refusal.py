"""The one way in which stated figures contradict each other for good."""

from __future__ import annotations


class Refused(Exception):
    """The figures cannot be true together; `code` says how."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
