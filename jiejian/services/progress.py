"""My progress: everything held about a learner, to see, to take along, to delete."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from jiejian.errors import StoreTooNew, StreamDamaged
from jiejian.services.accounts import Accounts
from jiejian.services.actor import Actor
from jiejian.services.certificates import Certificates
from jiejian.services.costing import Costing, Prediction
from jiejian.services.identity.audit import Audit
from jiejian.services.identity.nicknames import Nicknames
from jiejian.services.journal import Journal
from jiejian.services.learning import Learning, LessonStanding
from jiejian.services.lending import Lending, StoredRequest
from jiejian.services.mastery import Mastery, Sureness, mastery, sureness
from jiejian.services.permissions import require
from jiejian.services.rooms.own_part import Attended, OwnPart
from jiejian.services.standing import answers
from jiejian.services.tracktests import TestStanding, TrackTests
from jiejian.store.records import NOTICE_SEEN


@dataclass(frozen=True)
class Overview:
    """Lessons with their quizzes, requests and predictions newest first, whether a recovery code exists.

    mastery is by quiz; sureness tells how often each certainty was right; tests are those before
    and after a track.

    notice tells of a repair of the record ("restored_previous", "started_anew"), else None.
    """

    lessons: tuple[LessonStanding, ...]
    requests: tuple[StoredRequest, ...]
    predictions: tuple[Prediction, ...]
    mastery: Mapping[str, Mastery]
    sureness: tuple[Sureness, ...]
    tests: tuple[TestStanding, ...]
    has_recovery_code: bool
    notice: str | None
    workshops: tuple[Attended, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing has been done yet."""
        started = any(lesson.begun for lesson in self.lessons)
        done = self.requests or self.predictions or self.workshops
        return not started and not done


class Progress:
    """Reads across a learner's own data; the only service that shows all of it."""

    def __init__(
        self,
        journal: Journal,
        learning: Learning,
        lending: Lending,
        costing: Costing,
        accounts: Accounts,
        tests: TrackTests,
        certificates: Certificates,
        audit: Audit,
        nicknames: Nicknames,
        rooms: OwnPart,
    ) -> None:
        self._journal = journal
        self._learning = learning
        self._lending = lending
        self._costing = costing
        self._accounts = accounts
        self._tests = tests
        self._certificates = certificates
        self._audit = audit
        self._nicknames = nicknames
        self._rooms = rooms

    def overview(self, actor: Actor) -> Overview:
        """What the progress page shows."""
        past = self._journal.read(actor)
        given = answers(past)
        return Overview(
            lessons=self._learning.standings(actor),
            requests=self._lending.requests(actor),
            predictions=self._costing.predictions(actor),
            mastery=mastery(self._learning.library, given, self._journal.now()),
            sureness=sureness(given),
            tests=self._tests.standings(actor),
            has_recovery_code=self._accounts.has_recovery_code(actor),
            notice=past.notice,
            workshops=self._rooms.attended(actor),
        )

    def notice_seen(self, actor: Actor, key: str) -> None:
        """The learner has read the notice of a repair."""
        event = self._journal.event(NOTICE_SEEN, {}, key)
        self._journal.record(actor, key, lambda _: [event])

    def start_anew(self, actor: Actor) -> None:
        """Begin a new record in place of one that cannot be read; the old one stays set aside."""
        self._journal.start_anew(actor)

    def export(self, actor: Actor) -> bytes:
        """Everything held about the learner, as UTF-8 JSON."""
        require(actor, "record.export", actor.learner)
        past = self._journal.read(actor)
        self._audit.note("record.export", who=actor.learner, what=actor.learner)
        held = {
            "format": "jiejian-learner-1",
            "learner": actor.learner,
            "exported_at": self._journal.now().isoformat(),
            "recovery_code_made": self._accounts.has_recovery_code(actor),
            "events": [{"kind": event.kind, "at": event.at, "data": event.data} for event in past],
            "workshops": self._rooms.held(actor),
        }
        return json.dumps(held, ensure_ascii=False, indent=2).encode()

    def forget(self, actor: Actor) -> None:
        """Delete the stream, certificates, nickname, recovery code, ties to other devices, and what
        was done in workshops, for good.

        A record that cannot be read is deleted all the same.
        """
        require(actor, "record.delete", actor.learner)
        try:
            self._certificates.forget(actor, self._journal.read(actor))
        except (StreamDamaged, StoreTooNew):
            self._certificates.forget_unlisted(actor)
        self._rooms.forget(actor)
        self._journal.erase(actor)
        self._nicknames.forget(actor)
        self._accounts.forget(actor)
        self._audit.note("record.delete", who=actor.learner, what=actor.learner)
