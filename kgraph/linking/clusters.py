"""Which items belong together: a union-find whose clusters can be kept apart.

networkx has connected components but no "these two never"; that is what linking turns on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Clusters"]


class Clusters:
    """Items that are joined step by step, unless two of them were said to differ."""

    def __init__(self, items: Iterable[str]) -> None:
        self._parent = {item: item for item in items}
        self._members = {item: [item] for item in self._parent}
        self._barred: dict[str, set[str]] = {}

    def __contains__(self, item: str) -> bool:
        return item in self._parent

    def root(self, item: str) -> str:
        """The item that stands for the cluster of `item` at the moment."""
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def members(self, item: str) -> list[str]:
        """All items of the cluster of `item`."""
        return self._members[self.root(item)]

    def bar(self, left: str, right: str) -> None:
        """Keeps the clusters of two items apart from now on."""
        a, b = self.root(left), self.root(right)
        self._barred.setdefault(a, set()).add(b)
        self._barred.setdefault(b, set()).add(a)

    def barred(self, left: str, right: str) -> bool:
        """Whether the clusters of two items must stay apart."""
        return self.root(right) in self._barred.get(self.root(left), ())

    def together(self, left: str, right: str) -> bool:
        """Whether two items are in one cluster."""
        return self.root(left) == self.root(right)

    def join(self, left: str, right: str) -> bool:
        """Makes one cluster of two; False where they are one already or must stay apart."""
        a, b = self.root(left), self.root(right)
        if a == b or b in self._barred.get(a, ()):
            return False
        if len(self._members[a]) < len(self._members[b]):
            a, b = b, a
        self._parent[b] = a
        self._members[a] += self._members.pop(b)
        for other in self._barred.pop(b, ()):
            self._barred[other].discard(b)
            self._barred[other].add(a)
            self._barred.setdefault(a, set()).add(other)
        return True

    def groups(self) -> list[list[str]]:
        """The clusters, each sorted, in the order of their first items."""
        return sorted(sorted(members) for members in self._members.values())
