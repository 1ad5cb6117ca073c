"""/recover: a learner types the recovery code and this browser becomes theirs again.

A page of its own, since a Streamlit script cannot set a cookie.
"""

from html import escape

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from jiejian.errors import InvalidInput, TooManyTries
from jiejian.services.built import services
from jiejian.settings import Settings
from jiejian.web import formguard
from jiejian.web.cookies import FORM, VISITOR, is_secure, token_in, visitor_cookie
from jiejian.web.ownform import body_fields
from jiejian.web.ownpage import language_of, own_page
from sandbox.text import Text

PATH = "/recover"
AFTERWARDS = "/progress"

TITLE = Text(zh="找回学习记录", en="Get your progress back")
LEAD = Text(
    zh="输入你保存的恢复码，这台设备就会接着你原来的学习记录继续。",
    en="Type the recovery code you kept, and this device continues where you left off.",
)
LABEL = Text(zh="恢复码", en="Recovery code")
HINT = Text(
    zh="六个字或六个单词，中间的空格可有可无。这台设备上现在的记录不会合并进去。",
    en="Six words, or six characters. What this device has recorded so far is not merged in.",
)
SUBMIT = Text(zh="找回", en="Get it back")
UNKNOWN = Text(
    zh="没有找到这个恢复码。请逐字核对后再试一次。",
    en="No progress was found for this code. Check each word and try again.",
)
TOO_MANY = Text(
    zh="尝试的次数太多了。请等 {seconds} 秒再试。",
    en="Too many tries. Wait {seconds} seconds, then try again.",
)
STALE = Text(
    zh="这个页面打开得太久了，或者不是从这里提交的。请再输入一次。",
    en="This page was open for too long, or was not sent from here. Please type the code again.",
)


async def recover(request: Request) -> Response:
    """Show the form (GET) or take it (POST).

    A POST answers 303 to the learner's progress with the new visitor cookie; 400 for a code that
    is not known, 403 for a form that is not provably ours, 413 for a body too long, 429 after too
    many tries. Each refusal shows the form again, without the code that was typed.
    """
    if request.method != "POST":
        return _form(request)
    settings = services().settings
    if not formguard.is_own_origin(request, settings):
        return _form(request, 403, STALE)
    fields = await body_fields(request)
    if fields is None:
        return _form(request, 413, UNKNOWN)
    if not formguard.is_signed(token_in(request, FORM), fields.get("token", "")):
        return _form(request, 403, STALE)
    address = request.client.host if request.client else "unknown"
    try:
        token = await run_in_threadpool(
            services().accounts.recover, fields.get("code", ""), address
        )
        earlier = token_in(request, VISITOR)
        if earlier:
            # A page left open must not go on showing who was here before.
            await run_in_threadpool(services().accounts.end, earlier)
    except InvalidInput:
        return _form(request, 400, UNKNOWN)
    except TooManyTries as error:
        words = TOO_MANY.say(language_of(request)).format(seconds=error.wait_seconds)
        refusal = _form(request, 429, words)
        refusal.headers["Retry-After"] = str(error.wait_seconds)
        return refusal
    answer = RedirectResponse(AFTERWARDS, status_code=303, headers={"Cache-Control": "no-store"})
    secure = is_secure(request, settings)
    answer.headers.append("Set-Cookie", visitor_cookie(token, secure=secure))
    return answer


def _form(request: Request, status: int = 200, refusal: Text | str | None = None) -> HTMLResponse:
    language = language_of(request)
    nonce = token_in(request, FORM) or formguard.new_nonce()
    settings: Settings = services().settings
    words = refusal.say(language) if isinstance(refusal, Text) else refusal
    alert = f'<p class="refusal" role="alert" id="refusal">{escape(words)}</p>' if words else ""
    described = "refusal hint" if words else "hint"
    invalid = ' aria-invalid="true"' if words else ""
    body = f"""\
<p class="lead">{escape(LEAD.say(language))}</p>
{alert}
<form method="post" action="{PATH}">
<input type="hidden" name="token" value="{formguard.sign(nonce)}">
<label for="code">{escape(LABEL.say(language))}</label>
<input id="code" name="code" required maxlength="200" autocomplete="off" autocapitalize="none"
 spellcheck="false" aria-describedby="{described}"{invalid}>
<p class="hint" id="hint">{escape(HINT.say(language))}</p>
<button type="submit">{escape(SUBMIT.say(language))}</button>
</form>"""
    page = own_page(language, TITLE.say(language), body, path=PATH)
    answer = HTMLResponse(page, status_code=status, headers={"Cache-Control": "no-store"})
    secure = is_secure(request, settings)
    answer.headers.append("Set-Cookie", formguard.form_cookie(nonce, path=PATH, secure=secure))
    return answer
