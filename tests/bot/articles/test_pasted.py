"""What is copied out of a word processor is read as it was shown, word for word and mark for mark."""

import html
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles import find_quotations
from bot.articles.drafts.marked import mark_text
from bot.articles.drafts.pasted import LONGEST, read_pasted, take_over
from bot.articles.paragraphs import UnreadableArticle
from bot.articles.report import ArticleReport, CheckedQuotation

SAID = "We dropped AMP last March because nobody used it at all,"
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset=utf-8>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {font-family:"Never “quoted by anybody here”",serif;} --></style></head><body lang=EN-US>
<!--StartFragment-->
<p class=MsoNormal><span lang=EN-US>She said:&nbsp;&#8220;We dropped <b>AMP</b> last
March because nobody used&nbsp;it<span style='mso-spacerun:yes'>  </span>at all,&#8221; said Ada.<o:p></o:p></span></p>
<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span><![endif]>One.</p>
<p class=MsoNormal>Text<a style='mso-comment-reference:AB_1'> here</a><![if !supportAnnotations]><a class=msocomanchor
href="#_msocom_1">[AB1]</a><![endif]>. <del cite="mailto:A">It was “gone for good already”.</del><ins>New.</ins></p>
<!--EndFragment--><div style='mso-element:comment-list'><div style='mso-element:comment'><p>“Is this what she said?”</p>
</div></div></body></html>"""
GOOGLE = (
    '<meta charset=\'utf-8\'><b style="font-weight:normal;" id="docs-internal-guid-1"><h1 dir=ltr><span>A title</span>'
    '</h1><p dir="ltr" style="line-height:1.38;"><span style="text-decoration:none;white-space:pre-wrap;">She said: “We '
    'dropped </span><span style="font-weight:700;">AMP</span><span> last March because nobody used it at all,” said Ada.'
    '</span></p><br /><ul><li dir="ltr"><p role="presentation"><span>One.</span></p></li></ul><p>Text here. New.'
    '<span style="text-decoration:line-through;">It was “gone for good already”.</span></p></b>'
)


@pytest.mark.parametrize("rich", [WORD, GOOGLE], ids=["word", "google docs"])
def test_the_clipboard_of_a_word_processor_has_its_quotation_and_no_other(rich):
    paragraphs = read_pasted("", rich)
    (quotation,) = find_quotations(paragraphs)
    assert (" ".join(quotation.text.split()), quotation.after.strip()) == (SAID, "said Ada.")
    shown = " ".join(" ".join(each.text.split()) for each in paragraphs)
    assert "One." in shown
    assert "Text here" in shown
    assert "AB1" not in shown
    assert "gone" not in shown


def test_without_rich_text_the_plain_one_counts():
    assert [each.text for each in read_pasted("She said: “Yes, of course.”", " <p> </p>")] == [
        "She said: “Yes, of course.”"
    ]


def test_a_draft_longer_than_a_book_is_refused():
    with pytest.raises(UnreadableArticle, match="longer than a book"):
        read_pasted("a" * (LONGEST + 1))


# ---------------------------------------------------------------- nothing is lost, nothing comes in

WORDS = st.text(st.characters(categories=["L", "M", "N"]), min_size=1, max_size=8)
MARKS = st.sampled_from(["“", "”", "„", "«", "»", '"', "'", "’", "‘", "「", "」", "<", "&", ">", "</p>", "<script>"])
TEXTS = st.lists(st.one_of(WORDS, MARKS), min_size=1, max_size=12)
WRAPS = st.sampled_from(
    [
        "{}",
        "<span style='mso-spacerun:yes'>{}</span>",
        "<b>{}</b>",
        "<o:p>{}</o:p>",
        '<span lang="DE" style="font-size:11pt;text-decoration:none;">{}</span>',
        '<a href="https://example.org/?q=“x”">{}</a>',
        "<!--[if gte mso 9]><xml>“never”</xml><![endif]-->{}",
        "<![if !supportLists]>{}<![endif]>",
        "<font color=red><ins>{}</ins></font>",
    ]
)
BLOCKS = st.sampled_from(["<p>{}</p>", "<div>{}</div>", "<ul><li>{}</li></ul>", "<p class=MsoNormal>{}<o:p></o:p></p>"])


@given(st.lists(st.tuples(BLOCKS, st.lists(st.tuples(WRAPS, TEXTS), min_size=1, max_size=4)), min_size=1, max_size=4))
def test_every_word_and_every_mark_of_the_visible_text_survives(blocks):
    written, wanted = "", []
    for block, runs in blocks:
        texts = [" ".join(text) for _, text in runs]
        inner = "&nbsp;".join(
            wrap.replace("{}", html.escape(text)) for (wrap, _), text in zip(runs, texts, strict=True)
        )
        written += block.replace("{}", inner)
        wanted.append(" ".join(texts))
    read = [each.text for each in read_pasted("", written)]
    assert [" ".join(each.split()) for each in read] == [" ".join(each.split()) for each in wanted]


@pytest.mark.parametrize(
    "hostile",
    [
        "<p>a</p>" * 100_000,
        "<div>" * 200_000,
        "<span><b>" * 100_000 + "x",
        "<!--" * 250_000,
        "<![if " * 150_000,
        "“" * 300_000,
        "<a href='" * 100_000,
        "&#8220;" * 140_000,
        "<del>" * 200_000,
        "x </p" * 200_000,
    ],
)
def test_a_megabyte_of_whatever_is_read_in_linear_time(hostile):
    def measure(text):
        begin = time.process_time()
        read_pasted("", f"<p>{text}</p>")
        return time.process_time() - begin

    half, whole = measure(hostile[: len(hostile) // 2]), measure(hostile)
    assert whole < 4 * half + 1


# ---------------------------------------------------------------- where quotations stand


@given(st.lists(st.text(st.sampled_from("ab c.,>“”„‘’«»\"'—\n:"), max_size=60), max_size=6))
def test_the_pieces_of_a_draft_are_its_text(texts):
    article = read_pasted("\n\n".join(texts))
    quotations = find_quotations(article)
    for each in quotations:
        assert article[each.paragraph].text[each.start : each.start + len(each.text)] == each.text
    report = ArticleReport(tuple(map(CheckedQuotation, quotations)), (), None, True)
    for paragraph, pieces in zip(article, mark_text(article, report), strict=True):
        assert "".join(piece.text for piece in pieces) == paragraph.text


def test_the_words_of_the_author_are_taken_between_the_same_marks():
    article = read_pasted("Ada: “We dropped AMP in May.” And Grace: “We did not.”")
    first = find_quotations(article)[0]
    assert take_over(article, first, "We dropped AMP\nin March.")[0].text == (
        "Ada: “We dropped AMP in March.” And Grace: “We did not.”"
    )
