"""Why a form was refused, and what to do: one table for all forms that are not Streamlit's.

Words of a box name it by its label, so that a nickname and a sign-in name need no words of their own.
"""

from collections.abc import Mapping

from jiejian.errors import InvalidInput
from jiejian.web.ownform import Form
from sandbox.text import Text

BOX: Mapping[str, Text] = {
    "empty": Text(zh="请填写{box}。", en="Enter a {box}."),
    "invisible": Text(
        zh="{box}里有看不见的字符。请不要粘贴，直接键入。",
        en="The {box} holds invisible signs. Type it rather than paste it.",
    ),
    "taken": Text(
        zh="这个{box}已经有人用了，请换一个。", en="This {box} is taken. Choose another one."
    ),
    "too_short": Text(
        zh="{box}太短，至少要 {least} 个字符。",
        en="The {box} is too short: use at least {least} characters.",
    ),
    "too_long": Text(
        zh="{box}最多 {most} 个字符。", en="Shorten the {box} to at most {most} characters."
    ),
    "too_easy": Text(
        zh="这个{box}太容易猜到。请用几个互不相干的词，不要用名字、常见密码或键盘上的一排字母。",
        en="This {box} is easily guessed. Use a few unrelated words; no names, no well-known"
        " passwords, no rows of keys.",
    ),
}
"""By reason; the box is the one that the refusal names."""

WHOLE: Mapping[tuple[str, str], Text] = {
    ("name", "wrong_sign_in"): Text(
        zh="登录名或密码不对，或者这个账号已停用。请核对后再试。",
        en="The name or the password is not right, or the account is disabled. Check both and try again.",
    ),
    ("name", "wrong_nickname"): Text(
        zh="昵称或口令不对。请核对后再试。",
        en="The nickname or the passphrase is not right. Check both and try again.",
    ),
    ("current", "wrong_password"): Text(
        zh="现在的密码不对。请再输一次。",
        en="The current password is not right. Type it again.",
    ),
    ("code", "unknown_code"): Text(
        zh="这个邀请码不对、已经用过，或者过期了。请逐字核对，或向管理员再要一个。",
        en="This code is not right, was used already, or has expired. Check each sign, or ask for a new one.",
    ),
    ("code", "unknown_reset"): Text(
        zh="这个重置码不对、已经用过，或者过期了。请逐字核对，或请管理员再给一个。",
        en="This reset code is not right, was used already, or has expired. Check each sign, or ask"
        " an operator for a new one.",
    ),
    ("code", "wrong_code"): Text(
        zh="这个码不对，或者刚刚用过了。等验证器里换了新的数字再输；备用码请逐字核对，每个只能用一次。",
        en="This code is not right, or was just used. Wait for the next one on your phone. Check a"
        " backup code sign by sign; each works once.",
    ),
    ("ticket", "over"): Text(
        zh="两步之间隔得太久，或者账号有了变动。请从密码开始，重新登录。",
        en="Too much time passed between the two steps, or the account has changed. Sign in again,"
        " beginning with your password.",
    ),
}
"""By field and reason."""


def words(error: InvalidInput, form: Form) -> Text:
    """What to tell whoever filled in this form. Raises KeyError for a refusal it cannot get."""
    whole = WHOLE.get((error.field, error.reason))
    if whole:
        return whole
    label = next(box.label for box in form.boxes if box.name == error.field)
    text = BOX[error.reason]
    return Text(
        zh=text.zh.format(box=label.zh, **error.details),
        en=text.en.format(box=label.en.lower(), **error.details),
    )
