// Rail and drawers as sheets on narrow screens: focus goes in, stays in, and comes back.
let open = null;
let opener = null;

const isSheet = (panel) => getComputedStyle(panel).position === "fixed";
const stops = (panel) =>
  [...panel.querySelectorAll("a[href], button, input, select, textarea, summary")].filter(
    (stop) => !stop.disabled && stop.offsetParent !== null,
  );

function show(panel, from) {
  panel.classList.add("is-open");
  if (!isSheet(panel)) return panel.scrollIntoView();
  open = panel;
  opener = from;
  from?.setAttribute("aria-expanded", "true");
  stops(panel)[0]?.focus();
}

export function close() {
  if (!open) return false;
  open.classList.remove("is-open");
  opener?.setAttribute("aria-expanded", "false");
  opener?.focus();
  open = opener = null;
  return true;
}

for (const link of document.querySelectorAll("[data-opens]")) {
  link.setAttribute("aria-expanded", "false");
  link.setAttribute("aria-controls", link.dataset.opens);
}
document.addEventListener("click", (event) => {
  const opens = event.target.closest("[data-opens]");
  const closes = event.target.closest("[data-closes]");
  if (opens) {
    event.preventDefault();
    show(document.getElementById(opens.dataset.opens), opens);
  } else if (closes && open) {
    event.preventDefault();
    close();
  }
});
document.addEventListener("keydown", (event) => {
  if (!open || event.key !== "Tab") return;
  const all = stops(open);
  const edge = event.shiftKey ? all[0] : all[all.length - 1];
  if (document.activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? all[all.length - 1] : all[0]).focus();
});
