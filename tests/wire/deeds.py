"""How each action of the table of permissions is done from a browser, and how one sees that it was.

Whoever adds an action to `permissions.yaml` adds its way here, or says in WITHOUT why it has none;
a test fails for an action that has neither.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from jiejian.rehearsal.wire import Part, Tab, pressed
from tests.wire.people import TRACK, House, Person


@dataclass(frozen=True)
class Deed:
    """An action by way of a page.

    page, query: where its control is. prepare: what has to be there first; returns what it is done
    to, if to anything (an id). once: whether it leaves a trace only the first time. controls: the widgets to press, one after the other, given that id;
    none where opening the page is the deed. done: a value that is another once it was done.
    """

    page: str
    done: Callable[[House, Person, str], object]
    controls: Callable[[str], tuple[tuple[str, str], ...]] = lambda _target: ()
    prepare: Callable[[House, Person], str] = lambda _house, _person: ""
    query: Mapping[str, str] = field(default_factory=dict)
    once: bool = False

    def find(self, tab: Tab, target: str) -> list[Part]:
        """Open the page and the controls there, pressing all but the last."""
        tab.goto(self.page, **self.query)
        found: list[Part] = []
        for kind, key in self.controls(target):
            if found:
                tab.press(found[-1])
            found.append(tab.one(kind, key))
        return found

    def do(self, tab: Tab, target: str) -> None:
        """Do it as its page lets one do it."""
        found = self.find(tab, target)
        if found:
            act(tab, found[-1])

    def force(self, tab: Tab, parts: list[Part]) -> None:
        """Send what somebody else's controls send, from this tab, on their page."""
        tab.goto(self.page, **self.query)
        for part in parts:
            act(tab, part)
            tab.rerun(pressed(part.id), fragment=part.fragment)


def act(tab: Tab, part: Part) -> None:
    """Use a control: press a button, fetch a download, switch a toggle on."""
    if part.kind == "download_button":
        tab.fetch(part.msg.deferred_file_id)
    elif part.kind == "checkbox":
        tab.put(part, True)
        tab.rerun(fragment=part.fragment)
    else:
        tab.press(part)


@dataclass(frozen=True)
class FormDeed:
    """An action by way of a plain form."""

    path: str
    fields: Callable[[House], Mapping[str, str]]
    done: Callable[[House, Person, str], object]
    once: bool = False


def _document(collection: str) -> Callable[[House, Person, str], object]:
    return lambda house, person, _target: house.services.documents.get(
        collection, house.actor(person).learner
    )


def _audited(action: str, *, of: str = "account") -> Callable[[House, Person, str], object]:
    def count(house: House, person: Person, _target: str) -> object:
        return house.audited(action, str(getattr(house.actor(person), of)))

    return count


def _practised(house: House, person: Person) -> str:
    actor = house.actor(person)
    house.services.learning.finish_lesson(actor, "why-requests-fail")
    return actor.learner


def _events(house: House, person: Person, _target: str) -> object:
    return len(list(house.services.store.read(house.actor(person).stream).events))


def _completed(house: House, person: Person) -> str:
    house.complete(person)
    return TRACK


def _certificates(house: House, person: Person, _target: str) -> object:
    return house.services.certificates.completion(house.actor(person), TRACK).codes


def _elsewhere(house: House, person: Person) -> str:
    """The id of one more place where the account is signed in."""
    before = {one.id for one in house.services.sessions.sessions(house.actor(person))}
    house.sign_in(person)
    after = {one.id for one in house.services.sessions.sessions(house.actor(person))}
    return next(iter(after - before))


def _signed_in(house: House, _person: Person, target: str) -> object:
    return any(key.startswith(target) for key in house.services.documents.keys("staff_sessions"))


def _somebody(house: House, _person: Person) -> str:
    return house.account("educator")


def _shut_out(house: House, person: Person) -> str:
    target = _somebody(house, person)
    house.services.staff.disable(house.actor(house.operator()), target)
    return target


def _disabled(house: House, _person: Person, target: str) -> object:
    found = house.services.staff.find(target)
    assert found
    return found.disabled


def _invitations(house: House, _person: Person, _target: str) -> object:
    return len(list(house.services.documents.keys("invitations")))


DEEDS: dict[str, Deed | FormDeed] = {
    "record.export": Deed(
        "progress",
        done=_audited("record.export", of="learner"),
        controls=lambda _: (("download_button", "export"),),
    ),
    "record.delete": Deed(
        "progress",
        done=_events,
        prepare=_practised,
        controls=lambda _: (("button", "delete"), ("button", "delete_yes")),
    ),
    "certificate.issue": Deed(
        "certificate",
        done=_certificates,
        prepare=_completed,
        query={"track": TRACK},
        controls=lambda _: (("button", "FormSubmitter:certificate"),),
    ),
    "recovery.make": Deed(
        "progress",
        done=_document("recovery_owners"),
        controls=lambda _: (("button", "make_code"),),
    ),
    "nickname.set": FormDeed(
        "/nickname",
        fields=lambda house: {"name": house.secret("n")[:30], "passphrase": house.secret()},
        done=_document("nickname_owners"),
    ),
    "session.end": Deed(
        "account",
        done=_signed_in,
        prepare=_elsewhere,
        controls=lambda target: (("button", f"end_session_{target}"),),
    ),
    "staff.list": Deed("account", done=_audited("staff.list"), once=True),
    "staff.invite": Deed("account", done=_invitations, controls=lambda _: (("button", "invite"),)),
    "staff.disable": Deed(
        "account",
        done=_disabled,
        prepare=_somebody,
        controls=lambda target: (("button", f"switch_{target}_False"),),
    ),
    "staff.enable": Deed(
        "account",
        done=_disabled,
        prepare=_shut_out,
        controls=lambda target: (("button", f"switch_{target}_True"),),
    ),
    "audit.read": Deed(
        "account",
        done=_audited("audit.read"),
        once=True,
        controls=lambda _: (("checkbox", "audit_open"),),
    ),
}

WITHOUT: dict[str, str] = {
    "session.list": "leaves no trace: what the page shows is looked at in a test of its own",
}
"""Actions that no control and no form asks for, and why."""
