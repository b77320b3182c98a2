"""Credit that can be completed: what is missing of it, what to ask its author, and the command for the answer. Pure."""

from collections.abc import Sequence

from bot.digest.credit import Credit
from bot.words import words
from bot.words.cleaning import clean_line, cut_words

LONGEST_START = 80
"""Characters of the answer that the request begins to cite, so that its author knows which one is meant."""


def find_gaps(credit: Credit, link: str) -> tuple[str, ...]:
    """Of `name`, `role` and `link` what cannot be printed as it is: a name of one word or with an initial for a
    surname, no role, no link (of the author, or `link` of the reply). Nothing of somebody without a name.

    A role is also what follows a comma, as the notice asks for it ("Say what you do").
    """
    if not credit.name:
        return ()
    name, _, role = clean_line(credit.name).partition(",")
    has = {
        "name": len([word for word in name.split() if len(word.strip(".")) > 1]) > 1,
        "role": bool(credit.role or credit.organisation or role.strip()),
        "link": bool(credit.link or link),
    }
    return tuple(key for key, there in has.items() if not there)


def write_request(name: str, answer: str, gaps: Sequence[str], *, question: str, outlet: str, language: str) -> str:
    """What to send to an author by hand. outlet: "" where it is to stay hidden."""
    labels = words(language)["credit"]
    line = clean_line(answer)
    start = cut_words(line, LONGEST_START)
    text: str = labels["ask" if outlet else "ask_hidden"]
    return text.format(
        name=clean_line(name),
        question=clean_line(question),
        start=line if start == line else start.rstrip(" ,.;:–-") + "…",
        outlet=clean_line(outlet),
        missing=_name_gaps(gaps, language),
    )


def write_follow_up(gaps: Sequence[str], language: str) -> str:
    """The same as one question, beside words that are read back; "" where nothing is missing."""
    found: str = words(language)["credit"]["follow_up"].format(missing=_name_gaps(gaps, language)) if gaps else ""
    return found


def _name_gaps(gaps: Sequence[str], language: str) -> str:
    texts = words(language)
    wanted = [texts["credit"][gap] for gap in gaps]
    joined: str = texts["digest"]["and"].join([", ".join(wanted[:-1]), wanted[-1]] if len(wanted) > 1 else wanted)
    return joined


def write_command(reply_id: int, gaps: Sequence[str]) -> str:
    """What enters the answer."""
    options = "".join(f' --{gap} "…"' for gap in gaps)
    return f'pullquote credit {reply_id}{options} --said-by "…"'
