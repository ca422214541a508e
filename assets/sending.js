/* A hard document on its way: <spplus-sending> sends its files part by part, begins again where a
   cut connection stopped, and shows what the server answers. The server writes the form: this puts
   parts of its newer answers in the page, and makes nothing but the files that are on their way. */
(() => {
  "use strict";
  const doc = document;
  const UPLOAD = "spplus-upload:";
  const FILES = "/api/documents/fichiers", PART = 256 * 1024, WAIT = 1000, LONGEST = 30000;
  const CUT = "La connexion est coupée. Ce qui est déjà envoyé est gardé\u00a0: la suite partira dès qu’elle reviendra.";
  const LOST = "La connexion est coupée. Ce que vous avez écrit reste ici\u00a0: réessayez dans un instant.";
  const say = (text, now) => window.spplus.announce(text, now);
  const ending = (name) => (name.match(/\.[^.]*$/) ?? [""])[0].toLowerCase();
  const weight = (bytes) => (bytes < 1e5 ? `${Math.ceil(bytes / 1e3)}\u00a0ko` : `${(Math.round(bytes / 1e5) / 10).toLocaleString("fr-FR")}\u00a0Mo`);
  const build = (tag, attributes, ...children) => {
    const node = Object.assign(doc.createElement(tag), attributes);
    node.append(...children);
    return node;
  };
  const uuid = () => crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
    (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));
  /* What tells that a file chosen again is the one whose sending was cut; for this tab alone. */
  const memory = {
    print: (file) => `${file.size}:${file.lastModified}:${file.name}`,
    of: (one) => { try { return sessionStorage.getItem(UPLOAD + one); } catch { return null; } },
    keep: (one, file) => { try { sessionStorage.setItem(UPLOAD + one, memory.print(file)); } catch { /* refused */ } },
    drop: (one) => { try { sessionStorage.removeItem(UPLOAD + one); } catch { /* refused */ } },
  };

  class Refusal extends Error {}
  class Stopped extends Error {}

  /* One file: its line in the page, and its bytes. */
  class Upload {
    constructor(owner, file, place) {
      Object.assign(this, { owner, file, at: 0, told: 0, abort: new AbortController() });
      const id = `envoi-${place}`;
      this.bar = build("progress", { id, max: file.size || 1, value: 0 });
      this.words = build("p", { className: "fr-hint-text", id: `${id}-mots`, textContent: "En attente…" });
      this.bar.setAttribute("aria-describedby", this.words.id);
      const hidden = build("span", { className: "fr-sr-only" }, `\u00a0: ${file.name}`);
      const cancel = build("button", { type: "button", className: "fr-btn fr-btn--tertiary fr-btn--sm" }, build("span", {}, "Annuler l’envoi", hidden));
      cancel.addEventListener("click", () => this.cancel());
      this.row = build("li", { className: "progress-bar panel" }, build("label", { htmlFor: id, className: "fr-label" }, `${file.name}, ${weight(file.size)}`), this.bar, this.words, cancel);
    }
    tell(text) { if (this.words.textContent !== text) { this.words.textContent = text; } }
    show() {
      this.bar.value = this.at;
      const part = this.at / (this.file.size || 1);
      this.tell(`${Math.floor(part * 100)}\u00a0% envoyés`);
      if (part >= 0.5 && this.told < 0.5) { this.told = 0.5; if (part < 1) { say(`${this.file.name}\u00a0: la moitié est envoyée.`); } }
    }
    async run() {
      const { file } = this;
      const known = this.owner.begun(file);
      this.one = known ?? uuid();
      const begun = await this.ask(FILES, new URLSearchParams({ depot: this.owner.uuid, fichier: this.one, nom: `fichier${ending(file.name)}`, taille: file.size }));
      this.owner.uuid = begun.depot;
      memory.keep(this.one, file);
      this.at = begun.recu;
      say(this.at ? `${file.name}\u00a0: l’envoi reprend à ${Math.floor((this.at / file.size) * 100)}\u00a0%.` : `${file.name}\u00a0: l’envoi commence.`);
      this.show();
      while (this.at < file.size) {
        const part = file.slice(this.at, this.at + PART);
        const answer = await this.ask(`${FILES}/${this.one}?at=${this.at}`, new Blob([part], { type: "application/octet-stream" }));
        this.at = answer.recu;
        this.show();
      }
      memory.drop(this.one);
      say(`${file.name}\u00a0: envoyé.`);
    }
    /* Ask until there is an answer: a cut network and a busy server are waited for. */
    async ask(url, body) {
      for (let pause = WAIT; ; pause = Math.min(pause * 2, LONGEST)) {
        try {
          const answer = await fetch(url, { method: "POST", body, credentials: "same-origin", headers: { Accept: "application/json" }, signal: this.abort.signal });
          const data = await answer.json().catch(() => ({}));
          if (answer.ok || (answer.status === 409 && "recu" in data)) { return data; }
          if (answer.status !== 429 && answer.status < 500) { throw new Refusal(data.errors?.document ?? data.message ?? "L’envoi n’a pas abouti. Choisissez à nouveau ce fichier."); }
          this.tell("Le site ne répond pas. L’envoi reprendra dans un instant.");
        } catch (error) {
          if (this.abort.signal.aborted) { throw new Stopped(); }
          if (error instanceof Refusal) { throw error; }
          if (this.words.textContent !== CUT) { this.tell(CUT); say(CUT); }
        }
        await this.pause(pause);
      }
    }
    /* Until the network comes back, or a moment when the browser knows of no cut. */
    pause(moment) {
      return new Promise((resolve) => {
        const over = () => {
          clearTimeout(timer);
          removeEventListener("online", over);
          this.abort.signal.removeEventListener("abort", over);
          resolve();
        };
        const timer = setTimeout(over, moment);
        addEventListener("online", over);
        this.abort.signal.addEventListener("abort", over);
      });
    }
    cancel() {
      this.abort.abort();
      if (!this.one) { return; }
      memory.drop(this.one);
      fetch(`${FILES}/${this.one}/retirer`, { method: "POST", body: new URLSearchParams(), credentials: "same-origin", keepalive: true }).catch(() => { /* the server forgets it by itself */ });
    }
  }

  class Sending extends HTMLElement {
    connectedCallback() {
      if (this.wired) { return; }
      this.wired = true;
      this.queue = Promise.resolve();
      this.place = 0;
      this.going = new Set();
      this.addEventListener("submit", (event) => this.submit(event));
      this.addEventListener("change", (event) => { if (event.target.type === "file") { this.chosen(event.target); } });
    }
    get form() { return this.querySelector("form"); }
    get uuid() { return this.form.elements.uuid.value; }
    set uuid(value) { this.form.elements.uuid.value = value; }
    get coming() { return this.querySelector("[data-coming]"); }

    /* ---- Files */
    chosen(field) {
      const files = [...field.files];
      field.value = "";
      this.wrong("");
      for (const file of files) {
        const upload = new Upload(this, file, this.place += 1);
        this.going.add(upload);
        this.coming.append(upload.row);
        this.coming.hidden = false;
        this.queue = this.queue.then(() => this.carry(upload));
      }
    }
    async carry(upload) {
      try {
        if (upload.abort.signal.aborted) { throw new Stopped(); }
        await this.drafted();
        await upload.run();
      } catch (error) {
        if (error instanceof Stopped) { say(`${upload.file.name}\u00a0: l’envoi est annulé.`); }
        else { this.wrong(`${upload.file.name}\u00a0: ${error.message}`); }
      }
      this.going.delete(upload);
      await this.refresh();
      const held = upload.row.contains(doc.activeElement);
      upload.row.remove();
      this.coming.hidden = !this.coming.children.length;
      if (held) { this.form.elements.document.focus(); }
    }
    /* A file of this form that is cut, and that this one goes on with. */
    begun(file) {
      const same = [...this.querySelectorAll("[data-fichier]")].find(({ dataset: { fichier, suffixe, taille, recu } }) =>
        Number(recu) < Number(taille) && Number(taille) === file.size && suffixe === ending(file.name)
          && [null, memory.print(file)].includes(memory.of(fichier)));
      return same?.dataset.fichier;
    }
    /* The draft decides under which number all is sent. */
    async drafted() {
      const draft = this.closest("spplus-draft");
      for (let n = 0; draft && !draft.dataset.ready && n < 200; n += 1) { await new Promise((resolve) => { setTimeout(resolve, 50); }); }
    }
    wrong(text) {
      const field = this.form.elements.document;
      field.setAttribute("aria-invalid", Boolean(text));
      doc.getElementById("document-messages").replaceChildren(...(text ? [build("p", { className: "fr-error-text" }, text)] : []));
      if (text) { say(text, true); }
    }

    /* ---- The form */
    submit(event) {
      event.preventDefault();
      const { form } = this, button = event.submitter;
      const body = new FormData(form, button);
      body.delete("document"); // files go apart
      if (body.get("intent") === "save") { this.keep(body); return; }
      // Chosen in the list as one types: the form is sent for that alone.
      const gesture = button?.value ?? (body.get("liste") ? "choisir" : "garder");
      body.set("geste", gesture);
      if (gesture !== "envoyer") { body.delete("texte"); }
      if (gesture === "effacer") { this.going.forEach((one) => one.abort.abort()); }
      if (!this.busy) { this.send(gesture, body, button); }
    }
    /* What is typed is kept at each pause; nothing is said of it. */
    keep(body) {
      const kept = [...body].filter(([name]) => !["intent", "geste", "texte", "q", "liste", "shared"].includes(name));
      fetch("/api/documents/brouillon", { method: "POST", body: new URLSearchParams(kept), credentials: "same-origin", headers: { Accept: "application/json" }, keepalive: true })
        .then((answer) => (answer.ok ? answer.json() : {}))
        .then((data) => { if (data.uuid) { this.uuid = data.uuid; } })
        .catch(() => { /* the copy of this browser stays */ });
    }
    async send(gesture, body, button) {
      this.busy = true;
      button?.setAttribute("aria-busy", "true");
      this.tell("");
      try {
        if (gesture === "envoyer") {
          if (this.going.size) { say("Le fichier n’est pas encore arrivé. Le formulaire partira dès qu’il sera là."); }
          await this.queue;
        }
        body.set("uuid", this.uuid);
        const answer = await fetch(this.form.getAttribute("action"), { method: "POST", body, credentials: "same-origin", headers: { Accept: "text/html" } });
        await this.answered(answer, gesture);
      } catch {
        this.tell(LOST);
      } finally {
        this.busy = false;
        button?.removeAttribute("aria-busy");
      }
    }
    async answered(answer, gesture) {
      const { pathname, search } = new URL(answer.url);
      if (answer.redirected && pathname !== location.pathname) { location.assign(pathname + search); return; }
      if (gesture === "effacer") { location.reload(); return; }
      const text = await answer.text();
      const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("spplus-sending");
      if (!fresh) { this.tell(text.length < 400 ? text : "L’envoi n’a pas abouti. Réessayez dans un instant."); return; }
      if (answer.ok) { this.take(fresh, gesture); return; }
      this.replaceChildren(...fresh.childNodes);
      const first = this.querySelector(".error-summary, [data-told] > *");
      if (first) { first.tabIndex = -1; first.focus(); }
    }
    take(fresh, gesture) {
      this.querySelectorAll("[data-fresh]").forEach((old) => {
        const now = fresh.querySelector(`#${old.id}`);
        if (now) { old.replaceWith(now); }
      });
      const goal = {
        choisir: "#administration .panel", "retirer-service": "[role=combobox]",
      }[gesture] ?? (/^(avant|apres|retirer)-/.test(gesture) ? `[value="${gesture}"]` : "");
      if (gesture === "garder") { say("Ce que vous avez écrit est gardé."); }
      if (!goal) { return; }
      (this.querySelector(goal) ?? this.querySelector("#fichiers h3") ?? this.form.elements.document).focus();
      if (/^(avant|apres)-/.test(gesture)) { say("L’ordre des photos a changé."); }
      else if (gesture.startsWith("retirer-") && gesture !== "retirer-service") { say("Le fichier est retiré."); }
    }
    async refresh() {
      try {
        const answer = await fetch(location.pathname, { credentials: "same-origin", cache: "no-store" });
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#fichiers");
        if (fresh && this.isConnected) { this.querySelector("#fichiers").replaceWith(fresh); }
      } catch { /* shown by the next answer */ }
    }
    tell(text) {
      const place = this.querySelector("[data-told]");
      place.replaceChildren(...(text ? [build("div", { className: "fr-alert fr-alert--error fr-alert--sm", tabIndex: -1 }, build("div", { className: "fr-alert__body" }, build("p", { className: "fr-alert__title" }, text)))] : []));
      place.firstElementChild?.focus();
    }
  }
  if (!customElements.get("spplus-sending")) { customElements.define("spplus-sending", Sending); }
})();
