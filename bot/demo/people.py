"""Plays the people of the simulated week on a sandbox network."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from adapters.sandbox.network import SandboxNetwork, SandboxPost
from bot.demo.week import DemoQuestion, DemoReply, DemoWeek


@dataclass(frozen=True, slots=True)
class ScheduledAct:
    """Something that somebody does at a moment."""

    at: datetime
    do: Callable[[], object]


class Cast:
    """Everybody in the week. They act only once a question is posted, and each acts once.

    account: the handle under which the bot posts on the network.
    """

    def __init__(self, week: DemoWeek, network: SandboxNetwork, account: str = "pullquote") -> None:
        self._week = week
        self._network = network
        self._account = account
        self._unseen = list(week.questions)
        self._due: list[ScheduledAct] = []
        for profile in week.profiles:
            network.join(**profile.model_dump())

    def play(self, until: datetime) -> int:
        """Do all that is due up to and including `until`, in the order of time; say how much it was."""
        self._read_questions()
        due = [act for act in self._due if act.at <= until]
        self._due = [act for act in self._due if act.at > until]
        for act in due:
            act.do()
        return len(due)

    def _read_questions(self) -> None:
        """Plan the answers to each question that has appeared since the last time."""
        for question in list(self._unseen):
            post = self._find(question)
            if post:
                self._unseen.remove(question)
                self._due.extend(AnswerPlan(question, post, self._network).plan())
        self._due.sort(key=lambda act: act.at)

    def _find(self, question: DemoQuestion) -> SandboxPost | None:
        own = self._network.by_author(self._account)
        return next((post for post in own if post.parent is None and question.text in post.text), None)


class AnswerPlan:
    """All that people do below one question."""

    def __init__(self, question: DemoQuestion, root: SandboxPost, network: SandboxNetwork) -> None:
        self._question = question
        self._root = root
        self._network = network
        self._ids = {"": root.id}

    def plan(self) -> Iterator[ScheduledAct]:
        """Every act of the question, in no order."""
        for reply in self._question.replies:
            yield from self._plan_reply(reply)
        yield from self._plan_silent_votes()

    def _plan_reply(self, reply: DemoReply) -> Iterator[ScheduledAct]:
        at = self._root.received_at + reply.after
        posted: list[SandboxPost] = []
        yield ScheduledAct(at, lambda: posted.append(self._write(reply, at)))
        if reply.edit_after:
            edited_at = at + reply.edit_after
            yield ScheduledAct(edited_at, lambda: self._network.edit(posted[0].id, reply.edit_to, edited_at))
        if reply.hide_after:
            hidden_at = at + reply.hide_after
            yield ScheduledAct(hidden_at, lambda: self._network.hide(posted[0].id, hidden_at))
        if reply.delete_after:
            deleted_at = at + reply.delete_after
            yield ScheduledAct(deleted_at, lambda: self._network.delete(posted[0].id, deleted_at))

    def _write(self, reply: DemoReply, at: datetime) -> SandboxPost:
        """Vote, then say why."""
        if reply.vote and self._root.ballot:
            self._network.vote(self._root.id, reply.author, reply.vote - 1, at)
        parent = self._ids[reply.in_reply_to]
        post = self._network.post(reply.author, reply.text, at, parent=parent, language=reply.language)
        if reply.id:
            self._ids[reply.id] = post.id
        return post

    def _plan_silent_votes(self) -> Iterator[ScheduledAct]:
        """Spread over the time that the question is open; nothing where there is no native poll."""
        if not self._root.ballot:
            return
        for option, count in enumerate(self._question.silent_votes):
            for number in range(count):
                at = self._root.received_at + self._question.closes_after * ((number + 1) / (count + 1))
                yield self._plan_vote(f"reader-{option + 1}-{number + 1}", option, at)

    def _plan_vote(self, voter: str, option: int, at: datetime) -> ScheduledAct:
        return ScheduledAct(at, lambda: self._network.vote(self._root.id, voter, option, at))
