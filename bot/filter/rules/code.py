"""The rule for replies that carry code instead of words: scripts, handlers, formulas that a spreadsheet would run."""

import re
from collections.abc import Iterator

from bot.filter.rules.text import Prepared
from bot.filter.rules.weights import WEIGHTS
from bot.filter.values import JudgedQuestion, Reason

ACTIVE = re.compile(
    r"<(?:script|iframe|object|embed|style|svg|form|link|meta)\b|\bjavascript:|\bon(?:error|load|click|mouseover|focus)\s{0,3}="
    r"|^\s{0,9}[=+@-]\s{0,3}(?:hyperlink|importxml|importdata|importhtml|importrange|image|webservice|cmd|dde)\b"
    r"|\|'? ?/c (?:calc|powershell|cmd)"
)


def find_code(reply: Prepared, _asked: JudgedQuestion) -> Iterator[Reason]:
    if found := ACTIVE.search(reply.lowered):
        yield Reason("code", WEIGHTS["code"], reply.span(*found.span()), reply.excerpt(*found.span()))
