"""The letters of a draft, and what it is told where they had to be guessed; kinds of file that are not read."""

import io
import zipfile

import pytest

from bot.articles import UnreadableArticle, find_quotations, read_article

SAID = "„Wir haben größere Mühe,“ sagte Jürgen Groß"


def read(data, name="draft.txt"):
    """The quotations, and the remarks."""
    remarks = []
    return [each.text for each in find_quotations(read_article(data, name, remarks.append))], remarks


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_utf_8_and_marked_utf_16_need_no_word(encoding):
    assert read(SAID.encode(encoding)) == (["Wir haben größere Mühe,"], [])


@pytest.mark.parametrize(
    ("encoding", "said"), [("cp1252", "Windows-1252"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16")]
)
def test_what_says_nothing_is_guessed_with_a_word_about_it(encoding, said):
    found, (remark,) = read(SAID.encode(encoding))
    assert found == ["Wir haben größere Mühe,"]
    assert said in remark


def test_the_quotation_marks_of_old_macs_are_seen():
    found, (remark,) = read("She said: “We keep it all,” and that’s it.".encode("mac_roman"))
    assert found == ["We keep it all,"]
    assert "Mac Roman" in remark


@pytest.mark.parametrize(
    "head",
    [
        '<meta charset="{}">',
        "<meta http-equiv=Content-Type content='text/html; charset={}'>",
        '<?xml version="1.0" encoding="{}"?>',
    ],
)
@pytest.mark.parametrize(
    ("label", "encoding"), [("windows-1252", "cp1252"), ("ISO-8859-1", "cp1252"), ("macintosh", "mac_roman")]
)
def test_html_is_read_by_what_it_declares(head, label, encoding):
    found, (remark,) = read(f"{head.format(label)}<p>{SAID}</p>".encode(encoding), "draft.html")
    assert found == ["Wir haben größere Mühe,"]
    assert "as it declares" in remark


def test_other_scripts_are_read_by_what_they_declare():
    russian = '<meta charset="windows-1251"><p>Она сказала: «Мы всё храним»</p>'.encode("cp1251")
    assert read(russian, "draft.html")[0] == ["Мы всё храним"]
    japanese = '<meta charset="Shift_JIS"><p>佐藤: 「全部残します。」</p>'.encode("cp932")
    assert read(japanese, "draft.html")[0] == ["全部残します。"]


def test_utf_8_that_declares_something_else_is_read_as_utf_8():
    found, (remark,) = read(f'<meta charset="windows-1252"><p>{SAID}</p>'.encode(), "draft.html")
    assert found == ["Wir haben größere Mühe,"]
    assert "is UTF-8" in remark


def test_one_foreign_letter_leaves_the_marks_of_the_others_alone():
    data = f"{SAID}\n".encode() + "Größe\n".encode("cp1252") + "“We keep it,” said Ada".encode()
    found, (remark,) = read(data)
    assert found == ["Wir haben größere Mühe,", "We keep it,"]
    assert "line 2" in remark


@pytest.mark.parametrize("label", ["rot13", "hex", "zlib", "no-such-code", "utf-7", "utf-16", "idna", ""])
def test_a_declaration_that_means_nothing_breaks_nothing(label):
    assert read(f'<meta charset="{label}"><p>{SAID}</p>'.encode(), "draft.html")[0] == ["Wir haben größere Mühe,"]
    assert read(f'<meta charset="{label}"><p>{SAID}</p>'.encode("cp1252"), "draft.html")[0] == [
        "Wir haben größere Mühe,"
    ]


@pytest.mark.parametrize("encoding", ["cp1251", "gb18030", "cp932", "koi8-r", "iso8859-7"])
def test_another_script_that_declares_nothing_is_refused_rather_than_read_without_its_marks(encoding):
    words = {
        "gb18030": "他说：“我们什么都没有改变。”",
        "cp932": "佐藤さんは「何も変わりませんでした」と言った。",
        "iso8859-7": "Είπε ότι τίποτα δεν άλλαξε",
    }
    with pytest.raises(UnreadableArticle, match="save it as UTF-8"):
        read_article(words.get(encoding, "Она сказала, что ничего не изменилось").encode(encoding), "draft.txt")


def test_letters_that_cannot_be_read_are_counted():
    _, remarks = read(b"caf\xe9 \x81 \x8d")
    assert any("2 of its letters" in remark for remark in remarks)


# ---------------------------------------------------------------- kinds


def pack(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.7", "draft", "a PDF"),
        (b"{\\rtf1 x}", "draft.doc", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "draft.doc", "old Word"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "draft.docx", "password"),
        (pack("Index/Document.iwa"), "draft.pages", "Pages"),
        (pack("Index.zip"), "draft", "Pages"),
        (pack("[Content_Types].xml", "xl/workbook.xml"), "draft.xlsx", "packed"),
        (b"", "draft.pages", "Pages"),
        (b'{"doc_id": "x"}', "draft.gdoc", "Google"),
        (b"\x89PNG\r\n", "draft.png", "picture"),
        (b"MIME-Version: 1.0\n", "draft.htm", "web archive"),
        (b'<?xml version="1.0"?><pkg:package>', "draft.xml", "Word document in XML"),
        (b"From: a\n", "draft.eml", "mail"),
    ],
)
def test_other_kinds_are_told_what_to_be_saved_as(data, name, kind):
    with pytest.raises(UnreadableArticle, match=rf"not read: it is .*{kind}.* save the draft as \.docx, \.odt"):
        read_article(data, name)


def test_what_is_no_text_is_refused():
    with pytest.raises(UnreadableArticle, match="no text"):
        read_article(b"abc\0\0\0def" * 50, "draft.txt")
    with pytest.raises(UnreadableArticle, match=r"called \.docx and is none"):
        read_article(b"hello", "draft.docx")
