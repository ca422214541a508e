/* Masking a document: <spplus-checking> fetches what the page holds, sends each gesture at once and
   shows what came of it. The same forms work without it. No rule stands here: the server decides. */
(() => {
  "use strict";
  const doc = document;
  const byId = (id) => doc.getElementById(id);
  const say = (text, now) => window.spplus?.announce(text, now);
  const SELECTING = ["selectionchange", "pointerdown", "pointerup"];
  const LETTER = /[\p{L}\p{N}]/u;
  /* Places in a text are counted as the server counts them: in characters, not in halves of them. */
  const count = (text) => [...text].length;
  const node = (tag, attributes, ...children) => {
    const made = doc.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) { made.setAttribute(name, value); }
    made.append(...children);
    return made;
  };

  class Checking extends HTMLElement {
    static observedAttributes = ["data-moved"];
    connectedCallback() {
      if (!this.wired) {
        this.wired = true;
        this.addEventListener("submit", (event) => { event.preventDefault(); this.send(event.target, event.submitter); });
        this.addEventListener("click", (event) => this.clicked(event));
        this.addEventListener("keydown", (event) => this.pressed(event));
        for (const kind of ["pointerdown", "pointermove", "pointerup", "pointercancel"]) {
          this.addEventListener(kind, (event) => this.drawn(event));
        }
        this.selects = ({ type, pointerType }) => {
          if (pointerType === "mouse") { this.held = type === "pointerdown"; }
          clearTimeout(this.later);
          // Not while the button is down: the panel would come under the pointer.
          this.later = setTimeout(() => { if (!this.held) { this.selected(); } }, 250);
        };
        this.back = () => this.load();
      }
      for (const kind of SELECTING) { doc.addEventListener(kind, this.selects); }
      addEventListener("popstate", this.back);
      const painted = doc.querySelector("#first-paint spplus-checking");
      if (this.firstElementChild) { this.dress(); }
      else if (painted && painted !== this) {
        this.moved = Number(painted.dataset.moved);
        this.append(...painted.childNodes);
        this.dress();
        this.fresh();
      }
      else { this.load(); }
    }
    disconnectedCallback() {
      for (const kind of SELECTING) { doc.removeEventListener(kind, this.selects); }
      removeEventListener("popstate", this.back);
    }
    attributeChangedCallback(_name, before) { if (before !== null) { this.fresh(); } }
    /* Ask again, unless one's own gesture did: the word that it changed something comes meanwhile, or after. */
    fresh() { if (!this.busy && !this.loading && !(this.moved >= this.dataset.moved)) { this.load(true); } }
    get root() { return this.querySelector(".checking"); }
    get page() { return Number(this.root?.dataset.page ?? 0); }
    address(again) {
      const asked = new URLSearchParams(location.search);
      // The address may name a page that is on its way already.
      if (this.root && !asked.has("page")) { asked.set("page", this.page + 1); }
      if (again) { asked.set("encore", "oui"); }
      return `${location.pathname}?${asked}`;
    }

    /* ---- what the page holds */
    async load(again, at) {
      // One at a time, and the last one asked for is the one shown.
      const turn = this.turn = (this.turn ?? 0) + 1;
      this.loading = true;
      try {
        const answer = await fetch(at ?? (again ? this.address(true) : location.pathname + location.search), {
          headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store",
        });
        const data = await answer.json();
        if (turn !== this.turn) { return; }
        this.loading = false;
        if (!answer.ok) { this.absent(answer.status, data.message); return; }
        this.moved = data.moved;
        this.show(data.html);
        this.fresh();
      } catch {
        if (turn === this.turn) { this.loading = false; }
        if (!this.firstElementChild) { this.absent(0, "La connexion est coupée. Rechargez la page dans un instant."); }
        else { this.late = setTimeout(() => this.load(true), 4000); }
      }
    }
    absent(status, message) {
      const where = status === 401 ? `/connexion?suite=${location.pathname}` : "/";
      this.replaceChildren(node("div", { class: "measure stack" },
        node("h1", { tabindex: "-1" }, "Il n’y a rien à vérifier ici"),
        node("p", {}, message ?? ""),
        node("a", { class: "fr-btn", href: where }, status === 401 ? "Me connecter" : "Revenir à l’accueil")));
    }
    show(html) {
      if (html === this.shown) { return; }
      this.shown = html;
      const fresh = new DOMParser().parseFromString(html, "text/html").body;
      const held = this.hold();
      // The image is the same: it is not fetched again, and does not blink.
      const now = fresh.querySelector(".sheet img"), before = this.querySelector(".sheet img");
      if (now && before && now.getAttribute("src") === before.getAttribute("src")) { now.replaceWith(before); }
      this.replaceChildren(...fresh.childNodes);
      this.dress();
      this.restore(held);
    }
    /* What a person had begun stays: the field being typed in, what was unfolded, the focus. */
    hold() {
      const active = this.contains(doc.activeElement) ? doc.activeElement : null;
      const group = active?.closest(".paper, ul, section, form");
      const stops = [...(group?.querySelectorAll("button[id]") ?? [])];
      return {
        fields: [...this.querySelectorAll("input[id]:not([type=hidden]), textarea[id], select[id]")].map((one) => [one.id, one.value, one.checked]),
        open: [...this.querySelectorAll("details[id]")].map((one) => [one.id, one.open]),
        focus: active?.id, next: stops.slice(stops.indexOf(active) + 1).map((one) => one.id),
        heading: active?.closest("section[aria-labelledby]")?.getAttribute("aria-labelledby"),
        had: active !== null && active !== undefined,
        page: this.page, byWord: Boolean(this.querySelector(".words")), 
        // Words just masked: the next one. Elsewhere: nothing moves.
        word: active?.dataset?.start ?? (active?.closest("#choix") && this.range ? this.range.start : null),
      };
    }
    restore(held) {
      for (const [id, value, checked] of held.fields) {
        const field = byId(id);
        if (!field || (this.sent && this.sent.has(id))) { continue; }
        if (field.type === "checkbox") { field.checked = checked; } else { field.value = value; }
      }
      for (const [id, open] of held.open) { const one = byId(id); if (one && open && one.isConnected) { one.open = true; } }
      this.sent = null;
      if (held.byWord && held.page === this.page) { this.byWord(true, held.word); }
      if (!held.had || this.contains(doc.activeElement)) { return; }
      const goal = [held.focus, ...held.next, held.heading].map((id) => id && byId(id)).find((one) => one && this.contains(one) && one.checkVisibility());
      (goal ?? this.querySelector("h1"))?.focus({ preventScroll: Boolean(goal) });
    }
    /* What only works with a script is shown by it. */
    dress() {
      this.querySelectorAll("[data-script]").forEach((one) => { one.hidden = false; });
      this.range = this.listed = this.taken = this.stop = null;
    }

    /* ---- gestures */
    async send(form, submitter) {
      if (this.busy) { return; }
      this.busy = true;
      submitter?.setAttribute("aria-busy", "true");
      this.querySelectorAll("[data-wrong]").forEach((one) => one.remove());
      this.querySelectorAll("[aria-invalid=true]").forEach((one) => one.setAttribute("aria-invalid", "false"));
      try {
        const answer = await fetch(location.pathname, {
          method: "POST", credentials: "same-origin", headers: { Accept: "application/json" },
          body: new URLSearchParams(new FormData(form, submitter ?? null)),
        });
        const data = await answer.json().catch(() => ({}));
        if (!answer.ok) { this.wrong(form, data); return; }
        if (data.next) { location.assign(data.next); return; }
        this.sent = new Set([...form.querySelectorAll("[id]")].map((one) => one.id));
        getSelection()?.removeAllRanges();
        await this.load(true, this.following(form));
        say(data.said);
      } catch {
        this.wrong(form, { message: "La connexion est coupée. Rien n’est perdu, mais ce geste n’est pas enregistré\u00a0: réessayez dans un instant." });
      } finally {
        this.busy = false;
        submitter?.removeAttribute("aria-busy");
        this.fresh();
      }
    }
    /* A page looked at leads to the next one to look at. */
    following(form) {
      if (new FormData(form).get("geste") !== "page" || this.root?.dataset.stage !== "masking") { return undefined; }
      const numbers = [...this.querySelectorAll(".fr-pagination a")];
      const next = numbers.slice(this.page + 1).find((one) => one.textContent.includes("à vérifier"));
      if (!next) { return undefined; }
      history.pushState(history.state, "", next.getAttribute("href"));
      this.root.dataset.page = next.id.slice(5) - 1;
      setTimeout(() => byId("titre-image")?.focus(), 0);
      return `${location.pathname}${location.search}&encore=oui`;
    }
    wrong(form, data) {
      let first = null;
      for (const [name, text] of Object.entries(data.errors ?? {})) {
        const field = form.elements.namedItem(name), place = byId(`${name}-messages`);
        if (!field || !place || !form.contains(place)) { continue; }
        field.setAttribute("aria-invalid", "true");
        place.append(node("p", { class: "fr-error-text", "data-wrong": "" }, text));
        first ??= field;
      }
      if (first) { first.focus(); return; }
      const text = Object.values(data.errors ?? {})[0] ?? data.message ?? "Ce geste n’a pas abouti. Réessayez dans un instant.";
      const told = node("div", { class: "fr-alert fr-alert--error", "data-wrong": "", role: "alert", tabindex: "-1" }, node("p", { class: "fr-alert__title" }, text));
      // Beside what was pressed, even where its form stands apart from it.
      const near = form.querySelector("button") ? form : doc.activeElement.closest(".paper, section") ?? this.root;
      if (near === form) { near.append(told); } else { near.before(told); }
      told.focus();
    }
    clicked(event) {
      const { target } = event;
      const link = target.closest(".fr-pagination a");
      if (link && !(event.button || event.ctrlKey || event.metaKey || event.shiftKey)) {
        event.preventDefault();
        history.pushState(history.state, "", link.getAttribute("href"));
        this.load(false, `${location.pathname}${location.search}&encore=oui`).then(() => byId("titre-image")?.focus());
        return;
      }
      const button = target.closest("button");
      if (!button) { return; }
      if (button.id === "mot-a-mot") { this.byWord(button.getAttribute("aria-pressed") !== "true"); }
      else if (button.id === "dessiner") { this.byArea(button.getAttribute("aria-pressed") !== "true"); }
      else if (button.dataset.cancels !== undefined) { this.cancel(button); }
      else if (button.matches(".word")) { this.take(button, event); }
    }
    cancel(button) {
      if (button.closest("#zone")) { this.byArea(false); byId("dessiner").focus(); return; }
      this.choose(null);
      getSelection()?.removeAllRanges();
      (this.querySelector(".word[tabindex='0']") ?? byId("mot-a-mot")).focus();
    }

    /* ---- words: selected with a mouse or a finger, or one by one */
    selected() {
      const selection = getSelection(), paper = this.querySelector(".paper");
      if (!paper || this.querySelector(".words") || !selection?.rangeCount || selection.isCollapsed) { return; }
      const range = selection.getRangeAt(0);
      if (!range.intersectsNode(paper)) { return; }
      const parts = [...paper.querySelectorAll(".run")].filter((run) => range.intersectsNode(run)).map((run) => {
        const text = run.textContent, inside = run.firstChild;
        // Its part in the selection, wherever the browser says that it begins and ends.
        const part = doc.createRange();
        part.selectNodeContents(run);
        if (part.compareBoundaryPoints(Range.START_TO_START, range) < 0) { part.setStart(range.startContainer, range.startOffset); }
        if (part.compareBoundaryPoints(Range.END_TO_END, range) > 0) { part.setEnd(range.endContainer, range.endOffset); }
        if (!inside || part.collapsed) { return null; }
        let from = part.startContainer === inside ? part.startOffset : 0;
        let to = part.endContainer === inside ? part.endOffset : text.length;
        // Whole words: half a name tells the name.
        while (from < to && !text.slice(from, from + 1).trim()) { from += 1; }
        while (to > from && !text.slice(to - 1, to).trim()) { to -= 1; }
        if (from === to) { return null; }
        while (from > 0 && LETTER.test(text[from - 1]) && LETTER.test(text[from])) { from -= 1; }
        while (to < text.length && LETTER.test(text[to]) && LETTER.test(text[to - 1])) { to += 1; }
        const at = Number(run.dataset.at);
        return { start: at + count(text.slice(0, from)), end: at + count(text.slice(0, to)), text: text.slice(from, to) };
      }).filter(Boolean);
      if (parts.length) { this.choose({ start: parts[0].start, end: parts.at(-1).end, text: parts.map((one) => one.text).join(" … ") }); }
    }
    /* Open the small panel on words, or close it. */
    choose(chosen) {
      const panel = byId("choix");
      if (!panel) { return; }
      this.range = chosen;
      panel.hidden = !chosen;
      if (!chosen) { return; }
      panel.elements.debut.value = chosen.start;
      panel.elements.fin.value = chosen.end;
      panel.querySelector("[data-chosen]").textContent = chosen.text;
      clearTimeout(this.telling);
      this.telling = setTimeout(() => say(`Mots choisis\u00a0: ${chosen.text}. Entrée encore pour les masquer.`), 500);
    }
    byWord(on, focused) {
      const paper = this.querySelector(".paper"), button = byId("mot-a-mot");
      if (!paper || !button) { return; }
      button.setAttribute("aria-pressed", on);
      paper.classList.toggle("words", on);
      this.choose(null);
      this.anchor = this.listed = this.taken = this.stop = null;
      for (const run of paper.querySelectorAll(".run")) {
        if (!on) { run.textContent = run.textContent; continue; }
        let at = Number(run.dataset.at);
        run.replaceChildren(...run.textContent.split(/(\s+)/).map((part) => {
          const start = at;
          at += count(part);
          if (!part.trim()) { return part; }
          return node("button", { type: "button", class: "word", "aria-pressed": "false", tabindex: "-1", "data-start": start, "data-end": at }, part);
        }));
      }
      if (!on) { return; }
      const words = this.words, first = words.find((one) => Number(one.dataset.start) >= Number(focused ?? 0)) ?? words[0];
      if (!first) { return; }
      first.tabIndex = 0;
      this.stop = first;
      if (focused === undefined || focused !== null) { first.focus({ preventScroll: focused !== undefined }); }
      if (focused === undefined) { say("Choix mot à mot. Les flèches vont d’un mot à l’autre, Espace choisit."); }
    }
    /* Looked for once: a letter without pages may hold thirty thousand. */
    get words() { return this.listed ??= [...this.querySelectorAll(".word")]; }
    /* From the first word chosen to this one; nothing chosen starts again. */
    span(to) {
      const words = this.words, [first, last] = [words.indexOf(this.anchor), words.indexOf(to)].sort((a, b) => a - b);
      const chosen = words.slice(first, last + 1);
      this.press(chosen);
      this.choose({ start: Number(chosen[0].dataset.start), end: Number(chosen.at(-1).dataset.end), text: chosen.map((one) => one.textContent).join(" ") });
    }
    press(chosen) {
      for (const one of this.taken ?? []) { one.setAttribute("aria-pressed", "false"); }
      for (const one of chosen) { one.setAttribute("aria-pressed", "true"); }
      this.taken = chosen;
    }
    reach(word) {
      if (this.stop) { this.stop.tabIndex = -1; }
      word.tabIndex = 0;
      this.stop = word;
      word.focus();
    }
    take(word, event) {
      const chosen = word.getAttribute("aria-pressed") === "true", keyed = event.detail === 0;
      this.reach(word);
      if (chosen && keyed) { byId("choix-masquer").focus(); return; }
      if (chosen) { this.none(); return; }
      this.anchor ??= word;
      if (!this.range || (keyed && !event.shiftKey)) { this.anchor = word; }
      this.span(word);
    }
    none() {
      this.anchor = null;
      this.press([]);
      this.choose(null);
    }
    /* The word above or below: the nearest one of the first other line. */
    beside(word, way) {
      const words = this.words, here = word.getBoundingClientRect(), middle = here.left + here.width / 2;
      let line = null, best = null, least = Infinity;
      for (let at = words.indexOf(word) + way; words[at]; at += way) {
        const box = words[at].getBoundingClientRect();
        if (Math.abs(box.top - here.top) < here.height / 2) { continue; }
        line ??= box.top;
        if (Math.abs(box.top - line) > here.height / 2) { break; }
        const far = Math.abs(box.left + box.width / 2 - middle);
        if (far < least) { [best, least] = [words[at], far]; }
      }
      return best;
    }
    pressed(event) {
      const { target, key, shiftKey } = event;
      if (event.ctrlKey || event.metaKey || event.altKey) { return; }
      if (target.matches(".zone")) { this.nudge(event); return; }
      if (key === "Escape" && target.closest("#choix, .words")) { event.preventDefault(); this.escape(); return; }
      if (!target.matches(".word")) { return; }
      const words = this.words, at = words.indexOf(target);
      const goal = {
        ArrowRight: words[at + 1], ArrowLeft: words[at - 1], Home: words[0], End: words.at(-1),
        ArrowDown: key === "ArrowDown" && this.beside(target, 1), ArrowUp: key === "ArrowUp" && this.beside(target, -1),
      }[key];
      if (!goal) { return; }
      event.preventDefault();
      this.reach(goal);
      if (shiftKey) { this.anchor ??= target; this.span(goal); }
    }
    escape() {
      if (this.range) { this.none(); this.querySelector(".word[tabindex='0']")?.focus(); return; }
      this.byWord(false);
      byId("mot-a-mot").focus();
    }

    /* ---- areas of the image: drawn, or moved by the keyboard; in parts of the page */
    byArea(on) {
      const sheet = this.querySelector(".sheet"), form = byId("zone");
      if (!sheet || !form) { return; }
      byId("dessiner").setAttribute("aria-pressed", on);
      sheet.classList.toggle("drawing", on);
      sheet.querySelector(".zone")?.remove();
      form.hidden = !on;
      if (!on) { this.area = null; return; }
      this.area = { left: .35, top: .45, right: .65, bottom: .55 };
      sheet.append(node("div", { class: "zone", tabindex: "0", role: "application", "aria-roledescription": "zone à cacher" }));
      this.place(true);
      sheet.querySelector(".zone").focus();
    }
    place(tell) {
      const zone = this.querySelector(".zone"), { left, top, right, bottom } = this.area, sheet = this.querySelector(".sheet");
      const percent = (part) => `${Math.round(part * 100)}\u00a0%`;
      Object.assign(zone.style, { left: `${left * 100}%`, top: `${top * 100}%`, width: `${(right - left) * 100}%`, height: `${(bottom - top) * 100}%` });
      const told = `Zone à ${percent(left)} de la gauche et ${percent(top)} du haut, large de ${percent(right - left)}, haute de ${percent(bottom - top)}`;
      zone.setAttribute("aria-label", told);
      const across = Number(sheet.dataset.width), down = Number(sheet.dataset.height);
      byId("zone").elements.boite.value = [left * across, top * down, right * across, bottom * down].map((side) => side.toFixed(2)).join(",");
      clearTimeout(this.telling);
      if (tell) { this.telling = setTimeout(() => say(told), 400); }
    }
    nudge(event) {
      const { key, shiftKey } = event, step = .02, box = this.area;
      const [across, down] = { ArrowRight: [step, 0], ArrowLeft: [-step, 0], ArrowDown: [0, step], ArrowUp: [0, -step] }[key] ?? [0, 0];
      if (key === "Enter") { event.preventDefault(); byId("zone").requestSubmit(byId("zone-cacher")); return; }
      if (key === "Escape") { event.preventDefault(); this.byArea(false); byId("dessiner").focus(); return; }
      if (!across && !down) { return; }
      event.preventDefault();
      const within = (value, least, most) => Math.min(most, Math.max(least, value));
      const x = shiftKey ? 0 : within(across, -box.left, 1 - box.right), y = shiftKey ? 0 : within(down, -box.top, 1 - box.bottom);
      this.area = {
        left: box.left + x, top: box.top + y,
        right: shiftKey ? within(box.right + across, box.left + step, 1) : box.right + x,
        bottom: shiftKey ? within(box.bottom + down, box.top + step, 1) : box.bottom + y,
      };
      this.place(true);
    }
    drawn(event) {
      const sheet = this.querySelector(".sheet.drawing");
      if (!sheet || (event.type === "pointerdown" && (event.button || !sheet.contains(event.target)))) { return; }
      const box = sheet.getBoundingClientRect();
      const x = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)), y = Math.min(1, Math.max(0, (event.clientY - box.top) / box.height));
      if (event.type === "pointerdown") { event.preventDefault(); sheet.setPointerCapture(event.pointerId); this.from = { x, y }; return; }
      if (!this.from) { return; }
      const { from } = this;
      if (event.type !== "pointermove") { this.from = null; }
      if (Math.abs(x - from.x) < .005 || Math.abs(y - from.y) < .003) { return; }
      this.area = { left: Math.min(x, from.x), top: Math.min(y, from.y), right: Math.max(x, from.x), bottom: Math.max(y, from.y) };
      this.place(event.type !== "pointermove");
      if (event.type === "pointerup") { byId("zone-cacher").focus(); }
    }
  }
  if (!customElements.get("spplus-checking")) { customElements.define("spplus-checking", Checking); }
})();
