"""Words that turn a statement round or limit it: where an omission swallows one, what is left may say the opposite."""

import re
import unicodedata

_WORDS = (
    # English, also as typed without the apostrophe
    "not never no nope none nobody nothing neither nor nowhere cannot unless except excepting excluding without hardly",
    "barely scarcely rarely seldom aint arent cant couldnt didnt doesnt dont hadnt hasnt havent isnt mustnt shouldnt",
    "wasnt werent wont wouldnt",
    # German
    "nicht nichts nie niemals niemand niemanden niemandem nirgends nirgendwo kein keine keinen keinem keiner keines",
    "keins keinerlei keinesfalls keineswegs nein niemandes weder ohne außer ausser ausgenommen kaum selten mitnichten",
    # French, Spanish, Italian, Portuguese, Dutch: those that are no English words
    "ne pas jamais aucun aucune rien sans sauf nunca jamás nadie ningún ninguno ninguna tampoco salvo excepto ni non",
    "mai nessun nessuno nessuna niente senza tranne não nem ninguém nenhum nenhuma sem niet niets nooit geen niemand",
    "zonder nergens tenzij behalve",
)
_NEGATIONS = frozenset(word.casefold() for line in _WORDS for word in line.split())
_PHRASES = re.compile(r"\b(?:es sei denn|other than|apart from|anything but|à moins|a menos|a meno|a não ser)\b")
_WORD = re.compile(r"\w+(?:'\w+)?")
_APOSTROPHES = str.maketrans("’‘ʼ´`", "'''''")


def has_negation(text: str) -> bool:
    """Whether `text` holds a negation or an exception, in any language we know."""
    spoken = unicodedata.normalize("NFKC", text.translate(_APOSTROPHES)).casefold()
    words = _WORD.findall(spoken)
    return any(_negates(word) for word in words) or _PHRASES.search(" ".join(words)) is not None


def _negates(word: str) -> bool:
    """Alone, before another word (d'aucun) or behind it (nothing's); can't and n'a by their letters."""
    return word.endswith("n't") or word.startswith("n'") or not _NEGATIONS.isdisjoint(word.split("'"))
