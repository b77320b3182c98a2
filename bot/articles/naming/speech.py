"""How an article says that somebody says something: the shapes of names, and the words around them."""

import tomllib
from importlib.resources import files
from typing import Any

import regex


def _read_words() -> Any:
    return tomllib.loads(files(__package__).joinpath("speech.toml").read_text(encoding="utf-8"))


_READ = _read_words()
VERBS = frozenset(" ".join(_READ["verbs"].values()).split())
LISTENED, SUBJECTS, LISTENERS, FOR_WHOM, PLACES, GAPS, BY, NO_NAMES, NO_SPEAKERS = (
    frozenset(_READ["words"][name].split())
    for name in ("listened", "subjects", "listeners", "for_whom", "places", "gaps", "by", "no_names", "no_speakers")
)

_WORD = r"\p{Lu}[\p{L}\p{M}'’-]*\p{L}"
_PARTICLE = r"(?:v[ao]n|de[nrl]?|d[aiou]s?|la|le|bin|al|ten?|y|e)"
_TITLE = (
    r"(?:(?:Dr|Prof|Mr|Mrs|Ms|Mx|Sr|Sra|Dra|Mme|Mlle|Dhr|Mevr|Dott|Sig|M|Ing|Herrn?|Frau|Madame|Monsieur|Señora?|"
    r"Signora?|Senhora?|Professor|Doktor|Doctor)\.?\s+)"
)
NAME = (
    rf"(?:@[\w.-]*\w|{_TITLE}*(?:\p{{Lu}}\.\s*){{0,3}}{_WORD}(?:[^\S\n]+(?:{_PARTICLE}[^\S\n]+){{0,2}}"
    rf"(?:{_WORD}|\p{{Lu}}\.)){{0,7}})"
)
_VERB = r"(?<![\w-]|\w\w['’])(?i:\L<verbs>)(?![\w’'-])"
_ROLE = r"(?:,[^,.;:\n]{1,80},|\s*\([^()\n]{1,60}\))?"

VERB_NAME = regex.compile(rf"(?P<verb>{_VERB})[^\S\n]+(?P<name>{NAME})", verbs=VERBS)
NAME_VERB = regex.compile(
    rf"(?P<name>{NAME}){_ROLE}(?:[^\S\n]+(?i:\L<gaps>)|\s*[lmd]['’]|[^\S\n]+\w+ly)*[^\S\n]+(?P<verb>{_VERB})",
    verbs=VERBS,
    gaps=GAPS,
)
ACCORDING = regex.compile(
    r"(?<!\w)(?i:according\s+to|in\s+the\s+words\s+of|as\s+told\s+by|laut|selon|d['’]après|según|en\s+palabras\s+de|"
    rf"secondo|volgens|aldus|segundo|de\s+acordo\s+com)\s+(?P<name>{NAME})"
)
SIGNED = regex.compile(
    rf"(?:\A|[\n.,])\s*(?:[—–―~∼]|--?)\s*(?P<name>{NAME})(?=\s*(?:\Z|[\n,.;(\[|/—–·•])|\s+(?i:\L<places>|via)\s)",
    places=PLACES,
)
COLON = regex.compile(rf"(?P<name>{NAME})(?P<role>,[^,.;:\n]{{1,80}}|\s*\([^()\n]{{1,60}}\))?\s*[:：]\s*\Z")
PRONOUN = regex.compile(
    rf"\A[\s,]*(?:(?i:\L<subjects>)(?:\s+(?i:\L<gaps>)|\s*[lmd]['’])*\s+{_VERB}|{_VERB}[\s-]+(?i:\L<subjects>)(?!\w))",
    subjects=SUBJECTS,
    gaps=GAPS,
    verbs=VERBS,
)
"""“…,” she says: whoever else that sentence names is not the speaker."""
SAYS = regex.compile(rf"{_VERB}|[:：]\s*\Z", verbs=VERBS)

_BY = r"(?:(?i:\L<by>)\s+)?"
_SIGNS = r"(?:[—–―~∼•·|/]|--?)"
BYLINE = regex.compile(rf"[\s\W]*?{_BY}(?P<name>{NAME})(?P<role>\s*[,(|/·•–—-][^\n]{{0,100}})?[\s\W]*", by=BY)
"""A line, a cell or a bracket that is a name, with what somebody is behind a comma or a dash."""
BRACKETED = regex.compile(r"\A[\s.,;]*[(\[（【](?P<inner>[^()\[\]（）【】\n]{2,100})[)\]）】]")
SIGNED_BEHIND = regex.compile(rf"\A[\s.,;]*{_SIGNS}\s*(?P<inner>[^\n|]{{2,120}})")
LINE_BEHIND = regex.compile(r"\A[^\S\n]*[.,;]?[^\S\n]*\n\s*(?P<inner>[^\n]{2,100})")
COMMA_BEHIND = regex.compile(r"\A[.,]?\s*,?\s*(?P<inner>[^\n,.;:()–—]{2,60})(?=[,.;()\n]|\Z)")
BEFORE = regex.compile(rf"(?:\A|[\n.!?])(?P<inner>[^\n.!?]{{2,100}}?)\s*(?:{_SIGNS}|\n)\s*\Z")
BRACKETED_BEFORE = regex.compile(r"(?:\A|[\n.!?])\s*[(\[（【](?P<inner>[^()\[\]（）【】\n]{2,100})[)\]）】]\s*\Z")
