"""One server for every test of a worker; each test brings people of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.served import Server
from tests.wire.people import House


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    server = Server(tmp_path_factory.mktemp("wire") / "data", JIEJIAN_LOG_LEVEL="DEBUG")
    server.start()
    house = House(server)
    house.operator()
    yield house
    server.stop()
    check_log(house)


def check_log(house: House) -> None:
    """Whatever the tests did: no secret of anybody's is in the server's log."""
    log = house.log
    assert "ready" in log
    told = sorted(secret for secret in house.secrets if secret and secret in log)
    assert not told, f"{len(told)} secrets in the log"
