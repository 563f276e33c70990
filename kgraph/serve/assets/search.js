// The box that searches as one types. What comes back is written as text only.
'use strict';

const input = document.getElementById('find');
const list = document.getElementById('found');
let chosen = -1;
let latest = 0;

async function look() {
  const turn = ++latest;
  const answer = await fetch('/search?q=' + encodeURIComponent(input.value));
  const found = await answer.json();
  if (turn !== latest) return;
  chosen = -1;
  list.replaceChildren(...found.map((each, number) => {
    const item = document.createElement('li');
    item.id = 'found-' + number;
    item.setAttribute('role', 'option');
    item.setAttribute('aria-selected', 'false');
    item.dataset.address = each.address;
    item.append(each.label);
    const word = document.createElement('span');
    word.textContent = each.word + ' · ' + each.facts + (each.facts === 1 ? ' fact' : ' facts');
    item.append(word);
    item.addEventListener('mousedown', () => { location.href = each.address; });
    return item;
  }));
  show(found.length > 0);
}

function show(open) {
  list.hidden = !open;
  input.setAttribute('aria-expanded', String(open));
  if (!open) input.removeAttribute('aria-activedescendant');
}

function choose(number) {
  const items = [...list.children];
  if (!items.length) return;
  chosen = (number + items.length) % items.length;
  items.forEach((item, place) => item.setAttribute('aria-selected', String(place === chosen)));
  items[chosen].scrollIntoView({ block: 'nearest' });
  input.setAttribute('aria-activedescendant', items[chosen].id);
}

input.addEventListener('input', look);
input.addEventListener('focus', look);
input.addEventListener('blur', () => show(false));
input.addEventListener('keydown', (event) => {
  if (event.key === 'ArrowDown') { event.preventDefault(); choose(chosen + 1); }
  else if (event.key === 'ArrowUp') { event.preventDefault(); choose(chosen - 1); }
  else if (event.key === 'Escape') show(false);
});
document.getElementById('finder').addEventListener('submit', (event) => {
  event.preventDefault();
  const item = list.children[Math.max(chosen, 0)];
  if (item) location.href = item.dataset.address;
});
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) { event.preventDefault(); input.focus(); }
});
