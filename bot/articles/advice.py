"""What to do about a quotation, in sentences."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.articles.naming import Naming
from bot.articles.nearest import Difference
from bot.articles.quotation import UnpairedMark
from bot.articles.report import CheckedQuotation, Defect
from bot.quotes import Barrier, Caution, EditKind
from bot.words import FALLBACK, words
from bot.words.cleaning import clean_line

_DOTS = r"(?:…|\.{3}|\.(?:[^\S\n]\.){2})"
# Of four dots the first ends the sentence.
_BARE_OMISSION = re.compile(rf"\({_DOTS}\)|(?<!\[){_DOTS}(?!\s?\.)(?!\])")


def advise(checked: CheckedQuotation, language: str = FALLBACK) -> list[str]:
    """A sentence for each problem of a quotation: what is wrong, and what to do."""
    said = words(language)["article"]
    return [sentence for problem in checked.problems for sentence in _explain(problem, checked, said)]


def caution(checked: CheckedQuotation, language: str = FALLBACK) -> list[str]:
    """A sentence for each warning about true words that may still mislead."""
    said = words(language)["article"]["cautions"]
    return [said[warning].format(words=_find_rest(warning, checked)) for warning in checked.warnings]


def tell_naming(checked: CheckedQuotation, language: str = FALLBACK) -> str:
    """A sentence about who is named beside a quotation, or is not."""
    said, author = words(language)["article"], name_author(checked, language)
    if checked.speaker.naming is Naming.STRANGER:
        return str(said["stranger"].format(name=clean_line(checked.speaker.name), author=author))
    return str(said["unnamed"].format(author=author))


def describe_unpaired(mark: UnpairedMark, language: str = FALLBACK) -> str:
    """One sentence about a mark of which nobody can tell what it quotes."""
    said = words(language)["article"]["unpaired"]
    return str(said.format(line=mark.line, mark=mark.mark, around=clean_line(mark.text)))


def suggest_words(checked: CheckedQuotation) -> str:
    """What the author said, to be taken in place of a quotation that fails: proven here; empty where there is none."""
    if checked.answer is None or not {*checked.problems} & {Defect.OTHER_WORDS, Defect.EDITED_SINCE, Defect.NOT_WHOLE}:
        return ""
    if Defect.NOT_WHOLE in checked.problems:
        return (checked.quoted_replies[0].text or "").strip()
    passage = checked.near.passage if checked.near else ""
    is_said = Defect.EDITED_SINCE in checked.problems or checked.answer.prove([passage]) is not None
    return passage if passage and is_said else ""


def _explain(problem: Defect, checked: CheckedQuotation, said: Mapping[str, Any]) -> Iterator[str]:
    if problem is Defect.OTHER_WORDS:
        yield from _explain_words(checked, said)
        return
    barrier = said["barriers"][checked.barrier or Barrier.WAITING]
    yield said["defects"][problem].format(
        link=f": {checked.quoted_replies[0].link}" if checked.quoted_replies and checked.quoted_replies[0].link else "",
        barrier=barrier.format(id=checked.answer.id if checked.answer else ""),
        named=checked.speaker.name,
        author=_name(checked, said),
        network=checked.quoted_replies[0].platform if checked.quoted_replies else "",
    )
    if problem is Defect.EDITED_SINCE and checked.near:
        yield said["now"].format(words=checked.near.passage)
    if problem is Defect.NOT_WHOLE:
        yield said["whole"].format(words=checked.quoted_replies[0].text)


def _explain_words(checked: CheckedQuotation, said: Mapping[str, Any]) -> Iterator[str]:
    marked = _mark(checked)
    if marked:
        yield said["mark_edit"].format(words=marked)
    for difference in checked.near.differences if checked.near else ():
        yield _compare(difference, said)
    if checked.near:
        yield said["as_written"].format(words=checked.near.passage)


def _compare(difference: Difference, said: Mapping[str, Any]) -> str:
    if not difference.article:
        return str(said["left_out"].format(words=difference.reply))
    if not difference.reply:
        return str(said["added"].format(words=difference.article))
    return str(said["changed"].format(ours=difference.article, theirs=difference.reply))


def _mark(checked: CheckedQuotation) -> str:
    """The quotation with its silent edits in brackets, where nothing else is wrong with it; else empty."""
    if checked.answer is None:
        return ""
    for reading in reversed(checked.quotation.readings):
        text = _BARE_OMISSION.sub(_mark_omission, reading)
        for marked in (text, f"[{text[:1]}]{text[1:]}"):
            proven = checked.answer.prove([marked])
            if proven and Caution.NEGATION_DROPPED not in proven.warnings:
                return marked
    return ""


def _mark_omission(dots: re.Match[str]) -> str:
    """A bracket with a space on either side that has words."""
    before, after = dots.string[: dots.start()], dots.string[dots.end() :]
    return f"{' ' if before and not before[-1].isspace() else ''}[…]{' ' if after[:1].isalnum() else ''}"


def name_author(checked: CheckedQuotation, language: str = FALLBACK) -> str:
    """`Ada Lovelace (@ada.example)`."""
    return _name(checked, words(language)["article"])


def _name(checked: CheckedQuotation, said: Mapping[str, Any]) -> str:
    if checked.answer is None:
        return str(said["nobody"])
    reply = checked.answer.replies[0]
    return f"{reply.display_name or reply.handle or said['somebody']}" + (
        f" (@{reply.handle.removeprefix('@')})" if reply.handle and reply.display_name else ""
    )


def _find_rest(warning: Caution, checked: CheckedQuotation) -> str:
    """The words of the reply that a warning repeats."""
    if warning is Caution.CLIPPED:
        return read_rest(checked)
    omitted = [edit.text for edit in checked.proof.edits if edit.kind is EditKind.OMISSION] if checked.proof else []
    return " … ".join(text for text in omitted if text)


def read_rest(checked: CheckedQuotation) -> str:
    """What follows the quotation in its sentence."""
    proof = checked.proof
    return checked.answer.source.read_rest(proof.spans[-1]).strip() if checked.answer and proof else ""
