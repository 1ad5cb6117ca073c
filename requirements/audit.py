"""Are there known vulnerabilities in what is locked? `python requirements/audit.py [--strict]`.

pip-audit asks its advisory service about every package of dev.txt, which holds those of run.txt
too. It says "no known vulnerabilities" as well where the service knew none of the packages, so its
answer is read here, not its exit status. Exit status: 1 for a vulnerability that is not in
ignored.yaml, or an entry there that is too old; 0 otherwise. What could not be asked about is said
aloud and is no failure, since checks must run without a network; with --strict it is one.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

HERE = Path(__file__).parent
LOCKED = HERE / "dev.txt"
IGNORED = HERE / "ignored.yaml"
GOOD_FOR = timedelta(days=183)
PATIENCE = 180
"""Seconds for all packages; on a slow network rather no answer than a check that hangs."""

Filled = Annotated[str, StringConstraints(min_length=3, strip_whitespace=True)]


class Ignored(BaseModel):
    """An advisory that was judged not to matter here: why, and when."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Filled
    package: Filled
    reason: Filled
    decided: date


class IgnoredFile(BaseModel):
    """ignored.yaml."""

    model_config = ConfigDict(extra="forbid")
    ignored: list[Ignored]


class Advisory(BaseModel):
    """A known vulnerability, as pip-audit reports it."""

    id: str
    aliases: list[str] = []
    fix_versions: list[str] = []


class Package(BaseModel):
    """A locked package; skip_reason where it could not be asked about."""

    name: str
    version: str = ""
    skip_reason: str = ""
    vulns: list[Advisory] = []


class Report(BaseModel):
    """pip-audit's answer."""

    dependencies: list[Package]


def ask() -> str:
    """What pip-audit prints; empty where it gives up."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(LOCKED), "--disable-pip"]
    command += ["--require-hashes", "--format", "json", "--progress-spinner", "off"]
    try:
        ended = subprocess.run(
            command, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return ""
    return ended.stdout


def read(printed: str) -> Report | None:
    """The report in what was printed; None if there is none."""
    try:
        return Report.model_validate_json(printed)
    except ValidationError:
        return None


def locked() -> int:
    """How many packages are locked."""
    lines = LOCKED.read_text(encoding="utf-8").splitlines()
    return sum(line[:1].isalnum() and "==" in line for line in lines)


def judge(
    report: Report | None,
    ignored: Sequence[Ignored],
    today: date,
    *,
    strict: bool,
    say: Callable[[str], None],
) -> int:
    """Say what was found; the exit status."""
    status = 0
    packages = report.dependencies if report else []
    known = {(entry.package, entry.id) for entry in ignored}
    for package in packages:
        for found in package.vulns:
            names = {(package.name, name) for name in (found.id, *found.aliases)}
            if names & known:
                continue
            fixed = ", ".join(found.fix_versions) or "no version yet"
            say(f"VULNERABLE: {package.name} {package.version}: {found.id}; fixed in {fixed}")
            status = 1
    for entry in ignored:
        if today - entry.decided > GOOD_FOR:
            say(
                f"ignored.yaml: {entry.id} ({entry.package}) was decided on {entry.decided}; decide anew"
            )
            status = 1
    audited = [package for package in packages if not package.skip_reason]
    missing = max(locked(), len(packages)) - len(audited)
    if missing:
        say(
            f"NOT AUDITED: {missing} of {missing + len(audited)} packages, because the advisory"
            " service could not be asked about them. This is no all-clear: run"
            " `make audit` where the network allows it."
        )
        return 1 if strict else status
    if not status:
        say(f"{len(audited)} packages audited, no known vulnerability that is not in ignored.yaml")
    return status


def main() -> int:
    """Audit what is locked."""
    try:
        held = yaml.safe_load(IGNORED.read_text(encoding="utf-8"))
        ignored = IgnoredFile.model_validate(held).ignored
    except (yaml.YAMLError, ValidationError) as error:
        print(f"{IGNORED.name}: {error}")
        return 1
    strict = "--strict" in sys.argv[1:]
    return judge(read(ask()), ignored, date.today(), strict=strict, say=print)  # noqa: DTZ011 - a day is enough


if __name__ == "__main__":
    sys.exit(main())
