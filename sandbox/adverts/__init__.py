"""Read the wording of a loan advert: what it states, leaves out and hides, and what it truly costs.

`read(text, load_advertbook())` gives a frozen `Reading`; with the learner's `Answers` to what is
missing, `true_cost` puts the offer through the one exact engine, `sandbox.loans`.
"""

from sandbox.adverts.advertbook import AdvertBook, Sample, load_advertbook, shipped_advertbook
from sandbox.adverts.answers import Answers
from sandbox.adverts.desk import Question, Used
from sandbox.adverts.reader import LONGEST, read
from sandbox.adverts.reading import Doubt, Reading, Span, Stated, Trap
from sandbox.adverts.truth import Advertised, Truth, true_cost
from sandbox.adverts.workings import Workings

__all__ = [
    "LONGEST", "AdvertBook", "Advertised", "Answers", "Doubt", "Question", "Reading", "Sample", "Span", "Stated",
    "Trap", "Truth", "Used", "Workings", "load_advertbook", "read", "shipped_advertbook", "true_cost",
]  # fmt: skip
