// The page where a school chooses its look wears what is chosen, before it is
// kept. Without this the form's second button does the same.
export function tryOn() {
  const form = document.querySelector('form[action="/administration/apparence"]');
  let sheet = document.querySelector('link[rel=stylesheet][href*="/theme-"]');
  if (!form || !sheet) return;
  const hue = form.elements.teinte;
  const note = hue.parentNode.appendChild(document.createElement("p"));
  note.className = "soft";
  note.setAttribute("role", "status");
  let last = 0;

  async function wear() {
    const own = ++last;
    const chosen = new URLSearchParams(new FormData(form));
    chosen.delete("logo");
    const answer = await fetch(form.action + "/essai?" + chosen, { headers: { Accept: "application/json" } });
    if (!answer.ok || own !== last) return;
    const look = await answer.json();
    note.textContent = look.note;
    if (look.logo) emblem(look.logo);
    if (sheet.getAttribute("href") === look.stylesheet) return;
    // The old sheet goes when the new one is there: the page is never bare.
    const old = sheet;
    sheet = old.cloneNode();
    sheet.addEventListener("load", () => old.remove());
    sheet.setAttribute("href", look.stylesheet);
    old.after(sheet);
  }

  function emblem(address) {
    const img = document.querySelector(".brand img");
    if (img && !form.elements.logo.files.length) img.src = address;
  }

  // A logo that is not sent yet is painted, not loaded: the page loads nothing
  // but what the site serves.
  async function paint() {
    const file = form.elements.logo.files[0];
    const place = document.querySelector(".brand").firstElementChild;
    const image = file && (await createImageBitmap(file).catch(() => null));
    if (!image) return;
    const canvas = document.createElement("canvas");
    canvas.height = 72;
    canvas.width = Math.max(1, Math.round((image.width / image.height) * 72));
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    place.replaceWith(canvas);
  }

  hue.addEventListener("input", () => (form.elements.couleur.value = "autre"));
  form.addEventListener("change", (e) => (e.target.name === "logo" ? paint() : wear()));
}

// The page where a person chooses how pages look wears the choice before it is
// kept, and its specimen with it. Each question says which mark of the page's
// root takes its answer.
export function wear() {
  const form = document.querySelector('form[action="/compte/affichage"]');
  const root = document.documentElement;
  form?.addEventListener("change", (e) => {
    const chosen = new FormData(form);
    for (const field of form.querySelectorAll("[data-mark]")) {
      const word = chosen.get(field.querySelector("[name]").name) || "auto";
      const mark = field.dataset.mark;
      if (word !== "auto" || mark === "data-mode") root.setAttribute(mark, word);
      else root.removeAttribute(mark);
    }
    // The letters that the page loads only where they were chosen.
    const letters = root.dataset.font && document.querySelector('link[media="not all"]');
    if (letters) letters.media = "all";
    e.target.scrollIntoView({ block: "nearest" });
  });
}
