"""Adopting a post: whose it is, who was told that they may be quoted, and what a digest says of it."""

import json

import pytest

WORDS = "We stopped printing in 2021 because nobody read it; the costs fell by 30%."
MORE = "We stopped disavowing links in 2019 because a test on 40 sites moved nothing, and saved 3 days a month."


@pytest.fixture
def theirs(square):
    """Somebody's post, with an answer."""
    post = square.post("ada", "What did you stop doing, and why?")
    square.reply("grace", WORDS, to=post.id)
    return post


@pytest.fixture
def digests(pullquote):
    """The newest digest of each edition, as JSON."""
    path = pullquote.folder / "config.toml"
    path.write_text(path.read_text() + '[digest]\nprivate = ["json", "markdown"]\npublic = ["json", "markdown"]\n')

    def read(edition, ending="json"):
        pullquote.done("digest", "stopped")
        (path,) = (pullquote.folder / "digests").glob(f"*{'for you' if edition == 'private' else 'to share'}.{ending}")
        return path.read_text(encoding="utf-8")

    return read


def list_quoted(told):
    return [quote["text"][0] for each in json.loads(told)["questions"] for quote in each["quotes"]]


def test_replies_to_somebodys_post_are_public_and_not_asked(pullquote, square, theirs, digests):
    shown = pullquote.done("adopt", theirs.link, "--slug", "stopped", "--not-mine")
    assert "public and were not asked" in " ".join(shown.split())
    assert len(square.standing()) == 2  # nothing was posted there
    private, public = digests("private"), digests("public")
    assert (list_quoted(private), list_quoted(public)) == ([WORDS], [])
    assert json.loads(private)["questions"][0]["quotes"][0]["not_public"] == "not_asked"
    assert json.loads(public)["questions"][0]["not_quoted"] == [{"reason": "not_asked", "count": 1}]
    assert WORDS not in public


def test_without_a_terminal_a_post_is_taken_for_somebodys(pullquote, square, theirs):
    assert json.loads(pullquote.done("adopt", theirs.link, "--json"))["notice"] == "none"
    assert len(square.standing()) == 2


def test_an_editors_word_lets_a_public_post_be_shared(pullquote, theirs, digests):
    pullquote.done("adopt", theirs.link, "--slug", "stopped", "--not-mine")
    shown = pullquote.done("quote-public", "1", "--by", "Mara", "--yes")
    assert "quoted as a public post of grace, decided by Mara" in shown
    assert list_quoted(digests("public")) == [WORDS]
    assert "may be quoted already" in pullquote("quote-public", "1", "--yes").err


def test_what_its_author_said_stands_over_an_editors_word(pullquote, theirs, digests):
    pullquote.done("adopt", theirs.link, "--slug", "stopped", "--not-mine")
    pullquote.done("quote-public", "1", "--by", "Mara", "--yes")
    pullquote.done("consent", "1", "refused")
    assert list_quoted(digests("public")) == []
    assert "reply 1 may not be quoted: its author refused" in pullquote("quote-public", "1", "--yes").err


def test_below_a_post_of_ours_the_notice_goes_out_and_what_follows_counts(pullquote, square, theirs, digests):
    shown = " ".join(pullquote.done("adopt", theirs.link, "--slug", "stopped", "--mine", "--yes").split())
    assert "the notice stands below it: what is written from now on may be quoted" in shown
    (notice,) = [text for text in square.standing() if "may be quoted" in text]
    assert notice in shown.replace(" ", " ")
    square.reply("alan", MORE, to=theirs.id)
    pullquote.done("collect")
    assert (sorted(list_quoted(digests("private"))), list_quoted(digests("public"))) == ([MORE, WORDS], [MORE])


def test_a_notice_goes_below_a_post_once(pullquote, square, theirs):
    for _ in range(2):
        pullquote.done("adopt", theirs.link, "--slug", "stopped", "--mine", "--yes")
    assert len([text for text in square.standing() if "may be quoted" in text]) == 1


def test_a_notice_that_the_network_refuses_is_told_and_gives_no_leave(pullquote, square, theirs, digests):
    from adapters.sandbox.conduct import Failure

    square.service.conduct.failures.append(Failure("publish", status=403, times=50))
    shown = " ".join(pullquote.done("adopt", theirs.link, "--slug", "stopped", "--mine", "--yes").split())
    assert "the notice was refused there" in shown
    square.reply("alan", MORE, to=theirs.id)
    pullquote.done("collect")
    assert list_quoted(digests("public")) == []
    status = " ".join(pullquote.done("status").split())
    assert "the notice was refused, so replies wait for their authors' leave" in status
    assert "stands on square without the notice that replies may be quoted" in status


def test_a_digest_never_says_that_an_adopted_question_was_posted(pullquote, theirs, digests):
    pullquote.done("adopt", theirs.link, "--slug", "stopped", "--not-mine")
    told = digests("public", "md")
    assert "was posted as shown above" not in told
    assert "is a post that had been published before" in told
    assert json.loads(digests("public"))["questions"][0]["posted"][0]["posts"][0]["account"] == "ada"


def test_a_digest_never_says_that_an_import_was_collected(pullquote, square, digests):
    pullquote.done("ask", "What did you stop doing?", "--slug", "stopped", "--yes")
    pullquote.done("add", "stopped", "--text", WORDS, "--author", "Mara Vogel", "--consent", "yes, quote me")
    told = digests("public", "md")
    assert WORDS in told
    assert "collected from the networks" not in told
    assert "brought in from a file or by hand" in told
    assert "was posted as shown above" in told
    square.reply("ada", MORE)
    pullquote.done("collect")
    assert "collected from the networks" in digests("public", "md")
