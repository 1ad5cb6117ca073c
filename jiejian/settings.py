"""Settings from the environment (JIEJIAN_..., and PORT)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict


class SettingsError(Exception):
    """A setting cannot be used; the message names it and says what is accepted."""


def _data_home() -> Path:
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "jiejian"


class Settings(BaseSettings):
    """data_dir holds learners' records; public_url is set behind a proxy.

    retention_days: learners not seen for longer are deleted by `python -m jiejian.store expire`.
    key_file: where the server's key lies; better not in the data folder, where it is by default.
    """

    model_config = SettingsConfigDict(env_prefix="JIEJIAN_", extra="ignore", frozen=True)

    data_dir: Path = Field(default_factory=_data_home)
    public_url: str | None = Field(None, pattern=r"^https?://\S+$")
    secure_cookies: Literal["auto", "true", "false"] = "auto"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    retention_days: int | None = Field(None, ge=1)
    key_file: Path | None = None
    port: int = Field(8501, ge=1, le=65535, validation_alias="PORT")


def load_settings() -> Settings:
    """Read the settings. Raises SettingsError in one line."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = str(first["loc"][0])
        shown = "PORT" if name.upper() == "PORT" else f"JIEJIAN_{name.upper()}"
        raise SettingsError(f"{shown}: {first['msg']}") from None
