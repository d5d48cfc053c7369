// Keeps an open page current: what is late arrives, the bell counts, widgets
// that changed are drawn again. Only while the page is looked at.
const fragment = { headers: { "Preau-Fragment": "1" } };
const section = (text) => new DOMParser().parseFromString(text, "text/html").body.firstElementChild;

// Puts a section in place of another; who was inside stays on the same button.
const swap = (old, next) => {
  if (!next || old.outerHTML === next.outerHTML) return;
  const inside = old.contains(document.activeElement) && document.activeElement;
  if (inside && inside.matches("input:not([type=hidden]), textarea, select")) return;
  const way = inside && (inside.form?.getAttribute("action") ?? inside.getAttribute("href"));
  old.replaceWith(next);
  if (way) next.querySelector(`form[action="${CSS.escape(way)}"] button, a[href="${CSS.escape(way)}"]`)?.focus();
};

const fetched = async (address) => {
  const answer = await fetch(address, fragment);
  return answer.ok ? section(await answer.text()) : null;
};

// A widget that was silent has no section yet: its place is known to the page.
const insert = async (missing) => {
  const grid = home();
  const page = new DOMParser().parseFromString(await (await fetch("/")).text(), "text/html");
  for (const instance of missing) {
    const next = page.querySelector(`[data-instance="${CSS.escape(instance)}"]`);
    if (!next) continue;
    const before = next.previousElementSibling?.dataset.instance;
    const at = before && grid.querySelector(`[data-instance="${CSS.escape(before)}"]`);
    at ? at.after(next) : grid.prepend(next);
  }
};

const home = () => document.querySelector(".grid:not([data-grid], [data-preview])");

const refresh = async (instances) => {
  const missing = [];
  for (const instance of instances) {
    const old = document.querySelector(`.grid [data-instance="${CSS.escape(instance)}"]`);
    if (old) swap(old, await fetched("/accueil/widget/" + encodeURIComponent(instance)));
    else missing.push(instance);
  }
  if (missing.length && "guided" in home().dataset) await insert(missing);
};

export const late = () =>
  Promise.all([...document.querySelectorAll("[data-late]")].map(async (old) => swap(old, await fetched(old.dataset.late).catch(() => null))));

// live returns what is to be done when this page itself has changed something.
export function live(after, word) {
  const { since } = document.body.dataset;
  const root = document.documentElement.dataset;
  const all = () => home() && refresh([...home().children].map((w) => w.dataset.instance).filter(Boolean)).then(after);
  const slow = "lent" in root || navigator.connection?.saveData;
  if (!since || "offline" in root || slow || !self.EventSource) return all;

  let source, last = since;
  const count = (n) => {
    const bell = document.querySelector("[data-bell]");
    if (!bell) return;
    bell.querySelector(".vh").textContent = n.label;
    let mark = bell.querySelector(".count");
    if (!n.unread) return mark?.remove();
    if (!mark) {
      bell.append((mark = document.createElement("span")));
      mark.className = "count";
      mark.setAttribute("aria-hidden", "true");
    }
    mark.textContent = n.unread > 99 ? "99+" : n.unread;
  };
  const listPage = async () => {
    const main = document.querySelector("main");
    if (main.contains(document.activeElement) && document.activeElement !== main) return;
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    main.replaceChildren(...page.querySelector("main").childNodes);
  };
  const heard = async (n) => {
    count(n);
    if (!n.unread) word.read();
    if (n.notices) {
      if (location.pathname === "/notifications") listPage();
      else word.tell(n.notices);
    }
    if (n.widgets && home()) {
      // What changed for a whole school must not be asked for by all at once.
      await new Promise((r) => setTimeout(r, Math.random() * 1200));
      await refresh(n.widgets).then(after).catch(() => {});
    }
  };
  const open = () => {
    if (source || document.hidden) return;
    source = new EventSource("/direct?depuis=" + encodeURIComponent(last));
    source.onmessage = (e) => {
      last = e.lastEventId || last;
      heard(JSON.parse(e.data));
    };
    source.onerror = () => source?.readyState === 2 && close();
  };
  const close = () => {
    source?.close();
    source = undefined;
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  document.readyState === "complete" && open();
  return all;
}
