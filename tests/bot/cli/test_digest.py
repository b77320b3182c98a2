import json
from pathlib import Path

from sqlalchemy import create_engine, text


def move_close_into_the_past(pullquote):
    engine = create_engine(f"sqlite:///{pullquote.folder / 'pullquote.db'}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE posts SET closes_at = '2020-01-01 00:00:00.000000'"))
    engine.dispose()


def test_one_pass_from_the_network_to_the_files(pullquote, square):
    pullquote.done("ask", "What did you stop doing?", "--slug", "stopped", "--yes")
    square.reply("ada", "We dropped AMP last March because nobody used it. Traffic stayed flat, revenue rose 12%.")
    shown = pullquote.done("digest")
    assert "1 answer came in on Sandbox" in shown
    paths = [Path(line.strip()) for line in shown.splitlines() if line.startswith("  ")]
    assert [path.name.split(" - ", 2)[-1] for path in paths] == ["preview - for you.html", "preview - to share.docx"]
    assert "We dropped AMP" in paths[0].read_text(encoding="utf-8")


def test_the_digest_of_an_open_question_is_a_preview(asked):
    assert " - preview - " in asked.done("digest", "stopped")


def test_a_question_whose_time_is_over_is_closed_and_gets_its_final_digest(asked):
    move_close_into_the_past(asked)
    told = json.loads(asked.done("digest", "stopped", "--json"))
    assert told["final"]
    assert not any("preview" in path for paths in told["files"].values() for path in paths)
    assert "1 closed" in asked.done("questions")


def test_where_the_network_cannot_be_reached_what_is_stored_is_used_and_it_says_so(asked, square):
    asked.configure((asked.folder / "config.toml").read_text().replace(square.url, "http://127.0.0.1:9"))
    shown = asked("digest", "stopped")
    assert shown.code == 0
    assert "3 answers came in" in shown.out
    assert "the digest was made from what is stored" in " ".join(shown.err.split())


def test_offline_asks_no_network(asked, square):
    square.reply("mallory", "We were too late, because it was 2020 already.")
    calls = len(square.service.conduct.calls)
    assert "3 answers came in" in asked.done("digest", "stopped", "--offline")
    assert len(square.service.conduct.calls) == calls


def test_other_formats_are_there_for_the_asking(asked):
    told = json.loads(asked.done("digest", "--offline", "--json", "--format", "markdown", "--format", "csv"))
    kinds = {edition: [Path(path).suffix for path in paths] for edition, paths in told["files"].items()}
    assert kinds == {"private": [".md", ".csv"], "public": [".md", ".csv"]}
    assert all(Path(path).exists() for paths in told["files"].values() for path in paths)


def test_a_format_that_there_is_not_is_wrong_use_and_says_which_there_are(asked):
    shown = asked("digest", "--format", "pdf")
    assert shown.code == 2
    assert "'markdown'" in shown.err


def test_a_week_by_any_of_its_days(asked):
    assert "Week of 16 to 22 November 2026" in asked.done("digest", "--week", "2026-11-18")


def test_a_date_that_is_none_is_wrong_use(asked):
    assert asked("digest", "--week", "monday").code == 2


def test_a_question_and_a_week_exclude_each_other(asked):
    assert asked("digest", "stopped", "--week").code == 2


def test_without_a_question_it_says_what_to_do(empty_folder):
    shown = empty_folder("digest")
    assert shown.code == 1
    assert "pullquote adopt LINK" in shown.err


# ---------------------------------------------------------------- adopting


def test_a_link_becomes_a_question_with_its_replies(pullquote, square):
    post = square.post("ada", "Which editor do you use, and why?")
    square.reply("grace", "Vim, because in 2004 our servers had nothing else.", to=post.id)
    shown = pullquote.done("adopt", post.link)
    assert "Which editor do you use" in shown
    assert "adopted as which-editor-do-you-use-and-why, 1 reply there" in shown
    assert "1 new reply" in shown
    assert "next: pullquote digest which-editor-do-you-use-and-why" in shown
    assert "1 answer came in" in pullquote.done("digest")


def test_adopting_again_gives_the_same_question(pullquote, square):
    link = square.post("ada", "Which editor?").link
    pullquote.done("adopt", link, "--slug", "editors")
    assert "known already as editors" in pullquote.done("adopt", link)


def test_a_link_that_is_no_post_is_told(pullquote):
    shown = pullquote("adopt", "https://sandbox.example/post/sandbox-99")
    assert shown.code == 1
    assert "Traceback" not in shown.err


def test_a_link_of_no_platform_is_told_with_those_there_are(empty_folder):
    shown = empty_folder("adopt", "https://example.com/post/1")
    assert shown.code == 1
    assert "belongs to no platform that pullquote knows" in shown.err
