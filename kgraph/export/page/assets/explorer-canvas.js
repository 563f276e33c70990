// The graph on a canvas: pan, zoom, labels that keep clear of each other, and what lies under the pointer.
// It draws only when something has changed; far out, it leaves arrowheads and most labels away.

const canvas = document.getElementById('canvas');
const pen = canvas.getContext('2d');
const tip = document.getElementById('tip');
const view = { scale: 1, x: 0, y: 0, width: 0, height: 0, scheduled: false, moving: 0 };
const MANY = 600; // so many edges are drawn in full only when nothing moves
const lit = { entities: null, edges: null, hover: null };
const SHAPES = {
  Person: [[-.86, -.86], [.86, -.86], [.86, .86], [-.86, .86]],
  Place: [[0, -1.15], [-1.1, .8], [1.1, .8]],
  Product: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
  GovernmentBody: [[.52, .9], [1.04, 0], [.52, -.9], [-.52, -.9], [-1.04, 0], [-.52, .9]],
};
const LEADING = 60; // things so highly ranked are painted above the others
const DASHES = { reported: [], rumoured: [1.5, 3.5], disputed: [7, 4] };
const topScore = Math.max(...data.entities.map((entity) => entity.score), 1e-9);
let colours = {};

function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ['paper', 'ink', 'muted', 'edge', 'disputed', 'accent', ...data.types.map((type) => type.id)]) {
    colours[name] = style.getPropertyValue('--' + name).trim();
  }
}

function redraw() {
  if (view.scheduled) return;
  view.scheduled = true;
  requestAnimationFrame(() => { view.scheduled = false; paint(); });
}

// Marks that the view moves; when it has come to rest, it is drawn once more, in full.
function move() {
  clearTimeout(view.moving);
  view.moving = setTimeout(() => { view.moving = 0; redraw(); }, 140);
  redraw();
}

function resize() {
  const box = canvas.getBoundingClientRect();
  const ratio = window.devicePixelRatio || 1;
  view.width = box.width;
  view.height = box.height;
  canvas.width = Math.max(1, Math.round(box.width * ratio));
  canvas.height = Math.max(1, Math.round(box.height * ratio));
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  redraw();
}

function toScreen(entity) {
  return [entity.x * view.scale + view.x, entity.y * view.scale + view.y];
}

function radius(entity) {
  const size = 4 + 12 * Math.sqrt(Math.max(entity.score, 0) / topScore);
  return Math.max(2.5, size * Math.min(1.6, Math.max(.32, Math.sqrt(view.scale / 90))));
}

function fit(numbers) {
  const chosen = (numbers || data.entities.map((_, number) => number)).filter((number) => shown.entities[number]);
  if (!chosen.length || !view.width) return;
  const xs = chosen.map((number) => data.entities[number].x);
  const ys = chosen.map((number) => data.entities[number].y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const room = (span, pixels) => pixels / Math.max(span, 1e-6);
  view.scale = Math.min(room(right - left, view.width - 140), room(bottom - top, view.height - 150), 220);
  view.scale = Math.max(view.scale, 1);
  view.x = view.width / 2 - view.scale * (left + right) / 2;
  view.y = view.height / 2 - 18 - view.scale * (top + bottom) / 2;
  redraw();
}

// A graph that is wider than high is turned on its side where the canvas is higher than wide, and the other way round.
function turn() {
  const span = (axis) => {
    const places = data.entities.map((entity) => entity[axis]);
    return Math.max(...places) - Math.min(...places);
  };
  if (span('x') > span('y') === view.width > view.height) return;
  for (const entity of data.entities) [entity.x, entity.y] = [-entity.y, entity.x];
}

function zoom(factor, x = view.width / 2, y = view.height / 2) {
  const scale = Math.min(900, Math.max(2, view.scale * factor));
  view.x = x - (x - view.x) * scale / view.scale;
  view.y = y - (y - view.y) * scale / view.scale;
  view.scale = scale;
  move();
}

// The middle control point of an edge: both directions of a pair bow apart.
function bow(a, b, bent) {
  const amount = bent ? .16 : 0;
  return [(a[0] + b[0]) / 2 - (b[1] - a[1]) * amount, (a[1] + b[1]) / 2 + (b[0] - a[0]) * amount];
}

function offScreen(a, b) {
  return Math.max(a[0], b[0]) < -50 || Math.min(a[0], b[0]) > view.width + 50 ||
    Math.max(a[1], b[1]) < -50 || Math.min(a[1], b[1]) > view.height + 50;
}

function paint() {
  pen.fillStyle = colours.paper;
  pen.fillRect(0, 0, view.width, view.height);
  const spots = data.entities.map(toScreen);
  const quick = view.moving !== 0 && edges.length > MANY;
  const groups = new Map();
  edges.forEach((edge, number) => {
    if (!shown.edges[number] || offScreen(spots[edge.s], spots[edge.o])) return;
    const bright = lit.edges ? lit.edges.has(number) : null;
    const key = edge.style + (bright === null ? '' : bright ? '+' : '-');
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(number);
  });
  for (const key of [...groups.keys()].sort((a, b) => a.endsWith('+') - b.endsWith('+'))) paintEdges(key, groups.get(key), spots, quick);
  const visible = paintNodes(spots, quick);
  paintLabels(visible, spots, [...groups.values()].flat(), quick);
}

function paintEdges(key, numbers, spots, quick) {
  const style = key.replace(/[+-]$/, '');
  pen.globalAlpha = key.endsWith('-') ? .1 : key.endsWith('+') ? 1 : Math.min(1, Math.max(.25, 500 / edges.length));
  pen.strokeStyle = pen.fillStyle = style === 'disputed' ? colours.disputed : colours.edge;
  pen.lineWidth = key.endsWith('+') ? 2 : quick ? 1 : 1.1;
  pen.setLineDash(quick || numbers.length > MANY ? [] : DASHES[style]);
  pen.beginPath();
  const heads = [];
  for (const number of numbers) {
    const edge = edges[number];
    const [a, b] = [spots[edge.s], spots[edge.o]];
    const mid = bow(a, b, edge.bent);
    pen.moveTo(a[0], a[1]);
    if (edge.bent && !quick) pen.quadraticCurveTo(mid[0], mid[1], b[0], b[1]);
    else pen.lineTo(b[0], b[1]);
    if (!quick && !edge.symmetric && Math.hypot(a[0] - b[0], a[1] - b[1]) > 46 && !key.endsWith('-')) heads.push([mid, b, radius(data.entities[edge.o])]);
  }
  pen.stroke();
  pen.setLineDash([]);
  pen.beginPath();
  for (const [from, to, gap] of heads) {
    const turn = Math.atan2(to[1] - from[1], to[0] - from[0]);
    const tipX = to[0] - Math.cos(turn) * (gap + 2);
    const tipY = to[1] - Math.sin(turn) * (gap + 2);
    pen.moveTo(tipX, tipY);
    pen.lineTo(tipX - 8 * Math.cos(turn - .4), tipY - 8 * Math.sin(turn - .4));
    pen.lineTo(tipX - 8 * Math.cos(turn + .4), tipY - 8 * Math.sin(turn + .4));
  }
  pen.fill();
  pen.globalAlpha = 1;
}

function trace(context, type, x, y, size) {
  const corners = SHAPES[type];
  if (!corners) { context.moveTo(x + size, y); context.arc(x, y, size, 0, 7); return; }
  corners.forEach(([dx, dy], number) => context[number ? 'lineTo' : 'moveTo'](x + dx * size, y + dy * size));
  context.closePath();
}

// Paints the marks, faded ones first, and returns the numbers on the screen, the highest ranked first.
function paintNodes(spots, quick) {
  const visible = [];
  data.entities.forEach((entity, number) => {
    const [x, y] = spots[number];
    if (shown.entities[number] && x > -40 && y > -40 && x < view.width + 40 && y < view.height + 40) visible.push(number);
  });
  const faded = (number) => lit.entities !== null && !lit.entities.has(number);
  for (const [dim, leading] of [[true, false], [true, true], [false, false], [false, true]]) {
    for (const type of data.types) {
      pen.globalAlpha = dim ? .16 : 1;
      pen.fillStyle = colours[type.id];
      pen.strokeStyle = colours.paper;
      pen.lineWidth = 1.2;
      pen.beginPath();
      for (const number of visible) {
        const entity = data.entities[number];
        if (entity.type === type.id && faded(number) === dim && number < LEADING === leading) trace(pen, type.id, ...spots[number], radius(entity));
      }
      pen.fill();
      if (!quick) pen.stroke();
    }
  }
  pen.globalAlpha = 1;
  return visible;
}

// Words where they fit: what is lit up first, then the highest ranked; a box on the page is given once.
function paintLabels(visible, spots, edgeNumbers, quick) {
  const taken = [];
  const free = (left, top, width, height) => {
    const [right, bottom] = [left + width, top + height];
    const inside = left >= 0 && right <= view.width;
    const clear = inside && taken.every((box) => left > box[2] || right < box[0] || top > box[3] || bottom < box[1]);
    if (clear) taken.push([left, top, right, bottom]);
    return clear;
  };
  const bright = (number) => lit.entities === null || lit.entities.has(number);
  if (visible.length < 400) {
    for (const number of visible.filter(bright)) {
      const [x, y] = spots[number];
      const size = radius(data.entities[number]);
      taken.push([x - size, y - size, x + size, y + size]);
    }
  }
  const limit = quick ? 25 : Math.round(view.width * view.height / 9000);
  pen.textAlign = 'center';
  pen.lineJoin = 'round';
  pen.strokeStyle = colours.paper;
  let written = 0;
  for (const number of visible.filter(bright)) {
    if (written >= limit) break;
    const entity = data.entities[number];
    const size = Math.min(15, Math.max(11, radius(entity) * .95));
    const label = entity.label.length > 28 ? entity.label.slice(0, 27) + '…' : entity.label;
    pen.font = '600 ' + size + 'px system-ui, sans-serif';
    const width = pen.measureText(label).width;
    const place = placesBeside(spots[number], radius(entity) + 2, width, size * 1.2)
      .find(([x, top]) => free(x - width / 2 - 2, top, width + 4, size * 1.2));
    if (!place) continue;
    write(label, place[0], place[1] + size * .95, colours.ink);
    written += 1;
  }
  if (quick || (lit.edges === null && edgeNumbers.length > 70)) return;
  pen.font = '11px system-ui, sans-serif';
  const wanted = edgeNumbers.filter((number) => lit.edges === null || lit.edges.has(number));
  const weight = (number) => (edges[number].style === 'disputed' ? 1e6 : 0) + edges[number].facts.length;
  for (const number of wanted.sort((one, other) => weight(other) - weight(one))) labelEdge(edges[number], spots, free);
}

// Where a label may stand: below its thing, above it, to its right or left; its middle and its top.
function placesBeside([x, y], away, width, height) {
  const aside = away + width / 2 + 3;
  return [[x, y + away], [x, y - away - height], [x + aside, y - height / 2], [x - aside, y - height / 2]];
}

// The words of an edge where they fit along it, in two lines where they are long.
function labelEdge(edge, spots, free) {
  const [a, b] = [spots[edge.s], spots[edge.o]];
  if (Math.hypot(a[0] - b[0], a[1] - b[1]) < 60) return;
  const lines = halved(edge.phrase);
  const width = Math.max(...lines.map((line) => pen.measureText(line).width));
  const height = 14 * lines.length;
  const mid = bow(a, b, edge.bent);
  for (const share of [.5, .42, .58, .34, .66, .26, .74]) {
    const x = (1 - share) ** 2 * a[0] + 2 * share * (1 - share) * mid[0] + share ** 2 * b[0];
    const y = (1 - share) ** 2 * a[1] + 2 * share * (1 - share) * mid[1] + share ** 2 * b[1];
    if (!free(x - width / 2, y - height / 2, width, height)) continue;
    const colour = edge.style === 'disputed' ? colours.disputed : colours.muted;
    lines.forEach((line, row) => write(line, x, y - height / 2 + 14 * row + 11, colour));
    return;
  }
}

function halved(words) {
  if (words.length < 24) return [words];
  const spaces = [...words.matchAll(/ /g)].map((match) => match.index);
  if (!spaces.length) return [words];
  const middle = spaces.reduce((best, place) => (Math.abs(place - words.length / 2) < Math.abs(best - words.length / 2) ? place : best));
  return [words.slice(0, middle), words.slice(middle + 1)];
}

function write(label, x, y, colour) {
  pen.lineWidth = 3.5;
  pen.strokeText(label, x, y);
  pen.fillStyle = colour;
  pen.fillText(label, x, y);
}

// What lies under a point of the canvas: a thing before an edge.
function under(x, y) {
  for (let number = 0; number < data.entities.length; number += 1) {
    if (!shown.entities[number]) continue;
    const spot = toScreen(data.entities[number]);
    if (Math.hypot(spot[0] - x, spot[1] - y) <= Math.max(radius(data.entities[number]) * 1.15, 8)) return { entity: number };
  }
  let best = null;
  let nearest = 7;
  edges.forEach((edge, number) => {
    if (!shown.edges[number] || (lit.edges !== null && !lit.edges.has(number))) return;
    const [a, b] = [toScreen(data.entities[edge.s]), toScreen(data.entities[edge.o])];
    const mid = bow(a, b, edge.bent);
    if (x < Math.min(a[0], b[0], mid[0]) - 8 || x > Math.max(a[0], b[0], mid[0]) + 8 ||
        y < Math.min(a[1], b[1], mid[1]) - 8 || y > Math.max(a[1], b[1], mid[1]) + 8) return;
    for (let step = 1; step < 40; step += 1) {
      const t = step / 40;
      const px = (1 - t) ** 2 * a[0] + 2 * t * (1 - t) * mid[0] + t * t * b[0];
      const py = (1 - t) ** 2 * a[1] + 2 * t * (1 - t) * mid[1] + t * t * b[1];
      const gap = distanceToStep(x, y, px, py, a, b);
      if (gap < nearest) { nearest = gap; best = { edge: number }; }
    }
  });
  return best;
}

// Distance to a sample of a curve, less half of the way to the next sample along it.
function distanceToStep(x, y, px, py, a, b) {
  const length = Math.max(Math.hypot(b[0] - a[0], b[1] - a[1]), 1e-6);
  const ux = (b[0] - a[0]) / length;
  const uy = (b[1] - a[1]) / length;
  const along = Math.abs((x - px) * ux + (y - py) * uy);
  const across = Math.abs((x - px) * uy - (y - py) * ux);
  return Math.hypot(Math.max(0, along - length / 80), across);
}
