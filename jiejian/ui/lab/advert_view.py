"""Read an advert: paste or pick one, see what it says, hides and costs."""

from __future__ import annotations

import streamlit as st

from jiejian.errors import InvalidInput
from jiejian.services.built import services
from jiejian.ui import choices
from jiejian.ui.i18n import _, language
from jiejian.ui.lab import advert_answer, advert_found, advert_questions
from jiejian.ui.lab.advert_marks import marked
from sandbox.text import Language

SAMPLE = "lab_advert_sample"
TEXT = "lab_advert_text"
FILLED = "lab_advert_filled"
OWN = "own"


def show() -> None:
    """The text, the reading, the questions, the cost."""
    _text_card()
    text = str(st.session_state.get(TEXT) or "")
    if not text.strip():
        st.caption(_("Paste an advert into the box, or pick one from the list."))
        return
    try:
        reading = services().adverts.read(text)
    except InvalidInput as refused:
        st.error(_refusal(refused), icon=":material/error:")
        return
    told = services().adverts.cost(reading, advert_questions.typed())
    with st.container(border=True, key="card_lab_advert_read", gap="small"):
        st.header(_("Read closely"), anchor=False)
        st.html(marked(reading))
    advert_found.doubts(reading)
    if not reading.readable:
        st.info(_("We found no price of a loan in this text, so nothing is read into it."))
        return
    advert_found.show(reading)
    advert_questions.must(told, reading.currency)
    # The answer stands first on a phone, too; what was assumed for it comes right behind.
    answer, assumed = st.columns([6, 6], gap="small")
    with answer:
        advert_answer.show(told, reading.currency)
    with assumed:
        advert_questions.assumed(told, reading.currency)


def _text_card() -> None:
    samples = services().adverts.book.samples
    titles = {code: sample.title.say(language()) for code, sample in samples.items()}
    with st.container(border=True, key="card_lab_advert_text", gap="small"):
        chosen = choices.choose(
            SAMPLE,
            _("An invented advert to practise on"),
            {**titles, OWN: _("My own text")},
            shape="select",
        )
        _fill(chosen)
        st.text_area(
            _("Or paste the words of an advert here"),
            key=TEXT,
            height=130,
            persist_state="session",
        )
        st.button(_("Read it"), key="lab_advert_go", type="primary", icon=":material/search:")
        st.caption(
            _(
                "This teaches reading; it is no advice and judges no lender. What you paste is read"
                " here and not kept."
            )
        )


def _fill(chosen: str) -> None:
    """Put a sample into the box when it is chosen, and again in the other language.

    Only a choice writes into the box, and writing in the box never moves the choice: a tap on the
    button right after typing sends the choice as the browser last knew it, and would be taken for
    a new one.
    """
    filled = (chosen, language())
    before = st.session_state.get(FILLED)
    if before == filled:
        return
    st.session_state[FILLED] = filled
    untouched = before is None or st.session_state.get(TEXT) == _sample(*before)
    if before is None or before[0] != chosen:
        advert_questions.forget()
        if chosen != OWN or untouched:
            st.session_state[TEXT] = _sample(*filled)
    elif untouched:
        st.session_state[TEXT] = _sample(*filled)


def _sample(chosen: str, spoken: Language) -> str:
    return "" if chosen == OWN else services().adverts.book.samples[chosen].advert.say(spoken)


def _refusal(error: InvalidInput) -> str:
    if error.reason == "too_long":
        return _("This is more than 10,000 characters. Keep only the sentences about the price.")
    return _(
        "This text holds characters that cannot be read. Type it in, or paste it without them."
    )
