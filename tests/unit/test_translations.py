"""The translation check finds each kind of gap, and the interface speaks the session's language."""

from pathlib import Path
from textwrap import dedent

import pytest
import streamlit as st

from jiejian import translations
from jiejian.ui import i18n

PAGE = """
    from jiejian.ui.i18n import _, ngettext, pgettext
    title = _("Borrow")
    count = ngettext("{n} lesson", "{n} lessons", 2)
    term = pgettext("loan length", "Term")
"""
COMPLETE = """
    msgid "Borrow"
    msgstr "借款"

    msgctxt "loan length"
    msgid "Term"
    msgstr "期限"

    msgid "{n} lesson"
    msgid_plural "{n} lessons"
    msgstr[0] "{n} 课"
"""


class Product:
    """A source folder with one page and a catalogue."""

    def __init__(self, folder: Path) -> None:
        self.source = folder / "jiejian"
        self.source.mkdir()
        self.po = self.source / "words.po"
        self.write(PAGE)
        self.translate(COMPLETE)

    def write(self, code: str) -> None:
        (self.source / "page.py").write_text(dedent(code), encoding="utf-8")

    def translate(self, entries: str) -> None:
        self.po.write_text(translations.HEADER + dedent(entries), encoding="utf-8")

    def faults(self) -> list[str]:
        return [str(fault) for fault in translations.check(self.source, self.po)]


@pytest.fixture
def product(tmp_path: Path) -> Product:
    return Product(tmp_path)


def test_complete_catalogue_has_no_faults(product: Product) -> None:
    assert product.faults() == []


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ('msgid "Borrow"\n    msgstr "借款"\n', "", "jiejian/page.py:3: missing: 'Borrow'"),
        ('msgstr "借款"', 'msgstr ""', "jiejian/page.py:3: empty: 'Borrow'"),
        ('msgid "Borrow"', '#, fuzzy\n    msgid "Borrow"', "jiejian/page.py:3: fuzzy: 'Borrow'"),
        ("{n} 课", "{m} 课", "jiejian/page.py:4: wrong placeholders: '{n} lesson'"),
        ("{n} 课", "几课", "jiejian/page.py:4: wrong placeholders: '{n} lesson'"),
        ("{n} lessons", "{n} classes", "jiejian/page.py:4: missing plural: '{n} lesson'"),
        ('msgctxt "loan length"', 'msgctxt "school"', "jiejian/page.py:5: missing: 'Term'"),
    ],
)
def test_each_gap_is_named_with_its_place(
    product: Product, good: str, bad: str, fault: str
) -> None:
    assert good in COMPLETE
    product.translate(COMPLETE.replace(good, bad))
    assert fault in product.faults()


def test_word_no_longer_used_is_obsolete(product: Product) -> None:
    product.translate(COMPLETE + '\n    msgid "Gone"\n    msgstr "没了"\n')
    (fault,) = product.faults()
    assert fault.startswith("jiejian/words.po:")
    assert fault.endswith("obsolete: 'Gone'")


def test_words_put_together_before_translation_are_refused(product: Product) -> None:
    product.write(PAGE + '    late = _(f"Borrow {count}")\n')
    assert any(fault.startswith("jiejian/page.py:6: _()") for fault in product.faults())


@pytest.mark.parametrize("line", ["msgstr half a line", 'msgstr "open', "<<<<<<< mine", "借款"])
def test_malformed_catalogue_is_named_by_line(product: Product, line: str) -> None:
    product.po.write_text(f'msgid "Borrow"\n{line}\n', encoding="utf-8")
    (fault,) = product.faults()
    assert fault.startswith("jiejian/words.po:2: ")


def test_words_inside_an_f_string_are_refused(product: Product) -> None:
    product.write(PAGE + '    told = f"<p>{_("Borrow")}</p>"\n'.replace('"Borrow"', "'Borrow'"))
    (fault,) = product.faults()
    assert fault.startswith("jiejian/page.py:6")
    assert "f-string" in fault


def test_missing_catalogue_is_a_fault(product: Product) -> None:
    product.po.unlink()
    assert any("does not exist" in fault for fault in product.faults())


def test_update_adds_sorts_keeps_and_drops(product: Product) -> None:
    product.translate(COMPLETE.replace("Borrow", "Gone"))
    translations.update(product.source, product.po)

    assert product.faults() == ["jiejian/page.py:3: empty: 'Borrow'"]
    text = product.po.read_text(encoding="utf-8")
    assert "Gone" not in text
    assert text.index('"Borrow"') < text.index('"Term"') < text.index('"{n} lesson"')
    assert 'msgstr "期限"' in text

    translations.update(product.source, product.po)
    assert product.po.read_text(encoding="utf-8") == text


def test_this_products_own_catalogue_can_be_read() -> None:
    assert i18n.read_words(i18n.CATALOGUE) is not None
    assert translations.read_catalogue(translations.CATALOGUE).locale_identifier == "zh_Hans_CN"


@pytest.fixture
def chinese(product: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_chinese", lambda: i18n.read_words(product.po))


@pytest.mark.usefixtures("chinese")
def test_words_follow_the_session(monkeypatch: pytest.MonkeyPatch) -> None:
    session: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", session)
    assert (i18n.language(), i18n._("Borrow")) == ("en", "Borrow")

    session["lang"] = "zh"
    assert (i18n.language(), i18n.html_tag()) == ("zh", "zh-CN")
    assert i18n._("Borrow") == "借款"
    assert i18n.pgettext("loan length", "Term") == "期限"
    assert i18n._("Term") == "Term"
    assert i18n.ngettext("{n} lesson", "{n} lessons", 1) == "{n} 课"

    session["lang"] = "en"
    assert i18n.ngettext("{n} lesson", "{n} lessons", 1) == "{n} lesson"
    assert i18n.ngettext("{n} lesson", "{n} lessons", 0) == "{n} lessons"

    session["lang"] = "<script>"
    assert i18n.language() == "en"


def test_unreadable_catalogue_leaves_english(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert i18n.read_words(tmp_path / "none.po") == {}
    assert "could not be read" in caplog.text


def test_fuzzy_and_empty_translations_are_not_shown(product: Product) -> None:
    product.translate('#, fuzzy\nmsgid "Borrow"\nmsgstr "借款"\n\nmsgid "Term"\nmsgstr ""\n')
    assert i18n.read_words(product.po) == {}
