"""What the answer to a letter says. Only a line that is nothing but the answer counts; all else an editor reads."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from bot.quotes.ledger import find_wish
from bot.quotes.read_back.letter import LEAVE, Wants, is_quoted, list_lines
from bot.words.cleaning import clean
from storage.states import ConsentState


class ReadBackAnswer(StrEnum):
    """YES: as it stands. CHANGED: in the words that were written instead. NO: not to be quoted, or not like that.
    UNCLEAR: an editor reads it.
    """

    YES = "yes"
    CHANGED = "changed"
    NO = "no"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class HeardAnswer:
    """What was made of an answer. own: its words without what it repeats and without greetings. follow_up: what it says
    to the question; changed: the words that are to be printed instead. wish: what it asks for about being quoted.
    """

    answer: ReadBackAnswer
    own: str
    follow_up: str = ""
    changed: str = ""
    wish: ConsentState | None = None


_FEW_WORDS = 12
"""Of a refusal in the author's own words that needs no reading."""
_MARKS = re.compile(r"[^\w\s]|_")
_ATTRIBUTION = re.compile(
    r"^(?:on|am|le|el|il|op|em|no dia) .{6,160}"
    r"(?:wrote|schrieb.{0,120}|a écrit|escribió|ha scritto|schreef.{0,120}|escreveu)\s*:\s*$"
    r"|^-{2,} ?(?:original message|forwarded message|ursprüngliche nachricht|message d'origine|mensaje original|"
    r"messaggio originale|oorspronkelijk bericht|mensagem original) ?-{2,}\s*$"
    r"|^_{10,}\s*$|^(?:from|von|de|da|van): .+$",
    re.IGNORECASE,
)
"""A line behind which mail programs repeat what is answered, in the languages of `answers.toml`."""
_QUOTED = re.compile(r"“([^“”]{2,})”|„([^„“”]{2,})[“”]|»([^»«]{2,})«|«([^«»]{2,})»|\"([^\"]{2,})\"", re.DOTALL)


@cache
def _load(kind: str) -> frozenset[str]:
    table = tomllib.loads(files(__package__).joinpath("answers.toml").read_text(encoding="utf-8"))[kind]
    return frozenset(fold_answer(each) for language in table.values() for each in language)


def fold_answer(line: str) -> str:
    """A line as it is compared: small letters and single blanks, without marks and emoji."""
    return " ".join(_MARKS.sub(" ", line.casefold().replace("’", "'").replace("'", "")).split())


def read_own_lines(text: str, letter: str, foreign: Sequence[tuple[int, int]] = ()) -> list[str]:
    """The lines of an answer that its author wrote: not what it repeats of the letter, no signature below `-- `.

    foreign: spans of the text that are known to be somebody else's.
    """
    for start, end in sorted(foreign, reverse=True):
        text = text[:start] + "\n" + text[end:]
    known, own, lines = list_lines(letter), list[str](), clean(text).split("\n")
    for number, line in enumerate(lines):
        if line.rstrip() == "--" or _begins_quotation(lines[number : number + 3]):
            break
        if not is_quoted(line, known):
            own.append(line.rstrip())
    return own


def _begins_quotation(lines: Sequence[str]) -> bool:
    """Whether these lines begin with one behind which the letter is repeated; a long one is wrapped."""
    stripped = [line.strip() for line in lines]
    return any(_ATTRIBUTION.match(" ".join(stripped[:number])) for number in range(1, len(stripped) + 1) if stripped[0])


def read_answer(
    text: str, letter: str, wants: Wants, *, name: str, asks_more: bool, foreign: Sequence[tuple[int, int]] = ()
) -> HeardAnswer:
    """What `text` answers to `letter`. name: of its author, as it stands below. asks_more: with a question.

    Where anything is left that is neither the answer, a greeting nor what was asked for beside it, an editor reads it.
    """
    own = _drop_courtesies(read_own_lines(text, letter, foreign), name)
    said = "\n".join(own).strip()
    wish = find_wish(said)
    answers = [(number, found) for number, line in enumerate(own) if (found := _name_answer(line)) is not None]
    if len({found for _, found in answers}) != 1:
        is_no = not answers and wish is ConsentState.REFUSED and _is_short(said)
        return HeardAnswer(ReadBackAnswer.NO if is_no else ReadBackAnswer.UNCLEAR, said, wish=wish)
    given = {number for number, _ in answers}
    answer, rest = answers[0][1], "\n".join(line for number, line in enumerate(own) if number not in given).strip()
    if answer is ReadBackAnswer.NO:
        return HeardAnswer(answer, said, wish=wish)
    if answer is ReadBackAnswer.CHANGED:
        changed = _find_changed(rest) if wants == LEAVE else ""
        return HeardAnswer(answer if changed else ReadBackAnswer.UNCLEAR, said, changed=changed, wish=wish)
    if rest and (not asks_more or wish is not None or _has_reservation(rest)):
        return HeardAnswer(ReadBackAnswer.UNCLEAR, said, wish=wish)
    return HeardAnswer(answer, said, follow_up=rest)


def _name_answer(line: str) -> ReadBackAnswer | None:
    """Which answer a line is, where it is nothing else."""
    folded = fold_answer(line)
    return next(
        (each for each in (ReadBackAnswer.YES, ReadBackAnswer.CHANGED, ReadBackAnswer.NO) if folded in _load(each)),
        None,
    )


def _drop_courtesies(lines: list[str], name: str) -> list[str]:
    """Without greetings and thanks that are a line of their own, and without the author's name."""
    names = set(fold_answer(name).split())
    kept = []
    for line in lines:
        words = fold_answer(line).split()
        courtesy = " ".join(words) in _load("courtesies") or _begins_with_greeting(words)
        if words and not courtesy and not set(words) <= names:
            kept.append(line)
        elif not words and kept and kept[-1]:
            kept.append("")
    return kept


def _begins_with_greeting(words: list[str]) -> bool:
    """`Hi Mara`, `Dear Ms Jones`: a greeting and at most three words of a name."""
    greetings = _load("greetings")
    return any(" ".join(words[:n]) in greetings and len(words) <= n + 3 for n in (1, 2))


def _has_reservation(rest: str) -> bool:
    """Whether a paragraph of it begins as what takes back a part of a yes."""
    return any(set(fold_answer(each).split()[:2]) & _load("reservations") for each in rest.split("\n\n"))


def _is_short(said: str) -> bool:
    return len(said.split()) <= _FEW_WORDS


def _find_changed(rest: str) -> str:
    """The words in quotation marks, where nothing stands beside them; "" for none."""
    found = _QUOTED.fullmatch(rest.strip())
    return next((each.strip() for each in found.groups() if each), "") if found else ""
