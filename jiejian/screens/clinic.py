"""The failure clinic: /clinic, a symptom by ?id=, the myth cards by ?view=myths."""

import streamlit as st

from jiejian.errors import NotFound
from jiejian.services.built import services
from jiejian.ui import clinic_front_view, clinic_myths_view, clinic_symptom_view
from jiejian.ui.errors import show

asked = str(st.query_params.get("id", ""))
if st.query_params.get("view") == "myths":
    clinic_myths_view.myths(asked)
elif asked:
    try:
        plan = services().clinic.plan(asked)
    except NotFound as missing:
        show(missing)
        clinic_front_view.front()
    else:
        clinic_symptom_view.symptom(plan)
else:
    clinic_front_view.front()
