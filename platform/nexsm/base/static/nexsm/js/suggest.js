// Suggestions below a search field: a combobox with a list (ARIA 1.2), made of links.
// Loaded by site.js when somebody goes to such a field. Without it the field is a plain form.
const PAUSE = 150;
const FEWEST_LETTERS = 2;

export function attach(form) {
  const input = form.querySelector("input[name=q]");
  const box = document.createElement("div");
  const status = document.createElement("p");
  const known = new Map();
  let options = [];
  let active = -1;
  let timer = 0;
  let asking = null;

  box.className = "suggestions";
  box.id = `${input.id}-suggestions`;
  box.setAttribute("role", "listbox");
  box.setAttribute("aria-label", form.dataset.suggestLabel);
  box.hidden = true;
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  form.querySelector(".search-box__row").append(box);
  form.append(status);
  input.setAttribute("aria-controls", box.id);

  function choose(index) {
    options[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = options[active];
    if (!option) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  function close() {
    window.clearTimeout(timer);
    asking?.abort();
    choose(-1);
    box.hidden = true;
    status.textContent = "";
    input.setAttribute("aria-expanded", "false");
  }

  function optionOf(item, index) {
    const option = document.createElement("a");
    option.href = item.url;
    option.id = `${box.id}-${index}`;
    option.className = "suggestions__item";
    option.tabIndex = -1;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.lang = item.language;
    // Names stand in many scripts, each in its own direction; the list keeps the page's.
    const name = document.createElement("bdi");
    name.textContent = item.text;
    option.append(name);
    return option;
  }

  function groupOf(label, index) {
    const group = document.createElement("div");
    const heading = document.createElement("div");
    group.setAttribute("role", "group");
    group.setAttribute("aria-labelledby", `${box.id}-group-${index}`);
    heading.id = `${box.id}-group-${index}`;
    heading.className = "suggestions__kind";
    heading.setAttribute("role", "presentation");
    heading.textContent = label;
    group.append(heading);
    return group;
  }

  function fill(answer) {
    const groups = new Map();
    for (const item of answer.suggestions) {
      if (!groups.has(item.kind)) groups.set(item.kind, groupOf(item.label, groups.size));
      groups.get(item.kind).append(optionOf(item, `${groups.size}-${groups.get(item.kind).childElementCount}`));
    }
    choose(-1);
    box.replaceChildren(...groups.values());
    options = [...box.querySelectorAll("[role=option]")];
    box.hidden = options.length === 0;
    input.setAttribute("aria-expanded", String(!box.hidden));
    status.textContent = answer.status;
  }

  async function ask() {
    const words = input.value.trim();
    if (words.length < FEWEST_LETTERS) return close();
    asking?.abort();
    asking = new AbortController();
    try {
      if (!known.has(words)) {
        const url = new URL(form.dataset.suggest, window.location.href);
        url.searchParams.set("q", words);
        const answer = await fetch(url, { signal: asking.signal });
        if (!answer.ok) throw new Error(`suggestions answered ${answer.status}`);
        known.set(words, await answer.json());
      }
      if (document.activeElement === input && input.value.trim() === words) fill(known.get(words));
    } catch (error) {
      // No suggestions are no harm: the form still searches.
      if (error.name !== "AbortError") close();
    }
    return undefined;
  }

  function onKey(event) {
    if (event.isComposing) return;
    const last = options.length - 1;
    const moves = {
      ArrowDown: active < last ? active + 1 : -1,
      ArrowUp: active < 0 ? last : active - 1,
      // In the text these keys move the cursor; in the list they go to its ends.
      Home: active >= 0 ? 0 : undefined,
      End: active >= 0 ? last : undefined,
    };
    if (box.hidden) {
      if (event.key === "ArrowDown" && !event.altKey) ask();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      options[active].click();
    } else if (event.key === "Tab") {
      close();
    } else if (moves[event.key] !== undefined) {
      event.preventDefault();
      choose(moves[event.key]);
    }
  }

  input.addEventListener("input", (event) => {
    window.clearTimeout(timer);
    if (event.isComposing) return;
    timer = window.setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", onKey);
  input.addEventListener("suggest:close", close);
  form.addEventListener("submit", close);
  // A press on the list must not take the focus away: on touch screens the list would be gone
  // before the tap arrives.
  box.addEventListener("pointerdown", (event) => event.preventDefault());
  box.addEventListener("mousedown", (event) => event.preventDefault());
  input.addEventListener("blur", close);
  if (document.activeElement === input && input.value !== input.defaultValue) ask();
}
