"""A database with a question, its posts and the people who answered."""

import asyncio
import json
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, select

from adapters.contract.capabilities import Capabilities
from bot.digest import FORMATS, compile_question, compile_week, load_model, render
from bot.questions.content import Content
from bot.quotes import Edition
from storage import models
from storage.engine import Store, resolve_url
from storage.models import Base
from storage.replies.ingest import upsert_replies
from storage.replies.storable import AuthorRow, ReplyRow
from storage.states import (
    ConsentState,
    Origin,
    PartState,
    PostState,
    ReplyState,
    Source,
    TallySource,
    VerdictValue,
)
from tests.bot.digest.hostile import CATALOGUE, HOSTILE
from tests.running import quoting_what_is_alike

MONDAY = date(2026, 11, 16)
START = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
CLOSE = START + timedelta(days=5)
AS_OF = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
BERLIN = "Europe/Berlin"

CAPABILITIES = {
    "bluesky": Capabilities(limits=(), forbidding_labels=frozenset({"!no-unauthenticated"})),
    "discord": Capabilities(limits=(), consent_first=True),
    "guarded": Capabilities(limits=(), may_infer=False),
    "x": Capabilities(limits=(), whole_posts_only=True),
}

ASKED = "Which of these would you keep if you could keep only one?"
OPTIONS = ("Feature flags", "A staging environment", "Canary releases", "Postmortems")


class Stage:
    """Puts rows into a store, one thing at a time."""

    MONDAY, START, CLOSE, AS_OF = MONDAY, START, CLOSE, AS_OF
    CAPABILITIES = CAPABILITIES

    def __init__(self, store):
        self.store = store
        self.at = START
        self.revisions = {}

    async def add(self, row):
        async with self.store.write() as session:
            session.add(row)
            await session.flush()
            return row

    async def account(self, platform="bluesky", handle="desk.example"):
        async with self.store.read() as session:
            known = await session.scalar(select(models.Account).where(models.Account.name == f"{platform}-{handle}"))
        return known or await self.add(models.Account(name=f"{platform}-{handle}", platform=platform, handle=handle))

    async def question(self, slug="only-one", **content):
        content = {"text": ASKED, "options": list(OPTIONS)} | content
        question = await self.add(
            models.Question(slug=slug, workspace="config", source=Source.CONFIG, created_at=START)
        )
        await self.version(question, 1, content)
        return question

    async def version(self, question, number, content):
        content = Content.model_validate(content)
        return await self.add(
            models.QuestionVersion(
                question_id=question.id,
                number=number,
                content=content.model_dump(mode="json"),
                content_hash=content.hash,
                seen_at=START,
            )
        )

    async def target(self, question, platform="bluesky", handle="desk.example"):
        account = await self.account(platform, handle)
        async with self.store.read() as session:
            known = await session.scalar(
                select(models.Target).where(
                    models.Target.question_id == question.id, models.Target.account_id == account.id
                )
            )
        return known or await self.add(models.Target(question_id=question.id, account_id=account.id))

    async def post(
        self,
        question,
        platform="bluesky",
        handle="desk.example",
        *,
        state=PostState.CLOSED,
        due=START,
        closes=CLOSE,
        text="",
        missing=None,
        closed=None,
        **values,
    ):
        target = await self.target(question, platform, handle)
        async with self.store.read() as session:
            version = await session.scalar(
                select(models.QuestionVersion).where(models.QuestionVersion.question_id == question.id)
            )
        stood = state in (PostState.CLOSED, PostState.PUBLISHED, PostState.INCOMPLETE, PostState.REMOVED)
        post = await self.add(
            models.Post(
                target_id=target.id,
                version_id=version.id,
                occurrence=f"{due:%Y-%m-%dT%H:%M}",
                due_at=due,
                expires_at=due + timedelta(hours=12),
                state=state,
                published_at=due if stood else None,
                closes_at=closes if stood else None,
                closed_at=(closed or closes) if state is PostState.CLOSED else None,
                missing=missing,
                **values,
            )
        )
        if stood:
            await self.add(
                models.PostPart(
                    post_id=post.id,
                    position=0,
                    role="root",
                    key=f"key-{post.id}",
                    payload={},
                    text=text or ASKED,
                    state=PartState.SENT,
                    sent_at=due,
                    remote_id=f"root-{post.id}",
                    link=f"https://{platform}.example/desk/{post.id}",
                    has_notice=not post.adopted,
                )
            )
        return post

    async def find_post(self, question, platform):
        """The first post of a question on a platform, if there is any."""
        async with self.store.read() as session:
            return await session.scalar(
                select(models.Post)
                .join(models.Target, models.Target.id == models.Post.target_id)
                .join(models.Account, models.Account.id == models.Target.account_id)
                .where(models.Target.question_id == question.id, models.Account.platform == platform)
                .order_by(models.Post.id)
                .limit(1)
            )

    async def author(self, name="Ada Lovelace", platform="bluesky", handle="", **values):
        handle = handle or f"{name.split()[0].casefold()}.example"
        async with self.store.read() as session:
            known = await session.scalar(
                select(models.Author).where(models.Author.remote_id == handle, models.Author.platform == platform)
            )
        return known or await self.add(
            models.Author(
                platform=platform,
                remote_id=handle,
                handle=handle,
                display_name=name,
                link=f"https://{platform}.example/{handle}",
                seen_at=START,
                **values,
            )
        )

    async def reply(
        self,
        question,
        text,
        author=None,
        post=None,
        *,
        verdict="keep",
        score=0.8,
        rule=None,
        parent=None,
        state=ReplyState.STANDING,
        foreign=(),
        link=None,
        language="en",
        origin=Origin.COLLECTED,
    ):
        """A reply with its first revision and a verdict by the rules; one minute after the one before.

        post: by default the first one where its author is; without any it was written under a notice all the same.
        """
        author = author or await self.author()
        if post is None and origin is not Origin.IMPORTED:
            post = await self.find_post(question, author.platform)
        self.at += timedelta(minutes=1)
        number = len(self.revisions) + 1
        reply = await self.add(
            models.Reply(
                question_id=question.id,
                post_id=None if post is None else post.id,
                author_id=author.id,
                platform=author.platform,
                remote_id=f"reply-{number}",
                parent_remote_id=None if parent is None else parent.remote_id,
                link=f"https://{author.platform}.example/{author.handle}/{number}" if link is None else link,
                origin=origin,
                state=state,
                posted_at=self.at,
                seen_at=self.at,
            )
        )
        await self.revise(reply, text, foreign=foreign, language=language)
        if post is None and origin is Origin.COLLECTED and author.platform in CAPABILITIES:
            await self.consent(reply, ConsentState.PUBLIC_NOTICE)  # where no post is there to carry the notice
        if verdict is not None:
            reasons = [{"rule": rule, "weight": -4.0}] if rule else []
            await self.judge(reply, verdict, score, reasons=reasons)
        return reply

    async def revise(self, reply, text, number=1, foreign=(), language="en"):
        revision = await self.add(
            models.Revision(
                reply_id=reply.id,
                number=number,
                text=text,
                language=language,
                foreign=[list(span) for span in foreign],
                seen_at=reply.seen_at,
            )
        )
        self.revisions[reply.id] = revision
        return revision

    async def judge(self, reply, verdict, score=0.8, *, editor=None, reasons=(), note=""):
        return await self.add(
            models.Verdict(
                revision_id=self.revisions[reply.id].id,
                value=VerdictValue(verdict),
                score=score,
                reasons=list(reasons),
                editor=editor,
                note=note,
                judged_at=self.at,
            )
        )

    async def consent(self, reply, state, credit="", revision=None):
        return await self.add(
            models.Consent(
                revision_id=(revision or self.revisions[reply.id]).id,
                state=ConsentState(state),
                credit=credit,
                at=self.at,
            )
        )

    async def tally(self, post, votes, source=TallySource.PLATFORM, *, final=True):
        for option, count in enumerate(votes):
            await self.add(
                models.Tally(post_id=post.id, option=option, source=source, votes=count, final=final, at=CLOSE)
            )

    async def change(self, kind, id_, **values):
        async with self.store.write() as session:
            row = await session.get(kind, id_)
            for name, value in values.items():
                setattr(row, name, value)

    async def compile(self, question, edition=Edition.PRIVATE, *, final=True, as_of=AS_OF, **values):
        return await compile_question(
            self.store,
            question.id,
            as_of=as_of,
            zone=BERLIN,
            edition=edition,
            final=final,
            capabilities=CAPABILITIES,
            **values,
        )

    async def week(self, monday=MONDAY, edition=Edition.PRIVATE, as_of=AS_OF, **values):
        return await self.load(
            await compile_week(
                self.store,
                "config",
                monday,
                as_of=as_of,
                zone=BERLIN,
                edition=edition,
                capabilities=CAPABILITIES,
                **values,
            )
        )

    async def load(self, digest_id):
        return await load_model(self.store, digest_id, capabilities=CAPABILITIES)

    async def digest(self, question, edition=Edition.PRIVATE, **values):
        return await self.load(await self.compile(question, edition, **values))


@pytest.fixture
async def store(tmp_path, upgraded_sqlite):
    shutil.copyfile(upgraded_sqlite, tmp_path / "test.db")
    async with Store(resolve_url("sqlite:///test.db", tmp_path)) as opened:
        # These tests cut no power, and each row of the stage is a transaction of its own.
        event.listen(opened.engine.sync_engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
        yield opened


@pytest.fixture
def stage(store):
    return Stage(store)


@pytest.fixture(scope="session")
def sample_once():
    """What the first `sample` left: how to do the same for another stage."""
    return []


@pytest.fixture
async def sample(stage, sample_once, tmp_path_factory):
    """The question of `sample.json` with its sixty replies on two networks, put on stage once and copied."""
    assert not stage.revisions, "what stands already would be lost"
    if not sample_once:
        question = await _put_sample(stage)
        copy = tmp_path_factory.mktemp("sample") / "sample.db"
        await stage.store.copy_into(copy)
        sample_once += copy, stage.at, dict(stage.revisions), question
    else:
        copy, stage.at, revisions, question = sample_once
        stage.revisions.update(revisions)
        shutil.copyfile(copy, stage.store.sqlite_path)
    return question


async def _put_sample(stage):
    data = json.loads((Path(__file__).parent / "sample.json").read_text(encoding="utf-8"))
    question = await stage.question(**data["question"])
    posts = {}
    for platform, post in data["posts"].items():
        posts[platform] = await stage.post(
            question, platform, post["handle"], text=post["text"], missing=post["missing"]
        )
        if "votes" in post:
            await stage.tally(posts[platform], post["votes"])
    said = {}
    for entry in data["replies"]:
        platform = entry.get("platform", "bluesky")
        author = await stage.author(
            entry["name"], platform, entry["handle"], labels=entry.get("labels", []),
            opted_out=entry.get("opted_out", False),
        )  # fmt: skip
        verdict, score, *rule = entry["verdict"]
        reply = await stage.reply(
            question,
            entry["text"],
            author,
            posts[platform],
            verdict=verdict,
            score=score,
            rule=rule[0] if rule else None,
            parent=said.get(entry.get("after")),
            state=ReplyState(entry.get("state", "standing")),
            language=entry.get("language", "en"),
        )
        said[entry["handle"]] = reply
        if "consent" in entry:
            await stage.consent(reply, entry["consent"], entry.get("credit", ""))
        if "editor" in entry:
            await stage.judge(reply, "keep", score, editor=entry["editor"])
    return question


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """By edition: a digest in which everything that people can type is hostile. Made once, values only."""
    return asyncio.run(_compile_hostile(tmp_path_factory.mktemp("hostile")))


async def _compile_hostile(folder):
    async with Store(resolve_url("sqlite:///hostile.db", folder)) as store:
        async with store.engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        stage, ours = Stage(store), CATALOGUE["html"]
        question = await stage.question(text=" ".join(ours[:4]), options=ours[4:7], asker=ours[7], wanted=ours[8])
        typed = "\n\n".join(text for text in HOSTILE if text not in CATALOGUE["surrogates"])  # ours is valid UTF-8
        post = await stage.post(question, handle=ours[9], text=typed, state_reason=ours[10], late=True)
        await stage.tally(post, (1, 2, 3))
        await _say_everything(store, question, post)
        with quoting_what_is_alike():
            return {edition: await stage.digest(question, edition, most_quotes=len(HOSTILE)) for edition in Edition}


async def _say_everything(store, question, post):
    """Each text as a reply that is kept, by somebody of that name, and once more as one that a rule of that name set
    aside.
    """
    rows = [
        ReplyRow(
            question_id=question.id, platform="bluesky", remote_id=f"{verdict} {number}", post_id=post.id, text=text,
            author=AuthorRow(f"{verdict} {number}", handle=text, display_name=text, link=f"javascript:alert({number})"),
            posted_at=START + timedelta(minutes=number), origin=Origin.COLLECTED,
            link=f"javascript:alert({number})" if number % 2 else f"https://net.example/{text}",
        )
        for verdict in ("keep", "aside")
        for number, text in enumerate(HOSTILE)
    ]  # fmt: skip
    async with store.write() as session:
        await upsert_replies(session, rows, START)
        said = await session.execute(
            select(models.Revision.id, models.Reply.remote_id).join(models.Reply).order_by(models.Reply.id)
        )
        for revision_id, remote_id in said:
            verdict, _, number = remote_id.partition(" ")
            session.add(
                models.Verdict(
                    revision_id=revision_id, value=VerdictValue(verdict), score=0.8, judged_at=START,
                    reasons=[{"rule": make_visible(HOSTILE[int(number)]), "weight": -2.0}] if verdict == "aside" else [],
                )
            )  # fmt: skip


def make_visible(text):
    """A rule is ours: it has a name that JSON can hold."""
    return text.encode(errors="replace").decode()


@pytest.fixture(scope="session")
def hostile_files(hostile):
    """The same as bytes, by edition and format."""
    return {(edition, name): render(model, name) for edition, model in hostile.items() for name in FORMATS}
