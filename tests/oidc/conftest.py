"""The product as it is served, and providers it was told to believe, and not to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from jiejian.clock import SystemClock
from jiejian.services.actor import Actor
from jiejian.services.identity.audit import Audit
from jiejian.services.identity.companies import company_account
from jiejian.services.identity.ownpassword import OwnPassword
from jiejian.services.identity.passwords import Passwords
from jiejian.services.identity.secondfactor import SecondFactors
from jiejian.services.identity.sessions import Sessions
from jiejian.services.identity.staff import Staff
from jiejian.store.keyfile import KeyFile
from jiejian.store.tinydb_store import TinyDBDocuments
from tests.oidc.playing import Person, Provider, serving, write_secrets
from tests.served import Server

VISITOR = Actor("a" * 32)
OPERATOR = Actor("b" * 32, "operator", "c" * 32, "d" * 16)


@dataclass
class Site:
    """A running server, its providers, and its data folder seen from another process."""

    server: Server
    school: Provider
    brief: Provider
    staff: Staff
    sessions: Sessions
    audit: Audit

    @property
    def url(self) -> str:
        return self.server.url

    def person(self, language: str = "en") -> Person:
        return Person(self.url, language)

    def actor(self, token: str | None) -> Actor:
        return self.sessions.actor(token, VISITOR)

    def account(self, subject: str) -> str:
        return company_account(self.school.address, subject)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("company")
    data, home = folder / "data", folder / "home"
    server = Server(data, HOME=str(home))
    with serving(Provider()) as school, serving(Provider(timedelta(minutes=-10))) as brief:
        write_secrets(
            home,
            server.url,
            {
                "school": (school.address, school.address),
                "stranger": (school.address, "https://id.school.example"),
                "brief": (brief.address, brief.address),
                "gone": ("http://127.0.0.1:9", "http://127.0.0.1:9"),
            },
        )
        server.start()
        documents, clock = TinyDBDocuments(data, SystemClock()), SystemClock()
        audit = Audit(data, clock)
        staff = Staff(documents, clock, Passwords(PasswordHasher(1, 8, 1)), audit)
        own_password = OwnPassword(clock, staff, audit)
        key = KeyFile(data / "key")
        factors = SecondFactors(documents, clock, key, staff, own_password, audit)
        sessions = Sessions(documents, clock, staff, factors, audit)
        yield Site(server, school, brief, staff, sessions, audit)
        server.stop()


@pytest.fixture
def site(served: Site) -> Iterator[Site]:
    yield served
    served.school.bend_token, served.school.drop_nonce = None, False
