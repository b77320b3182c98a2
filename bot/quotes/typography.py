"""Texts with their typography evened out, each character traceable to the original."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field

import regex

_SINGLE = "‘’‚‛‹›′ʼ´`׳＇❛❜❮❯"
_DOUBLE = "“”„‟«»″״＂❝❞⹂🙶🙷🙸〝〞〟「」『』｢｣﹁﹂﹃﹄"
_HYPHENS = "‐‑‒–−"  # an en dash stands between numbers too
_CLAUSE_DASHES = "—―"
_GONE = "\0"


# Shown by nothing (Unicode's default ignorables and the controls), so nobody typed them on purpose. The joiners ZWJ
# and ZWNJ stay: they are part of words and emoji.
_UNSEEN = (
    (0x00, 0x08), (0x0E, 0x1B), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C),
    (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200B), (0x200E, 0x200F), (0x202A, 0x202E),
    (0x2060, 0x206F), (0x3164, 0x3164), (0xD800, 0xDFFF), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip
_BLANKS = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
_EVEN = {number: _GONE for first, last in _UNSEEN for number in range(first, last + 1)} | {
    ord(letter): even
    for letters, even in ((_BLANKS, " "), (_SINGLE, "'"), (_DOUBLE, '"'), (_HYPHENS, "-"), (_CLAUSE_DASHES, "—"))
    for letter in letters
}
# A quotation within one changes its marks ("…" to ‘…’); after a digit they may be feet and inches.
_INNER_QUOTE = re.compile(r'(?<![0-9])"')
# What shows quotes cuts the marks on a letter that no script needs, so they cannot be asked for here.
_MOST_MARKS = regex.compile(r"(?<=[\p{Mn}\p{Me}]{4})[\p{Mn}\p{Me}]")
# Letters in a shape that only printing has, as a PDF hands them on: ﬁ, ŉ, the forms of Hebrew and Arabic.
_SHAPES = (
    r"\u0132\u0133\u0149\ufb00-\ufb06\ufb13-\ufb17\ufb1d-\ufb4f\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdfb\ufe70-\ufefc"
)
_DOTS = r"\.(?: \.){2,}"  # an ellipsis set with spaces
_UNEVEN = re.compile(rf"[ \-—\0]{{2,}}|[—…\0{_SHAPES}]|{_DOTS}")
# Letters with their marks, or whole words in the scripts between Hebrew and Vedic: composing changes them.
_COMPOSED = r"\w[\u0300-\u036f\u0591-\u1cff\u1dc0-\u1dff\u3099\u309a\0]+"
_UNEVEN_OR_MARKED = re.compile(rf"[ \-—\0]{{2,}}|[—…\0{_SHAPES}]|{_DOTS}|{_COMPOSED}")
_SHAPE = re.compile(f"[{_SHAPES}]")
_REPEATED = re.compile(r" {2,}|-{2,}")

_WORD = r"[\w\p{M}\u200c\u200d\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]"
# Between two letters of a script without spaces nobody can tell where a word ends.
_DENSE = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_INSIDE_WORD = regex.compile(
    rf"(?<={_WORD})(?={_WORD})(?!(?<={_DENSE})(?={_DENSE}))"
    rf"|(?<={_WORD})(?=['-]{_WORD})|(?<={_WORD}['-])(?={_WORD})"  # can't, non-toxic
    r"|(?<=\d)(?=[.,:/]\d)|(?<=\d[.,:/])(?=\d)"  # 1,000 and 3.5
    r"|(?<=\d)(?= ?[%‰°]|[€$£¥])|(?<=[-+<>~≈≤≥±€$£¥])(?=\d)"  # 12 % and $5 and -5
    r"|(?<=\w)(?=[+#])"  # 40+ and C#
    r"|(?<=\S)(?=[\p{M}\u200d\U0001f3fb-\U0001f3ff])|(?<=\u200d)(?=\S)"  # emoji of several characters
)
_REST_OF_WORD = re.compile(r"\w*")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text evened out: runs of white space are one space, and every kind of quote, dash and ellipsis is one kind.

    text: begins and ends with a space or with what took it in; a dash between clauses has none around it.
    anchors: (position in `text`, start, end in the original), ordered; from one to the next the characters follow
    one for one, or (`end` given) all stand for the same stretch.
    clause_dashes: where a hyphen stands for a dash between clauses.
    """

    text: str
    anchors: list[tuple[int, int, int]] = field(default_factory=list)
    clause_dashes: set[int] = field(default_factory=set)

    def start_of(self, position: int) -> int:
        """Where the character at `position` begins in the original."""
        at, start, end = self._anchor(position)
        return start if end else start + position - at

    def end_of(self, position: int) -> int:
        """Where the character at `position` ends in the original."""
        at, start, end = self._anchor(position)
        return end or start + position - at + 1

    def _anchor(self, position: int) -> tuple[int, int, int]:
        return self.anchors[bisect_right(self.anchors, (position, 1 << 60)) - 1]

    def cuts_word(self, position: int) -> bool:
        """Whether a passage that begins or ends at `position` would cut a word or a number in two."""
        if position in self.clause_dashes or position - 1 in self.clause_dashes:
            return False
        return _INSIDE_WORD.match(self.text, position) is not None

    def skip_word(self, position: int) -> int:
        """The next position that may not be inside a word."""
        rest = _REST_OF_WORD.match(self.text, position)
        return max(position + 1, rest.end() if rest else 0)


def fold(text: str, offset: int = 0) -> Folded:
    """Even out the typography of `text`, which begins at `offset` of the original.

    Letters, digits and their order stay; letters that are canonically equal become equal.
    """
    text, offset = f" {text} ", offset - 1  # a dash at either end stands between spaces too
    even = _INNER_QUOTE.sub("'", _even_one_for_one(text))
    uneven = _UNEVEN if unicodedata.is_normalized("NFC", text) else _UNEVEN_OR_MARKED
    pieces, length, done = [], 0, 0
    anchors, dashes = [(0, offset, 0)], set[int]()
    for run in uneven.finditer(even):
        begin, end = run.span()
        replacement = _even_out(run[0])
        length += begin - done
        if "—" in replacement:
            dashes.update(length + index for index, letter in enumerate(replacement) if letter == "—")
        pieces += [even[done:begin], replacement]
        if replacement:
            anchors.append((length, offset + begin, offset + end))
        length += len(replacement)
        anchors.append((length, offset + end, 0))
        done = end
    pieces.append(even[done:])
    return Folded("".join(pieces).replace("—", "-"), anchors, dashes)


def _even_one_for_one(text: str) -> str:
    if text.isascii():
        return text.replace("`", "'") if text.isprintable() else text.translate(_EVEN)
    return _MOST_MARKS.sub(_GONE, text.translate(_EVEN))


def _even_out(run: str) -> str:
    """What stands for a run of spaces, dashes and unseen characters, an ellipsis, or a letter with its marks."""
    if run[0] in ".…":
        return run.replace(" ", "").replace("…", "...")
    if _SHAPE.match(run):
        return unicodedata.normalize("NFKC", run.replace(_GONE, "")).replace("ʼ", "'")
    seen = run.replace(_GONE, "")
    if seen[:1] not in (" ", "-", "—"):
        return unicodedata.normalize("NFC", seen)
    is_spaced = seen[0] == seen[-1] == " " and "-" in seen
    if is_spaced or "--" in seen or "—" in seen:
        return "—"
    return _REPEATED.sub(lambda repeated: repeated[0][0], seen)


def fold_text(text: str) -> str:
    """`text` evened out, for comparing it with others."""
    return fold(text).text.strip()
