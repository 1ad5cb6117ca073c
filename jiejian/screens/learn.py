"""The map of the course."""

from jiejian.services.built import services
from jiejian.ui import frame, learn_view, search_view, state
from jiejian.ui.i18n import _

frame.head(
    _("Learn"),
    _("Lessons"),
    _("Short, in plain words, with something to try in each. No sign-up."),
)
search_view.box()
learn_view.course(services().learning.course(state.actor()))
