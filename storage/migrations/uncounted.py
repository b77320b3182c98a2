"""What migration 0005 notes: whose replies to which question have to be counted anew. Triggers, so that no statement
can forget it; on PostgreSQL one for all rows of a statement.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from alembic import op

from storage.migrations.search_index import add_trigger


@dataclass(frozen=True, slots=True)
class _Watched:
    """A table whose rows decide about replies `r`. `x` in `of` is the row; `x` in `columns` too: those that do.

    among: where `r` is found. inserts: a new row says something.
    """

    table: str
    of: str
    columns: Sequence[str]
    among: str = "replies r"
    inserts: bool = True


_OF_REVISION, _BY_REVISION = "v.id = x.revision_id AND r.id = v.reply_id", "revisions v, replies r"
_WATCHED = (
    _Watched("revisions", "r.id = x.reply_id", ("x.reply_id", "x.number", "x.text", 'CAST(x."foreign" AS TEXT)')),
    _Watched(
        "replies",
        "r.id = x.id",
        (
            *("x.question_id", "x.post_id", "x.author_id", "x.platform", "x.remote_id", "x.parent_remote_id", "x.link"),
            *("x.origin", "x.state", "x.posted_at", "x.seen_at", "x.unknown_at", "x.audience"),
        ),
        inserts=False,  # a reply without a wording counts nowhere
    ),
    _Watched(
        "verdicts",
        _OF_REVISION,
        ("x.revision_id", "x.value", "x.score", "x.editor", "x.judged_at", "x.restored_at", "x.quotable"),
        _BY_REVISION,
    ),
    _Watched("consents", _OF_REVISION, ("x.revision_id", "x.state", "x.proof"), _BY_REVISION),
    _Watched("chosen_passages", _OF_REVISION, ("x.revision_id", "x.start", 'x."end"'), _BY_REVISION),
    _Watched("credits_given", "o.id = x.reply_id AND r.author_id = o.author_id", ("x.name",), "replies o, replies r"),
    _Watched(
        "authors",
        "r.author_id = x.id",
        ("x.handle", "x.display_name", "CAST(x.labels AS TEXT)", "x.opted_out", "x.do_not_quote"),
        inserts=False,
    ),
    _Watched(
        "parts",
        "r.post_id = x.post_id",
        (
            *("x.position", "x.state", "x.sent_at", "x.has_notice", "x.gone_at"),
            "CASE WHEN x.gone_at IS NOT NULL THEN x.stood_at END",  # until then it says nothing
        ),
    ),
    _Watched(
        "posts",
        "t.id = x.target_id AND r.question_id = t.question_id AND (r.post_id = x.id OR r.post_id IS NULL)",
        ("x.occurrence", "x.due_at", "x.adopted"),
        "targets t, replies r",
    ),
)
_INTO = "INSERT INTO uncounted (question_id, author_id) "
_NOTE = _INTO + "SELECT DISTINCT r.question_id, r.author_id FROM {among} WHERE {of}"  # noqa: S608  # constants
_NOTE_ITSELF = _INTO + "SELECT DISTINCT x.question_id, x.author_id FROM {rows} x"  # noqa: S608
_CHANGED = "(SELECT n.* FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE ({new}) IS DISTINCT FROM ({old}))"


def watch_sqlite() -> None:
    """For each row."""
    for each in _WATCHED:
        note = _NOTE.format(among=each.among, of=each.of)
        if each.table == "replies":  # gone when its trigger runs, and known without a look
            note = _INTO + "VALUES (x.question_id, x.author_id)"
        for event in _list_events(each):
            row = "OLD." if event == "DELETE" else "NEW."
            changed = " OR ".join(f"{_at(name, 'NEW.')} IS NOT {_at(name, 'OLD.')}" for name in each.columns)
            op.execute(
                f"CREATE TRIGGER {each.table}_uncounted_{event.lower()} AFTER {event} ON {each.table} "
                f"{f'WHEN {changed} ' if event == 'UPDATE' else ''}BEGIN {_at(note, row)}; END"
            )


def watch_postgresql() -> None:
    """For all rows of a statement."""
    for each in _WATCHED:
        note = _NOTE.format(among="{rows} x, " + each.among, of=each.of)
        if each.table == "replies":
            note = _NOTE_ITSELF
        new, old = (", ".join(_at(name, row) for name in each.columns) for row in ("n.", "o."))
        given = {"INSERT": "new_rows", "UPDATE": _CHANGED.format(new=new, old=old), "DELETE": "old_rows"}
        for event in _list_events(each):
            add_trigger(each.table, "uncounted", event, note.format(rows=given[event]) + ";")


def _list_events(watched: _Watched) -> Sequence[str]:
    return ("INSERT", "UPDATE", "DELETE") if watched.inserts else ("UPDATE", "DELETE")


def _at(sql: str, row: str) -> str:
    """The same of the row that is named `row`."""
    return sql.replace("x.", row)
