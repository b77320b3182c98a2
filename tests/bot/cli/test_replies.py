import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

from tests.bot.cli.conftest import ANSWER


def ids(pullquote):
    """By author."""
    return {reply["handle"]: reply["id"] for reply in json.loads(pullquote.done("replies", "--json"))}


def test_each_reply_is_shown_with_its_verdict_and_a_reason_as_a_sentence(asked):
    shown = asked.done("replies")
    assert "This reply only agrees: “+1”." in shown
    assert "https://sandbox.example/post/sandbox-2" in shown
    assert "keep" in shown
    assert "aside" in shown


def test_replies_are_searched_by_words_of_text_or_author(asked):
    assert "3 replies" not in asked.done("replies", "amp")
    assert ANSWER[:20] in asked.done("replies", "ADA")
    assert asked.done("replies", "nothing like it") == "no reply matches\n"


def test_replies_are_found_by_verdict(asked):
    judged = {value: json.loads(asked.done("replies", "--verdict", value, "--json")) for value in ("keep", "aside")}
    assert [reply["handle"] for reply in judged["keep"]] == ["ada"]
    assert {reply["handle"] for reply in judged["aside"]} == {"grace", "alan"}
    assert asked.done("replies", "--verdict", "none", "--json").strip() == "[]"


def test_a_search_for_the_name_of_a_question_names_the_option(asked):
    question = json.loads(asked.done("questions", "--json"))[0]["slug"]
    assert f"--question {question}\n" in asked.done("replies", question)


def test_a_verdict_that_no_reply_has_is_not_told_as_no_reply(asked):
    assert asked.done("replies", "--verdict", "none") == "no reply matches\n"


def test_why_tells_every_reason_with_its_weight(asked):
    shown = asked.done("replies", "--why", ids(asked)["grace"])
    assert "-5.00  This reply only agrees" in shown


def test_why_tells_who_decided_and_what_the_rules_said(asked):
    reply = ids(asked)["ada"]
    asked.done("aside", reply, "--reason", "known from elsewhere", "--by", "grace")
    shown = asked.done("replies", "--why", reply)
    assert "decided by grace: known from elsewhere" in shown
    assert "speaks from experience" in shown


def test_a_reply_cannot_steer_the_terminal(asked, square):
    square.reply("mallory", "We tried \x1b[2Jit for three years, because\u202e it was cheap.")
    square.network.join("mallory", "M\x1b]0;owned\x07")
    asked.done("collect")
    shown = asked.done("replies")
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)


def test_a_deleted_reply_is_listed_without_its_text(asked, square):
    square.network.delete("sandbox-2", datetime.now(UTC))  # noqa: TID251
    asked.done("collect")
    shown = asked.done("replies")
    assert "[deleted: there is no text]" in shown
    assert "AMP" not in shown


def test_a_rule_of_an_older_pullquote_is_named(asked):
    with closing(sqlite3.connect(asked.folder / "pullquote.db")) as database, database:
        database.execute("UPDATE verdicts SET reasons = replace(reasons, 'plus_one', 'gone_rule')")
    assert "was judged by your own rule gone_rule" in asked.done("replies", "--why", ids(asked)["grace"])


def test_an_unknown_reply_is_told(asked):
    shown = asked("replies", "--why", 99)
    assert shown.code == 1
    assert "there is no reply 99" in shown.err


def test_without_a_question_it_says_what_to_do(empty_folder):
    shown = empty_folder("replies")
    assert shown.code == 1
    assert "pullquote adopt LINK" in shown.err


# ---------------------------------------------------------------- verdicts


def test_an_editors_verdict_stands_until_it_is_restored(asked):
    reply = ids(asked)["grace"]
    assert asked.done("keep", reply, "--by", "ada") == f"{reply}: keep by ada\n"
    assert asked.done("maybe", reply, "--by", "ada") == f"{reply}: maybe by ada\n"
    assert asked.done("restore", reply) == f"{reply}: aside, as the rules say\n"


def test_setting_aside_needs_a_reason(asked):
    shown = asked("aside", ids(asked)["ada"])
    assert shown.code == 2
    assert "--reason" in shown.err


def test_the_login_name_is_the_editor_by_default(asked, monkeypatch):
    monkeypatch.setenv("LOGNAME", "grace")
    assert asked.done("keep", ids(asked)["ada"]).endswith("keep by grace\n")


def test_there_is_nothing_to_restore_where_no_editor_decided(asked):
    assert asked("restore", ids(asked)["ada"]).code == 1


def test_an_edit_after_an_editors_verdict_is_told(asked, square):
    asked.done("keep", ids(asked)["ada"], "--by", "grace")
    square.network.edit("sandbox-2", "We never said that, because it was 2019.", datetime.now(UTC))  # noqa: TID251
    asked.done("collect")
    assert "This reply was edited after grace judged it." in asked.done("replies", "never said")


def test_what_is_hardly_worth_reading_is_listed_and_an_editors_keep_brings_it_back(asked):
    reply = ids(asked)["ada"]
    assert asked.done("replies", "--ranked-out") == "no reply matches\n"
    with closing(sqlite3.connect(asked.folder / "pullquote.db")) as connection, connection:
        connection.execute("UPDATE verdicts SET quotable = false")
    shown = asked.done("replies", "--ranked-out")
    assert "hardly worth reading" in shown
    assert "1 reply;" in shown  # what was set aside is not among it
    assert "0 of" in asked.done("questions")
    asked.done("keep", reply)
    assert asked.done("replies", "--ranked-out") == "no reply matches\n"
    assert "1 of" in asked.done("questions")


def test_the_whole_mail_stands_below_why_with_what_is_not_its_authors_marked(asked, tmp_path):
    mail = tmp_path / "answer.eml"
    mail.write_text(
        "From: Mary <mary@example.org>\nMessage-ID: <1@example.org>\nDate: Mon, 16 Nov 2026 08:30:00 +0000\n\n"
        "We stopped the weekly review.\n\nOn Mon, Nov 16, 2026 at 8:00 AM Mara <\nmara@newsroom.example> wrote:\n"
        "> What did you stop doing?\n"
    )
    asked.done("import", "stopped", str(mail), "--yes")
    found = json.loads(asked.done("replies", "stopped", "--json"))
    (number,) = [each["id"] for each in found if each["author"] == "Mary"]
    shown = asked.done("replies", "--why", str(number)).splitlines()
    assert "    We stopped the weekly review." in shown
    assert "  ┊ On Mon, Nov 16, 2026 at 8:00 AM Mara <" in shown
    assert "  ┊ > What did you stop doing?" in shown
