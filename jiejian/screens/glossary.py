"""The glossary: /glossary, one term on top by ?id=."""

import streamlit as st

from jiejian.services.built import services
from jiejian.ui import frame, glossary_view
from jiejian.ui.i18n import _

frame.head(
    _("Learn"),
    _("Glossary"),
    _("The words of borrowing, each in a sentence or two."),
)
asked = str(st.query_params.get("id", ""))
glossary_view.glossary(services().learning.library.glossary, asked)
