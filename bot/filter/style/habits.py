"""The names of the style features, and the words and marks that they count. No word of a subject is among them."""

import re


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split())


FUNCTION_WORDS = _split(
    "the a an of to in on at for with from by as than about into after before over out up down and but or so if"
    " because that which who what when where how while then it its this these those there here is are was were be been"
    " am has have had do does did will would can could should may might must not no never only just even still also"
    " too very really most more some any all every each much many few other one i my me we our us you your they their"
    " them he she his her"
)
GROUPS: dict[str, frozenset[str]] = {
    "casual words": frozenset(
        _split(
            "u ur pls plz thx bro guys man lol haha hahaha ya yeah yep nope ok okay hi hello dear cheers gonna wanna"
            " kinda stuff cos cuz btw imo imho tho coz thanx hehe mate dude"
        )
    ),
    "spoken words": frozenset(
        _split("actually honestly basically literally obviously definitely probably maybe anyway")
    ),
    "linking words": frozenset(
        _split(
            "however therefore additionally furthermore moreover overall ultimately instead rather although though"
            " whereas typically generally usually often especially particularly"
        )
    ),
    "contractions without apostrophe": frozenset(
        _split(
            "dont doesnt didnt cant couldnt wouldnt shouldnt wont isnt arent wasnt im ive ill youre theyre thats whats"
            " lets havent hasnt"
        )
    ),
    "speech verbs": frozenset(_split("says explains comments adds notes recommends argues tells")),
    "thanks": frozenset(_split("thanks thank please sorry")),
    "titles": frozenset(
        _split("dr director head founder consultant manager specialist analyst adviser advisor senior principal")
    ),
}
ENDINGS = ("ly", "ing", "ed", "tion", "ment", "ity", "ive", "al", "ful", "est", "er", "s")
SHORTEST_WITH_ENDING = 5  # letters
CONTRACTIONS = ("n't", "'s", "'m", "'re", "'ve", "'ll", "'d")
MARKS = {
    ",": "commas",
    ";": "commas",
    ".": "full stops",
    ":": "colons",
    "-": "dashes",
    '"': "double quotes",
    "(": "brackets",
    "'": "single quotes",
    "/": "slashes",
}
COMMA_LINKS = frozenset({"and", "but", "so", "which", "because"})
PATTERNS: dict[str, re.Pattern[str]] = {
    "smileys": re.compile(r"[:;=](?<!\w.)-?[()DPpo](?!\w)"),
    "space before a mark": re.compile(r" [,.!?;](?!\w)"),
    "no space after a mark": re.compile(r"[,.;!?](?<=[a-z].)[a-zA-Z]"),
    "hyphenated words": re.compile(r"-(?<=[a-z]-)[a-z]", re.IGNORECASE),
    "dashes set off": re.compile(r" -{1,2} "),
    "series of three": re.compile(r", (?:\w+ ){0,2}\w+, (?:and|or) "),
}
OPENINGS: dict[str, frozenset[str]] = {
    "opens with i": frozenset({"i", "i'm", "i've", "i'd", "my"}),
    "opens with yes or no": frozenset({"yes", "no", "yeah", "yep", "nope", "yup"}),
    "opens with a greeting": frozenset({"hi", "hello", "hey", "dear", "salam", "welcome"}),
    "opens with a link word": frozenset({"and", "but", "so", "well", "also", "because", "cause", "or"}),
    "opens with an article": frozenset({"the", "a", "an"}),
    "opens with you": frozenset({"you", "your", "u", "if"}),
    "opens with it": frozenset({"it", "it's", "its", "that's", "this", "there", "they"}),
}
SHAPES = (
    "sentence length",
    "spread of sentence lengths",
    "longest sentence",
    "shortest sentence",
    "word length",
    "distinct words",
    "lower case openings of sentences",
    "begins in lower case",
    "ends without a mark",
    "ends in an exclamation",
    "ends in a question",
    "begins with a quotation",
)
COUNTED = (
    *("exclamations", "exclamations doubled", "questions", "questions doubled", "dots in a row", "other marks"),
    *(
        "emoji",
        "links",
        "numbers",
        "lower case i",
        "words in capitals",
        "capitals inside sentences",
        "repeated letters",
    ),
    *("long words", "longest words", "comma before ing", "doubled spaces"),
)

NAMES: tuple[str, ...] = (
    *(f"word {word}" for word in FUNCTION_WORDS),
    *(f"ending {ending}" for ending in ENDINGS),
    *(f"contraction {ending}" for ending in CONTRACTIONS),
    *GROUPS,
    *dict.fromkeys(MARKS.values()),
    *PATTERNS,
    *(f"comma before {word}" for word in sorted(COMMA_LINKS)),
    *COUNTED,
    *SHAPES,
    *OPENINGS,
)
SURFACE = frozenset(
    (
        *("emoji", "smileys", "doubled spaces", "space before a mark", "no space after a mark"),
        *("double quotes", "single quotes", "begins with a quotation"),
        *("begins in lower case", "lower case i", "lower case openings of sentences"),
        *("words in capitals", "capitals inside sentences"),
    )
)
"""What a keystroke changes: spaces, quotes, case, emoji. They weigh little, and in no hint."""
PLACES: dict[str, int] = {name: place for place, name in enumerate(NAMES)}
