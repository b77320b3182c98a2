"""A sandbox's network in a file, so that it outlives the process: people, posts and events as JSON."""

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from adapters.sandbox.network import SandboxEvent, SandboxNetwork, SandboxPerson, SandboxPost


def save_network(network: SandboxNetwork, path: Path) -> None:
    """The whole network, or what stood there before. What is attached to posts is left out."""
    told: dict[str, Any] = {
        "name": network.name,
        "people": [asdict(each) for each in network.people.values()],
        "posts": [asdict(each) | {"author": each.author.handle, "files": {}} for each in network.posts.values()],
        "events": [asdict(each) for each in network.events],
    }
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.write_text(json.dumps(told, ensure_ascii=False, default=str), encoding="utf-8")
    unfinished.replace(path)


def load_network(path: Path) -> SandboxNetwork:
    """Raises OSError, and ValueError where it is none."""
    told = json.loads(path.read_text(encoding="utf-8"))
    people = [TypeAdapter(SandboxPerson).validate_python(each) for each in told["people"]]
    by_handle = {person.handle: person for person in people}
    posts = [each | {"author": by_handle[each["author"]]} for each in told["posts"]]
    return SandboxNetwork.restore(
        told["name"],
        people,
        [TypeAdapter(SandboxPost).validate_python(each) for each in posts],
        [TypeAdapter(SandboxEvent).validate_python(each) for each in told["events"]],
    )
