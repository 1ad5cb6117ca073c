"""/second-step: the code that signing in takes after the password, where the account wants one.

What was proved so far lies on the server; the browser holds a random ticket for it, for this
address alone and five minutes at most. There is no session before the code was right.
"""

from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from jiejian.errors import InvalidInput, TooManyTries
from jiejian.services.built import services
from jiejian.services.identity.sessions import STAFF_COOKIE
from jiejian.web import ownform, refused
from jiejian.web.cookies import is_secure, token_in
from jiejian.web.ownform import Box, Form
from jiejian.web.signin import ACCOUNT, SECOND, SIGN_IN, SIGNIN, TICKET, staff_cookie, ticket_cookie
from sandbox.text import Text

CODE = Form(
    SECOND,
    title=Text(zh="第二步：输入验证码", en="Second step: your code"),
    lead=Text(
        zh="打开手机上的验证器，输入“Jiejian”下面现在显示的六位数字。每 30 秒换一次。",
        en="Open the authenticator on your phone and type the six digits it shows for Jiejian."
        " They change every 30 seconds.",
    ),
    boxes=(
        Box(
            "code",
            Text(zh="六位验证码", en="Six-digit code"),
            "one-time-code",
            longest=20,
            numeric=True,
        ),
    ),
    buttons=(("code", Text(zh="登录", en="Sign in")),),
    more=(
        (
            f"{SECOND}?with=backup",
            Text(zh="手机不在身边：用备用码", en="No phone at hand: use a backup code"),
        ),
        (SIGNIN, Text(zh="回到上一步", en="Back to the first step")),
    ),
)
BACKUP = replace(
    CODE,
    title=Text(zh="第二步：输入备用码", en="Second step: a backup code"),
    lead=Text(
        zh="输入开通两步登录时保存的十个备用码中的一个。每个只能用一次。\n"
        "备用码也找不到了，就请管理员替你关掉两步登录。",
        en="Type one of the ten codes you kept when you turned the second step on. Each works"
        " once.\nIf they are lost as well, ask an operator to switch the second step off.",
    ),
    boxes=(Box("code", Text(zh="备用码", en="Backup code"), "off", longest=40),),
    buttons=(("backup", Text(zh="登录", en="Sign in")),),
    more=(
        (SECOND, Text(zh="我有手机：用验证码", en="I have my phone: use its code")),
        (SIGNIN, Text(zh="回到上一步", en="Back to the first step")),
    ),
)


async def second_step(request: Request) -> Response:
    """Ask for the code (GET), or begin the session (POST). Answers as in signin.

    Without a ticket that holds it is the first step's form that is shown.
    """
    settings = services().settings
    ticket = token_in(request, TICKET)
    if request.method != "POST":
        if not await run_in_threadpool(services().sessions.is_halfway, ticket):
            return ownform.leave(SIGNIN)
        form = BACKUP if request.query_params.get("with") == "backup" else CODE
        return ownform.show(request, form, settings)
    fields = await ownform.read(request, CODE, settings)
    if isinstance(fields, Response):
        return fields
    form = BACKUP if fields.get("press") == "backup" else CODE
    try:
        token = await run_in_threadpool(_finish, request, ticket, fields.get("code", ""))
    except InvalidInput as error:
        again = SIGN_IN if error.field == "ticket" else form
        return ownform.show(request, again, settings, 400, refused.words(error, form))
    except TooManyTries as error:
        return ownform.show_wait(request, form, settings, error.wait_seconds)
    secure = is_secure(request, settings)
    cookies = staff_cookie(token, secure=secure), ticket_cookie("", secure=secure)
    return ownform.leave(ACCOUNT, *cookies)


def _finish(request: Request, ticket: str | None, code: str) -> str:
    address = ownform.address_of(request)
    agent = request.headers.get("user-agent", "")
    token = services().sessions.second_step(ticket, code, address, agent)
    services().sessions.sign_out(token_in(request, STAFF_COOKIE), address)
    return token
