"""A real OpenID provider on this machine, what the deployment's settings say of it, and people."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

import httpx
import oidc_provider_mock
from werkzeug.serving import BaseWSGIServer, make_server
from werkzeug.test import run_wsgi_app
from werkzeug.wrappers import Response

SECRET = "a cookie secret that only the tests know"
STAFF = "jiejian_staff"


@dataclass
class Provider:
    """oidc-provider-mock, which also insists on PKCE; what it answers may be bent by a test."""

    lasts: timedelta = timedelta(hours=1)
    address: str = ""
    pkce_right: int = 0
    bend_token: Callable[[dict[str, Any]], None] | None = None
    drop_nonce: bool = False
    tokens: list[str] = field(default_factory=list)
    _challenges: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        app = oidc_provider_mock.app(require_nonce=False, access_token_max_age=self.lasts)
        self._inner = app.wsgi_app

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        path, query = environ["PATH_INFO"], parse_qs(environ.get("QUERY_STRING", ""))
        if path == "/oauth2/authorize":
            assert query["code_challenge_method"] == ["S256"]
            self._challenges += query["code_challenge"]
            if self.drop_nonce:
                query.pop("nonce")
                environ["QUERY_STRING"] = urlencode(query, doseq=True)
        if path == "/oauth2/token":
            body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            environ["wsgi.input"] = BytesIO(body)
            verifier = parse_qs(body.decode())["code_verifier"][0].encode()
            assert _base64(hashlib.sha256(verifier).digest()) in self._challenges
            self.pkce_right += 1
        pieces, status, headers = run_wsgi_app(self._inner, environ)
        answer = Response(pieces, status=status, headers=headers)
        if path == "/.well-known/openid-configuration":
            self._rewrite(
                answer, lambda said: said.update(code_challenge_methods_supported=["S256"])
            )
        if path == "/oauth2/token" and answer.status_code == 200:
            self._rewrite(answer, self.bend_token or (lambda said: None))
        return answer(environ, start)

    def _rewrite(self, answer: Response, change: Callable[[dict[str, Any]], None]) -> None:
        said = json.loads(answer.get_data())
        change(said)
        self.tokens += [said[name] for name in ("id_token", "access_token") if name in said]
        answer.set_data(json.dumps(said))

    def knows(self, subject: str, **claims: object) -> None:
        """Say from now on that this person has these claims."""
        told = httpx.put(f"{self.address}/users/{subject}", json=claims)
        assert told.status_code == 204


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def forged_role(said: dict[str, Any]) -> None:
    """Put another group into a signed token, and leave the signature as it was."""
    head, body, signature = said["id_token"].split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    changed = _base64(json.dumps({**claims, "groups": ["it"]}).encode())
    said["id_token"] = f"{head}.{changed}.{signature}"


def unsigned(said: dict[str, Any]) -> None:
    """Make a signed token into one that says it needs no signature."""
    head = _base64(json.dumps({"alg": "none", "typ": "JWT"}).encode())
    said["id_token"] = f"{head}.{said['id_token'].split('.')[1]}."


@contextmanager
def serving(provider: Provider) -> Iterator[Provider]:
    """Serve a provider on a free port of this machine."""
    server: BaseWSGIServer = make_server("127.0.0.1", 0, provider, threaded=True)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield provider
    server.shutdown()
    server.server_close()
    thread.join(5)


def write_secrets(home: Path, site: str, companies: dict[str, tuple[str, str]]) -> None:
    """Settings for a server whose HOME this is; by name: the provider's address and the issuer."""
    lines = ["[auth]", f'redirect_uri = "{site}/oauth2callback"', f'cookie_secret = "{SECRET}"']
    for name, (address, issuer) in companies.items():
        lines += [
            f"[auth.{name}]",
            'client_id = "jiejian"',
            'client_secret = "known to both"',
            f'server_metadata_url = "{address}/.well-known/openid-configuration"',
            f"[company.{name}]",
            f'issuer = "{issuer}"',
            'role_claim = "groups"',
            'educator = ["teachers"]',
            'organizer = ["events", "clubs"]',
            'operator = ["it"]',
        ]
    folder = home / ".streamlit"
    folder.mkdir(parents=True)
    (folder / "secrets.toml").write_text("\n".join(lines), encoding="utf-8")


class Person:
    """Somebody at a browser of their own; follows redirects and keeps cookies.

    Each comes from an address of their own, as if by a proxy on this machine.
    """

    _places = count(1)

    def __init__(self, site: str, language: str = "en") -> None:
        self.site = site
        self.address = f"198.51.100.{next(self._places)}"
        headers = {
            "Accept": "text/html",
            "Accept-Language": language,
            "X-Forwarded-For": self.address,
        }
        self.browser = httpx.Client(follow_redirects=True, headers=headers, timeout=30)

    def goes_to_provider(self, company: str = "school") -> httpx.Response:
        """Press the button for this company; the provider's page, if all is well."""
        page = self.browser.get(f"{self.site}/signin")
        link = re.search(rf'href="(/signin/company\?with={company})"', page.text)
        assert link, page.text
        return self.browser.get(self.site + unescape(link[1]))

    def signs_in(self, subject: str, company: str = "school") -> httpx.Response:
        """Press the button and say at the provider who one is; where it ends."""
        return self.says_who(self.goes_to_provider(company), subject)

    def says_who(self, form: httpx.Response, subject: str) -> httpx.Response:
        return self.browser.post(str(form.url), data={"sub": subject})

    def signs_out(self, press: str = "here") -> httpx.Response:
        page = self.browser.get(f"{self.site}/signout")
        token = re.search(r'name="token" value="([0-9a-f]+)"', page.text)
        assert token
        return self.browser.post(
            f"{self.site}/signout",
            data={"token": token[1], "press": press},
            headers={"Origin": self.site},
        )

    @property
    def token(self) -> str | None:
        """The session's token in this browser."""
        return self.browser.cookies.get(STAFF)
