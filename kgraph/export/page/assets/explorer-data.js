// The graph as the page holds it: facts by thing, bundles of facts by pair, and what the filters let through.

const data = JSON.parse(document.getElementById('data').textContent);
const UNSETTLED = new Set(['rumoured', 'in talks']);

const factsOf = data.entities.map(() => []);
data.facts.forEach((fact, number) => {
  factsOf[fact.s].push(number);
  if (fact.o >= 0 && fact.o !== fact.s) factsOf[fact.o].push(number);
});

// One edge for each ordered pair, as in the printed picture.
const edges = (function () {
  const byPair = new Map();
  data.facts.forEach((fact, number) => {
    if (fact.o < 0 || fact.o === fact.s) return;
    const key = fact.s + '>' + fact.o;
    if (!byPair.has(key)) byPair.set(key, { s: fact.s, o: fact.o, facts: [], bent: false, symmetric: true });
    byPair.get(key).facts.push(number);
    if (!data.symmetric.includes(fact.predicate)) byPair.get(key).symmetric = false;
  });
  for (const edge of byPair.values()) edge.bent = byPair.has(edge.o + '>' + edge.s);
  return [...byPair.values()];
})();

const filters = { predicates: new Set(), statuses: new Set(), sources: new Set(), from: '', to: '' };
const shown = { facts: [], edges: [], entities: [] };
const NO_STATUS = 'no status';
const NO_SOURCE = 'unknown';

function statusOf(fact) {
  return fact.status || NO_STATUS;
}

function sourceOf(article) {
  return article.publisher || NO_SOURCE;
}

function claimPasses(claim) {
  const article = data.articles[claim.article];
  if (filters.sources.has(sourceOf(article))) return false;
  if (filters.from && (!article.date || article.date < filters.from)) return false;
  return !(filters.to && (!article.date || article.date > filters.to));
}

// `filters` name what is switched off, so that an empty set shows everything.
function applyFilters() {
  shown.facts = data.facts.map((fact) =>
    !filters.predicates.has(fact.predicate) && !filters.statuses.has(statusOf(fact)) &&
    (fact.claims.length === 0 || fact.claims.some((number) => claimPasses(data.claims[number]))));
  shown.edges = edges.map((edge) => edge.facts.some((number) => shown.facts[number]));
  edges.forEach((edge, number) => { if (shown.edges[number]) describe(edge); });
  shown.entities = data.entities.map((_, number) => factsOf[number].some((fact) => shown.facts[fact]));
}

function filtersAreSet() {
  return Boolean(filters.predicates.size || filters.statuses.size || filters.sources.size || filters.from || filters.to);
}

function visibleFacts(numbers) {
  return numbers.filter((number) => shown.facts[number]);
}

// How an edge looks and reads under the filters; worked out once, because every frame needs it.
function describe(edge) {
  const facts = visibleFacts(edge.facts).map((number) => data.facts[number]);
  const phrases = [...new Set(facts.map((fact) => fact.phrase))];
  edge.style = facts.some((fact) => fact.disputed) ? 'disputed' : facts.every((fact) => UNSETTLED.has(fact.status)) ? 'rumoured' : 'reported';
  edge.phrase = phrases.slice(0, 3).join(' · ') + (phrases.length > 3 ? ' +' + (phrases.length - 3) : '');
}

// Letters that people type differently should still be found: case and accents are ignored.
function folded(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

const searchable = data.entities.map((entity) => [entity.label, ...entity.names].map(folded));

function search(words) {
  const wanted = folded(words.trim());
  const found = [];
  searchable.forEach((names, number) => {
    if (!shown.entities[number]) return;
    let best = 3;
    for (const name of names) {
      if (name.startsWith(wanted)) best = Math.min(best, 0);
      else if (name.includes(' ' + wanted)) best = Math.min(best, 1);
      else if (name.includes(wanted)) best = Math.min(best, 2);
    }
    if (best < 3) found.push([best, number]);
  });
  return found.sort((a, b) => a[0] - b[0] || a[1] - b[1]).map((pair) => pair[1]);
}

applyFilters();
