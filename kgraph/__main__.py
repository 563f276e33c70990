"""Lets `python -m kgraph` be the command line."""

from kgraph.cli import run

if __name__ == "__main__":
    run()
