"""Promise 4, over everything at once: 300 answers with every state of consent, and every output searched for words of
those who did not agree.
"""

import asyncio
import inspect
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.cli.main import main
from bot.desk import digest_now, digest_week_now, find_question
from bot.digest import compile_question, compile_week
from bot.digest.selection import variety
from bot.host.inbox import AccountInbox
from bot.quotes.consent_requests import write_key
from storage.models import Outgoing, Reply, Revision
from storage.replies.verdicts import add_editors
from storage.states import CONFIG_WORKSPACE, VerdictValue
from tests.bot.delivery.server import Inbox, Server
from tests.promises.leave.fates import FATES, LOST_LATER, MAY_BE_QUOTED, Crowd
from tests.promises.leave.outputs import find, read_files, read_mails, read_posts

QUESTIONS = 3
FORMATS = ("html", "markdown", "docx", "csv", "json")
CONFIG = """
[pullquote]
name = "The Example Review"
[database]
url = "{database}"
[digest]
private = ["html", "markdown", "docx", "csv", "json"]
public = ["html", "markdown", "docx", "csv", "json"]
[accounts.square]
platform = "sandbox"
consent_first = true
forms = true
needs_place = false
[accounts.plaza]
platform = "sandbox"
text_limit = 2000
"""


class Run:
    """The whole of it: what was seen in the preview, and what came out in the end."""

    def __init__(self, bot, crowd, mailbox):
        self.bot, self.crowd, self.mailbox = bot, crowd, mailbox
        self.preview, self.keys = {}, {}

    async def begin(self):
        await self.crowd.answer()
        await self.bot.tick(minutes=6)
        self.crowd.learn(await self._select(Reply.remote_id, Reply.id))
        revisions = dict(await self._select(Revision.reply_id, Revision.id))
        await self._keep(revisions)
        await self.crowd.decide(revisions)
        await self.crowd.ask_by_button()
        for _ in range(2):
            await self.bot.tick(minutes=1)
        self.keys = {row.reply_id: write_key(row.id) for row in await self.bot.rows(Outgoing) if row.kind == "leave"}
        await self.crowd.press(self.keys)

    async def _select(self, *columns):
        async with self.bot.context.store.read() as session:
            return [tuple(row) for row in await session.execute(select(*columns))]

    async def _keep(self, revisions):
        """An editor keeps all but the last, so that only leave decides."""
        for value in (VerdictValue.KEEP, VerdictValue.ASIDE):
            aside = {person.number for person in self.crowd.having("set aside by an editor")}
            chosen = [
                revisions[id_]
                for number, id_ in self.crowd.ids.items()
                if (number in aside) is (value is VerdictValue.ASIDE)
            ]
            async with self.bot.context.store.write() as session:
                await add_editors(session, chosen, value, editor="Mara", now=self.bot.clock())

    async def look_ahead(self):
        """A preview of every question; the files show what is granted so far."""
        for number in range(QUESTIONS):
            async with self.bot.context.store.read() as session:
                question = await find_question(session, CONFIG_WORKSPACE, f"q{number}")
            await digest_now(self.bot.context, question)
        self.preview = read_files(self.bot.folder / "digests")

    async def end(self):
        await self.crowd.change_their_minds(self.keys)
        for minutes in (6, 1, 1):
            await self.bot.tick(minutes=minutes)
        await self.bot.tick(days=5)
        for _ in range(4):
            await self.bot.tick(minutes=1)
        await digest_week_now(self.bot.context, date(2026, 11, 16), CONFIG_WORKSPACE)

    def outputs(self):
        """Everything but the database that is not the square itself."""
        return (
            read_files(self.bot.folder / "digests")
            | read_mails(self.mailbox.taken)
            | read_posts(self.bot.network("plaza"), "plaza")
        )

    def tokens(self, *fates):
        return [token for person in self.crowd.having(*fates) for token in person.tokens]

    def names(self, *fates):
        people = self.crowd.having(*fates)
        return [said for person in people for said in (person.name.split()[0], person.handle)]


FORBIDDEN = tuple(fate for fate in FATES if fate not in MAY_BE_QUOTED)


@pytest.fixture
def mailbox():
    return Inbox()


@pytest.fixture(params=[pytest.param(2 * len(FATES), id="two of each"), pytest.param(300, marks=pytest.mark.soak)])
async def run(request, open_bot, mailbox, capsys, monkeypatch):
    """The run up to its end, and what was logged and told on the way. Every digest quotes all that it may."""
    for compiling in (compile_question, compile_week):
        monkeypatch.setitem(inspect.unwrap(compiling).__kwdefaults__, "most_quotes", 300)
    monkeypatch.setattr(variety, "ALIKE", 2.0)
    with Server(mailbox) as server:
        bot = await open_bot(
            accounts={"square": {"consent_first": True, "forms": True}, "plaza": {"text_limit": 2000}},
            questions={
                f"q{number}": {"text": f"What did you stop doing ({number})?", "at": "2026-11-16T08:01", "closes_after": "5d"}
                for number in range(QUESTIONS)
            },
            formats=FORMATS,
            public=FORMATS,
            retention=timedelta(days=180),
            mail={
                "host": "127.0.0.1", "port": server.port, "security": "none", "sender": "bot@example.org", "to": ("mara@example.org",)
            },
            guilds={
                "g1": {"leave_a_day": 1000, "digest_channel": "news", "log_channel": "log", "editors_channel": "desk", "sees_config": True},
                "g2": {"account": "plaza", "digest_channel": "news", "log_channel": "log", "editors_channel": "desk", "sees_config": True},
            },
        )  # fmt: skip
        await bot.tick(minutes=1)
        roots = [post.id for post in bot.network().by_author("pullquote") if not post.parent and not post.place]
        assert len(roots) == QUESTIONS
        run = Run(bot, Crowd(bot, AccountInbox(bot.context.store, 1, bot.clock), roots, request.param), mailbox)
        await run.begin()
        await run.look_ahead()
        await run.end()
        run.logs = "".join(capsys.readouterr())
        yield run


async def test_no_word_of_who_did_not_agree_stands_anywhere(run, capsys, monkeypatch):
    said = run.outputs()
    _check_that_the_run_says_something(run, said)
    assert find(said, run.tokens(*FORBIDDEN)) == []
    assert find({"log": run.logs}, run.tokens(*FATES)) == []
    assert find(said, run.names(*FORBIDDEN, "granted without a name", "form: yes without a name")) == []
    typed = await asyncio.to_thread(_type_commands, run, capsys, monkeypatch)
    assert find(typed, run.tokens(*MAY_BE_QUOTED))
    assert find(typed, [token for token in run.tokens(*FORBIDDEN) if not token.endswith("a")]) == []
    assert find({n: t for n, t in typed.items() if "check-draft" not in n}, run.tokens(*FORBIDDEN)) == []
    await run.bot.tick(days=400)  # who was asked and never answered is kept no longer either
    left = [row.text or "" for row in await run.bot.rows(Revision)]
    assert (
        find({"store": " ".join(left)}, run.tokens("never asked", "asked, no answer", "asked by a button, no answer"))
        == []
    )
    assert find(run.outputs(), run.tokens(*FORBIDDEN)) == []


def _check_that_the_run_says_something(run, said):
    """A search that finds nothing proves nothing where nothing was written."""
    assert len({person.fate for person in run.crowd.people}) == len(FATES)
    for fate in LOST_LATER:
        assert find(run.preview, run.tokens(fate)), f"{fate}: the preview did not show it"
    for fate in MAY_BE_QUOTED:
        assert find(said, run.tokens(fate)), f"{fate}: nothing shows it"
    for kind in ("html", "md", "docx", "csv", "json"):
        for edition in ("for you", "to share"):
            files = {name: text for name, text in said.items() if name.endswith(kind) and edition in name}
            assert find(files, run.tokens(*MAY_BE_QUOTED)), f"{kind}, {edition}: it quotes nobody"
    for start in ("mail", "plaza"):
        where = {name: text for name, text in said.items() if name.startswith(start)}
        assert find(where, run.tokens(*MAY_BE_QUOTED)), f"{start}: it quotes nobody"


def _type_commands(run, capsys, monkeypatch):
    """What an editor can print on the shell, and send into a file."""
    folder = run.bot.folder / "typed"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "config.toml").write_text(CONFIG.format(database=run.bot.database), encoding="utf-8")
    draft = "\n\n".join(f"“{person.text.partition(',')[0]}.”" for person in run.crowd.people[: 2 * len(FATES)])
    (folder / "draft.md").write_text(draft, encoding="utf-8")
    some = run.crowd.people[: len(FATES)]
    commands = [
        ("replies", "--limit", "1000"),
        ("replies", "--limit", "1000", "--json"),
        ("replies", "--verdict", "aside"),
        *(("replies", "--why", str(run.crowd.ids[person.number]), *how) for person in some[-6:] for how in ((), ("--json",))),
        *(("source", person.handle) for person in some[::4] if person.fate != "granted, then forgotten"),
        ("status",),
        ("status", "--json"),
        ("credit",),
        ("withdrawn",),
        ("questions",),
        ("digest", "q1", "--offline"),
        ("check-draft", "draft.md", "--offline"),
        ("check-draft", "draft.md", "--offline", "--json"),
    ]  # fmt: skip
    said = {}
    for command in commands:
        capsys.readouterr()
        with pytest.raises(SystemExit):
            main(list(command))
        said[f"typed {' '.join(command)}"] = "".join(capsys.readouterr())
    written = read_files(folder / "digests")
    assert written
    return said | {f"typed {name}": text for name, text in written.items()}
