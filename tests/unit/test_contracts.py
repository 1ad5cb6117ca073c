"""The layers hold, and the contract that guards them can fail."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def test_app_is_short_and_imports_only_streamlit_ui_and_web() -> None:
    code = (ROOT / "app.py").read_text(encoding="utf-8")
    assert len(code.splitlines()) < 30
    imported = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module or "")
    ours = {name for name in imported if name.startswith("jiejian")}
    assert imported - ours == {"pathlib", "streamlit"}
    assert all(name.split(".")[1] in {"ui", "web"} for name in ours)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the code that a test may break."""
    for package in ("jiejian", "sandbox"):
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=tree,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_contracts_hold_as_the_code_stands(tree: Path) -> None:
    ended = lint(tree)
    assert ended.returncode == 0, ended.stdout


@pytest.mark.parametrize(
    ("file", "line", "broken"),
    [
        ("jiejian/services/planted.py", "import jiejian.ui.i18n", "go down only"),
        ("jiejian/content/planted.py", "import jiejian.store.port", "go down only"),
        ("jiejian/store/planted.py", "import jiejian.services.built", "go down only"),
        ("jiejian/store/planted.py", "import jiejian.storekeeping.people", "go down only"),
        ("jiejian/planted.py", "import json", "go down only"),
        ("sandbox/planted.py", "import jiejian.errors", "knows nothing of the product"),
        ("jiejian/store/planted.py", "import streamlit", "Screens and servers"),
        ("sandbox/planted.py", "import pandas", "without pandas"),
        ("jiejian/services/planted.py", "import tinydb", "TinyDB"),
    ],
)
def test_planted_violation_breaks_its_contract(
    tree: Path, file: str, line: str, broken: str
) -> None:
    (tree / file).write_text(line + "\n", encoding="utf-8")
    ended = lint(tree)
    assert ended.returncode == 1
    assert any(broken in line and " BROKEN" in line for line in ended.stdout.splitlines())
