"""The services, built once a process from the settings."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jiejian.clock import Clock, SystemClock
from jiejian.content.clinic.clinicbook import load_clinic
from jiejian.content.clinic.linking import link_clinic
from jiejian.content.library import Library, load_library
from jiejian.services.accounts import Accounts
from jiejian.services.adverts import Adverts
from jiejian.services.affording import Affording
from jiejian.services.clinic import Clinic
from jiejian.services.comparing import Comparing
from jiejian.services.costing import Costing
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
from sandbox.adverts import shipped_advertbook
from sandbox.answers import ANSWERS
from sandbox.examples import load_examples
from sandbox.lender.lenderbook import load_lenderbook
from sandbox.lender.seatwords import load_seatwords

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
    costing: Costing
    adverts: Adverts
    comparing: Comparing
    affording: Affording
    progress: Progress
    clinic: Clinic
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
    book, words = load_lenderbook(), load_seatwords()
    adverts, examples = shipped_advertbook(), load_examples()
    symptoms = link_clinic(load_clinic(root), library.lessons)
    read = (library, book, words, adverts, examples, symptoms)
    for mistake in (mistake for part in read for mistake in part.mistakes):
        logger.error("left out: %s", mistake)
    lending = Lending(journal, book, words)
    costing = Costing(journal)
    progress = Progress(journal, learning, lending, costing, accounts, tests)
    return Services(
        settings=settings,
        store=store,
        documents=documents,
        library=library,
        accounts=accounts,
        learning=learning,
        quizzing=quizzing,
        tests=tests,
        lending=lending,
        costing=costing,
        adverts=Adverts(adverts),
        comparing=Comparing(examples),
        affording=Affording(examples),
        progress=progress,
        clinic=Clinic(symptoms),
        handouts=Handouts(library, root),
    )


@lru_cache(maxsize=1)
def services() -> Services:
    """The services of this process."""
    return build(load_settings(), SystemClock(), ROOT)
