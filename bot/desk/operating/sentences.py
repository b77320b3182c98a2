"""`status` in sentences, the same in each face: the language, how times are shown and what to do are the face's."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.desk.operating.status import AccountStatus, ActivityStatus, PostStatus, QuestionStatus, Status
from bot.posts.notices import NoticeState
from bot.words import Forms, words
from bot.words.grammar import write_age
from storage.states import OPEN, AccountState, PostState, QuestionState


class Tone(StrEnum):
    """How a sentence is meant."""

    PLAIN = "plain"
    GOOD = "good"
    CARE = "care"
    BAD = "bad"


class Remedy(StrEnum):
    """What is to be done, for a face to say how: the shell names a command, the page has a button.

    The last three stand in no sentence: log in again, try a post at once, ask what was missed or refused once more.
    """

    RUN = "run"
    RESUME = "resume"
    LOOK = "look"
    MORE = "more"
    LOGIN = "login"
    TRY = "try"
    AGAIN = "again"


_REMEDIES = {PostState.RETRY: Remedy.TRY, PostState.FAILED: Remedy.AGAIN, PostState.MISSED: Remedy.AGAIN}
"""Of a post that is not out."""


@dataclass(frozen=True, slots=True)
class StatusLine:
    """One sentence; what to do stands in it already. about: the question to which the remedy is applied."""

    text: str
    tone: Tone = Tone.PLAIN
    remedy: Remedy | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class StatusTeller:
    """tell_time: how the face shows a moment, None is never. remedies: how it says what is to be done."""

    language: str
    tell_time: Callable[[datetime | None], str]
    remedies: Mapping[Remedy, str]

    def _say(self, key: str, n: int | None = None, **given: Any) -> str:
        found = words(self.language)["status"][key]
        return str((found.choose(n or 0) if isinstance(found, Forms) else found).format(n=n, **given))

    def tell_running(self, found: Status) -> Iterator[StatusLine]:
        """Whether a bot is at work, and whether anything may be posted."""
        if found.is_running and found.ticked_at:
            text = self._say("at_work", age=write_age(found.now - found.ticked_at))
            if found.held is not None:
                text += self._say("busy", seconds=f"{found.held / 1000:.2f}")
            yield StatusLine(text, Tone.GOOD)
        else:
            since = self._say("since", since=self.tell_time(found.ticked_at)) if found.ticked_at else ""
            text = self._say("not_running", since=since, remedy=self.remedies[Remedy.RUN])
            yield StatusLine(text, Tone.CARE, Remedy.RUN)
        if found.paused:
            text = self._say("paused", remedy=self.remedies[Remedy.RESUME])
            yield StatusLine(text, Tone.CARE, Remedy.RESUME)

    def tell_account(self, account: AccountStatus) -> Iterator[StatusLine]:
        """What is wrong with an account, and until when it rests; nothing where all is well."""
        if account.reason:
            remedy = Remedy.LOGIN if account.state is AccountState.UNAUTHORIZED else None
            yield StatusLine(f"{account.name}: {account.reason}", Tone.BAD, remedy)
        for moment, key in ((account.retry_at, "not_posted_before"), (account.read_retry_at, "not_read_before")):
            if moment:
                yield StatusLine(self._say(key, account=account.name, at=self.tell_time(moment)), Tone.CARE)

    def tell_question(self, question: QuestionStatus) -> Iterator[StatusLine]:
        """What is wrong with it, how complete its collection is, and what it brought."""
        if question.reason:
            yield StatusLine(question.reason)
        yield from (StatusLine(fault, Tone.CARE) for fault in question.faults)
        for post in question.posts:
            yield from self._tell_post(post)
        if not (question.posts or question.usable) or question.state == QuestionState.WITHDRAWN:
            return
        usable = self._say("usable", usable=question.usable, target=question.target)
        is_lacking = question.closed and not question.is_enough
        outcome = "enough" if question.is_enough else "too_few" if is_lacking else "so_far"
        text = usable + self._say(outcome, remedy=self.remedies[Remedy.MORE])
        yield StatusLine(text, remedy=Remedy.MORE if is_lacking else None)
        if question.held:
            text = self._say("held", question.held, remedy=self.remedies[Remedy.LOOK])
            yield StatusLine(text, Tone.CARE, Remedy.LOOK)

    def _tell_post(self, post: PostStatus) -> Iterator[StatusLine]:
        if post.state in OPEN:
            key = "collected" if post.counted is None else "collected_of"
            text = self._say(key, account=post.account, stored=post.stored, counted=post.counted)
            yield StatusLine(text + self._say("closes", at=self.tell_time(post.closes_at)))
        if post.lacks_notice:
            key = "notice_gone" if post.notice is NoticeState.GONE else "notice_refused"
            yield StatusLine(self._say(key, account=post.account, link=post.link), Tone.CARE)

    def tell_not_out(self, slug: str, post: PostStatus) -> StatusLine:
        """A post that is not out as it should be, and what happens next."""
        text = self._say("not_out", question=slug, account=post.account, due=post.occurrence)
        return StatusLine(text + self.describe_state(post), Tone.CARE, _REMEDIES.get(post.state), slug)

    def describe_state(self, post: PostStatus) -> str:
        """Why a post is not out, and what happens next."""
        again = self._say("again", at=self.tell_time(post.retry_at)) if post.retry_at else ""
        reason = f": {post.reason}" if post.reason else ""
        return f"{words(self.language)['status']['states'][post.state]}{reason}{again}"

    def tell_failing(self, step: ActivityStatus) -> StatusLine:
        """A step whose last try failed."""
        return StatusLine(f"{step.name}, {self.tell_time(step.failed_at)}: {step.error}", Tone.BAD)

    def tell_problems(self, found: Status) -> Iterator[StatusLine]:
        """All that is not as it should be, each once."""
        lines = [*self.tell_running(found)]
        lines += [line for account in found.accounts if account.configured for line in self.tell_account(account)]
        lines += [self.tell_not_out(slug, post) for slug, post in found.not_out]
        lines += map(self.tell_failing, found.failing)
        yield from (line for line in lines if line.tone in (Tone.CARE, Tone.BAD))

    def tell_retention(self, found: Status) -> StatusLine:
        """For how long words are kept."""
        shorter = [self._say("kept_on", platform=platform, n=days) for platform, days in found.retentions]
        return StatusLine(self._say("kept", days=found.retention_days, shorter="".join(shorter)))
