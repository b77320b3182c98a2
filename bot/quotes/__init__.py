"""What may be quoted, and the proof of it. Pure: values in, values out."""

from typing import TYPE_CHECKING

from bot.lazy import import_lazily

if TYPE_CHECKING:
    from bot.quotes.answers import group_answers
    from bot.quotes.counters import find_uncounted
    from bot.quotes.fidelity import Caution, Fidelity, Proof, QuoteSource, SourceSpan, prove_quote
    from bot.quotes.inference import infer_option
    from bot.quotes.ledger import SAID_IN_REPLY, find_current_consent, find_wish, gives_away, wants_no_name
    from bot.quotes.marks import Edit, EditKind
    from bot.quotes.passage import choose_passage
    from bot.quotes.permission import ASKABLE, WHY_NOT, Barrier, Edition, QuotingFacts, explain_barriers, find_barrier
    from bot.quotes.proof import Span, Unproven, find_own_words, prove, read_span
    from bot.quotes.refusals import FoundRefusal, Refusal, asks_not_to_be_quoted, find_refusal
    from bot.quotes.sentences import find_sentences
    from bot.quotes.stance import Basis, find_stated_option
    from bot.quotes.typography import fold_text

_NAMES = {
    "bot.quotes.answers": ("group_answers",),
    "bot.quotes.counters": ("find_uncounted",),
    "bot.quotes.fidelity": ("Caution", "Fidelity", "Proof", "QuoteSource", "SourceSpan", "prove_quote"),
    "bot.quotes.inference": ("infer_option",),
    "bot.quotes.ledger": ("SAID_IN_REPLY", "find_current_consent", "find_wish", "gives_away", "wants_no_name"),
    "bot.quotes.marks": ("Edit", "EditKind"),
    "bot.quotes.passage": ("choose_passage",),
    "bot.quotes.permission": (
        "ASKABLE",
        "WHY_NOT",
        "Barrier",
        "Edition",
        "QuotingFacts",
        "explain_barriers",
        "find_barrier",
    ),
    "bot.quotes.proof": ("Span", "Unproven", "find_own_words", "prove", "read_span"),
    "bot.quotes.refusals": ("FoundRefusal", "Refusal", "asks_not_to_be_quoted", "find_refusal"),
    "bot.quotes.sentences": ("find_sentences",),
    "bot.quotes.stance": ("Basis", "find_stated_option"),
    "bot.quotes.typography": ("fold_text",),
}
__getattr__ = import_lazily(__name__, _NAMES)

__all__ = [
    "ASKABLE",
    "SAID_IN_REPLY",
    "WHY_NOT",
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
    "explain_barriers",
    "find_barrier",
    "find_current_consent",
    "find_own_words",
    "find_refusal",
    "find_sentences",
    "find_stated_option",
    "find_uncounted",
    "find_wish",
    "fold_text",
    "gives_away",
    "group_answers",
    "infer_option",
    "prove",
    "prove_quote",
    "read_span",
    "wants_no_name",
]
