// Rearranges the home page: by pointer on the grip, by Alt+arrows on it, and by
// the buttons without loading the page anew. Every move is told to the server
// at once and said aloud.
const address = "/accueil/disposition";

export function arrange() {
  const grid = document.querySelector("[data-grid]");
  if (!grid) return;
  // A text that is said again has to change first, or it is not heard.
  let first;
  const say = (text) => {
    clearTimeout(first);
    const aloud = document.getElementById("annonce");
    aloud.textContent = aloud.textContent === text ? text + "\u00a0" : text;
  };
  const widgets = () => [...grid.children].filter((w) => w.dataset.instance);
  const movable = (w) => w && !("fixed" in w.dataset);
  // What the school locked at the front stays there; the rest may be passed.
  const head = () => {
    const free = widgets().findIndex(movable);
    return free < 0 ? widgets().length : free;
  };
  const words = (w) => {
    const all = widgets(), name = w.querySelector("h2").textContent.trim();
    return grid.dataset.said.replace("{name}", name).replace("{n}", all.indexOf(w) + 1).replace("{total}", all.length);
  };

  for (const grip of grid.querySelectorAll("[data-grip]")) grip.hidden = false;

  // What a form has done is said too: nobody hears what a page begins with.
  const done = document.querySelector(".flash p");
  if (done) first = setTimeout(() => say(done.textContent), 300);

  // One after the other, in the order they were made; leaving the page does
  // not lose the last one.
  let before = Promise.resolve();
  const told = (w) => {
    const body = new URLSearchParams({ geste: "place", instance: w.dataset.instance, valeur: widgets().indexOf(w) });
    const text = words(w);
    before = before
      .then(() => fetch(address, { method: "POST", body, keepalive: true, headers: { Accept: "application/json" } }))
      .then((r) => {
        if (!r.ok) throw r;
        say(text);
        for (const form of document.querySelectorAll("[data-changing]")) form.hidden = false;
      })
      .catch(() => {
        say(grid.dataset.unsaid);
        const help = document.getElementById("aide-disposition");
        help.textContent = grid.dataset.unsaid;
        help.className = "error";
      });
  };

  // Moves the others around w: what stays in the document keeps its focus and
  // its pointer.
  const swap = (w, other) => {
    const all = widgets();
    const i = all.indexOf(w), j = all.indexOf(other);
    j < i ? w.after(...all.slice(j, i)) : w.before(...all.slice(i + 1, j + 1));
  };

  const move = (w, by) => {
    const all = widgets(), to = all.indexOf(w) + by;
    if (to < head() || to >= all.length) return say(words(w));
    swap(w, all[to]);
    w.scrollIntoView({ block: "nearest" });
    told(w);
  };

  grid.addEventListener("keydown", (e) => {
    const w = e.target.closest(".widget");
    if (!w || !e.altKey || !movable(w)) return;
    const by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[e.key];
    if (!by) return;
    e.preventDefault();
    move(w, by);
  });

  grid.addEventListener("click", (e) => {
    const button = e.target.closest("[data-move]");
    if (!button) return;
    e.preventDefault();
    move(button.closest(".widget"), Number(button.dataset.move));
  });

  grid.addEventListener("pointerdown", (e) => {
    const grip = e.target.closest("[data-grip]");
    if (!grip || e.button) return;
    const w = grip.closest(".widget");
    const before = widgets().indexOf(w);
    e.preventDefault();
    grip.focus();
    grip.setPointerCapture(e.pointerId);
    w.classList.add("held");

    const over = (e) => {
      const under = document.elementFromPoint(e.clientX, e.clientY)?.closest(".widget");
      if (!under || under === w || under.parentNode !== grid || widgets().indexOf(under) < head()) return;
      swap(w, under);
    };
    const end = () => {
      w.classList.remove("held");
      grip.removeEventListener("pointermove", over);
      grip.removeEventListener("lostpointercapture", end);
      if (widgets().indexOf(w) !== before) told(w);
    };
    grip.addEventListener("pointermove", over);
    grip.addEventListener("lostpointercapture", end);
  });
}
