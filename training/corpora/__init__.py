"""Reads what there is to learn from and to measure on: treebanks, names, coreference, labelled articles."""
