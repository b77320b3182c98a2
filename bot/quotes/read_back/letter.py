"""The letter that shows somebody their words: the exact passage, the credit, perhaps one question more."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.words import words
from bot.words.cleaning import clean, clean_line

Wants: TypeAlias = Literal["check", "leave"]
"""Where leave stands it is asked whether words and credit are right, and no rewriting is offered; else for leave."""
CHECK: Wants = "check"
LEAVE: Wants = "leave"


@dataclass(frozen=True, slots=True)
class ReadBackLetter:
    """What is read back. question: what was asked; outlet: "" where it stays hidden; credit: "" without a name."""

    wants: Wants
    name: str
    question: str
    outlet: str
    passage: str
    credit: str
    follow_up: str
    language: str
    no_link: bool = False

    @property
    def subject(self) -> str:
        """One line."""
        labels = words(self.language)["read_back"]
        key = "subject" if self.outlet else "subject_hidden"
        return str(labels[key].format(outlet=clean_line(self.outlet)))

    @property
    def text(self) -> str:
        """The letter. No line of it is nothing but an answer: mail programs repeat it under one."""
        labels = words(self.language)["read_back"]
        begin, end = words(self.language)["page"]["marks"]
        named = clean_line(self.credit)
        paragraphs = [
            labels["hello"].format(name=clean_line(self.name)) if self.name else labels["hello_unnamed"],
            labels["thanks"].format(question=clean_line(self.question)),
            labels["print" if self.outlet else "print_hidden"].format(outlet=clean_line(self.outlet)),
            f"{begin}{clean(self.passage).strip()}{end}",
            labels["credit"].format(credit=named) if named else labels["credit_unnamed"],
            labels["no_link"] if self.no_link else "",
            labels[self.wants],
            labels["follow_up"].format(question=clean_line(self.follow_up)) if self.follow_up else "",
            labels["never"],
        ]
        return "\n\n".join(filter(None, paragraphs)) + "\n"


def list_lines(text: str) -> set[str]:
    """The lines of a letter as they come back in an answer, whatever marks stand before them."""
    return {line for line in map(strip_marks, text.splitlines()) if line}


def strip_marks(line: str) -> str:
    """A line without the marks of a quotation and without blanks at its ends."""
    return line.lstrip("> \t|").strip()


def is_quoted(line: str, lines: Iterable[str]) -> bool:
    """Whether a line of an answer repeats the letter: it is marked so, or stands in it."""
    return line.lstrip().startswith(">") or strip_marks(line) in lines
