// Small manners: menus close by themselves, the list of errors is read first,
// what was done is said.
export function manners() {
  const open = () => document.querySelectorAll("details[data-drop][open]");

  document.addEventListener("click", (e) => {
    for (const d of open()) if (!d.contains(e.target)) d.open = false;
  });
  document.addEventListener("keydown", (e) => {
    if (e.key !== "Escape") return;
    for (const d of open()) {
      d.open = false;
      d.querySelector("summary").focus();
    }
    if (location.hash === "#menu") location.hash = "#contenu";
  });
  document.querySelector("[data-focus]")?.focus();

  // What was just done is said aloud too: nobody hears what a page begins with.
  // A home that is being arranged says it itself, in its turn.
  const flash = document.querySelector(".flash");
  if (flash) {
    flash.removeAttribute("role");
    if (!document.querySelector("[data-grid]"))
      setTimeout(() => (document.getElementById("annonce").textContent = flash.querySelector("p").textContent), 300);
    flash.querySelector("a.tool").addEventListener("click", (e) => {
      e.preventDefault();
      flash.remove();
      document.querySelector("main").focus();
    });
  }

  // A second press of the same button must not send the form twice.
  document.addEventListener("submit", (e) => {
    const form = e.target;
    if (form.method !== "post" || e.defaultPrevented) return;
    if (form.dataset.sent) return e.preventDefault();
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 4000);
  });
  addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });
}
