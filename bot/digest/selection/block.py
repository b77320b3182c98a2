"""One question as a block of a digest. Pure: rows as values in, the model out."""

from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter

from adapters.contract.capabilities import Capabilities
from bot.digest.model import Block, Collection, Enough, NotSent, OpenLine, PostedWording, Posting, Result, Told
from bot.digest.selection.beside import rank_beside_all
from bot.digest.selection.counts import count_barred, count_set_aside
from bot.digest.selection.noticed import count_common
from bot.digest.selection.quoting import QuotedQuestion, quote_answers
from bot.digest.selection.rounds import Round, Sent
from bot.digest.selection.select import (
    Answer,
    find_barriers,
    form_answers,
    sort_answers,
)
from bot.questions.content import Content
from bot.quotes import Barrier, Edition
from storage.models import Event, PostPart, Tally
from storage.replies.current import ConsentEntry, CurrentReply, CurrentVerdict
from storage.states import NOT_SENT, STOOD_PARTS, PartState, ReplyState


@dataclass(frozen=True, slots=True)
class Material:
    """All that the store knows of one round of a question. round is None where it was never planned (an import).

    choices: what people chose by name, option by author id by post id.
    """

    slug: str
    content: Content
    round: Round | None
    replies: Sequence[CurrentReply]
    verdicts: Mapping[int, CurrentVerdict]
    ledgers: Mapping[int, Sequence[ConsentEntry]]
    votes: Sequence[Tally]
    choices: Mapping[int, Mapping[int, int]]
    events: Sequence[Event]

    @property
    def has_anything(self) -> bool:
        """Whether it was ever asked or answered."""
        return bool(self.replies or (self.round is not None and self.round.answerable))

    @property
    def posts(self) -> tuple[Sent, ...]:
        """The posts of the round."""
        return () if self.round is None else self.round.posts


def list_answers(material: Material, capabilities: Mapping[str, Capabilities]) -> list[Answer]:
    """The answers of one round with their verdicts and what bars them."""
    parts = find_barriers(material.replies, material.ledgers, capabilities)
    return rank_beside_all(form_answers(parts, material.verdicts))


def build_block(
    material: Material,
    capabilities: Mapping[str, Capabilities],
    *,
    edition: Edition,
    as_of: datetime,
    most_quotes: int,
) -> Block:
    """A question in full."""
    answers = list_answers(material, capabilities)
    found = sort_answers(answers, edition)
    content, private = material.content, edition is Edition.PRIVATE
    closed = material.round is not None and material.round.is_closed(as_of)
    quoted = quote_answers(found.usable, describe_question(material, capabilities), edition, most_quotes)
    return Block(
        slug=material.slug,
        text=content.text,
        options=content.options,
        wanted=content.wanted,
        asker=content.asker,
        outlet="" if content.hide_outlet and not private else content.outlet,
        target=content.enough,
        enough=judge_enough(len(found.usable), content.enough, closed=closed),
        closes_at=None if material.round is None else material.round.closes_at,
        closed=closed,
        replies=len(material.replies),
        answers=len(answers),
        usable=len(found.usable),
        more=len(found.usable) - len(quoted.quotes),
        unjudged=len(found.unjudged),
        ranked_out=len(found.ranked_out),
        platforms=list_platforms(material),
        wordings=_list_wordings(material.posts),
        results=_list_results(material),
        quotes=quoted.quotes,
        more_for=quoted.more_for,
        left_out=quoted.left_out,
        others=quoted.others,
        common=count_common(answers) if private else None,
        language=content.language,
        hide_outlet=content.hide_outlet,
        set_aside=count_set_aside(found.set_aside, edition),
        not_quoted=count_barred(found.barred, edition),
        collections=_list_collections(material),
        not_sent=_list_not_sent(material.posts) if private else (),
        told=tuple(Told(event.at, event.message) for event in material.events) if private else (),
        usable_ids=tuple(sorted(answer.id for answer in found.usable)),
        origins=_list_origins(material),
    )


def build_late_block(
    material: Material,
    capabilities: Mapping[str, Capabilities],
    known: Container[int],
    *,
    edition: Edition,
    most_quotes: int,
) -> Block | None:
    """What became usable since a question closed: answers whose ids are not `known`; None where nothing did."""
    answers = list_answers(material, capabilities)
    found = sort_answers(answers, edition)
    new = tuple(answer for answer in found.usable if answer.id not in known)
    if not new:
        return None
    asked = replace(describe_question(material, capabilities), options=())
    quoted = quote_answers(new, asked, edition, most_quotes)
    return Block(
        slug=material.slug,
        text=material.content.text,
        options=(),
        wanted="",
        asker="",
        outlet="",
        target=material.content.enough,
        enough=judge_enough(len(found.usable), material.content.enough, closed=True),
        closes_at=None if material.round is None else material.round.closes_at,
        closed=True,
        replies=len(material.replies),
        answers=len(answers),
        usable=len(new),
        more=len(new) - len(quoted.quotes),
        unjudged=0,
        platforms=list_platforms(material),
        quotes=quoted.quotes,
        more_for=quoted.more_for,
        left_out=quoted.left_out,
        others=quoted.others,
        language=material.content.language,
        hide_outlet=material.content.hide_outlet,
        not_quoted=tuple(each for each in count_barred(found.barred, edition) if each.barrier == Barrier.HELD),
        usable_ids=tuple(sorted(answer.id for answer in new)),
        since_close=True,
        origins=_list_origins(material),
    )


def build_line(material: Material, capabilities: Mapping[str, Capabilities], *, edition: Edition) -> OpenLine:
    """A question that is still open."""
    answers = list_answers(material, capabilities)
    return OpenLine(
        slug=material.slug,
        text=material.content.text,
        closes_at=None if material.round is None else material.round.closes_at,
        answers=len(answers),
        usable=len(sort_answers(answers, edition).usable),
        target=material.content.enough,
        platforms=list_platforms(material),
    )


def judge_enough(usable: int, target: int, *, closed: bool) -> Enough:
    """Whether the target was reached, and whether it still can be."""
    if usable >= target:
        return Enough.REACHED
    return Enough.TOO_FEW if closed else Enough.NOT_YET


def describe_question(material: Material, capabilities: Mapping[str, Capabilities]) -> QuotedQuestion:
    """What was asked, as far as quoting reads it; who chose several options (in several places) chose none."""
    chosen: dict[int, set[int]] = defaultdict(set)
    for sent in material.posts:
        for author_id, option in material.choices.get(sent.post.id, {}).items():
            chosen[author_id].add(option)
    choices = {author_id: options.pop() for author_id, options in chosen.items() if len(options) == 1}
    content = material.content
    return QuotedQuestion(content.text, content.options, choices, capabilities, sensitive=content.sensitive)


def list_platforms(material: Material) -> tuple[str, ...]:
    """Where it was asked and where answers came from, by name."""
    asked = {sent.account.platform for sent in material.posts}
    return tuple(sorted(asked | {reply.platform for reply in material.replies}))


def _list_origins(material: Material) -> tuple[str, ...]:
    """How it was asked, as far as anything of it stands, and how its answers came."""
    out = [sent.post for sent in material.posts if any(part.state in STOOD_PARTS for part in sent.parts)]
    only_in = [sent.post for sent in material.posts if not sent.parts and sent.post.published_at is not None]
    asked = {"adopted" if post.adopted else "posted" for post in (*out, *only_in)}
    return tuple(sorted(asked | {str(reply.origin) for reply in material.replies}))


def _name_account(sent: Sent) -> str:
    return sent.account.handle or sent.account.name


def _name_poster(sent: Sent, root: PostPart) -> str:
    """Who published it: of a post that was adopted, whoever wrote it."""
    return str(root.extra.get("handle") or "") if sent.post.adopted else _name_account(sent)


def _list_wordings(posts: Sequence[Sent]) -> tuple[PostedWording, ...]:
    """The texts that went out, each once, with every post that carried exactly these."""
    by_texts: dict[tuple[str, ...], list[Posting]] = defaultdict(list)
    for sent in sorted(posts, key=lambda each: (each.post.due_at, each.post.id)):
        out = [part for part in sorted(sent.parts, key=attrgetter("position")) if part.state is PartState.SENT]
        texts = tuple(part.text for part in out if part.text)
        if texts:
            at = sent.post.published_at or out[0].sent_at or sent.post.due_at
            account = _name_poster(sent, out[0])
            by_texts[texts].append(Posting(sent.account.platform, account, out[0].link, at, late=sent.post.late))
    return tuple(PostedWording(texts, tuple(postings)) for texts, postings in by_texts.items())


def _list_results(material: Material) -> tuple[Result, ...]:
    """Votes of each post that was voted on, the platform's count and ours apart."""
    results = []
    for sent in material.posts:
        counts = [count for count in material.votes if count.post_id == sent.post.id]
        for source in sorted({count.source for count in counts}):
            by_option = {count.option: count for count in counts if count.source is source}
            votes = tuple(
                by_option[option].votes if option in by_option else 0 for option in range(len(material.content.options))
            )
            at = max((count.at for count in by_option.values() if count.at is not None), default=None)
            final = all(count.final for count in by_option.values())
            results.append(Result(sent.account.platform, _name_account(sent), source, votes, at, final=final))
    return tuple(results)


def _list_collections(material: Material) -> tuple[Collection, ...]:
    """Replies stored beside the platform's own count, an account each; what came by other ways by platform."""
    posts = {sent.post.id: sent for sent in material.posts}
    states: dict[tuple[str, str], Counter[ReplyState]] = defaultdict(Counter)
    missing: dict[tuple[str, str], int] = {}
    for sent in material.posts:
        if sent.post.missing is not None:
            key = sent.account.platform, _name_account(sent)
            missing[key] = missing.get(key, 0) + sent.post.missing
            states[key] += Counter()
    for reply in material.replies:
        post = posts.get(reply.post_id) if reply.post_id is not None else None
        key = (reply.platform, "") if post is None else (post.account.platform, _name_account(post))
        states[key][reply.state] += 1
    return tuple(
        Collection(
            platform,
            account,
            stored=found.total(),
            counted=found.total() + missing[platform, account] if (platform, account) in missing else None,
            hidden=found[ReplyState.HIDDEN] + found[ReplyState.BLOCKED],
            unreadable=found[ReplyState.UNREADABLE],
            deleted=found[ReplyState.DELETED],
        )
        for (platform, account), found in sorted(states.items())
    )


def _list_not_sent(posts: Sequence[Sent]) -> tuple[NotSent, ...]:
    """What did not go out, and what went out late."""
    return tuple(
        NotSent(
            sent.account.platform,
            _name_account(sent),
            sent.post.occurrence,
            "late" if sent.post.state not in NOT_SENT else sent.post.state,
            sent.post.state_reason,
        )
        for sent in sorted(posts, key=lambda each: (each.post.due_at, each.post.id))
        if sent.post.state in NOT_SENT or sent.post.late
    )
