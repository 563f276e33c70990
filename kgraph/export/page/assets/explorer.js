// Starts the page: fills the filters, listens to pointer and keys, and draws for the first time.

function countBy(items, key) {
  const counts = new Map();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) || 0) + 1);
  return [...counts.entries()].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}

function fillFilter(id, off, counts, word) {
  const box = document.getElementById(id);
  for (const [value, count] of counts) {
    const input = make('input', { type: 'checkbox', checked: true });
    input.onchange = () => { if (input.checked) off.delete(value); else off.add(value); filtersChanged(); };
    box.append(make('label', {}, input, make('span', { textContent: word(value) }), make('span', { className: 'count', textContent: count })));
  }
}

function filtersChanged() {
  applyFilters();
  document.getElementById('clear-filters').hidden = !filtersAreSet();
  if (selection && selection.entity !== undefined && shown.entities[selection.entity]) selectEntity(selection.entity, false);
  else if (selection && selection.edge !== undefined && shown.edges[selection.edge]) selectEdge(selection.edge);
  else clearSelection();
  say();
}

function say() {
  const things = shown.entities.filter(Boolean).length;
  const facts = shown.facts.filter(Boolean).length;
  document.getElementById('counts').textContent = [counted(things, 'thing'), counted(facts, 'fact'), counted(data.articles.length, 'article')].join(' · ');
}

function clearFilters() {
  for (const set of [filters.predicates, filters.statuses, filters.sources]) set.clear();
  filters.from = filters.to = '';
  for (const input of document.querySelectorAll('#filters input')) { if (input.type === 'checkbox') input.checked = true; else input.value = ''; }
  filtersChanged();
}

function listenToFilters() {
  fillFilter('filter-predicates', filters.predicates, countBy(data.facts, (fact) => fact.predicate), (name) => data.predicates[name]);
  fillFilter('filter-statuses', filters.statuses, countBy(data.facts, statusOf), (name) => name);
  fillFilter('filter-sources', filters.sources, countBy(data.articles, sourceOf), (name) => name);
  for (const side of ['from', 'to']) {
    document.getElementById(side).onchange = (event) => { filters[side] = event.target.value; filtersChanged(); };
  }
  document.getElementById('clear-filters').onclick = (event) => { event.preventDefault(); clearFilters(); };
}

function listenToPointer() {
  const touches = new Map();
  let moved = 0;
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    touches.set(event.pointerId, event);
    moved = 0;
    tip.hidden = true;
  });
  canvas.addEventListener('pointermove', (event) => {
    const before = touches.get(event.pointerId);
    if (!before) { hover(event); return; }
    const others = [...touches.values()].filter((touch) => touch.pointerId !== event.pointerId);
    if (others.length) pinch(before, event, others[0]);
    else { view.x += event.clientX - before.clientX; view.y += event.clientY - before.clientY; }
    moved += Math.abs(event.clientX - before.clientX) + Math.abs(event.clientY - before.clientY);
    canvas.classList.add('moving');
    touches.set(event.pointerId, event);
    move();
  });
  const release = (event) => {
    canvas.classList.remove('moving');
    if (touches.delete(event.pointerId) && moved < 4 && event.type === 'pointerup') choose(event);
  };
  canvas.addEventListener('pointerup', release);
  canvas.addEventListener('pointercancel', release);
  canvas.addEventListener('pointerleave', () => { tip.hidden = true; });
  canvas.addEventListener('wheel', (event) => {
    event.preventDefault();
    zoom(Math.exp(-event.deltaY * (event.ctrlKey ? .01 : .0016)), event.offsetX, event.offsetY);
  }, { passive: false });
  canvas.addEventListener('dblclick', (event) => zoom(1.8, event.offsetX, event.offsetY));
}

function pinch(before, event, other) {
  const span = (touch) => Math.max(Math.hypot(touch.clientX - other.clientX, touch.clientY - other.clientY), 1);
  const box = canvas.getBoundingClientRect();
  zoom(span(event) / span(before), (event.clientX + other.clientX) / 2 - box.left, (event.clientY + other.clientY) / 2 - box.top);
}

function hover(event) {
  const found = under(event.offsetX, event.offsetY);
  canvas.classList.toggle('over', Boolean(found));
  tip.hidden = !found;
  if (!found) return;
  const edge = found.edge === undefined ? null : edges[found.edge];
  tip.textContent = edge === null ? data.entities[found.entity].label :
    data.entities[edge.s].label + ' → ' + data.entities[edge.o].label + '\n' + edge.phrase;
  tip.style.left = Math.min(event.offsetX + 14, view.width - 200) + 'px';
  tip.style.top = event.offsetY + 14 + 'px';
}

function choose(event) {
  const found = under(event.offsetX, event.offsetY);
  if (!found) clearSelection();
  else if (found.entity !== undefined) selectEntity(found.entity, false);
  else selectEdge(found.edge);
}

function listenToKeys() {
  const moves = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
  canvas.addEventListener('keydown', (event) => {
    if (moves[event.key]) { view.x += moves[event.key][0]; view.y += moves[event.key][1]; move(); }
    else if (event.key === '+' || event.key === '=') zoom(1.25);
    else if (event.key === '-') zoom(.8);
    else if (event.key === '0') fit();
    else return;
    event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    const typing = /^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName);
    if (event.key === '/' && !typing) { event.preventDefault(); document.getElementById('search').focus(); }
    if (event.key === 'Escape' && !document.getElementById('article').open) clearSelection();
  });
  const input = document.getElementById('search');
  input.addEventListener('input', listResults);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') { const found = listResults(); if (found.length) selectEntity(found[0], true); }
    if (event.key === 'ArrowDown') { const first = results.querySelector('button'); if (first) { event.preventDefault(); first.focus(); } }
  });
  results.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const item = document.activeElement.closest('li');
    const next = item && (event.key === 'ArrowDown' ? item.nextElementSibling : item.previousElementSibling);
    event.preventDefault();
    (next ? next.querySelector('button') : input).focus();
  });
}

function stroke(style, words) {
  return make('span', {}, make('i', { className: 'stroke ' + style }), words);
}

function drawLegend() {
  const present = new Set(data.entities.map((entity) => entity.type));
  const styles = new Set(edges.map((edge) => edge.style));
  document.getElementById('legend').replaceChildren(...data.types.filter((type) => present.has(type.id)).map((type) =>
    make('span', {}, glyph(type.id), type.word)), 
    ...(data.disputed && styles.has('disputed') ? [stroke('disputed', data.disputed)] : []),
    ...(styles.has('rumoured') ? [stroke('rumoured', 'rumoured or in talks')] : []));
}

function start() {
  document.getElementById('title').textContent = data.title;
  if (data.home) Object.assign(document.getElementById('home'), { href: data.home, hidden: false });
  readColours();
  listenToFilters();
  listenToPointer();
  listenToKeys();
  const describeDifference = (each) => [each.why, each.kind.join(' · '), each.kind.slice(0, 2).join(': ')];
  listFindings('disagreements', data.disagreements.filter((each) => each.severity > 0), describeDifference);
  listFindings('agreements', data.disagreements.filter((each) => each.severity === 0), describeDifference);
  listFindings('interests', data.interests, (each) => [each.title, each.why, each.title]);
  drawLegend();
  say();
  document.getElementById('zoom-in').onclick = () => zoom(1.4);
  document.getElementById('zoom-out').onclick = () => zoom(1 / 1.4);
  document.getElementById('fit').onclick = () => fit();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { readColours(); redraw(); });
  new ResizeObserver(resize).observe(canvas);
  resize();
  turn();
  fit();
  const wanted = decodeURIComponent(location.hash.slice(1));
  const number = data.entities.findIndex((entity) => entity.id === wanted);
  if (number >= 0) selectEntity(number, true);
  else clearSelection();
}

start();
