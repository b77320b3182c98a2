"""`python -m tests.storage.databases.make`: write a database of today's version with a row in every table, as NNNN.sql.

Run before a migration is added: what a pullquote of that version wrote is opened by every later one.
"""

import asyncio
import contextlib
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from adapters.contract.forms import ConsentDecision
from adapters.contract.reading import Author, Reply
from bot import desk
from bot.articles import Paragraph
from bot.articles.check import check_article
from bot.desk.answers.imports import ImportDefaults
from bot.host.host import AccountHost
from bot.host.inbox import AccountInbox
from bot.questions.content import Content
from storage.accounts.accounts import take_lease
from storage.accounts.communities import note_joined
from storage.models import Author as Profile
from storage.models import Question
from storage.models import Reply as Row
from storage.private import make_folder, write_private
from storage.questions.forms import add_form
from storage.replies.stale import note_digests
from storage.search import INDEXES
from storage.states import CONFIG_WORKSPACE, VerdictValue
from storage.upgrade import LATEST
from tests.running import ANSWERS, Bot, Clock, Services, configure

FOLDER = Path(__file__).parent
CONFIG = {  # as `tests.running.configure` takes it
    "accounts": {
        "square": {"consent_first": True, "forms": True, "most_buttons": 5, "text_limit": 2000},
        "plaza": {"votes_are_named": True},
    },
    "questions": {
        "habits": {"at": "2026-11-16T08:01", "closes_after": "3d", "enough": 2},
        "links": {
            "text": "Do you still disavow links?",
            "at": "2026-11-16T08:01",
            "closes_after": "5d",
            "options": ("Yes", "No"),
            "votes": "buttons",
        },
        "polls": {
            "text": "Do you trust polls?",
            "at": "2026-11-16T08:01",
            "closes_after": "3d",
            "options": ("Yes", "No"),
            "accounts": ("plaza",),
        },
        "tools": {"text": "Which tool did you drop?", "at": "2026-11-30T08:00", "closes_after": "3d"},
    },
    "guilds": {"g1": {"editors_channel": "desk", "log_channel": "log", "digest_channel": "news", "leave_a_day": 5}},
    "mail": {"host": "127.0.0.1", "port": 9, "security": "none", "sender": "bot@example.org", "to": ("m@example.org",)},
    "public": ("json", "markdown"),
    "retention": timedelta(days=180),
}
YES = ConsentDecision(granted=True, wording="May we quote you?", credit="Lise, physicist")
KARL, EMMY = "We stopped sending invoices by post in 2018, and were paid 9 days sooner.", "+1"
LISE = "We stopped faxing orders in 2016, and 3 of 40 shops asked us why."
KEY = "5e" * 32
"""Of the names of who is barred; lies beside the database, and is no part of a dump."""
FORGOTTEN = "We stopped blogging in 2015 and lost 12 readers, all of them relatives."


async def live(bot: Bot) -> None:
    """Four days: questions asked and answered, answers judged, decided, quoted, printed, handed over."""
    await bot.tick()
    await bot.tick(minutes=1)
    inbox = AccountInbox(bot.context.store, 1, bot.clock)
    await answer(bot, inbox)
    await bot.tick(minutes=5)
    handles = {author.id: author.handle for author in await bot.rows(Profile)}
    ids = {handles[reply.author_id]: reply.id for reply in await bot.rows(Row)}
    await decide(bot, ids)
    await ask_more(bot)
    await bot.tick(minutes=5)
    await inbox.consented("i3", "ada", "leave-1", YES)
    workspace = desk.find_guild(bot.context, "g1").workspace
    await desk.take_back(bot.context, await find_question(bot, "what-next", workspace))
    for days in (1, 2, 0, 0):
        await bot.tick(days=days, minutes=5)
    await desk.record_use(bot.context, CONFIG_WORKSPACE, str(ids["grace"]), "https://example.org/article", by="Mara")
    await desk.digest_week_now(bot.context, date(2026, 11, 16), CONFIG_WORKSPACE)
    await bot.tick(minutes=5)
    await leave_traces(bot)
    await check_draft(bot)
    await desk.pause_all(bot.context, workspace, by="Mara")
    await inbox.answered(
        "i4", Reply("form:1:lise", 1, Author("lise", "lise", "Lise"), "We never did.", bot.clock()), None
    )


async def answer(bot: Bot, inbox: AccountInbox) -> None:
    """Below posts, by a form, by a button, in a poll."""
    habits, links = (post for post in bot.network().by_author("pullquote") if post.parent is None)
    for who in ANSWERS:
        bot.reply(who, to=habits)
    bot.reply("karl", KARL, to=links)
    bot.reply("emmy", EMMY, to=links)
    bot.reply("otto", FORGOTTEN, to=links)
    await inbox.answered("i1", Reply("form:1:lise", 1, Author("lise", "lise", "Lise"), LISE, bot.clock()), YES)
    await inbox.voted("i2", 2, "grace", 1)
    bot.network("plaza").vote(bot.root("plaza").id, "ada", 1, bot.clock())


async def decide(bot: Bot, ids: Mapping[str, int]) -> None:
    """What an editor does with answers, by the handles of their authors."""
    context = bot.context
    guild = desk.find_guild(context, "g1")
    bot.edit(next(post for post in bot.network().posts.values() if post.text == KARL), f"{KARL} Honestly.")
    bot.delete(next(post for post in bot.network().posts.values() if post.text == EMMY))
    await desk.choose_passage(context, CONFIG_WORKSPACE, ids["ada"], "nobody used it", by="Mara")
    await desk.ask_consent(context, CONFIG_WORKSPACE, ids["ada"], by="Mara", guild=guild)
    await desk.record_consent(context, CONFIG_WORKSPACE, ids["grace"], "granted", wording="yes", proof="by mail")
    await desk.record_consent(context, CONFIG_WORKSPACE, ids["alan"], "refused", wording="no", proof="by mail")
    await desk.record_credit(context, CONFIG_WORKSPACE, ids["grace"], name="Grace H.", role="engineer", said_by="Mara")
    await desk.check_source(context, CONFIG_WORKSPACE, "grace", spoken=True, by="Mara")
    await desk.decide(context, CONFIG_WORKSPACE, ids["alan"], VerdictValue.KEEP, editor="Mara")
    await desk.note_look(context, CONFIG_WORKSPACE, ids["grace"])
    await desk.ask_read_back(context, CONFIG_WORKSPACE, ids["grace"], by="Mara")
    await desk.forget_author(context, CONFIG_WORKSPACE, "otto")


async def ask_more(bot: Bot) -> None:
    """Questions that are proposed, adopted, reminded of, and an answer that is brought from elsewhere."""
    context, guild = bot.context, desk.find_guild(bot.context, "g1")
    next_one = Content(text="What next?", accounts=("square",))
    for by in ("Ada", "Bob"):
        await desk.propose(context, next_one, guild.accounts, workspace=guild.workspace, by=by)
    await desk.approve(context, await find_question(bot, "what-next", guild.workspace), by="Mara")
    theirs = bot.network().post("emmy", "What do you read, and why?", bot.clock())
    await desk.adopt(context, theirs.link, workspace=CONFIG_WORKSPACE, zone="UTC")
    links = await find_question(bot, "links")
    await desk.remind(context, links)
    given = ImportDefaults(consent="yes, quote me")
    await desk.add_reply(context, links, {"text": "We still do, for 3 clients of 40.", "author": "Sofja"}, given)


async def check_draft(bot: Bot) -> None:
    """A draft is checked, watched, and has words that the writer heard on the telephone."""
    said = (
        "“I stopped disavowing links in 2019 after a test on forty sites,” said Grace. “We never did it,” said Zelda."
    )
    report = await check_article(bot.context, CONFIG_WORKSPACE, [Paragraph(said, 1)], offline=True)
    await desk.watch_draft(bot.context, CONFIG_WORKSPACE, report, by="Mara")
    await desk.vouch_for(bot.context, CONFIG_WORKSPACE, report, 2, by="Mara")


async def find_question(bot: Bot, slug: str, workspace: str = CONFIG_WORKSPACE) -> Question:
    """A question by its slug."""
    async with bot.context.store.read() as session:
        return await desk.find_question(session, workspace, slug)


async def leave_traces(bot: Bot) -> None:
    """What other platforms leave behind: money, a community, a form that was not sent, a lease."""
    context, now = bot.context, bot.clock()
    host = AccountHost(
        store=context.store,
        account_id=1,
        folder=bot.folder,
        holder="one",
        now=bot.clock,
        hinted=lambda *_: None,
        tariff=None,
    )
    await host.spend("read", 10)
    await host.settle("read", 10, ["1", "2"])
    async with context.store.write() as session:
        await note_joined(session, 1, "g1")
        await add_form(session, "discord:g1", "Ada", {"text": "What did you stop doing?"}, now)
        await take_lease(session, "collect:1", "one", now, timedelta(minutes=5))
        await note_digests(session, [1])


def lay_key(folder: Path) -> None:
    """Put the key of the dumps where a pullquote in this folder looks for it."""
    make_folder(folder / "state")
    write_private(folder / "state" / "barred.key", KEY)


async def make(folder: Path) -> str:
    """The dump of a database that was lived in; `{folder}` stands for the folder of its digests."""
    lay_key(folder)
    database, services, clock = folder / "pullquote.db", Services(), Clock()
    bot = Bot(
        folder, f"sqlite:///{database}", clock, services, configure(folder, f"sqlite:///{database}", services, CONFIG)
    )
    await bot.open()
    await live(bot)
    await bot.close()
    with contextlib.closing(sqlite3.connect(database)) as connection:
        named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = [name for (name,) in named if not name.startswith(INDEXES) and name != "uncounted"]
        empty = [name for name in tables if not connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]]
        if empty:
            raise SystemExit(f"no row in: {', '.join(empty)}; let `live` make one")
        return "\n".join(dump_statements(connection)).replace(str(folder), "{folder}") + "\n"


def dump_statements(connection: sqlite3.Connection) -> Iterator[str]:
    """As `iterdump`, but indexes of words as they are made: their triggers fill them as the rows come."""
    named = connection.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    indexes = [sql for name, _, sql in named if name in INDEXES]
    triggers = [(table, sql) for _, table, sql in named if sql.startswith("CREATE TRIGGER") and is_of_index(sql)]
    for statement in connection.iterdump():
        if is_of_index(statement) or statement.startswith("PRAGMA writable_schema"):
            continue
        yield statement
        if statement.startswith("BEGIN"):
            yield from (f"{sql};" for sql in indexes)
        yield from (f"{sql};" for table, sql in triggers if statement.startswith(f"CREATE TABLE {table} "))


def is_of_index(statement: str) -> bool:
    """Whether it makes or fills an index of words, or is one of its triggers."""
    beginning = statement.partition("(")[0] if statement.startswith('INSERT INTO "') else statement[:400]
    return any(name in beginning for name in INDEXES)


def main() -> None:
    """Write the file of the newest version."""
    with tempfile.TemporaryDirectory() as folder:
        dump = asyncio.run(make(Path(folder)))
    (FOLDER / f"{LATEST}.sql").write_text(dump, encoding="utf-8")


if __name__ == "__main__":
    main()
