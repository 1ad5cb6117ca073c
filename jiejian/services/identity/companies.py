"""Signing in with a school's or a company's own account: whom its provider calls what here.

The provider says in a signed token who somebody is; the deployment's settings say which of its
words make an educator, an organizer or an operator. Nothing else of the token is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NoReturn

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from pydantic import BaseModel, ConfigDict, Field, field_validator

from jiejian.errors import InvalidInput, TooManyTries
from jiejian.services.actor import StaffRole
from jiejian.services.identity.audit import Audit
from jiejian.services.identity.sessions import Sessions
from jiejian.services.identity.staff import Staff
from jiejian.services.identity.throttle import address_key
from sandbox.text import Text

STARTS = parse("60/minute")
"""By address: a whole school may share one; each start makes the server ask the provider."""
OUR_OWN = ("provider", "origin", "is_logged_in")
"""What Streamlit adds to the claims; none of it was said by the provider."""
STRONGEST: tuple[StaffRole, ...] = ("operator", "organizer", "educator")
LONGEST_SUBJECT = 255
"""Characters, by OpenID Connect Core 2."""

Refusal = Literal["failed", "no_role", "not_ours", "disabled"]
OTHER = Text(zh="学校或公司账号", en="a school or company account")


class Company(BaseModel):
    """A provider we take the word of: the table [company.NAME] of the deployment's secrets.

    issuer must be said by the token exactly. A role is given to whose `role_claim` is, or lists,
    one of its values; to several, the strongest. label stands on the button after "Sign in with".
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    issuer: str = Field(pattern=r"^https?://\S+$")
    role_claim: str = Field("jiejian_role", min_length=1)
    educator: tuple[str, ...] = ()
    organizer: tuple[str, ...] = ()
    operator: tuple[str, ...] = ()
    label: Text = OTHER

    @field_validator("role_claim")
    @classmethod
    def _said_by_the_provider(cls, name: str) -> str:
        if name in OUR_OWN:
            raise ValueError(f"must be a claim of the provider's, not one of {', '.join(OUR_OWN)}")
        return name

    def role(self, claims: Mapping[str, Any]) -> StaffRole | None:
        """The strongest role these claims give, None if they give none.

        An e-mail address counts only where the provider says that it was verified.
        """
        said = claims.get(self.role_claim)
        if self.role_claim == "email" and claims.get("email_verified") is not True:
            return None
        values = [said] if isinstance(said, str) else said if isinstance(said, list) else []
        for role in STRONGEST:
            if any(isinstance(value, str) and value in self._values(role) for value in values):
                return role
        return None

    def _values(self, role: StaffRole) -> Sequence[str]:
        given: dict[StaffRole, Sequence[str]] = {
            "educator": self.educator,
            "organizer": self.organizer,
            "operator": self.operator,
        }
        return given[role]


class Companies:
    """Turns a provider's word into a session like any other."""

    def __init__(self, staff: Staff, sessions: Sessions, audit: Audit) -> None:
        self._staff = staff
        self._sessions = sessions
        self._audit = audit
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def start(self, address: str) -> None:
        """Count the beginning of a sign-in. Raises TooManyTries."""
        who = address_key(address)
        if not self._limiter.hit(STARTS, "start", who):
            raise TooManyTries(60)

    def failed(self, address: str) -> None:
        """Note that nobody came back, or nobody's word; a flood of these is noted in part."""
        if self._limiter.hit(STARTS, "failed", address_key(address)):
            self._audit.note("company.signin", "refused", what="failed", address=address)

    def enter(
        self,
        name: str,
        company: Company,
        client: str,
        claims: Mapping[str, Any],
        address: str,
        agent: str = "",
    ) -> str:
        """Begin a session for whom these claims name, and return its token.

        `claims` are those of an ID token whose signature, nonce and expiry were checked; `client`
        is who we are to the provider. Raises InvalidInput("company", ...), a `Refusal`. Who lost
        the role at the provider is signed out everywhere, and the account is gone with it.
        """
        subject = claims.get("sub")
        if claims.get("iss") != company.issuer or not _is_for(claims, client):
            self._refuse("not_ours", address)
        if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
            self._refuse("not_ours", address)
        account, role = company_account(company.issuer, subject), company.role(claims)
        if role is None:
            self._sessions.end_all(account)
            self._staff.drop(account)
            self._refuse("no_role", address, account)
        if self._staff.come_by(name, account, role, address).disabled:
            self._refuse("disabled", address, account)
        return self._sessions.begin(account, address, agent)

    def _refuse(self, reason: Refusal, address: str, account: str = "") -> NoReturn:
        self._audit.note("company.signin", "refused", who=account, what=reason, address=address)
        raise InvalidInput("company", reason)


def company_account(issuer: str, subject: str) -> str:
    """The id of the account of this person at this provider.

    A slow hash, because a subject may be a staff number or an address that can be guessed. No
    name's account (`account_id`) can have the same.
    """
    text = f"{len(issuer)} {issuer} {subject}".encode(errors="replace")
    return hashlib.scrypt(text, salt=b"jiejian company v1", n=2**14, r=8, p=1, dklen=16).hex()


def _is_for(claims: Mapping[str, Any], client: str) -> bool:
    """Whether the token was made for us and nobody else; Authlib asks only that it names us."""
    audience = claims.get("aud")
    return audience in (client, [client])
