// A form loses nothing when the school cannot be reached. Before it goes off, the
// school is asked whether it is there. When it is not, the form stays as it stands
// and says so, and the device keeps its words, until they are sent or thrown away;
// on a shared machine only the open page does.
const root = document.documentElement;
const shelf = () => caches.open("preau-mots");
const parted = "preau-parti"; // of this tab: whose answer is awaited
const here = () => location.pathname + location.search;
const keyOf = (form) => "/mot/" + encodeURIComponent(here() + " " + form.getAttribute("action"));

const typed = (form) =>
  [...form.elements].filter((f) => f.name && !["hidden", "password", "file", "submit", "button"].includes(f.type) && f.autocomplete !== "one-time-code");
const files = (form) => [...form.elements].filter((f) => f.type === "file");
const value = (f) => (f.multiple && f.options ? [...f.options].map((o) => o.selected) : ["checkbox", "radio"].includes(f.type) ? f.checked : f.value);
const asDrawn = (f) => (f.options ? true : ["checkbox", "radio"].includes(f.type) ? f.checked === f.defaultChecked : f.value === f.defaultValue);
const put = (f, v) => {
  if (Array.isArray(v)) v.forEach((on, i) => f.options[i] && (f.options[i].selected = on));
  else if (typeof v === "boolean") f.checked = v;
  else f.value = v;
};

export const reachable = () =>
  navigator.onLine
    ? fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout?.(5000) }).then((r) => r.status < 500, () => false)
    : Promise.resolve(false);

export const dropDraft = async (form) => (await shelf()).delete(keyOf(form));

const keep = async (form) => {
  const item = {
    who: document.body.dataset.who, at: here(), to: form.getAttribute("action"), title: document.title,
    files: files(form).some((f) => f.files.length), fields: typed(form).map((f) => [f.name, value(f)]),
  };
  await (await shelf()).put(keyOf(form), new Response(JSON.stringify(item)));
};

// Sends a form off as the browser does, by the button that was pressed.
const off = (form, by) => {
  form.dataset.asked = "";
  delete form.dataset.sent; // manners.js: it is still the first press
  form.requestSubmit(by);
  delete form.dataset.asked;
};

// There are words in the form: it was not sent.
const tell = (form, words, drop, place) => {
  form.querySelector(".unsent")?.remove();
  const box = document.getElementById("gardes").content.firstElementChild.cloneNode(true);
  box.querySelector("p").textContent = words;
  const button = box.querySelector("button");
  if (drop) button.addEventListener("click", () => {
    box.remove();
    form.reset();
    typed(form)[0]?.focus();
    dropDraft(form);
  });
  else button.remove();
  place(box);
  document.getElementById("annonce").textContent = words;
  return box.querySelector("p");
};

// drafts returns what sends a form off, if the school is there: false when it is not.
export function drafts(words, may) {
  const send = async (form, by) => {
    if (!(await reachable())) return false;
    if (may) {
      await keep(form).then(() => sessionStorage.setItem(parted, keyOf(form)), () => {}); // a device that is full keeps nothing
    }
    off(form, by);
    return true;
  };
  const wait = async (form, said) => {
    await new Promise((r) => setTimeout(r, 5000));
    if (!said.isConnected) return;
    if (document.hidden || !(await reachable())) return wait(form, said);
    document.getElementById("annonce").textContent = said.textContent = words.back;
  };
  document.addEventListener("submit", async (e) => {
    const form = e.target;
    if (e.defaultPrevented || form.method !== "post" || (may && form.matches("[data-queue]")) || "asked" in form.dataset) return;
    if (!form.closest("main") || typed(form).length + files(form).length === 0) return;
    e.preventDefault();
    if (form.ariaBusy) return;
    form.ariaBusy = "true";
    const sent = await send(form, e.submitter);
    form.ariaBusy = null;
    if (sent) return;
    delete form.dataset.sent;
    if (may) await keep(form).catch(() => (may = false));
    wait(form, tell(form, may ? words.unsent : words.unsentHere, may, (box) => {
      const buttons = form.querySelector(".toolbar");
      buttons ? buttons.before(box) : form.append(box);
      box.scrollIntoView({ block: "nearest" });
    }));
  });
  return send;
}

// What is answered is no longer kept; what is not comes back into its form, or is
// told of on the home page.
export async function comeBack(words, tellOf) {
  const box = await shelf();
  const gone = sessionStorage.getItem(parted);
  sessionStorage.removeItem(parted);
  const [visit] = performance.getEntriesByType("navigation");
  for (const r of await box.keys()) {
    const item = await (await box.match(r)).json();
    const answered = gone && new URL(r.url).pathname === gone && visit.type !== "back_forward" &&
      document.referrer === location.origin + item.at && !("offline" in root.dataset) && !document.querySelector(".failure");
    if (answered || item.who !== document.body.dataset.who) {
      await box.delete(r);
      continue;
    }
    const form = item.at === here() && [...document.querySelectorAll("main form[method=post]")].find((f) => f.getAttribute("action") === item.to);
    const fields = form ? typed(form) : [];
    const fits = form && fields.length === item.fields.length && fields.every((f, i) => f.name === item.fields[i][0]);
    // Who has begun to write anew is not written over.
    if (fits && fields.every((f, i) => asDrawn(f) || String(value(f)) === String(item.fields[i][1]))) {
      fields.forEach((f, i) => put(f, item.fields[i][1]));
      tell(form, item.files ? words.found + " " + words.foundFiles : words.found, true, (box) => form.prepend(box));
    } else if (location.pathname === "/") {
      tellOf({ text: words.left, about: item.title, href: item.at });
    }
  }
}
