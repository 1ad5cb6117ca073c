"""Home: what this is, for whom, and the two ways in."""

from jiejian.ui import home_view

home_view.home()
