/* Marks on a document: made by a sentence or by a selection, kept at once, sent when the network is
   there, each under its own UUID. Offsets are code points of the document's text, read from its
   sentences: what this script adds to the text (hidden words, counts) never counts. */
(() => {
  "use strict";
  const doc = document;
  const byId = (id) => doc.getElementById(id);
  const points = (text) => [...text];
  const SHARED = "spplus-shared", PENDING = "spplus-marks:", KEYS = "spplus-keys", CONTEXT = 32;
  const NAMES = { clear: "clair", unclear: "pas clair", worrying: "m’inquiète" };
  const LOOKS = { clear: "mine mine--clear", unclear: "mine mine--unclear", worrying: "mine mine--worrying" };
  const CUT = "Connexion coupée\u00a0: votre marque est gardée ici, elle partira dès qu’elle reviendra.";
  const LOST = "L’envoi n’a pas abouti. Réessayez dans un instant.";
  const build = (tag, attributes = {}, ...children) => {
    const node = doc.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) { node.setAttribute(key, value); }
    node.append(...children);
    return node;
  };
  const hidden = (text) => build("span", { class: "fr-sr-only", "data-extra": "" }, text);
  const many = (n, one, more) => `${n.toLocaleString("fr-FR").replace(/\s/g, "\u00a0")}\u00a0${n > 1 ? more : one}`;
  const kept = (area, key) => { try { return area.getItem(key); } catch { return null; } };
  const keep = (area, key, value) => {
    try { if (value === null) { area.removeItem(key); } else { area.setItem(key, value); } } catch { /* refused */ }
  };
  const uuid = () => {
    if (crypto.randomUUID) { return crypto.randomUUID(); }
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, (b) => (b + 256).toString(16).slice(1)).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };

  /* ---- what waits to be sent: the last word on each mark, in order, also after the page is closed */
  class Outbox {
    constructor(of) {
      this.of = of;
      this.key = PENDING + of;
      let known = [];
      try { known = JSON.parse(kept(localStorage, this.key) || "[]"); } catch { /* not ours */ }
      this.waiting = new Map(known);
    }
    put(id, gesture) {
      this.waiting.delete(id);
      this.waiting.set(id, gesture);
      this.write();
    }
    drop(id, gesture) {
      if (this.waiting.get(id) === gesture) { this.waiting.delete(id); this.write(); }
    }
    write() {
      if (kept(sessionStorage, SHARED) === "1") { return; }
      keep(localStorage, this.key, this.waiting.size ? JSON.stringify([...this.waiting]) : null);
    }
  }

  class Marking extends HTMLElement {
    static observedAttributes = ["data-moved"];
    connectedCallback() {
      // What the server painted goes away: the page's own copy of it is the one that lives.
      if (this.closest("#first-paint")) { return; }
      this.wired ??= [
        [this, "change", (event) => this.changed(event)],
        [this, "input", (event) => this.typed(event)],
        [this, "click", (event) => this.clicked(event)],
        [this, "submit", (event) => this.submitted(event)],
        [this, "keydown", (event) => this.pressed(event)],
        [doc, "selectionchange", () => { clearTimeout(this.choosing); this.choosing = setTimeout(() => this.selected(), 250); }],
        [window, "online", () => this.flush()],
      ];
      for (const [node, name, act] of this.wired) { node.addEventListener(name, act); }
      this.redrawn ??= new MutationObserver(() => this.begin());
      this.redrawn.observe(this.firstElementChild, { childList: true });
      this.begin();
    }
    disconnectedCallback() {
      for (const [node, name, act] of this.wired ?? []) { node.removeEventListener(name, act); }
      this.redrawn?.disconnect();
      clearTimeout(this.again);
      clearTimeout(this.writing);
    }
    attributeChangedCallback(_name, before) { if (before !== null && this.sentences) { this.fresh(); } }
    /* Ask again, unless one's own gesture did: the word that it changed something comes meanwhile, or after. */
    async fresh() {
      if (!this.loading && !(this.told?.moved >= this.dataset.moved)) { await this.load(); }
      for (const panel of this.querySelectorAll(".others__here")) { await this.fill(panel); }
    }

    /* ---- the text */
    async begin() {
      this.form = this.querySelector(".dock__form");
      if (!this.form || !this.dataset.document) { return; }
      this.base = `/api/marques/${this.dataset.document}`;
      this.told = null;
      this.own = new Map();
      this.heat = new Map();
      if (this.outbox?.of !== this.dataset.document) { this.outbox = new Outbox(this.dataset.document); }
      this.sentences = [...this.querySelectorAll(".s")].map((node) => {
        const text = points(node.textContent), at = Number(node.dataset.at);
        return { node, text, at, end: at + text.length, number: Number(node.id.slice(1)) };
      });
      this.of = Number(this.querySelector(".dock__where").textContent.match(/\d+/g)[1]);
      byId("raccourcis").checked = kept(localStorage, KEYS) !== "off";
      const asked = new URLSearchParams(location.search).get("phrase");
      await this.load();
      this.go(Number(asked) || this.sentences[0].number, false);
    }
    async load() {
      this.loading = true;
      const { told } = await this.ask("GET", `?partie=${byId("texte").dataset.part}`);
      this.loading = false;
      if (!this.isConnected || !this.sentences) { return; }
      if (told?.marks) {
        this.own = new Map(told.marks.map((one) => [one.uuid, one]));
        this.told = told;
        this.helped(told.help);
      }
      // What has not left yet is newer than what the server knows.
      for (const [id, { mark }] of this.outbox.waiting) {
        if (mark) { this.own.set(id, mark); } else { this.own.delete(id); }
      }
      this.heat = new Map((this.told?.heat ?? []).map((one) => [one.sentence, one]));
      this.draw();
      if (this.target && !this.form.contains(doc.activeElement)) { this.show(); }
      this.flush();
      if (told) { await this.fresh(); }
    }
    at(position) { return this.sentences.find((one) => position >= one.at && position < one.end); }
    /* The words from one offset to another; between two sentences a space stands for what parts them. */
    words(start, end) {
      let text = "", at = start;
      for (const one of this.sentences) {
        if (one.end <= start || one.at >= end) { continue; }
        text += " ".repeat(Math.max(0, one.at - at));
        const from = Math.max(start, one.at), to = Math.min(end, one.end);
        text += one.text.slice(from - one.at, to - one.at).join("");
        at = to;
      }
      return text;
    }
    whole(number) {
      const one = this.sentences.find((found) => found.number === number);
      return one && { start: one.at, end: one.end, exact: one.text.join(""), number };
    }
    /* Where a point of the page stands in the text; outside a sentence, the nearest edge inside. */
    offset(node, rank, ends) {
      const span = (node.nodeType === 1 ? node : node.parentElement).closest(".s");
      const here = this.sentences.find((one) => one.node === span);
      const range = doc.createRange();
      range.setEnd(node, rank);
      if (!here) {
        const before = this.sentences.filter((one) => range.comparePoint(one.node, 0) <= 0);
        const last = before.at(-1), next = this.sentences[before.length];
        return ends ? last?.end ?? 0 : (next ?? last)?.at ?? 0;
      }
      range.setStart(here.node, 0);
      const part = range.cloneContents();
      part.querySelectorAll("[data-extra]").forEach((extra) => extra.remove());
      return here.at + points(part.textContent).length;
    }
    selected() {
      const chosen = getSelection(), text = byId("texte");
      if (!chosen.rangeCount || chosen.isCollapsed || !text) { return; }
      const range = chosen.getRangeAt(0);
      if (!text.contains(range.commonAncestorContainer)) { return; }
      let start = this.offset(range.startContainer, range.startOffset, false);
      let end = this.offset(range.endContainer, range.endOffset, true);
      const raw = points(this.words(start, end)).join("");
      start += points(raw).length - points(raw.trimStart()).length;
      end -= points(raw).length - points(raw.trimEnd()).length;
      if (end <= start || (this.target?.start === start && this.target?.end === end)) { return; }
      const here = this.at(start), exact = this.words(start, end);
      const sentence = here && here.at === start && here.end === end ? here.number : 0;
      this.aim({ start, end, exact, number: sentence, near: here?.number });
      window.spplus.announce("Passage choisi. Dites s’il est clair, dans « Marquez ce qui vous perd ».");
    }

    /* ---- what one is marking */
    go(number, focus = true) {
      const target = this.whole(number);
      if (!target) {
        if (number >= 1 && number <= this.of) { location.assign(`?phrase=${number}#marquer`); }
        return;
      }
      this.aim(target);
      if (!focus) { return; }
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      this.here().node.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
      window.spplus.announce(`Phrase ${number} sur ${this.of}\u00a0: ${target.exact}${this.state()}`);
    }
    here() { return this.sentences.find((one) => one.number === (this.target.number || this.target.near)); }
    mine() { return [...this.own.values()].find((one) => one.start === this.target.start && one.end === this.target.end); }
    state() { const mine = this.mine(); return mine ? `\u00a0— votre marque\u00a0: ${NAMES[mine.tone]}` : ""; }
    aim(target) {
      this.save(true);
      this.target = target;
      this.undoable = null;
      this.say("");
      this.show();
      this.querySelector(".reading__side").scrollTop = 0;
    }
    show() {
      const { form, target } = this, mine = this.mine(), number = target.number || target.near || 0;
      form.querySelector(".dock__where").textContent = target.number ? `Phrase\u00a0${number} sur\u00a0${this.of}` : "Passage choisi";
      form.querySelector(".dock__words").textContent = target.exact;
      form.querySelector(".dock__told").textContent = mine?.told ?? "";
      form.querySelector(".dock__told").hidden = !mine?.told;
      form.reset();
      form.querySelectorAll("[name=ton]").forEach((radio) => { radio.checked = radio.value === mine?.tone; });
      form.querySelectorAll("[name^=motif-]").forEach((box) => { box.checked = !!mine?.reasons.includes(box.name.slice(6)); });
      form.elements.compris.value = mine?.understood ?? "";
      form.elements.ecrirais.value = mine?.rewrite ?? "";
      form.querySelector(".dock__more").open = !!(mine?.understood || mine?.rewrite);
      form.querySelector("[value=effacer]").hidden = !mine;
      form.querySelectorAll("[data-moves]").forEach((link) => {
        const to = number + Number(link.dataset.moves), there = to >= 1 && to <= this.of;
        if (there) { link.href = `?phrase=${to}`; link.removeAttribute("aria-disabled"); link.removeAttribute("role"); }
        else { link.removeAttribute("href"); link.setAttribute("aria-disabled", "true"); link.setAttribute("role", "link"); }
      });
      this.sentences.forEach((one) => one.node.classList.toggle("s--here", one.number === target.number));
      this.outline();
      this.drawn();
    }
    /* Where it stands on the images of the pages: a sentence bears a path for each page it is on. */
    drawn() {
      const { start, end } = this.target, paths = {};
      for (const { node, at, end: to } of this.sentences) {
        if (to <= start || at >= end) { continue; }
        for (const told of (node.dataset.drawn ?? "").split(";")) {
          const [page, path] = told.split(":");
          if (path) { paths[page] = (paths[page] ?? "") + path; }
        }
      }
      this.seen = null;
      this.querySelectorAll(".sheets__one").forEach((one) => {
        const path = paths[one.dataset.page] ?? "";
        one.querySelectorAll(".sheet__here > path").forEach((line) => { line.setAttribute("d", path); });
        one.lastElementChild.hidden = !path;
        if (path) { this.seen ??= one; }
      });
      const link = this.querySelector(".dock__seen");
      link.hidden = !this.seen;
      if (this.seen) { link.href = `#page-${this.seen.dataset.page}`; }
    }
    see() {
      const sheet = this.seen.firstElementChild;
      sheet.querySelector("path").scrollIntoView({ block: "center" });
      sheet.focus({ preventScroll: true });
    }
    back() {
      this.here().node.scrollIntoView({ block: "center" });
      this.querySelector(".reading__side").scrollTop = 0;
      this.querySelector(".dock__words").focus({ preventScroll: true });
    }
    /* What is chosen stays visible when the selection goes: painted by the browser, no node added. */
    outline() {
      if (!window.Highlight || !CSS.highlights) { return; }
      CSS.highlights.delete("chosen");
      if (this.target.number || this.mine()) { return; }
      const ranges = [];
      for (const one of this.sentences) {
        if (one.end <= this.target.start || one.at >= this.target.end) { continue; }
        const range = doc.createRange();
        range.setStart(...this.place(one, Math.max(this.target.start, one.at)));
        range.setEnd(...this.place(one, Math.min(this.target.end, one.end)));
        ranges.push(range);
      }
      CSS.highlights.set("chosen", new Highlight(...ranges));
    }
    place(one, position) {
      let left = points(one.text.slice(0, position - one.at).join("")).join("").length;
      const walker = doc.createTreeWalker(one.node, NodeFilter.SHOW_TEXT);
      let node = walker.nextNode(), last = node;
      for (; node; node = walker.nextNode()) {
        if (node.parentElement.closest("[data-extra]")) { continue; }
        last = node;
        if (left <= node.length) { return [node, left]; }
        left -= node.length;
      }
      return [last, last?.length ?? 0];
    }

    /* ---- gestures */
    changed({ target }) {
      if (target.id === "raccourcis") { keep(localStorage, KEYS, target.checked ? null : "off"); return; }
      if (this.form.contains(target)) { this.save(); }
    }
    typed({ target }) {
      if (target.localName !== "textarea" || !this.form.contains(target)) { return; }
      this.unsaved = true;
      clearTimeout(this.writing);
      this.writing = setTimeout(() => this.save(), 1200);
    }
    clicked(event) {
      const { target } = event, move = target.closest("[data-moves]"), heat = target.closest("button.heat");
      if (move) {
        event.preventDefault();
        if (move.hasAttribute("href")) { this.go((this.target.number || this.target.near) + Number(move.dataset.moves)); }
      } else if (heat) { this.open(heat); }
      else if (target.closest(".dock__seen")) { event.preventDefault(); this.see(); }
      else if (target.closest(".sheets__back")) { event.preventDefault(); this.back(); }
      else if (target.closest(".dock__undo")) { this.undo(); }
      else if (target.closest("[data-more]")) {
        const { dataset } = target.closest("[data-more]");
        this.open(this.querySelector(`button.heat[data-sentence="${dataset.for}"]`), true);
      }
      else {
        const sentence = target.closest(".s"), mark = target.closest("mark");
        if (!sentence || !getSelection().isCollapsed) { return; }
        const own = mark && this.own.get(mark.dataset.mark);
        if (own) { this.aim({ start: own.start, end: own.end, exact: own.exact, number: this.numbered(own), near: Number(sentence.id.slice(1)) }); }
        else { this.go(Number(sentence.id.slice(1)), false); }
      }
    }
    numbered(own) { return this.sentences.find((one) => one.at === own.start && one.end === own.end)?.number ?? 0; }
    submitted(event) {
      event.preventDefault();
      const { target, submitter } = event;
      if (target === this.form) { if (submitter?.value === "effacer") { this.erase(); } else { this.save(); } }
      else if (target.matches(".dock__sends")) { this.send(); }
      else if (target.matches(".dock__looks")) { this.look(); }
    }
    pressed(event) {
      const { key, target } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || target.matches("textarea, input:not([type=radio], [type=checkbox])")) { return; }
      const words = target.matches(".dock__words, [data-moves]");
      const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key];
      if (words && by) { event.preventDefault(); this.go((this.target.number || this.target.near) + by); return; }
      const radio = "123".includes(key) && byId("raccourcis").checked && this.form.querySelectorAll("[name=ton]")[Number(key) - 1];
      if (radio && key) { event.preventDefault(); radio.checked = true; this.save(); }
    }
    /* Keep what the form says now; nothing when it says nothing new. */
    save(leaving = false) {
      clearTimeout(this.writing);
      if (!this.target || (leaving && !this.unsaved)) { return; }
      this.unsaved = false;
      const { form } = this, before = this.mine() ?? null, tone = form.elements.ton.value || (leaving ? "unclear" : "");
      if (!tone) { this.say("Dites d’abord si ce passage est clair, pas clair, ou s’il vous inquiète."); this.unsaved = true; return; }
      const told = {
        tone,
        reasons: tone === "clear" ? [] : [...form.querySelectorAll("[name^=motif-]:checked")].map((box) => box.name.slice(6)),
        understood: form.elements.compris.value.trim(), rewrite: form.elements.ecrirais.value.trim(),
      };
      const same = before && before.tone === tone && before.understood === told.understood && before.rewrite === told.rewrite && String(before.reasons) === String(told.reasons);
      if (same) { return; }
      const { start, end, exact } = this.target;
      this.change({ uuid: before?.uuid ?? uuid(), start, end, exact, sent: before?.sent ?? !!this.told?.sent, told: before?.told ?? "", ...told }, before);
      form.querySelector("[value=effacer]").hidden = false;
      if (!leaving) { this.say(`Marque gardée\u00a0: ${NAMES[tone]}.`, true); }
    }
    erase() {
      const before = this.mine();
      if (!before) { return; }
      this.change(null, before);
      this.say("Marque effacée.", true);
      this.show();
      this.querySelector(".dock__words").focus();
    }
    undo() {
      const { undoable } = this;
      if (!undoable) { return; }
      const { now, before } = undoable;
      this.change(before, now);
      this.undoable = null;
      this.say(before ? `Annulé\u00a0: votre marque est de nouveau «\u00a0${NAMES[before.tone]}\u00a0».` : "Annulé\u00a0: la marque est retirée.");
      this.show();
      this.querySelector(".dock__words").focus();
    }
    change(now, before) {
      const id = (now ?? before).uuid;
      this.undoable = { now, before };
      if (now) { this.own.set(id, now); } else { this.own.delete(id); }
      this.outbox.put(id, now ? { mark: now, body: this.annotation(now) } : {});
      this.draw();
      this.outline();
      this.flush();
    }
    say(text, undo = false) {
      this.querySelector(".dock__status").textContent = text;
      this.querySelector(".dock__undo").hidden = !undo;
    }

    /* ---- the network */
    annotation({ start, end, exact, tone, reasons, understood, rewrite }) {
      const body = [["assessing", tone], ...reasons.map((one) => ["tagging", one])];
      if (understood) { body.push(["commenting", understood]); }
      if (rewrite) { body.push(["editing", rewrite]); }
      return {
        "@context": "http://www.w3.org/ns/anno.jsonld", type: "Annotation",
        body: body.map(([purpose, value]) => ({ type: "TextualBody", purpose, value, format: "text/plain", language: "fr" })),
        target: {
          source: location.pathname,
          selector: [
            { type: "TextQuoteSelector", exact, prefix: this.words(start - CONTEXT, start), suffix: this.words(end, end + CONTEXT) },
            { type: "TextPositionSelector", start, end },
          ],
        },
      };
    }
    /* Return what the server says, and why not; `cut` when it could not be asked. */
    async ask(method, path, body, again = false) {
      try {
        const headers = { Accept: "application/json" };
        if (method === "POST") { headers["Content-Type"] = body ? "application/ld+json" : "application/x-www-form-urlencoded"; }
        const answer = await fetch(this.base + path, { method, headers, body: body ? JSON.stringify(body) : undefined, credentials: "same-origin", cache: "no-store" });
        if (!again && answer.headers.get("x-again")) { return this.ask(method, path, body, true); }
        const told = await answer.json().catch(() => ({}));
        if (answer.ok) { return { told }; }
        if (answer.status === 429 || answer.status >= 500) { return { cut: true, why: told.message || LOST }; }
        return { why: Object.values(told.errors ?? {})[0] || told.message || LOST };
      } catch { return { cut: true, why: CUT }; }
    }
    /* Let leave what waits; who asks meanwhile waits for the same, to the last. */
    flush() {
      this.leaving ??= this.leave().finally(() => { this.leaving = null; });
      return this.leaving;
    }
    async leave() {
      clearTimeout(this.again);
      this.again = 0;
      while (this.outbox.waiting.size && !this.again) {
        const [[id, gesture]] = this.outbox.waiting;
        const { told, cut, why } = await this.ask("POST", `/${id}${gesture.mark ? "" : "/retrait"}`, gesture.body);
        if (cut) {
          this.say(why, !!this.undoable);
          this.again = setTimeout(() => this.flush(), 5000);
          break;
        }
        this.outbox.drop(id, gesture);
        if (told) { this.landed(id, gesture, told); } else { this.refused(id, why); }
      }
      this.counted();
    }
    /* Whom to call now, beside what was just written. */
    helped(numbers) {
      const place = this.querySelector("spplus-help");
      if (!numbers?.length || place.firstChild) { return; }
      window.spplus.helped(numbers);
      place.querySelector("a").scrollIntoView({ block: "nearest" });
    }
    landed(id, gesture, told) {
      const { mark } = gesture;
      this.helped(told.help);
      if (!mark || this.outbox.waiting.has(id) || !this.own.has(id)) { return; }
      this.own.delete(id);
      this.own.set(told.uuid, told);
      if (this.undoable?.now?.uuid === id) { this.undoable.now = told; }
      const masked = told.understood !== mark.understood || told.rewrite !== mark.rewrite;
      if (masked) {
        this.say("Ce qui est personnel dans vos mots a été masqué.", true);
        if (this.mine()?.uuid === told.uuid) {
          for (const [name, value] of [["compris", told.understood], ["ecrirais", told.rewrite]]) {
            if (this.form.elements[name] !== doc.activeElement) { this.form.elements[name].value = value; }
          }
        }
      }
    }
    /* What was typed stays in the form: only the mark goes. */
    refused(id, why) {
      this.own.delete(id);
      this.undoable = null;
      this.draw();
      this.say(why);
      window.spplus.announce(why, true);
    }
    async did(path) {
      this.loading = true;
      const { why } = await this.ask("POST", path);
      this.loading = false;
      if (why) { this.say(why); await this.fresh(); } else { await this.load(); }
      return !why;
    }
    async send() {
      this.save(true);
      await this.flush();
      if (this.outbox.waiting.size) { this.say("Vos marques partiront dès que la connexion reviendra. Envoyez-les alors."); return; }
      if (!await this.did("/envoi")) { return; }
      this.say("Vos marques sont envoyées. Celles des autres sont maintenant dans le texte.");
      byId("autres").focus({ preventScroll: true });
    }
    async look() {
      if (!await this.did("/regard")) { return; }
      this.say("Les marques des autres sont dans le texte. Vous pouvez encore marquer.");
      byId("autres").focus({ preventScroll: true });
    }

    /* ---- marks in the text: one's own, then how many others */
    draw() {
      const mine = [...this.own.values()].sort((a, b) => a.start - b.start);
      for (const one of this.sentences) {
        const here = mine.filter((mark) => mark.start < one.end && mark.end > one.at);
        const drawn = here.map((mark) => `${mark.uuid}${mark.tone}${mark.start}-${mark.end}`).join();
        if (one.drawn !== drawn && (one.drawn || drawn)) { one.drawn = drawn; this.mark(one, here); }
        this.warm(one);
      }
      this.counted();
      this.summary();
    }
    mark({ node, text, at, end }, here) {
      const cuts = [...new Set([at, end, ...here.flatMap((mark) => [Math.max(at, mark.start), Math.min(end, mark.end)])])].sort((a, b) => a - b);
      const parts = [];
      cuts.slice(0, -1).forEach((from, rank) => {
        const to = cuts[rank + 1], words = text.slice(from - at, to - at).join("");
        here.filter((mark) => mark.start === from).forEach((mark) => parts.push(hidden(`début de votre marque\u00a0: ${NAMES[mark.tone]} `)));
        const over = here.filter((mark) => mark.start <= from && mark.end >= to).at(-1);
        parts.push(over ? build("mark", { class: LOOKS[over.tone], "data-mark": over.uuid }, words) : words);
        here.filter((mark) => mark.end === to).forEach(() => parts.push(hidden(" fin de votre marque")));
      });
      node.replaceChildren(...parts);
    }
    warm({ node, number }) {
      const found = this.heat.get(number), told = found ? JSON.stringify(found) : "";
      if ((node.dataset.heat ?? "") === told) { return; }
      node.dataset.heat = told;
      const next = node.nextElementSibling?.matches("button.heat") ? node.nextElementSibling : null;
      node.classList.remove("hot", "hot--clear", "hot--unclear", "hot--worrying");
      if (!found) { next?.remove(); byId(`autres-${number}`)?.remove(); return; }
      const tones = Object.entries(found.tones).sort((a, b) => b[1] - a[1]), [most] = tones[0];
      node.classList.add("hot", `hot--${most}`);
      const label = tones.map(([tone, n]) => `${NAMES[tone]}\u00a0: ${n}`).join(", ");
      const button = next ?? build("button", { type: "button", "aria-expanded": "false", "data-extra": "", "data-sentence": number });
      button.setAttribute("class", `heat heat--${most}`);
      button.replaceChildren(this.shape(most), build("span", {}, label), hidden(`, ${many(found.readers, "lecteur", "lecteurs")} sur la phrase ${number}, lire leurs marques`));
      if (!next) { node.after(button); }
    }
    shape(tone) { return this.form.querySelector(`.tone--${tone} svg`).cloneNode(true); }
    counted() {
      const n = this.own.size, sent = !!this.told?.sent;
      const held = [...this.own.values()].filter((mark) => mark.told).length;
      const gone = held ? ` ${many(held, "marque ne l’est plus", "marques ne le sont plus")}.` : "";
      const text = sent ? `Vos marques sont publiques, chaque changement aussi.${gone}`
        : n ? `${many(n, "marque", "marques")}, que vous seul voyez.` : "Vos marques ne sont vues que de vous tant que vous ne les envoyez pas.";
      const waiting = this.outbox.waiting.size ? ` ${many(this.outbox.waiting.size, "marque attend", "marques attendent")} la connexion.` : "";
      this.querySelector(".dock__count").textContent = text + waiting;
      this.querySelector(".dock__sends button").hidden = sent;
      this.querySelector(".dock__looks button").hidden = sent || !!this.told?.open;
    }

    /* ---- what others found */
    summary() {
      if (!this.told?.open) { return; }
      const { readers, lookers } = this.told, hot = this.heat.size;
      const lines = [
        `${many(readers, "personne a envoyé ses marques", "personnes ont envoyé leurs marques")}.${lookers ? ` ${many(lookers, "autre a regardé", "autres ont regardé")} sans marquer.` : ""}`,
        hot ? `${many(hot, "phrase est marquée", "phrases sont marquées")} ici. Le nombre après chaque phrase ouvre ce qu’on en dit.` : "Personne n’a encore marqué cette partie du texte.",
      ];
      this.querySelector(".others__body").replaceChildren(...lines.map((line) => build("p", {}, line)));
    }
    /* Others' marks on a sentence unfold under the block it is in: one stays where one reads. */
    async open(button, more = false) {
      const number = Number(button.dataset.sentence), id = `autres-${number}`, known = byId(id);
      if (known && !more) {
        known.remove();
        button.setAttribute("aria-expanded", "false");
        return;
      }
      const panel = known ?? build("div", { id, class: "others__here", role: "region", "aria-label": `Ce que d’autres disent de la phrase ${number}`, "data-extra": "", "data-of": number });
      const shown = panel.querySelectorAll(".others__mark").length;
      panel.pages = (panel.pages ?? 0) + 1;
      const said = await this.fill(panel);
      if (more) {
        const next = panel.querySelectorAll(".others__mark")[shown];
        next?.setAttribute("tabindex", "-1");
        next?.focus();
        return;
      }
      let block = button;
      while (!block.parentElement.matches(".letter__text")) { block = block.parentElement; }
      byId(id)?.remove();
      block.after(panel);
      button.setAttribute("aria-expanded", "true");
      button.setAttribute("aria-controls", id);
      window.spplus.announce(said);
    }
    /* Write what is said of a sentence, as many pages as were asked for; nothing where it reads the
       same: who is in it stays where they are. */
    async fill(panel) {
      const number = Number(panel.dataset.of), found = this.heat.get(number);
      let marks = [], next = "", refused = "";
      for (let page = 0; page < panel.pages && (next || !page); page += 1) {
        const { told, why } = await this.ask("GET", `/phrases/${number}${next ? `?apres=${next}` : ""}`);
        if (!told) { refused = why; break; }
        marks = marks.concat(told.marks);
        next = told.next;
      }
      const reads = JSON.stringify([marks, next, refused, found]);
      if (panel.reads !== reads) {
        const rows = refused ? [build("p", {}, refused)] : marks.map((one) => this.other(one));
        if (next) { rows.push(build("button", { type: "button", class: "fr-btn fr-btn--secondary fr-btn--sm", "data-more": "", "data-for": number }, "La suite")); }
        const readers = found ? [build("p", {}, build("strong", {}, many(found.readers, "lecteur", "lecteurs")), this.reasons(found))] : [];
        const within = panel.contains(doc.activeElement);
        panel.reads = reads;
        panel.replaceChildren(...readers, ...rows);
        if (within) { panel.setAttribute("tabindex", "-1"); panel.focus(); }
      }
      return refused || `${many(marks.length, "marque affichée", "marques affichées")} sous le texte de la phrase ${number}.`;
    }
    reasons({ reasons }) {
      const told = Object.entries(reasons).sort((a, b) => b[1] - a[1]).map(([why, n]) => `${this.why(why)} (${n})`);
      return told.length ? `\u00a0: ${told.join(", ")}` : "";
    }
    why(code) { return this.form.querySelector(`label[for="motif-${code}"]`)?.textContent ?? code; }
    other({ id, tone, exact, reasons, understood, rewrite, mine }) {
      const lines = [
        build("p", { class: `heat heat--${tone}` }, this.shape(tone), build("span", {}, NAMES[tone] + (mine ? " (vous)" : ""))),
        build("p", { class: "fr-hint-text" }, `«\u00a0${exact}\u00a0»${reasons.length ? `\u00a0: ${reasons.map((one) => this.why(one)).join(", ")}` : ""}`),
      ];
      if (understood) { lines.push(build("p", {}, build("strong", {}, "A compris\u00a0: "), understood)); }
      if (rewrite) { lines.push(build("p", {}, build("strong", {}, "Écrirait\u00a0: "), rewrite)); }
      const words = points((understood || rewrite).replace(/\s+/g, " ")), name = words.slice(0, 60).join("") + (words.length > 60 ? "…" : "");
      if (name && !mine) { lines.push(build("p", { class: "fr-hint-text no-print" }, build("a", { href: `/signaler/marque-${id}`, rel: "nofollow" }, "Signaler", hidden(` cette marque\u00a0: «\u00a0${name}\u00a0»`)))); }
      return build("div", { class: "others__mark stack--tight" }, ...lines);
    }
  }

  customElements.define("spplus-marking", Marking);
})();
