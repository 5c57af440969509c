'use strict';
// Long tables: some rows at a time, searched and sorted, explained when opened. Text is only ever set as text.
const data = JSON.parse(document.getElementById('data').textContent);
const { format, labels } = data;

const make = (tag, className, ...children) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
};
const fold = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, format.thousands);
const tenths = (number) => `${Math.floor(number / 10)}${format.point}${number % 10}`;
const percent = (ppm) => tenths(Math.floor((ppm + 500) / 1000)) + format.percent;
const SVG = 'http://www.w3.org/2000/svg';
const bar = (ppm) => {
  const [svg, rect] = ['svg', 'rect'].map((name) => document.createElementNS(SVG, name));
  svg.setAttribute('width', 56); svg.setAttribute('height', 7); svg.setAttribute('aria-hidden', 'true');
  rect.setAttribute('width', (56 * ppm) / 1e6); rect.setAttribute('height', 7); rect.setAttribute('class', 'main');
  svg.append(rect);
  return make('meter-bar', '', svg);
};
const called = ({ id, name }) => (name ? `${name} ${id}` : id);
const person = ({ id, name }) => name
  ? [make('bdi', 'name', name), make('bdi', 'id', id)]
  : [make('bdi', '', id)];

// Points in tenths of a per cent that sum to their sum as it is shown: down first, the largest remainders up.
const rounded = (parts) => {
  const sum = Math.floor((parts.reduce((a, b) => a + b, 0) + 500) / 1000);
  const points = parts.map((part) => Math.floor(part / 1000));
  const missing = sum - points.reduce((a, b) => a + b, 0);
  const order = parts.map((_, at) => at).sort((a, b) => (parts[b] % 1000) - (parts[a] % 1000));
  for (const at of order.slice(0, missing)) points[at] += 1;
  return points;
};

// Why a pair scores what it scores: a table that sums up.
const explain = ([, , score, parts, fits, extra]) => {
  const body = make('tbody');
  const line = (cells) => body.append(make('tr', '', ...cells));
  const heading = (text) => { const own = make('th', '', text); own.scope = 'row'; return own; };
  const number = (...text) => make('td', 'number', ...text);
  const fit = (own) => own >= 0 ? [bar(own), percent(own)]
    : own === -1 ? ['–'] : [bar(-2 - own), `${labels.noAnswer} (${percent(-2 - own)})`];
  const points = rounded(parts);
  const order = parts.map((_, at) => at).sort((a, b) => parts[b] - parts[a] || a - b);
  for (const at of order) {
    const [name, weight] = data.pairs.criteria[at];
    line([heading(name), number(...fit(fits[at])), number(extra.weights?.[at] ?? weight), number(tenths(points[at]))]);
  }
  for (const [rule, cost] of extra.costs ?? []) {
    line([heading(`${labels.against}: ${rule}`), number(), number(), number(`−${tenths(Math.floor((cost + 500) / 1000))}`)]);
  }
  const columns = [labels.criterion, labels.fit, labels.weight, labels.points].map((text, at) => {
    const own = make('th', at ? 'number' : '', text); own.scope = 'col'; return own;
  });
  const total = make('tr', '', heading(labels.score), number(), number(), number(percent(score)));
  const caption = make('caption', 'unseen', labels.why);
  const table = make('table', '', caption, make('thead', '', make('tr', '', ...columns)), body, make('tfoot', '', total));
  const notes = [];
  if (extra.views) notes.push(`${labels.menteesView} ${percent(extra.views[0])}, ${labels.mentorsView} ${percent(extra.views[1])}`);
  if (extra.locked) notes.push(labels.locked);
  if (extra.lifted) notes.push(`${labels.lifted}: ${extra.lifted.join(', ')}`);
  return [table, ...notes.map((text) => make('p', '', text))];
};

const pairRow = (row) => {
  const mentor = data.pairs.mentors[row[1]];
  const button = make('button', 'open-pair', make('span', '', ...person(row[0])));
  button.type = 'button';
  button.setAttribute('aria-expanded', 'false');
  const line = make('tr', '', make('td', 'person', button), make('td', 'person', ...person(mentor)),
    make('td', 'number', bar(row[2]), percent(row[2])));
  button.addEventListener('click', () => {
    const opens = button.getAttribute('aria-expanded') === 'false';
    button.setAttribute('aria-expanded', String(opens));
    if (!opens) return line.nextElementSibling.remove();
    const cell = make('td', '', ...explain(row));
    cell.colSpan = 3;
    line.after(make('tr', 'detail', cell));
  });
  return line;
};
const textRow = (row, heads) => {
  const people = row.filter((cell) => typeof cell !== 'string').length;
  return make('tr', '', ...row.map((cell, at) => {
    const isText = typeof cell === 'string';
    const own = isText ? make('td', '', cell) : make('td', 'person', ...person(cell));
    // For narrow screens, where cells stand below each other: what each is, and of several people who is who.
    if (isText ? row.length > 1 : people > 1) own.dataset.label = heads[at].textContent;
    return own;
  }));
};

// What a row is found and sorted by, column by column.
const pairKeys = (row) => [called(row[0]), called(data.pairs.mentors[row[1]]), row[2]];
const textKeys = (row) => row.map((cell) => (typeof cell === 'string' ? cell : called(cell)));

const longTable = (section, rows, draw, keysOf) => {
  const body = section.querySelector('tbody');
  const [input, count] = [section.querySelector('input'), section.querySelector('output')];
  const [step, all] = [section.querySelector('.step'), section.querySelector('.all')];
  const STEP = Number(section.dataset.step);
  section.querySelector('.tools').hidden = rows.length <= STEP;
  const heads = [...section.querySelectorAll('thead th')];
  const entries = rows.map((row) => {
    const keys = keysOf(row);
    return { row, keys, text: fold(keys.filter((key) => typeof key === 'string').join('\n')) };
  });
  let found = entries;
  const show = (upTo) => {
    body.append(...found.slice(body.dataset.shown, upTo).map(({ row }) => draw(row, heads)));
    body.dataset.shown = Math.min(upTo, found.length);
    const rest = found.length > upTo;
    step.hidden = !rest; all.hidden = !rest;
  };
  const search = () => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    found = words.length ? entries.filter(({ text }) => words.every((word) => text.includes(word))) : entries;
    count.textContent = found.length === 0 ? labels.nothing
      : found.length < entries.length ? `${grouped(found.length)} ${labels.of} ${grouped(entries.length)}` : grouped(entries.length);
    body.replaceChildren();
    body.dataset.shown = 0;
    show(STEP);
  };
  const collate = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const sort = (column) => {
    const up = heads[column].getAttribute('aria-sort') !== 'ascending';
    heads.forEach((head) => head.removeAttribute('aria-sort'));
    heads[column].setAttribute('aria-sort', up ? 'ascending' : 'descending');
    const compare = (a, b) => typeof a === 'number' ? a - b : collate.compare(a, b);
    entries.sort((a, b) => (up ? 1 : -1) * compare(a.keys[column], b.keys[column]));
    search();
  };
  heads.forEach((head, column) => head.firstElementChild.addEventListener('click', () => sort(column)));
  input.addEventListener('input', search);
  step.addEventListener('click', () => show(Number(body.dataset.shown) + STEP));
  all.addEventListener('click', () => show(found.length));
  addEventListener('beforeprint', () => show(found.length));
  search();
  return { search: (text) => { input.value = text; search(); }, openFirst: () => body.querySelector('.open-pair')?.click() };
};

const tables = {};
for (const section of document.querySelectorAll('[data-table]')) {
  const name = section.dataset.table;
  tables[name] = name === 'pairs' ? longTable(section, data.pairs.rows, pairRow, pairKeys)
    : longTable(section, data[name], textRow, textKeys);
}

// `#q=ana` searches the pairs, `#q=ana&open` also opens the first: links that a manager can send.
const follow = () => {
  const wanted = new URLSearchParams(location.hash.slice(1));
  if (!wanted.has('q')) return;
  tables.pairs.search(wanted.get('q'));
  if (wanted.has('open')) tables.pairs.openFirst();
};
addEventListener('hashchange', follow);
follow();
