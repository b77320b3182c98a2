"""Exports of forms, tables, chats and copied pages, made in the likeness of what their tools write: each becomes a
digest in one command. People and words are made up.
"""

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.bot.cli.workbooks import write_ods, write_xlsx

EXPORTS = Path(__file__).with_name("exports")
MARA = "We stopped in 2021 and nothing moved: 40 clients, not one drop in eleven months."
IVO = "I still do it for one client with a manual penalty: 212 domains, each looked at by hand."
HEADER = ["Datum", "Name", "Firma", "Antwort", "Dürfen wir Sie zitieren?"]
SLACK = {
    "users.json": [
        {"id": "U1", "name": "mara", "profile": {"real_name": "Mara Vogel"}},
        {"id": "U2", "name": "ivo", "profile": {"real_name": "Ivo Brandt"}},
    ],
    "channels.json": [{"id": "C1", "name": "search"}],
    "search/2026-11-20.json": [
        {
            "type": "message",
            "user": "U9",
            "text": "<!here> Do you still disavow toxic backlinks?",
            "ts": "1795176000.000100",
        },
        {"type": "message", "user": "U1", "text": MARA.replace("stopped", "*stopped*"), "ts": "1795179909.000200"},
        {"type": "message", "user": "U2", "text": f"<@U1> {IVO} &amp; more", "ts": "1795184140.000300"},
        {"type": "message", "subtype": "channel_join", "user": "U2", "text": "joined", "ts": "1795184141.000300"},
    ],
}


def make_slack(path):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in SLACK.items():
            archive.writestr(name, json.dumps(content))


def make_excel(path):
    rows = [
        ["Answers of November"],
        [],
        HEADER,
        [46346.58, "Mara Vogel", "Nordlicht", MARA, "Ja"],
        [46346.64, "Ivo Brandt", None, IVO, "Nein"],
    ]
    write_xlsx(path, ("Intro", [["Read the second sheet"]]), ("Antworten", rows), ("Old", [["a", "b"], ["c", "d"]]))


def make_german_csv(path):
    rows = [
        "sep=;",
        ";".join(HEADER),
        f'20.11.2026 14:05;Mara Vogel;Nördlicht;"{MARA}";Ja',
        f'20.11.2026 15:15;Ivo Brandt;;"{IVO}";Nein',
        "",
    ]
    path.write_bytes("\r\n".join(rows).encode("cp1252"))


def make_unicode_text(path):
    rows = [
        "\t".join(HEADER),
        f'20.11.2026 14:05\tMara Vogel\tNördlicht\t"{MARA}"\tJa',
        f'20.11.2026 15:15\tIvo Brandt\t\t"{IVO}"\tNein',
        "",
    ]
    path.write_bytes("\r\n".join(rows).encode("utf-16"))


def make_ods(path):
    write_ods(
        path,
        [
            HEADER,
            ["2026-11-20T14:05:00", "Mara Vogel", "Nordlicht", MARA, "Ja"],
            ["2026-11-20T15:15:00", "Ivo Brandt", "", IVO, "Nein"],
        ],
    )


def make_packed(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(EXPORTS / "google-forms.csv", "Backlinks.csv/Backlinks.csv")


MADE = {
    "slack.zip": make_slack, "excel.xlsx": make_excel, "excel-german.csv": make_german_csv, "calc.ods": make_ods,
    "google-forms.zip": make_packed, "unicode-text.txt": make_unicode_text,
}  # fmt: skip


@pytest.fixture
def links(empty_folder):
    """A question that was asked elsewhere."""
    empty_folder.configure(
        '[pullquote]\nname = "The Example Review"\nzone = "Europe/Berlin"\n[digest]\nprivate = ["json"]\npublic = ["json"]\n'
        '[questions.links]\ntext = "Do you still disavow toxic backlinks?"\n'
    )
    return empty_folder


def bring(links, name):
    """A file as its tool writes it, in the folder."""
    path = links.folder / name
    MADE[name](path) if name in MADE else shutil.copy(EXPORTS / name, path)
    return name


@pytest.mark.parametrize(
    ("name", "tool", "consent"),
    [
        ("google-forms.csv", "Google Forms", True),
        ("google-forms.zip", "Google Forms", True),
        ("typeform.csv", "Typeform", True),
        ("surveymonkey.csv", "SurveyMonkey", True),
        ("qualtrics.csv", "Qualtrics", True),
        ("airtable.csv", "", True),
        ("excel.xlsx", "", True),
        ("excel-german.csv", "", True),
        ("unicode-text.txt", "", True),
        ("calc.ods", "", True),
        ("discord.json", "DiscordChatExporter", False),
        ("slack.zip", "Slack", False),
        ("x.txt", "a page of X", False),
        ("linkedin.txt", "a page of LinkedIn", False),
        ("facebook.txt", "a page of Facebook", False),
        ("youtube.txt", "a page of YouTube", False),
    ],
)
def test_an_export_becomes_a_digest_in_one_command(links, name, tool, consent):
    shown = links("import", "links", bring(links, name), "--yes", "--digest")
    assert shown.code == 0, shown.all
    assert not tool or f"{name}: read as {tool}" in shown.err
    assert f"“{MARA}" in " ".join(shown.err.split())
    private, public = (
        " ".join(path.read_text(encoding="utf-8").replace("\\n", " ").split())
        for edition in ("for you", "to share")
        for path in links.folder.glob(f"digests/**/*{edition}*.json")
    )
    assert MARA in private
    assert (MARA in public, IVO in public) == (consent, False)


@pytest.mark.parametrize("name", [*MADE, *sorted(path.name for path in EXPORTS.iterdir())])
def test_every_word_is_theirs_and_nothing_of_the_tool(links, name):
    links.done("import", "links", bring(links, name), "--yes")
    said = {reply["author"]: " ".join(reply["text"].split()) for reply in json.loads(links.done("replies", "--json"))}
    ours = {"Mara Vogel": MARA, "Ivo Brandt": IVO, "mara_v": MARA, "ivob": IVO}
    for author, text in said.items():
        left = text.replace(ours.get(author, text), "").strip()
        assert left in ("", ":shrug:", "@Mara Vogel", "@Mara Vogel  & more", "They came back within a week. …"), text
    assert {MARA, IVO} == {ours[author] for author in said if author in ours}
    assert set(said) - set(ours) <= {"Una Reis"}
