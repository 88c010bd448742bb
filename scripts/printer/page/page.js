/** What is said, in both languages: pageWords.ts. */
const words = await (await fetch('words.json')).json();

/** Each switch, and what it sets: the middle of a receipt is some 30 KB and 600 rows into it. */
const groups = {
  paper: { paperOut: true, paperOutAfterRows: 600, nearEnd: true, coverOpen: true },
  line: { cablePulledAfterBytes: 30_000, stallAfterBytes: 20_000, bytesPerSecond: 15_000 },
  model: { ignoresProcessId: true, ignoresStatusRequests: true, isSilent: true },
  talk: { statusNoise: true, answersOutOfOrder: true, answersGarbage: true },
};
const on = Object.assign({}, ...Object.values(groups));
/** As fast as a receipt printer's paper moves, in rows a second. */
const rowsPerSecond = 1_200;
const rowsInMm = 8;
const shown = 276 / 576;
const drawerMs = 2_500;

const find = (id) => document.getElementById(id);
const machine = document.querySelector('.machine');
const hanging = find('hanging');
let language = localStorage.getItem('language') === 'en' ? 'en' : 'ar';
let state = null;
let hangingRows = 0;
let drawerTimer = 0;

/** The text with what stands in braces filled in. */
function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function speak() {
  const said = words[language];
  document.documentElement.lang = language;
  document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
  document.title = said.title;
  for (const element of document.querySelectorAll('[data-words]')) {
    element.textContent = filled(said[element.dataset.words], { port: state?.port ?? '' });
  }
  find('language').textContent = said.other;
  find('language').lang = language === 'ar' ? 'en' : 'ar';
  find('groups').replaceChildren(...Object.entries(groups).map(([name, faults]) => group(name, faults)));
  for (const item of find('papers').children) label(item);
  show();
}

function group(name, faults) {
  const said = words[language];
  const set = document.createElement('fieldset');
  const legend = document.createElement('legend');
  legend.textContent = said.groups[name];
  set.append(legend);
  for (const fault of Object.keys(faults)) {
    const line = document.createElement('label');
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.name = fault;
    box.addEventListener('change', () => change({ [fault]: box.checked ? on[fault] : offOf(fault) }));
    line.append(box, said.switches[fault]);
    set.append(line);
  }
  return set;
}

const offOf = (fault) => (typeof on[fault] === 'boolean' ? false : null);
const isOn = (fault) => state.faults[fault] !== offOf(fault);

async function change(faults) {
  await fetch('faults', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(faults),
  });
}

function show() {
  if (state === null) return;
  const said = words[language].says;
  for (const box of document.querySelectorAll('#groups input')) box.checked = isOn(box.name);
  const { faults } = state;
  const isOut = faults.paperOut || faults.paperOutAfterRows === 0;
  const wrong = faults.coverOpen
    ? 'open'
    : isOut
      ? 'out'
      : state.isCut
        ? 'gone'
        : state.isHung
          ? 'hung'
          : null;
  machine.classList.toggle('is-wrong', wrong !== null);
  machine.classList.toggle('is-open', faults.coverOpen);
  machine.classList.toggle('is-near', faults.nearEnd || isOut);
  const calm = state.hangingRows > 0 ? 'printing' : faults.nearEnd ? 'near' : 'ready';
  find('says').textContent = said[wrong ?? calm];
  find('drawer-says').textContent =
    words[language][find('drawer').classList.contains('is-out') ? 'drawerOut' : 'drawerShut'];
  find('nothing').hidden = find('papers').childElementCount > 0;
}

/** The paper rises by as much as was printed. */
function rise(rows) {
  if (rows === 0) return;
  const next = new Image();
  next.src = `hanging.png?rows=${rows}`;
  next.decode().then(
    () => {
      if (state.hangingRows === 0) return;
      const more = Math.max(0, rows - hangingRows);
      hangingRows = rows;
      hanging.src = next.src;
      hanging.classList.remove('taken');
      hanging.hidden = false;
      hanging.animate([{ transform: `translateY(${more * shown}px)` }, { transform: 'translateY(0)' }], {
        duration: (more * 1_000) / rowsPerSecond,
        easing: 'linear',
      });
    },
    // It was cut off meanwhile: the next picture is the whole paper.
    () => {},
  );
}

function cut(paper) {
  hanging.src = paper.src;
  hanging.hidden = false;
  const more = Math.max(0, paper.height - hangingRows);
  hangingRows = 0;
  const slide = hanging.animate(
    [{ transform: `translateY(${more * shown}px)` }, { transform: 'translateY(0)' }],
    { duration: (more * 1_000) / rowsPerSecond, easing: 'linear' },
  );
  slide.finished.then(
    () => {
      setTimeout(() => hanging.classList.add('taken'), 700);
      add(paper);
    },
    () => {},
  );
}

function add(paper) {
  const item = document.createElement('li');
  item.dataset.number = paper.number;
  item.dataset.mm = Math.round(paper.height / rowsInMm);
  const caption = document.createElement('span');
  const button = document.createElement('button');
  button.type = 'button';
  const picture = document.createElement('img');
  picture.src = paper.src;
  button.append(picture);
  button.addEventListener('click', () => {
    find('large-paper').src = paper.src;
    find('large').showModal();
  });
  item.append(caption, button);
  label(item);
  find('papers').prepend(item);
  show();
}

function label(item) {
  const text = filled(words[language].paper, item.dataset);
  item.querySelector('span').textContent = text;
  item.querySelector('img').alt = text;
}

function openDrawer() {
  find('drawer').classList.add('is-out');
  clearTimeout(drawerTimer);
  drawerTimer = setTimeout(() => {
    find('drawer').classList.remove('is-out');
    show();
  }, drawerMs);
  show();
}

find('language').addEventListener('click', () => {
  language = language === 'ar' ? 'en' : 'ar';
  localStorage.setItem('language', language);
  speak();
});
find('heal').addEventListener('click', () =>
  change(Object.fromEntries(Object.keys(on).map((fault) => [fault, offOf(fault)]))),
);
find('close').addEventListener('click', () => find('large').close());

const events = new EventSource('events');
events.addEventListener('state', ({ data }) => {
  const isFirst = state === null;
  state = JSON.parse(data);
  if (isFirst) speak();
  show();
  rise(state.hangingRows);
});
events.addEventListener('papers', ({ data }) => {
  find('papers').replaceChildren();
  for (const paper of JSON.parse(data)) add(paper);
});
events.addEventListener('paper', ({ data }) => cut(JSON.parse(data)));
events.addEventListener('drawer', openDrawer);
speak();
