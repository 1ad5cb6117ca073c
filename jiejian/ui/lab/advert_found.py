"""What an advert says, what it leaves out, where to be careful, and what cannot be told from it."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.ui.i18n import _, language
from jiejian.ui.lab import advert_words
from jiejian.ui.lab.advert_marks import quoted
from sandbox.adverts import Reading
from sandbox.adverts.advertbook import Explained


def show(reading: Reading) -> None:
    """The cards, side by side where there is room."""
    with st.grid(columns=3, min_column_width=260, gap="small"):
        _card("said", _("It says"), _said(reading), _("Nothing about the price."))
        _card("unsaid", _("It does not say"), _unsaid(reading), _("Nothing important is left out."))
        careful = _("No known trick. Read the contract all the same.")
        _card("careful", _("Careful"), _careful(reading), careful)


def doubts(reading: Reading) -> None:
    """What the text does not settle; nothing is drawn if all is clear."""
    if not reading.ambiguities:
        return
    words = advert_words.meanings().doubts
    items = []
    for doubt in reading.ambiguities:
        places = " ".join(quoted(span) for span in doubt.spans[:4])
        items.append(_explained(words[doubt.code], places))
    with st.container(border=True, key="card_lab_advert_doubts", gap="small"):
        title = _("What we cannot tell")
        st.html(f'<div role="status">{_list(title, items, "?")}</div>')


def _card(name: str, title: str, items: list[str], none: str) -> None:
    with st.container(border=True, key=f"card_lab_advert_{name}", height="stretch", gap="small"):
        sign = {"said": "", "unsaid": "○", "careful": "!"}[name]
        body = _list(title, items, sign) if items else _list(title, [html.escape(none)], "")
        st.html(body)


def _list(title: str, items: list[str], sign: str) -> str:
    marks = sign and f'<span class="sign" aria-hidden="true">{sign}</span>'
    listed = "".join(f"<li>{marks}<div>{item}</div></li>" for item in items)
    return f'<h2 class="card-title">{html.escape(title)}</h2><ul class="found-list">{listed}</ul>'


def _said(reading: Reading) -> list[str]:
    hedges = advert_words.meanings().hedges
    items = []
    for number, item in enumerate(reading.stated, 1):
        name = html.escape(advert_words.field_name(item.field))
        value = html.escape(advert_words.stated_value(item, reading.currency))
        hedge = ""
        if item.hedge:
            words = html.escape(hedges[item.hedge].say(language()))
            hedge = f'<p class="hedge">{words}</p>'
        items.append(
            f'<p class="found-head"><sup>{number}</sup> {name}: <strong>{value}</strong></p>'
            f'{hedge}<p class="words">{quoted(item.span)}</p>'
        )
    return items


def _unsaid(reading: Reading) -> list[str]:
    words = advert_words.meanings().unsaid
    return [_explained(words[code], "") for code in reading.unsaid]


def _careful(reading: Reading) -> list[str]:
    words = advert_words.meanings().traps
    return [_explained(words[trap.code], quoted(trap.span)) for trap in reading.traps]


def _explained(words: Explained, places: str) -> str:
    title, about = (html.escape(text.say(language())) for text in (words.title, words.about))
    seen = f'<p class="words">{places}</p>' if places else ""
    return f'<p class="found-head"><strong>{title}</strong></p><p>{about}</p>{seen}'
