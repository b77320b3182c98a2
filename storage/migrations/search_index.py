"""What migration 0005 lays beside the tables: the indexes of words, and who has to be counted anew.

All of it is kept by triggers: no statement that writes words can forget them, and none that takes words away leaves
them in an index. Word indexes have the ids of revisions, and of authors those below zero.
"""

import sqlalchemy as sa
from alembic import op

DENSE = (
    "\u0e00-\u109f\u1780-\u17ff\u19e0-\u19ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b"
    "\u3041-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua9e0-\ua9ff\uaa60-\uaa7f\uf900-\ufaff\uff66-\uff9f\U0001aff0-\U0001b16f\U00020000-\U0003fffd"
)
"""Ranges of letters of scripts without spaces: Thai, Lao, Tibetan, Myanmar, Khmer, Kana, Bopomofo, Han, Yi."""

INDEXES = {
    "reply_words": "unicode61 remove_diacritics 2",
    "reply_grams": "trigram",  # of texts with letters of scripts without spaces alone
}


OLDEST = (3, 34)
"""The first SQLite that cuts words into trigrams."""


def has_fts5() -> bool:
    """Whether this SQLite can keep words; where one cannot, searching reads through all of them."""
    connection = op.get_bind()
    version = str(connection.scalar(sa.text("SELECT sqlite_version()")))
    is_built_in = connection.scalar(sa.text("SELECT sqlite_compileoption_used('ENABLE_FTS5')"))
    return bool(is_built_in) and tuple(map(int, version.split(".")[:2])) >= OLDEST


# ---------------------------------------------------------------- words, SQLite

_TEXT, _NAMES = "{row}.text", "{row}.display_name || ' ' || {row}.handle"


def create_fts5() -> None:
    """The indexes, what is stored already, and the triggers."""
    for name, tokens in INDEXES.items():
        op.execute(f"CREATE VIRTUAL TABLE {name} USING fts5(words, content='', tokenize=\"{tokens}\")")
        _follow(name, "revisions", "{row}.id", _TEXT)
        _follow(name, "authors", "-{row}.id", _NAMES)


def _follow(index: str, table: str, id_: str, words: str) -> None:
    """What was indexed is taken out by its very words: an index without content holds none to look them up.

    Two spaces end a text for trigrams, so that each letter begins one.
    """
    end = "" if index == "reply_words" else " || '  '"
    is_indexed = f"{words} <> ''" + ("" if index == "reply_words" else f" AND {words} GLOB '*[{DENSE}]*'")
    add = f"INSERT INTO {index} (rowid, words) SELECT {id_}, {words}{end}"  # constants
    drop = f"INSERT INTO {index} ({index}, rowid, words) SELECT 'delete', {id_}, {words}{end} WHERE {is_indexed}"
    new = f"{add} WHERE {is_indexed}".format(row="NEW")
    old = drop.format(row="OLD")
    changed = f"WHEN {words.format(row='OLD')} IS NOT {words.format(row='NEW')}"
    op.execute(f"{add} FROM {table} WHERE {is_indexed}".format(row=table))
    op.execute(f"CREATE TRIGGER {table}_{index}_insert AFTER INSERT ON {table} BEGIN {new}; END")
    op.execute(f"CREATE TRIGGER {table}_{index}_delete AFTER DELETE ON {table} BEGIN {old}; END")
    op.execute(f"CREATE TRIGGER {table}_{index}_update AFTER UPDATE ON {table} {changed} BEGIN {old}; {new}; END")


# ---------------------------------------------------------------- words, PostgreSQL

_SIGNS = r"\u0001-/:-@\[-`{-\u00bf\u2000-\u206f\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u302a-\u3037\u303c-\u303f"
"""What is no part of a word."""
MARKS = (
    r"\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u0f18-\u0f39\u0f71-\u0fbc"
    r"\u102b-\u103e\u1056-\u1060\u17b4-\u17d3\u17dd\u3099\u309a"
)
"""Accents, and signs of scripts without spaces that PostgreSQL takes for no letter."""
_FOLD = r"""
CREATE FUNCTION pullquote_words(given text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_tsvector('simple', regexp_replace(regexp_replace(regexp_replace(
        normalize(lower(given), NFKD), '[MARKS]', '', 'g'),
        '[SIGNS]+', ' ', 'g'),
        '([DENSE])', ' \1 ', 'g'))
$$
"""
_ADD = "INSERT INTO reply_words (id, words) SELECT {id}, pullquote_words({words}) FROM {rows} WHERE {words} <> ''"


def create_tsvectors() -> None:
    """A table of tsvectors, each letter of a script without spaces a word of its own."""
    op.execute(_FOLD.replace("SIGNS", _SIGNS).replace("MARKS", MARKS).replace("DENSE", DENSE))
    op.execute("CREATE TABLE reply_words (id bigint PRIMARY KEY, words tsvector NOT NULL)")
    _keep("revisions", "id", "text")
    _keep("authors", "-id", "display_name || ' ' || handle")
    op.execute("CREATE INDEX ix_reply_words_words ON reply_words USING gin (words)")


def _keep(table: str, id_: str, words: str) -> None:
    op.execute(_ADD.format(id=id_, words=words, rows=table))
    drop = f"DELETE FROM reply_words WHERE id IN (SELECT {id_} FROM old_rows)"  # noqa: S608
    changed = f"""
        DELETE FROM reply_words USING old_rows, new_rows WHERE reply_words.id = {id_.replace("id", "old_rows.id")}
            AND new_rows.id = old_rows.id AND {_of("old_rows", words)} IS DISTINCT FROM {_of("new_rows", words)};
        {_ADD.format(id=id_, words=words, rows="new_rows")} ON CONFLICT DO NOTHING;
    """  # noqa: S608
    add_trigger(table, "words", "INSERT", _ADD.format(id=id_, words=words, rows="new_rows") + ";")
    add_trigger(table, "words", "UPDATE", changed)
    add_trigger(table, "words", "DELETE", drop + ";")


def _of(rows: str, words: str) -> str:
    for column in ("text", "display_name", "handle"):
        words = words.replace(column, f"{rows}.{column}")
    return words


def add_trigger(table: str, what: str, event: str, statements: str) -> None:
    """On PostgreSQL, once a statement: `new_rows` and `old_rows` are what it wrote and what stood there."""
    name = f"pullquote_{table}_{what}_{event.lower()}"
    seen = {
        "INSERT": "NEW TABLE AS new_rows",
        "DELETE": "OLD TABLE AS old_rows",
        "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    }[event]
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {statements} RETURN NULL; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {seen} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
    )


def drop_words() -> None:
    """The indexes, and every trigger, also those that note what is to be counted."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        named = "SELECT tgfoid::regproc FROM pg_trigger WHERE tgname LIKE 'pullquote\\_%'"
        for name in connection.scalars(sa.text(named)).all():
            op.execute(f"DROP FUNCTION {name}() CASCADE")
        op.execute("DROP TABLE reply_words")
        op.execute("DROP FUNCTION pullquote_words(text)")
        return
    for name in connection.scalars(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
        op.execute(f"DROP TRIGGER {name}")
    for name in INDEXES:
        op.execute(f"DROP TABLE IF EXISTS {name}")
