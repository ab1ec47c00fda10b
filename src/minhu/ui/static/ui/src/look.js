// The look changes at once; the form that keeps it in a cookie without scripts stays underneath.
const COOKIE = "minhu_look";
const AGE = 400 * 24 * 3600;

function wear(form) {
  const look = new FormData(form).getAll("look").join(" ");
  document.documentElement.dataset.theme = look;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${COOKIE}=${encodeURIComponent(look).replace(/%20/g, " ")}; path=/; max-age=${AGE}; samesite=lax${secure}`;
}

for (const form of document.querySelectorAll("[data-look]")) {
  form.addEventListener("change", () => wear(form));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    wear(form);
    form.closest("details").open = false;
  });
  form.querySelector("button").hidden = true;
}
document.addEventListener("keydown", (event) => {
  const drop = event.key === "Escape" && document.querySelector("[data-drop][open]");
  if (!drop) return;
  drop.open = false;
  drop.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  for (const drop of document.querySelectorAll("[data-drop][open]")) {
    if (!drop.contains(event.target)) drop.open = false;
  }
});
