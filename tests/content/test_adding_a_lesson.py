"""A lesson is its two Markdown files and its quiz: the README's example, taken out and put back."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jiejian.services.actor import Actor
from jiejian.services.built import SHIPPED, Services, build
from jiejian.settings import Settings

FOLDER, SLUG, TRACK = "045-supply-chain-finance", "supply-chain-finance", "a-project-counted-on-it"
WHO = Actor("a" * 32)


class Still:
    """A clock that stands."""

    def now(self) -> datetime:
        return datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole course without that lesson, and without the tests that ask about it."""
    root = tmp_path_factory.mktemp("course")
    for name in ("lessons", "quizzes"):
        shutil.copytree(SHIPPED / name, root / name)
    shutil.rmtree(root / "lessons" / FOLDER)
    shutil.rmtree(root / "quizzes/tests")
    (root / "quizzes" / f"{SLUG}.yaml").unlink()
    return root


def served(root: Path, folder: Path) -> Services:
    return build(Settings(data_dir=folder), Still(), root)


def lessons_on_the_map(services: Services) -> list[str]:
    course = services.learning.course(WHO)
    return [standing.lesson.id for track in course.tracks for standing in track.lessons]


def test_it_is_there_by_its_own_files_alone(course: Path, tmp_path: Path) -> None:
    without = served(course, tmp_path / "without")
    assert SLUG not in lessons_on_the_map(without)
    assert without.library.mistakes == ()
    readme = (SHIPPED / "README.md").read_text(encoding="utf-8")
    told = [line.split()[0] for line in readme.splitlines() if SLUG in line and "/" in line]
    files = [path for name in told for path in SHIPPED.glob(name) if path.is_file()]
    assert len([path for path in files if path.suffix in (".md", ".yaml")]) == 3
    for path in files:
        place = course / path.relative_to(SHIPPED)
        place.parent.mkdir(exist_ok=True)
        shutil.copy(path, place)

    now = served(course, tmp_path / "now")
    assert now.library.mistakes == ()
    assert SLUG in lessons_on_the_map(now)
    title = now.library.lessons[SLUG].versions["zh"].title
    assert SLUG in [place.id for place in now.searching.search(title, "zh").found]
    assert now.quizzing.at_hand(WHO, SLUG)[1] is not None
    completion = now.certificates.completion(WHO, TRACK)
    assert SLUG in [standing.lesson.id for standing in completion.lessons]
    assert len(now.handouts.book(TRACK, "zh")) > len(without.handouts.book(TRACK, "zh"))
