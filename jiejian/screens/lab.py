"""The cost lab; the tool is in the address: /lab?tool=price."""

from jiejian.ui import frame
from jiejian.ui.i18n import _
from jiejian.ui.lab import page

frame.head(
    _("The cost lab"),
    _("What a loan really costs"),
    _("Adverts show the smallest number. Work out the honest one here, step by step."),
)
page.show()
