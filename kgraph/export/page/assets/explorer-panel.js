// Lists and facts in words. Everything an article says goes through `textContent`.

const details = document.getElementById('details');
const results = document.getElementById('results');
let selection = null;

function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  Object.assign(element, properties);
  for (const child of children) if (child !== null && child !== undefined) element.append(child);
  return element;
}

function counted(number, noun) {
  return number + ' ' + noun + (number === 1 ? '' : 's');
}

function glyph(type) {
  const box = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  box.setAttribute('viewBox', '-1.4 -1.4 2.8 2.8');
  box.setAttribute('width', '13');
  box.setAttribute('height', '13');
  box.setAttribute('class', 'glyph');
  box.setAttribute('aria-hidden', 'true');
  const mark = document.createElementNS(box.namespaceURI, SHAPES[type] ? 'polygon' : 'circle');
  if (SHAPES[type]) mark.setAttribute('points', SHAPES[type].map((corner) => corner.join(',')).join(' '));
  else mark.setAttribute('r', '1.05');
  mark.setAttribute('fill', 'var(--' + type + ')');
  box.append(mark);
  return box;
}

function typeWord(id) {
  return data.types.find((type) => type.id === id).word;
}

function listResults() {
  const words = document.getElementById('search').value;
  const found = search(words);
  results.replaceChildren(...found.slice(0, 200).map((number) => {
    const entity = data.entities[number];
    const button = make('button', { type: 'button', onclick: () => selectEntity(number, true) }, glyph(entity.type),
      make('span', { className: 'name', textContent: entity.label }),
      make('span', { className: 'degree', textContent: visibleFacts(factsOf[number]).length, title: 'facts' }));
    if (selection && selection.entity === number) button.setAttribute('aria-current', 'true');
    return make('li', {}, button);
  }));
  if (!found.length) results.append(make('li', { className: 'none', textContent: 'Nothing by that name' }));
  return found;
}

function nameButton(number) {
  return make('button', { type: 'button', textContent: data.entities[number].label, onclick: () => selectEntity(number, true) });
}

function factCard(number, open, concerned) {
  const fact = data.facts[number];
  const [verb, tail] = fact.clause;
  const line = make('p', { className: 'line' }, nameButton(fact.s), ' ' + verb + ' ', fact.o >= 0 ? nameButton(fact.o) : fact.object,
    tail ? (tail.startsWith('(') ? ' ' : ', ') + tail : null);
  const tags = make('div', { className: 'tags' });
  const add = (text, kind) => { if (text) tags.append(make('span', { textContent: text, className: kind || '' })); };
  add(fact.status);
  add(fact.when);
  add(Math.round(fact.confidence * 100) + '% sure');
  if (fact.disputed) add(fact.disputed, 'dispute');
  const claims = fact.claims.filter((claim) => claimPasses(data.claims[claim]));
  const shownClaims = open ? claims : claims.slice(0, 3);
  const card = make('div', { className: 'fact' + (fact.disputed ? ' disputed' : '') }, line, tags, ...shownClaims.map((claim) => quote(claim, concerned)));
  if (claims.length > shownClaims.length) {
    const more = make('button', { type: 'button', textContent: counted(claims.length - shownClaims.length, 'more quote') });
    more.onclick = () => more.replaceWith(...claims.slice(3).map((claim) => quote(claim)));
    card.append(more);
  }
  return card;
}

function quote(number, concerned) {
  const claim = data.claims[number];
  const article = data.articles[claim.article];
  const words = make('p', {}, make('span', { className: 'context', textContent: claim.before }), make('mark', { textContent: claim.exact }),
    make('span', { className: 'context', textContent: claim.after }));
  const footer = make('footer', {}, claim.saidBy ? 'according to ' + claim.saidBy + ' — ' : null);
  const name = [article.publisher || article.title, article.date].filter(Boolean).join(', ') || article.id;
  if (article.text) footer.append(make('button', { type: 'button', textContent: name, title: 'Read it in the article', onclick: () => openArticle(claim) }));
  else footer.append(name);
  footer.append(' · ' + claim.phrase);
  return make('blockquote', { className: concerned && concerned.includes(number) ? 'concerned' : '' }, words, footer);
}

function openArticle(claim) {
  const article = data.articles[claim.article];
  document.getElementById('article-title').textContent = article.title || article.id;
  const meta = document.getElementById('article-meta');
  meta.textContent = [article.publisher, article.date].filter(Boolean).join(', ');
  if (article.url) meta.append(' ', make('a', { href: article.url, textContent: 'original', rel: 'noopener noreferrer', target: '_blank' }));
  const mark = make('mark', { textContent: article.text.slice(claim.span[0], claim.span[1]) });
  document.getElementById('article-text').replaceChildren(article.text.slice(0, claim.span[0]), mark, article.text.slice(claim.span[1]));
  document.getElementById('article').showModal();
  mark.scrollIntoView({ block: 'center' });
}

function grouped(numbers) {
  const groups = new Map();
  for (const number of numbers) {
    const predicate = data.facts[number].predicate;
    if (!groups.has(predicate)) groups.set(predicate, []);
    groups.get(predicate).push(number);
  }
  return [...groups.entries()].sort((a, b) => b[1].length - a[1].length || a[0].localeCompare(b[0]));
}

function showEntity(number) {
  const entity = data.entities[number];
  const heading = make('h2', {}, glyph(entity.type), ' ' + entity.label);
  const about = make('p', { className: 'muted', textContent: typeWord(entity.type) + (entity.names.length ? ' · also ' + entity.names.join(', ') : '') });
  for (const iri of entity.sameAs) about.append(' ', make('a', { href: iri, textContent: iri.replace(/^.*\//, ''), rel: 'noopener noreferrer', target: '_blank' }));
  details.replaceChildren(heading, about);
  for (const [predicate, numbers] of grouped(visibleFacts(factsOf[number]))) {
    details.append(make('h3', { textContent: data.predicates[predicate] }), ...numbers.slice(0, 100).map((fact) => factCard(fact, false)));
  }
}

function showFacts(title, why, numbers, concerned) {
  details.replaceChildren(make('h2', { textContent: title }));
  if (why) details.append(make('p', { textContent: why }));
  details.append(...visibleFacts(numbers).slice(0, 200).map((fact) => factCard(fact, true, concerned)));
}

function showOverview() {
  if (!data.entities.length) {
    details.replaceChildren(make('h2', { textContent: 'Nothing to show' }), make('p', { className: 'muted', textContent: 'No thing here has a fact.' }));
    return;
  }
  const note = data.leftOut ? ' The ' + data.leftOut + ' lowest-ranked things are left out.' : '';
  details.replaceChildren(make('h2', { textContent: 'Facts' }),
    make('p', { className: 'muted', textContent: 'Choose a thing or a line to read who said so, and where.' + note }),
    make('p', { className: 'muted', textContent: data.source }));
  const disputed = visibleFacts(data.facts.map((_, number) => number)).filter((number) => data.facts[number].disputed);
  if (disputed.length) details.append(make('h3', { textContent: 'Where claims differ' }), ...disputed.slice(0, 5).map((fact) => factCard(fact, false)));
}

function light(facts) {
  lit.edges = new Set();
  lit.entities = new Set();
  const wanted = new Set(facts);
  edges.forEach((edge, number) => { if (edge.facts.some((fact) => wanted.has(fact))) lit.edges.add(number); });
  for (const fact of facts) for (const end of [data.facts[fact].s, data.facts[fact].o]) if (end >= 0) lit.entities.add(end);
}

function selectEntity(number, move) {
  selection = { entity: number };
  light(visibleFacts(factsOf[number]));
  lit.entities.add(number);
  afterSelection(() => showEntity(number));
  if (move) fit([...lit.entities]);
  history.replaceState(null, '', '#' + encodeURIComponent(data.entities[number].id));
}

function selectEdge(number) {
  const edge = edges[number];
  selection = { edge: number };
  light(visibleFacts(edge.facts));
  afterSelection(() => showFacts(data.entities[edge.s].label + ' → ' + data.entities[edge.o].label, '', edge.facts));
}

function selectFinding(finding, heading, button) {
  selection = { finding };
  light(finding.facts);
  afterSelection(() => showFacts(heading, finding.why, finding.facts, finding.claims));
  button.setAttribute('aria-pressed', 'true');
  fit([...lit.entities]);
}

function clearSelection() {
  selection = null;
  lit.edges = lit.entities = null;
  afterSelection(showOverview);
  history.replaceState(null, '', ' ');
}

function afterSelection(show) {
  for (const button of document.querySelectorAll('.finding')) button.setAttribute('aria-pressed', 'false');
  show();
  details.scrollTop = 0;
  const heading = details.querySelector('h2').textContent.trim();
  document.getElementById('announced').textContent = selection ? heading + ': ' + counted(details.querySelectorAll('.fact').length, 'fact') : '';
  // On a narrow screen the facts stand below the graph: whoever chose something is led to them.
  if (selection && details.offsetTop > canvas.offsetHeight) details.scrollIntoView({ block: 'start' });
  listResults();
  redraw();
}

function listFindings(name, findings, describe) {
  document.getElementById(name + '-count').textContent = findings.length;
  document.getElementById(name + '-box').hidden = !findings.length;
  document.getElementById(name).replaceChildren(...findings.map((finding) => {
    const [title, kind, heading] = describe(finding);
    const button = make('button', { type: 'button', className: 'finding' + (finding.severity > 2 ? ' severe' : '') },
      make('span', { textContent: title }), make('span', { className: 'kind', textContent: kind }));
    button.setAttribute('aria-pressed', 'false');
    button.onclick = () => selectFinding(finding, heading, button);
    return make('li', {}, button);
  }));
}
