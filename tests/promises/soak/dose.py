"""What was done in all, and what came of it."""

from collections import Counter
from dataclasses import dataclass, field
from random import Random

from tests.promises.soak.world import JSON

BY_THE_CLOCK = "by the clock"


@dataclass(slots=True)
class Dose:
    """points: where bots were killed. lines, edges: what was passed, and by how many bots; those alone whose tale is
    known, who were not killed. hits: how often one bot passed a line, at most. longest: seconds that a bot lived.
    """

    bots: int = 0
    kills: int = 0
    points: Counter[str] = field(default_factory=Counter)
    lines: Counter[str] = field(default_factory=Counter)
    edges: Counter[str] = field(default_factory=Counter)
    hits: Counter[str] = field(default_factory=Counter)
    longest: float = 0.3
    posts: int = 0
    replies: int = 0
    gave_up: int = 0

    def note(self, ended: JSON) -> list[str]:
        """Count one bot; answers what was wrong with its end."""
        self.bots += 1
        if ended["killed"]:
            self.kills += 1
            self.points[ended.get("point", "?")] += 1
        elif not ended.get("lines"):
            self.longest = max(self.longest, ended["seconds"])
        for line, hits in ended.get("lines", {}).items():
            self.lines[line] += 1
            self.hits[line] = max(self.hits[line], hits)
        self.edges.update(ended.get("edges", []))
        if not ended["killed"] and (ended["status"] or ended["errors"]):
            return [f"a bot failed: {ended}"]
        return [] if ended.get("point") or not ended["killed"] else [f"a bot hung: {ended}"]

    def draw_kill(self, dice: Random) -> JSON:
        """Any line that was ever passed, any edge, or any time; more often one that most bots pass."""
        how = dice.choices(("line", "edge", "after"), (5, 3, 2))[0]
        if how == "line":
            line = _draw(self.lines, dice)
            return {"line": line, "hit": 1 if dice.random() < 0.8 else dice.randint(1, min(self.hits[line], 10))}
        if how == "edge":
            return {"edge": _draw(self.edges, dice)}
        return {"after": dice.uniform(0, self.longest)}

    def __str__(self) -> str:
        return (
            f"{self.kills} kills of {self.bots} bots, {self.points[BY_THE_CLOCK]} by the clock, the others at "
            f"{len(self.points.keys() - {BY_THE_CLOCK})} points of {len(self.lines)} lines and {len(self.edges)} edges: "
            f"{self.posts} posts and {self.replies} replies, {self.gave_up} given up"
        )


def _draw(passed: Counter[str], dice: Random) -> str:
    names = sorted(passed)
    return dice.choices(names, [passed[name] for name in names])[0]
