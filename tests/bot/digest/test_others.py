"""Numbers of quotes, and the answers that are not among them: every answer that may be quoted stands in every file."""

import csv
import io
import json

import pytest
from sqlalchemy import select

from bot.digest import FORMATS, render
from bot.digest.formats.json import load_schema
from bot.quotes import Edition
from storage import models
from tests.bot.digest.reading import read_format, read_formats

SAID = [f"We tried {what} for {number} weeks and kept it." for number, what in enumerate(
    ["flags", "canaries", "drills", "mirrors", "ledgers", "snapshots", "rollbacks", "pagers", "budgets", "alarms",
     "shadows", "queues", "mutexes", "replicas"], 2,
)]  # fmt: skip


@pytest.fixture
async def asked(stage):
    question = await stage.question(options=[], language="en")
    for number, text in enumerate(SAID):
        await stage.reply(question, text, await stage.author(f"Name{number} Surname"), score=0.9 - number / 100)
    return question


@pytest.mark.parametrize("edition", list(Edition))
async def test_every_answer_that_may_be_quoted_stands_in_every_file(stage, asked, edition):
    model = await stage.digest(asked, edition, most_quotes=3)
    for name, text in read_formats(model).items():
        missing = [said for said in SAID if said not in text]
        assert not missing, name


async def test_a_number_means_the_same_quote_in_every_format(stage, asked):
    model = await stage.digest(asked, most_quotes=3)
    block = model.selection.blocks[0]
    numbered = [*block.quotes, *block.left_out, *block.others]
    assert [each.number for each in numbered] == list(range(1, len(SAID) + 1))
    third = block.quotes[2].passages[0].text
    described = json.loads(render(model, "json"))["questions"][0]
    assert (described["quotes"][2]["number"], described["quotes"][2]["text"]) == (3, [third])
    head, *rows = csv.reader(io.StringIO(render(model, "csv").decode("utf-8-sig")))
    assert {row[head.index("Number")]: row[head.index("Quote")] for row in rows}["3"] == third
    assert f"**3**\n\n> {third}" in render(model, "markdown").decode()
    page = render(model, "html").decode()
    figure = page[page.index('<figure id="quote-3">') :].partition("</figure>")[0]
    assert third in figure
    assert '<a class="number" href="#quote-3">3</a>' in figure
    assert 'w:name="quote_3"' in read_format(model, "docx")


async def test_the_edition_to_share_has_places_and_tells_no_numbers_rules_or_commands(stage, asked):
    await stage.reply(asked, "Buy it.", await stage.author("Zed"), verdict="aside", rule="acme.private_rule")
    model = await stage.digest(asked, Edition.PUBLIC, most_quotes=3)
    page, text = render(model, "html").decode(), render(model, "markdown").decode()
    assert 'id="quote-3"' in page
    assert 'class="number"' not in page
    for word in ("acme", "private rule", "by the rule", "Rules", "pullquote keep", "Reply ", "schema:", "Stance"):
        assert word not in text
        assert word not in page
    assert "1 for another reason" in text


async def test_a_number_stays_when_another_quote_is_withdrawn(stage, asked):
    digest_id = await stage.compile(asked, most_quotes=3)
    gone = (await stage.load(digest_id)).selection.blocks[0].quotes[0].passages[0]
    before = {quote.passages[0].reply_id: quote.number for quote in list_numbered(await stage.load(digest_id))}
    await stage.change(models.Reply, gone.reply_id, state="deleted")
    after = {quote.passages[0].reply_id: quote.number for quote in list_numbered(await stage.load(digest_id))}
    assert after == {reply_id: number for reply_id, number in before.items() if reply_id != gone.reply_id}


def list_numbered(model):
    block = model.selection.blocks[0]
    return [*block.quotes, *block.others]


async def test_what_is_deleted_goes_from_the_list_of_the_others(stage, asked):
    digest_id = await stage.compile(asked, most_quotes=3)
    gone = (await stage.load(digest_id)).selection.blocks[0].others[-1].passages[0]
    await stage.change(models.Reply, gone.reply_id, state="deleted")
    for name, text in read_formats(await stage.load(digest_id)).items():
        assert gone.text not in text, name


async def test_a_digest_that_an_older_pullquote_stored_is_read_and_makes_no_revision(stage):
    question = await stage.question(options=[])
    await stage.reply(question, SAID[0])
    digest_id = await stage.compile(question)
    async with stage.store.write() as session:
        row = await session.scalar(select(models.Digest))
        selection = json.loads(json.dumps(row.selection))
        for block in selection["blocks"]:
            del block["others"]
            for quote in block["quotes"]:
                del quote["number"], quote["not_reread"]
        row.selection = selection
    assert SAID[0] in render(await stage.load(digest_id), "markdown").decode()
    assert await stage.compile(question) == digest_id


async def test_counters_of_a_thread_are_no_words_of_the_quote(stage):
    question = await stage.question(options=[])
    first = await stage.reply(question, "1/3 of my clients left.\n\n(1/2)")
    await stage.reply(question, "They came back. (2/2)", parent=first)
    for edition in Edition:
        (quote,) = (await stage.digest(question, edition)).selection.blocks[0].quotes
        assert [passage.text for passage in quote.passages] == ["1/3 of my clients left.", "They came back."]
        assert not quote.abridged


async def test_where_posts_are_quoted_whole_a_counter_stays(stage):
    question = await stage.question(options=[])
    ada = await stage.author(platform="x")
    first = await stage.reply(question, "We audit links. 1/2", ada)
    await stage.reply(question, "It pays. 2/2", ada, parent=first)
    (quote,) = (await stage.digest(question)).selection.blocks[0].quotes
    assert [passage.text for passage in quote.passages] == ["We audit links. 1/2", "It pays. 2/2"]


async def test_the_votes_are_told_once(stage):
    question = await stage.question(options=["Yes", "No"])
    await stage.tally(await stage.post(question), (373, 11))
    await stage.reply(question, "No. It costs too much.")
    for edition in Edition:
        files = read_formats(await stage.digest(question, edition))
        assert files["markdown"].count("373") == 1
        shown = files["html"].partition("<details>")[0].partition("<main>")[2]
        assert shown.count(">373") == 1


def test_the_schema_tells_of_the_others():
    assert "others" in load_schema()["$defs"]["question"]["required"]
    assert set(FORMATS) == {"html", "markdown", "docx", "csv", "json"}
