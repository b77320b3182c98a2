"""Every key that code reads is in both languages, and none is there for nothing: seen here, not by a reader."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot
from bot.words import words

ROOT = Path(bot.__file__).parent.parent
TABLE_NAMES = {"said", "labels", "text", "table"}
"""What a parameter that is a table of words is called."""


def load(language):
    return tomllib.loads((ROOT / f"bot/words/{language}.toml").read_text(encoding="utf-8"))


def list_paths(table, before=""):
    """(dotted path, value) of everything in a table, tables too."""
    for key, value in table.items():
        yield f"{before}{key}", value
        if isinstance(value, dict):
            yield from list_paths(value, f"{before}{key}.")


ALL = load("en")
PATHS = dict(list_paths(ALL))
PLURALS = {"zero", "one", "two", "few", "many", "other"}


def make_patterns(node):
    """What a key can be, as regular expressions: one for each way through the expression."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [re.escape(node.value)]
    if isinstance(node, ast.JoinedStr):
        return ["".join(re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in node.values)]
    if isinstance(node, ast.IfExp):
        return [*make_patterns(node.body), *make_patterns(node.orelse)]
    return [".*"]


class Scope:
    """A function or the body of a class: which tables its names are, and which keys it asks them for in vain."""

    def __init__(self, node, known, labels, sentences="digest"):
        self.tables, self.labels, self.missing, self.asked = dict(known), labels, {}, 0
        self.sentences = sentences
        self.name_tables(node)
        self.missing.clear()
        for each in ast.walk(node):
            if isinstance(each, ast.Subscript):
                self.find_tables(each)
            elif isinstance(each, ast.Call) and getattr(each.func, "attr", "") == "say" and each.args:
                self.check_sentence(each)

    def name_tables(self, node):
        for each in ast.walk(node):
            if isinstance(each, ast.arg) and each.arg in TABLE_NAMES and "Mapping" in ast.dump(each):
                self.tables[each.arg] = [ALL, *(value for value in PATHS.values() if isinstance(value, dict))]
        own = {}
        for _ in range(2):  # a table may be taken from a table that is named later in the walk
            own |= {name: found for name, value in self.list_assignments(node) if (found := self.find_tables(value))}
            self.tables |= own

    def check_sentence(self, call):
        for pattern in make_patterns(call.args[0]):
            self.asked += 1
            if not any(re.fullmatch(rf"{self.sentences}\.{pattern}", path) for path in PATHS):
                self.miss(call)

    def list_assignments(self, node):
        for each in ast.walk(node):
            if isinstance(each, ast.AnnAssign | ast.NamedExpr) and isinstance(each.target, ast.Name) and each.value:
                yield each.target.id, each.value
            for target in each.targets if isinstance(each, ast.Assign) else ():
                names = target.elts if isinstance(target, ast.Tuple) else [target]
                values = each.value.elts if isinstance(each.value, ast.Tuple) else [each.value] * len(names)
                yield from (
                    (name.id, value) for name, value in zip(names, values, strict=False) if isinstance(name, ast.Name)
                )

    def find_tables(self, node):
        """The tables (or sentences) that an expression can be; none where it is something else."""
        found = []
        match node:
            case ast.Name():
                found = self.tables.get(node.id, [])
            case ast.Call(func=ast.Name(id="words")):
                found = [ALL]
            case ast.Call(func=ast.Attribute(attr="get_labels")):
                found = [ALL["form"]]
            case ast.Attribute(attr="labels"):
                found = self.labels
            case ast.Attribute(attr="words"):
                found = [ALL["digest"]]
            case ast.GeneratorExp() | ast.ListComp():
                found = self.find_tables(node.elt)
            case ast.IfExp():
                found = self.find_tables(node.body) + self.find_tables(node.orelse)
            case ast.Subscript():
                found = self.look_up(node)
        return found

    def look_up(self, node):
        tables = [table for table in self.find_tables(node.value) if isinstance(table, dict)]
        found = []
        for pattern in make_patterns(node.slice) if tables else ():
            self.asked += 1
            values = [value for table in tables for key, value in table.items() if re.fullmatch(pattern, key)]
            found += values
            if not values:
                self.miss(node)
        return found

    def miss(self, node):
        self.missing[node.lineno, node.col_offset] = f"line {node.lineno}: {ast.unparse(node)}"


def find_missing(source, labels=(), sentences="digest"):
    """The places that ask for a key that no table has, and how many keys were looked for."""
    missing, asked = {}, 0

    def read(body, known):
        nonlocal asked
        for node in body:
            if isinstance(node, ast.ClassDef):
                lines = ast.Module([each for each in node.body if isinstance(each, ast.Assign)], [])
                read(node.body, Scope(lines, known, labels).tables)
            else:
                scope = Scope(node, known, labels, sentences)
                missing.update(scope.missing)
                asked += scope.asked

    tree = ast.parse(source)
    read(tree.body, {})
    return list(missing.values()), asked


def list_sources() -> Iterator[tuple[Path, str]]:
    for folder in ("bot", "adapters", "storage"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path, path.read_text(encoding="utf-8")


def list_templates() -> Iterator[tuple[Path, list[tuple[str, bool]]]]:
    """Of each template of the page the keys that it says, and whether the rest of one is put together there."""
    for path in sorted((ROOT / "bot/web/templates").glob("*.html")):
        text = path.read_text(encoding="utf-8")
        said = [*re.findall(r"say\(([^,()]*)", text), *re.findall(r'set \w+ = ("[\w.-]+\." ~)', text)]
        keys = [found for key in said for found in re.findall(r'"([a-z][\w-]*\.[\w.-]*|[a-z]\w*)"( ~)?', key)]
        yield path, [(key, bool(is_begun)) for key, is_begun in keys]


def test_every_key_that_a_template_says_exists():
    said = [(path.name, *each) for path, keys in list_templates() for each in keys]
    missing = [
        (name, key)
        for name, key, is_begun in said
        if not any(path == f"page.{key}" or (is_begun and path.startswith(f"page.{key}")) for path in PATHS)
    ]
    assert missing == []
    assert len(said) > 60, "templates say their words in another way now"


def test_every_key_that_is_read_exists():
    missing, most = {}, 0
    for path, source in list_sources():
        of_members = [ALL["form"], ALL["leave"]]
        labels = [ALL["face"], *of_members] if path.is_relative_to(ROOT / "bot/commands") else of_members
        sentences = "page" if path.is_relative_to(ROOT / "bot/web") else "digest"
        found, asked = find_missing(source, labels, sentences)
        most += asked
        if found:
            missing[str(path.relative_to(ROOT))] = found
    assert missing == {}
    assert most > 400, "the tables have other names now: this test no longer finds where they are read"


@pytest.mark.parametrize(
    "line",
    [
        'words(language)["posd"]',
        'words(language)["post"]["whyy"]',
        'call.labels["ask"]["titel"]',
        'phrases.say("sum.sone")',
        'phrases.say("sum.none_ever" if closed else "sum.nonee")',
        'phrases.say(f"enuff.{block.enough}")',
        'said["waiting_onn"]',
        'said["not_public"]["x"] if said["whyy"] else 1',
        'said[f"{key}_hiden"]',
        'table["keep" if yes else "kep"]',
    ],
)
def test_a_misspelt_key_is_seen(line):
    source = (
        f"def write(call, language, said: Mapping[str, Any]):\n    table = call.labels['review']\n    return {line}\n"
    )
    assert len(find_missing(source, [ALL["face"]])[0]) == 1


def test_a_key_that_stands_elsewhere_is_missing_here():
    assert find_missing('def f(call):\n    said = call.labels["pause"]\n    return said["keep"]', [ALL["face"]])[0]
    assert not find_missing('def f(call):\n    said = call.labels["review"]\n    return said["keep"]', [ALL["face"]])[0]


def test_every_language_has_exactly_these_keys_with_the_same_gaps():
    german = dict(list_paths(load("de")))
    assert PATHS.keys() == german.keys()
    assert {path: type(value) for path, value in PATHS.items()} == {path: type(value) for path, value in german.items()}
    for path, value in PATHS.items():
        if isinstance(value, str) and path.rpartition(".")[2] not in PLURALS:
            assert set(re.findall(r"\{(\w+)\}", value)) >= set(re.findall(r"\{(\w+)\}", german[path])), path


def test_no_key_is_there_for_nothing():
    """Used is what stands somewhere as a string, whole or with its table, or fits what is put together there."""
    names, patterns = set(), set()
    for _, source in list_sources():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                names |= {node.value, *node.value.split("."), node.value.replace("-", "_")}  # `/my-answers`
            elif isinstance(node, ast.JoinedStr):
                (pattern,) = make_patterns(node)
                if len(re.sub(r"\W", "", pattern)) >= 3:
                    patterns.add(pattern)
            elif isinstance(node, ast.keyword) and node.arg:
                names.add(node.arg)
    for _, keys in list_templates():
        for key, is_begun in keys:
            names |= {*key.split(".")}
            names |= {path.rpartition(".")[2] for path in PATHS if is_begun and path.startswith(f"page.{key}")}
    patterns = [re.compile(pattern) for pattern in patterns if re.fullmatch(r"[\w.+\\]+", pattern)]
    unused = [
        path
        for path in PATHS
        if (name := path.rpartition(".")[2]) not in names | PLURALS
        and not any(pattern.fullmatch(name) or pattern.fullmatch(path.removeprefix("digest.")) for pattern in patterns)
    ]
    assert unused == []


def test_every_refusal_of_the_desk_has_its_sentence_and_all_that_is_filled_in():
    refused = 0
    for path, source in list_sources():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "refuse" and node.args:
                name, given = node.args[0].value, {each.arg for each in node.keywords}
                assert set(re.findall(r"\{(\w+)", ALL["refused"][name])) == given, f"{path}: {name}"
                refused += 1
    assert refused > 80


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_table_that_is_read_alone_is_that_of_the_file(language):
    """`words` cuts a file before it reads it: nothing in it may look like the beginning of a table."""
    assert {name: dict(table) for name, table in words(language).items()} == load(language)
