"""Everything that left a pullquote, as text to be searched."""

import html
import io
import zipfile

READABLE = (".xml", ".rels")


def reveal(name, content):
    """All that can be read in a file; of an archive every part of it."""
    if not name.endswith(".docx"):
        return html.unescape(content.decode())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(each).decode() for each in archive.namelist() if each.endswith(READABLE)]
    return html.unescape("\n".join(parts))


def read_files(folder):
    """Digests on disk, by name; whatever else lies there too."""
    return {f"file {path.name}": reveal(path.name, path.read_bytes()) for path in folder.rglob("*") if path.is_file()}


def read_mails(taken):
    """Mails with their attachments, decoded."""
    said = {}
    for number, mail in enumerate(taken):
        for part in mail.walk():
            if part.is_multipart():
                continue
            content, name = part.get_payload(decode=True), part.get_filename() or "text"
            said[f"mail {number} {name}"] = reveal(name, content)
        said[f"mail {number} headers"] = "\n".join(f"{key}: {value}" for key, value in mail.items())
    return said


def read_posts(network, name):
    """What the bot wrote on another network, with the files it attached."""
    said = {}
    for post in network.by_author("pullquote"):
        said[f"{name} {post.id}"] = post.text
        said |= {f"{name} {post.id} {file}": reveal(file, content) for file, content in post.files.items()}
    return said


def find(said, tokens):
    """Where any of the tokens stands: (output, token)."""
    return [(name, token) for name, text in said.items() for token in tokens if token in text]
