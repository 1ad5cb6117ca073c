"""Review: questions that come back, for whoever comes to look."""

from jiejian.ui import frame, review_view
from jiejian.ui.i18n import _

frame.head(
    _("Review"),
    _("What comes back"),
    _("A question met again after some days stays for good. Come when you like; nothing nags."),
)
review_view.review()
