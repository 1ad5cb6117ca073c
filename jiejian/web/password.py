"""/password, /reset and /second-step-off: what an account's owner does with a password typed.

Plain forms, so that a password manager takes part and a new session's cookie can be set. Answers
as in signin; who is not signed in is sent there.
"""

from collections.abc import Callable
from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from jiejian.errors import InvalidInput, NotAllowed, TooManyTries, VisitEnded
from jiejian.services.accounts import new_token
from jiejian.services.actor import Actor
from jiejian.services.built import services
from jiejian.services.identity.sessions import STAFF_COOKIE
from jiejian.web import ownform, refused
from jiejian.web.cookies import VISITOR, is_secure, token_in
from jiejian.web.ownform import Box, Form
from jiejian.web.ownpage import language_of
from jiejian.web.signin import ACCOUNT, NEW_PASSWORD_HINT, RESET, SIGN_IN, SIGNIN, staff_cookie
from sandbox.text import Text

PASSWORD, OFF = "/password", "/second-step-off"

PRESENT = Box(
    "current", Text(zh="现在的密码", en="Current password"), "current-password", secret=True
)
NEW = Box(
    "password",
    Text(zh="新密码", en="New password"),
    "new-password",
    NEW_PASSWORD_HINT,
    secret=True,
)
TO_ACCOUNT = (ACCOUNT, Text(zh="回到账号页", en="Back to my account"))

CHANGE = Form(
    PASSWORD,
    title=Text(zh="换密码", en="Change your password"),
    lead=Text(
        zh="换了以后，别的设备都会退出登录，这里不用重新登录。",
        en="Every other device is signed out by it; here you stay signed in.",
    ),
    boxes=(PRESENT, NEW),
    buttons=(("change", Text(zh="换密码", en="Change the password")),),
    more=(TO_ACCOUNT,),
)
BY_CODE = Form(
    RESET,
    title=Text(zh="用重置码设新密码", en="Set a new password by a reset code"),
    lead=Text(
        zh="忘了密码，请管理员给你一个重置码。重置码 24 小时内有效，只能用一次；设好新密码后，所有设备都会退出登录。",
        en="If you forgot your password, ask an operator for a reset code. It works once, within 24"
        " hours. Every device is then signed out.",
    ),
    boxes=(Box("code", Text(zh="重置码", en="Reset code"), "one-time-code", longest=60), NEW),
    buttons=(("reset", Text(zh="设为新密码", en="Set the new password")),),
    more=((SIGNIN, Text(zh="想起密码了，去登录", en="I remember my password: sign in")),),
)
WELCOME = replace(
    SIGN_IN,
    title=Text(zh="新密码设好了", en="Your new password is set"),
    lead=Text(
        zh="所有设备都已退出。请用新密码登录。",
        en="Every device was signed out. Sign in with the new password.",
    ),
)
TURN_OFF = Form(
    OFF,
    title=Text(zh="关闭两步登录", en="Turn the second step off"),
    lead=Text(
        zh="关闭后，登录只要密码，备用码也都作废。以后想再开，要重新扫码。",
        en="Signing in then takes the password alone, and the backup codes are worth nothing. To"
        " turn it on again you scan a new picture.",
    ),
    boxes=(PRESENT,),
    buttons=(("off", Text(zh="关闭", en="Turn it off")),),
    more=(TO_ACCOUNT,),
)


async def change(request: Request) -> Response:
    """Show the form, or replace the own password: 303 with the new session's cookie."""
    return await _own(request, CHANGE, _change)


async def turn_off(request: Request) -> Response:
    """Show the form, or turn the own second factor off."""
    return await _own(request, TURN_OFF, _turn_off)


async def reset(request: Request) -> Response:
    """Show the form, or set a new password by an operator's code; signing in is the next step."""
    settings = services().settings
    if request.method != "POST":
        form = WELCOME if request.query_params.get("done") else BY_CODE
        return ownform.show(request, form, settings)
    fields = await ownform.read(request, BY_CODE, settings)
    if isinstance(fields, Response):
        return fields
    code, password = fields.get("code", ""), fields.get("password", "")
    address = ownform.address_of(request)
    try:
        await run_in_threadpool(services().new_password.reset, code, password, address)
    except InvalidInput as error:
        kept = {} if error.field == "code" else {"code": code}
        return ownform.show(request, BY_CODE, settings, 400, refused.words(error, BY_CODE), kept)
    except TooManyTries as error:
        return ownform.show_wait(request, BY_CODE, settings, error.wait_seconds)
    return ownform.leave(f"{RESET}?done=1&lang={language_of(request)}")


async def _own(
    request: Request, form: Form, act: Callable[[Request, Actor, dict[str, str]], str | None]
) -> Response:
    settings = services().settings
    actor = await run_in_threadpool(_staff, request)
    if actor is None:
        return ownform.leave(SIGNIN)
    if request.method != "POST":
        return ownform.show(request, form, settings)
    fields = await ownform.read(request, form, settings)
    if isinstance(fields, Response):
        return fields
    try:
        token = await run_in_threadpool(act, request, actor, fields)
    except InvalidInput as error:
        return ownform.show(request, form, settings, 400, refused.words(error, form))
    except TooManyTries as error:
        return ownform.show_wait(request, form, settings, error.wait_seconds)
    except NotAllowed:
        return ownform.leave(SIGNIN)
    secure = is_secure(request, settings)
    return ownform.leave(ACCOUNT, *([staff_cookie(token, secure=secure)] if token else []))


def _staff(request: Request) -> Actor | None:
    """Who has signed in in this browser, None if nobody."""
    try:
        visitor = services().accounts.actor(token_in(request, VISITOR) or new_token())
    except VisitEnded:
        return None
    actor = services().sessions.actor(token_in(request, STAFF_COOKIE), visitor)
    return actor if actor.account else None


def _change(request: Request, actor: Actor, fields: dict[str, str]) -> str:
    current, password = fields.get("current", ""), fields.get("password", "")
    agent = request.headers.get("user-agent", "")
    address = ownform.address_of(request)
    return services().new_password.change(actor, current, password, address, agent)


def _turn_off(request: Request, actor: Actor, fields: dict[str, str]) -> None:
    address = ownform.address_of(request)
    services().factors.turn_off(actor, fields.get("current", ""), address)
