"""Runs one training with several seeds, a process each, over corpora that were read once."""

from __future__ import annotations

import gc
import multiprocessing
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


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
