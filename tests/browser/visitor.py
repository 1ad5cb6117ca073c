"""A person in front of a real browser, as the browser tests play them."""

from __future__ import annotations

from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from jiejian.ui.i18n import CATALOGUE, read_words

WORDS = read_words(CATALOGUE)
SETTLED = (
    '[data-testid="stApp"][data-test-script-state="notRunning"]'
    '[data-test-connection-state="CONNECTED"]'
)
# Streamlit asks for these beside every deep link before it finds them at the root.
KNOWN_404 = ("/_stcore/health", "/_stcore/host-config")
PATIENCE = 20_000


class Visitor:
    """A person in front of a browser: reads in one language, notes whatever goes wrong."""

    def __init__(self, context: BrowserContext, url: str, language: str) -> None:
        self.url = url
        self.language = language
        self.hosts: set[str] = set()
        self.problems: list[str] = []
        context.set_default_timeout(PATIENCE)
        self.page: Page = context.new_page()
        self.page.on("request", lambda sent: self.hosts.add(urlsplit(sent.url).netloc))
        self.page.on("response", self._note_response)
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))

    def _note_response(self, answer: object) -> None:
        url, status = str(getattr(answer, "url", "")), int(getattr(answer, "status", 0))
        if status >= 400 and not urlsplit(url).path.endswith(KNOWN_404):
            self.problems.append(f"{status} {url}")

    def _note_console(self, message: object) -> None:
        text = str(getattr(message, "text", ""))
        if getattr(message, "type", "") == "error" and "404" not in text:
            self.problems.append(text)

    def say(self, english: str, context: str | None = None) -> str:
        """The interface's words in this visitor's language."""
        if self.language == "en":
            return english
        return WORDS[context, english]

    def settle(self) -> None:
        """Wait until the page rests with its content."""
        self.page.wait_for_selector(SETTLED)
        self.page.wait_for_selector("h1")
        self.page.wait_for_timeout(250)
        self.page.wait_for_selector(SETTLED)

    def goto(self, path: str) -> None:
        """Open a page by its address."""
        self.page.goto(self.url + path)
        self.settle()

    def press(self, name: str) -> None:
        """Press a button by its visible words."""
        self.page.get_by_role("button", name=name).first.click()
        self.settle()

    def check_page(self) -> None:
        """No sideways scrolling, nothing serious for a screen reader."""
        wide = self.page.evaluate(
            "document.querySelector('[data-testid=stMain]').scrollWidth"
            " - document.querySelector('[data-testid=stMain]').clientWidth"
        )
        assert wide <= 0, f"{self.page.url} is {wide} px too wide"
        found = Axe().run(self.page).response["violations"]
        grave = [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found if _grave(v)]
        assert grave == [], self.page.url

    def check_nothing_went_wrong(self) -> None:
        """Only our own host was asked, and the console is quiet."""
        assert self.hosts <= {urlsplit(self.url).netloc, ""}
        assert self.problems == []


def _grave(violation: dict[str, str]) -> bool:
    return violation["impact"] in ("serious", "critical")
