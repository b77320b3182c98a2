"""What a web page prints around a comment is nobody's words: it is recognised, shown, and never stored unasked."""

import pytest

from bot.desk import DeskError, add_reply
from bot.desk.bringing.given import ImportDefaults, PastedChoice
from bot.desk.bringing.pasted import find_pasted
from storage.models import Question, Revision

WORDS = "We stopped in 2021, and nothing moved."
COPIED = {
    "LinkedIn": "Mara Vogel\n• 2nd\nHead of SEO at Acme | Speaker\n1w\n{}\nLike\n·\n3\nReply",
    "LinkedIn, no time": "Mara Vogel • 2nd\nHead of SEO at Acme\n{}\nLike · 3 | Reply · 2 replies",
    "LinkedIn, short": "Mara Vogel\n• 2nd\n{}\nLike · 3\nReply",
    "LinkedIn, edited": "View Mara Vogel’s profile\nMara Vogel\n\n• 3rd+\nHead of SEO\n1w (edited)\n\n{}\nLike\n\nReply",
    "LinkedIn, German": "Mara Vogel\n• 2.\nLeiterin SEO bei Acme\n1 Woche\n{}\nGefällt mir\n3\nAntworten",
    "LinkedIn, French": "Mara Vogel\n• 2e\nResponsable SEO\n1 sem.\n{}\nJ’aime\nRépondre",
    "LinkedIn, Spanish": "Mara Vogel\n• 2º\nJefa de SEO\n1 semana\n{}\nRecomendar\nResponder",
    "LinkedIn, Italian": "Mara Vogel\n• 2°\nResponsabile SEO\n1 settimana\n{}\nConsiglia\nRispondi",
    "LinkedIn, Dutch": "Mara Vogel\n• 2e\nHoofd SEO\n1 week\n{}\nInteressant\nBeantwoorden",
    "LinkedIn, Portuguese": "Mara Vogel\n• 2º\nChefe de SEO\n1 sem\n{}\nGostei\nResponder",
    "Facebook": "Mara Vogel\n{}\n2d\nLike\nReply\nShare\n3",
    "Facebook, in a line": "Mara Vogel\nTop fan\n{}\nLike Reply 2d Edited",
    "Facebook, German": "Mara Vogel\n{}\n2 Tage\nGefällt mir\nAntworten\nTeilen",
    "X": "Mara Vogel\n@mara_v\n·\n3h\n{}\n12\n3\n45\n1.2K",
    "X, in a line": "Mara Vogel @mara_v · Nov 20\n{}\nShow more\n12\n3",
    "X, its own page": "Mara Vogel\n@mara_v\n{}\n2:05 PM · Nov 20, 2026 · 1,234 Views",
    "YouTube": "@mara_v\n2 days ago (edited)\n{}\n12\nReply\n3 replies",
    "YouTube, German": "@mara_v\nvor 2 Tagen\n{}\nMehr anzeigen\n\n12\n\nAntworten",
    "Reddit": "u/mara_v\n•\n3d ago\n{}\n12\nReply\nShare\nAward",
    "Reddit, edited": "mara_v\n•\n3 hr. ago\n•\nEdited 2h ago\n{}\nUpvote\n12\nDownvote\n\nReply\nreply\n\nShare",
    "Reddit, old": "[–]mara_v 12 points 3 days ago\n{}\npermalink embed save report give award reply",
    "Slack": "Mara Vogel\n  9:30 AM\n{}\n3 replies\nLast reply 2 days ago View thread",
    "Slack, reactions": "Mara Vogel  9:30 AM\n{}\n:thumbsup:\n3",
    "Discord": "Mara — Today at 9:30 AM\n{}",
    "Discord, German": "Mara — 20.11.2026 14:05\n{}",
    "WhatsApp": "[20.11.26, 14:05:09] Mara: {}",
    "Hacker News": "mara_v 3 days ago | parent | next [–]\n{}\nreply",
    "Bluesky": "Mara Vogel\n@mara.bsky.social\n· 3h\n{}\n1\n2\n5",
    "Mastodon": "Mara Vogel\n@mara@mastodon.social\n3h\n{}\nReply\nBoost\nFavourite",
    "Instagram": "mara_v\n2d\n{}\n3 likes\nReply",
    "only below": "{}\nLike · 3\nReply",
    "one button": "{}\nReply",
    "one line": "{} Like · 3 | Reply",
}
TYPED = [
    WORDS,
    "We stopped.\nIt cost 4 hours a week.",
    "Like\nlove\nhate",
    "1. First\n2. Second\n3. Third",
    "We stopped in\n2021",
    "Three steps:\n2 days planning\n5 days building\nReply to everyone.",
    "I agree.\n\nMara Vogel\nHead of SEO at Acme",
    "We use these:\nSave\nShare",
    "Yes",
    "Reply",
    "We did it — 3 days ago.",
    "Traffic fell by 3%\n12",
    "9:30 AM\nis when I start.",
    "On Monday at 9:30 AM\nwe stopped, because it cost 4 hours.",
    "Our numbers:\n2019: 12\n2020: 14",
    "Hi Mara,\nwe stopped.\nBest,\nIvo",
    "Tools • Ahrefs • Semrush\nWe use them.",
    "No more links, no reply.",
    "Which button? Like or Reply",
    "We pay 12 euros a month\n\n- hosting\n- backups",
    "Two things.\n\nFirst, traffic.\n\nThen we stopped.",
    "",
    "\n\n",
]


@pytest.mark.parametrize("page", COPIED)
@pytest.mark.parametrize("words", [WORDS, "First we stopped.\n\nThen nothing moved, for 3 years."])
def test_a_copied_comment_is_told_from_its_words(page, words):
    found = find_pasted(COPIED[page].format(words))
    assert found is not None
    assert found.words == words
    assert found.signs


@pytest.mark.parametrize("text", TYPED)
def test_what_was_typed_is_nobodys_page(text):
    assert find_pasted(text) is None


@pytest.mark.parametrize(
    "text",
    [
        f"Mara Vogel • 2nd Head of SEO 1w {WORDS} Like · 3 Reply",
        f"Mara Vogel\n• 2nd\n1w\n{WORDS}\nLike\nReply\nIvo Brandt\n• 3rd\n2d\nI still do.\nLike\nReply",
        f"[20.11.26, 14:05] Mara: {WORDS}\n[20.11.26, 14:06] Ivo: I still do.",
    ],
)
def test_where_words_begin_or_who_speaks_is_not_guessed(text):
    found = find_pasted(text)
    assert found is not None
    assert found.words is None


def test_the_name_of_the_author_stands_above_their_words():
    assert find_pasted(f"mara_v\n{WORDS}\nLike\nReply", "Mara_V").words == WORDS


def test_a_large_text_takes_no_time():
    find_pasted("Like · 3 " * 10_000)
    find_pasted("\n".join(["Like · 3"] * 10_000))
    find_pasted("a b " * 12_500 + "\nLike\nReply")


async def test_a_copied_text_is_shown_and_not_stored_before_somebody_decides(bot, load):
    rows = [{"id": 1, "author": "Mara Vogel", "text": COPIED["LinkedIn"].format(WORDS)}, {"id": 2, "text": "Typed."}]
    done = await load("comments.jsonl", rows)
    assert [(row.line, row.words) for row in done.pasted] == [(1, WORDS)]
    assert (done.added, [revision.text for revision in await bot.rows(Revision)]) == (1, ["Typed."])
    done = await load("comments.jsonl", rows, pasted=PastedChoice.AS_PASTED)
    assert (done.added, done.known, done.pasted) == (1, 1, [])
    assert [revision.text for revision in await bot.rows(Revision)] == ["Typed.", WORDS]


async def test_a_text_is_kept_as_it_was_typed_where_somebody_says_so(bot, load):
    typed = f"{WORDS}\nReply"
    done = await load("comments.jsonl", [{"text": typed}], pasted=PastedChoice.AS_TYPED)
    assert (done.added, done.pasted) == (1, [])
    assert [revision.text for revision in await bot.rows(Revision)] == [typed]
    assert (await load("comments.jsonl", [{"text": typed}])).known == 1


async def test_words_that_cannot_be_told_are_a_bad_row(load):
    text = f"Mara Vogel • 2nd Head of SEO 1w {WORDS} Like · 3 Reply"
    done = await load("comments.jsonl", [{"text": text}, {"text": "Typed."}], pasted=PastedChoice.AS_PASTED)
    assert ([bad.line for bad in done.bad], done.added) == ([1], 1)


async def test_a_copied_text_is_not_added_by_hand_unasked(bot):
    question, values = await bot.row(Question), {"text": COPIED["Facebook"].format(WORDS), "author": "Mara Vogel"}
    with pytest.raises(DeskError, match=f"looks copied from a page .*it reads “{WORDS}”.*--as-pasted"):
        await add_reply(bot.context, question, values, ImportDefaults())
    assert await bot.rows(Revision) == []
    await add_reply(bot.context, question, values, ImportDefaults(pasted=PastedChoice.AS_PASTED))
    assert [revision.text for revision in await bot.rows(Revision)] == [WORDS]
