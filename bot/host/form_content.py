"""What people in a community are told where they press a button: the question, their own words, what was asked."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from adapters.contract.forms import ConsentRequest, PostedQuestion
from bot.config.communities import Guild, Right, find_right
from bot.host.inbox import AccountInbox
from bot.questions.content import Content
from bot.quotes.consent_requests import read_key
from bot.words import words
from storage.engine import Session, Store
from storage.questions import form_posts
from storage.questions.form_posts import FormPost
from storage.replies import requests

MOST_QUESTIONS = 25
"""To choose from: a menu of Discord has no more."""


class FormContent:
    """The `FormHost` of one account."""

    def __init__(
        self, store: Store, account_id: int, now: Callable[[], datetime], guilds: Mapping[str, Guild], name: str
    ) -> None:
        self.inbox = AccountInbox(store, account_id, now)
        self._store = store
        self._account_id = account_id
        self._now = now
        self._guilds = guilds
        self._name = name

    def get_labels(self, language: str) -> Mapping[str, str]:
        """The table `[form]`."""
        return _get_table("form", language)

    async def may_edit(self, guild: str, roles: Collection[str], *, manages: bool) -> bool:
        """Whether somebody with these roles edits there."""
        found = self._guilds.get(guild)
        return found is not None and find_right(found, roles, manages=manages) is Right.EDIT

    async def get_question(self, post_id: int, author: str = "", guild: str | None = None) -> PostedQuestion | None:
        """What a post asks, and what somebody has answered to it by form. guild: where it must have been asked, as the
        ids of buttons are whatever somebody sends.
        """
        async with self._store.read() as session:
            found = await form_posts.load_form_post(session, self._account_id, post_id)
            if found is None or (guild is not None and not await self._is_asked_in(session, found, guild)):
                return None
            given = await form_posts.load_form_answer(session, post_id, author) if author else ""
        return self._describe(found, given)

    async def _is_asked_in(self, session: Session, found: FormPost, guild: str) -> bool:
        """By where its root stands; by its workspace in the moment before that is known."""
        stands_in = await form_posts.find_guild(session, found.post.id)
        known = self._guilds.get(guild)
        return stands_in == guild if stands_in else known is None or found.question.workspace in known.workspaces

    async def list_questions(self, guild: str) -> list[PostedQuestion]:
        """What was asked in a community and still takes answers, the newest first."""
        known = self._guilds.get(guild)
        if known is None:
            return []
        async with self._store.read() as session:
            found = await form_posts.list_open_posts(
                session, self._account_id, known.workspaces, self._now(), MOST_QUESTIONS
            )
        return [self._describe(each) for each, root in found if root.extra.get("guild", guild) == guild]

    def _describe(self, found: FormPost, given: str = "") -> PostedQuestion:
        content = Content.model_validate(found.version.content)
        is_open = found.is_open(self._now())
        return PostedQuestion(
            post_id=found.post.id,
            question=content.text,
            outlet="" if content.hide_outlet else content.outlet or self._name,
            options=content.options,
            open=is_open,
            hides_results=content.hide_results and is_open,
            labels=self.get_labels(content.language),
            earlier_answer=given,
        )

    async def get_consent_request(self, key: str, guild: str | None = None) -> ConsentRequest | None:
        """A request for leave, None where there is none, its words are gone, or they were said elsewhere."""
        request_id = read_key(key)
        if request_id is None:
            return None
        async with self._store.read() as session:
            found = await requests.load_request(session, self._account_id, request_id)
        if found is None or found.is_gone or (guild is not None and found.reply.extra.get("guild", guild) != guild):
            return None
        payload = found.row.payload
        return ConsentRequest(
            wording=payload["wording"],
            labels=_get_table("leave", payload["language"]),
            votes=payload.get("votes", False),
        )


def _get_table(name: str, language: str) -> Mapping[str, str]:
    table: Mapping[str, str] = words(language)[name]
    return table
