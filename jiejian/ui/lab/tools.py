"""The tools of the cost lab. To add one: a module `<code>_view.py` with `show()`, and a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jiejian.ui.i18n import N_, _
from jiejian.ui.lab import advert_view, afford_view, compare_view, price_view, whatif_view


@dataclass(frozen=True)
class Tool:
    """A tool: its English name (translated when shown), its icon, and what draws it."""

    name: str
    icon: str
    show: Callable[[], None]

    @property
    def label(self) -> str:
        """The tool's name in the reader's language, its icon before it."""
        name = _(self.name)
        return f"{self.icon} {name}"


TOOLS: dict[str, Tool] = {
    "price": Tool(N_("One loan, every honest number"), ":material/search:", price_view.show),
    "advert": Tool(N_("Read an advert"), ":material/campaign:", advert_view.show),
    "compare": Tool(N_("Compare offers"), ":material/balance:", compare_view.show),
    "whatif": Tool(N_("What if"), ":material/alt_route:", whatif_view.show),
    "afford": Tool(N_("What I can carry"), ":material/savings:", afford_view.show),
}
"""By code, in the order of the bar: price, advert, compare, whatif, afford."""
