"""A folder that is being filled holds what was put in, be it on disk already or not."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.graph.stores.filling import Filling

GRAPHS: list[ox.DefaultGraph | ox.NamedNode] = [ox.DefaultGraph(), ox.NamedNode("ex:article")]
QUADS = [ox.Quad(ox.NamedNode(f"ex:{n % 3}"), ox.NamedNode("ex:p"), ox.Literal(n), GRAPHS[n % 2]) for n in range(8)]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sets(st.sampled_from(QUADS)), max_size=6), st.integers(0, 6))
def test_it_is_what_the_changes_made_of_it(states: list[set[ox.Quad]], in_memory: int) -> None:
    now: set[ox.Quad] = set()
    with tempfile.TemporaryDirectory() as folder:
        filling = Filling(Path(folder), in_memory=in_memory)
        for wanted in states:
            filling.change(now - wanted, wanted - now)
            now = wanted
            assert sorted(map(str, filling.quads_for_pattern(None, None, None))) == sorted(map(str, now))
            assert {quad for quad in QUADS if quad in filling} == now
            subject = QUADS[1].subject
            assert {*filling.quads_for_pattern(subject, None, None, GRAPHS[1])} == {
                quad for quad in now if quad.subject == subject and quad.graph_name == GRAPHS[1]
            }
        filling.close()
        assert {*ox.Store(folder)} == now
