"""Runs one training with several seeds, a process each, over corpora that were read once; if asked to, they keep close."""

from __future__ import annotations

import gc
import multiprocessing
import sys
from typing import TYPE_CHECKING

import torch
from torch.nn.utils import parameters_to_vector, vector_to_parameters

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from torch import nn


class Meeting:
    """Draws networks that are trained side by side together, so that each learns from what the others read.

    At a meeting a process leaves its weights and goes on from the mean of those that all have left last; nobody waits. Made
    before the processes part, since they share its memory.
    """

    def __init__(self, network: nn.Module, places: int) -> None:
        self._left = parameters_to_vector(network.parameters()).detach().repeat(places, 1).share_memory_()

    @torch.no_grad()
    def attend(self, network: nn.Module, place: int) -> None:
        """Leave the weights of the process at `place`, and take the mean."""
        self._left[place] = parameters_to_vector(network.parameters())
        vector_to_parameters(self._left.mean(0), network.parameters())


def run_seeds(train: Callable[[int], None], seeds: Sequence[int]) -> None:
    """Wait for `train` of each seed, in processes that share what is in memory; exit with 1 where one of them fails."""
    gc.collect()
    gc.freeze()  # what is never collected is never copied either
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=train, args=(seed,)) for seed in seeds]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    if any(process.exitcode for process in processes):
        sys.exit(1)
