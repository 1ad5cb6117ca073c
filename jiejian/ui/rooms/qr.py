"""A QR code as a picture for st.html."""

from __future__ import annotations

import html
from functools import lru_cache

import segno


@lru_cache(maxsize=64)
def picture(address: str, alt: str) -> str:
    """The address as a QR code, dark on white in every scheme: many cameras want it so."""
    drawn = segno.make_qr(address, error="m").svg_data_uri(border=2, dark="#000", light="#fff")
    return f'<div class="qr"><img src="{html.escape(drawn)}" alt="{html.escape(alt)}"></div>'
