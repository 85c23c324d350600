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
