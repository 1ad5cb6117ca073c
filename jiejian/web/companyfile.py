"""Which schools' or companies' accounts may sign in: [auth] and [company] of Streamlit's secrets.

[auth] is Streamlit's own (who the provider is, who we are to it); [company.NAME] says whose word
is taken for what. Both are read once, and a mistake stops the start.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationError
from streamlit.auth_util import is_authlib_installed, validate_auth_credentials
from streamlit.errors import StreamlitAuthError, StreamlitSecretNotFoundError
from streamlit.runtime.secrets import secrets_singleton

from jiejian.services.identity.companies import Company
from jiejian.settings import Settings, SettingsError, load_settings

SHORTEST_SECRET = 32
"""Characters of auth.cookie_secret, which signs who somebody is."""
CALLBACK = "/oauth2callback"
NAME = re.compile(r"[a-z0-9-]{1,30}")
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Provider:
    """A provider that may be signed in by; client is who we are to it."""

    name: str
    client: str
    company: Company


@lru_cache(maxsize=1)
def providers() -> Mapping[str, Provider]:
    """The providers by name, none where there is no [auth]. Raises SettingsError."""
    found = read_providers(_secrets(), load_settings())
    for name in found:
        try:
            validate_auth_credentials(name)
        except StreamlitAuthError as error:
            raise SettingsError(f"auth: {error}") from None
    return found


def _secrets() -> Mapping[str, Any]:
    if secrets_singleton.load_if_toml_exists():
        return secrets_singleton.to_dict()
    # It says no for a file that cannot be read, too; asked again, it says why.
    try:
        return secrets_singleton.to_dict()
    except StreamlitSecretNotFoundError as error:
        if error.error_id == "no-secrets-found":
            return {}
        raise SettingsError(" ".join(str(error).split())) from None


def read_providers(secrets: Mapping[str, Any], settings: Settings) -> Mapping[str, Provider]:
    """The providers of these secrets. Raises SettingsError, naming the key, never its value."""
    auth, companies = _table(secrets, "auth"), _table(secrets, "company")
    named = {name: one for name, one in auth.items() if _is_provider(name, one)}
    if "client_id" in auth:
        named["default"] = auth
    for name in companies:
        if name not in named:
            where = "[auth]" if name == "default" else f"[auth.{name}]"
            raise SettingsError(f"company.{name}: there is no provider in {where}")
    if auth:
        _check_auth(auth, named, settings)
    return {name: _provider(name, auth, one, companies) for name, one in named.items()}


def _table(secrets: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = secrets.get(name, {})
    if not isinstance(found, Mapping):
        raise SettingsError(f"{name}: must be a table, [{name}]")
    return found


def _is_provider(name: str, value: object) -> bool:
    return isinstance(value, Mapping) and name != "client_kwargs"


def _check_auth(auth: Mapping[str, Any], named: Mapping[str, Any], settings: Settings) -> None:
    """What all providers share."""
    if not is_authlib_installed():
        raise SettingsError("auth: needs Authlib; install requirements/run.txt (make run does)")
    if not named:
        raise SettingsError("auth: names no provider; add client_id here or a table [auth.NAME]")
    back = urlsplit(str(auth.get("redirect_uri", "")))
    if not back.netloc or back.path != CALLBACK or back.query:
        raise SettingsError(f"auth.redirect_uri: must be this site's address and {CALLBACK}")
    _check_scheme("auth.redirect_uri", back.geturl())
    if settings.public_url and urlsplit(settings.public_url).netloc != back.netloc:
        raise SettingsError("auth.redirect_uri: must begin with JIEJIAN_PUBLIC_URL")
    if len(str(auth.get("cookie_secret", ""))) < SHORTEST_SECRET:
        raise SettingsError(
            f"auth.cookie_secret: must be random and have at least {SHORTEST_SECRET} characters"
        )


def _provider(
    name: str, auth: Mapping[str, Any], one: Mapping[str, Any], companies: Mapping[str, Any]
) -> Provider:
    where = "auth" if one is auth else f"auth.{name}"
    if not NAME.fullmatch(name):
        raise SettingsError(f"{where}: name it with at most 30 of a-z, 0-9 and -")
    for key in ("client_id", "client_secret", "server_metadata_url"):
        if not isinstance(one.get(key), str) or not one[key]:
            raise SettingsError(f"{where}.{key}: is missing")
    _check_scheme(f"{where}.server_metadata_url", one["server_metadata_url"])
    scope = one.get("client_kwargs", {}).get("scope", "openid")
    if "openid" not in str(scope).split():
        raise SettingsError(f"{where}.client_kwargs.scope: must hold openid")
    if name not in companies:
        raise SettingsError(
            f"company.{name}: is missing; without it nobody has a role by [{where}]"
        )
    try:
        company = Company.model_validate(companies[name])
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        key = ".".join(map(str, ("company", name, *first["loc"])))
        raise SettingsError(f"{key}: {first['msg']}") from None
    _check_scheme(f"company.{name}.issuer", company.issuer)
    return Provider(name, str(one["client_id"]), company)


def _check_scheme(key: str, address: str) -> None:
    """Over http anybody on the way could say who somebody is; on this machine nobody is."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise SettingsError(f"{key}: must begin with https://")
