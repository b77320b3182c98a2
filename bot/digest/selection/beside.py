"""How answers rank beside all others to their question: added when they are read, and never to a verdict."""

import math
from collections.abc import Sequence
from dataclasses import replace

from bot.digest.selection.select import Answer
from bot.filter import BesideAll, Reason, stand_beside
from storage.replies.current import CurrentVerdict


def rank_beside_all(answers: Sequence[Answer]) -> list[Answer]:
    """The same answers, those that the rules judged with the score and the reasons that they have beside each other."""
    kept = {number: each.verdict for number, each in enumerate(answers) if each.verdict and each.verdict.beside}
    terms = stand_beside([BesideAll(*verdict.beside) for verdict in kept.values()])
    ranked = {number: _add(verdict, found) for (number, verdict), found in zip(kept.items(), terms, strict=True)}
    return [replace(each, verdict=ranked.get(number, each.verdict)) for number, each in enumerate(answers)]


def _add(verdict: CurrentVerdict, found: Sequence[Reason]) -> CurrentVerdict:
    if not found or not 0 < verdict.score < 1:
        return verdict
    odds = math.log(verdict.score / (1 - verdict.score)) + math.fsum(each.weight for each in found)
    reasons = [*verdict.reasons, *({"rule": each.rule, "weight": each.weight, "detail": ""} for each in found)]
    return replace(verdict, score=1 / (1 + math.exp(-odds)), reasons=reasons)
