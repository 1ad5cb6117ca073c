"""What a refusal costs: as many hashes for somebody there is as for somebody there is not."""

from __future__ import annotations

import pytest

from jiejian.errors import InvalidInput
from jiejian.services.identity.nicknames import Nicknames
from jiejian.services.identity.passwords import Passwords
from tests.unit.identity.conftest import ADDRESS, GOOD, VISITOR, House


@pytest.mark.parametrize("nickname", ["River", "Nobody", "", "x" * 9999, "\u202e", "a\0b"])
def test_every_refused_nickname_costs_one_hash(
    house: House, monkeypatch: pytest.MonkeyPatch, nickname: str
) -> None:
    nicknames = Nicknames(house.documents, house.clock, house.staff._passwords, house.audit)
    nicknames.set(VISITOR, "River", GOOD, ADDRESS)
    hashed: list[str] = []
    real = Passwords.matches

    def matches(self: Passwords, kept: str | None, password: str) -> bool:
        hashed.append(password)
        return real(self, kept, password)

    monkeypatch.setattr(Passwords, "matches", matches)
    with pytest.raises(InvalidInput) as caught:
        nicknames.come_back(nickname, "wrong", ADDRESS)
    assert hashed == ["wrong"]
    assert (caught.value.field, caught.value.reason) == ("name", "wrong_nickname")
