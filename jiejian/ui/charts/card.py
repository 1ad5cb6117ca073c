"""A chart on its card: what it shows in a sentence, the table behind it, the downloads."""

from __future__ import annotations

import html
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from jiejian.ui.charts.base import Drawing
from jiejian.ui.downloads import table_downloads
from jiejian.ui.i18n import _
from jiejian.ui.tables import Row, figures_table


def chart_card(
    key: str,
    title: str,
    drawing: Drawing,
    says: str,
    columns: Sequence[str],
    rows: Sequence[Row],
    *,
    name: str,
) -> None:
    """One chart.

    says: what it shows, in a sentence; also the text alternative. columns, rows: the figures
    behind it (see `tables.figures_table`). name: of the files, in lower-case ASCII.
    """
    spec, values = drawing
    with st.container(border=True, key=f"card_{key}", gap="small"):
        st.html(f'<p class="chart-title">{html.escape(title)}</p>')
        st.vega_lite_chart(pd.DataFrame(values), spec, alt=says)
        st.caption(says.replace("$", "\\$"))
        with st.expander(_("The figures as a table"), icon=":material/table_rows:"):
            st.html(figures_table(title, columns, rows))
            table_downloads(key, name, columns, rows)
