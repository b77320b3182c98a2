"""What somebody brought without saying what it is: a link, a draft, answers, or a question to ask."""

import re
from enum import StrEnum
from pathlib import PurePath

LONGEST_QUESTION = 300
"""Characters: a post of Bluesky (adapters/bluesky). What is longer is no question that somebody would post."""
READ_BY_SUFFIX = {
    ".csv": "table",
    ".tsv": "table",
    ".tab": "table",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".json": "document",
    ".js": "document",
    ".xlsx": "sheet",
    ".xlsm": "sheet",
    ".xls": "sheet",
    ".ods": "sheet",
    ".zip": "archive",
    ".txt": "page",
    ".eml": "mails",
    ".mbox": "mails",
}
"""Which reader a file of answers needs by its name, where its first bytes do not say otherwise."""
OF_ANSWERS = frozenset(READ_BY_SUFFIX) - {".txt"}
"""Files of tables and mails; every other one is read as an article, and plain text as one first."""
_LINK = re.compile(r"(?:https?|at)://\S+", re.IGNORECASE)
_QUOTED = re.compile(r"[“„»«\"][^“„»«\"”]{20,}[”“»«\"]")


class BroughtKind(StrEnum):
    """Where it belongs."""

    LINK = "link"
    DRAFT = "draft"
    ANSWERS = "answers"
    QUESTION = "question"


def guess_kind(text: str, name: str = "") -> BroughtKind:
    """What a pasted text is, or a dropped file of this name. Whoever brought it can still say otherwise."""
    if name:
        return BroughtKind.ANSWERS if PurePath(name).suffix.lower() in OF_ANSWERS else BroughtKind.DRAFT
    if _LINK.fullmatch(text.strip()):
        return BroughtKind.LINK
    if len(text) > LONGEST_QUESTION or _QUOTED.search(text) or "\n\n" in text.strip():
        return BroughtKind.DRAFT
    return BroughtKind.QUESTION
