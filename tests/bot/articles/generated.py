"""Articles that quote a stored reply, truly or not, in every pair of marks that CLDR 48 knows and in wild ones.

A seed gives the same article again. What varies: the language of the reply, its marks and those within it, how the
paragraphs of a long quotation are joined, the markup in it, who is said to have said it and where, the kind of file.
"""

import html
import io
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from bot.quotes import prove_quote
from tests.bot.articles.voices import DENSE, NAMES, NARRATIVE, PAIRS, REPLIES, SAID

FORMATS = ("md", "html", "txt", "docx")


@dataclass(frozen=True)
class Generated:
    """An article as a file. is_true: its quotation is what was said. what: how it was made, for a person."""

    name: str
    data: bytes
    is_true: bool
    what: str


def generate(seed: int) -> Generated:
    """The article of a seed."""
    return _Writer(Random(seed)).write()


class _Writer:
    """Writes one article."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.format = dice.choices(FORMATS, (45, 30, 20, 5))[0]
        self.who = dice.choice(sorted(SAID))
        self.marks = dice.choice(PAIRS)
        self.is_true = dice.random() < 0.5
        self.is_set_off = self.format in ("md", "html") and dice.random() < 0.2
        self.what = [self.format, self.who, "".join(self.marks)]

    def write(self) -> Generated:
        paragraphs = self._pick_words()
        if not self.is_true:
            paragraphs = self._alter(paragraphs)
        paragraphs = [self._mark_within(paragraph) for paragraph in paragraphs]
        body = self._choose_setting()(paragraphs)
        blocks = [self._narrate(), *body, self._narrate()]
        if self.dice.random() < 0.3:
            blocks.insert(self.dice.choice((0, len(blocks))), self._quote_another())
        if self.format in ("md", "txt") and self.dice.random() < 0.3:
            blocks = [self._wrap(block) for block in blocks]
        self.what.append("true" if self.is_true else "altered")
        return Generated(f"draft.{self.format}", self._save(blocks), self.is_true, " ".join(self.what))

    def _choose_setting(self) -> Callable[[list[str]], list[str]]:
        if self.is_set_off:
            return self._set_off
        if not self.is_true and self.dice.random() < 0.1:
            return self._break_off
        return self._quote

    # ------------------------------------------------------------ the words

    def _pick_words(self) -> list[str]:
        """All of a reply, or a sentence of it."""
        paragraphs = SAID[self.who].split("\n")
        if self.dice.random() < 0.5:
            return paragraphs
        paragraph = self.dice.choice(paragraphs)
        ends = [
            at + 1
            for at, letter in enumerate(paragraph)
            if letter in ".?।。" and paragraph[at + 1 : at + 2] in ("", " ", *"后何誰")
        ]
        begin, end = 0, self.dice.choice(ends or [len(paragraph)])
        if len(ends) > 1 and self.dice.random() < 0.5:
            begin, end = ends[0], ends[-1]
        return [paragraph[begin:end].strip()]

    def _clip(self, text: str) -> str:
        """Without half a number, half a letter or a mark at either end."""
        self.what.append("clause")
        return text.strip("0123456789，。、 \u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e47\u0e48\u0e49\u0e4c\u0e31")

    def _alter(self, paragraphs: list[str]) -> list[str]:
        """A word more, less or other, in any paragraph: so that nobody said it."""
        while True:
            at = self.dice.randrange(len(paragraphs))
            altered = [*paragraphs]
            altered[at] = self._alter_one(paragraphs[at])
            said = altered[at].replace("{", '"').replace("}", '"')
            if not any(prove_quote(reply, said).holds for reply in REPLIES.values()):
                return altered

    def _alter_one(self, text: str) -> str:
        how = self.dice.choice(("number", "drop", "add", "swap", "end"))
        self.what.append(how)
        if how == "number":
            return text.translate(str.maketrans("0123456789", "1234567890"))
        if how == "end":
            return text[: len(text) // 2] + self.dice.choice((" and all fell", "，都变了", " und alles fiel"))
        if self.who in ("wei", "ken", "mali"):
            at = self.dice.randrange(1, len(text) - 1)
            middle = {"drop": "", "add": text[at] + "真", "swap": "真"}[how]
            return text[:at] + middle + text[at + 1 :]
        words = text.split(" ")
        at = self.dice.randrange(len(words))
        words[at : at + 1] = {"drop": [], "add": [words[at], "never"], "swap": ["always"]}[how]
        return " ".join(words)

    def _mark_within(self, text: str) -> str:
        same = self.marks[:2] if self.dice.random() < 0.3 and self.marks[0] != "<<" else self.marks[2:]
        opening, closing = same
        if "{" in text:
            self.what.append(f"within {opening}{closing}")
        return text.replace("{", opening).replace("}", closing)

    # ------------------------------------------------------------ the article

    def _narrate(self) -> str:
        return " ".join(self.dice.choice(NARRATIVE) for _ in range(2)).strip()

    def _quote_another(self) -> str:
        """One more quotation, which is true, in the same marks or others."""
        self.what.append("another")
        (opening, closing), who = (
            self.dice.choice((self.marks, self.dice.choice(PAIRS)))[:2],
            self.dice.choice(("asa", "ewa", "eleni")),
        )
        return f"{NAMES[who]} wrote: {opening}{SAID[who]}{closing}"

    def _wrap(self, block: str) -> str:
        """In lines as an editor wraps them; a line that would begin a list, a heading or a quotation is not made."""
        words = block.split(" ")
        at = self.dice.randrange(len(words))
        if at == 0 or block[0] == "\1" or "\n" in block or not words[at][:1].isalpha():
            return block
        self.what.append("wrapped")
        return " ".join(words[:at]) + "\n" + " ".join(words[at:])

    def _break_off(self, paragraphs: list[str]) -> list[str]:
        """Altered words whose mark is missing at one end."""
        self.what.append("broken off")
        opening, closing = self.marks[:2]
        said = "\n\n".join(paragraphs) if self.format == "txt" else paragraphs[0]
        return [f"{NAMES[self.who]} said: " + (opening + said if self.dice.random() < 0.5 else said + closing)]

    def _split(self, text: str) -> list[str]:
        """`“One,” said Ada, “two.”`"""
        self.what.append("split")
        opening, closing = self.marks[:2]
        words = text.split(" ")
        at = self.dice.randrange(3, len(words) - 2)
        return [
            f"{opening}{' '.join(words[:at])},{closing} said {NAMES[self.who]}, {opening}{' '.join(words[at:])}{closing}"
        ]

    def _quote(self, paragraphs: list[str]) -> list[str]:
        """Words in marks, with whoever said them before or behind."""
        opening, closing = self.marks[:2]
        space = (
            self.dice.choice(("", "\N{NO-BREAK SPACE}", " "))
            if opening in ("«", "‹", "<<", "»") and closing in ("»", "›", ">>") and opening != closing
            else ""
        )
        if (
            len(paragraphs) == 1
            and len(paragraphs[0].split(" ")) > 8
            and not set('",;:') & set(paragraphs[0])
            and "{" not in SAID[self.who]
            and self.dice.random() < 0.3
        ):
            return self._split(paragraphs[0])
        paragraphs = [self._embellish(paragraph) for paragraph in paragraphs]
        before, after = self._attribute(paragraphs)
        join = self.dice.choice(("reopened", "open", "lines", "apart")) if len(paragraphs) > 1 else "one"
        self.what.append(join)
        if join == "apart":
            paragraphs = [f"{opening}{space}{paragraph}{space}{closing}" for paragraph in paragraphs]
        elif join == "reopened":
            paragraphs = [f"{opening}{space}{paragraph}" for paragraph in paragraphs]
            paragraphs[-1] += space + closing
        else:
            paragraphs = [f"{opening}{space}{paragraphs[0]}", *paragraphs[1:]]
            paragraphs[-1] += space + closing
        if join == "lines":
            paragraphs = [self._break_line().join(paragraphs)]
        return (
            [before + paragraphs[0], *paragraphs[1:-1], paragraphs[-1] + after]
            if len(paragraphs) > 1
            else [before + paragraphs[0] + after]
        )

    def _break_line(self) -> str:
        return {"md": "\\\n", "html": self.dice.choice(("\0br\0", "\0br\0\0br\0"))}.get(self.format, "\n")

    def _attribute(self, paragraphs: list[str]) -> tuple[str, str]:
        name = NAMES[self.who]
        if self.who in DENSE and self.dice.random() < 0.6:
            self.what.append("dense")
            return f"{name}{DENSE[self.who]}", self.dice.choice(("と言った。", "。", "他补充道。", ""))
        if self.dice.random() < 0.5:
            return f"{name} said: ", ""
        if paragraphs[-1].endswith("."):
            paragraphs[-1] = paragraphs[-1][:-1] + ","
        return "", f" said {name}."

    def _set_off(self, paragraphs: list[str]) -> list[str]:
        """A blockquote, with or without marks, with its byline or behind an introduction."""
        self.what.append("set off")
        name, (opening, closing) = NAMES[self.who], self.marks[:2]
        if self.dice.random() < 0.3:
            paragraphs = [*paragraphs]
            paragraphs[0] = opening + paragraphs[0]
            paragraphs[-1] += closing
        paragraphs = [self._embellish(paragraph) for paragraph in paragraphs]
        byline = self.dice.choice((f"— {name}", "", f"\0cite\0{name}\0/cite\0"))
        if self.format == "md":
            lines = "\n>\n> ".join(paragraphs) + (f"\n> {byline}" if byline else "")
            return [f"{name} said:", f"\1> {lines}"]
        inner = "".join(f"\0p\0{paragraph}\0/p\0" for paragraph in paragraphs)
        return [
            f"{name} said:",
            f"\1\0blockquote\0{inner}" + (f"\0footer\0{byline}\0/footer\0" if byline else "") + "\0/blockquote\0",
        ]

    def _embellish(self, text: str) -> str:
        """Markup within the words, which are the same."""
        how = self.dice.choice(("none", "none", "emphasis", "link", "note", "tag", "entity"))
        words = text.split(" ")
        if self.format not in ("md", "html") or len(words) < 5 or how == "none":
            return text
        self.what.append(how)
        at = self.dice.randrange(1, len(words) - 1)
        if not words[at].isalpha():
            return text
        markdown = {
            "emphasis": "*{}*",
            "link": '[{}](https://example.org/a_(b) "All of it")',
            "note": "{}[^1]",
            "tag": "\0x-y\0{}\0/x-y\0",
            "entity": "\2#x200b;{}",
        }
        page = {
            "emphasis": "\0em\0{}\0/em\0",
            "link": "\0a href='#'\0{}\0/a\0",
            "note": "{}\0sup\0[1]\0/sup\0",
            "tag": "\0o:x\0{}\0/o:x\0",
            "entity": "\2#8203;{}",
        }
        words[at] = (markdown if self.format == "md" else page)[how].format(words[at])
        return " ".join(words)

    # ------------------------------------------------------------ the file

    def _save(self, blocks: list[str]) -> bytes:
        blocks = [block for block in blocks if block]
        if self.format == "docx":
            import docx

            document, file = docx.Document(), io.BytesIO()
            for block in blocks:
                document.add_paragraph(block)
            document.save(file)
            return file.getvalue()
        if self.format == "html":
            shown = [self._tag(html.escape(block, quote=False)) for block in blocks]
            shown = [block[1:] if block.startswith("\1") else f"<p>{block}</p>" for block in shown]
            return ("<!doctype html><body>\n" + "\n".join(shown)).encode()
        text = "\n\n".join(blocks).replace("\1", "")
        entities = self.format == "md" and self.dice.random() < 0.2
        if entities:
            self.what.append("entities")
            text = "".join(f"&#{ord(letter)};" if letter in "“”„«»‘’‚「」" else letter for letter in text)
        return self._tag(text).encode()

    def _tag(self, text: str) -> str:
        pieces = text.split("\0")
        return "".join(f"<{piece}>" if number % 2 else piece for number, piece in enumerate(pieces)).replace("\2", "&")
