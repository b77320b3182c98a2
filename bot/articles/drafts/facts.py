"""The numbers and names inside a quotation, which somebody should look up: true words can still say what is wrong."""

import regex

MOST = 12
_NUMBER = regex.compile(r"[-+]?[$€£¥]?\p{N}+(?:[.,:/’'\u202f\xa0-]\p{N}+)*(?:\s?[%‰°€$£¥]|(?:st|nd|rd|th)\b)?")
_NAME = regex.compile(
    r"\p{Lu}[\p{L}\p{M}\p{N}’'&-]*(?:[^\S\n]+(?:(?:v[ao]n|de[nrl]?|d[aiu]|of)[^\S\n]+)?\p{Lu}[\p{L}\p{M}\p{N}’'&-]*)*"
)
_SENTENCE_BEGINS = regex.compile(r"(?:\A|[.!?…:“„»«\"]\s*|[—–]\s+|\n\s*)\Z")
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")
_OWN = frozenset({"I", "I'm", "I’m", "I've", "I’ve", "I'd", "I’d", "I'll", "I’ll"})
_NOUNS = 0.2
"""Share of words with a capital from which on a language writes its nouns so: then one such word alone is no name."""


def list_facts(text: str) -> list[str]:
    """Numbers with their unit, and names, in order, each once."""
    found = {match.start(): match[0].strip() for match in _NUMBER.finditer(text)}
    found |= {
        start: name for start, name in _find_names(text) if not any(s <= start < s + len(f) for s, f in found.items())
    }
    return [*dict.fromkeys(found[start] for start in sorted(found))][:MOST]


def _find_names(text: str) -> list[tuple[int, str]]:
    words = _WORD.findall(text)
    capital = sum(word[0].isupper() for word in words[1:])
    writes_nouns = capital > _NOUNS * len(words) and capital > 2
    names = []
    for match in _NAME.finditer(text):
        parts, start = match[0].split(), match.start()
        if _SENTENCE_BEGINS.search(text[:start]) and not _is_sure(parts[0]):
            start += len(parts[0]) + 1  # a capital that any word has there
            parts = parts[1:]
        parts = [part for part in parts if part not in _OWN]
        if parts and (len(parts) > 1 or _is_sure(parts[0]) or not writes_nouns):
            names.append((start, " ".join(parts).strip("’'-&")))
    return names


def _is_sure(word: str) -> bool:
    """`AMP`, `McDonald`, `5G`: capitals that no common word has."""
    return sum(letter.isupper() for letter in word) > 1
