"""Question × Capabilities → Draft: what a post will say on one platform. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from adapters.contract.capabilities import Capabilities, Limit, PollLimits
from adapters.contract.sending import Draft, Poll
from bot.questions.content import OCCURRENCE, Content, write_duration
from bot.words import words
from bot.words.grammar import write_date

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")


class DoesNotFit(Exception):
    """The platform would not take this question; `problems` says of each what is wrong and what to change.

    texts: what it would have been, so that it can be seen what is too much; beside: the problems that cannot be seen
    there.
    """

    def __init__(self, problems: list[str], texts: Sequence[str] = (), beside: Sequence[str] | None = None) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems
        self.texts = tuple(texts)
        self.beside = tuple(problems if beside is None else beside)


@dataclass(frozen=True, slots=True)
class Length:
    """How long a text is in one unit of its platform."""

    unit: str
    used: int
    maximum: int


def measure(text: str, capabilities: Capabilities) -> list[Length]:
    """The text's length in every unit that the platform limits."""
    return [Length(limit.unit, limit.measure(text), limit.maximum) for limit in capabilities.limits]


def fits(text: str, capabilities: Capabilities) -> bool:
    """Whether the platform takes this text in one post."""
    return all(length.used <= length.maximum for length in measure(text, capabilities))


def render(
    content: Content,
    capabilities: Capabilities,
    *,
    name: str,
    place: str,
    closes_at: datetime,
    asked_at: datetime | None = None,
) -> Draft:
    """The draft of a question. `name` is the outlet; `closes_at` is aware UTC. asked_at: where its deadline drives the
    close, so that a poll can last whole steps.

    Options are printed in the root, or are the native poll. The notice stands in the root wherever it fits, else in
    a self-reply. Raises DoesNotFit before anything is sent.
    """
    labels = words(content.language)["post"]
    ends_at = end_poll(content, capabilities.poll, closes_at, asked_at)
    problems = _problems(content, capabilities, place, None if asked_at is None else ends_at - asked_at)
    by_buttons = content.votes == "buttons" and capabilities.most_buttons > 0
    has_poll = bool(content.options) and (by_buttons or capabilities.poll is not None)
    poll = Poll(content.options, ends_at) if has_poll else None
    printed = "" if poll and not by_buttons else print_options(content.options)
    tail = [content.wanted, _why(content, labels), _asker(content, labels), _deadline(content, labels)]
    tail += [labels["human_only"] if content.human_only else "", write_link_rule(content)]
    notice = write_notice(content, capabilities, name)
    texts = _arrange(content, capabilities, printed, [line for line in tail if line], notice)
    beside = problems + [fault for text in texts for fault in _find_faults(text, capabilities)]
    problems += [problem for text in texts for problem in _excess(text, capabilities, may_thread=content.thread)]
    if problems:
        raise DoesNotFit(problems, texts, beside)
    return Draft(
        texts[0],
        tuple(texts[1:]),
        poll,
        content.language,
        place,
        vote_by_buttons=by_buttons,
        hide_results=by_buttons and content.hide_results,
    )


def write_notice(content: Content, capabilities: Capabilities, name: str) -> str:
    """The line that replies may be quoted, or that their authors are asked first. `name` is the outlet."""
    labels = words(content.language)["post"]
    key, outlet = "notice_asking" if capabilities.consent_first else "notice", content.outlet or name
    if content.hide_outlet or not outlet:
        return str(labels[f"{key}_hidden"])
    return str(labels[key].format(name=outlet))


def write_link_rule(content: Content) -> str:
    """What becomes of links, "" where nothing is said of it."""
    found: str = words(content.language)["post"]["links"][content.link] if content.link else ""
    return found


def end_poll(content: Content, poll: PollLimits | None, closes_at: datetime, asked_at: datetime | None) -> datetime:
    """When a native poll ends by itself: with its question, but of one that its deadline closes a part of a step
    later, as a poll lasts whole steps.
    """
    if poll is None or asked_at is None or content.closes_after is not None:
        return closes_at
    return closes_at + (asked_at - closes_at) % poll.step


def has_native_poll(content: Content, capabilities: Capabilities) -> bool:
    """Whether the options are a poll of the network, and neither buttons nor printed."""
    by_buttons = content.votes == "buttons" and capabilities.most_buttons > 0
    return bool(content.options) and capabilities.poll is not None and not by_buttons


def render_reminder(content: Content, capabilities: Capabilities, closes_at: datetime) -> str:
    """The one reminder under a question. Raises DoesNotFit."""
    labels = words(content.language)["post"]
    text: str = labels["reminder"].format(deadline=_moment(closes_at, content, labels))
    if problems := _excess(text, capabilities, may_thread=False):
        raise DoesNotFit(problems)
    return text


def _arrange(content: Content, capabilities: Capabilities, printed: str, tail: list[str], notice: str) -> list[str]:
    """Root first: everything in one post; else what is only helpful below it, then the notice; else, where allowed, a
    thread.

    The notice comes first because a self-reply may be refused, and nobody is quoted without it.
    """
    whole = _paragraphs(content.text, printed, *tail, notice)
    if fits(whole, capabilities) or not capabilities.threads:
        return [whole]
    if fits(_paragraphs(content.text, printed, notice), capabilities):
        return _move_below(content.text, printed, tail, notice, capabilities)
    root = _paragraphs(content.text, printed, *tail)
    if fits(root, capabilities) or not content.thread:
        return [root, notice]
    sentences = _SENTENCE_END.split(content.text.strip())
    if fits(_paragraphs(sentences[0], printed, notice), capabilities):
        head, rest = _fill(sentences, capabilities, printed, notice)
        return [_paragraphs(head, printed, notice), *_pack([*rest, *tail], capabilities)]
    head, rest = _fill(sentences, capabilities, printed)
    return [_paragraphs(head, printed), *_pack([*rest, *tail, notice], capabilities)]


def _move_below(text: str, printed: str, tail: list[str], notice: str, capabilities: Capabilities) -> list[str]:
    """The root with its notice and as much of the tail as fits, and the rest of the tail."""
    kept: list[str] = []
    below: list[str] = []
    for line in tail:
        fitting = fits(_paragraphs(text, printed, *kept, line, notice), capabilities)
        (kept if fitting else below).append(line)
    return [_paragraphs(text, printed, *kept, notice), *_pack(below, capabilities)]


def _fill(sentences: list[str], capabilities: Capabilities, *beside: str) -> tuple[str, list[str]]:
    """As many sentences as fit into a root beside what must stand there (one at least), and the rest."""
    count = len(sentences)
    while count > 1 and not fits(_paragraphs(" ".join(sentences[:count]), *beside), capabilities):
        count -= 1
    return " ".join(sentences[:count]), sentences[count:]


def _pack(sentences: list[str], capabilities: Capabilities) -> list[str]:
    """Self-replies, each as full as it may be; a sentence is never cut."""
    posts: list[str] = []
    for sentence in sentences:
        if posts and fits(f"{posts[-1]} {sentence}", capabilities):
            posts[-1] += f" {sentence}"
        else:
            posts.append(sentence)
    return posts


def _paragraphs(*lines: str) -> str:
    return "\n\n".join(line for line in lines if line)


def print_options(options: Iterable[str]) -> str:
    """The options of a poll, a line each."""
    return "\n".join(f"{number}. {option}" for number, option in enumerate(options, 1))


def _why(content: Content, labels: Mapping[str, Any]) -> str:
    return content.why or (labels["why"] if content.options else "")


def _asker(content: Content, labels: Mapping[str, Any]) -> str:
    return labels["asker"].format(asker=content.asker) if content.asker else ""


def _deadline(content: Content, labels: Mapping[str, Any]) -> str:
    return "" if content.deadline is None else str(labels["deadline"].format(deadline=write_deadline(content)))


def write_deadline(content: Content) -> str:
    """Until when answers help, with its zone; "" for no deadline."""
    if content.deadline is None:
        return ""
    local = datetime.strptime(content.deadline, OCCURRENCE).replace(tzinfo=ZoneInfo(content.zone))
    return _moment(local, content, words(content.language)["post"])


def _moment(at: datetime, content: Content, labels: Mapping[str, Any]) -> str:
    local, pattern = at.astimezone(ZoneInfo(content.zone)), labels["deadline_format"]
    time = f"{local:%H:%M}"
    return write_date(pattern, local, content.language, labels, "abbreviated", time=time, zone=content.zone)


def _find_faults(text: str, capabilities: Capabilities) -> list[str]:
    return [] if capabilities.find_faults is None else list(capabilities.find_faults(text))


def _excess(text: str, capabilities: Capabilities, *, may_thread: bool) -> list[str]:
    advice = "shorten it" if may_thread or not capabilities.threads else "shorten it, or allow a thread (thread = true)"
    return _find_faults(text, capabilities) + [
        f"the text is {length.used} {length.unit} long, {length.maximum} are allowed: {advice}"
        for length in measure(text, capabilities)
        if length.used > length.maximum
    ]


def _problems(content: Content, capabilities: Capabilities, place: str, lasts: timedelta | None) -> list[str]:
    problems = []
    if capabilities.needs_place and not place:
        problems.append("the account needs a place: write it as 'account:place'")
    if content.votes == "buttons" and capabilities.most_buttons:
        if len(content.options) > capabilities.most_buttons:
            most = f"at most {capabilities.most_buttons} options can be voted for by buttons"
            problems.append(f"{most}, the question has {len(content.options)}: change 'options'")
    elif content.options and capabilities.poll is not None:
        problems += _poll_problems(content, capabilities.poll, lasts)
    return problems


def _poll_problems(content: Content, poll: PollLimits, lasts: timedelta | None) -> list[str]:
    problems = []
    if not poll.fewest_options <= len(content.options) <= poll.most_options:
        problems.append(
            f"a poll here has {poll.fewest_options} to {poll.most_options} options, the question has "
            f"{len(content.options)}: change 'options' or leave this account out"
        )
    problems += [
        f"the option {option!r} is {used} {poll.option.unit} long, {poll.option.maximum} are allowed: shorten it"
        for option in content.options
        if (used := poll.option.measure(option)) > poll.option.maximum
    ]
    if poll.question is not None:
        problems += _question_problem(content.text, poll.question)
    lasts = lasts if content.closes_after is None else content.closes_after
    return problems if lasts is None else problems + _duration_problem(lasts, poll)


def _question_problem(text: str, limit: Limit) -> list[str]:
    used = limit.measure(text)
    if used <= limit.maximum:
        return []
    return [f"a poll's question has at most {limit.maximum} {limit.unit}, this one has {used}: shorten it"]


def _duration_problem(closes_after: timedelta, poll: PollLimits) -> list[str]:
    if poll.shortest <= closes_after <= poll.longest and not closes_after % poll.step:
        return []
    limits = (
        f"{write_duration(poll.shortest)} to {write_duration(poll.longest)} in steps of {write_duration(poll.step)}"
    )
    closes = f"the question closes after {write_duration(closes_after)}"
    return [f"a poll here runs {limits}, {closes}: change 'closes_after'"]
