"""Makes the table of known names and the weights by which types are chosen: `python -m training.fitting.known_names FOLDER…`.

The table counts by type the names of the labelled articles, those of the catalogue and of the world's cities, and those of
`known-names.txt`, which was written for kgraph. Of names in written articles only those count that several sets of them
have, since one alone may have invented them; Wikinews and the passages are real. The weights are measured on FOLDER…,
articles that neither the network nor the table they are measured with has seen; the table that is written knows their names, too.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
from scipy.optimize import minimize

import kgraph.language
from kgraph.language.network.encoder import MODEL
from kgraph.language.network.name_types import KNOWN_NAMES, WEIGHTS, KnownNames, NameTypes
from training.catalogue import rows
from training.corpora.articles import alias_spans, article_text
from training.labelled import SETS, read_folder, read_labelled

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from numpy.typing import NDArray

    from kgraph.language.components import NameComponent
    from training.labelled import Labelled

TYPES = ("GovernmentBody", "Organization", "Person", "Place", "Product")
WRITTEN = Path(__file__).with_name("known-names.txt")
CATALOGUE = Path(__file__).parents[2] / "ontology/catalogue.tsv.gz"
SEVERAL = 2
"""Sets of written articles that must have a name."""
LISTED = 2
"""How many articles a list counts for."""
PULL = 1.0
"""How strongly the weights are drawn to those of the model alone."""

Table = dict[str, str]
"""By name the counts of TYPES, with tabs between them, empty for none."""


def listed(data: Path) -> Iterator[tuple[str, str]]:
    """The names of all lists with their types."""
    for row in rows(CATALOGUE, "\t"):
        yield from ((name, row["type"]) for name in {row["label"], *row["aliases"].split("|")} if name)
    for row in rows(data / "lists/world-cities.csv.gz"):
        yield from ((name, "Place") for name in {row["name"], row["country"], row["subcountry"]} if name)
    for line in WRITTEN.read_text(encoding="utf-8").splitlines():
        kind, _, name = line.partition("\t")
        yield name, kind


def table(data: Path, without: Collection[str] = ()) -> Table:
    """The names by type, without what articles of some ids say."""
    told: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    for corpus in SETS:
        for record, entities, _ in read_labelled(corpus, data, "seen"):
            if record["id"] not in without:
                for kind, form in {(entity["type"], form) for entity in entities for form in (entity["name"], *entity["aliases"])}:
                    told[form][kind, _set(corpus, record["id"])] = told[form].get((kind, _set(corpus, record["id"])), 0) + 1
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * len(TYPES))
    for form, found in told.items():
        sets = {name for _, name in found}
        if len(sets) >= SEVERAL or "real" in sets:
            for (kind, _), count in found.items():
                counts[form][TYPES.index(kind)] += count
    for form, kind in set(listed(data)):
        counts[form][TYPES.index(kind)] += LISTED
    return {form: "\t".join(str(count or "") for count in counts[form]) for form in sorted(counts)}


def _set(corpus: str, name: str) -> str:
    """The set of articles that one reader wrote, or that they are real."""
    return name.partition("-")[0] if corpus == "written" else "real"


def observed(types: NameTypes, articles: Sequence[Labelled]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """What model and table say of each name that is found and labelled, [name, 2, type], and its labelled type."""
    nlp = kgraph.language.load()
    names = cast("NameComponent", nlp.get_pipe("kgraph_names"))
    texts = [article_text(record) for record, _, _ in articles]
    said, right = [], []
    for (_, entities, _), text, doc in zip(articles, texts, nlp.pipe(texts), strict=True):
        gold = {(start, end): entities[which[0]]["type"] for start, end, which in alias_spans(text, entities)}
        for span, told in names.names(doc):
            kind = gold.get((span.start_char, span.end_char))
            if kind is not None:
                known = types.known.leaning(" ".join(span.text.split()), types.types)
                said.append([types.evidence(told), np.zeros(len(TYPES)) if known is None else known])
                right.append(types.types.index(kind))
    return np.array(said), np.array(right)


def fitted(said: NDArray[np.float64], right: NDArray[np.int64]) -> NDArray[np.float64]:
    """The weights of model and table, and what each type has ahead, by maximum likelihood."""
    plain = np.eye(1, 2 + len(TYPES))[0]
    each = np.arange(len(right))

    def cost(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = np.einsum("f,nfk->nk", flat[:2], said) + flat[2:]
        chances = np.exp(odds - np.logaddexp.reduce(odds, axis=1)[:, None])
        total = -np.log(chances[each, right]).sum() + PULL * ((flat - plain) ** 2).sum()
        chances[each, right] -= 1
        slope = np.concatenate([np.einsum("nk,nfk->f", chances, said), chances.sum(0)])
        return float(total), slope + 2 * PULL * (flat - plain)

    found: NDArray[np.float64] = minimize(cost, plain, jac=True, method="L-BFGS-B").x
    return found


def main() -> None:
    """Read the command line, measure, write, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--output", type=Path, default=MODEL)
    arguments = parser.parse_args()
    articles = [article for folder in arguments.folders for article in read_folder(folder)]
    tags = json.loads((MODEL / "labels.json").read_text(encoding="utf-8"))["tags"]
    known = KnownNames(TYPES, table(arguments.data, {record["id"] for record, _, _ in articles}))
    said, right = observed(NameTypes(tags, known), articles)
    weights = fitted(said, right)
    for name, flat in (("the model alone", np.eye(1, len(weights))[0]), ("with the table", weights)):
        print(f"{name}: {np.mean((np.einsum('f,nfk->nk', flat[:2], said) + flat[2:]).argmax(1) == right):.3f} of {len(right)} right")
    told = {"model": weights[0], "known": weights[1], "ahead": dict(zip(TYPES, weights[2:], strict=True))}
    (arguments.output / WEIGHTS).write_text(json.dumps(told, indent=1, default=float) + "\n", encoding="utf-8")
    lines = ["\t".join(("name", *TYPES)), *("\t".join(row) for row in table(arguments.data).items())]
    (arguments.output / KNOWN_NAMES).write_bytes(gzip.compress("\n".join(lines).encode("utf-8"), mtime=0))
    print(f"{len(lines) - 1} names")


if __name__ == "__main__":
    main()
