"""What can go wrong with what a user gave; anything else is a bug and a traceback.

KgraphError
├── ArticleError      an article cannot be read (names the source and the cause)
├── OntologyError     an ontology, lexicon or pattern file is wrong
├── SettingsError     kgraph.toml or an option is wrong
├── GraphError        a graph file or store cannot be read, written or locked, or does not hold what is asked for
├── QueryError        a SPARQL query is wrong, too slow or too large
├── JudgementError    a file of merge judgements is wrong or contradicts itself
├── ServiceError      a service on the web cannot be reached or answers wrongly
└── ExtraMissing      an optional part of kgraph is not installed
"""

__all__ = [
    "ArticleError",
    "ExtraMissing",
    "GraphError",
    "JudgementError",
    "KgraphError",
    "OntologyError",
    "QueryError",
    "ServiceError",
    "SettingsError",
]


class KgraphError(Exception):
    """The root: its text is one line for a person, naming the input and the cause."""


class ArticleError(KgraphError):
    """An article cannot be read.

    >>> str(ArticleError("seeds/a.txt", "the file is empty"))
    'seeds/a.txt: the file is empty'
    """

    def __init__(self, source: str, cause: str) -> None:
        super().__init__(f"{source}: {cause}")
        self.source = source
        self.cause = cause


class OntologyError(KgraphError):
    """An ontology, lexicon or pattern file is wrong."""


class SettingsError(KgraphError):
    """`kgraph.toml` or an option is wrong."""


class GraphError(KgraphError):
    """A graph file or store cannot be read, written or locked, or does not hold the thing or article that is asked for."""


class QueryError(KgraphError):
    """A SPARQL query is wrong, too slow or too large."""


class JudgementError(KgraphError):
    """A file of merge judgements is wrong or contradicts itself."""


class ServiceError(KgraphError):
    """A service on the web cannot be reached or answers wrongly."""


class ExtraMissing(KgraphError):
    """An optional part is not installed; the text names the extra that brings it."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(f"{feature} needs an extra: pip install 'kgraph[{extra}]'")
        self.extra = extra
