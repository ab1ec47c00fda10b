// Review by keyboard: j and k turn to the next and the previous clause; y, n, x, u are pressed by the house's own keys.
const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
  const link = document.querySelector(`#review [data-turn="${event.key.toLowerCase()}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});
document.addEventListener("toggle", (event) => {
  if (event.target.matches?.("details.exempt[open]")) event.target.querySelector("textarea")?.focus();
}, true);
document.addEventListener("htmx:afterSwap", () => {
  const here = document.querySelector("#review [aria-current=true]:not(.chip)");
  if (here && here.getBoundingClientRect().top < 0) here.scrollIntoView({ block: "nearest" });
});
