"""Writes a trained relation branch as the package's model: `python -m training.relations.export --branch FILE…`.

The calibration is fitted with the written model on the states of the shipped encoder, as both are used at run time.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnx
import onnxruntime

from kgraph.extraction.relations.inputs import feed
from training.language.calibrate import measure_inputs
from training.relations.calibration import calibrate, write
from training.relations.documents import examples
from training.relations.graph import write_relations
from training.relations.network import RelationNetwork, load_branch
from training.relations.readings import READINGS
from training.relations.scores import gather, report
from training.relations.states import shipped_states
from training.relations.train import load_development

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from onnx import ModelProto

    from training.relations.documents import RelationDocument
    from training.relations.scores import Item


def quantized(network: RelationNetwork, documents: Sequence[RelationDocument], states: Sequence[NDArray[np.float16]]) -> ModelProto:
    """The graph with eight-bit weights; the scales of its inputs are those of some documents."""
    plain, probes = write_relations(network)
    chosen = [(number, document) for number, document in enumerate(documents)][::4]
    feeds = (
        feed([(states[number].astype(np.float32), example.spans, example.segment)])
        for number, document in chosen
        for example in examples(number, document, document.views[-1])
    )
    return write_relations(network, measure_inputs(plain, probes, feeds))[0]


def main() -> None:
    """Read the command line, write model and calibration, print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--branch", type=Path, nargs="+", required=True, help="several give their mean")
    parser.add_argument("--readings", type=Path, default=READINGS)
    parser.add_argument("--output", type=Path, default=Path("kgraph/extraction/model"))
    arguments = parser.parse_args()
    documents = load_development(arguments.data, json.loads(arguments.readings.read_text(encoding="utf-8")))
    states = shipped_states(documents)
    model = arguments.output / "relations.onnx"
    onnx.save(quantized(load_branch(arguments.branch).eval(), documents, states), model)
    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])

    def score(items: Sequence[Item]) -> list[NDArray[np.float32]]:
        inputs = (feed([(states.astype(np.float32), example.spans, example.segment)]) for states, example in items)
        return [session.run(["logits"], one)[0][0, :, :-1] for one in inputs]  # one by one: the model takes no padding

    views = {"labelled mentions": gather(documents, states, score, 0), "predicted mentions": gather(documents, states, score, -1)}
    labels = sorted({label for found in views.values() for label in found})
    write(
        calibrate({label: [row for found in views.values() for row in found.get(label, [])] for label in labels}),
        arguments.output / "relations.json",
    )
    for name, found in views.items():
        print(f"{name}\n{report(found)}")


if __name__ == "__main__":
    main()
