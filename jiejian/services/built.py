"""The services, built once a process from the settings."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jiejian.clock import Clock, SystemClock
from jiejian.content.library import Library, load_library
from jiejian.services.accounts import Accounts
from jiejian.services.first_seen import FirstSeen
from jiejian.services.handouts import Handouts
from jiejian.services.journal import Journal
from jiejian.services.learning import Learning
from jiejian.services.lending import Lending
from jiejian.services.progress import Progress
from jiejian.services.quizzing import Quizzing
from jiejian.services.tracktests import TrackTests
from jiejian.settings import Settings, load_settings
from jiejian.store.port import Documents, EventStore
from jiejian.store.tinydb_store import TinyDBDocuments, TinyDBStore
from sandbox.answers import ANSWERS
from sandbox.lender.lenderbook import load_lenderbook

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Services:
    """Every use case, and the content they work on."""

    settings: Settings
    store: EventStore
    documents: Documents
    library: Library
    accounts: Accounts
    learning: Learning
    quizzing: Quizzing
    tests: TrackTests
    lending: Lending
    progress: Progress
    handouts: Handouts


def build(settings: Settings, clock: Clock, root: Path = ROOT) -> Services:
    """Put the services together on one data folder."""
    store = TinyDBStore(settings.data_dir, clock)
    documents = TinyDBDocuments(settings.data_dir, clock)
    library = load_library(root, compute=ANSWERS)
    journal = Journal(store, clock)
    accounts = Accounts(documents, clock)
    learning = Learning(journal, library)
    first_seen = FirstSeen(clock)
    quizzing = Quizzing(journal, library, first_seen)
    tests = TrackTests(journal, library, first_seen)
    book = load_lenderbook()
    for mistake in (*library.mistakes, *book.mistakes):
        logger.error("left out: %s", mistake)
    lending = Lending(journal, book)
    progress = Progress(journal, learning, lending, accounts, tests)
    handouts = Handouts(library, root)
    return Services(
        settings,
        store,
        documents,
        library,
        accounts,
        learning,
        quizzing,
        tests,
        lending,
        progress,
        handouts,
    )


@lru_cache(maxsize=1)
def services() -> Services:
    """The services of this process."""
    return build(load_settings(), SystemClock(), ROOT)
