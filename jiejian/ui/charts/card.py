"""A chart on its card: what it shows in a sentence, the table behind it, the downloads."""

from __future__ import annotations

import html
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from jiejian.ui.charts.base import Drawing
from jiejian.ui.downloads import table_downloads
from jiejian.ui.folds import fold
from jiejian.ui.i18n import _
from jiejian.ui.tables import Row, figures_table

SHORT = 60
"""Rows up to which a table is sent along with its chart; a longer one waits until it is opened."""


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
        label, icon = _("The figures as a table"), ":material/table_rows:"
        if len(rows) <= SHORT:
            with st.expander(label, icon=icon):
                _table(key, title, columns, rows, name)
        else:
            with fold(f"table_{key}", label, icon) as opened:
                if opened:
                    _table(key, title, columns, rows, name)


def _table(key: str, title: str, columns: Sequence[str], rows: Sequence[Row], name: str) -> None:
    st.html(figures_table(title, columns, rows))
    table_downloads(key, name, columns, rows)
