"""Two figures side by side: what one would think, and what is true."""

from __future__ import annotations

import html

from jiejian.ui.i18n import _


def figures_pair(label: str, thought: str, real: str) -> str:
    """HTML of the pair; label says where the first figure comes from."""
    truth = html.escape(_("It really costs"))
    return (
        '<div class="figures-pair">'
        f"<p><span>{html.escape(label)}</span><strong>{html.escape(thought)}</strong></p>"
        f'<p><span>{truth}</span><strong class="real">{html.escape(real)}</strong></p></div>'
    )
