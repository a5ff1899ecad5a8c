'use strict';
const every = 5000;
const cards = new Map();
let token = sessionStorage.getItem('token') || '';
const $ = (root, selector) => root.querySelector(selector);
const number = new Intl.NumberFormat('en');

function seconds(value) {
  if (value === null || value === undefined) return '–';
  if (value < 10) return value.toFixed(1) + ' s';
  if (value < 120) return Math.round(value) + ' s';
  if (value < 7200) return Math.round(value / 60) + ' min';
  if (value < 172800) return Math.round(value / 3600) + ' h';
  return Math.round(value / 86400) + ' d';
}
function count(value) { return value === null || value === undefined ? '–' : number.format(value); }
function bytes(value) {
  if (value === null || value === undefined) return '–';
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) { value /= 1024; unit++; }
  return (unit === 0 ? value : value.toFixed(1)) + ' ' + units[unit];
}
const formats = { seconds: seconds, records: count, bytes: bytes };

async function get(path, withToken) {
  const answer = await fetch(path, withToken ? { headers: { Authorization: 'Bearer ' + token } } : {});
  if (!answer.ok) throw new Error((await answer.text()).trim());
  return answer.json();
}
function add(parent, tag, text, kind) {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  if (kind) node.className = kind;
  parent.append(node);
  return node;
}
function show(node, text) {
  node.hidden = !text;
  node.textContent = text || '';
}

function card(name) {
  if (cards.has(name)) return cards.get(name);
  const node = document.getElementById('source').content.firstElementChild.cloneNode(true);
  const made = { name: name, node: node, chart: 'seconds', errorsAt: '' };
  node.dataset.source = name;
  $(node, 'h2').textContent = name;
  node.querySelectorAll('[data-act]').forEach(button =>
    button.addEventListener('click', () => act(made, button.dataset.act, 'disabled')));
  node.querySelectorAll('[data-chart]').forEach(button => button.addEventListener('click', () => {
    made.chart = button.dataset.chart;
    node.querySelectorAll('[data-chart]').forEach(b => b.setAttribute('aria-pressed', String(b === button)));
    draw(made);
  }));
  $(node, '.errors').addEventListener('toggle', () => errors(made));
  cards.set(name, made);
  document.getElementById('sources').append(node);
  return made;
}

function lag(list, title, value, note) {
  const box = add(list, 'div');
  add(box, 'dt', title);
  const dd = add(box, 'dd', value);
  if (note) add(dd, 'small', note);
}

function render(made, source, actions) {
  const node = made.node;
  made.source = source;
  const state = $(node, '.state');
  state.textContent = source.status;
  state.className = 'state ' + source.status;
  const roles = source.roles.map(r => r.role + ' on ' + r.host).join(', ');
  $(node, '.facts').textContent = source.type + (source.consistent ? ', consistent' : ', not consistent yet') + (roles ? ', ' + roles : '');
  show($(node, '.failure'), source.failure);
  const lags = $(node, '.lags');
  lags.replaceChildren();
  const l = source.lag;
  lag(lags, 'Behind', seconds(l.seconds), 'read ' + seconds(l.read_seconds) + ', apply ' + seconds(l.apply_seconds));
  lag(lags, 'Records waiting', (l.records_exact === false ? '~' : '') + count(l.records));
  lag(lags, 'Binlog to go', bytes(l.bytes));
  const s = source.statistics;
  if (s) {
    lag(lags, 'Rows a second', count(Math.round(s.applied_rows_per_second)), 'read ' + count(Math.round(s.read_rows_per_second)));
    lag(lags, 'Commit to apply', s.lag_p50_seconds === null ? '–' : seconds(s.lag_p50_seconds), '99 %: ' + seconds(s.lag_p99_seconds));
  }
  copy($(node, '.copy'), source.copy);
  tables(made, source, actions);
  const running = source.status === 'running';
  const able = actions && token !== '';
  $(node, '[data-act="start"]').disabled = !able || running;
  $(node, '[data-act="stop"]').disabled = !able || !running;
  $(node, '[data-act="resync"]').disabled = !able || source.tables.disabled === 0;
  errors(made);
}

function copy(box, told) {
  const ranges = told.ranges_copied + told.ranges_pending;
  box.hidden = ranges === 0 && told.tables.length === 0;
  box.replaceChildren();
  if (ranges > 0) {
    add(box, 'div', 'Initial copy: ' + told.ranges_copied + ' of ' + ranges + ' ranges, ' + count(told.rows) + ' rows');
    bar(box, told.ranges_copied, ranges);
  }
  told.tables.forEach(t => {
    add(box, 'div', t.table + ': ' + t.phase + ', ' + count(t.rows) + (t.rows_estimated ? ' of about ' + count(t.rows_estimated) : '') + ' rows');
    if (t.rows_estimated) bar(box, t.rows, t.rows_estimated);
  });
}
function bar(box, value, max) {
  const progress = add(box, 'progress');
  progress.max = max;
  progress.value = Math.min(value, max);
}

function tables(made, source, actions) {
  const t = source.tables;
  const parts = [t.replicated + ' replicated'];
  if (t.disabled) parts.push(t.disabled + ' disabled');
  if (t.copying) parts.push(t.copying + ' copying');
  if (t.not_replicated) parts.push(t.not_replicated + ' left out');
  $(made.node, '.tables summary').textContent = 'Tables: ' + parts.join(', ');
  const body = $(made.node, '.tables tbody');
  body.replaceChildren();
  source.table_list.forEach(one => {
    const row = add(body, 'tr');
    add(row, 'td', one.table).title = one.destination;
    const state = add(row, 'td', one.state, one.state === 'disabled' ? 'bad' : '');
    if (one.reason) state.title = one.reason;
    [one.copied, one.inserts, one.updates, one.deletes].forEach(v => add(row, 'td', count(v)));
    [one.missing, one.discarded].forEach(v => add(row, 'td', count(v), v ? 'bad' : ''));
    const cell = add(row, 'td');
    const button = add(cell, 'button', 'Re-sync');
    button.type = 'button';
    button.disabled = !actions || token === '' || source.status !== 'running';
    button.addEventListener('click', () => act(made, 'resync', one.table));
  });
}

async function errors(made) {
  const details = $(made.node, '.errors');
  if (!details.open) return;
  const list = $(details, '.list');
  try {
    const found = await get('errors?source=' + encodeURIComponent(made.name));
    const mark = found.length + ':' + (found[0] ? found[0].logid : '') + (token ? 't' : '');
    if (mark === made.errorsAt) return;
    made.errorsAt = mark;
    list.replaceChildren();
    if (found.length === 0) add(list, 'p', 'None.');
    found.forEach(error => {
      const box = add(list, 'div', undefined, 'error');
      const head = add(box, 'p');
      add(head, 'time', error.at.replace('T', ' ').slice(0, 19));
      add(head, 'strong', ' ' + error.code, 'code');
      add(head, 'span', error.table ? ' ' + error.table : '');
      const prefix = error.code + ': ';
      add(box, 'p', error.message.startsWith(prefix) ? error.message.slice(prefix.length) : error.message);
      const button = add(box, 'button', 'Rows and statement');
      button.type = 'button';
      button.disabled = token === '';
      button.addEventListener('click', () => detail(made, error, box));
    });
  } catch (problem) { list.replaceChildren(); add(list, 'p', problem.message); }
}
async function detail(made, error, box) {
  const old = $(box, 'pre');
  if (old) { old.remove(); return; }
  try {
    const found = await get('error?source=' + encodeURIComponent(made.name) + '&logid=' + error.logid, true);
    const lines = [];
    if (found.statement) lines.push(found.statement);
    (found.rows || []).forEach(r => lines.push(r.op + '  ' + images(r.row)));
    add(box, 'pre', lines.join('\n') || 'Nothing more is known.');
  } catch (problem) { add(box, 'pre', problem.message); }
}

function images(text) {
  try {
    const row = JSON.parse(text);
    const parts = ['before', 'after'].filter(name => row[name]).map(name => name + ' ' + JSON.stringify(row[name]));
    return parts.length ? parts.join('\n   ') : text;
  } catch (problem) { return text; }
}

async function history(made) {
  try { made.history = await get('history?source=' + encodeURIComponent(made.name)); draw(made); } catch (problem) { /* shown by refresh */ }
}
function points(made) {
  if (!made.history) return [];
  if (made.chart === 'day') return made.history.minutes.map(m => ({ millis: m.millis, value: m.lag_p95_seconds }));
  return made.history.points.map(p => ({ millis: p.millis, value: p[made.chart] }));
}
function draw(made) {
  const day = made.chart === 'day';
  const format = day ? seconds : formats[made.chart];
  const all = points(made), end = Date.now();
  const first = all.length ? all[0].millis : end;
  const span = Math.min(day ? 86400e3 : 3600e3, Math.max(end - first, day ? 3600e3 : 60e3));
  const start = end - span;
  const known = all.filter(p => p.value !== null && p.millis >= start);
  const top = Math.max(0, ...known.map(p => p.value));
  const scale = Math.max(top, day || made.chart === 'seconds' ? 1 : 10);
  const x = p => ((p.millis - start) / span * 600).toFixed(1);
  const y = p => (98 - p.value / scale * 92).toFixed(1);
  let line = '', area = '', last = null;
  all.filter(p => p.millis >= start).forEach(p => {
    if (p.value === null) { if (!day) last = null; return; }
    if (last === null) { line += 'M' + x(p) + ' ' + y(p); area += (area ? 'V100Z' : '') + 'M' + x(p) + ' 100V' + y(p); }
    else { line += 'L' + x(p) + ' ' + y(p); area += 'L' + x(p) + ' ' + y(p); }
    last = p;
  });
  const svg = $(made.node, '.chart');
  $(svg, '.line').setAttribute('d', line);
  $(svg, '.area').setAttribute('d', area ? area + 'V100Z' : '');
  const told = known.length ? 'at most ' + format(top) : 'nothing known yet';
  const minutes = Math.round(span / 60e3);
  $(made.node, 'figcaption span').textContent = 'Last ' + (minutes < 120 ? minutes + ' min' : Math.round(minutes / 60) + ' h');
  $(made.node, '.top').textContent = told;
  svg.setAttribute('aria-label', (day ? 'Commit to apply of the last day, ' : 'Lag in ' + made.chart + ', ') + told);
}

async function act(made, what, tables) {
  if (what === 'stop' && !confirm('Stop the replica of ' + made.name + '?')) return;
  const answer = $(made.node, '.answer');
  show(answer, 'Working …');
  made.node.querySelectorAll('[data-act]').forEach(b => { b.disabled = true; });
  try {
    const query = '?source=' + encodeURIComponent(made.name) + (what === 'resync' ? '&tables=' + encodeURIComponent(tables) : '');
    const told = await fetch(what + query, { method: 'POST', headers: { Authorization: 'Bearer ' + token } });
    show(answer, (await told.text()).trim());
  } catch (problem) { show(answer, problem.message); }
  refresh();
}

async function refresh() {
  try {
    const status = await get('status');
    document.getElementById('when').textContent = status.sources.length + (status.sources.length === 1 ? ' source, ' : ' sources, ') + status.at.slice(11, 19) + ' UTC';
    show(document.getElementById('trouble'), status.trouble);
    document.getElementById('sign-in').hidden = !status.actions;
    status.sources.forEach(source => { const made = card(source.source); render(made, source, status.actions); history(made); });
    const names = new Set(status.sources.map(s => s.source));
    [...cards.keys()].filter(name => !names.has(name)).forEach(name => { cards.get(name).node.remove(); cards.delete(name); });
    document.body.dataset.ready = 'true';
  } catch (problem) { show(document.getElementById('trouble'), 'The monitor does not answer: ' + problem.message); }
}

document.getElementById('token').value = token;
document.getElementById('sign-in').addEventListener('submit', event => {
  event.preventDefault();
  token = document.getElementById('token').value.trim();
  sessionStorage.setItem('token', token);
  refresh();
});
refresh();
setInterval(refresh, every);
