"""What to do about a quotation, in sentences."""

import re
from collections.abc import Iterator

from bot.articles.nearest import Difference
from bot.articles.report import CheckedQuotation, Defect
from bot.quotes import Barrier, Caution, EditKind

_BARRIERS = {
    Barrier.WAITING: "the author has not agreed to be quoted yet: ask them",
    Barrier.REFUSED: "the author refused to be quoted: leave it out",
    Barrier.WITHDRAWN: "the author has withdrawn their consent: take it out",
    Barrier.NO_QUOTE: "the author asked not to be quoted: leave it out",
    Barrier.OPTED_OUT: "the author's profile asks not to be quoted: leave it out, or ask them",
    Barrier.DO_NOT_QUOTE: "the author is on your do-not-quote list: leave it out",
    Barrier.LABEL: "the author's profile is not for people without an account: ask them",
    Barrier.HIDDEN: "it is hidden where it was written: leave it out, or ask the author",
    Barrier.BLOCKED: "the author is blocked where it was written: leave it out, or ask them",
    Barrier.PARTLY_FOREIGN: "it must be quoted whole but quotes somebody else: paraphrase it, or link to it",
    Barrier.PURGED: "its text was purged here: ask the author",
    Barrier.UNREACHED: "it could not be read again where it was written: check again later",
    Barrier.UNREADABLE: "its text could not be read: ask the author",
    Barrier.DELETED: "its author has deleted it: ask them before it is printed",
}
_SENTENCES = {
    Defect.NOT_FOUND: "no reply says anything like it: it is from somewhere else, or nobody said it",
    Defect.EDITED_SINCE: "its author has changed it since: ask them{link}",
    Defect.DELETED: "its author has deleted it: ask them before it is printed{link}",
    Defect.NOT_REREAD: "it could not be read again, so nobody knows whether it is still up: check again later",
    Defect.NO_CONSENT: "{barrier}{link}",
    Defect.WRONG_NAME: "the draft names {named}; it was said by {author}",
    Defect.NAMED_AGAINST_WISH: "its author agreed to be quoted without a name: take the name out",
    Defect.NOT_WHOLE: "{network} wants a post quoted whole and without edits",
}
_DOTS = r"(?:…|\.{3}|\.(?:[^\S\n]\.){2})"
# Of four dots the first ends the sentence.
_BARE_OMISSION = re.compile(rf"\({_DOTS}\)|(?<!\[){_DOTS}(?!\s?\.)(?!\])")


def advise(checked: CheckedQuotation) -> list[str]:
    """A sentence for each problem of a quotation: what is wrong, and what to do."""
    return [sentence for problem in checked.problems for sentence in _explain(problem, checked)]


def caution(checked: CheckedQuotation) -> list[str]:
    """A sentence for each warning about true words that may still mislead."""
    return [_CAUTIONS[warning](checked) for warning in checked.warnings]


def _explain(problem: Defect, checked: CheckedQuotation) -> Iterator[str]:
    if problem is Defect.OTHER_WORDS:
        yield from _explain_words(checked)
        return
    yield _SENTENCES[problem].format(
        link=f": {checked.quoted_replies[0].link}" if checked.quoted_replies and checked.quoted_replies[0].link else "",
        barrier=_BARRIERS[checked.barrier or Barrier.WAITING],
        named=checked.speaker.name,
        author=name_author(checked),
        network=checked.quoted_replies[0].platform if checked.quoted_replies else "",
    )
    if problem is Defect.EDITED_SINCE and checked.near:
        yield f"or quote what stands there now: “{checked.near.passage}”"
    if problem is Defect.NOT_WHOLE:
        yield f"all of it: “{checked.quoted_replies[0].text}”"


def _explain_words(checked: CheckedQuotation) -> Iterator[str]:
    marked = _mark(checked)
    if marked:
        yield f"mark the edit with brackets: “{marked}”"
    for difference in checked.near.differences if checked.near else ():
        yield _compare(difference)
    if checked.near:
        yield f"keep it as written, or ask the author: “{checked.near.passage}”"


def _compare(difference: Difference) -> str:
    if not difference.article:
        return f"the draft leaves out “{difference.reply}”"
    if not difference.reply:
        return f"the draft adds “{difference.article}”"
    return f"the draft says “{difference.article}”, the reply “{difference.reply}”"


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


def name_author(checked: CheckedQuotation) -> str:
    """`Ada Lovelace (@ada.example)`."""
    if checked.answer is None:
        return "nobody"
    reply = checked.answer.replies[0]
    return f"{reply.display_name or reply.handle or 'somebody'}" + (
        f" (@{reply.handle.removeprefix('@')})" if reply.handle and reply.display_name else ""
    )


# ---------------------------------------------------------------- warnings


def _warn_of_negation(checked: CheckedQuotation) -> str:
    omitted = [edit.text for edit in checked.proof.edits if edit.kind is EditKind.OMISSION] if checked.proof else []
    words = " … ".join(words for words in omitted if words)
    return f"what was left out turns or limits the statement: “{words}”"


def _warn_of_clipping(checked: CheckedQuotation) -> str:
    return f"the sentence goes on: “{read_rest(checked)}”; end with […] or quote all of it"


def _warn_of_partner(_: CheckedQuotation) -> str:
    return "it was said to another participant, not to your question"


_CAUTIONS = {
    Caution.NEGATION_DROPPED: _warn_of_negation,
    Caution.CLIPPED: _warn_of_clipping,
    Caution.REPLY_TO_OTHER: _warn_of_partner,
}


def read_rest(checked: CheckedQuotation) -> str:
    """What follows the quotation in its sentence."""
    proof = checked.proof
    return checked.answer.source.read_rest(proof.spans[-1]).strip() if checked.answer and proof else ""
