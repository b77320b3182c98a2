"""Decoys of a question: judged with, never posted, never shown to others; and what a change of them makes again."""

import json
import sys

import pytest
from sqlalchemy import delete, update

from bot import desk
from bot.desk import DeskError
from bot.desk.asking import decoys as asked_decoys
from bot.filter.values import JudgedQuestion
from bot.replies.judge import judge_question
from storage.models import EditorAct, Event, Outline, Question, QuestionVersion, Reply, Revision, Verdict
from storage.states import CONFIG_WORKSPACE, VerdictValue

DECOY = "It depends on your team: communicate clearly, and measure what matters."
TEXT = "What did you stop doing, and what happened?"


def question_with(**keys):
    return {"habits": {"at": "2026-11-16T08:01", "text": TEXT, "language": "en", **keys}}


async def ask(open_bot, **keys):
    """A pullquote with one question that is out and one reply that is judged."""
    bot = await open_bot(questions=question_with(**keys))
    await bot.tick(minutes=2)
    bot.reply("ada")
    await bot.tick(minutes=6)
    return bot


async def add(bot, *texts, **options):
    return await desk.add_decoys(bot.context, await bot.row(Question), texts, by="Mara", **options)


def hear(bot):
    """What the filter is asked from now on."""
    usual, heard = bot.context.judges, []

    class Listening:
        async def judge(self, asked, read, stored):
            heard.append((asked, [wording async for batch in read() for wording in batch]))
            async for batch in usual.judge(asked, read, stored):
                yield batch

        async def make_prints(self, texts):
            return await usual.make_prints(texts)

    bot.context.judges = Listening()
    return heard


async def test_the_filter_gets_options_language_and_the_decoys_of_the_config_and_of_editors(open_bot):
    bot = await ask(open_bot, options=("a", "b"), decoys=(DECOY,), language="de")
    await add(bot, "Another one.", DECOY)
    heard = hear(bot)
    await bot.tick(minutes=1)
    assert [asked for asked, _ in heard] == [JudgedQuestion(TEXT, ("a", "b"), "de", (DECOY, "Another one."))]


async def test_the_filter_gets_the_language_of_each_wording(open_bot):
    bot = await ask(open_bot)
    async with bot.context.store.write() as session:
        await session.execute(update(Revision).values(language="pt-BR"))
        await session.execute(delete(Outline))
        await session.execute(update(Question).values(judged_at=None))
    heard = hear(bot)
    await judge_question(bot.context, 1)
    ((_, wordings),) = heard
    assert [each.language for each in wordings] == ["pt-BR"]


async def test_other_decoys_in_the_config_judge_again_and_post_nothing(open_bot):
    bot = await ask(open_bot)
    posts = len(bot.network().posts)
    (before,) = await bot.rows(Verdict)
    await bot.restart(questions=question_with(decoys=(DECOY,)))
    done = await bot.tick()
    assert done.judged == 1
    assert (await bot.rows(Verdict))[-1].rules_hash != before.rules_hash
    (version,) = await bot.rows(QuestionVersion)
    assert version.content["decoys"] == [DECOY]
    await bot.tick(hours=2)
    assert len(bot.network().posts) == posts
    await bot.restart(questions=question_with(decoys=(DECOY,)))
    assert (await bot.tick()).judged == 0
    await bot.restart(questions=question_with())
    assert (await bot.tick()).judged == 1
    assert (await bot.rows(Verdict))[-1].rules_hash == before.rules_hash


async def test_decoys_of_an_editor_judge_again_at_the_next_tick_and_survive_a_restart(open_bot):
    bot = await ask(open_bot)
    (before,) = await bot.rows(Verdict)
    await add(bot, DECOY)
    await bot.restart()
    assert [(each.text, each.by) for each in await desk.list_decoys(bot.context, await bot.row(Question))] == [
        (DECOY, "Mara")
    ]
    assert (await bot.tick()).judged == 1
    assert (await bot.rows(Verdict))[-1].rules_hash != before.rules_hash
    assert (await bot.tick()).judged == 0
    assert await desk.clear_decoys(bot.context, await bot.row(Question), by="Mara") == 1
    assert (await bot.tick()).judged == 1


async def test_what_is_set_of_the_filter_judges_again(open_bot):
    bot = await ask(open_bot)
    await bot.restart(filter={"phrases": {"own": {"weight": -2, "phrases": ["nobody used it", "because"]}}})
    assert (await bot.tick()).judged == 1
    reasons = (await bot.rows(Verdict))[-1].reasons
    (own,) = [reason for reason in reasons if reason["rule"] == "own_phrase"]
    assert own["weight"] == -2
    await bot.restart(filter={})
    assert (await bot.tick()).judged == 1


async def test_an_editors_verdict_stands_over_all_that_judges_again(open_bot):
    bot = await ask(open_bot)
    reply = await bot.row(Reply)
    await desk.decide(bot.context, CONFIG_WORKSPACE, reply.id, VerdictValue.ASIDE, editor="Mara")
    assert (await desk.explain(bot.context, CONFIG_WORKSPACE, reply.id)).verdict == "aside"
    await add(bot, DECOY)
    assert (await bot.tick()).judged == 1
    assert (await desk.explain(bot.context, CONFIG_WORKSPACE, reply.id)).verdict == "aside"


async def test_an_act_says_who_changed_them_and_repeats_no_word(open_bot):
    bot = await ask(open_bot)
    await add(bot, DECOY)
    await add(bot, DECOY)  # nothing is new
    (act,) = await bot.rows(EditorAct)
    assert (act.kind, act.subject, act.by) == ("decoys", "question habits", "Mara")
    assert DECOY not in json.dumps(act.before)


async def test_replacing_leaves_those_of_the_config(open_bot):
    bot = await ask(open_bot, decoys=(DECOY,))
    await add(bot, "One.", "Two.")
    left = await add(bot, "Three.", replace=True)
    assert [each.text for each in left] == [DECOY, "Three."]


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (["x" * 5001], "text 2 has 5,001 characters; write at most 5,000"),
        ([" \x07 "], "text 2 is empty"),
        ([f"text {number}" for number in range(10)], "there are 11 texts; write at most 10"),
    ],
)
async def test_too_much_is_refused_and_nothing_is_added(open_bot, texts, told):
    bot = await ask(open_bot, decoys=(DECOY,))
    with pytest.raises(DeskError, match=told):
        await add(bot, *texts)
    assert (await bot.row(Question)).decoys == []
    assert (await bot.tick()).judged == 0


async def test_decoys_stand_in_no_post_and_in_no_digest(open_bot):
    bot = await open_bot(
        questions=question_with(decoys=(DECOY,), closes_after="1d"),
        formats=("json", "html", "markdown", "csv"),
        public=("json", "markdown"),
    )
    await bot.tick(minutes=2)
    bot.reply("ada")
    await bot.tick(minutes=6)
    await add(bot, "A machine would say this.")
    await bot.tick(hours=25)
    written = [path for path in bot.folder.rglob("*") if path.suffix in {".json", ".html", ".md", ".csv"}]
    assert len(written) >= 5
    said = [*(path.read_text(encoding="utf-8") for path in written), *(p.text for p in bot.network().posts.values())]
    assert not [text for text in said if DECOY[:20] in text or "A machine would" in text]


# ---------------------------------------------------------------- a rule that goes wrong


async def test_a_fault_in_an_own_rule_is_told_once_and_loses_no_reply(open_bot, monkeypatch):
    bot = await open_bot(questions=question_with())
    usual = bot.context.judges
    usual.settings = type(usual.settings)(plug_ins=("newsroom",))
    await bot.tick(minutes=2)
    bot.reply("ada")
    await bot.tick(minutes=6)
    bot.reply("grace")
    await bot.tick(minutes=6)
    assert {verdict.revision_id for verdict in await bot.rows(Verdict)} == {1, 2}
    told = [event.message for event in await bot.rows(Event) if event.kind == "filter rule"]
    why = "it is not installed any more; replies are judged without it: mend the package, or uninstall it"
    assert told == [f"the filter rule newsroom: {why}"]


# ---------------------------------------------------------------- the command


def script(tmp_path, code):
    path = tmp_path / "a model.py"
    path.write_text(code, encoding="utf-8")
    return f"'{sys.executable}' '{path}' '$HOME;'"


async def fetch(open_bot, command):
    bot = await open_bot(questions=question_with(options=("a", "b")), filter={"decoy_command": command})
    return await desk.fetch_decoy(bot.context, await bot.row(Question))


async def test_a_command_gets_the_question_and_no_shell_reads_it(open_bot, tmp_path):
    code = "import sys; print(sys.stdin.read().upper(), sys.argv[1:])"
    assert await fetch(open_bot, script(tmp_path, code)) == f"{TEXT.upper()}\nA\nB ['$HOME;']"


async def test_what_it_says_is_text_without_control_characters_and_cut(open_bot, tmp_path):
    code = "import sys; sys.stdout.buffer.write(b'\\x1b[31mRed\\x1b[0m \\x1b]0;title\\x07\\xff\\x00 {x} $(id)' + b' word' * 2000)"
    said = await fetch(open_bot, script(tmp_path, code))
    assert said.startswith("Red \ufffd {x} $(id) word")
    assert 4990 < len(said) <= 5000


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("import sys; sys.exit('no key is set')", "failed with exit code 1: no key is set"),
        ("", "answered nothing"),
        ("while True: print('x' * 1000)", "answered more than 64 KiB: it was stopped"),
        ("import sys\nsys.stdin.close()\nprint('x' * 99, file=sys.stderr)\nsys.exit(3)", "failed with exit code 3"),
    ],
)
async def test_a_command_that_fails_is_told(open_bot, tmp_path, code, told):
    with pytest.raises(DeskError, match=told):
        await fetch(open_bot, script(tmp_path, code))


async def test_a_command_that_is_not_there_is_told(open_bot):
    with pytest.raises(DeskError, match="no-such-program -x cannot be run: No such file"):
        await fetch(open_bot, "no-such-program -x")


async def test_without_a_command_nothing_is_fetched(open_bot):
    with pytest.raises(DeskError, match="decoy_command"):
        await fetch(open_bot, "")


async def test_a_command_that_takes_too_long_is_stopped():
    sleeping = [sys.executable, "-c", "import time; time.sleep(60)"]
    with pytest.raises(DeskError, match="has not answered within 0 seconds"):
        await asked_decoys.run_command(sleeping, "?", patience=0.2)
