"""The services, built once a process from the settings."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from jiejian.clock import Clock, SystemClock
from jiejian.content.clinic.clinicbook import ClinicBook, load_clinic
from jiejian.content.clinic.linking import link_clinic
from jiejian.content.library import Library, load_library
from jiejian.content.workshops.scriptbook import ScriptBook, Surroundings, load_scripts
from jiejian.services.accounts import Accounts
from jiejian.services.adverts import Adverts
from jiejian.services.affording import Affording
from jiejian.services.certificates import Certificates
from jiejian.services.clinic import Clinic
from jiejian.services.comparing import Comparing
from jiejian.services.costing import Costing
from jiejian.services.first_seen import FirstSeen
from jiejian.services.handouts import Handouts
from jiejian.services.identity.audit import Audit
from jiejian.services.identity.companies import Companies
from jiejian.services.identity.newpassword import NewPassword
from jiejian.services.identity.nicknames import Nicknames
from jiejian.services.identity.ownpassword import OwnPassword
from jiejian.services.identity.passwords import Passwords
from jiejian.services.identity.secondfactor import SecondFactors
from jiejian.services.identity.sessions import Sessions
from jiejian.services.identity.staff import Staff
from jiejian.services.journal import Journal
from jiejian.services.learning import Learning
from jiejian.services.lending import Lending
from jiejian.services.progress import Progress
from jiejian.services.quizzing import Quizzing
from jiejian.services.rooms.directing import Directing
from jiejian.services.rooms.hub import Hub
from jiejian.services.rooms.joining import Joining
from jiejian.services.rooms.opening import Opening
from jiejian.services.rooms.own_part import OwnPart
from jiejian.services.rooms.own_scripts import OwnScripts
from jiejian.services.rooms.reporting import Reporting
from jiejian.services.rooms.roomjournal import RoomJournal
from jiejian.services.rooms.taking_part import TakingPart
from jiejian.services.searching import Searching
from jiejian.services.tracktests import TrackTests
from jiejian.settings import Settings, load_settings
from jiejian.store.keyfile import NAME as KEY_NAME
from jiejian.store.keyfile import KeyFile
from jiejian.store.port import Documents, EventStore
from jiejian.store.tinydb_store import TinyDBDocuments, TinyDBStore
from sandbox.adverts import AdvertBook, shipped_advertbook
from sandbox.answers import ANSWERS
from sandbox.examples import Examples, load_examples
from sandbox.lender.book import LenderBook
from sandbox.lender.lenderbook import load_lenderbook
from sandbox.lender.seatwords import SeatWords, load_seatwords
from sandbox.world import CueBook, load_cues

logger = logging.getLogger(__name__)

SHIPPED = Path(__file__).resolve().parent.parent.parent
ROOT = SHIPPED


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
    searching: Searching
    certificates: Certificates
    audit: Audit
    staff: Staff
    sessions: Sessions
    factors: SecondFactors
    new_password: NewPassword
    nicknames: Nicknames
    scripts: ScriptBook
    opening: Opening
    directing: Directing
    joining: Joining
    taking_part: TakingPart
    reporting: Reporting
    own_scripts: OwnScripts
    companies: Companies
    own_part: OwnPart


@dataclass(frozen=True)
class Content:
    """Everything read from content files."""

    library: Library
    symptoms: ClinicBook
    book: LenderBook
    words: SeatWords
    adverts: AdvertBook
    examples: Examples
    searching: Searching
    cues: CueBook
    scripts: ScriptBook
    around: Surroundings


def read_content(root: Path) -> Content:
    """Read all content below a root; what has mistakes is left out and logged."""
    library = load_library(root, compute=ANSWERS)
    symptoms = link_clinic(load_clinic(root), library.lessons)
    book, words, adverts, examples = _shipped_data()
    cues = load_cues(regimes=book.regimes)
    around = Surroundings(library, book, words.faults.keys(), cues)
    scripts = load_scripts(root, around)
    for part in (library, symptoms, book, words, adverts, examples, scripts):
        for mistake in part.mistakes:
            logger.error("left out: %s", mistake)
    searching = Searching(library, symptoms)
    return Content(
        library, symptoms, book, words, adverts, examples, searching, cues, scripts, around
    )


@cache
def _shipped_data() -> tuple[LenderBook, SeatWords, AdvertBook, Examples]:
    return load_lenderbook(), load_seatwords(), shipped_advertbook(), load_examples()


@cache
def _shipped() -> Content:
    """The content of this program, read once a process: its files do not change under it."""
    return read_content(SHIPPED)


def build(settings: Settings, clock: Clock, root: Path = ROOT) -> Services:
    """Put the services together on one data folder."""
    store = TinyDBStore(settings.data_dir, clock)
    documents = TinyDBDocuments(settings.data_dir, clock)
    content = _shipped() if root == SHIPPED else read_content(root)
    library = content.library
    journal = Journal(store, clock)
    accounts = Accounts(documents, clock)
    audit = Audit(settings.data_dir, clock)
    passwords = Passwords()
    staff = Staff(documents, clock, passwords, audit)
    own_password = OwnPassword(clock, staff, audit)
    key = KeyFile(settings.key_file or settings.data_dir / KEY_NAME)
    factors = SecondFactors(documents, clock, key, staff, own_password, audit)
    sessions = Sessions(documents, clock, staff, factors, audit)
    nicknames = Nicknames(documents, clock, passwords, audit)
    learning = Learning(journal, library)
    first_seen = FirstSeen(clock)
    quizzing = Quizzing(journal, library, first_seen)
    tests = TrackTests(journal, library, first_seen)
    lending = Lending(journal, content.book, content.words)
    costing = Costing(journal)
    certificates = Certificates(journal, documents, learning, library)
    rooms = RoomJournal(store, clock, Hub(store, clock))
    opening = Opening(rooms, store, documents, audit)
    own_part = OwnPart(rooms, journal, store)
    progress = Progress(
        journal,
        learning,
        lending,
        costing,
        accounts,
        tests,
        certificates,
        audit,
        nicknames,
        own_part,
    )
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
        adverts=Adverts(content.adverts),
        comparing=Comparing(content.examples),
        affording=Affording(content.examples),
        progress=progress,
        clinic=Clinic(content.symptoms),
        handouts=Handouts(library, root),
        searching=content.searching,
        certificates=certificates,
        audit=audit,
        staff=staff,
        nicknames=nicknames,
        scripts=content.scripts,
        opening=opening,
        directing=Directing(rooms, opening, staff, content.cues, audit),
        joining=Joining(rooms, journal, opening, clock),
        taking_part=TakingPart(rooms, journal, library, lending),
        reporting=Reporting(rooms, opening, library, content.cues, audit),
        own_scripts=OwnScripts(documents, clock, content.scripts, content.around),
        sessions=sessions,
        companies=Companies(staff, sessions, audit),
        own_part=own_part,
        factors=factors,
        new_password=NewPassword(documents, clock, staff, own_password, sessions, audit),
    )


@lru_cache(maxsize=1)
def services() -> Services:
    """The services of this process."""
    return build(load_settings(), SystemClock(), ROOT)
