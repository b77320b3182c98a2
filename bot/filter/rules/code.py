"""The rule for replies that carry code instead of words: scripts, handlers, formulas that a spreadsheet would run."""

import re
from collections.abc import Iterator

from bot.filter.rules.proofs import PROOFS
from bot.filter.rules.text import WORD, Prepared
from bot.filter.values import JudgedQuestion, Reason

# What does something wherever it is shown, whatever stands around it.
RUNS = re.compile(
    r"<[^<>]{0,300}\bon(?:error|load|click|mouseover|focus)\s{0,3}=|\bjavascript:[^\s()]{1,80}\("
    r"|^\s{0,9}[=+@-]\s{0,3}(?:hyperlink|importxml|importdata|importhtml|importrange|image|webservice|dde)\s{0,3}\("
    r"|\|'? ?/c (?:calc|powershell|cmd)"
)
FORMULA = frozenset("=+@-")  # what it begins with
TAG = re.compile(r"<(?:script|iframe|object|embed|style|svg|form|link|meta)\b")
MARKUP = re.compile(r"<(?:script|style)\b[^<]{0,2000}</(?:script|style)>|<[^<>]{0,300}>")
FEW_WORDS = 4  # beside the markup; who writes more writes about it


def find_code(reply: Prepared, _asked: JudgedQuestion) -> Iterator[Reason]:
    text = reply.lowered
    if not ("<" in text or "javascript:" in text or "/c " in text or text.lstrip()[:1] in FORMULA):
        return
    found = RUNS.search(text) or _find_bare_tag(text)
    if found:
        yield Reason("code", PROOFS["code"].weight, reply.span(*found.span()), reply.excerpt(*found.span()))


def _find_bare_tag(text: str) -> re.Match[str] | None:
    tag = TAG.search(text)
    return tag if tag and len(WORD.findall(MARKUP.sub(" ", text))) < FEW_WORDS else None
