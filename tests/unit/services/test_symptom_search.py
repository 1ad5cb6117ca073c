"""Finding a symptom by what people type: their words, their slips, and nonsense."""

from __future__ import annotations

import pytest

from jiejian.content.check import ROOT
from jiejian.content.clinic.clinicbook import load_clinic
from jiejian.content.wordings import folded
from jiejian.services import symptom_search
from jiejian.services.symptom_search import LONGEST, SymptomIndex
from sandbox.text import LANGUAGES

SYMPTOMS = load_clinic(ROOT).symptoms
INDEX = SymptomIndex(SYMPTOMS)

# What is typed, and the symptom it means; one of several where the words fit several.
TYPED = (
    ("综合评估未通过", "assessment-failed"),
    ("系统繁忙", "system-busy"),
    ("暂不符合条件", "not-eligible-now"),
    ("额度为0", "limit-zero"),
    ("您的账户存在风险", "account-at-risk"),
    ("request timed out", "request-timeout"),
    ("money not arrived but debt shown", "debt-but-no-money"),
    ("系统烦忙请稍后在试", "system-busy"),
    ("綜合評分不足", "assessment-failed"),
    ("額度為０", "limit-zero"),
    ("评分不够", "assessment-failed"),
    ("为什么我申请总是综合评分不足怎么办", "assessment-failed"),
    ("系统一直繁忙", "system-busy"),
    ("服务器忙", "system-busy"),
    ("超时了", "request-timeout"),
    ("点了提交没反应", "request-timeout"),
    ("钱没到账但是有账单", "debt-but-no-money"),
    ("显示放款成功但是卡里没钱", "debt-but-no-money"),
    ("让我交解冻费", "unfreezing-fee"),
    ("卡号填错了要交钱解冻", "unfreezing-fee"),
    ("需要刷流水才能放款", "unfreezing-fee"),
    ("先交保证金", "unfreezing-fee"),
    ("申请太频繁", "too-many-requests"),
    ("操作频繁", "too-many-requests"),
    ("人脸识别通不过", "face-check-failed"),
    ("刷脸一直失败", "face-check-failed"),
    ("身份证过期了", "id-expired"),
    ("手机号不是我实名的", "phone-not-mine"),
    ("绑卡绑不上", "card-not-mine"),
    ("户名不一致", "card-not-mine"),
    ("收不到短信验证码", "code-not-arriving"),
    ("审核了三天还在审核中", "under-review"),
    ("审批中", "under-review"),
    ("负债太高", "debt-too-high"),
    ("征信花了", "many-lenders"),
    ("查询次数太多", "many-lenders"),
    ("有逾期还能借吗", "overdue-record"),
    ("没有信用记录", "no-history"),
    ("白户", "no-history"),
    ("换了新手机借不了", "new-device"),
    ("学生不能借", "student-refused"),
    ("用途不支持", "purpose-not-allowed"),
    ("想借钱炒股被拒", "purpose-not-allowed"),
    ("资方审核不通过", "funder-refused"),
    ("还清了就借不出来了", "gone-after-repaying"),
    ("额度降了", "limit-cut"),
    ("额度被冻结", "limit-frozen"),
    ("账户冻结了", "account-frozen"),
    ("银行卡只收不付", "bank-card-frozen"),
    ("征信上多了一笔不是我借的", "loan-not-mine"),
    ("被人冒名贷款", "loan-not-mine"),
    ("征信报告有错误", "report-wrong"),
    ("还款扣款失败", "repayment-failed"),
    ("扣了两次钱", "charged-twice"),
    ("已经还了还显示逾期", "paid-but-overdue"),
    ("还不起了", "cannot-pay"),
    ("失业了还不上贷款", "cannot-pay"),
    ("催收一直打我家人电话", "collectors-call"),
    ("砍头息", "arrived-less"),
    ("到账少了一千", "arrived-less"),
    ("借了两笔", "loan-twice"),
    ("注销校园贷是真的吗", "cancel-campus-loan"),
    ("征信修复靠谱吗", "credit-repair-offer"),
    ("中介说包下款", "sure-approval-agent"),
    ("朋友让我帮忙刷脸贷款", "lend-your-name"),
    ("要我共享屏幕", "screen-or-code"),
    ("客服问我要验证码", "screen-or-code"),
    ("要买会员才能放款", "pay-membership"),
    ("债务优化公司可信吗", "debt-restructuring"),
    ("短信让我点链接退款", "refund-call"),
    ("链接下载的贷款app", "app-from-link"),
    ("system is bussy", "system-busy"),
    ("servre busy", "system-busy"),
    ("time out", "request-timeout"),
    ("it says not eligible", "not-eligible-now"),
    ("score too low", "assessment-failed"),
    ("my limit is 0", "limit-zero"),
    ("account at risk", "account-at-risk"),
    ("acount frozen", "account-frozen"),
    ("they want a fee to unfreeze my loan", "unfreezing-fee"),
    ("asked to pay before they send the loan", "unfreezing-fee"),
    ("too many aplications today", "too-many-requests"),
    ("face scan doesn't work", "face-check-failed"),
    ("my id has expired", "id-expired"),
    ("no verification code", "code-not-arriving"),
    ("still under review after 3 days", "under-review"),
    ("debt to income", "debt-too-high"),
    ("too many credit checks", "many-lenders"),
    ("i have never borrowed before", "no-history"),
    ("student refused", "student-refused"),
    ("limit reduced", "limit-cut"),
    ("paid off but can't borrow again", "gone-after-repaying"),
    ("loan not mine on credit report", "loan-not-mine"),
    ("charged two times", "charged-twice"),
    ("i can't repay this month", "cannot-pay"),
    ("debt collectors calling my mother", "collectors-call"),
    ("agent guarantees approval", "sure-approval-agent"),
    ("friend asked me to take a loan in my name", "lend-your-name"),
    ("share my screen with support", "screen-or-code"),
    ("page keeps loading", "page-stuck"),
    ("blank page", "page-stuck"),
    ("under maintenance", "maintenance"),
    ("no internet", "network-error"),
    ("got less money than i borrowed", "arrived-less"),
    ("repaid but shows overdue", "paid-but-overdue"),
    ("提示我综合评估不通过请60天后再来", "come-back-later|assessment-failed"),
    ("借呗突然没额度了", "limit-zero|limit-cut"),
    ("网商贷显示暂时不能使用", "not-eligible-now|limit-frozen"),
    ("微粒贷没有资格", "not-eligible-now"),
    ("一点借钱就闪退", "page-stuck"),
    ("老板说系统升级让我点链接", "maintenance|app-from-link|refund-call"),
    ("银行预留手机号不对", "card-not-mine"),
    ("我爸的卡能收款吗", "card-not-mine"),
    ("户口不在本地", "region-not-served"),
    ("太老了借不了", "age-not-allowed"),
    ("17岁能借吗", "age-not-allowed"),
    ("三个月内查询十几次", "many-lenders"),
    ("欠了好几家网贷批不下来", "debt-too-high|many-lenders"),
    ("工资低批不了", "income-not-verified"),
    ("自由职业没有流水", "income-not-verified"),
    ("想借十万只给两万", "amount-too-high"),
    ("怀疑我套现把额度关了", "suspected-cash-out"),
    ("我想提前还清要收钱吗", "early-repayment-fee"),
    ("银监会说我账户被冻结要缴费", "unfreezing-fee"),
    ("钱打到别人卡里了", "debt-but-no-money|card-not-mine"),
    ("平台让我提供发票证明用途", "proof-of-use"),
    ("提示超过个人授信上限", "total-cap-reached"),
    ("产品下架了", "policy-paused"),
    ("匹配资金方中", "funder-refused"),
    ("提示我有在途订单", "request-already-open"),
    ("没有授权征信查询", "consent-missing"),
    ("资料填不全", "profile-incomplete"),
    ("名字里有生僻字", "details-do-not-match"),
    ("nothing happens when I tap apply", "page-stuck"),
    ("the app rejected me with no reason", "not-eligible-now|assessment-failed"),
    ("insufficient income", "income-not-verified"),
    ("loan disbursed but i didn't get it", "debt-but-no-money"),
    ("someone stole my identity and took a loan", "loan-not-mine"),
    ("scammers want a deposit", "unfreezing-fee"),
    ("my card is not supported", "card-not-mine"),
    ("the number is registered in my dad's name", "phone-not-mine"),
    ("wrong name on card", "card-not-mine"),
    ("credit line disappeared", "gone-after-repaying|limit-zero"),
    ("otp never comes", "code-not-arriving"),
    ("collector threatens me at midnight", "collectors-call"),
    ("want to repay early but there is a penalty", "early-repayment-fee"),
    ("use loan to buy stocks", "purpose-not-allowed"),
    ("too young", "age-not-allowed"),
    ("pending since monday", "under-review"),
    ("new phone", "new-device"),
    ("vip card required", "pay-membership"),
    ("pay interest upfront", "arrived-less|unfreezing-fee"),
    ("double loan", "loan-twice"),
    ("error 503", "system-busy"),
    ("bank refused", "funder-refused"),
    ("借呗用不了了说综合评估", "assessment-failed"),
    ("您暂时不满足借款条件哦", "not-eligible-now"),
    ("提示环境存在风险", "account-at-risk|new-device"),
    ("一直说服务器异常", "system-busy"),
    ("网贷审核失败", "assessment-failed"),
    ("贷款批了三天了还没打钱", "payout-pending"),
    ("我没收到钱可是要我还", "debt-but-no-money"),
    ("客服加我微信让我转账认证", "unfreezing-fee"),
    ("冻结了要转一半的钱", "unfreezing-fee|account-frozen"),
    ("借钱需要会员吗", "pay-membership"),
    ("爸爸的手机号可以用吗", "phone-not-mine"),
    ("额度变少", "limit-cut"),
    ("我的借款额度消失了", "limit-zero|gone-after-repaying"),
    ("不知道为什么欠款", "loan-not-mine|debt-but-no-money"),
    ("不想还了怎么办", "cannot-pay"),
    ("下个月工资才发能晚点还吗", "cannot-pay"),
    ("催债的骂人", "collectors-call"),
    ("夜里打电话催债", "collectors-call"),
    ("利息太高了提前还", "early-repayment-fee"),
    ("系统更新", "maintenance"),
    ("断网了", "network-error"),
    ("密码输错被锁", "account-frozen"),
    ("花钱消逾期", "credit-repair-offer"),
    ("有人叫我贷款给他用", "lend-your-name"),
    ("大学生贷款", "student-refused"),
    ("why was my loan declined", "assessment-failed|not-eligible-now"),
    ("denied because of income", "income-not-verified"),
    ("they say my account is locked until I pay", "unfreezing-fee|account-frozen"),
    ("I never got the money", "debt-but-no-money"),
    ("app crashed while submitting", "page-stuck"),
    ("it's been processing for 2 days", "under-review|payout-pending"),
    ("can't verify my face", "face-check-failed"),
    ("how do i fix an error in my credit report", "report-wrong"),
    ("loan shark calling my boss", "collectors-call"),
    ("someone wants my sms code", "screen-or-code|code-not-arriving"),
    ("declined too much debt", "debt-too-high"),
    ("credit history too short", "no-history"),
    ("not available in my city", "region-not-served"),
    ("refund message with a link", "refund-call"),
    ("payment failed but money taken", "charged-twice"),
)
NONSENSE = (
    "asdfghjkl",
    "今天天气怎么样",
    "how to cook rice",
    "😀😀😀",
    "!!!",
    "红烧肉的做法",
    "qwerty zxcv",
    "football results",
    "我喜欢猫",
    "1234567",
    "lorem ipsum dolor sit amet",
    "的的的的",
    "the the the",
    "<script>alert(1)</script>",
    "世界杯什么时候开始",
    "best pizza near me",
    "周杰伦演唱会",
)


def found(text: str) -> list[str]:
    return [match.symptom.id for match in INDEX.find(text)]


@pytest.mark.parametrize(("typed", "meant"), TYPED)
def test_what_is_typed_finds_what_is_meant_among_the_first_three(typed: str, meant: str) -> None:
    assert set(meant.split("|")) & set(found(typed)[:3]), found(typed)


@pytest.mark.parametrize("typed", NONSENSE)
def test_nonsense_finds_nothing(typed: str) -> None:
    assert found(typed) == []


@pytest.mark.parametrize("empty", ["", " ", "\n\t", "，。！", "\u200b"])
def test_nothing_finds_nothing(empty: str) -> None:
    assert found(empty) == []


def test_every_wording_finds_its_own_symptom() -> None:
    for symptom in SYMPTOMS.values():
        for language in LANGUAGES:
            for words in symptom.wordings.of(language):
                assert symptom.id in found(words)[:3], words


def test_one_letter_less_still_finds_it() -> None:
    """In an English wording of two words or more, whichever letter of its longest word is lost."""
    missed, tried = [], 0
    for symptom in SYMPTOMS.values():
        for words in symptom.wordings.en[:4]:
            longest = max(words.split(), key=len)
            if len(words.split()) < 3 or len(longest) < 7:
                continue
            for place in range(1, len(longest)):
                slip = words.replace(longest, longest[:place] + longest[place + 1 :])
                tried += 1
                if symptom.id not in found(slip)[:3]:
                    missed.append(slip)
    assert tried > 300
    assert len(missed) <= tried // 100, missed


@pytest.mark.parametrize(
    ("traditional", "meant"),
    [
        ("綜合評估未通過", "assessment-failed"),
        ("系統繁忙，請稍後再試", "system-busy"),
        ("暫不符合條件", "not-eligible-now"),
        ("您的賬戶存在風險", "account-at-risk"),
        ("顯示已放款但沒到賬", "debt-but-no-money"),
        ("要交解凍費", "unfreezing-fee"),
    ],
)
def test_traditional_characters_find_the_same(traditional: str, meant: str) -> None:
    assert found(traditional)[0] == meant


def test_a_message_inside_a_long_story_is_found() -> None:
    story = "我昨天晚上想借点钱交房租，点了好几次，每次都跳出来一句综合评估未通过，我也不知道为什么"
    assert found(story)[0] == "assessment-failed"


@pytest.mark.parametrize(
    "hostile",
    [
        "系统繁忙" + "x" * 10_000,
        "<script>alert('系统繁忙')</script>",
        "\u202e系统繁忙\u202c",
        "系统繁忙'; DROP TABLE symptoms; --",
        "系统繁忙\x00\x07",
        "**系统繁忙** [x](javascript:alert(1))",
    ],
)
def test_hostile_text_is_only_text(hostile: str) -> None:
    assert found(hostile)[0] == "system-busy"


def test_only_the_beginning_of_a_long_text_is_read() -> None:
    assert found("喵" * LONGEST + "系统繁忙") == []


@pytest.mark.parametrize("flood", ["额" * 10_000, "a " * 5_000, "🙂" * 10_000, "的" * 10_000])
def test_ten_thousand_characters_are_bounded(flood: str) -> None:
    assert len(found(flood)) <= 5


def test_no_wording_folds_to_nothing() -> None:
    for symptom in SYMPTOMS.values():
        for language in LANGUAGES:
            assert all(folded(words) for words in symptom.wordings.of(language))


def test_nothing_typed_stays_behind() -> None:
    """Neither in the index nor in a cache of the module."""
    INDEX.find("secretword 系统繁忙")
    assert "secretword" not in repr(vars(INDEX))
    cached = [name for name, value in vars(symptom_search).items() if hasattr(value, "cache_info")]
    assert cached == []
