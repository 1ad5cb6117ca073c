"""How each action of the table of permissions is done from a browser, and how one sees that it was.

Whoever adds an action to `permissions.yaml` adds its way here, or says in WITHOUT why it has none;
a test fails for an action that has neither.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pyotp

from jiejian.rehearsal.wire import Part, Tab, pressed
from tests.wire import workshops
from tests.wire.people import TRACK, House, Person


@dataclass(frozen=True)
class Deed:
    """An action by way of a page.

    page, query: where its control is; "{target}" in a value is that id. prepare: what has to be
    there first; returns what it is done to, if to anything (an id). once: whether it leaves a
    trace only the first time. fill: what is chosen on the page before. controls: the widgets to
    press, one after the other, given that id; none where opening the page is the deed. done: a
    value that is another once it was done.
    """

    page: str
    done: Callable[[House, Person, str], object]
    controls: Callable[[str], tuple[tuple[str, str], ...]] = lambda _target: ()
    prepare: Callable[[House, Person], str] = lambda _house, _person: ""
    query: Mapping[str, str] = field(default_factory=dict)
    once: bool = False
    fill: Callable[[Tab], None] = lambda _tab: None

    def goto(self, tab: Tab, target: str) -> None:
        """Open the page it is done on."""
        asked = {name: value.format(target=target) for name, value in self.query.items()}
        tab.goto(self.page, **asked)

    def find(self, tab: Tab, target: str) -> list[Part]:
        """Open the page and the controls there, pressing all but the last."""
        self.goto(tab, target)
        self.fill(tab)
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

    def force(self, tab: Tab, parts: list[Part], target: str) -> None:
        """Send what somebody else's controls send, from this tab, on their page."""
        self.goto(tab, target)
        for part in parts:
            forge(tab, part)


def forge(tab: Tab, part: Part) -> None:
    """Use a control of another page or session, with its fragment and with the page.

    What a download is fetched by is a secret of the session it was drawn for (docs/security.md).
    """
    if part.fragment:
        # A fragment that this session does not have is not answered at all.
        tab.rerun(pressed(part.id), fragment=part.fragment, sent=True)
    tab.rerun(pressed(part.id))


def act(tab: Tab, part: Part) -> None:
    """Use a control: press a button, fetch a download, switch a toggle on."""
    if part.kind == "download_button":
        assert not tab.fetch(part.msg.deferred_file_id).startswith("refused")
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


def _with_a_second_step(house: House, _person: Person) -> str:
    """An account whose sign-in asks for a code."""
    owner = house.person("educator")
    actor = house.actor(owner)
    offer = house.services.factors.offer(actor)
    house.services.factors.confirm(actor, pyotp.TOTP(offer.secret).now())
    return str(actor.account)


def _second_step(house: House, _person: Person, target: str) -> object:
    return house.services.factors.is_on(target)


def _offered(house: House, person: Person, _target: str) -> object:
    account = house.actor(person).account
    return account and house.services.documents.get("second_factor_offers", account)


def _resets(house: House, _person: Person, _target: str) -> object:
    return _keys(house, "password_resets")


def _invitations(house: House, _person: Person, _target: str) -> object:
    return len(list(house.services.documents.keys("invitations")))


def _room(at: str = "") -> Callable[[House, Person], str]:
    """A room of the person's own, at a step."""
    return lambda house, person: workshops.opened(house, house.actor(person), at=at)


def _closed_room(house: House, person: Person) -> str:
    return workshops.closed(house, house.actor(person))


def _rooms_of(house: House, person: Person, _target: str) -> object:
    account = house.actor(person).account
    held = (house.services.documents.get("rooms", key) for key in _keys(house, "rooms"))
    return sum(1 for room in held if room and room["owner"] == account)


def _keys(house: House, collection: str) -> list[str]:
    return list(house.services.documents.keys(collection))


def _happened(house: House, _person: Person, target: str) -> object:
    return workshops.happened(house, target)


def _joined(at: str = "") -> Callable[[House, Person], str]:
    """Somebody else's room with the person in it, at a step."""
    return lambda house, person: workshops.opened(house, None, person, at=at)


def _over(house: House, person: Person) -> str:
    return workshops.closed(house, workshops.educator(), person)


def _choose(tab: Tab) -> None:
    options = tab.one("radio", "live_")
    tab.put(options, options.msg.options[0])


def _own_scripts(house: House, _person: Person, _target: str) -> object:
    return len(_keys(house, "own_scripts"))


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
    "factor.set": Deed("account", done=_offered, controls=lambda _: (("button", "factor_begin"),)),
    "factor.lift": Deed(
        "account",
        done=_second_step,
        prepare=_with_a_second_step,
        controls=lambda target: (("button", f"lift_{target}"),),
    ),
    "password.reset": Deed(
        "account",
        done=_resets,
        prepare=_somebody,
        controls=lambda target: (("button", f"reset_{target}"),),
    ),
    "room.open": Deed(
        "rooms",
        done=_rooms_of,
        controls=lambda _: (("button", "begin_why-refused"), ("button", "open_room")),
    ),
    "room.direct": Deed(
        "room",
        done=_happened,
        prepare=_room(),
        query={"room": "{target}"},
        controls=lambda _: (("button", "room_go_next"),),
    ),
    "room.look": Deed(
        "room", done=_audited("room.look"), prepare=_room(), query={"room": "{target}"}
    ),
    "room.report": Deed(
        "room",
        done=_audited("room.report"),
        prepare=_closed_room,
        query={"room": "{target}"},
        controls=lambda _: (("download_button", "report_pdf"),),
    ),
    "room.delete": Deed(
        "rooms",
        done=_happened,
        prepare=_room(),
        controls=lambda target: (("button", f"room_delete_{target}"),),
    ),
    "script.write": Deed("script", done=_own_scripts, controls=lambda _: (("button", "own_copy"),)),
    "room.join": Deed(
        "live",
        done=_happened,
        prepare=lambda house, _person: workshops.opened(house),
        query={"room": "{target}"},
        controls=lambda _: (("button", "FormSubmitter:join"),),
    ),
    "room.answer": Deed(
        "live",
        done=lambda house, person, target: workshops.done_by(house, person, target),
        prepare=_joined(at="guess"),
        query={"room": "{target}"},
        fill=_choose,
        controls=lambda target: (("button", f"live_{target}_guess_answer_send"),),
    ),
    "room.leave": Deed(
        "live",
        done=_happened,
        prepare=_joined(),
        query={"room": "{target}"},
        controls=lambda _: (("button", "live_leave"), ("button", "live_leave_yes")),
    ),
    "room.take": Deed(
        "live",
        done=_events,
        prepare=_over,
        query={"room": "{target}"},
        controls=lambda _: (("button", "live_take"),),
    ),
}

WITHOUT: dict[str, str] = {
    "password.change": "takes the present password, typed on a plain form: test_new_password.py",
    "factor.off": "takes the present password, typed on a plain form: test_second_step_pages.py",
    "factor.see": "leaves no trace: shown on the own account page and nowhere else",
    "session.list": "leaves no trace: what the page shows is looked at in a test of its own",
    "room.list": "leaves no trace: what the page lists is looked at in test_rooms.py",
}
"""Actions that no control and no form asks for, and why."""
