// Nothing typed is lost: what stands in a form is kept in this tab until the server has taken it.
// Passwords, files and hidden fields are never kept; forms that search or choose need no draft.
const KEEP = 24 * 3600 * 1000;
const SKIP = new Set(["password", "file", "hidden", "submit", "button"]);

const keyOf = (form) => `draft:${location.pathname}:${form.id || form.getAttribute("action") || ""}`;
const kept = (form) =>
  [...form.elements].filter((field) => field.name && !SKIP.has(field.type) && field.autocomplete !== "off");
const valueOf = (field) => (["checkbox", "radio"].includes(field.type) ? field.checked : field.value);
const slots = (form) => kept(form).map((field, place) => [`${field.name}:${place}`, field]);

function read(form) {
  try {
    const draft = JSON.parse(sessionStorage.getItem(keyOf(form)));
    return draft && Date.now() - draft.at < KEEP ? draft : null;
  } catch {
    return null;
  }
}

function write(form, sent = false) {
  const values = Object.fromEntries(slots(form).map(([slot, field]) => [slot, valueOf(field)]));
  try {
    sessionStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), values, sent }));
  } catch {
    // A full or closed storage only means that there is no draft.
  }
}

function restore(form, values) {
  let changed = false;
  for (const [slot, field] of slots(form)) {
    if (!(slot in values) || valueOf(field) === values[slot]) continue;
    changed = true;
    if (["checkbox", "radio"].includes(field.type)) field.checked = values[slot];
    else field.value = values[slot];
  }
  return changed;
}

function say(form) {
  const note = document.createElement("p");
  note.className = "note ochre row";
  note.setAttribute("role", "status");
  note.append(document.body.dataset.draftBack);
  const drop = document.createElement("button");
  Object.assign(drop, { type: "button", className: "linklike", textContent: document.body.dataset.draftDrop });
  drop.addEventListener("click", () => {
    sessionStorage.removeItem(keyOf(form));
    form.reset();
    note.remove();
  });
  note.append(drop);
  form.prepend(note);
}

// An error page means that what was just sent did not arrive: it is a draft again.
if (document.querySelector("main [data-failed]")) {
  for (const key of Object.keys(sessionStorage).filter((key) => key.startsWith("draft:"))) {
    sessionStorage.setItem(key, JSON.stringify({ ...JSON.parse(sessionStorage.getItem(key)), sent: false }));
  }
}
const cameBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
const wired = new Set();

function wire(form) {
  if (wired.has(form) || form.matches("[data-no-draft], [data-look]") || !kept(form).length) return;
  wired.add(form);
  const draft = read(form);
  // A form that came back with errors shows what was sent; a page that came back clean had been taken.
  const refused = form.querySelector("[data-errors], .wrong");
  if (draft?.sent && !refused && !cameBack) sessionStorage.removeItem(keyOf(form));
  else if (draft && !refused && restore(form, draft.values)) say(form);
  let waiting;
  form.addEventListener("input", () => {
    form.dataset.dirty = "yes";
    clearTimeout(waiting);
    waiting = setTimeout(() => write(form), 300);
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    delete form.dataset.dirty;
    write(form, true);
  });
}

const wireAll = (part) => part.querySelectorAll("form[method=post]").forEach(wire);
wireAll(document);
document.addEventListener("htmx:load", (event) => wireAll(event.detail.elt));
addEventListener("pagehide", () => [...wired].filter((form) => form.dataset.dirty && form.isConnected).forEach((form) => write(form)));
