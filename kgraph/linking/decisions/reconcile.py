"""Asks a reconciliation service (Wikidata's or another) which of its things an entity is; online, and only when asked.

Speaks version 0.2 of the W3C Entity Reconciliation Community Group's API: a manifest at the service's address, and
batches of queries posted to it as a form. What was answered is kept in a cache file, so that asking again is free.
"""

from __future__ import annotations

import http.client
import json
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kgraph.atomic import replace_text
from kgraph.errors import GraphError, ServiceError
from kgraph.model import Entity, EntityId, EntityType, Judgement

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

__all__ = ["Match", "Opener", "accept", "fetch", "reconcile"]

Opener = Callable[[str, bytes | None], bytes]
"""Gets an address, or posts a form to it, and returns the body; raises `OSError` or `HTTPException` where that fails."""

WIKIDATA = "http://www.wikidata.org/entity/"
WIKIDATA_TYPES = {
    EntityType.ORGANIZATION: "Q43229",
    EntityType.PERSON: "Q5",
    EntityType.PLACE: "Q2221906",
    EntityType.PRODUCT: "Q2424752",
    EntityType.GOVERNMENT_BODY: "Q327333",
}
BATCH = 20
"""Queries in one request; services ask for batches of modest size."""
CANDIDATES = 3
TIMEOUT = 60.0
"""Seconds until a request counts as failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What a service offers for an entity."""

    entity: EntityId
    iri: str
    name: str
    score: float
    """As the service gives it; scales differ."""
    sure: bool
    """Whether the service itself says that it is the one."""


def fetch(url: str, form: bytes | None) -> bytes:
    """The opener for real use."""
    request = urllib.request.Request(url, data=form, headers={"Accept": "application/json", "User-Agent": "kgraph"})  # noqa: S310 - the scheme is checked by `reconcile`
    with urllib.request.urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310
        return bytes(response.read())


def reconcile(
    entities: Iterable[Entity], service: str, *, opener: Opener = fetch, limit: int = 100, cache: Path | None = None
) -> tuple[Match, ...]:
    """Candidates for the entities that have no IRI elsewhere, those named most first, at most `limit` of them.

    Sorted by entity, best first. Answers found in `cache` are not asked for again and do not count.

    Raises `ServiceError` where the service cannot be reached or does not speak the protocol.
    """
    _check_address(service)
    known = _read_cache(cache)
    open_ = sorted((e for e in entities if not e.same_as), key=lambda e: (-len(e.appearances), e.id))
    asked = [e for e in open_ if _cache_key(service, e) not in known][:limit]
    if asked:
        space = str(_json(service, opener, None).get("identifierSpace", ""))
        for start in range(0, len(asked), BATCH):
            batch = asked[start : start + BATCH]
            for entity, results in zip(batch, _ask(service, batch, space, opener), strict=True):
                known[_cache_key(service, entity)] = results
            _write_cache(cache, known)
    found = ((e, r) for e in open_ for r in known.get(_cache_key(service, e), ()))
    matches = (Match(entity=e.id, iri=r["iri"], name=r["name"], score=r["score"], sure=r["match"]) for e, r in found)
    return tuple(sorted(matches, key=lambda m: (m.entity, not m.sure, -m.score, m.iri)))


def _check_address(service: str) -> None:
    try:
        scheme = urllib.parse.urlsplit(service).scheme
    except ValueError as error:
        msg = f"{service}: no web address: {error}"
        raise ServiceError(msg) from error
    if scheme not in {"http", "https"}:
        msg = f"{service}: a service's address begins with http:// or https://"
        raise ServiceError(msg)


def accept(
    judgements: Iterable[Judgement], matches: Iterable[Match], why: str = "", *, when: dt.date | None = None
) -> tuple[Judgement, ...]:
    """The user's judgements with a yes for each match that the service was sure of, unless it is judged already."""
    given = tuple(judgements)
    judged = {(judgement.left, judgement.right) for judgement in given}
    new = [m for m in matches if m.sure and (m.entity, m.iri) not in judged]
    return (*given, *(Judgement(left=m.entity, right=m.iri, decision="yes", by="user", why=why or m.name, when=when) for m in new))


def _ask(service: str, batch: Sequence[Entity], space: str, opener: Opener) -> list[list[dict[str, Any]]]:
    queries = {f"q{i}": _query(entity, space) for i, entity in enumerate(batch)}
    form = urllib.parse.urlencode({"queries": json.dumps(queries, ensure_ascii=False)}).encode()
    answer = _json(service, opener, form)
    try:
        return [[_candidate(result, space) for result in answer[name]["result"]] for name in queries]
    except (KeyError, TypeError, ValueError) as error:
        msg = f"{service}: the answer is not one of the reconciliation protocol ({error!r})"
        raise ServiceError(msg) from error


def _query(entity: Entity, space: str) -> dict[str, Any]:
    query: dict[str, Any] = {"query": entity.label, "limit": CANDIDATES}
    return query | ({"type": WIKIDATA_TYPES[entity.type]} if space.startswith(WIKIDATA) else {})


def _candidate(result: Mapping[str, Any], space: str) -> dict[str, Any]:
    found = str(result["id"])
    iri = found if found.startswith(("http://", "https://")) else space + found
    return {"iri": iri, "name": str(result["name"]), "score": float(result.get("score", 0)), "match": bool(result.get("match"))}


def _json(service: str, opener: Opener, form: bytes | None) -> dict[str, Any]:
    try:
        answer = json.loads(opener(service, form))
    except (OSError, http.client.HTTPException) as error:
        msg = f"{service}: {getattr(error, 'reason', None) or error}"
        raise ServiceError(msg) from error
    except ValueError as error:
        msg = f"{service}: the answer is not JSON"
        raise ServiceError(msg) from error
    if not isinstance(answer, dict):
        msg = f"{service}: the answer is not one of the reconciliation protocol"
        raise ServiceError(msg)
    return answer


def _cache_key(service: str, entity: Entity) -> str:
    return f"{service} {entity.type} {entity.label}"


def _read_cache(path: Path | None) -> dict[str, list[dict[str, Any]]]:
    if path is None or not path.exists():
        return {}
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        msg = f"{path}: not a cache of reconciliation answers: {error}"
        raise ServiceError(msg) from error


def _write_cache(path: Path | None, known: Mapping[str, Any]) -> None:
    if path is None:
        return
    try:
        replace_text(path, (json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True),))
    except GraphError as error:
        raise ServiceError(str(error)) from error
