"""The words of signing in with a school's or a company's account, and the buttons for it."""

from urllib.parse import urlencode

from jiejian.web.companyfile import providers
from sandbox.text import Text

COMPANY = "/signin/company"

WHY: dict[str, tuple[Text, Text]] = {
    "failed": (
        Text(zh="登录没有完成", en="The sign-in was not completed"),
        Text(
            zh="可能是等得太久、中途取消了，也可能是学校或公司的登录服务暂时连不上。\n"
            "请再登录一次；如果还不行，请告诉本站管理员。",
            en="It took too long, was cancelled, or the sign-in of your school or company cannot be"
            " reached just now.\nTry again; if that does not help, tell whoever runs this site.",
        ),
    ),
    "no_role": (
        Text(zh="这个账号还没有身份", en="This account has no role here"),
        Text(
            zh="学校或公司认得你的账号，但没有说明你是老师、工作坊组织者还是管理员，所以暂时没有可以打开的管理页面。\n"
            "请找学校或公司里管账号的人，或者本站管理员，给这个账号分配身份，再重新登录。\n"
            "学习不需要账号，可以直接开始。你的姓名、邮箱等资料没有保存在这里。",
            en="Your school or company knows your account, but does not say that you teach, run"
            " workshops or run this site. So there is nothing here to open with it.\n"
            "Ask whoever looks after accounts there, or whoever runs this site, to give it a role;"
            " then sign in again.\n"
            "Learning needs no account. Your name and e-mail address were not kept here.",
        ),
    ),
    "not_ours": (
        Text(zh="没能确认这个账号", en="This account could not be confirmed"),
        Text(
            zh="收到的登录信息与本站的设置对不上，所以没有登录。这多半是设置有误，请告诉本站管理员。",
            en="What came back does not fit how this site is set up, so you were not signed in."
            " The set-up is most likely wrong: tell whoever runs this site.",
        ),
    ),
    "disabled": (
        Text(zh="这个账号已停用", en="This account is disabled"),
        Text(
            zh="本站管理员停用了这个账号。如果你认为弄错了，请联系管理员。",
            en="An operator of this site disabled it. If you think that is a mistake, ask them.",
        ),
    ),
}


def ways() -> tuple[tuple[str, Text], ...]:
    """A button for each provider: where it leads, and its words."""
    return tuple(
        (
            f"{COMPANY}?{urlencode({'with': one.name})}",
            Text(zh=f"用{one.company.label.zh}登录", en=f"Sign in with {one.company.label.en}"),
        )
        for one in providers().values()
    )
