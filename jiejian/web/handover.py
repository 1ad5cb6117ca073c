"""/handover: somebody else uses this device now, and must not see who was here before."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from jiejian.services.accounts import new_token
from jiejian.services.built import services
from jiejian.services.identity.sessions import STAFF_COOKIE
from jiejian.web import ownform
from jiejian.web.cookies import VISITOR, is_secure, token_in, visitor_cookie
from jiejian.web.ownform import Form
from jiejian.web.signin import staff_cookie
from sandbox.text import Text

PATH = "/handover"

FORM = Form(
    PATH,
    title=Text(zh="换一个人用这台设备", en="Somebody else uses this device"),
    lead=Text(
        zh="换人之后，这台设备从空白记录开始，看不到前一个人学过什么，前一个人的账号也会退出。\n"
        "前一个人的记录还在，但只有凭恢复码，或者昵称和口令，才能找回。两样都还没有的话，请先做一样。",
        en="This device then begins with an empty record: nothing of the person before can be seen,"
        " and an account is signed out.\n"
        "The record of the person before stays, but only their recovery code, or their"
        " nickname and passphrase, lead back to it. If there is neither yet, make one first.",
    ),
    buttons=(("other", Text(zh="换人，从空白开始", en="Begin as somebody else")),),
    more=(
        ("/progress", Text(zh="先去做恢复码", en="First make a recovery code")),
        ("/nickname", Text(zh="先设昵称和口令", en="First choose a nickname and a passphrase")),
        (
            "/comeback",
            Text(
                zh="我有昵称，接着我自己的记录学", en="I have a nickname: go on with my own record"
            ),
        ),
        (
            "/recover",
            Text(zh="我有恢复码，接着我自己的记录学", en="I have a code: go on with my own record"),
        ),
    ),
)


async def handover(request: Request) -> Response:
    """Show the question (GET) or begin anew (POST): 303 to the first page with a new visitor.

    The old token is ended, so that a page still open shows nothing either.
    """
    settings = services().settings
    if request.method != "POST":
        return ownform.show(request, FORM, settings)
    fields = await ownform.read(request, FORM, settings)
    if isinstance(fields, Response):
        return fields
    await run_in_threadpool(_end, request)
    secure = is_secure(request, settings)
    cookies = visitor_cookie(new_token(), secure=secure), staff_cookie("", secure=secure)
    return ownform.leave("/", *cookies)


def _end(request: Request) -> None:
    token = token_in(request, VISITOR)
    if token:
        services().accounts.end(token)
    services().sessions.sign_out(token_in(request, STAFF_COOKIE), ownform.address_of(request))
