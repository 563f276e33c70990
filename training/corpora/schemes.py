"""The label sets of the heads, and which name tags a word may have under the scheme of each corpus."""

from __future__ import annotations

UPOS = ["ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"]
XPOS = [
    "NN",
    "IN",
    "DT",
    "NNP",
    "PRP",
    "JJ",
    "RB",
    ".",
    "VB",
    "NNS",
    ",",
    "CC",
    "VBD",
    "VBP",
    "VBZ",
    "CD",
    "VBN",
    "VBG",
    "MD",
    "TO",
    "PRP$",
    "-RRB-",
    "-LRB-",
    "WDT",
    ":",
    "WRB",
    "``",
    "''",
    "WP",
    "RP",
    "UH",
    "POS",
    "HYPH",
    "NNPS",
    "JJR",
    "JJS",
    "EX",
    "NFP",
    "RBR",
    "ADD",
    "GW",
    "$",
    "SYM",
    "PDT",
    "LS",
    "FW",
    "RBS",
    "AFX",
    "WP$",
    "XX",
]
RELATIONS = [
    "acl",
    "acl:relcl",
    "advcl",
    "advcl:relcl",
    "advmod",
    "amod",
    "appos",
    "aux",
    "aux:pass",
    "case",
    "cc",
    "cc:preconj",
    "ccomp",
    "compound",
    "compound:prt",
    "conj",
    "cop",
    "csubj",
    "csubj:outer",
    "csubj:pass",
    "dep",
    "det",
    "det:predet",
    "discourse",
    "dislocated",
    "expl",
    "fixed",
    "flat",
    "goeswith",
    "iobj",
    "list",
    "mark",
    "nmod",
    "nmod:desc",
    "nmod:poss",
    "nmod:unmarked",
    "nsubj",
    "nsubj:outer",
    "nsubj:pass",
    "nummod",
    "obj",
    "obl",
    "obl:agent",
    "obl:unmarked",
    "orphan",
    "parataxis",
    "punct",
    "reparandum",
    "root",
    "vocative",
    "xcomp",
]
FEATURES = ("Degree", "Mood", "Number", "Person", "Poss", "PronType", "Tense", "VerbForm", "Voice")
"""The morphological features that rules read; the others of the treebanks are not learnt."""

TYPES = ("Organization", "Person", "Place", "Product", "GovernmentBody")
TAGS = ("O", *(f"{prefix}-{kind}" for kind in TYPES for prefix in "BI"))
ANY = (1 << len(TAGS)) - 1
"""The mask of a word about whose tag a corpus says nothing."""
OUTSIDE = 1

IGNORED = -100
"""The label of a word that a loss leaves out."""


def feature_string(features: str) -> str:
    """The learnt part of a FEATS column.

    >>> feature_string("Mood=Ind|Style=Coll|Tense=Past|VerbForm=Fin")
    'Mood=Ind|Tense=Past|VerbForm=Fin'
    """
    kept = [item for item in features.split("|") if item.partition("=")[0] in FEATURES]
    return "|".join(kept) or "_"


def begin(*kinds: str) -> int:
    """The mask that allows the first word of a name of these types; "O" allows no name."""
    return _mask("B", kinds)


def inside(*kinds: str) -> int:
    """The mask that allows a later word of a name of these types; "O" allows no name."""
    return _mask("I", kinds)


def _mask(prefix: str, kinds: tuple[str, ...]) -> int:
    mask = 0
    for kind in kinds:
        mask |= 1 << TAGS.index("O" if kind == "O" else f"{prefix}-{kind}")
    return mask


OUTSIDE_OR_PRODUCT = OUTSIDE | begin("Product") | inside("Product")
"""Outside, in a corpus that does not mark products."""
