// Small comforts: print, filters that apply at once, the first error in focus, toasts that leave.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
addEventListener("beforeprint", () => {
  for (const drop of document.querySelectorAll("[data-drop][open]")) drop.open = false;
});
for (const form of document.querySelectorAll("[data-filters]")) {
  form.addEventListener("change", (event) => {
    if (event.target.matches("select, [type=checkbox], [type=radio]")) (form.requestSubmit || form.submit).call(form);
  });
  // Empty fields stay out of the address, so that it can be shared.
  form.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
  });
}
document.querySelector("[data-errors]")?.focus();
// A fragment that could not be fetched or sent says so; what was typed still stands in its form.
for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, () => {
    const toast = document.createElement("p");
    Object.assign(toast, { className: "toast", textContent: document.body.dataset.notDone });
    toast.setAttribute("role", "alert");
    document.body.append(toast);
    setTimeout(() => toast.remove(), 8000);
  });
}
for (const toast of document.querySelectorAll(".toast")) setTimeout(() => toast.remove(), 8000);
// A folded table is no table to the eye any more; its roles keep it one for screen readers.
const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
function name(part) {
  for (const piece of part.querySelectorAll("table.fold, table.fold thead, table.fold tbody, table.fold tr, table.fold th, table.fold td")) {
    const heads = piece.tagName === "TH" && (piece.closest("thead") ? "columnheader" : "rowheader");
    piece.setAttribute("role", heads || ROLES[piece.tagName]);
  }
}
name(document);
document.addEventListener("htmx:load", (event) => name(event.detail.elt));
