import tomllib

from hypothesis import given
from hypothesis import strategies as st

from bot.config.file import find_lines

names = st.text(alphabet="abc-_1", min_size=1, max_size=5)


def test_keys_of_all_forms_are_found():
    text = """
top = 1
[ one . "two words" ]
'quoted' = 1
dotted.key = 2
[[list]]
key = [
  "not = a key",
]
"""
    assert find_lines(text) == {
        ("top",): 2,
        ("one",): 3,
        ("one", "two words"): 3,
        ("one", "two words", "quoted"): 4,
        ("one", "two words", "dotted"): 5,
        ("one", "two words", "dotted", "key"): 5,
        ("list",): 6,
        ("list", "key"): 7,
    }


def test_what_stands_in_a_long_text_is_no_key():
    text = "first = \"\"\"\nno = 1\n[no]\n\"\"\"\nsecond = '''one line'''\nthird = 1"
    assert find_lines(text) == {("first",): 1, ("second",): 5, ("third",): 6}


@given(st.dictionaries(names, st.dictionaries(names, st.integers(), max_size=4), max_size=4))
def test_every_key_that_toml_reads_has_its_line(tables):
    lines = []
    for table, keys in tables.items():
        lines += [f"[{table}]", *(f"{key} = {value}" for key, value in keys.items())]
    text = "\n".join(lines)
    found = find_lines(text)
    for table, keys in tomllib.loads(text).items():
        assert lines[found[table,] - 1] == f"[{table}]"
        for key, value in keys.items():
            assert lines[found[table, key] - 1] == f"{key} = {value}"
