"""`python -m jiejian.content [root]`: check lessons and quizzes."""

import sys

from jiejian.content.check import main
from sandbox.answers import ANSWERS

if __name__ == "__main__":
    sys.exit(main(compute=ANSWERS))
