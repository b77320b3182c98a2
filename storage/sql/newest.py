"""What is the newest of its kind: the wording of a reply, the version of a question."""

from functools import cache

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased

from storage.models import QuestionVersion, Revision


@cache  # to make it takes longer than to run it
def newest_revision() -> ColumnElement[bool]:
    """A condition on `Revision`: its reply has no newer wording."""
    newer = aliased(Revision)
    return ~exists().where(newer.reply_id == Revision.reply_id, newer.number > Revision.number)


@cache
def is_newest_version() -> ColumnElement[bool]:
    """A condition on `QuestionVersion`: its question has no newer version."""
    newer = aliased(QuestionVersion)
    return ~exists().where(newer.question_id == QuestionVersion.question_id, newer.number > QuestionVersion.number)
