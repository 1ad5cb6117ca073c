"""A life folded from the events of a stream."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sandbox.lender.case import Account, Applicant, Case
from sandbox.lender.decision import Decision, LookUp
from sandbox.lender.life.actions import ACTION
from sandbox.lender.life.life import Life, Own


def fold(happened: Iterable[tuple[str, Mapping[str, object]]], persona: str) -> Life:
    """Compute the present life from (kind, data) pairs in the order they happened.

    Kinds that are not the sandbox's are passed over, so that a learner's whole stream can be given.
    A stored decision is taken as it was made, never made again. Facts and fields that an early
    version did not store have their defaults.
    """
    life = Life(persona=persona)
    cases: dict[str, Case] = {}
    keys: dict[str, str] = {}
    for kind, data in happened:
        key = str(data.get("request", ""))
        if kind == "life_started":
            life = _begun(data, life.episode + 1)
        elif kind == "clock_advanced":
            life = life.advanced(int(str(data["minutes"])))
        elif kind == "request_sent":
            cases[key] = Case.model_validate(data["case"])
            keys[key] = str(data.get("key") or key)
        elif kind == "decision_made":
            decision = Decision.model_validate(data["decision"])
            behind = LookUp.model_validate(data["behind"]) if data.get("behind") else None
            life = life.after(key, cases[key], decision, behind, keys[key])
        elif kind == "offer_accepted":
            life = life.accepted(key)
        elif kind == "offer_declined":
            life = life.walked_away(key)
        elif kind == "status_looked_up":
            life = life.looked_up(key)
        elif kind == "life_acted":
            action = ACTION.validate_python(data["action"])
            life = life.acted(action, int(str(data.get("minutes", 0))))
        elif kind == "regime_changed":
            life = life.under(str(data["regime"]))
    return life


def _begun(data: Mapping[str, object], episode: int) -> Life:
    """A new life: a persona's, or one with facts of its own."""
    own = None
    if data.get("applicant"):
        account = Account.model_validate(data.get("account") or {})
        own = Own(Applicant.model_validate(data["applicant"]), account)
    return Life(persona=str(data["persona"]), episode=episode, own=own)
