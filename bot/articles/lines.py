"""`pullquote check-draft --jsonl`: quotes beside their sources in, proofs out, without a database."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.quotes import Proof, prove_quote


@dataclass(frozen=True, slots=True)
class UncheckedLine:
    """A line that was not answered; the others were. number: from 1."""

    number: int
    message: str

    def __str__(self) -> str:
        return f"line {self.number}: {self.message}"


def prove_lines(lines: Iterable[str], on_bad: Callable[[UncheckedLine], None]) -> Iterator[str]:
    """Answer each line in order, one JSON object each. source: the text of a reply, or a list with those of a chain.

    span: [start, end] in the source, from the first word to the last; of a chain [[part, start], [part, end]]; null
    where the quote fails.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        row = _read(line)
        if isinstance(row, str):
            on_bad(UncheckedLine(number, row))
        else:
            yield _write(row, prove_quote(row["source"], row["quote"]))


def _read(line: str) -> dict[str, Any] | str:
    """The row of a line, or what is wrong with it."""
    try:
        row = json.loads(line)
    except ValueError as error:
        return f"no JSON: {error}"
    if not isinstance(row, dict):
        return "no JSON object"
    source = row.get("source")
    if not isinstance(row.get("quote"), str):
        return "quote is missing or no text"
    is_chain = isinstance(source, list) and all(isinstance(part, str) for part in source)
    if not (isinstance(source, str) or is_chain):
        return "source is missing or neither a text nor a list of texts"
    return row


def _write(row: dict[str, Any], proof: Proof) -> str:
    answer = {
        "id": row.get("id"),
        "fidelity": proof.fidelity,
        "edits": [{"kind": edit.kind, "text": edit.text} for edit in proof.edits],
        "warnings": proof.warnings,
        "span": _span(row["source"], proof),
    }
    return json.dumps(answer, ensure_ascii=False)


def _span(source: str | Sequence[str], proof: Proof) -> list[Any] | None:
    if not proof.holds:
        return None
    first, last = proof.spans[0], proof.spans[-1]
    if isinstance(source, str):
        return [first.start, last.end]
    return [[first.part, first.start], [last.part, last.end]]
