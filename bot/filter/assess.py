"""`pullquote assess`: JSON lines in, judgements as JSON lines out, without a database."""

import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.filter import SHIPPED, Candidate, JudgedQuestion, Judgement, Reason, judge
from bot.filter.compare.elsewhere import WEIGHTS, AskedThread, compare_threads
from bot.words.cleaning import clean_line, write_json

MAX_EVIDENCE = 200  # characters
SPEAKS_OF_ANOTHER = ("copy_of_reply", *WEIGHTS)
"""Rules whose evidence is which other reply it is, not the words of this one."""


class BadLine(ValueError):
    """A line of the input that cannot be judged; `number` counts from 1."""

    def __init__(self, number: int, message: str) -> None:
        super().__init__(f"line {number}: {message}")
        self.number = number
        self.message = message


@dataclass(frozen=True, slots=True)
class AssessedReply:
    id: str | int  # given back as it came
    question_id: str | int
    question: str
    candidate: Candidate
    decoys: tuple[str, ...]


def stop_at(problem: BadLine) -> None:
    raise problem


def assess(lines: Iterable[str], on_bad: Callable[[BadLine], None] = stop_at, weights: Path = SHIPPED) -> Iterator[str]:
    """Judge replies `{id, question_id, question, text, author?, at?, language?, decoys?}`, those of one question_id
    together, and compared with earlier ones of the others. decoys: a list of texts; those of a question are what its
    lines say, each once.

    Yields `{id, score, verdict, quotable, reasons: [{rule, weight, evidence}]}` in the order of the input. A bad line
    goes to *on_bad*, which raises it unless told otherwise; the others are judged.
    """
    good = list(_read_all(lines, on_bad))
    questions: dict[str | int, list[int]] = defaultdict(list)
    for index, line in enumerate(good):
        questions[line.question_id].append(index)
    judged: dict[int, Judgement] = {}
    threads = [
        AskedThread(
            str(question_id),
            _find_asked([good[index] for index in indexes]),
            [good[index].candidate for index in indexes],
        )
        for question_id, indexes in questions.items()
    ]
    for thread, candidates, indexes in zip(threads, compare_threads(threads), questions.values(), strict=True):
        judged.update(zip(indexes, judge(thread.asked, candidates, weights), strict=True))
    for index, line in enumerate(good):
        yield _write(line, judged[index])


def _find_asked(lines: Sequence[AssessedReply]) -> JudgedQuestion:
    """The question of some lines: their first text of it, and the decoys that any of them names."""
    text = next((line.question for line in lines if line.question), "")
    return JudgedQuestion(text, decoys=tuple(dict.fromkeys(decoy for line in lines for decoy in line.decoys)))


def _read_all(lines: Iterable[str], on_bad: Callable[[BadLine], None]) -> Iterator[AssessedReply]:
    for number, text in enumerate(lines, 1):
        if not text.strip():
            continue
        try:
            line = _read(number, text)
        except BadLine as problem:
            on_bad(problem)
        else:
            yield line


def _read(number: int, text: str) -> AssessedReply:
    try:
        row = json.loads(text)
    except ValueError as error:
        raise BadLine(number, f"no JSON: {error}") from error
    if not isinstance(row, dict):
        raise BadLine(number, "no JSON object")
    identity, question_id = (_read_key(number, row, name) for name in ("id", "question_id"))
    words = _read_text(number, row, "text")
    author, language = (_read_optional(number, row, name) for name in ("author", "language"))
    candidate = Candidate(str(identity), (words,), author, _read_moment(number, row.get("at")), language or "")
    question = _read_text(number, row, "question")
    return AssessedReply(identity, question_id, question, candidate, _read_decoys(number, row.get("decoys")))


def _read_key(number: int, row: dict[str, Any], name: str) -> str | int:
    value = row.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadLine(number, f"{name} is missing" if value is None else f"{name} is neither text nor a whole number")
    return value


def _read_text(number: int, row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str):
        raise BadLine(number, f"{name} is missing" if value is None else f"{name} is no text")
    return value


def _read_optional(number: int, row: dict[str, Any], name: str) -> str | None:
    return None if row.get(name) is None else _read_text(number, row, name)


def _read_decoys(number: int, value: Any) -> tuple[str, ...]:
    """What a chat model answers to the question; an empty text says nothing and is left out."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise BadLine(number, "decoys is no list of texts")
    for place, each in enumerate(value, 1):
        if not isinstance(each, str):
            raise BadLine(number, f"decoys: entry {place} is no text")
    return tuple(each for each in value if each.strip())


def _read_moment(number: int, value: Any) -> datetime | None:
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise BadLine(number, f"at is no ISO 8601 moment: {value!r}") from error
    if moment.tzinfo is None:
        raise BadLine(number, f"at has no offset from UTC: {value!r}")
    return moment


def _write(line: AssessedReply, judgement: Judgement) -> str:
    reasons = [
        {"rule": reason.rule, "weight": reason.weight, "evidence": _find_evidence(reason, line.candidate)}
        for reason in judgement.reasons
    ]
    answer = {
        "id": line.id,
        "score": judgement.score,
        "verdict": judgement.verdict,
        "quotable": judgement.quotable,
        "reasons": reasons,
    }
    return write_json(answer)


def _find_evidence(reason: Reason, candidate: Candidate) -> str:
    """Return the words of the reply at the span, or what the rule says instead."""
    if reason.span is None or reason.rule in SPEAKS_OF_ANOTHER:
        return reason.detail
    text = candidate.texts[reason.span.part]
    return text[reason.span.start : reason.span.end][:MAX_EVIDENCE]


def main() -> int:
    bad: list[BadLine] = []
    for answer in assess(sys.stdin, bad.append):
        sys.stdout.write(answer + "\n")
    for problem in bad:
        sys.stderr.write(f"{clean_line(str(problem))}\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
