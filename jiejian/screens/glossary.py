"""The glossary."""

from jiejian.services.built import services
from jiejian.ui import frame, glossary_view
from jiejian.ui.i18n import _

frame.head(
    _("Learn"),
    _("Glossary"),
    _("The words of borrowing, each in a sentence or two."),
)
glossary_view.glossary(services().learning.library.glossary)
