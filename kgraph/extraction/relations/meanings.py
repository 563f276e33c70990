"""Settles what pronouns and descriptions stand for: both models weigh the things that are named around them.

The language model has chosen by the whole article, and says how sure it is (`Mention.certainty`). The relation model,
which has read what companies and people do, says how likely each thing named in the same stretch of text is meant. The
weights (`model/meanings.json`, made by `python -m training.fitting.meanings`) say how much each counts.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kgraph.extraction.spans import Mention

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kgraph.extraction.relations.scoring import Heard
    from kgraph.model import AppearanceKey

__all__ = ["FORMS", "Meanings", "terms"]

FORMS = ("nominal", "pronoun")
_LEAST = 0.01
"""No chance counts as smaller than this."""

Terms = tuple[float, float]
"""How likely a thing is meant by what the relation model hears, and by what the language model chose: logarithms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meanings:
    """How much the two terms count, by form."""

    weights: Mapping[str, Terms]

    @classmethod
    def load(cls, path: Path) -> Meanings:
        """The weights of a file."""
        told = json.loads(path.read_text(encoding="utf-8"))
        return cls(weights={form: (told[form]["heard"], told[form]["chosen"]) for form in FORMS})

    def settle(self, heard: Heard) -> Heard:
        """The same with each pronoun and description standing for what is likeliest, and how sure that is."""
        items = list(heard.items)
        for place, meant in heard.meant.items():
            item = items[place]
            if isinstance(item, Mention):
                items[place] = self._settled(item, meant)
        return replace(heard, items=items)

    def _settled(self, mention: Mention, meant: Mapping[AppearanceKey | None, float]) -> Mention:
        weights = self.weights[mention.kind]
        odds = {thing: sum(w * term for w, term in zip(weights, told, strict=True)) for thing, told in terms(mention, meant).items()}
        best = max(odds, key=lambda thing: (odds[thing], thing == mention.appearance, thing))
        total = sum(math.exp(value - odds[best]) for value in odds.values())
        return replace(mention, appearance=best, certainty=round(1 / total, 3), rivals=())


def terms(mention: Mention, meant: Mapping[AppearanceKey | None, float]) -> dict[AppearanceKey, Terms]:
    """What speaks for each thing that a mention may stand for: those named near it, and what the language model chose."""
    things = {thing for thing in meant if thing is not None} | {mention.appearance}
    chosen = {**dict(mention.rivals), mention.appearance: mention.certainty}
    return {
        thing: (math.log(max(meant.get(thing, meant[None]), _LEAST)), math.log(max(chosen.get(thing, 0.0), _LEAST)))
        for thing in sorted(things)
    }
