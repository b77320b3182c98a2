"""Every small command answers a program too."""

import json

import pytest
from click import Context

from bot.cli.main import cli
from tests.bot.cli.test_replies import ids

FOR_PEOPLE = {
    "run",
    "init",
    "demo",
    "assess",
    "db",
    "open",
    "config",
    "help",
}  # `config schema` prints JSON and nothing else
"""Those that talk to a terminal or run on; `assess` reads and writes lines of JSON anyway."""


def test_every_command_that_is_not_for_people_alone_knows_json():
    context = Context(cli)
    named = {name: cli.get_command(context, name) for name in cli.list_commands(context) if name not in FOR_PEOPLE}
    named |= {name: named["filter"].get_command(context, name) for name in ("report", "evaluate")}
    del named["filter"]
    known = {name: {option for each in command.params for option in each.opts} for name, command in named.items()}
    assert [name for name, options in known.items() if "--json" not in options] == []


LEAVE = {"may_be_quoted": True, "why_not": ""}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("keep", "{ada}", "--by", "mara"),
            [{"reply": "{ada}", "verdict": "keep", "by": "mara", "replies": 1, **LEAVE}],
        ),
        (
            ("maybe", "{ada}", "--by", "mara"),
            [{"reply": "{ada}", "verdict": "maybe", "by": "mara", "replies": 1, **LEAVE}],
        ),
        (
            ("aside", "{ada}", "--by", "mara", "--reason", "known"),
            [{"reply": "{ada}", "verdict": "aside", "by": "mara", "replies": 1, **LEAVE}],
        ),
        (("pause", "stopped"), {"paused": True, "question": "stopped"}),
        (("resume",), {"paused": False, "question": None, "tried_again": []}),
        (
            ("check-source", "ada", "--spoken", "--by", "mara"),
            {"found_at": "", "spoken": True, "by": "mara", "note": ""},
        ),
        (("add", "stopped", "--author", "Olga", "--text", "We stopped too."), {"question": "stopped", "added": True}),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_what_was_done_is_told_as_json(asked, words, told):
    ada = ids(asked)["ada"]
    answer = json.loads(asked.done(*(word.replace("{ada}", str(ada)) for word in words), "--json"))
    expected = json.loads(json.dumps(told).replace('"{ada}"', str(ada)))
    if isinstance(expected, dict):
        assert expected.items() <= answer.items()
    else:
        assert answer == expected
