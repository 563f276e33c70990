"""One thread for numpy's matrix products while a text is read.

They are small here: the threads of a BLAS library that wait for the next one would double the time of the processor, and take it from
other processes that read. Work is divided by documents instead.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from threadpoolctl import ThreadpoolController

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

__all__ = ["one_thread"]


def one_thread() -> AbstractContextManager[object]:
    """Within this block matrix products use one thread; afterwards as many as before."""
    limited: AbstractContextManager[object] = _controller().limit(limits=1, user_api="blas")
    return limited


@cache
def _controller() -> ThreadpoolController:
    """Of the libraries that are loaded, which takes some milliseconds to find out."""
    return ThreadpoolController()
