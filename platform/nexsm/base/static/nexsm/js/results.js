// Search results without a reload: the same addresses, the same page, only its changed parts.
// Enhancement only: every link and form here works without this file.
const pagePath = window.location.pathname;
// Parts that are replaced; each stands in the page at most once.
const PARTS = ["[data-live=page]", "[data-live=kept]", ".languages"];
let shown = window.location.href.split("#")[0];
let running = null;

const isSearch = (url) => url.origin === window.location.origin && url.pathname === pagePath;
const field = () => document.querySelector("form[role=search] input[name=q]");

function say(text) {
  document.getElementById("announcement").textContent = text;
}

// The address a form leads to, without what was left empty.
function addressOf(form) {
  const url = new URL(form.action, window.location.href);
  const filled = [...new FormData(form)].filter(([, value]) => value !== "");
  url.search = new URLSearchParams(filled).toString();
  return url;
}

// What the reader has unfolded stays unfolded.
function keepOpen(before, after) {
  for (const details of before.querySelectorAll("details[open]")) {
    const name = details.querySelector("input")?.name;
    const same = details.matches(".filters")
      ? after.querySelector(".filters")
      : after.querySelector(`.filters__more:has(input[name="${CSS.escape(name ?? "")}"])`);
    if (same) same.open = true;
  }
}

function twinOf(control) {
  const name = `[name="${CSS.escape(control.name)}"]`;
  const same = [...document.querySelectorAll(`.filters ${name}`)];
  return same.find((other) => other.type !== "checkbox" || other.value === control.value);
}

function replaceParts(next) {
  const focused = document.activeElement;
  const hadFocus = focused?.closest(".filters") && focused.name ? focused : null;
  for (const part of PARTS) {
    const [before, after] = [document.querySelector(part), next.querySelector(part)];
    if (!before || !after) continue;
    keepOpen(before, after);
    before.replaceWith(document.adoptNode(after));
  }
  document.title = next.title;
  if (hadFocus) twinOf(hadFocus)?.focus({ preventScroll: true });
}

// Show the search at this address. `toResults`: the reader asked to go on to the results.
async function show(url, { push = true, toResults = true, scroll = true } = {}) {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  const part = document.querySelector("[data-live=page]");
  part.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { signal: mine.signal, headers: { Accept: "text/html" } });
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!answer.ok || !next.querySelector("[data-live=page]")) throw new Error("not a page of results");
    if (push) window.history.pushState(null, "", url);
    shown = window.location.href.split("#")[0];
    const words = next.querySelector("form[role=search] input[name=q]").value;
    if (toResults) field().value = words;
    replaceParts(next);
    enhance();
  } catch (error) {
    if (error.name !== "AbortError") window.location.assign(url);
    return;
  }
  const heading = document.getElementById("total");
  // Said once: by the heading that gets the focus, or by the live region.
  if (toResults) {
    say("");
    heading.focus({ preventScroll: true });
    if (scroll) heading.scrollIntoView({ block: "start" });
  } else {
    say(heading.textContent.trim());
  }
}

function enhance() {
  for (const button of document.querySelectorAll("[data-copy][hidden]")) {
    if (navigator.clipboard) button.hidden = false;
  }
  if (window.matchMedia("(min-width: 60rem)").matches) {
    for (const filters of document.querySelectorAll("details.filters")) filters.open = true;
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) {
    await navigator.clipboard.writeText(button.dataset.copy);
    say("");
    say(button.dataset.copied);
    button.textContent = button.dataset.copied;
    return;
  }
  const link = event.target.closest("[data-live=page] a[href]");
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!link || !isPlain || event.defaultPrevented || link.target) return;
  const url = new URL(link.href);
  if (!isSearch(url) || url.hash) return;
  event.preventDefault();
  show(url);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  const url = addressOf(form);
  if (form.method !== "get" || !isSearch(url) || !form.matches("[role=search], .filters__form")) return;
  event.preventDefault();
  field().dispatchEvent(new CustomEvent("suggest:close", { bubbles: true }));
  show(url);
});

// A filter works at once; the focus stays where it is.
document.addEventListener("change", (event) => {
  const form = event.target.closest(".filters__form");
  if (!form || !isSearch(addressOf(form)) || !event.target.checkValidity()) return;
  show(addressOf(form), { toResults: false });
});

window.addEventListener("popstate", () => {
  const url = window.location.href.split("#")[0];
  if (url !== shown) show(new URL(url), { push: false, scroll: false });
});

enhance();
