"""/signin, /signout and /invitation: how staff come in and go.

Each answers 303 with the cookie set or cleared when all was right, and else shows its form again:
400 for what was typed, 403 and 413 as `ownform.read`, 429 after too many tries. A password is
never shown again.
"""

from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from jiejian.errors import InvalidInput, TooManyTries
from jiejian.services.built import services
from jiejian.services.identity.halfway import LASTS, CodeNeeded
from jiejian.services.identity.sessions import LONGEST, STAFF_COOKIE
from jiejian.web import ownform, refused
from jiejian.web.companyways import ways
from jiejian.web.cookies import is_secure, set_cookie, token_in
from jiejian.web.ownform import Box, Form
from jiejian.web.ownpage import language_of
from sandbox.text import Text

SIGNIN, SIGNOUT, INVITATION = "/signin", "/signout", "/invitation"
SECOND, RESET = "/second-step", "/reset"
TICKET = "jiejian_halfway"
ACCOUNT = "/account"

NAME = Box("name", Text(zh="登录名", en="Name"), "username", longest=80)
PASSWORD = Text(zh="密码", en="Password")
NEW_PASSWORD_HINT = Text(
    zh="至少 12 个字符。几个互不相干的词连起来，比夹杂符号的短密码更好记，也更难猜。",
    en="At least 12 characters. A few unrelated words are easier to keep in mind, and"
    " harder to guess, than a short one with symbols.",
)

SIGN_IN = Form(
    SIGNIN,
    title=Text(zh="老师和管理员登录", en="Sign in as teacher or operator"),
    lead=Text(
        zh="学习不需要登录。只有带课、组织工作坊或管理本站的人才有账号。",
        en="Learning needs no account. Only those who teach, run workshops or run this site have one.",
    ),
    boxes=(NAME, Box("password", PASSWORD, "current-password", secret=True)),
    buttons=(("in", Text(zh="登录", en="Sign in")),),
    more=(
        (
            INVITATION,
            Text(zh="我有邀请码，还没有账号", en="I have an invitation code and no account yet"),
        ),
        (RESET, Text(zh="我忘了密码", en="I forgot my password")),
    ),
)
JOIN = Form(
    INVITATION,
    title=Text(zh="用邀请码开通账号", en="Make your account"),
    lead=Text(
        zh="输入管理员给你的邀请码，再自己定登录名和密码。邀请码七天内有效，只能用一次。",
        en="Type the invitation code an operator gave you, then choose a name and a password."
        " A code works once, within seven days.",
    ),
    boxes=(
        Box("code", Text(zh="邀请码", en="Invitation code"), "one-time-code", longest=60),
        Box(
            "name",
            Text(zh="登录名", en="Name"),
            "username",
            Text(
                zh="最多 40 个字，登录时用；管理员看得到，不必是真名。",
                en="Up to 40 characters, to sign in with. Operators see it; it need not be your real name.",
            ),
            longest=80,
        ),
        Box(
            "password",
            PASSWORD,
            "new-password",
            NEW_PASSWORD_HINT,
            secret=True,
        ),
    ),
    buttons=(("join", Text(zh="开通账号", en="Make the account")),),
    more=((SIGNIN, Text(zh="我已经有账号", en="I have an account already")),),
)
SIGN_OUT = Form(
    SIGNOUT,
    title=Text(zh="退出登录", en="Sign out"),
    lead=Text(
        zh="退出后，打开着的页面也不再有账号的权限。这台设备上的学习记录不受影响。",
        en="Pages still open lose the account's rights at once. What was learned on this device stays.",
    ),
    buttons=(
        ("here", Text(zh="退出这台设备", en="Sign out here")),
        ("everywhere", Text(zh="退出所有设备", en="Sign out on every device")),
    ),
)


def staff_cookie(token: str, *, secure: bool) -> str:
    """The Set-Cookie header for a sign-in; an empty token ends it in this browser."""
    age = int(LONGEST.total_seconds()) if token else 0
    return set_cookie(STAFF_COOKIE, token, max_age=age, path="/", same_site="Lax", secure=secure)


def ticket_cookie(ticket: str, *, secure: bool) -> str:
    """The Set-Cookie header for a ticket; an empty one takes it back."""
    age = int(LASTS.total_seconds()) if ticket else 0
    return set_cookie(TICKET, ticket, max_age=age, path=SECOND, same_site="Strict", secure=secure)


async def sign_in(request: Request) -> Response:
    """Show the form or sign in; an earlier sign-in of this browser ends."""
    return await _enter(request, replace(SIGN_IN, ways=ways()))


async def join(request: Request) -> Response:
    """Show the form, or make an account and sign in to it."""
    return await _enter(request, JOIN)


async def sign_out(request: Request) -> Response:
    """Show the question, or sign out here or everywhere."""
    settings = services().settings
    if request.method != "POST":
        return ownform.show(request, SIGN_OUT, settings)
    fields = await ownform.read(request, SIGN_OUT, settings)
    if isinstance(fields, Response):
        return fields
    everywhere = fields.get("press") == "everywhere"
    await run_in_threadpool(_end, request, everywhere)
    return ownform.leave("/", staff_cookie("", secure=is_secure(request, settings)))


async def _enter(request: Request, form: Form) -> Response:
    settings = services().settings
    if request.method != "POST":
        return ownform.show(request, form, settings)
    fields = await ownform.read(request, form, settings)
    if isinstance(fields, Response):
        return fields
    try:
        token = await run_in_threadpool(_prove, request, form, fields)
    except CodeNeeded as needed:
        secure, to = is_secure(request, settings), f"{SECOND}?lang={language_of(request)}"
        return ownform.leave(to, ticket_cookie(needed.ticket, secure=secure))
    except InvalidInput as error:
        refusal = refused.words(error, form)
        kept = {"name": fields.get("name", "")}
        if (error.field, error.reason) != ("code", "unknown_code"):
            kept["code"] = fields.get("code", "")
        return ownform.show(request, form, settings, 400, refusal, kept)
    except TooManyTries as error:
        return ownform.show_wait(request, form, settings, error.wait_seconds)
    return ownform.leave(ACCOUNT, staff_cookie(token, secure=is_secure(request, settings)))


def _prove(request: Request, form: Form, fields: dict[str, str]) -> str:
    address = ownform.address_of(request)
    agent = request.headers.get("user-agent", "")
    name, password = fields.get("name", ""), fields.get("password", "")
    if form is JOIN:
        services().sessions.count_try(address)
        account = services().staff.join(fields.get("code", ""), name, password, address)
        services().sessions.try_was_right(address)
        token = services().sessions.begin(account.id, address, agent)
    else:
        token = services().sessions.sign_in(name, password, address, agent)
    _end(request, everywhere=False)
    return token


def _end(request: Request, everywhere: bool) -> None:
    earlier = token_in(request, STAFF_COOKIE)
    address = ownform.address_of(request)
    services().sessions.sign_out(earlier, address, everywhere=everywhere)
