"""Reads articles: the order of the steps of extraction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kgraph.extraction.claims.assembly import Assembler, Statement
from kgraph.extraction.claims.belief import Belief
from kgraph.extraction.frames.matching import Frames
from kgraph.extraction.frames.scores import FrameScores
from kgraph.extraction.layout.reading import Layout, filled
from kgraph.extraction.marking.quantities.amounts import find_amounts
from kgraph.extraction.marking.quantities.conversions import told_once
from kgraph.extraction.marking.things.mentions import find_mentions, recounted
from kgraph.extraction.marking.things.titles import find_titles
from kgraph.extraction.marking.times.moments import find_moments
from kgraph.extraction.model import FILES
from kgraph.extraction.qualifying.binding import rebound
from kgraph.extraction.qualifying.offices import name_offices, settle_offices, share_offices
from kgraph.extraction.qualifying.qualifiers import complete
from kgraph.extraction.relations.candidates import propose
from kgraph.extraction.relations.contradictions import Contradictions
from kgraph.extraction.relations.meanings import Meanings
from kgraph.extraction.relations.scoring import Heard, RelationModel
from kgraph.extraction.spans import Candidate, Marked, Mention
from kgraph.model import Appearance, Article, Claim, Reading
from kgraph.ontology import Ontology, directory
from kgraph.ontology.headings import read_headings
from kgraph.ontology.lexicon import read_lexicon
from kgraph.settings import Settings

__all__ = ["Extractor"]


class Extractor:
    """Both extractors, ready to read; made once in each process."""

    def __init__(self, ontology: Ontology, settings: Settings) -> None:
        self._ontology = ontology
        files = [directory() / "lexicon.ttl", *settings.ontology]
        lexicon = read_lexicon(files)
        self._matters = lexicon.words.get("matter", frozenset())
        self._parts = lexicon.words.get("part", frozenset())
        self._firms = lexicon.words.get("firm", frozenset())
        self._frames = Frames(lexicon, ontology, FrameScores.load())
        self._layout = Layout(read_headings(files), lexicon.words, ontology.predicates)
        self._contradictions = Contradictions(lexicon)
        self._relations = RelationModel.load() if (FILES / "relations.onnx").exists() else None
        self._meanings = Meanings.load(FILES / "meanings.json")
        self._assembler = Assembler(ontology, Belief.load() if self._relations is not None else Belief())

    def read(self, pairs: Iterable[tuple[Doc, Article]]) -> Iterator[Reading]:
        """What each article says, in the order given."""
        for doc, article in pairs:
            yield self._read(doc, article)

    def judge(self, doc: Doc, article: Article) -> tuple[tuple[Appearance, ...], list[tuple[Candidate, Claim]]]:
        """Every candidate of the frames with the claim it would make alone, for measuring frames."""
        appearances, marked, _ = self._marked(doc, article)
        alone = self._completed(doc, marked, self._frames.match(doc, marked))
        stated = [(candidate, one) for candidate in alone for one in self._assembler.statements(doc, [candidate], ())]
        return appearances, [(candidate, claim) for candidate, one in stated if (claim := self._claimed(doc, article, one))]

    def weigh(self, doc: Doc, article: Article) -> tuple[tuple[Appearance, ...], list[tuple[Statement, Claim]]]:
        """Everything that either extractor proposes, with the claim it would make, for measuring how sure they are together."""
        appearances, mentions, candidates = self._candidates(doc, article)
        stated = self._assembler.statements(doc, candidates, mentions)
        return appearances, [(one, claim) for one in stated if (claim := self._claimed(doc, article, one))]

    def hear(self, doc: Doc, article: Article) -> tuple[tuple[Appearance, ...], Marked, Heard | None]:
        """What an article speaks of, everything marked in it, and what the learnt model hears.

        Words stand for what the language model chose, so that this choice can be measured.
        """
        appearances, mentions = find_mentions(doc, article, matters=self._matters, parts=self._parts, firms=self._firms)
        marked = Marked(
            mentions=mentions,
            amounts=tuple(amount for amount in told_once(doc, find_amounts(doc, self._ontology.hedges)) if amount.is_total),
            moments=tuple(find_moments(doc, article.date)),
            titles=tuple(find_titles(doc)),
        )
        heard = self._relations.hear(doc, marked) if self._relations is not None and doc._.reading is not None else None
        return appearances, marked, heard

    def _claimed(self, doc: Doc, article: Article, statement: Statement) -> Claim | None:
        return self._assembler.claim(doc, article, statement.candidate, statement.extractor)

    def _read(self, doc: Doc, article: Article) -> Reading:
        appearances, mentions, candidates = self._candidates(doc, article)
        return Reading(article=article, appearances=appearances, claims=self._assembler.claims(doc, article, candidates, mentions))

    def _candidates(self, doc: Doc, article: Article) -> tuple[tuple[Appearance, ...], tuple[Mention, ...], list[Candidate]]:
        """What an article speaks of, and what both extractors propose."""
        appearances, marked, heard = self._marked(doc, article)
        layout = self._layout.read(doc, marked)
        found = [*self._frames.match(doc, layout.marked(marked)), *(propose(doc, heard) if heard is not None else ())]
        completed = self._completed(doc, layout.marked(marked), found)
        return appearances, marked.mentions, [*layout.candidates, *layout.not_of_rows(filled(completed, layout.blanks))]

    def _completed(self, doc: Doc, marked: Marked, candidates: Sequence[Candidate]) -> list[Candidate]:
        bound = rebound(doc, marked.mentions, self._contradictions.without(doc, candidates))
        completed = complete(doc, marked, bound, self._ontology.predicates)
        return share_offices(doc, settle_offices(name_offices(doc, marked, completed)), marked.titles)

    def _marked(self, doc: Doc, article: Article) -> tuple[tuple[Appearance, ...], Marked, Heard | None]:
        """The same with words standing for what both models find likeliest."""
        appearances, marked, heard = self.hear(doc, article)
        if heard is None:
            return appearances, marked, None
        settled = self._meanings.settle(heard)
        mentions = tuple(item for item in settled.items if isinstance(item, Mention))
        return recounted(doc, appearances, mentions), replace(marked, mentions=mentions), settled
