"""What would change a refusal: steps a person can really take, each played through a life."""

from sandbox.lender.remedies.search import Advice, Remedy, advise, remedies
from sandbox.lender.remedies.situation import Situation
from sandbox.lender.remedies.steps import Act, AskFor, Cost, Step, Wait

__all__ = [
    "Act",
    "Advice",
    "AskFor",
    "Cost",
    "Remedy",
    "Situation",
    "Step",
    "Wait",
    "advise",
    "remedies",
]
