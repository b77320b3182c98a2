"""Whose name stands beside a quotation."""

from bot.articles.naming.people import KnownPeople, Person
from bot.articles.naming.speakers import NamedSpeaker, Naming, find_naming, has_speaker

__all__ = ["KnownPeople", "NamedSpeaker", "Naming", "Person", "find_naming", "has_speaker"]
