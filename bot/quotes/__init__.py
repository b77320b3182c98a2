"""What may be quoted, and the proof of it. Pure: values in, values out."""

from bot.quotes.answers import group_answers
from bot.quotes.fidelity import Caution, Fidelity, Proof, QuoteSource, SourceSpan, prove_quote
from bot.quotes.inference import infer_option
from bot.quotes.marks import Edit, EditKind
from bot.quotes.passage import choose_passage
from bot.quotes.permission import Barrier, Edition, QuotingFacts, find_barrier, find_current_consent
from bot.quotes.proof import Span, Unproven, find_own_words, prove, read_span
from bot.quotes.refusals import FoundRefusal, Refusal, asks_not_to_be_quoted, find_refusal
from bot.quotes.sentences import find_sentences
from bot.quotes.stance import Basis, find_stated_option
from bot.quotes.typography import fold_text

__all__ = [
    "Barrier",
    "Basis",
    "Caution",
    "Edit",
    "EditKind",
    "Edition",
    "Fidelity",
    "FoundRefusal",
    "Proof",
    "QuoteSource",
    "QuotingFacts",
    "Refusal",
    "SourceSpan",
    "Span",
    "Unproven",
    "asks_not_to_be_quoted",
    "choose_passage",
    "find_barrier",
    "find_current_consent",
    "find_own_words",
    "find_refusal",
    "find_sentences",
    "find_stated_option",
    "fold_text",
    "group_answers",
    "infer_option",
    "prove",
    "prove_quote",
    "read_span",
]
