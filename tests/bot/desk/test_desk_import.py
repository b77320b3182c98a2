"""What came by mail, form or another tool: the good rows are kept, each bad one is named with its line."""

import json

import pytest

from bot.desk import DeskError, add_reply, import_replies
from bot.desk.answers.imports import BATCH, ImportDefaults
from storage.models import Author, Consent, Question, Reply, Revision


@pytest.fixture
async def load(bot, tmp_path):
    """Import a file of this text into the question."""

    async def load(name, content, question=None, **given):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return await import_replies(bot.context, question or await bot.row(Question), path, ImportDefaults(**given))

    return load


def lines(*rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


async def texts(bot):
    return [revision.text for revision in await bot.rows(Revision)]


async def test_a_csv_file_is_read_with_its_columns(bot, load):
    done = await load(
        "mail.csv",
        "id,text,author,handle,link,at\n"
        '1,"We stopped, at last.",Ada,ada,https://mail.example/1,2026-11-16T09:30\n'
        "2,Never began.,Grace,,,2026-11-16T09:30+01:00\n",
        network="mail",
        link="https://mail.example/",
    )
    assert (done.read, done.added, done.bad) == (2, 2, [])
    first, second = await bot.rows(Reply)
    assert (first.platform, first.origin, first.link) == ("mail", "imported", "https://mail.example/1")
    assert (f"{first.posted_at:%H:%M}", f"{second.posted_at:%H:%M}") == ("09:30", "08:30")
    assert second.link == "https://mail.example/"
    assert [(author.display_name, author.handle) for author in await bot.rows(Author)] == [
        ("Ada", "ada"),
        ("Grace", ""),
    ]
    assert await texts(bot) == ["We stopped, at last.", "Never began."]


@pytest.mark.parametrize("delimiter", [";", "\t"])
async def test_a_csv_file_of_a_spreadsheet_is_read_whatever_divides_it(bot, load, delimiter):
    rows = [["Text", " Author "], ["“We stopped, at last.”", "Ada"], ['"Never, they said."', "Grace"]]
    content = "\n".join(delimiter.join(row) for row in rows)
    done = await load("mail.csv", f"\ufeff{content}\n")
    assert (done.read, done.added, done.unread) == (2, 2, [])
    assert await texts(bot) == ["“We stopped, at last.”", "Never, they said."]
    assert [author.display_name for author in await bot.rows(Author)] == ["Ada", "Grace"]


async def test_a_text_that_its_file_cuts_or_joins_is_a_bad_row(bot, load):
    content = (
        'text,author\nWe stopped, at last,Ada\n"We" stopped,Ada\n\n"Two\nlines.",Grace\nfine,,\n"no end,Alan\nlost\n'
    )
    done = await load("mail.csv", content)
    assert [(each.line, each.message.partition(";")[0]) for each in done.bad] == [
        (2, "has 3 cells, the first line names 2"),
        (3, "is not CSV: ',' expected after '\"'"),
        (8, "is not CSV: unexpected end of data"),
    ]
    assert await texts(bot) == ["Two\nlines.", "fine"]
    assert done.read == 5


async def test_columns_that_nothing_reads_are_told_in_their_own_letters(load):
    done = await load("form.jsonl", lines({"text": "One.", "Mood": "grim"}, {"text": "Two.", "Posted at": "now"}))
    assert done.unread == ["Mood", "Posted at"]


async def test_json_lines_are_read_with_moments_as_text_or_number(bot, load):
    done = await load(
        "form.jsonl",
        lines({"text": "One.", "at": 1763283600}, {"text": "Two.", "at": "2026-11-16T09:30Z", "mood": "grim"}),
    )
    assert (done.added, done.bad) == (2, [])
    assert f"{(await bot.rows(Reply))[0].posted_at:%Y-%m-%dT%H:%M}" == "2025-11-16T09:00"


async def test_bad_rows_are_named_with_their_lines_and_the_good_ones_kept(bot, load):
    bad = [
        "{not json",
        '["a", "list"]',
        '{"author": "Ada"}',
        '{"text": "   "}',
        '{"text": 5}',
        '{"text": "When?", "at": true}',
        '{"text": "half \\ud83d a pair"}',
        '{"text": "a \\u0000 in it"}',
        '{"text": "Who?", "author": "\\udc00"}',
        json.dumps({"text": "x" * 50_001}),
        json.dumps({"text": "Who?", "id": "x" * 501}),
        '{"text": "How many?", "at": ' + "9" * 5000 + "}",
        "[" * 100_000,
    ]
    good = [json.dumps({"text": f"good {number}"}) for number in range(len(bad))]
    done = await load("form.jsonl", "\n".join(line for pair in zip(bad, good, strict=True) for line in pair))
    assert [each.line for each in done.bad] == list(range(1, 2 * len(bad), 2))
    assert (done.read, done.added) == (2 * len(bad), len(good))
    assert await texts(bot) == [f"good {number}" for number in range(len(bad))]
    assert "'at' is true or false" in done.bad[5].message


@pytest.mark.parametrize("at", ['"yesterday"', "1e300", "Infinity", '"0001-01-01T00:00:00+10:00"', '"20.11."', "7"])
async def test_no_row_is_refused_for_its_moment(bot, load, at):
    done = await load("form.jsonl", f'{{"text": "When?", "at": {at}}}\n')
    assert (done.added, done.bad, done.undated) == (1, [], 1)
    (reply,) = await bot.rows(Reply)
    assert (reply.posted_at, reply.extra) == (bot.context.now(), {"undated": "its time could not be read"})


async def test_bad_rows_of_a_csv_file_are_named_with_their_lines(bot, load):
    content = "text,at\nfine für,\nf".encode() + b"\xfcr,\n,\nlate,never\n" + b"x" * 200_000 + b",\nfine too,\n"
    done = await load("mail.csv", content)
    assert [each.line for each in done.bad] == [3, 4, 6]
    assert "UTF-8" in done.bad[0].message
    assert await texts(bot) == ["fine für", "late", "fine too"]


async def test_one_bad_row_costs_none_of_its_batch(bot, load):
    rows = [{"text": f"answer {number}"} for number in range(BATCH + 3)]
    rows[BATCH // 2]["text"] = "  "
    done = await load("form.jsonl", lines(*rows))
    assert (done.added, [each.line for each in done.bad]) == (BATCH + 2, [BATCH // 2 + 1])


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("form.xlsx", "text\n", "save it as .csv or .jsonl"),
        ("mail.csv", "author,at\nada,\n", "the first line must name the columns"),
        ("mail.csv", b"\x00" * 200_000, "the first line must name the columns"),
        ("mail.csv", "", "the first line must name the columns"),
    ],
)
async def test_a_file_that_is_no_list_of_replies_is_refused(load, name, content, message):
    with pytest.raises(DeskError, match=message):
        await load(name, content)


async def test_a_file_that_is_not_there_is_refused(bot, tmp_path):
    with pytest.raises(DeskError, match="there is no such file"):
        await import_replies(bot.context, await bot.row(Question), tmp_path / "none.csv", ImportDefaults())


async def test_a_second_import_adds_nothing(bot, load):
    content = lines({"text": "One.", "author": "Ada"}, {"id": 7, "text": "Two."}, {"text": "Three."})
    await load("form.jsonl", content)
    done = await load("form.jsonl", content)
    assert (done.added, done.known) == (0, 3)
    assert len(await bot.rows(Revision)) == 3


async def test_the_same_words_of_two_people_are_two_answers_and_unknown_people_are_nobody_in_common(bot, load):
    await load("form.jsonl", lines({"text": "Yes.", "author": "Ada"}, {"text": "Yes.", "author": "Grace"}))
    await load("more.jsonl", lines({"text": "One."}, {"text": "Two."}))
    assert len(await bot.rows(Author)) == 4


async def test_consent_is_recorded_with_its_words_for_the_new_replies_of_this_question_only(open_bot, tmp_path):
    bot = await open_bot(questions={"one": {"at": "2026-12-01T08:00"}, "two": {"at": "2026-12-01T08:00"}})
    one, two = await bot.rows(Question)
    path = tmp_path / "form.jsonl"
    path.write_text(lines({"id": "1", "text": "We stopped."}))
    await import_replies(bot.context, one, path, ImportDefaults())
    await import_replies(bot.context, two, path, ImportDefaults(consent="You may print this."))
    await import_replies(bot.context, two, path, ImportDefaults(consent="You may print this."))
    consent = await bot.row(Consent)
    (mine,) = [reply for reply in await bot.rows(Reply) if reply.question_id == two.id]
    revisions = {revision.id: revision.reply_id for revision in await bot.rows(Revision)}
    assert revisions[consent.revision_id] == mine.id
    assert (consent.state, consent.wording) == ("granted", "You may print this.")


async def test_no_quote_beside_a_consent_is_a_refusal(bot, load):
    from bot.digest.usable import count_usable

    await load("form.jsonl", lines({"text": "We stopped in 2019. Please do not quote me."}), consent="May be printed.")
    await bot.tick(minutes=1)
    (found,) = await count_usable(bot.context.store, 1, bot.context.capabilities)
    assert found.answers == 0


async def test_one_reply_is_added_by_hand(bot):
    question = await bot.row(Question)
    assert await add_reply(bot.context, question, {"text": "We stopped.", "author": "Ada"}, ImportDefaults()) is True
    assert await add_reply(bot.context, question, {"text": "We stopped.", "author": "Ada"}, ImportDefaults()) is False
    with pytest.raises(DeskError, match="'text' is missing or empty"):
        await add_reply(bot.context, question, {"text": ""}, ImportDefaults())
