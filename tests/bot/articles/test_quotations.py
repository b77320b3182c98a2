"""What an article gives as somebody's words, whatever its marks and its file."""

import io
import zipfile

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles import Paragraph, UnreadableArticle, find_quotations, read_article


def find(text, name="draft.md"):
    return [each.text for each in find_quotations(read_article(text.encode(), name))]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“We keep it,” said Ada.", ["We keep it,"]),
        ('"We keep it," said Ada. "Always."', ["We keep it,", "Always."]),
        ("Ada: „Wir behalten es“, sagt sie.", ["Wir behalten es"]),
        ("Ada: „Wir behalten es”, sagt sie.", ["Wir behalten es"]),
        ("« On le garde », dit Ada.", ["On le garde"]),
        ("Ada: »Wir behalten es«, sagt sie.", ["Wir behalten es"]),
        ("Ada: ‚Wir behalten es‘, sagt sie.", ["Wir behalten es"]),
        ("‘We don’t keep it,’ said Ada. It’s hers.", ["We don’t keep it,"]),
        ("'We don't keep it,' said Ada. It's hers.", ["We don't keep it,"]),
        ("”Vi behåller det”, sade Ada.", ["Vi behåller det"]),
        ("「使わない」と言った。", ["使わない"]),
        ("“He said ‘keep it’ and left,” said Ada.", ["He said ‘keep it’ and left,"]),
        ("“He said “keep it” and left,” said Ada.", ["He said “keep it” and left,"]),
        ('A screen of 5" and one of 7" for Ada', []),
        ("The links' value and Ada's and the '90s", []),
        ("It is “never closed", []),
        ("“[S]top it […] now,” said Ada.", ["[S]top it […] now,"]),
        ("**“We *keep* it,”** said [Ada](https://sandbox.example/ada).", ["We keep it,"]),
        ('“We keep [it](https://sandbox.example/it "It"),” said Ada.', ["We keep it,"]),
        (r"“We keep \[…\] snake_case\_names,” said Ada.", ["We keep […] snake_case_names,"]),
        ("“We keep it,”[^1] said Ada.\n\n[^1]: In May.", ["We keep it,"]),
        ("> We keep it.\n> All of it.\n>\n> — Ada", ["We keep it.\nAll of it."]),
        ("> “We keep it.”\n> — Ada", ["We keep it."]),
        ("> First.\n>\n> Second.", ["First.", "Second."]),
        ("Ada: “First.\n\n“Second.\n\n“Third.” And then", ["First.", "Second.", "Third."]),
        ("- “One,” said Ada\n- “Two,” said Alan", ["One,", "Two,"]),
        ("```\nprint(“no”)\n```\nand “yes”", ["yes"]),
        ("<q>We keep it</q>, said Ada", ["We keep it"]),
    ],
)  # fmt: skip
def test_marks_of_every_kind_are_read(text, quoted):
    assert find(text) == quoted


def test_html_is_read_as_a_browser_shows_it():
    page = """<!doctype html><html><head><title>“no”</title><script>var a = "“no”";</script></head><body>
    <p>Ada said: <q>We <em>keep</em>
    it</q>, and &ldquo;never <del>ever </del>sell it&rdquo;.</p>
    <blockquote><p>We keep all of it.</p><footer>Grace Hopper</footer></blockquote>
    <blockquote>Nothing moved. <cite>Alan Turing</cite></blockquote>
    <figure><blockquote>Stop for a month.</blockquote><figcaption>— Alan Turing</figcaption></figure>
    <p hidden>&lt;q&gt;text&lt;/q&gt;</p></body></html>"""
    found = find_quotations(read_article(page.encode(), "draft.html"))
    assert [each.text for each in found] == [
        "We keep it",
        "never sell it",
        "We keep all of it.",
        "Nothing moved.",
        "Stop for a month.",
    ]
    assert [each.after for each in found[2:]] == ["— Grace Hopper", "— Alan Turing", "— Alan Turing"]
    assert found[0].line == 2


def write_docx(build):
    document = docx.Document()
    build(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_docx_is_read_with_tables_quote_styles_and_tracked_changes():
    def build(document):
        paragraph = document.add_paragraph("“We ")
        paragraph.add_run("keep").bold = True
        paragraph.add_run(" it,” said Ada.")
        document.add_paragraph("We keep all of it.", style="Intense Quote")
        document.add_table(1, 1).cell(0, 0).text = "„Nie wieder“, sagt Alan."
        changed = document.add_paragraph("“We ")
        inserted = docx.oxml.parse_xml(
            '<w:ins xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:id="1" w:author="alan">'
            "<w:r><w:t>never </w:t></w:r></w:ins>"
        )
        deleted = docx.oxml.parse_xml(
            '<w:del xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:id="2" w:author="alan">'
            "<w:r><w:delText>always </w:delText></w:r></w:del>"
        )
        changed._p.append(inserted)
        changed._p.append(deleted)
        changed.add_run("stop,” said Grace.")

    found = find_quotations(read_article(write_docx(build), "draft.docx"))
    assert [each.text for each in found] == ["We keep it,", "We keep all of it.", "Nie wieder", "We never stop,"]


def test_a_file_that_is_no_draft_says_what_to_do():
    with pytest.raises(UnreadableArticle, match=r"save the draft as \.docx"):
        read_article(b"%PDF-1.7", "draft.pdf")
    with pytest.raises(UnreadableArticle, match="no whole DOCX"):
        read_article(b"PK\x03\x04 broken", "draft.docx")


def test_a_docx_that_unpacks_to_gigabytes_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for number in range(3):
            package.writestr(f"word/{number}.xml", b" " * 80_000_000)
    with pytest.raises(UnreadableArticle, match="unpacks to more"):
        read_article(file.getvalue(), "draft.docx")


def test_the_format_is_seen_without_a_name():
    assert find("<p>“We keep it,” said Ada</p>", "") == ["We keep it,"]
    data = write_docx(lambda document: document.add_paragraph("“We keep it,” said Ada"))
    assert [each.text for each in find_quotations(read_article(data))] == ["We keep it,"]
    assert find("\N{BYTE ORDER MARK}“We keep it,” said Ada", "") == ["We keep it,"]


def test_the_line_of_each_quotation_is_known():
    found = find_quotations(read_article("---\na: 1\n---\n\nText\nand “one two three”\n\n“four”".encode(), "draft.md"))
    assert [each.line for each in found] == [6, 8]


@given(st.text(st.sampled_from("“”„«»‚‘’\"' abc\n>-—[]*_`<q>/"), max_size=200))
def test_any_text_is_read_without_breaking_and_nothing_is_made_up(text):
    for name in ("draft.md", "draft.html"):
        for quotation in find_quotations(read_article(text.encode(), name)):
            assert quotation.text
            assert set(quotation.text) <= set(text) | set("“”— ")


@given(st.text(max_size=200))
def test_a_plain_paragraph_keeps_its_text_around_its_quotations(text):
    paragraph = Paragraph(text, 1)
    for quotation in find_quotations([paragraph]):
        assert quotation.text in text
