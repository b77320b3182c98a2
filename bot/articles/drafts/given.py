"""Sources that a writer brings for one check: words and a name or a link. They are stored nowhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from adapters.contract.capabilities import Capabilities
from bot.articles.answers import SourceAnswer
from bot.articles.candidates import Candidates, choose_source, list_words
from bot.articles.quotation import Quotation
from bot.digest.selection.select import AnswerPart, find_barriers
from storage.replies.current import CurrentReply
from storage.states import Origin, ReplyState


@dataclass(frozen=True, slots=True)
class GivenSource:
    """Who said what, by the writer's word or by the post behind a link. platform: of that post."""

    text: str
    name: str = ""
    handle: str = ""
    link: str = ""
    platform: str = ""


def form_given(given: Sequence[GivenSource], now: datetime) -> list[SourceAnswer]:
    """Each as an answer, by numbers that no row has."""
    answers = []
    for number, source in enumerate(given, 1):
        reply = CurrentReply(
            id=-number,
            question_id=0,
            post_id=None,
            platform=source.platform,
            remote_id=f"given-{number}",
            parent_remote_id=None,
            link=source.link,
            state=ReplyState.STANDING,
            posted_at=now,
            seen_at=now,
            author_id=-number,
            handle=source.handle,
            display_name=source.name,
            author_link="",
            labels=[],
            opted_out=False,
            do_not_quote=False,
            revision_id=-number,
            text=source.text,
            language="",
            foreign=[],
            origin=Origin.IMPORTED,
        )
        answers.append(SourceAnswer((reply,), "", is_given=True))
    return answers


def choose_among_given(
    quotations: Sequence[Quotation], picked: Mapping[int, SourceAnswer], given: Sequence[SourceAnswer]
) -> dict[int, SourceAnswer]:
    """The answer of each quotation, by its number, given ones included; of two that say it the stored one."""
    candidates = Candidates([list_words(quotation.text) for quotation in quotations])
    for answer in given:
        candidates.read(list_words(answer.text), answer)
    chosen = dict(picked)
    for index, quotation in enumerate(quotations):
        stored = [picked[quotation.number]] if quotation.number in picked else []
        best = choose_source(quotation, [*stored, *candidates.best(index)])
        if best is not None:
            chosen[quotation.number] = best
    return chosen


def permit_given(answers: Sequence[SourceAnswer], capabilities: Mapping[str, Capabilities]) -> Mapping[int, AnswerPart]:
    """What bars each, by its number: what its own words and its network say. Nobody knows of any consent."""
    parts = find_barriers([reply for answer in answers for reply in answer.replies], {}, capabilities)
    return {part.reply.id: part for part in parts}
