"""Writes the package's models as checkpoints, so that training can go on where the shipped weights stand.

python -m training.shipped --language checkpoints/language/shipped.pt --relations checkpoints/relations-shipped.pt
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from kgraph.extraction.model import FILES as RELATION_MODEL
from kgraph.language.network.encoder import MODEL
from training.language.shipped import language_network
from training.relations.shipped import relation_network


def main() -> None:
    """Read the command line and write the checkpoints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--language", type=Path, default=Path("checkpoints/language/shipped.pt"))
    parser.add_argument("--relations", type=Path, default=Path("checkpoints/relations-shipped.pt"))
    arguments = parser.parse_args()
    arguments.language.parent.mkdir(parents=True, exist_ok=True)
    network, features = language_network(MODEL)
    torch.save({"network": network.state_dict(), "features": features, "passes": 0}, arguments.language)
    branch = relation_network(RELATION_MODEL)
    torch.save({"network": branch.state_dict(), "config": {"layers": len(branch.layers)}}, arguments.relations)


if __name__ == "__main__":
    main()
