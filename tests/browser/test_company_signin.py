"""A teacher signs in with the school's account in a real browser, and out again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.oidc.playing import Provider, serving, write_secrets
from tests.served import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def school() -> Iterator[Provider]:
    with serving(Provider()) as provider:
        yield provider


@pytest.fixture
def site(school: Provider, tmp_path: Path) -> Iterator[str]:
    server = Server(tmp_path / "data", HOME=str(tmp_path / "home"))
    write_secrets(tmp_path / "home", server.url, {"school": (school.address, school.address)})
    server.start()
    yield server.url
    server.stop()


def test_a_teacher_comes_in_by_the_schools_account(
    chromium: Browser, school: Provider, site: str
) -> None:
    school.knows("teacher", groups=["teachers"])
    page = chromium.new_context(locale="en-US").new_page()
    # The provider's own page asks another host for its looks; nobody is to be asked here.
    page.route(lambda address: "127.0.0.1" not in address, lambda route: route.abort())
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.goto(f"{site}/signin")
    page.get_by_role("link", name="Sign in with a school or company account").click()
    assert page.url.startswith(school.address)
    page.get_by_placeholder("sub").fill("teacher")
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(f"{site}/account")
    expect(page.get_by_text("Signed in as Educator")).to_be_visible()
    assert not [said for said in errors if "Content Security Policy" in said]
    names = {cookie.get("name") for cookie in page.context.cookies(site)}
    assert not [name for name in names if name and name.startswith("_streamlit_user")]
    page.goto(f"{site}/signout")
    page.get_by_role("button", name="Sign out here").click()
    page.goto(f"{site}/account")
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()
