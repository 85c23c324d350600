// Enhancement only: everything works without this file.
const wide = window.matchMedia("(min-width: 60rem)");

// Filters stand open beside the list on wide screens and fold on phones.
function fitFilters() {
  for (const filters of document.querySelectorAll("details.filters")) filters.open = wide.matches;
}
fitFilters();
wide.addEventListener("change", fitFilters);

// Menus close with Escape, and with a click elsewhere.
const openMenus = () => document.querySelectorAll("details.drop[open]");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});

// Suggestions while typing. The script comes when somebody goes to a search field; until then, and
// when it does not come at all, the field is a plain one.
function prepareSuggestions(form) {
  const input = form.querySelector("input[name=q]");
  const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false" };
  for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
  input.addEventListener(
    "focus",
    async () => {
      try {
        (await import(form.dataset.suggestScript)).attach(form);
      } catch {
        for (const name of Object.keys(roles)) input.removeAttribute(name);
      }
    },
    { once: true },
  );
  if (document.activeElement === input) input.dispatchEvent(new Event("focus"));
}
for (const form of document.querySelectorAll("form[data-suggest]")) prepareSuggestions(form);
