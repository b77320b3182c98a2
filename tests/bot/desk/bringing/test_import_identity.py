"""An id counts within its source; nobody's words come to stand under another's name, and nothing is overwritten."""

import pytest
from sqlalchemy import select, update

from adapters.sandbox.network import SandboxPost
from bot.desk import DeskError, import_replies, preview_import, take_import
from bot.desk.bringing.given import ImportDefaults
from storage.imports.held import load_held
from storage.models import Author, Question, Reply, Revision

MARA = ("Mara Vogel", "We stopped in 2021, and nothing moved.")
IVO = ("Ivo Brandt", "I still do it for one client only.")
ZED = ("Zed Other", "Disavow every month or you will sink.")


def rows(*people, first=1):
    return [{"id": number, "author": who, "text": text} for number, (who, text) in enumerate(people, first)]


async def test_the_same_numbers_in_another_file_are_other_people(load, said):
    await load("march.jsonl", rows(MARA, IVO))
    done = await load("april.jsonl", rows(ZED, MARA))
    assert (done.added, done.known, done.bad) == (2, 0, [])
    assert await said() == [MARA, IVO, ZED, MARA]


async def test_a_file_that_was_renamed_is_known(load):
    await load("march.jsonl", rows(MARA, IVO))
    done = await load("march (1).jsonl", rows(MARA, IVO))
    assert (done.added, done.known, done.bad) == (0, 2, [])


async def test_blanks_and_capitals_that_a_spreadsheet_changes_make_no_other_row(load):
    await load("march.jsonl", rows(MARA))
    done = await load("march.jsonl", [{"id": "1 ", "author": " mara  vogel", "text": f"{MARA[1]}\r\n"}])
    assert (done.added, done.known, done.bad) == (0, 1, [])


@pytest.mark.parametrize("other", [ZED, (MARA[0], ZED[1]), (ZED[0], MARA[1]), ("", MARA[1])])
async def test_the_same_id_twice_in_a_file_is_told_with_both_lines(load, said, other):
    done = await load("march.csv", f'id,text,author\n7,"{MARA[1]}",{MARA[0]}\n7,"{other[1]}",{other[0]}\n')
    assert (done.added, [bad.line for bad in done.bad]) == (1, [3])
    assert "the id 7 stands in line 2 too" in done.bad[0].message
    assert await said() == [MARA]


@pytest.mark.parametrize("id_", ["7", 7, 7.0, " 7 "])
async def test_a_number_and_its_text_are_one_id(load, id_):
    done = await load("march.jsonl", [{"id": 7, "text": "One."}, {"id": id_, "text": "Two."}])
    assert (done.added, [bad.line for bad in done.bad]) == (1, [2])


async def test_finding_a_row_takes_no_more_steps_among_many_replies_than_among_few(bot, load):
    if not bot.context.store.is_sqlite:
        pytest.skip("only SQLite counts its steps")
    steps = []
    for count in (20, 1_000):
        await load("march.jsonl", rows(*[MARA] * count))
        steps.append(await count_steps(bot.context.store, (await bot.row(Question)).id))
    assert steps[1] < 2 * steps[0]


async def count_steps(store, question_id):
    """Tens of steps of SQLite that it takes to find one row by its id, and one that is not there."""
    ticks = []
    async with store.read() as session:
        driver = (await (await session.connection()).get_raw_connection()).driver_connection
        (known,) = await session.scalars(select(Reply.remote_id).where(Reply.source_id == "7"))
        await driver.set_progress_handler(lambda: ticks.append(1), 10)
        found = await load_held(session, question_id, [known, "nobody's"], ["7"])
        await driver.set_progress_handler(None, 10)
    assert [each.source_id for each in found] == ["7"]
    return len(ticks)


async def test_the_same_row_twice_is_one_reply(load, said):
    done = await load("march.jsonl", [*rows(MARA), *rows(MARA)])
    assert (done.added, done.known, done.bad) == (1, 1, [])
    assert await said() == [MARA]


@pytest.mark.parametrize("other", [ZED, (MARA[0], "I changed my mind."), (ZED[0], MARA[1])])
async def test_an_id_of_the_same_source_with_another_content_is_told_and_overwrites_nothing(load, said, other):
    await load("march.jsonl", rows(MARA))
    done = await load("march.jsonl", rows(other))
    assert (done.added, done.known, [bad.line for bad in done.bad]) == (0, 0, [1])
    assert f"stored from march.jsonl already as reply 1, {MARA[0]}: “{MARA[1]}”" in done.bad[0].message
    assert f"here it is {other[0]}: “{other[1]}”" in done.bad[0].message
    assert await said() == [MARA]


async def test_another_name_of_the_source_makes_it_another_list(load, said):
    await load("march.jsonl", rows(MARA))
    done = await load("march.jsonl", rows(ZED), source="the newsletter's form")
    assert (done.added, done.bad) == (1, [])
    assert await said() == [MARA, ZED]


async def test_unknown_people_of_two_lists_are_not_one_person(bot, load):
    await load("march.jsonl", [{"id": 1, "text": "One."}])
    await load("april.jsonl", [{"id": 1, "text": "Two."}])
    assert len(await bot.rows(Author)) == 2


async def test_a_handle_keeps_its_name(load, said):
    mara, zed = {"handle": "mara", "author": MARA[0]}, {"handle": "mara", "author": ZED[0]}
    done = await load("march.jsonl", [{**mara, "text": "One."}, {**zed, "text": "Two."}])
    assert [(bad.line, bad.message.partition(";")[0]) for bad in done.bad] == [
        (2, "the handle mara is Mara Vogel's (line 1), here it is Zed Other's")
    ]
    done = await load("april.jsonl", [{**zed, "text": "Three."}, {"handle": "mara", "text": "Four."}])
    assert [bad.line for bad in done.bad] == [1]
    assert await said() == [(MARA[0], "One."), (MARA[0], "Four.")]


async def test_two_of_the_same_name_with_handles_of_their_own_are_two(load):
    ada = {"author": "Ada", "text": "Yes."}
    assert (await load("march.jsonl", [{**ada, "handle": "ada1"}, {**ada, "handle": "ada2"}])).added == 2
    assert (await load("march.jsonl", [{**ada, "handle": "ada1"}, {**ada, "handle": "ada2"}])).known == 2


async def test_what_an_older_version_stored_is_known(bot, load):
    await load("march.jsonl", [*rows(MARA), {"author": IVO[0], "text": IVO[1]}])
    async with bot.context.store.write() as session:
        first = update(Reply).where(Reply.source_id == "1")
        await session.execute(first.values(remote_id="1"))
        await session.execute(update(Reply).values(source="", source_id=""))
    done = await load("march.jsonl", [*rows(MARA), {"author": IVO[0], "text": IVO[1]}])
    assert (done.added, done.known, done.bad) == (0, 2, [])
    done = await load("april.jsonl", rows(ZED))
    assert (done.added, done.bad) == (1, [])


async def test_words_that_were_read_on_their_network_are_not_replaced_by_a_file(bot, load):
    await bot.tick(minutes=1)
    written: SandboxPost = bot.reply("ada", "We dropped AMP last March.")
    await bot.tick(minutes=10)
    reply = await bot.row(Reply)
    row = {"id": written.id, "handle": "ada", "author": "ada", "text": "We love AMP."}
    done = await load("export.jsonl", [row], network=reply.platform)
    assert [bad.line for bad in done.bad] == [1]
    done = await load("export.jsonl", [{**row, "text": "We dropped AMP last March."}], network=reply.platform)
    assert (done.added, done.known) == (0, 1)
    assert [revision.text for revision in await bot.rows(Revision)] == ["We dropped AMP last March."]


async def test_what_was_deleted_stays_so(bot, load):
    from storage.replies.replies import empty_replies

    await load("march.jsonl", rows(MARA))
    async with bot.context.store.write() as session:
        await empty_replies(session, [1], bot.clock(), purged=True)
    done = await load("march.jsonl", rows(MARA))
    assert (done.added, done.known) == (0, 1)
    assert [revision.text for revision in await bot.rows(Revision)] == [None]


async def test_an_erased_person_leaves_no_id_and_no_source(bot, load):
    from bot.desk import forget_author
    from storage.states import CONFIG_WORKSPACE

    await load("march.jsonl", [{"id": "mara@example.org", "author": MARA[0], "text": MARA[1]}])
    await forget_author(bot.context, CONFIG_WORKSPACE, MARA[0])
    assert [(reply.source, reply.source_id) for reply in await bot.rows(Reply)] == [("", "")]
    done = await load("march.jsonl", [{"id": "mara@example.org", "author": MARA[0], "text": MARA[1]}])
    assert (done.added, done.left_out) == (0, 1)


async def test_a_preview_stores_nothing_and_says_what_a_take_then_does(bot, tmp_path):
    path, question = tmp_path / "march.csv", await bot.row(Question)
    path.write_text("id,text,author\n1,One.,Ada\n1,Two.,Zed\n2,Three.,Ada\n", encoding="utf-8")
    preview = await preview_import(bot.context, question, path, ImportDefaults())
    assert await bot.rows(Reply) == []
    assert (preview.found.read, preview.found.added, [bad.line for bad in preview.found.bad]) == (3, 2, [3])
    done = await take_import(bot.context, preview)
    assert (done.read, done.added, done.bad) == (3, 2, preview.found.bad)


async def test_a_file_that_changed_since_its_preview_is_not_taken(bot, tmp_path):
    path, question = tmp_path / "march.csv", await bot.row(Question)
    path.write_text("text\nOne.\n", encoding="utf-8")
    preview = await preview_import(bot.context, question, path, ImportDefaults())
    path.write_text("text\nTwo.\n", encoding="utf-8")
    with pytest.raises(DeskError, match="it was changed since"):
        await take_import(bot.context, preview)
    assert await bot.rows(Reply) == []


@pytest.mark.parametrize("given", [{"source": "x" * 201}, {"network": "a\nb"}, {"network": ""}, {"network": "a\0b"}])
async def test_a_name_that_no_database_takes_is_refused(bot, tmp_path, given):
    path = tmp_path / "march.csv"
    path.write_text("text\nOne.\n", encoding="utf-8")
    with pytest.raises(DeskError, match="needs a name of at most"):
        await import_replies(bot.context, await bot.row(Question), path, ImportDefaults(**given))
