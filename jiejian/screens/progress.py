"""My progress: what was read, answered and sent; take it along, carry it over, delete it."""

from jiejian.services.built import services
from jiejian.ui import frame, progress_view, state
from jiejian.ui.i18n import _

frame.head(
    _("My progress"),
    _("What you have done here"),
    _("Kept on this site under a random number, without your name. Only you see it."),
)
progress_view.overview(services().progress.overview(state.actor()))
