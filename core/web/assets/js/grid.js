// Rearranges the home page: by pointer on the grip, by Alt+arrows on it, and by
// the buttons without loading the page anew. Every move is told to the server
// at once and said aloud.
const address = "/accueil/disposition";

export function arrange() {
  const grid = document.querySelector("[data-grid]");
  if (!grid) return;
  const say = (text) => (document.getElementById("annonce").textContent = text);
  const widgets = () => [...grid.children].filter((w) => w.dataset.instance);
  const movable = (w) => w && !("fixed" in w.dataset);

  for (const grip of grid.querySelectorAll("[data-grip]")) grip.hidden = false;

  const told = (w) => {
    const all = widgets();
    const place = all.indexOf(w);
    const body = new URLSearchParams({ geste: "place", instance: w.dataset.instance, valeur: place });
    const name = w.querySelector("h2").textContent.trim();
    fetch(address, { method: "POST", body, headers: { Accept: "application/json" } })
      .then((r) => {
        if (!r.ok) throw r;
        say(grid.dataset.said.replace("{name}", name).replace("{n}", place + 1).replace("{total}", all.length));
      })
      .catch(() => say(grid.dataset.unsaid));
  };

  // Moves the others around w: what stays in the document keeps its focus and
  // its pointer.
  const swap = (w, other) => {
    const all = widgets();
    const i = all.indexOf(w), j = all.indexOf(other);
    j < i ? w.after(...all.slice(j, i)) : w.before(...all.slice(i + 1, j + 1));
  };

  const move = (w, by) => {
    const all = widgets();
    const other = all[all.indexOf(w) + by];
    if (!movable(other)) return;
    swap(w, other);
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
      if (!under || under === w || under.parentNode !== grid || !movable(under)) return;
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
