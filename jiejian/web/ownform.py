"""Forms that are not Streamlit's: shown, guarded and read in one way.

A Streamlit script cannot set a cookie, so whatever changes who is here is a plain form.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from urllib.parse import parse_qs

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse

from jiejian.settings import Settings
from jiejian.web import formguard
from jiejian.web.cookies import FORM, is_secure, token_in
from jiejian.web.ownpage import language_of, own_page
from sandbox.text import Language, Text

LONGEST_FORM = 4096
"""Bytes; the longest of our forms needs a third of it."""

STALE = Text(
    zh="这个页面打开得太久了，或者不是从这里提交的。请再填一次。",
    en="This page was open for too long, or was not sent from here. Please fill it in again.",
)
TOO_MANY = Text(
    zh="尝试的次数太多了。请等 {seconds} 秒再试。",
    en="Too many tries. Wait {seconds} seconds, then try again.",
)
OR = Text(zh="或者", en="or")

OTHER = ' class="other"'
"""Marks every button but the first."""


@dataclass(frozen=True)
class Box:
    """A box to type in. autocomplete tells password managers what it is for.

    numeric brings up a telephone's keys for digits.
    """

    name: str
    label: Text
    autocomplete: str
    hint: Text | None = None
    secret: bool = False
    longest: int = 200
    numeric: bool = False


@dataclass(frozen=True)
class Form:
    """A page with one form; buttons are (value of `press`, words), the first the usual one.

    more is where else to go: (address, words). ways are others to the same end, shown as buttons.
    """

    path: str
    title: Text
    lead: Text
    buttons: Sequence[tuple[str, Text]]
    boxes: Sequence[Box] = ()
    more: Sequence[tuple[str, Text]] = field(default_factory=tuple)
    ways: Sequence[tuple[str, Text]] = ()


async def read(request: Request, form: Form, settings: Settings) -> dict[str, str] | HTMLResponse:
    """What was filled in, or the form again where it is not provably ours (403) or too long (413)."""
    if not formguard.is_own_origin(request, settings):
        return show(request, form, settings, 403, STALE)
    fields = await body_fields(request)
    if fields is None:
        return show(request, form, settings, 413, STALE)
    if not formguard.is_signed(token_in(request, FORM), fields.get("token", "")):
        return show(request, form, settings, 403, STALE)
    return fields


async def body_fields(request: Request) -> dict[str, str] | None:
    """The form's fields, the first of each name; None where it is longer than a form of ours."""
    body = b""
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LONGEST_FORM:
                return None
        fields = parse_qs(body.decode(), max_num_fields=10)
    except (ClientDisconnect, UnicodeDecodeError, ValueError):
        return {}
    return {name: values[0] for name, values in fields.items()}


def show(
    request: Request,
    form: Form,
    settings: Settings,
    status: int = 200,
    refusal: Text | str | None = None,
    kept: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """The form; `kept` is what was typed and may be shown again, never a secret."""
    language = language_of(request)
    nonce = token_in(request, FORM) or formguard.new_nonce()
    words = refusal.say(language) if isinstance(refusal, Text) else refusal
    alert = f'<p class="refusal" role="alert" id="refusal">{escape(words)}</p>' if words else ""
    boxes = [_box(box, language, bool(words), (kept or {}).get(box.name, "")) for box in form.boxes]
    buttons = [
        f'<button type="submit" name="press" value="{escape(value)}"'
        f"{OTHER if place else ''}>{escape(text.say(language))}</button>"
        for place, (value, text) in enumerate(form.buttons)
    ]
    more = [
        f'<p class="more"><a href="{escape(address)}">{escape(text.say(language))}</a></p>'
        for address, text in form.more
    ]
    ways = [
        f'<a class="button" href="{escape(address)}">{escape(text.say(language))}</a>'
        for address, text in form.ways
    ]
    other = f'<p class="or">{OR.say(language)}</p><p class="buttons ways">{"".join(ways)}</p>'
    lead = "".join(f"<p>{escape(part)}</p>" for part in form.lead.say(language).split("\n"))
    body = f"""\
<div class="lead">{lead}</div>
{alert}
<form method="post" action="{escape(form.path)}?lang={language}">
<input type="hidden" name="token" value="{formguard.sign(nonce)}">
{"".join(boxes)}
<p class="buttons">{"".join(buttons)}</p>
</form>
{other if ways else ""}
{"".join(more)}"""
    page = own_page(language, form.title.say(language), body, path=form.path)
    answer = HTMLResponse(page, status_code=status, headers={"Cache-Control": "no-store"})
    secure = is_secure(request, settings)
    cookie = formguard.form_cookie(nonce, path=form.path, secure=secure)
    answer.headers.append("Set-Cookie", cookie)
    return answer


def show_wait(request: Request, form: Form, settings: Settings, seconds: int) -> HTMLResponse:
    """The form after too many tries."""
    words = TOO_MANY.say(language_of(request)).format(seconds=seconds)
    answer = show(request, form, settings, 429, words)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def leave(to: str, *cookies: str) -> RedirectResponse:
    """The answer to a form that was right: another page, with cookies to set."""
    answer = RedirectResponse(to, status_code=303, headers={"Cache-Control": "no-store"})
    for cookie in cookies:
        answer.headers.append("Set-Cookie", cookie)
    return answer


def address_of(request: Request) -> str:
    """Where the request comes from; uvicorn has seen to the proxies it trusts."""
    return request.client.host if request.client else "unknown"


def _box(box: Box, language: Language, refused: bool, value: str) -> str:
    described = [
        name for name, there in (("refusal", refused), (f"{box.name}-hint", box.hint)) if there
    ]
    says = f' aria-describedby="{" ".join(described)}"' if described else ""
    invalid = ' aria-invalid="true"' if refused else ""
    kind = "password" if box.secret else "text"
    keys = ' inputmode="numeric"' if box.numeric else ""
    shown = "" if box.secret else escape(value[: box.longest])
    hint = (
        f'<p class="hint" id="{box.name}-hint">{escape(box.hint.say(language))}</p>'
        if box.hint
        else '<p class="hint"></p>'
    )
    return (
        f'<label for="{box.name}">{escape(box.label.say(language))}</label>'
        f'<input id="{box.name}" name="{box.name}" type="{kind}" value="{shown}" required'
        f' maxlength="{box.longest}" autocomplete="{box.autocomplete}" autocapitalize="none"'
        f' spellcheck="false"{keys}{says}{invalid}>{hint}'
    )
