// Keys. In a list with data-keys: j and k move, Enter opens, y, n, x press what carries data-key="y" and so on.
import { close } from "./drawers.js";

const HERE = "is-here";
const help = document.getElementById("keys");

const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
const entries = () =>
  [...document.querySelectorAll("[data-keys]")].flatMap((list) =>
    [...list.querySelectorAll(list.dataset.keys || ":scope > li, :scope > tr")].filter((entry) => entry.offsetParent),
  );
const marked = (all) => all.findIndex((entry) => entry.classList.contains(HERE));

function move(step) {
  const all = entries();
  if (!all.length) return;
  const at = marked(all);
  const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  for (const entry of all) entry.classList.toggle(HERE, entry === next);
  next.scrollIntoView({ block: "nearest" });
  (next.querySelector("[data-keys-focus]") || next.querySelector("a[href], button"))?.focus({ preventScroll: true });
}

function press(key) {
  const all = entries();
  const here = all[Math.max(marked(all), 0)];
  const outside = [...document.querySelectorAll(`[data-key="${key}"]`)].find((button) => !button.closest("[data-keys]"));
  const target = here?.querySelector(`[data-key="${key}"]`) || outside;
  target?.click();
  return Boolean(target);
}

const DEEDS = {
  j: () => move(1),
  k: () => move(-1),
  "/": () => document.querySelector("[data-key-focus='/']")?.select(),
  "?": () => help?.showModal?.(),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && close()) return;
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
  const key = event.key.toLowerCase();
  if (DEEDS[key]) {
    event.preventDefault();
    DEEDS[key]();
  } else if (["y", "n", "x", "u"].includes(key) && press(key)) {
    event.preventDefault();
  }
});
if (help?.showModal) {
  for (const button of document.querySelectorAll("[data-help]")) {
    button.hidden = false;
    button.addEventListener("click", () => help.showModal());
  }
}
