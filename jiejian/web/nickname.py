"""/nickname ties a nickname and passphrase to the learner here; /comeback returns by them.

Plain forms, so that the browser's password manager can keep the passphrase; answers as in signin.
"""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from jiejian.errors import InvalidInput, TooManyTries, VisitEnded
from jiejian.services.built import services
from jiejian.web import ownform, refused
from jiejian.web.cookies import VISITOR, is_secure, token_in, visitor_cookie
from jiejian.web.ownform import Box, Form
from sandbox.text import Text

NICKNAME, COMEBACK = "/nickname", "/comeback"
AFTERWARDS = "/progress"

NAME = Text(zh="昵称", en="Nickname")
PASSPHRASE = Text(zh="口令", en="Passphrase")

SET = Form(
    NICKNAME,
    title=Text(zh="设一个昵称和口令", en="Choose a nickname and a passphrase"),
    lead=Text(
        zh="换设备或换人之后，用昵称和口令就能接着自己的记录学。请不要用真名或手机号。",
        en="With these you go on with your own record on another device, or after somebody else"
        " used this one. Do not use your real name or your number.",
    ),
    boxes=(
        Box(
            "name",
            NAME,
            "username",
            Text(
                zh="最多 40 个字。本站只存它的指纹，谁也看不到。",
                en="Up to 40 characters. Only a fingerprint of it is kept; nobody sees it.",
            ),
            longest=80,
        ),
        Box(
            "passphrase",
            PASSPHRASE,
            "new-password",
            Text(
                zh="至少 8 个字符。几个互不相干的词连起来最好记。没有人能替你找回口令。",
                en="At least 8 characters; a few unrelated words are easiest to keep in mind."
                " Nobody can look it up for you.",
            ),
            secret=True,
        ),
    ),
    buttons=(("set", Text(zh="保存", en="Save")),),
    more=((AFTERWARDS, Text(zh="我的进度", en="My progress")),),
)
RETURN = Form(
    COMEBACK,
    title=Text(zh="用昵称回来", en="Come back by your nickname"),
    lead=Text(
        zh="输入你的昵称和口令，接着自己的记录学。这台设备上现在的记录不会合并进去。",
        en="Type your nickname and passphrase to go on with your own record. What this device has"
        " recorded so far is not merged in.",
    ),
    boxes=(
        Box("name", NAME, "username", longest=80),
        Box("passphrase", PASSPHRASE, "current-password", secret=True),
    ),
    buttons=(("back", Text(zh="接着学", en="Go on")),),
    more=(("/recover", Text(zh="我有恢复码", en="I have a recovery code")),),
)


async def nickname(request: Request) -> Response:
    """Show the form, or tie what was chosen to this browser's learner."""
    return await _answer(request, SET, _set)


async def comeback(request: Request) -> Response:
    """Show the form, or make this browser the learner's; its earlier visitor is ended."""
    return await _answer(request, RETURN, _return)


async def _answer(
    request: Request, form: Form, act: Callable[[Request, dict[str, str]], str | None]
) -> Response:
    settings = services().settings
    if request.method != "POST":
        return ownform.show(request, form, settings)
    fields = await ownform.read(request, form, settings)
    if isinstance(fields, Response):
        return fields
    try:
        token = await run_in_threadpool(act, request, fields)
    except InvalidInput as error:
        kept = {"name": fields.get("name", "")}
        refusal = refused.words(error, form)
        return ownform.show(request, form, settings, 400, refusal, kept)
    except TooManyTries as error:
        return ownform.show_wait(request, form, settings, error.wait_seconds)
    except VisitEnded:
        return ownform.show(request, form, settings, 403, ownform.STALE)
    secure = is_secure(request, settings)
    cookies = [visitor_cookie(token, secure=secure)] if token else []
    return ownform.leave(AFTERWARDS, *cookies)


def _set(request: Request, fields: dict[str, str]) -> None:
    token = token_in(request, VISITOR)
    if token is None:
        raise VisitEnded
    actor = services().accounts.actor(token)
    name, passphrase = fields.get("name", ""), fields.get("passphrase", "")
    services().nicknames.set(actor, name, passphrase, ownform.address_of(request))


def _return(request: Request, fields: dict[str, str]) -> str:
    name, passphrase = fields.get("name", ""), fields.get("passphrase", "")
    address = ownform.address_of(request)
    token = services().nicknames.come_back(name, passphrase, address)
    earlier = token_in(request, VISITOR)
    if earlier:
        services().accounts.end(earlier)
    return token
