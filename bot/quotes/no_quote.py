"""The way to stay out that every notice offers: `no quote`, alone or beside an answer."""

import re

# Every language is listened for, whatever the question's: an English notice is answered in German too.
_PHRASES = (
    r"no[ -]?quot(?:e|es|ing|ation)",
    r"(?:do not|don'?t|never) quote",
    r"not for (?:quotation|quoting|attribution)",
    r"not to be quoted",
    r"off the record",
    r"keine? zitate?",
    r"nicht zitieren",
    r"zitier(?:e|t|en sie) (?:das|dies)? ?nicht",
    r"ne pas citer",
    r"pas de citation",
    r"no citar",
    r"sin cita",
    r"niet citeren",
    r"non citare",
    r"não citar",
)
# With these there is no doubt, wherever they stand.
_PLAIN = (
    rf"(?:please|pls|bitte|merci de|por favor|per favore|alstublieft),? (?:{'|'.join(_PHRASES)})",
    r"(?:do not|don'?t|never) quote (?:me|this|any of this)",
    r"zitier(?:e|t|en sie)? mich (?:bitte )?nicht",
    r"(?:do not|don'?t) want to be quoted",
    r"nicht zitiert werden",
    r"no me cit(?:en|es)",
    r"ne me citez pas",
    r"#no[ -]?quote",
)
# Said to a bot, and nothing else.
_STOP = frozenset({"stop", "stopp", "unsubscribe", "opt out", "optout", "leave me alone", "lass mich in ruhe"})
_POLITE = frozenset({"please", "pls", "bitte", "it", "this", "that", "thanks", "danke", "now"})
_LONGEST_STOP = 60
_HINT = re.compile("quot|zit|cit|record|attribution")
_UNDOUBTED = re.compile(rf"(?<!\w)(?:{'|'.join(_PLAIN)})(?!\w)")
_REQUEST = re.compile(rf"(?:(?P<before>[\w']+) )?(?<!\w)(?:{'|'.join(_PHRASES)})(?: (?:from|of|von) (?:me|mir))?(?!\w)")
_ENDS_CLAUSE = re.compile(r" ?(?:$|[^\w\s'-]|'(?!\w)|[-–—] |please|pls|thanks|bitte|danke|merci|gracias)")

# "The builder gave us no quote" speaks of a price. Whatever else ends so is taken as the wish: rather a quote
# too few than one without consent.
_PRICE = frozenset({
    "gave", "give", "given", "gives", "got", "get", "gets", "had", "has", "have", "is", "was", "there", "with",
    "received", "see", "sent", "us", "found", "there's",
})  # fmt: skip


def asks_not_to_be_quoted(text: str | None) -> bool:
    """Whether `text` asks to stay out, in any language we know.

    `no quote` counts where it is all of the text or ends a clause of it: alone, first, last, in brackets. `stop`, as
    people answer bots, counts where it is all of the text.
    """
    if not text:
        return False
    spoken = text.casefold().replace("’", "'")
    if len(spoken) <= _LONGEST_STOP and _says_stop(spoken):
        return True
    if _HINT.search(spoken) is None:
        return False
    # A line is a sentence, and so is what stands in a quotation mark or bracket.
    lines = (" ".join(line.split()) for line in spoken.splitlines())
    return any(_asks(line) for line in lines)


def _says_stop(spoken: str) -> bool:
    return " ".join(word for word in re.findall(r"\w+", spoken) if word not in _POLITE) in _STOP


def _asks(line: str) -> bool:
    if _UNDOUBTED.search(line):
        return True
    return any(
        _ENDS_CLAUSE.match(line, request.end()) and request["before"] not in _PRICE
        for request in _REQUEST.finditer(line)
    )
