"""The list of lessons."""

from jiejian.services.built import services
from jiejian.ui import frame, lesson_view, state
from jiejian.ui.i18n import _

frame.head(
    _("Learn"),
    _("Lessons"),
    _("Short, in plain words, with something to try in each. No sign-up."),
)
lesson_view.catalogue(services().learning.standings(state.actor()))
