"""Run the cases of an issue: `make cases ISSUE=7`, by the numbers of ../shared/cases/README.md.

Inputs that fail stand beside this tree and not in it: nothing of them is copied here. What their READMEs give as a
command of ours runs in a temporary folder, and what came out is shown beside what is right; the others are listed.
Where an exit code or a digest decides, a row counts as right or wrong; else it is for a reader's eyes.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
CASES = ROOT.parent / "shared" / "cases"
PULLQUOTE = Path(sys.executable).with_name("pullquote")
LONGEST = 400
MOST_SECONDS = 120
CONFIG = """
[pullquote]
name = "The Example Review"
[accounts.rehearsal]
platform = "sandbox"
[digest]
private = ["json"]
public = ["json"]
"""
QUESTION = "Do you still disavow toxic backlinks?"
CONSENT = ("--consent", "yes, quote me")
RIGHT, WRONG, READ, BY_HAND = "right", "wrong", "read", "by hand"


@dataclass(frozen=True)
class Case:
    """One row. right: in words. run: gives what came out and whether that is right, None where a reader decides."""

    name: str
    right: str
    run: "Callable[[Path], tuple[str, bool | None]] | None" = None


# ---------------------------------------------------------------- which rows are an issue's


@dataclass(frozen=True)
class Share:
    """A row of the README of all cases: "`files/` I…, M… | … | 7 (I1, I2), 11". issues: number to groups or none."""

    place: str
    letters: tuple[str, ...]
    issues: dict[str, tuple[str, ...]]

    def has(self, group: str, issue: str) -> bool:
        """Whether a group such as I1 is the issue's: it is named there, or nowhere."""
        named = self.issues.get(issue)
        return named is not None and (
            group in named or not (named or any(group in each for each in self.issues.values()))
        )


def read_shares(text: str) -> list[Share]:
    """The table of the README."""
    shares = []
    for where, issues in re.findall(r"^\| (`.+?) \| .+ \| (.+?) \|$", text, re.MULTILINE):
        names = {
            number: tuple(filter(None, named.split(", ")))
            for number, named in re.findall(r"(\d+)(?: \((.+?)\))?", issues)
        }
        place = where.split("`")[1].rstrip("/")
        shares.append(Share(place, tuple(re.findall(r"([A-Z])…", where)), names))
    return shares


def list_cases(issue: str) -> Iterator[Case]:
    """All rows of an issue."""
    for share in read_shares((CASES / "README.md").read_text(encoding="utf-8")):
        if issue in share.issues:
            yield from READERS[share.place](share, issue)


# ---------------------------------------------------------------- the rows of each folder


def read_files(share: Share, issue: str) -> Iterator[Case]:
    """files/README.md: a heading a group, what is right, a table of commands and what came out at f7eac91."""
    text = (CASES / "files/README.md").read_text(encoding="utf-8")
    for group, section in re.findall(r"^## ([A-Z]\d+) (.+?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL):
        if group[0] not in share.letters or not share.has(group, issue):
            continue
        right = re.search(r"^Right: (.+)$", section, re.MULTILINE)
        for command in re.findall(r"^\| (?!command|---)((?:\\\||[^|])+) \|", section, re.MULTILINE):
            yield make_case(f"{group} {command.strip('`')}", right[1] if right else "", CASES / "files", command)


def make_case(name: str, right: str, folder: Path, command: str) -> Case:
    """A row whose command is one of ours, or several; any other is for a hand."""
    commands = [shlex.split(each) for each in re.findall(r"`([^`]+)`", command)]
    known = all(each[0] in ("check-draft", "import", "keep", "used", "--config") for each in commands if each)
    if not commands or not known or "tool:" in command:
        return Case(name, right)
    exits = 1 if "WRONG" in name else None
    return Case(name, right, lambda work: run_commands(work, folder, commands, exits))


def read_people(_: Share, __: str) -> Iterator[Case]:
    """What people bring, by the kind of file."""
    for path in sorted((CASES / "people").iterdir()):
        command = {
            ".csv": f"`import disavow {path.name}` `digest disavow --offline`",
            ".md": f"`check-draft --offline {path.name}`",
            ".toml": f"`--config {path.name} check`",
        }.get(path.suffix, "")
        commands = [shlex.split(each) for each in re.findall(r"`([^`]+)`", command)]
        if commands:
            yield Case(
                f"people/{path.name}",
                "as an editor would want it",
                lambda work, commands=commands: run_commands(work, CASES / "people", commands, None),  # type: ignore[misc]
            )


def read_bullets(share: Share, _: str) -> Iterator[Case]:
    """reliability/README.md: races and bombs, each with a setting of its own."""
    for line in (CASES / share.place / "README.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("- "):
            name, _, right = line[2:].partition(": ")
            yield Case(f"{share.place}/{name}", right)


def read_tests(share: Share, _: str) -> Iterator[Case]:
    """platforms/README.md: tests and servers, which go where their first line says."""
    text = (CASES / share.place / "README.md").read_text(encoding="utf-8")
    for name, right in re.findall(r"^\| (?!file|---)(.+?) \| .+ \| (.+?) \|$", text, re.MULTILINE):
        yield Case(f"{share.place}/{name}", right)


def read_refusals(_: Share, __: str) -> Iterator[Case]:
    """Sentences, each with what is right."""
    for line in (CASES / "refusals.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Case(f"refusals/{row['id']} {row['text']}", row["right"], lambda work, row=row: run_refusal(work, row))  # type: ignore[misc]


READERS: dict[str, Callable[[Share, str], Iterator[Case]]] = {
    "files": read_files,
    "people": read_people,
    "refusals.jsonl": read_refusals,
    "reliability": read_bullets,
    "platforms": read_tests,
}

# ---------------------------------------------------------------- running


def pullquote(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command of ours in a folder. It hangs at most two minutes: exit 124 then."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PULLQUOTE_")} | {"COLUMNS": "200"}
    try:
        return subprocess.run(
            [PULLQUOTE, *arguments], cwd=folder, env=kept, capture_output=True, text=True, errors="replace",
            timeout=MOST_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(arguments, 124, "", f"not done in {MOST_SECONDS} s")


def prepare(folder: Path, slug: str = "disavow") -> None:
    """A question without answers; the database is made on the way."""
    if not (folder / "config.toml").exists():
        (folder / "config.toml").write_text(CONFIG, encoding="utf-8")
    asked = pullquote(folder, "ask", QUESTION, "--slug", slug, "--account", "rehearsal", "--yes")
    if asked.returncode:
        sys.exit(f"the question was not asked: {asked.stdout}{asked.stderr}")


def run_commands(work: Path, inputs: Path, commands: list[list[str]], exits: int | None) -> tuple[str, bool | None]:
    """Run them where their inputs are copied to; drafts share a folder with its replies, all others have one alone."""
    drafts = commands[0][0] == "check-draft"
    folder = work / ("drafts" if drafts else f"case-{len(list(work.iterdir()))}")
    if not folder.exists():
        shutil.copytree(inputs, folder)
        prepare(folder)
        if drafts and (folder / "replies.jsonl").exists():
            pullquote(folder, "import", "disavow", "replies.jsonl", *CONSENT)
    for path in inputs.iterdir():
        if not (folder / path.name).exists():
            shutil.copy(path, folder)
    ran = [pullquote(folder, *command) for command in commands]
    if commands[0][0] == "import":
        ran.append(pullquote(folder, "replies", "--question", "disavow"))
    told = " ‖ ".join(f"exit {each.returncode}: {' '.join((each.stdout + each.stderr).split())}" for each in ran)
    return told, None if exits is None else ran[0].returncode == exits


def run_refusal(work: Path, row: dict[str, str]) -> tuple[str, bool | None]:
    """Whether the edition to share prints it, and with a name, after a row was imported with everybody's yes."""
    folder = work / "refusals"
    folder.mkdir(exist_ok=True)
    prepare(folder, row["id"])
    (folder / "row.jsonl").write_text(
        json.dumps({"text": row["text"], "author": "Ada Lovelace", "handle": "ada", "link": "https://example.org/ada"}),
        encoding="utf-8",
    )
    pullquote(folder, "import", row["id"], "row.jsonl", *CONSENT)
    shutil.rmtree(folder / "digests", ignore_errors=True)
    made = pullquote(folder, "digest", row["id"], "--offline")
    files = list((folder / "digests").glob("*to share.json"))
    if len(files) != 1:
        return f"exit {made.returncode}: {made.stdout}{made.stderr}", False
    written = files[0].read_text(encoding="utf-8")
    quoted = bool(json.loads(written)["questions"][0]["quotes"])
    named = "Lovelace" in written or "example.org/ada" in written
    told = "not printed" if not quoted else "printed with a name" if named else "printed, unnamed"
    wanted = {
        "refuse": "not printed",
        "ask": "not printed",
        "unnamed": "not printed",  # the row has a link: a search for the words finds their author
        "free": "printed with a name",
    }
    return told, told == wanted[row["right"]]


def judge(case: Case, work: Path) -> tuple[str, str]:
    """The verdict on a row, and what came out."""
    if case.run is None:
        return BY_HAND, ""
    told, is_right = case.run(work)
    return READ if is_right is None else RIGHT if is_right else WRONG, told


def main(issue: str) -> None:
    """Show each row and count."""
    if not CASES.is_dir():
        print(f"pullquote: no cases to run: there is no {CASES}")
        return
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for case in list_cases(issue):
            verdict, told = judge(case, Path(folder))
            counts[verdict] += 1
            print(f"{verdict:8} {case.name[:LONGEST]}\n           right: {case.right[:LONGEST]}")
            if told:
                print(f"           now:   {told[:LONGEST]}", flush=True)
    counted = ", ".join(f"{counts[each]} {each}" for each in (RIGHT, WRONG, READ, BY_HAND))
    print(f"pullquote: issue {issue}: {sum(counts.values())} cases, {counted}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: run_cases.py ISSUE, by the numbers of ../shared/cases/README.md (make cases ISSUE=7)")
    main(sys.argv[1])
