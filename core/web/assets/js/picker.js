// Filters the boxes of long pickers by what is typed, accents aside.
const plain = (s) => s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export function pickers(root) {
  for (const p of root.querySelectorAll("[data-picker]")) {
    const input = p.querySelector("[data-filter]");
    if (!input) continue;
    const found = p.querySelector("[data-found]");
    const options = [...p.querySelectorAll(".option")].map((el) => {
      const group = el.closest(".option-group");
      return { el, group, text: plain(el.textContent + " " + (group?.getAttribute("aria-label") ?? "")) };
    });
    input.closest(".filter").hidden = false;
    input.addEventListener("input", () => {
      const words = plain(input.value).split(/\s+/).filter(Boolean);
      let n = 0;
      const groups = new Map();
      for (const o of options) {
        const show = words.every((w) => o.text.includes(w));
        o.el.hidden = !show;
        if (show) n++;
        if (o.group) groups.set(o.group, groups.get(o.group) || show);
      }
      for (const [group, show] of groups) group.hidden = !show;
      found.textContent = words.length ? found.dataset.found.replace("{n}", n) : "";
    });
    // Enter must not send the form while one is still choosing.
    input.addEventListener("keydown", (e) => e.key === "Enter" && e.preventDefault());
  }
}
