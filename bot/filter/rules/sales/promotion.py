"""The rules for replies that sell: `sale` ranks by how like a sale a reply reads, `self_promotion` proves one."""

import math
import re
from collections.abc import Sequence
from itertools import islice, pairwise

from bot.filter.compare.thread import Thread
from bot.filter.rank.vocabulary import COMMON
from bot.filter.rules.asked import asks_for_offers
from bot.filter.rules.proofs import PROOFS
from bot.filter.rules.sales.model import SaleWeights, load_sale, score_sale
from bot.filter.rules.sales.traces import Trace, find_traces
from bot.filter.rules.text import Prepared
from bot.filter.values import JudgedQuestion, Reason

ENOUGH_CONTENT = 12  # words outside the sentences that pitch: who says so much is never set aside for the pitch
MANY_PITCHES = 2  # prove a sale whatever the model says
HEAVIEST = -2.5  # of `sale`, in log-odds
STEEPNESS = 1.5
OF_A_SOURCE = -0.05  # the weight of a plain link in a reply that says enough: no model is asked
FEWEST_WORDS_OF_OWN = 5
BESIDE_CONTENT = 0.2  # share of the weight that stays where ENOUGH_CONTENT is said besides
PITCHING = frozenset({"counted_link", "contact", "call", "pitch"})
SENTENCE_END = re.compile(r"[.!?。！？؟]+(?=\s|$)|[。！？]|\n+")
WORD_OF_CONTENT = re.compile(r"[^\W\d_]{3,}|[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]{2}")


def compare_sales(thread: Thread) -> Sequence[Sequence[Reason]]:
    """The terms of each reply that bears a trace of a sale. Siblings play no part."""
    weights = load_sale(thread.weights)
    return [
        find_self_promotion(reply, thread.asked, language, weights)
        for reply, language in zip(thread.replies, thread.languages, strict=True)
    ]


def find_self_promotion(reply: Prepared, asked: JudgedQuestion, language: str, weights: SaleWeights) -> list[Reason]:
    """How like a sale a reply with a trace reads; and the proof, where it sells and says little else."""
    traces = find_traces(reply)
    if not traces:
        return []
    little = not _says_enough_outside(reply, traces)
    heaviest = max(traces, key=lambda trace: (trace.sells, trace.kind != "link", -trace.start))
    span, words = reply.span(heaviest.start, heaviest.end), reply.excerpt(heaviest.start, heaviest.end)
    if not little and {trace.kind for trace in traces} == {"link"}:
        return [Reason("sale", OF_A_SOURCE, span, words)]
    likely = score_sale(reply, traces, weights)
    light = not little or _is_source(reply, traces) or _tells_where(traces, asked)
    found = [Reason("sale", _grade(likely - weights.threshold, light=light), span, words)]
    english = language in ("", "en")
    sure = not english or likely >= weights.threshold or _pitches_outright(traces)
    if sure and little and any(trace.sells for trace in traces) and not asks_for_offers(asked):
        found.append(Reason("self_promotion", PROOFS["self_promotion"].weight, span, words))
    return found


def _grade(above: float, *, light: bool) -> float:
    """A weight that grows with the log-odds *above* the threshold; a part of it where the reply says enough besides."""
    share = 1 / (1 + math.exp(-STEEPNESS * max(-20.0, min(20.0, above))))
    return round(HEAVIEST * share * (BESIDE_CONTENT if light else 1), 4)


def _is_source(reply: Prepared, traces: Sequence[Trace]) -> bool:
    """A link and no other trace beside words of the author's own may well be a source."""
    return {trace.kind for trace in traces} == {"link"} and len(reply.words) >= FEWEST_WORDS_OF_OWN


def _tells_where(traces: Sequence[Trace], asked: JudgedQuestion) -> bool:
    """Whether it says "go to the beach", "visit the office": who is asked something answers so, and sells nothing.

    Of 128 such replies in the training halves of SemEval 2015 and 2016 58 % were good, of all 46 %.
    """
    return bool(asked.text.strip()) and all(trace.kind in {"call", "link"} and not trace.sells for trace in traces)


def _pitches_outright(traces: Sequence[Trace]) -> bool:
    """Whether the words alone prove the sale: they offer something, or several of them ask."""
    if any(trace.kind == "pitch" and trace.sells for trace in traces):
        return True
    return len({(trace.kind, trace.start) for trace in traces if trace.kind in PITCHING}) >= MANY_PITCHES


def _says_enough_outside(reply: Prepared, traces: Sequence[Trace]) -> bool:
    """Whether the sentences without a trace hold ENOUGH_CONTENT words of content."""
    text = reply.bare if len(reply.bare) == len(reply.text) else reply.lowered
    ends = [found.end() for found in SENTENCE_END.finditer(text)]
    bounds = [0, *(end for end in ends if end < len(text)), len(text)]
    outside = [
        text[start:end]
        for start, end in pairwise(bounds)
        if not any(trace.start < end and start < trace.end for trace in traces)
    ]
    words = (found.group() for piece in outside for found in WORD_OF_CONTENT.finditer(piece))
    content = (word for word in words if word not in COMMON)
    return len(list(islice(content, ENOUGH_CONTENT))) == ENOUGH_CONTENT
