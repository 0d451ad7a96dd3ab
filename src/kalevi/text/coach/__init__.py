"""The coach: what an answer, a note or a post could do better, as a good colleague would say it.

It advises and never blocks, except where a third person's personal data would leak. It is deterministic, and
says nothing when the answer is good.
"""

from kalevi.text.coach.checking import check
from kalevi.text.coach.hint import QUALITIES, Checked, Hint

__all__ = ["QUALITIES", "Checked", "Hint", "check"]
