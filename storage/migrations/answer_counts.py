"""What migration 0006 lays beside `counted_replies`: how many answers there are of each kind. Triggers keep it, so that
no statement can forget it, nor a reply that goes with its author; on PostgreSQL one for all rows of a statement.
"""

from alembic import op

from storage.migrations.search_index import add_trigger

_KEY = "question_id, round, outcome, barred, first_hand"
_INTO = f"INSERT INTO answer_counts ({_KEY}, number) "
_ADD = f" ON CONFLICT ({_KEY}) DO UPDATE SET number = answer_counts.number + excluded.number"
_OF = "{row}.question_id, {row}.round, {row}.outcome, {row}.barrier <> '', {row}.first_hand"
_GIVEN = {"INSERT": (("NEW", 1),), "DELETE": (("OLD", -1),), "UPDATE": (("OLD", -1), ("NEW", 1))}
"""By event: which rows it brings or takes, and by what the number of their kind changes."""


def keep_counts(*, is_sqlite: bool) -> None:
    """The triggers. What is counted already is not summed up."""
    for event, given in _GIVEN.items():
        if is_sqlite:
            sums = "; ".join(_sum_up_row(row, number) for row, number in given)
            op.execute(
                f"CREATE TRIGGER counted_replies_answers_{event.lower()} AFTER {event} ON counted_replies "
                f"BEGIN {sums}; END"
            )
        else:
            sums = "; ".join(_sum_up_rows(f"{row.lower()}_rows", number) for row, number in given)
            add_trigger("counted_replies", "answers", event, sums + ";")


def drop_counts(*, is_sqlite: bool) -> None:
    """The triggers."""
    for event in map(str.lower, _GIVEN):
        if is_sqlite:
            op.execute(f"DROP TRIGGER counted_replies_answers_{event}")
        else:
            op.execute(f"DROP FUNCTION pullquote_counted_replies_answers_{event}() CASCADE")


def _sum_up_row(row: str, number: int) -> str:
    return f"{_INTO}SELECT {_OF.format(row=row)}, {number} WHERE {row}.outcome IS NOT NULL{_ADD}"


def _sum_up_rows(rows: str, number: int) -> str:
    """Ordered, so that two transactions wait for each other at the first kind, and not crosswise."""
    of = _OF.format(row="x")
    return (
        f"{_INTO}SELECT {of}, {number} * count(*) FROM {rows} x "  # noqa: S608  # constants
        f"WHERE x.outcome IS NOT NULL GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5{_ADD}"
    )
