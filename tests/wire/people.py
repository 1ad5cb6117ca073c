"""People who use the served product: each has a device with cookies, fills forms, opens tabs."""

from __future__ import annotations

import http.client
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from jiejian.clock import SystemClock
from jiejian.rehearsal.wire import Tab
from jiejian.services.accounts import VISITOR_COOKIE
from jiejian.services.actor import Actor, Role, StaffRole
from jiejian.services.built import Services, build
from jiejian.services.identity.sessions import SESSIONS, STAFF_COOKIE
from jiejian.settings import Settings
from jiejian.store.layout import files
from tests.right_answers import right
from tests.served import Server

TRACK = "behind-the-counter"
"""The shortest track: a certificate of it is soon earned."""


@dataclass
class Answer:
    """An HTTP answer; the names of headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode(errors="replace")


@dataclass
class Device:
    """A browser's cookies, and an address of its own as a proxy on this machine tells it."""

    url: str
    jar: dict[str, str] = field(default_factory=dict)
    address: str = field(default_factory=lambda: f"198.51.{secrets.randbelow(200)}.7")
    tabs: list[Tab] = field(default_factory=list)

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for an address."""
        return self._send("GET", path, b"", headers)

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        """Send a form's fields as they are."""
        asked = {"origin": self.url, "content-type": "application/x-www-form-urlencoded", **headers}
        return self._send("POST", path, urlencode(fields).encode(), asked)

    def fill(self, path: str, **fields: str) -> Answer:
        """Open a form, fill it in, send it."""
        shown = self.get(path).text
        token = re.search(r'name="token" value="([0-9a-f]{64})"', shown)
        assert token, f"no form at {path}"
        return self.post(path, {"token": token[1], **fields})

    def tab(self, page: str = "", language: str = "en") -> Tab:
        """Open the product in a new tab; the first page's GET sets the visitor's cookie."""
        if VISITOR_COOKIE not in self.jar:
            self.get("/")
        opened = Tab(self.url, self.jar, language)
        opened.goto(page)
        self.tabs.append(opened)
        return opened

    def _send(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        asked = {name.replace("_", "-"): value for name, value in headers.items()}
        asked.setdefault("x-forwarded-for", self.address)
        asked["cookie"] = "; ".join(f"{name}={value}" for name, value in self.jar.items())
        link = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=60)
        link.request(method, path, body, asked)
        came = link.getresponse()
        for name, value in came.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, rest = value.partition("=")
                self.jar[cookie] = rest.split(";")[0]
        told = {name.lower(): value for name, value in came.getheaders()}
        answer = Answer(came.status, told, came.read())
        link.close()
        return answer


@dataclass
class Person:
    """Somebody with a role on a device. name and password: of the account, empty for a learner."""

    role: Role
    device: Device
    name: str = ""
    password: str = ""


class House:
    """The served product, its data folder seen from outside, and every secret that was used."""

    def __init__(self, server: Server) -> None:
        self.server = server
        # The same folder from a second process, which the store allows for: to look, to prepare.
        self.services: Services = build(Settings(data_dir=server.folder), SystemClock())
        self.secrets: set[str] = set()
        self._operator: Person | None = None
        self._known: dict[Role, Person] = {}

    @property
    def log(self) -> str:
        """What the server has logged so far."""
        return self.server.log.read_text(encoding="utf-8", errors="replace")

    def device(self) -> Device:
        """A device nobody has used."""
        return Device(self.server.url)

    def secret(self, words: str = "") -> str:
        """A secret nobody else uses, which no log may hold."""
        made = f"{words} {secrets.token_hex(8)} lamps by the canal".strip()
        self.secrets.add(made)
        return made

    def person(self, role: Role, device: Device | None = None) -> Person:
        """Somebody of this role, who came in through the forms."""
        device = device or self.device()
        device.get("/")
        if role == "learner":
            self.secrets.update(device.jar.values())
            return Person(role, device)
        person = Person(role, device, f"{role} {secrets.token_hex(4)}", self.secret())
        code = self._code(role)
        self.secrets.add(code)
        joined = device.fill("/invitation", code=code, name=person.name, password=person.password)
        assert joined.status == 303, joined.text
        self.secrets.update(device.jar.values())
        return person

    def account(self, role: StaffRole) -> str:
        """The id of an account that nobody has signed in to yet."""
        name, password = f"{role} {secrets.token_hex(4)}", self.secret()
        return self.services.staff.join(self._code(role), name, password).id

    def known(self, role: Role) -> Person:
        """Somebody of this role who has been here before: cheaper than somebody new."""
        if role not in self._known:
            self._known[role] = self.person(role)
        return self._known[role]

    def sign_in(self, person: Person, device: Device | None = None) -> Device:
        """The same person on one more device, or again on this one."""
        device = device or self.device()
        device.get("/")
        came = device.fill("/signin", name=person.name, password=person.password)
        assert came.status == 303, came.text
        self.secrets.update(device.jar.values())
        return device

    def operator(self) -> Person:
        """The first operator, who came in by the code on the terminal."""
        if self._operator is None:
            self._operator = self.person("operator")
        return self._operator

    def actor(self, person: Person) -> Actor:
        """Who the services take this person for just now."""
        visitor = self.services.accounts.actor(person.device.jar[VISITOR_COOKIE])
        return self.services.sessions.actor(person.device.jar.get(STAFF_COOKIE), visitor)

    @contextmanager
    def turned(self, person: Person, role: Role) -> Iterator[None]:
        """Meanwhile the account is of another role, or signed out, behind its open pages' back."""
        account = str(self.actor(person).account)
        held = self.services.documents.get("staff", account)
        assert held
        documents = self.services.documents
        signed_in = {key: documents.get(SESSIONS, key) for key in documents.keys(SESSIONS)}
        if role == "learner":
            self.services.sessions.sign_out(person.device.jar[STAFF_COOKIE])
        else:
            documents.put("staff", account, {**held, "role": role})
        try:
            yield
        finally:
            documents.put("staff", account, held)
            # As if they had signed in again, but for the password's slow hash.
            for key in signed_in.keys() - documents.keys(SESSIONS):
                documents.put(SESSIONS, key, signed_in[key] or {})

    def complete(self, person: Person) -> None:
        """Read every lesson of the shortest track and answer every question right."""
        actor = self.actor(person)
        for lesson in self.services.library.of_track(TRACK):
            self.services.learning.finish_lesson(actor, lesson.id)
            for number in range(100):
                question = self.services.quizzing.at_hand(actor, str(lesson.quiz))[1]
                if question is None:
                    break
                key = f"{lesson.id}-{number:04}"
                self.services.quizzing.answer(actor, question, right(question.at_hand), None, key)

    def audited(self, action: str, who: str) -> int:
        """How often this was noted as done by somebody."""
        entries = self.services.audit._files.newest(100_000)
        return sum(e["action"] == action and e["who"] == who[:16] for e in entries)

    def kept(self) -> dict[str, bytes]:
        """Every record in the data folder, but when a session was last used."""
        folder = self.server.folder
        return {
            of.name: (folder / path).read_bytes()
            for path, of in files(folder)
            if of and of.role == "main" and not of.name.startswith("staff_seen/")
        }

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """Nothing in the data folder changes meanwhile."""
        before = self.kept()
        yield
        after = self.kept()
        changed = {name for name in before | after if before.get(name) != after.get(name)}
        assert not changed, f"changed: {sorted(changed)}"

    @contextmanager
    def no_fault(self) -> Iterator[None]:
        """The server logs no exception nobody foresaw meanwhile."""
        at = len(self.log)
        yield
        new = self.log[at:]
        assert "Traceback" not in new, new
        assert "fault " not in new, new

    def _code(self, role: Role) -> str:
        if self._operator is None:
            assert role == "operator", "the first one to come is the operator"
            printed = self.server.printed.read_text(encoding="utf-8")
            return str(re.findall(r"\b(?:[2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}\b", printed)[-1])
        return self.services.staff.invite(self.actor(self._operator), role)
