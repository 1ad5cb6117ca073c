"""A way in for an operator who has no other operator to ask: whoever runs the machine decides."""

from __future__ import annotations

from jiejian.errors import NotFound
from jiejian.services.actor import Actor
from jiejian.services.built import Services
from jiejian.services.identity.staff import account_id

# Whoever can give commands here can read and change every file; the audit names them so.
_TERMINAL = Actor("0" * 32, "operator", "terminal")


def rescue(services: Services, name: str, *, second_step_off: bool) -> str | None:
    """A reset code for the account with this name, None if there is none that can sign in."""
    account = account_id(name)
    try:
        code = services.new_password.reset_code(_TERMINAL, account)
        if second_step_off and services.factors.is_on(account):
            services.factors.lift(_TERMINAL, account)
    except NotFound:
        return None
    return code
