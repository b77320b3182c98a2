"""Markdown and HTML are read as their readers see them: what is not printed is no quotation, markup no end of one."""

import pytest

from bot.articles import find_quotations, read_article

SAID = "We keep it, all of it."
QUOTED = f"Ada said: “{SAID}”"


def read(text, name):
    return [
        (each.text, each.before.strip(), each.after.strip())
        for each in find_quotations(read_article(text.encode(), name))
    ]


@pytest.mark.parametrize(
    "unprinted",
    [
        '---\ntitle: "Why nobody keeps it today"\ntags: [a, "b c d"]\nnote: |\n  “All of it, always.”\n---',
        '+++\ntitle = "Why nobody keeps it today"\n[params]\na = "We asked 40 people."\n+++',
        '{\n  "title": "Why nobody keeps it today",\n  "a": {"b": "We asked 40 people."}\n}',
        'import { Quote } from "../components/quote-of-the-day"\nimport "./all-of-the-styles.css"',
        'export const meta = {\n  title: "Why nobody keeps it today",\n}',
        '{{< figure src="/a.png" caption="How it stayed flat for years." >}}',
        '{% include figure.html caption="How it stayed flat for years." %}',
        '{{ "How it stayed flat for years." | upcase }}',
        'Text.\n{: .lead title="How it stayed flat for years."}',
        '# Title {#top data-a="How it stayed flat for years."}',
        '!!! note "How it stayed flat for years"\n    Text.',
        "%% “Is this what she said at all?” %%",
        "<!-- “Is this what she said at all?” -->",
        '<iframe src="https://example.org" title="How it stayed flat for years."></iframe>',
        '<img src="a.png" alt="How it stayed flat for years.">',
        "> [!NOTE]\n> This page is updated every week by the desk.",
        "> [!warning]- Never do that\n> It breaks every week, as you know.",
        '[1]: https://example.org "The page that explains it all."',
    ],
)
def test_what_is_not_printed_is_no_quotation(unprinted):
    assert [text for text, _, _ in read(f"{unprinted}\n\n{QUOTED}", "draft.md")] == [SAID]


@pytest.mark.parametrize(
    "words",
    [
        "We ==keep it==, all of it.", "We [[keeping|keep]] it, all of it.", "We keep it,[^1] all of it.",
        "We keep it,<sup>[1]</sup> all of it.", "We <x-y>keep</x-y> it, all of it.", "We keep it, all of it. ^b7f2",
        "We [keep](https://example.org/a_(b)) it, all of it.", "We `keep` it, all of it.", "We keep&#32;it, all of it.",
    ],
)  # fmt: skip
def test_markup_within_a_markdown_quotation_is_no_word(words):
    assert [text for text, _, _ in read(f"Ada said: “{words}”" if "^b" not in words else f"> {words}", "draft.md")] == [
        SAID
    ]


@pytest.mark.parametrize(
    "words",
    [
        "We <my-term>keep</my-term> it, all of it.", "We keep<o:p></o:p> it, all of it.", "We <tt>keep</tt> it, all of it.",
        "We keep it,<sup>*</sup> all of it.", '<span>We keep it,</span><sup><a href="#fn1">1</a></sup> all of it.',
        '<span>We keep it,</span><sup><a href="#cmnt1">[a]</a></sup> all of it.', "We <code>keep</code> it, all of it.",
        "We <del>never</del> keep it, all of it.", '<span style="display:none">Why? </span>We keep it, all of it.',
        "We <ruby>keep<rp>(</rp><rt>kiːp</rt><rp>)</rp></ruby> it, all of it.",
    ],
)  # fmt: skip
def test_markup_within_a_quotation_in_html_is_no_word(words):
    text = read(f"<p>Ada said: “{words}”</p>", "draft.html")[0][0]
    assert " ".join(text.split()) == SAID


@pytest.mark.parametrize(
    ("block", "before", "after"),
    [
        ("> We keep it, all of it.\n> <cite>Ada Lovelace</cite>", "", "— Ada Lovelace"),
        ("> We keep it, all of it.\n> <footer>— Ada Lovelace, engineer</footer>", "", "— Ada Lovelace, engineer"),
        ("> “We keep it, all of it.” — Ada Lovelace", "", "— Ada Lovelace"),
        ("> “We keep it, all of it.” said Ada Lovelace.", "", "said Ada Lovelace."),
        ("> Ada Lovelace: “We keep it, all of it.”", "Ada Lovelace:", ""),
        ("> **Ada Lovelace, engineer:** We keep it, all of it.", "Ada Lovelace, engineer:", ""),
        ("> [!quote] Ada Lovelace\n> We keep it, all of it.", "Ada Lovelace:", ""),
        ("{{< quote >}}We keep it, all of it.{{< /quote >}}", "", ""),
        ("<blockquote>\n\nWe keep it, all of it.\n\n</blockquote>", "", ""),
        ("<blockquote><p>We keep it, all of it.</p><cite>Ada</cite></blockquote>", "", "— Ada"),
    ],
)
def test_a_block_quote_gives_its_words_and_its_speaker(block, before, after):
    assert read(block, "draft.md")[0] == (SAID, before, after)


def test_words_beside_the_marks_of_a_block_quote_are_quoted_too_unless_they_name_its_speaker():
    text = "> “We keep it, all of it.” And we sold the whole house to a circus in the spring of the year."
    assert read(text, "draft.md")[0][0].endswith("in the spring of the year.")


@pytest.mark.parametrize(
    "text",
    [
        "``We keep it, all of it.''",
        "``We keep it, all of it.'' and ``more of it''",
        "`We keep it, all of it.´ said `Ada´",
    ],
)
def test_the_marks_of_tex_are_not_taken_for_code(text):
    assert read(text, "draft.md")[0][0] == SAID


def test_comments_below_an_exported_document_are_not_printed():
    page = f'<p>{QUOTED}</p><div><p><a href="#cmnt_ref1">[a]</a><span>did she say “we never keep anything”?</span></p></div>'
    assert [text for text, _, _ in read(page, "draft.html")] == [SAID]


def test_what_is_hidden_and_never_ends_hides_nothing():
    assert [text for text, _, _ in read(f"<p><del>{QUOTED}</p>", "draft.html")] == [SAID]
