"""How people come in: the code, the QR code, the address, and the window for the projector."""

from __future__ import annotations

import html
from functools import lru_cache
from time import monotonic
from urllib.parse import urlencode

import streamlit as st

from jiejian.services.addresses import lan_addresses
from jiejian.services.built import services
from jiejian.services.rooms.doorway import Doorway, doorway, join_address, spoken
from jiejian.services.rooms.hub import Look
from jiejian.ui.frame import NAMES
from jiejian.ui.i18n import _
from jiejian.ui.labels import carried, chosen, paragraph
from jiejian.ui.rooms import qr

SITE, SPOKEN = "join_site", "projector_language"
FRESH = 20
"""Seconds for which the machine's addresses are taken to stay the same."""


def site() -> Doorway:
    """Where phones reach this site, as seen from here."""
    settings = services().settings
    lan = () if settings.public_url else _lan(int(monotonic() // FRESH))
    return doorway(settings.public_url, str(st.context.url or ""), lan, settings.port)


@lru_cache(maxsize=1)
def _lan(_moment: int) -> tuple[str, ...]:
    return tuple(lan_addresses())


def door(look: Look) -> None:
    """The code and the ways to it, and the link to the projector."""
    found = site()
    at = _pick(found)
    code = look.room.code
    if at is None:
        st.warning(
            _(
                "This computer is in no network, so phones cannot reach it. Join a Wi-Fi or switch"
                " on a hotspot, then load this page again."
            ),
            icon=":material/wifi_off:",
        )
    else:
        alt = _("QR code: join with code {code}").format(code=code)
        address = html.escape(f"{spoken(at)}/live")
        label = html.escape(_("Scan, or open"))
        then = html.escape(_("and type"))
        st.html(
            f'{qr.picture(join_address(at, code), alt)}<p class="codelabel">{label}</p>'
            f'<p class="door-address">{address}</p>'
            f'<p class="codelabel">{then}</p>'
            f'<p class="bigcode">{html.escape(code)}</p>'
        )
        if found.local:
            paragraph(
                _(
                    "You opened this page as “localhost”, which only this computer understands. The"
                    " address above is the one for phones; they must be in the same network."
                ),
                "plan-facts",
            )
    _projector(look, at)


def _pick(found: Doorway) -> str | None:
    """The address in use: the only one, or the one chosen of several."""
    if len(found.sites) < 2:
        return found.sites[0] if found.sites else None
    st.selectbox(
        _("Which of this computer's addresses phones can reach"),
        found.sites,
        format_func=spoken,
        key=SITE,
    )
    return str(st.session_state.get(SITE) or found.sites[0])


def _projector(look: Look, at: str | None) -> None:
    words = {"zh": NAMES["zh"], "en": NAMES["en"], "both": _("Both")}
    key = carried(SPOKEN)
    st.session_state.setdefault(key, look.room.language)
    st.segmented_control(
        _("Language on the projector"),
        list(words),
        format_func=words.__getitem__,
        key=key,
        required=True,
    )
    query = {"room": look.room.id, "lang": chosen(SPOKEN) or look.room.language}
    if at:
        query["at"] = at
    st.link_button(
        _("Open the projector's window"),
        f"/projector?{urlencode(query)}",
        icon=":material/open_in_new:",
        width="stretch",
    )
    paragraph(
        _("Drag the new window to the projector and press F11. Keep the laptop from sleeping."),
        "plan-facts",
    )
