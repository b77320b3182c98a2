"""A notice board: a folder of notes, each a JSON file named by its id."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class Note:
    """One note. below: the id of the note it answers. written_at: ISO 8601. edition grows with each rewriting."""

    id: str
    author: str
    text: str
    written_at: str
    below: str = ""
    edition: int = 1


class Board:
    """The notes of one folder, which must exist. Raises OSError."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def pin(self, note: Note) -> None:
        """Put a note up; the same id once more is the same note."""
        written = self.folder / f"{note.id}.part"
        written.write_text(json.dumps(asdict(note)), encoding="utf-8")
        written.replace(self._path(note.id))

    def read(self, note_id: str) -> Note | None:
        """A note, None where there is none. Raises OSError where there is no board."""
        if not self.folder.is_dir():
            raise NotADirectoryError(f"there is no board at {self.folder}")
        try:
            return Note(**json.loads(self._path(note_id).read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None

    def rewrite(self, note_id: str, text: str) -> None:
        """Change the words of a note."""
        note = self.read(note_id)
        if note:
            self.pin(replace(note, text=text, edition=note.edition + 1))

    def take_down(self, note_id: str) -> None:
        """Remove a note; one that is gone stays gone."""
        self._path(note_id).unlink(missing_ok=True)

    def below(self, roots: frozenset[str]) -> list[tuple[str, Note]]:
        """All notes under some roots, at any depth, oldest first, each with its root."""
        notes = sorted(map(self._load, self.folder.glob("*.json")), key=lambda note: (note.written_at, note.id))
        above = {note.id: note.below for note in notes}
        found = []
        for note in notes:
            root = note.below
            while root and root not in roots:
                root = above.get(root, "")
            if root:
                found.append((root, note))
        return found

    def _load(self, path: Path) -> Note:
        return Note(**json.loads(path.read_text(encoding="utf-8")))

    def _path(self, note_id: str) -> Path:
        return self.folder / f"{note_id}.json"


def make_note(note_id: str, author: str, text: str, at: datetime, below: str = "") -> Note:
    """A note written at a moment."""
    return Note(note_id, author, text, at.isoformat(), below)
