"""What stands in quotation marks and quotes nobody: scare quotes, catchphrases, titles."""

from collections.abc import Sequence

from bot.articles.naming import Naming, find_naming, has_speaker
from bot.articles.quotation import Quotation
from bot.articles.report import CheckedQuotation

SCARE_QUOTES = 2
"""Words up to which a passage in marks is no quotation unless its author is named near it."""
CATCHPHRASE = 5
"""Words up to which a passage that no reply holds is no quotation where no speaker is named."""
_ENDS = (".", "!", "?", "…", ",", "。", "！", "？", "，", "；", "۔", "।", "؟")

_CLAUSES = frozenset("，、；。")
"""What joins clauses in scripts without spaces, where few letters are a sentence."""


def is_no_quotation(checked: CheckedQuotation) -> bool:
    """Scare quotes, catchphrases and titles: few words in marks, of which no speaker is named near them."""
    quotation, words = checked.quotation, checked.quotation.words
    if quotation.is_part:
        return False
    if quotation.length <= SCARE_QUOTES:
        is_proven = checked.answer is not None and checked.proof is not None
        return not (_is_spoken(quotation) or (is_proven and _names_author(checked)))
    if checked.answer is not None:
        return False
    is_phrase = quotation.length <= CATCHPHRASE and not _CLAUSES & {*quotation.text} and quotation.text[-1] not in _ENDS
    return (is_phrase or _looks_like_title(quotation.text, words)) and not has_speaker(quotation)


def _is_spoken(quotation: Quotation) -> bool:
    """`“Never,” said Ada.`, `Ada: “Never”`: one or two words that end as a sentence does or that a colon introduces."""
    is_said = quotation.text[-1] in _ENDS or quotation.before.rstrip().endswith((":", "："))
    return is_said and has_speaker(quotation)


def _names_author(checked: CheckedQuotation) -> bool:
    assert checked.answer is not None
    return find_naming(checked.quotation, checked.answer.author).naming is Naming.RIGHT


def _looks_like_title(text: str, words: Sequence[str]) -> bool:
    """`The Mythical Man-Month`: every word of some length has a capital, and no sentence ends."""
    long = [word for word in words if len(word) > 3]
    return bool(long) and all(word[0].isupper() for word in [words[0], *long]) and text[-1] not in _ENDS
