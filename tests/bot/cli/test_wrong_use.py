"""Whatever somebody types wrong is told in words of people: nothing of Python, of its types or of what stands inside."""

import re

import pytest

INSIDE = re.compile(
    r"graphemes?\b|\btuple\b|\bdict(ionary)?\b|\bfrozenset\b|\bNoneType\b|\bstr\b|\bbool\b|Traceback|Value error|Input should"
    r"|\bpydantic\b|\binstance of\b|\b[A-Z][a-z]+(?:[A-Z][a-z]+)+(?:Error|Config|Keys|Settings)\b|\b[A-Z]\w+Error\b|unable to parse"
    r"|<class|object at 0x|__\w+__"
)
LINES = [
    "", "keep", "keep 99999", "keep hanna", "keep 99999999999999999999999", "aside 1", "replies --why nobody", "replies --question no",
    "digest no-such", "digest --week 2026-11-17", "digest --week never", "extend stopped never", "extend stopped -3d",
    "extend no 3d", "remind no", "take-back no", "ask", "ask Hi --close never", "ask Hi --option one", "ask Hi --at yesterday",
    "ask Hi --account nobody", "ask Hi --zone Nowhere", "ask Hi --enough none", "ask Hi --enough 0", "adopt nonsense",
    "adopt https://example.org/a", "import stopped nowhere.csv", "import stopped config.toml", "add stopped", "add no text",
    "consent 1 perhaps", "consent nobody granted", "credit nobody", "about nobody", "forget nobody", "source nobody",
    "used 1 nowhere", "check-draft nowhere.md", "undo 99", "history --limit none", "db stamp x", "backup", "restore nowhere",
    "export", "filter fit nowhere", "filter", "config", "config nothing", "decoys no", "assess nowhere.jsonl", "nonsense",
    "replies --limit many", "--config nowhere.toml status", "quote-public 99", "do-not-quote nobody", "init", "open --port many",
]  # fmt: skip
TABLES = [
    "[pullquote]\nname = 3", "[pullquote]\nzone = 'Nowhere'", "pullquote = 1", "[accounts.a]", "[accounts.a]\nplatform = 'fax'",
    "[accounts.a]\nplatform = 'bluesky'\nhandle = 'no handle'", "[accounts.a]\nplatform = 'bluesky'\npassword = 'x'",
    "[accounts.a]\nplatform = 'bluesky'\nhandle = 3\npassword = { env = 'NOWHERE' }", "[accounts.a]\nplatform = 'x'\nhandle = 'x'",
    "[accounts.a]\nplatform = 'discord'", "[accounts.a]\nplatform = 'sandbox'\ntext_limit = 'many'\npolls = 'perhaps'",
    "[accounts.a]\nplatform = 'sandbox'\nforbidding_labels = 1\npoll_step = 'never'\nfile = 3", "[questions.a]", "[questions.A_B]\ntext = 'x'",
    "[questions.a]\ntext = ''", "[questions.a]\ntext = 1\noptions = 'Yes'\naccounts = 3\nenough = 'five'",
    "[questions.a]\ntext = 'x'\nat = 3\ncron = 4\ncloses_after = 5\ngrace = [1]", "[questions.a]\ntext = 'x'\nvotes = 'some'\nthread = 'x'",
    "[questions.a]\ntext = 'x'\ndecoys = 3\ndeadline = 'never'", "[digest]\nprivate = 'pdf'\npublic = 3\nweekly = 'x'\ndeliver = 4",
    "[mail]\nport = 'x'\nsecurity = 1\nto = 3", "[retention]\nafter_close = 3", "[retention]\nafter_close = 'never'", "[filter]\nphrases = 3",
    "[filter]\nkeep_from = 'x'", "[filter.phrases.a]\nweight = 'x'\nphrases = 3", "[guilds.1]\naccounts = 3\nleave_a_day = 'x'",
    "[database]\nurl = 3", "[notices]\nwebhook = 'x'\nmail = 4", "[nothing]", "nonsense", "[collect]\nafter_close = true",
]  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_a_wrong_command_is_answered_in_words_of_people(asked, line):
    shown = asked(*line.split())
    assert shown.all.strip()
    assert not INSIDE.findall(shown.all), shown.all


@pytest.mark.parametrize("table", TABLES)
def test_a_wrong_config_is_answered_in_words_of_people(empty_folder, table):
    empty_folder.configure(table)
    shown = empty_folder("check")
    assert shown.code == 1, shown.all
    assert not INSIDE.findall(shown.all), shown.all


def test_two_people_of_one_name_are_told_as_people(asked, square):
    square.network.join("hanna-1", "Hanna Weber")
    square.network.join("hanna-2", "Hanna Weber")
    square.reply("hanna-1", "We dropped the sidebar and nobody asked for it in 12 months.")
    square.reply("hanna-2", "We dropped the archive page; two readers of 900 asked for it.")
    asked.done("collect")
    shown = asked("keep", "Hanna Weber")
    assert "two people are called Hanna Weber" in shown.err
    assert "two people are called Hanna Weber" in asked("about", "Hanna Weber").err
