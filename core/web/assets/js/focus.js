// Gives the focus back after a button has sent something and the same page
// came back: to the same line, or to what has taken its place.
const key = "preau-focus";
const buttons = () => [...document.querySelectorAll("main form[method=post] button")];
const here = () => location.pathname + location.search;

export function focusReturns() {
  try {
    const was = JSON.parse(sessionStorage.getItem(key));
    sessionStorage.removeItem(key);
    if (was?.at === here() && !location.hash && document.activeElement === document.body) {
      const link = [...document.querySelectorAll("main .row-title a")].find((a) => a.getAttribute("href") === was.to);
      const all = buttons();
      (link?.closest(".row").querySelector("form button") ?? link ?? all[Math.min(was.n, all.length - 1)] ?? document.querySelector("main")).focus();
    }
    document.addEventListener("submit", (e) => {
      const n = buttons().indexOf(e.submitter);
      const to = e.submitter?.closest(".row")?.querySelector(".row-title a")?.getAttribute("href");
      if (n >= 0) sessionStorage.setItem(key, JSON.stringify({ at: here(), to, n }));
    });
  } catch {} // a browser that stores nothing
}
