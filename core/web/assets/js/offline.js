// What a person's own device keeps: the last pages that may be read offline,
// marked with their time, and what they did there, to be sent once. Signing out
// forgets all of it; on a shared device nothing is kept.
import { comeBack, drafts, dropDraft } from "./drafts.js";
import { keep, queued, send } from "./queue.js";

// As core/web/headers.go: a kept page may do no more than the one it is of.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
  "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const most = 16;
const root = document.documentElement;
const able = "caches" in self && "locks" in navigator && "serviceWorker" in navigator;
const cut = () => "offline" in root.dataset || !navigator.onLine;

const idle = () => new Promise((then) => (self.requestIdleCallback ?? setTimeout)(then, { timeout: 2000 }));

// Another person on this device: nothing of the one before, looked at once and
// before anything of this one is kept, or nobody could tell them apart.
let looked;
const alone = (who) => (looked ??= (async () => {
  const first = await (await caches.open("preau-pages")).match("/");
  if (first && who && first.headers.get("X-Who") !== who) await forget();
})());

// The page as the server drew it, once what was late has come and nobody waits
// for anything else.
export const keepPage = async () => {
  const { keep: may, who } = document.body.dataset;
  if (!able || !may || "offline" in root.dataset) return;
  await idle();
  await alone(who);
  let text = "<!doctype html>" + root.outerHTML.replace("<html", '<html data-offline=""');
  for (const said of document.querySelectorAll(".flash, .unsent")) text = text.replace(said.outerHTML, "");
  const pages = await caches.open("preau-pages");
  const at = location.pathname + location.search;
  await pages.delete(at);
  await pages.put(at, new Response(text, {
    headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy, "X-Who": who },
  }));
  const old = (await pages.keys()).filter((r) => new URL(r.url).pathname !== "/");
  for (const r of old.slice(0, Math.max(0, old.length - most))) await pages.delete(r);
  const files = await caches.open("preau-fichiers");
  const needed = [...document.querySelectorAll("link[rel=stylesheet],link[rel=icon],script[src]")].map((el) => el.getAttribute("href") ?? el.getAttribute("src"));
  for (const r of await files.keys()) if (!needed.includes(new URL(r.url).pathname)) await files.delete(r);
  for (const n of needed) if (n.startsWith("/assets/") && !(await files.match(n))) await files.add(n).catch(() => {});
};

const forget = async () => {
  for (const name of await caches.keys()) if (name.startsWith("preau-")) await caches.delete(name);
};

const gone = async () => {
  await forget();
  for (const r of await navigator.serviceWorker.getRegistrations()) await r.unregister();
};

const note = (form, words) => {
  const row = form.closest(".row") ?? form;
  let said = row.querySelector(".queued");
  if (!said) row.querySelector(".row-main, .toolbar")?.append((said = Object.assign(document.createElement("p"), { className: "queued soft" })));
  if (said) said.textContent = words;
  for (const b of form.querySelectorAll("button")) b.setAttribute("aria-disabled", "true");
  for (const f of form.elements) f.readOnly = true; // what is written now would not go with it
};

const mark = (form) => {
  form.dataset.waiting = "";
  const tick = form.querySelector(".tick");
  if (tick) {
    const done = tick.getAttribute("aria-pressed") !== "true";
    tick.setAttribute("aria-pressed", done);
    form.closest(".row")?.classList.toggle("done", done);
  }
};

export async function offline(changed, word) {
  const words = document.getElementById("live")?.dataset;
  if (!words) return;
  const aloud = (text) => { if (text) document.getElementById("annonce").textContent = text; };
  const { who, shared } = document.body.dataset;
  const sendOff = drafts(words, able && !shared);
  if (!able) return;
  document.querySelector(`form[action="/deconnexion"]`)?.addEventListener("submit", async (e) => {
    e.preventDefault();
    await Promise.race([send().then(gone), new Promise((r) => setTimeout(r, 3000))]).catch(() => {});
    await gone().catch(() => {});
    HTMLFormElement.prototype.submit.call(e.target);
  });
  if (shared) return gone();

  let later;
  const dispatch = async () => {
    const done = await send();
    for (const form of document.querySelectorAll("[data-waiting]")) if (!done.left) delete form.dataset.waiting;
    const busy = document.activeElement?.matches("input, textarea, select") && !document.activeElement.readOnly;
    clearTimeout(later);
    if (done.left) later = setTimeout(back, 10_000);
    if (done.refused) return aloud(words.refused), done;
    if (done.sent && !done.left) {
      if (!cut()) {
        aloud(words.sent);
        // Home fetches what changed; another page is drawn again.
        if (!changed() && !busy) location.reload();
      }
    }
    if (done.left) (await navigator.serviceWorker.ready).sync?.register("envois").catch(() => {});
    return done;
  };

  // A tick on the home page is sent without leaving it; when the school cannot be
  // reached, every form that may wait does.
  document.addEventListener("submit", async (e) => {
    const form = e.target;
    if (!form.matches("[data-queue]") || e.defaultPrevented || "asked" in form.dataset) return;
    e.preventDefault();
    if ("waiting" in form.dataset) return;
    form.dataset.waiting = "";
    const tickHere = form.closest("[data-widget]") && form.querySelector(".tick");
    if (!cut() && !tickHere && (await sendOff(form, e.submitter))) return delete form.dataset.waiting;
    const body = new FormData(form, e.submitter);
    const files = [...body.values()].some((v) => typeof v !== "string");
    mark(form);
    await keep(form.getAttribute("action"), files ? body : new URLSearchParams(body));
    dropDraft(form);
    if ((await dispatch()).left) {
      note(form, words.queued);
      aloud(words.queued);
    }
  });

  const back = async () => {
    if (!(await queued()).length && !("offline" in root.dataset)) return;
    const { left } = await dispatch();
    if (!left && cut() && navigator.onLine && !document.activeElement?.matches("input, textarea, select")) location.reload();
  };
  addEventListener("online", back);

  await idle(); // opening what the device keeps takes its time, and nobody waits for it
  await alone(who);
  await comeBack(words, (n) => word.tell([n])).catch(() => {});
  if ("offline" in root.dataset) {
    for (const to of await queued()) {
      const form = document.querySelector(`form[data-queue][action="${CSS.escape(to)}"]`);
      if (form) mark(form), note(form, words.queued);
    }
  } else {
    back();
    const ready = () => {
      navigator.serviceWorker.register(words.worker, { scope: "/", updateViaCache: "all" }).catch(() => {});
      keepPage().catch(() => {});
    };
    document.readyState === "complete" ? ready() : addEventListener("load", () => (self.requestIdleCallback ?? setTimeout)(ready));
  }
}
