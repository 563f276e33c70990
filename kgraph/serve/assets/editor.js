// The query editor: runs a query over the same protocol as any client, and writes the answer as text only.
'use strict';

const query = document.getElementById('query');
const outcome = document.getElementById('outcome');
const table = document.getElementById('table');

function ask(accept) {
  return fetch('/sparql', { method: 'POST', body: query.value, headers: { 'Content-Type': 'application/sparql-query', Accept: accept } });
}

function say(words, wrong) {
  outcome.textContent = words;
  outcome.classList.toggle('wrong', Boolean(wrong));
}

async function run() {
  say('Asking…');
  table.replaceChildren();
  const begun = performance.now();
  let answer;
  try {
    answer = await ask('application/sparql-results+json, text/turtle;q=0.9');
  } catch (error) {
    say('The server does not answer: ' + error.message, true);
    return;
  }
  const text = await answer.text();
  if (!answer.ok) { say(text.trim(), true); return; }
  const taken = ' in ' + Math.round(performance.now() - begun) + ' ms';
  if (!answer.headers.get('Content-Type').includes('json')) {
    const box = document.createElement('pre');
    box.textContent = text;
    table.append(box);
    say('Triples' + taken);
    return;
  }
  const found = JSON.parse(text);
  if ('boolean' in found) { say((found.boolean ? 'Yes' : 'No') + taken); return; }
  table.append(rows(found.head.vars, found.results.bindings));
  say(found.results.bindings.length + ' rows' + taken);
}

function rows(names, bindings) {
  const grid = document.createElement('table');
  const head = grid.createTHead().insertRow();
  for (const name of names) {
    const cell = document.createElement('th');
    cell.scope = 'col';
    cell.textContent = name;
    head.append(cell);
  }
  const body = grid.createTBody();
  for (const binding of bindings) {
    const row = body.insertRow();
    for (const name of names) fill(row.insertCell(), binding[name]);
  }
  return grid;
}

function fill(cell, term) {
  if (!term) return;
  if (term.type !== 'uri' || !/^https?:/.test(term.value)) { cell.textContent = term.value; return; }
  const link = document.createElement('a');
  const local = /\/id\/(.*)$/.exec(term.value);
  link.href = local ? '/id/' + local[1] : term.value;
  link.rel = 'noopener noreferrer';
  link.textContent = term.value.replace(/^.*[/#]/, '');
  link.title = term.value;
  cell.append(link);
}

async function save(event) {
  event.preventDefault();
  const form = event.target.dataset.form;
  const answer = await ask(form);
  if (!answer.ok) { say((await answer.text()).trim(), true); return; }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = form === 'text/csv' ? 'answer.csv' : 'answer.json';
  link.click();
  URL.revokeObjectURL(link.href);
}

document.getElementById('run').addEventListener('click', run);
document.getElementById('example').addEventListener('change', (event) => { if (event.target.value) query.value = event.target.value; });
for (const link of document.querySelectorAll('[data-form]')) link.addEventListener('click', save);
query.addEventListener('keydown', (event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); } });
const given = new URLSearchParams(location.search).get('query');
if (given) { query.value = given; run(); }
