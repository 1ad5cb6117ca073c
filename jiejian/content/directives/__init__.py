"""Block directives: the parts of a lesson that are more than prose. One class each."""

from jiejian.content.directives.body import Body, Surroundings
from jiejian.content.directives.cards import (
    FAMILIES,
    Bin,
    Card,
    Family,
    OrderSteps,
    SortCards,
    Step,
)
from jiejian.content.directives.guesses import Option, Predict, PredictChart
from jiejian.content.directives.said import KeyPoints, Note, Picture, TeacherNote
from jiejian.content.directives.scenes import Decide, RetryCounter, Scene, SendRequest, TryIt
from jiejian.content.directives.splitting import DIRECTIVES, Block, Directive, Prose, split
from jiejian.content.directives.worked import CompareOffers, Slider, WorkedExample

__all__ = [
    "DIRECTIVES",
    "FAMILIES",
    "Bin",
    "Block",
    "Body",
    "Card",
    "CompareOffers",
    "Decide",
    "Directive",
    "Family",
    "KeyPoints",
    "Note",
    "Option",
    "OrderSteps",
    "Picture",
    "Predict",
    "PredictChart",
    "Prose",
    "RetryCounter",
    "Scene",
    "SendRequest",
    "Slider",
    "SortCards",
    "Step",
    "Surroundings",
    "TeacherNote",
    "TryIt",
    "WorkedExample",
    "split",
]
