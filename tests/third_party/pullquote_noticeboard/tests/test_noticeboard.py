"""The notice board passes the suite of all adapters, found by the name of its entry point."""

import itertools
from typing import ClassVar

import pytest
from pullquote_noticeboard.adapter import NoticeBoardSettings, point_at
from pullquote_noticeboard.board import Board, make_note

from adapters.contract.sending import Reference
from adapters.registry import installed, load_platform, recognise
from adapters.testing import AdapterSuite


class Visitors:
    """People in front of a board."""

    def __init__(self, folder, host) -> None:
        self._board = Board(folder)
        self._host = host
        self._count = itertools.count(1)

    async def post(self, who: str, text: str) -> Reference:
        return await self.reply(Reference(""), who, text)

    async def reply(self, to: Reference, who: str, text: str) -> Reference:
        note_id = f"note-{next(self._count)}"
        self._board.pin(make_note(note_id, who, text, self._host.now(), to.remote_id))
        return point_at(note_id)

    async def edit(self, reply: Reference, text: str) -> None:
        self._board.rewrite(reply.remote_id, text)

    async def delete(self, reply: Reference) -> None:
        self._board.take_down(reply.remote_id)

    async def settle(self) -> None:
        """A file is there when it is written."""


class TestNoticeBoard(AdapterSuite):
    impossible: ClassVar = {"vote": "a notice board has no polls"}

    @pytest.fixture
    async def adapter(self, host, tmp_path):
        async with load_platform("noticeboard").connect(NoticeBoardSettings(folder=tmp_path), host) as adapter:
            yield adapter

    @pytest.fixture
    def unreachable(self, host, tmp_path):
        return load_platform("noticeboard").connect(NoticeBoardSettings(folder=tmp_path / "nowhere"), host)

    @pytest.fixture
    def people(self, tmp_path, host):
        return Visitors(tmp_path, host)


def test_it_is_installed_beside_the_others():
    assert {"noticeboard", "sandbox"} <= set(installed())


def test_its_links_are_recognised():
    assert recognise("https://noticeboard.example/note-1").name == "noticeboard"
