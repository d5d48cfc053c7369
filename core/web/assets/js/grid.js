// Rearranges a home page: by pointer on the grip, by Alt+arrows on it, and by
// the buttons without loading the page anew. Every move is told to the server
// at once and said aloud; Escape lets go of what is held, Ctrl+Z undoes.
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
    const body = new URLSearchParams(grid.dataset.carry);
    body.set("geste", "place");
    body.set("instance", w.dataset.instance);
    body.set("valeur", widgets().indexOf(w));
    const text = words(w);
    before = before
      .then(() => fetch(grid.dataset.grid, { method: "POST", body, keepalive: true, headers: { Accept: "application/json" } }))
      .then((r) => {
        if (!r.ok) throw r;
        say(text);
        for (const form of document.querySelectorAll("[data-gesture]")) form.hidden = !("changing" in form.dataset);
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

  // What a person writes is undone where they write it.
  document.addEventListener("keydown", (e) => {
    if (e.key.toLowerCase() !== "z" || !(e.ctrlKey || e.metaKey) || e.target.matches("input:not([type=hidden]), textarea")) return;
    const form = document.querySelector(`[data-gesture=${e.shiftKey ? "refaire" : "annuler"}]`);
    if (!form || form.hidden) return;
    e.preventDefault();
    before.then(() => form.requestSubmit());
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
    const from = widgets();
    e.preventDefault();
    grip.focus();
    grip.setPointerCapture(e.pointerId);
    w.classList.add("held");

    const over = (e) => {
      const under = document.elementFromPoint(e.clientX, e.clientY)?.closest(".widget");
      if (!under || under === w || under.parentNode !== grid || widgets().indexOf(under) < head()) return;
      swap(w, under);
    };
    // Near the edge of the screen the page follows the pointer.
    const edge = (e) => {
      const near = 72, by = e.clientY < near ? -14 : e.clientY > innerHeight - near ? 14 : 0;
      if (by) scrollBy(0, by);
      over(e);
    };
    const leave = (e) => {
      if (e.key !== "Escape") return;
      e.preventDefault();
      const all = widgets(), i = from.indexOf(w);
      if (all.indexOf(w) !== i) swap(w, all[i]);
      grip.releasePointerCapture(held);
    };
    const held = e.pointerId;
    const end = () => {
      w.classList.remove("held");
      grip.removeEventListener("pointermove", edge);
      grip.removeEventListener("lostpointercapture", end);
      document.removeEventListener("keydown", leave);
      if (widgets().indexOf(w) !== from.indexOf(w)) told(w);
    };
    grip.addEventListener("pointermove", edge);
    grip.addEventListener("lostpointercapture", end);
    document.addEventListener("keydown", leave);
  });
}
