"""What all terms of the own score but the rank say of labelled replies: the rank is fitted beside them."""

import math
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from bot.filter.compare.thread import form_thread
from bot.filter.fitting.labelled import Labelled
from bot.filter.judging import ALONE, COMPARISONS, RULES, SHIPPED
from bot.filter.rank.estimate import explain_rank
from bot.filter.values import Candidate, JudgedQuestion, Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]


def measure_others(rows: Sequence[Labelled]) -> "Numbers":
    """Return the log-odds of each row, those of one group one after the other, by the weights that ship."""
    found: list[float] = []
    for _group, part in groupby(rows, key=lambda row: row.group):
        found += _measure_thread(list(part))
    return np.array(found)


def _measure_thread(rows: Sequence[Labelled]) -> list[float]:
    asked = JudgedQuestion(rows[0].question)
    candidates = [Candidate(f"{number:06}", (row.text,)) for number, row in enumerate(rows)]
    thread = form_thread(asked, candidates, SHIPPED)
    reasons: list[list[Reason]] = [[each for rule in RULES for each in rule(reply, asked)] for reply in thread.replies]
    for compare in (*ALONE, *COMPARISONS):
        if compare is not explain_rank:
            for mine, new in zip(reasons, compare(thread), strict=True):
                mine.extend(new)
    added = [math.fsum(reason.weight for reason in each) for each in reasons]
    return [added[place] for place in thread.places]
