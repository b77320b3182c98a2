"""What the commands say about money, as a person types them."""

import re
from datetime import UTC, datetime

import pytest

from bot.words.money import show_money

CONFIG = """
[pullquote]
name = "The Pull Quote"
zone = "Europe/Berlin"
[accounts.x]
platform = "x"
handle = "{handle}"
consumer_key = {{ env = "X_CONSUMER_KEY" }}
consumer_secret = {{ env = "X_CONSUMER_SECRET" }}
access_token = {{ env = "X_ACCESS_TOKEN" }}
access_token_secret = {{ env = "X_ACCESS_TOKEN_SECRET" }}
api = "{api}"
"""
WEEKLY = """
[questions.tool]
text = "Which tool saved you the most time this week?"
options = ["An editor", "A script"]
accounts = ["x"]
cron = "0 9 * * 1"
closes_after = "4d"
"""


@pytest.fixture
def pullquote(network, asker, monkeypatch, empty_folder):
    """Commands in a folder whose account posts on the loopback X; the real time holds there too."""
    network.set_clock(datetime.now(UTC))  # noqa: TID251
    for name in ("consumer_key", "consumer_secret", "access_token", "access_token_secret"):
        monkeypatch.setenv(f"X_{name.upper()}", getattr(asker, name))
    empty_folder.configure(CONFIG.format(handle=asker.handle, api=network.url) + f'app_owner = "{asker.handle}"\n')
    return empty_folder


def change(pullquote, old, new):
    path = pullquote.folder / "config.toml"
    path.write_text(path.read_text().replace(old, new))


def billed(network, asker):
    return sum(charge.usd for charge in network.ledger(asker))


def test_ask_shows_what_the_post_costs_before_it_costs(pullquote, network, asker):
    shown = pullquote.done("ask", "What did you stop doing?", "--yes")
    assert "posting costs $0.015 (1 × post_create)" in shown
    assert [charge.unit for charge in network.ledger(asker)] == ["user_read", "post_create"]
    shown = pullquote.done("ask", "What is wrong with https://example.org/a?", "--yes")
    assert "posting costs $0.20 (1 × post_create_url)" in shown


def test_a_word_that_becomes_a_link_is_refused_with_what_to_change(pullquote, network, asker):
    shown = pullquote("ask", "Do you test main.py?", "--yes")
    assert shown.code == 1
    assert "X makes 'main.py' a link" in " ".join(shown.out.split())
    assert network.standing(asker) == []
    change(pullquote, "[accounts.x]", "[accounts.x]\npay_for_links = true")
    assert "posting costs $0.20 (1 × post_create_url)" in pullquote.done("ask", "Do you test main.py?", "--yes")


def test_two_cashtags_are_known_by_check_and_ask_before_x_refuses_them(pullquote, network, asker):
    text = "Which is riskier for a beginner: $TSLA or $NVDA?"
    shown = pullquote("ask", text, "--yes")
    assert shown.code == 1
    assert "more than one cashtag" in " ".join(shown.out.split())
    change(
        pullquote,
        "[accounts.x]",
        f'[questions.q]\ntext = "{text}"\nat = "2031-01-01T09:00"\naccounts = ["x"]\n[accounts.x]',
    )
    checked = pullquote("check")
    assert checked.code == 1
    assert "more than one cashtag" in " ".join(checked.err.split())
    assert network.standing(asker) == []


def test_a_poll_that_does_not_fit_is_refused_before_anything_is_sent(pullquote, network, asker):
    shown = pullquote("ask", "Which?", *(f"--option={letter}" for letter in "abcde"), "--closes", "8d", "--yes")
    assert shown.code == 1
    assert "a poll here has 2 to 4 options, the question has 5" in " ".join(shown.out.split())
    assert "a poll here runs 5m to 1w" in " ".join(shown.out.split())
    assert network.calls(asker) == []


def test_what_was_asked_before_is_shown_with_its_date(pullquote, network, asker):
    for _ in range(2):
        shown = pullquote.done("ask", "What did you stop doing?", "--yes")
    first, second = network.standing(asker)
    assert second.startswith(first)
    assert second.rpartition("\n\n")[2] in shown


def test_check_tells_what_a_month_costs(pullquote):
    with (pullquote.folder / "config.toml").open("a") as file:
        file.write(WEEKLY)
    shown = " ".join(pullquote.done("check").split())
    forecast = re.search(
        r"What the next 30 days cost on x \(prices of 2026-08-01\) (\d) posts (\$[\d.]+), and reading about 30 replies to "
        r"each (\$[\d.]+): (\$[\d.]+) of \$5\.00 a month",
        shown,
    )
    assert forecast is not None, shown
    posts = int(forecast[1])
    assert posts in {4, 5}
    each = 15_000 + (30 + 7) * 1000 + 10 * 5000 + 10 * 10_000
    assert forecast[4] == show_money(posts * each)


def test_check_says_where_the_ceiling_will_stop_reads(pullquote):
    with (pullquote.folder / "config.toml").open("a") as file:
        file.write(WEEKLY.replace("0 9 * * 1", "0 * * * *"))
    assert "the ceiling will stop reads" in " ".join(pullquote.done("check").split())


@pytest.mark.parametrize(
    ("owner", "told"),
    [
        ("{handle}", "owns the developer app: its own timeline and mentions cost $0.001 a read"),
        ("boss", "does not own the developer app, @boss does: each read costs $0.005 rather than $0.001"),
        (None, "X does not tell whether"),
    ],
)
def test_check_online_tells_whether_the_account_owns_the_app(pullquote, asker, owner, told):
    line = f'app_owner = "{asker.handle}"'
    change(pullquote, line, "" if owner is None else f'app_owner = "{owner.format(handle=asker.handle)}"')
    shown = " ".join(pullquote.done("check", "--online").split())
    assert f"logged in as {asker.handle}" in shown
    assert told in shown


def test_who_it_is_is_paid_for_once(pullquote, network, asker):
    pullquote.done("check", "--online")
    pullquote.done("ask", "What did you stop doing?", "--yes")
    operations = [call.operation for call in network.calls(asker)]
    assert operations.count("me") == 1
    assert "create" in operations


def test_status_shows_what_was_spent(pullquote, network, asker, ada):
    pullquote.done("ask", "What did you stop doing?", "--yes")
    (root,) = {change["post"] for change in network.changes() if change["author"] == asker.id}
    from adapters.contract.sending import Reference

    network.reply(ada, Reference(root), "We dropped AMP last March because nobody used it.")
    pullquote.done("collect")
    shown = " ".join(pullquote.done("status").split())
    total = show_money(round(billed(network, asker) * 1_000_000))
    assert f"{total} of $5.00 this month" in shown
    assert "1 new reply, " in shown
    assert "180 days after the close, on x 30" in shown


def test_adopting_says_beforehand_what_it_costs_and_how_far_back_it_reaches(pullquote, network, asker, ada, grace):
    post = network.post(grace, "Who still prints?")
    network.reply_often(post, [(ada, f"We do, for fair number {number}.") for number in range(20)])
    refused = pullquote("adopt", post.link)
    assert refused.code == 2
    assert "say --yes" in refused.err
    assert "search" not in {call.operation for call in network.calls(asker)}
    shown = " ".join(pullquote.done("adopt", post.link, "--yes").split())
    assert "20 replies there; reading them and who wrote the best costs about $0.25." in shown
    assert "What is older than 7 days cannot be reached." in shown
