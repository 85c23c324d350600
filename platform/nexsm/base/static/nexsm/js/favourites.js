// “My selection” of a programme. It stays in this browser: nothing of it is ever sent, a shared link
// carries it behind the #, and the calendar is cut out of the public one here. Without this script
// there are no buttons and no selection; the programme itself needs neither.
const STATE_LINK = /^#fav=([0-9a-f.]*)$/;
const programme = document.querySelector("[data-programme]");
const box = document.querySelector("[data-favourites]");
const shared = document.querySelector("[data-shared]");
const words = box.dataset;
const storageKey = `nexsm-selection-${programme.dataset.programme}`;
const cells = new Map();
for (const article of programme.querySelectorAll("article[data-uid]")) cells.set(article.dataset.uid, article);

let chosen = read();
// Somebody else's selection, while it is being looked at.
let visiting = null;
let isNarrowed = false;

function read() {
  try {
    const stored = JSON.parse(window.localStorage.getItem(storageKey) ?? "[]");
    return new Set(Array.isArray(stored) ? stored.filter((uid) => typeof uid === "string") : []);
  } catch {
    return new Set(); // forbidden or damaged: start with nothing
  }
}

function write() {
  try {
    window.localStorage.setItem(storageKey, JSON.stringify([...chosen]));
  } catch {
    say(words.notKept);
  }
}

function say(text) {
  box.querySelector("[data-status]").textContent = text;
}

const shown = () => visiting ?? chosen;
const titleOf = (article) => article.querySelector(".entry__title a").textContent.replaceAll("\u00ad", "").trim();
const startOf = (article) => Number(article.dataset.start);

// Half-open spans; what has no end only clashes with what starts at the same time.
function clash(one, other) {
  if (!one.dataset.start || !other.dataset.start) return false;
  if (startOf(one) === startOf(other)) return true;
  const [first, second] = startOf(one) < startOf(other) ? [one, other] : [other, one];
  return startOf(second) < Number(first.dataset.end ?? first.dataset.start);
}

function showClashes() {
  const mine = [...shown()].map((uid) => cells.get(uid)).filter((article) => article && !article.matches(".entry--cancelled"));
  let number = 0;
  for (const line of programme.querySelectorAll(".entry__clash")) line.remove();
  for (const article of mine) {
    const others = mine.filter((other) => other !== article && clash(article, other));
    if (others.length === 0) continue;
    number += others.length;
    const line = document.createElement("p");
    line.className = "entry__clash";
    line.append(`${words.clash} `);
    others.forEach((other, index) => {
      const title = document.createElement("bdi");
      title.textContent = titleOf(other);
      line.append(index ? ", " : "", title);
    });
    article.append(line);
  }
  return number / 2;
}

function narrow() {
  const only = isNarrowed || visiting !== null;
  for (const cell of programme.querySelectorAll(".cell")) {
    const uid = cell.querySelector("article").dataset.uid;
    cell.hidden = only && !shown().has(uid);
  }
  for (const part of programme.querySelectorAll(".slot, .day")) {
    part.hidden = only && !part.querySelector(".cell:not([hidden])");
  }
  programme.classList.toggle("programme--narrowed", only);
}

function update() {
  for (const [uid, article] of cells) {
    article.querySelector("[data-mark-button]").setAttribute("aria-pressed", String(chosen.has(uid)));
  }
  if (chosen.size === 0) isNarrowed = false;
  const clashes = showClashes();
  const here = [...shown()].filter((uid) => cells.has(uid)).length;
  box.querySelector("[data-count]").textContent = String(here);
  box.querySelector("[data-clashes]").textContent = clashes ? `${words.overlaps} ${clashes}` : "";
  box.querySelector("[data-action=only]").setAttribute("aria-pressed", String(isNarrowed));
  box.querySelector("[data-actions]").hidden = shown().size === 0;
  box.querySelector("[data-hint]").hidden = chosen.size > 0;
  shared.hidden = visiting === null;
  narrow();
}

function addButton(uid, article) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "mark-button no-print";
  button.dataset.markButton = uid;
  const time = article.querySelector(".entry__time time")?.textContent ?? "";
  button.textContent = words.mark;
  button.setAttribute("aria-label", `${words.mark}: ${titleOf(article)} ${time}`.trim());
  article.querySelector(".entry__facts").append(button);
}

function linkTo(uids) {
  const url = new URL(window.location.href);
  url.hash = `fav=${[...uids].map((uid) => uid.replaceAll("-", "")).join(".")}`;
  return url.href;
}

function withDashes(hex) {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function readLink() {
  const found = STATE_LINK.exec(window.location.hash);
  visiting = found ? new Set(found[1].split(".").map(withDashes).filter((uid) => cells.has(uid))) : null;
  if (visiting) shared.querySelector("[data-shared-count]").textContent = String(visiting.size);
  update();
  if (visiting) shared.scrollIntoView({ block: "start" });
}

function forgetLink() {
  window.history.replaceState(null, "", window.location.pathname + window.location.search);
  visiting = null;
}

// The public calendar of the conference without the entries that are not chosen: same identities,
// same time zones as everywhere, and the server does not learn what was chosen.
function cut(calendar, uids) {
  return calendar.replace(/BEGIN:VEVENT\r?\n[\s\S]*?END:VEVENT\r?\n/g, (event) => {
    const uid = /^UID:(.*)$/m.exec(event.replace(/\r?\n[ \t]/g, ""))?.[1].trim();
    return uids.has(uid) ? event : "";
  });
}

async function saveCalendar() {
  const answer = await fetch(words.calendar);
  if (!answer.ok) {
    say(words.failed);
    return;
  }
  const file = new Blob([cut(await answer.text(), shown())], { type: "text/calendar;charset=utf-8" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = words.filename;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  say(words.saved);
}

const actions = {
  only() {
    isNarrowed = !isNarrowed;
    update();
  },
  async link() {
    const address = linkTo(shown());
    try {
      await navigator.clipboard.writeText(address);
      say(words.copied);
    } catch {
      window.prompt(words.copyByHand, address);
    }
  },
  calendar: saveCalendar,
  print() {
    const before = isNarrowed;
    isNarrowed = true;
    update();
    window.addEventListener("afterprint", () => {
      isNarrowed = before;
      update();
    }, { once: true });
    window.print();
  },
  take() {
    for (const uid of visiting) chosen.add(uid);
    write();
    forgetLink();
    isNarrowed = true;
    update();
    say(words.taken);
    box.querySelector("[data-action=only]").focus();
  },
  leave() {
    forgetLink();
    update();
    programme.querySelector("[data-mark-button]").focus();
  },
};

for (const [uid, article] of cells) addButton(uid, article);
document.addEventListener("click", (event) => {
  const mark = event.target.closest("[data-mark-button]");
  if (mark) {
    const uid = mark.dataset.markButton;
    if (!chosen.delete(uid)) chosen.add(uid);
    write();
    update();
    say(`${chosen.has(uid) ? words.added : words.removed} ${titleOf(cells.get(uid))}`);
    // What was just taken out of the shown selection is gone, and the focus with it.
    if (mark.closest("[hidden]")) box.querySelector("[data-action=only]").focus();
  }
  const action = event.target.closest("[data-action]")?.dataset.action;
  if (action) actions[action]();
});
// The same programme in another tab.
window.addEventListener("storage", (event) => {
  if (event.key !== storageKey) return;
  chosen = read();
  update();
});
window.addEventListener("hashchange", readLink);
box.hidden = false;
readLink();
