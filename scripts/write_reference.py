"""Write docs/reference/ from the code: every command and option, every key of the config.

`python scripts/write_reference.py` writes the pages; a test fails where they are not what it would write.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import click
from pydantic import BaseModel

from adapters.registry import load_platform
from bot.cli.main import COMMANDS, cli
from bot.config.sections import SECTIONS, AccountKeys, GuildKeys
from bot.questions.content import Content

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "config.example.toml"
MODELS: dict[str, type[BaseModel]] = {**SECTIONS, "accounts": AccountKeys, "guilds": GuildKeys, "questions": Content}
WRITTEN = "<!-- Written by scripts/write_reference.py (make reference); change the code, not this page. -->"
HEADING = re.compile(r"^# -+ (?P<name>\w+)$")
TABLE = re.compile(r"^#?\[(?P<name>[^\]]+)\]$")
KEY = re.compile(r"^(?P<commented>#?)(?P<name>[a-z_]+) = (?P<value>.+)$")
COMMENT = re.compile(r"^# (?P<text>.*)$")
CONFIG = """Every key, with its default, or an example where there is none; what is *needed* has no default.
`config.example.toml` is the same as a file to copy, and `pullquote init` writes a short one. `pullquote check` reads
the file and says what is wrong or missing, with its line.
"""


# ---------------------------------------------------------------- commands


def write_commands() -> str:
    """docs/reference/commands.md."""
    main = click.Context(cli, info_name="pullquote")
    lines = [WRITTEN, "", "# Commands", "", *_describe(main), "", "Exit codes: 0 done, 1 failed, 2 wrong use."]
    for title, section in COMMANDS.items():
        lines += ["", f"## {title}"]
        for name in section:
            command = cli.get_command(main, name)
            assert command is not None
            for context in _walk(command, main, name):
                lines += ["", f"### {context.command_path.removeprefix('pullquote ')}", "", *_describe(context)]
    return "\n".join(lines) + "\n"


def _walk(command: click.Command, parent: click.Context, name: str) -> Iterator[click.Context]:
    """The command and those below it."""
    context = click.Context(command, info_name=name, parent=parent)
    yield context
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            assert found is not None
            yield from _walk(found, context, below)


def _describe(context: click.Context) -> Iterator[str]:
    """What a command does, how it is called, its options."""
    command = context.command
    yield _escape(_flow(command.help or ""))
    yield ""
    yield f"    {context.command_path} {' '.join(command.collect_usage_pieces(context))}"
    yield ""
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None and record[1] and "--help" not in parameter.opts:
            yield f"- `{record[0]}`: {_escape(_flow(record[1]))}"


def _flow(text: str) -> str:
    """Click's paragraphs, each on one line."""
    paragraphs = re.split(r"\n\s*\n", text.replace("\b", ""))
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def _escape(text: str) -> str:
    """What Markdown would take for HTML or a mark."""
    return re.sub(r"([<*\[\]])", r"\\\1", text)


# ---------------------------------------------------------------- config


def write_config() -> str:
    """docs/reference/config.md, from the example file, which a test holds against the models."""
    _, _, text = EXAMPLE.read_text(encoding="utf-8").partition("\n#\n")  # what a file says of itself
    lines = [WRITTEN, "", "# Config", "", CONFIG]
    comment: list[str] = []
    keys: list[str] = []
    needed: set[str] = set()
    for line in [*text.splitlines(), ""]:
        found = KEY.match(line)
        if keys and not found:  # keys that stand together share what is said above them
            lines.append(f"- {', '.join(keys)}{': ' if comment else ''}{_take(comment)}")
            keys.clear()
        if found:
            if found["name"] == "platform":
                needed |= _list_needed(load_platform(found["value"].strip('"')).settings)
            keys.append(f"`{found['name']} = {found['value']}`{' (needed)' if found['name'] in needed else ''}")
        elif heading := HEADING.match(line):
            lines += ["", f"## {heading['name'].capitalize()}", ""]
        elif found := TABLE.match(line):
            needed = _list_needed(MODELS.get(found["name"].partition(".")[0]))
            lines += ["", _take(comment), "", f"### \\[{found['name']}]", "", *_name_variables(found["name"])]
        elif found := COMMENT.match(line):
            comment.append(found["text"])
        elif comment:
            lines += ["", _take(comment), ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


def _list_needed(model: type[BaseModel] | None) -> set[str]:
    return {name for name, field in model.model_fields.items() if field.is_required()} if model else set()


def _take(comment: list[str]) -> str:
    """What was said so far, as a paragraph; from then on it is said."""
    paragraph = _escape(" ".join(comment))
    comment.clear()
    return paragraph


def _name_variables(table: str) -> Iterator[str]:
    """The variables of the environment that win over a table."""
    if table in SECTIONS:
        yield f"In the environment: `{SECTIONS[table].variable('key').removesuffix('KEY')}` and the key in capitals."
        yield ""


PAGES = {"commands.md": write_commands, "config.md": write_config}


def main() -> None:
    folder = ROOT / "docs/reference"
    folder.mkdir(exist_ok=True)
    for name, write in PAGES.items():
        (folder / name).write_text(write(), encoding="utf-8")
        print(f"pullquote: wrote docs/reference/{name}")


if __name__ == "__main__":
    main()
