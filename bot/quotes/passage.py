"""Which passage of a long answer to quote: the one to three whole sentences that say most and stand alone."""

import re
from collections.abc import Iterable, Iterator

from bot.quotes.proof import find_own_words
from bot.quotes.refusals import Refusal, find_refusal
from bot.quotes.sentences import find_sentences

MOST_SENTENCES = 3
SHORT_ENOUGH = 280
"""Characters that are quoted whole: nobody cuts a text of this length."""
LONGEST = 450
"""Characters of a passage of several sentences."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What begins with one of these leans on what was said before.
_NEEDS_CONTEXT = _words(
    "this that these those it its it's that's they them their he she his her such which who whose and but or so then"
    " also however therefore thus hence because otherwise instead similarly likewise besides moreover furthermore still"
    " yet same both either neither another others secondly thirdly finally again there"
    " das dies diese dieser dieses es er sie deren dessen und aber oder denn also dann auch deshalb deswegen darum"
    " daher trotzdem außerdem zudem dadurch damit dabei dafür dagegen sonst jedoch dennoch weil davon daraus hier dort"
    " beide ebenso genauso solche solches"
)
# What comes before one of these is not all of the thought.
_TURNING = _words("but however yet still except unless although though aber jedoch doch allerdings dennoch trotzdem")
_FIRST_PERSON = _words("i we my our i'm i've i'd we're we've we'd ich wir mein meine meinem meinen unser unsere")
_UNASKED = _words(
    "the a an and or of to in on for is are was were do did does have has you your what which how why who with it that"
    " der die das ein eine und oder zu in im auf für ist sind war hat haben sie ihr was welche wie warum wer mit es"
)
_REASON = re.compile(
    r"\b(?:because|since|so that|which meant|that is why|until|after|when|instead of|weil|seit|nachdem|statt|sodass)\b"
)
_COURTESY = re.compile(
    r"(?:thanks?\b|thank you|cheers|great question|good question|interesting|hope (?:this|that|it)|happy to|feel free|"
    r"let me know|dm me|hi\b|hello|hey\b|danke|gute frage|spannend|hallo|gerne?\b|viel erfolg|good luck)"
)
_NUMBER = re.compile(r"\d")
_ELSEWHERE = re.compile(r"https?://|www\.|#\w")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_PAIRS = (("“", "”"), ("(", ")"), ("[", "]"), ("«", "»"))


def choose_passage(
    text: str, question: str = "", *, foreign: Iterable[tuple[int, int]] = (), whole: bool = False
) -> tuple[int, int] | None:
    """(start, end) of the passage of `text` to quote, in whole sentences; None where its author says nothing.

    question: what was asked; a passage that takes it up says more. foreign: what the author quoted of others.
    whole: the platform allows no part of a post.
    """
    own = [(piece.start, piece.end) for piece in find_own_words(0, text, foreign)]
    if not own:
        return None
    if whole:
        return own[0][0], own[-1][1]
    own = [
        (start + first, start + last) for start, end in own for first, last in _leave_wishes_out(text[start:end])
    ] or own
    asked = frozenset(_list_words(question)) - _UNASKED
    found = (
        (worth, begins + start, begins + end)
        for begins, ends in own
        for worth, start, end in _list_passages(text[begins:ends], asked)
    )
    _, start, end = max(found, key=lambda passage: (passage[0], -passage[1], passage[2]))
    return start, end


def _leave_wishes_out(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of what stands between sentences about being quoted, such as "no names please": they are for us."""
    if not _is_wish(text):
        yield 0, len(text)
        return
    begins = ends = 0
    for start, end in find_sentences(text):
        if not _is_wish(text[start:end]):
            begins = begins if ends > begins else start
            ends = end
        elif ends > begins:
            yield begins, ends
            begins = ends = end
    if ends > begins:
        yield begins, ends


def _is_wish(text: str) -> bool:
    """What only may be one is the author's to say: an editor has looked."""
    found = find_refusal(text)
    return found is not None and found.outcome is not Refusal.MAYBE


def _list_passages(text: str, asked: frozenset[str]) -> Iterator[tuple[tuple[bool, float], int, int]]:
    """((stands alone, score), start, end) of each passage that may be quoted from `text`."""
    sentences = find_sentences(text)
    scores = [_score(text[start:end], asked) for start, end in sentences]
    if len(text) <= SHORT_ENOUGH or len(sentences) == 1:
        yield (not _needs_context(text), sum(scores) / len(scores) ** 0.5), 0, len(text)
        return
    for first, (start, _) in enumerate(sentences):
        for last in range(first, min(first + MOST_SENTENCES, len(sentences))):
            end = sentences[last][1]
            if last > first and end - start > LONGEST:
                break
            # A root, so that a second good sentence adds and a poor one takes away.
            score = sum(scores[first : last + 1]) / (last - first + 1) ** 0.5
            yield (_stands_alone(text, sentences, first, last), score), start, end


def _stands_alone(text: str, sentences: list[tuple[int, int]], first: int, last: int) -> bool:
    """Whether nothing before or after sentences `first` to `last` is needed to understand them."""
    passage = text[sentences[first][0] : sentences[last][1]]
    following = text[sentences[last + 1][0] : sentences[last + 1][1]] if last + 1 < len(sentences) else ""
    return not (_needs_context(passage) or _begins_with(following, _TURNING) or _is_cut(passage))


def _needs_context(text: str) -> bool:
    return _begins_with(text, _NEEDS_CONTEXT)


def _begins_with(text: str, words: frozenset[str]) -> bool:
    first = next(iter(_list_words(text[:40])), "")
    return first in words


def _is_cut(text: str) -> bool:
    """Whether a quotation mark or bracket is opened and not closed, or the other way round."""
    return text.count('"') % 2 == 1 or any(text.count(opening) != text.count(closing) for opening, closing in _PAIRS)


def _score(sentence: str, asked: frozenset[str]) -> float:
    """How much a sentence says: experience, figures, reasons, what was asked for; courtesy and links take away."""
    words = _list_words(sentence)
    spoken = " ".join(words)
    score = 0.5 if 6 <= len(words) <= 40 else -0.5
    score += 1.0 * (not _FIRST_PERSON.isdisjoint(words))
    score += 1.0 * (_NUMBER.search(sentence) is not None)
    score += 0.7 * (_REASON.search(spoken) is not None)
    score += min(0.8, 0.4 * len(asked.intersection(words)))
    score -= 2.0 * (_ELSEWHERE.search(sentence) is not None)
    score -= 2.5 * (_COURTESY.match(spoken) is not None)
    score -= 1.5 * sentence.rstrip("\"'”’)").endswith("?")
    return score


def _list_words(text: str) -> list[str]:
    return _WORD.findall(text.casefold().replace("’", "'"))
