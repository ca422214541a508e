/* Behaviours of the design system: custom elements and delegated listeners, no dependency.
   React hydrates the page after this script may have run, and replaces nodes at each navigation:
   an element changes nothing that React wrote before `ready()`, and listeners sit on document. */
(() => {
  "use strict";
  const doc = document, root = doc.documentElement;
  const byId = (id) => doc.getElementById(id);
  const place = (link = location) => link.pathname.replace(/\/$/, "");
  const all = (css, act) => doc.querySelectorAll(css).forEach(act);
  // Atkinson has no narrow no-break space: the plain no-break space keeps "8 000" readable.
  const number = (n) => n.toLocaleString("fr-FR").replace(/\s/g, "\u00a0");

  /* Resolve once React has adopted the node. Where none comes: 4 s after the whole page, or 30 s
     when the page has React's scripts, whose parts may still be on a slow network's way. */
  const ready = (node) => new Promise((resolve) => {
    let limit = 0;
    const own = node.closest("[data-first-paint]") ?? node; // what is painted is React's as a whole
    (function look() {
      if (doc.readyState === "complete") { limit ||= Date.now() + (doc.querySelector('script[type="module"]') ? 30000 : 4000); }
      const adopted = Object.keys(own).some((key) => key.startsWith("__react"));
      if (adopted || (limit && Date.now() > limit)) { resolve(); } else { setTimeout(look, 40); }
    })();
  });

  /* Say a sentence to assistive tools, through the live regions of the page. */
  const speaking = {};
  const announce = (text, assertive) => {
    const id = assertive ? "live-assertive" : "live-polite";
    clearTimeout(speaking[id]);
    speaking[id] = setTimeout(async () => {
      const region = byId(id);
      if (!region) { return; }
      await ready(region);
      region.textContent = "";
      setTimeout(() => { region.textContent = text; }, 60);
    }, 40);
  };

  /* Unfold what hides a part of the page. */
  const reveal = (target) => {
    for (let node = target; node; node = node.parentElement) {
      if (node.localName === "details") { node.open = true; }
      if (node.matches("[role=tabpanel][hidden]")) { node.parentElement.select(byId(node.getAttribute("aria-labelledby"))); }
    }
  };
  const reach = (target, block) => {
    reveal(target);
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block });
  };

  /* Counter: what remains under a long field. Characters are counted as the server counts them. */
  class Counter extends HTMLElement {
    async connectedCallback() {
      this.listen ??= (event) => { if (event.target.id === this.dataset.for) { this.count(true); } };
      doc.addEventListener("input", this.listen);
      await ready(this);
      this.count();
    }
    disconnectedCallback() {
      doc.removeEventListener("input", this.listen);
      clearTimeout(this.timer);
    }
    count(typed) {
      const field = byId(this.dataset.for), max = Number(this.dataset.max);
      if (!field || !this.isConnected) { return; }
      const used = [...field.value].length, left = max - used;
      const words = (n) => number(n) + (n > 1 ? " caractères" : " caractère");
      const text = left < 0 ? `${words(-left)} de trop` : used ? `Il vous reste ${words(left)}` : `${words(max)} au plus`;
      this.out ??= this.appendChild(doc.createElement("span"));
      this.out.textContent = text;
      this.out.toggleAttribute("data-over", left < 0);
      clearTimeout(this.timer);
      if (typed && left <= Math.min(200, max / 5)) { this.timer = setTimeout(announce, 1000, text); }
    }
  }

  /* Combobox: search while typing, choose in the list. */
  class Combobox extends HTMLElement {
    found = [];
    active = -1;
    connectedCallback() {
      if (this.wired) { return; }
      this.wired = true;
      this.addEventListener("input", this.typed);
      this.addEventListener("keydown", this.pressed);
      this.addEventListener("click", this.clicked);
      // The field keeps the focus while the mouse chooses.
      this.addEventListener("mousedown", (event) => { if (event.target.closest("[role=listbox]")) { event.preventDefault(); } });
      this.addEventListener("focusout", (event) => { if (!this.contains(event.relatedTarget)) { this.show(false); } });
      this.addEventListener("focusin", this.entered);
    }
    disconnectedCallback() { this.stop(); }
    get box() { return this.querySelector("[role=combobox]"); }
    get list() { return this.querySelector("[role=listbox]"); }
    stop() { clearTimeout(this.timer); this.request?.abort(); }
    say(text, failed = false) {
      const status = this.querySelector("[role=status]");
      status.textContent = text;
      status.toggleAttribute("data-failed", failed);
    }
    /* On a phone the keyboard takes the lower half: the question goes to the top, its list under it. */
    entered({ target }) {
      if (target !== this.box || !matchMedia("(width < 48em)").matches) { return; }
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      (this.closest(".fr-input-group") ?? this).scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
    }
    show(open) {
      if (!this.list) { return; }
      this.list.hidden = !open;
      this.box.setAttribute("aria-expanded", open);
      if (!open) { this.mark(-1); }
    }
    typed(event) {
      if (event.target !== this.box) { return; }
      this.stop();
      const query = this.box.value.trim();
      if (query.length > 1) { this.timer = setTimeout(() => this.search(query), 150); return; }
      this.found = [];
      this.show(false);
      this.say("");
    }
    async search(query) {
      const { signal } = this.request = new AbortController();
      const { src } = this.dataset;
      try {
        await ready(this);
        const answer = await fetch(`${src}${src.includes("?") ? "&" : "?"}q=${encodeURIComponent(query)}`, { signal, headers: { Accept: "application/json" } });
        if (!answer.ok) { throw new Error(answer.status); }
        const data = await answer.json();
        this.fill(data.results, data.more);
      } catch {
        if (signal.aborted) { return; }
        this.found = [];
        this.show(false);
        this.say("La recherche ne répond pas. Ce que vous avez écrit est gardé\u00a0: réessayez dans un instant.", true);
      }
    }
    fill(results, more) {
      const n = results.length;
      this.found = results;
      this.list.replaceChildren(...results.map(({ label, detail }, index) => {
        const option = doc.createElement("li");
        option.id = `${this.box.id}-option-${index}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.append(label);
        if (detail) { option.append(" ", Object.assign(doc.createElement("span"), { textContent: detail })); }
        return option;
      }));
      this.list.scrollTop = 0;
      this.mark(-1);
      this.show(n > 0 && this.contains(doc.activeElement));
      this.say(!n ? this.dataset.empty
        : more ? `Les ${n} premiers résultats. Précisez pour en voir d’autres.`
          : n > 1 ? `${n} résultats. Choisissez dans la liste.` : "1 résultat. Choisissez-le dans la liste.");
    }
    mark(index) {
      const options = this.list.children, option = options[index];
      options[this.active]?.setAttribute("aria-selected", "false");
      this.active = index;
      if (!option) { this.box.removeAttribute("aria-activedescendant"); return; }
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.box.setAttribute("aria-activedescendant", option.id);
    }
    pressed(event) {
      if (event.target !== this.box || event.isComposing) { return; }
      const n = this.found.length, at = this.active, { key } = event;
      let to = -1;
      if (key === "ArrowDown") { to = (at + 1) % n; }
      else if (key === "ArrowUp") { to = at > 0 ? at - 1 : n - 1; }
      else if (key === "Home" && at >= 0) { to = 0; }
      else if (key === "End" && at >= 0) { to = n - 1; }
      else if (key === "Enter") {
        event.preventDefault();
        if (at >= 0 || n === 1) { this.choose(Math.max(at, 0)); return; }
        to = 0;
      } else if (key === "Escape") {
        if (this.list.hidden) { this.box.value = ""; this.say(""); } else { this.show(false); event.preventDefault(); }
      }
      if (!(to >= 0) || !n) { return; }
      event.preventDefault();
      this.show(true);
      this.mark(to);
    }
    clicked(event) {
      const option = event.target.closest("[role=option]");
      if (option) { this.choose([...this.list.children].indexOf(option)); }
      else if (event.target === this.box && this.found.length) { this.show(true); }
    }
    choose(index) {
      const result = this.found[index], hidden = this.querySelector("[type=hidden]");
      this.show(false);
      hidden.value = result.value;
      hidden.form?.requestSubmit();
      hidden.value = this.box.value = "";
      this.found = [];
      this.list.replaceChildren();
      this.say(`Choisi\u00a0: ${result.label}${result.detail ? `, ${result.detail}` : ""}`);
    }
  }

  /* Dialog: opened and closed by the state through data-open, or by buttons. */
  const openers = new WeakMap();
  const openDialog = (dialog, opener = doc.activeElement) => {
    if (!dialog || dialog.open) { return; }
    openers.set(dialog, opener);
    dialog.showModal();
  };
  doc.addEventListener("close", ({ target }) => {
    const opener = openers.get(target);
    if (opener?.isConnected && opener !== doc.body) { opener.focus(); }
  }, true);
  class Dialog extends HTMLElement {
    static observedAttributes = ["data-open"];
    async connectedCallback() { await ready(this); this.follow(); }
    attributeChangedCallback() { this.follow(); }
    follow() {
      if (!this.isConnected) { return; }
      const dialog = this.querySelector("dialog");
      if (this.dataset.open === "true") { openDialog(dialog); } else { dialog?.close(); }
    }
  }

  /* Error summary: takes the focus when it appears, and at each failed try. A success (data-gently)
     takes it only from nothing: what had it went away with what was done. */
  class Errors extends HTMLElement {
    static observedAttributes = ["data-attempt", "data-gently"];
    connectedCallback() { this.take(); }
    attributeChangedCallback() { this.take(); }
    async take() {
      await ready(this);
      if (this.dataset.gently !== undefined) {
        await new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); });
        if (doc.activeElement !== doc.body) { return; }
      } else { all(".fr-combobox__status", (status) => { status.textContent = ""; }); } // « Choisi » no longer holds
      if (this.isConnected && this.firstElementChild) { reach(this.firstElementChild, "start"); }
    }
  }

  /* Search form: its fields show what the address asks for, also after the back button. */
  class Search extends HTMLElement {
    static observedAttributes = ["data-query"];
    async connectedCallback() {
      // A list whose choices come later shows its own once they are there.
      this.lists ??= new MutationObserver((changes) => changes.forEach(({ target }) => {
        if (target.matches("select") && !target.value) { this.show(this.query, [target]); }
      }));
      this.lists.observe(this, { childList: true, subtree: true });
      await ready(this);
      this.querySelectorAll("[data-lent]").forEach((choice) => {
        choice.value = "";
        choice.removeAttribute("label");
        choice.removeAttribute("data-lent");
      });
      // What was typed before the framework came stays.
      this.show(location.search, [...this.querySelectorAll("form [name]")].filter((field) => !window.spplus.typed.has(field)));
    }
    disconnectedCallback() { this.lists.disconnect(); }
    attributeChangedCallback(_name, before, now) { if (before !== null && now !== this.query) { this.show(now); } }
    show(query, fields = this.querySelectorAll("form [name]")) {
      this.query = query;
      const asked = new URLSearchParams(query);
      for (const field of fields) {
        const value = asked.get(field.name) ?? "";
        if (field.type === "radio") { field.checked = field.value === value; }
        else if (field.type !== "hidden" && field.value !== value) { field.value = value; }
      }
    }
  }

  /* Theme: light, dark, or the device's. */
  const applyTheme = (choice) => {
    root.setAttribute("data-fr-scheme", choice);
    window.spplus.showTheme();
    all("spplus-theme input", (radio) => { radio.checked = radio.value === choice; });
  };
  class Theme extends HTMLElement {
    async connectedCallback() {
      this.onchange ??= ({ target }) => {
        try { localStorage.setItem("theme", target.value); } catch { /* kept for this page only */ }
        applyTheme(target.value);
      };
      await ready(this);
      applyTheme(root.getAttribute("data-fr-scheme") || "system");
    }
  }
  addEventListener("storage", ({ key, newValue }) => { if (key === "theme") { applyTheme(newValue || "system"); } });

  /* Tabs: made from a list of links and the parts they lead to (ARIA tabs, chosen as one moves). */
  class Tabs extends HTMLElement {
    async connectedCallback() {
      await ready(this);
      if (this.wired || !this.isConnected) { return; }
      this.wired = true;
      this.firstElementChild.setAttribute("role", "tablist");
      this.tabs.forEach((tab) => {
        const panel = this.panel(tab);
        tab.parentElement.setAttribute("role", "presentation");
        tab.setAttribute("role", "tab");
        tab.setAttribute("aria-controls", panel.id);
        panel.setAttribute("role", "tabpanel");
        panel.setAttribute("tabindex", "0");
      });
      this.addEventListener("keydown", this.pressed);
      const goal = location.hash && byId(decodeURIComponent(location.hash.slice(1)));
      this.select(this.tabs.find((tab) => goal && this.panel(tab).contains(goal)) ?? this.tabs[0]);
    }
    get tabs() { return [...this.firstElementChild.querySelectorAll("a")]; }
    panel(tab) { return byId(tab.hash.slice(1)); }
    select(chosen) {
      this.tabs.forEach((tab) => {
        const here = tab === chosen, panel = this.panel(tab);
        tab.setAttribute("aria-selected", here);
        tab.setAttribute("tabindex", here ? "0" : "-1");
        panel.hidden = !here;
        panel.classList.toggle("fr-tabs__panel--selected", here);
      });
    }
    pressed(event) {
      const { tabs } = this, at = tabs.indexOf(event.target), { key } = event, n = tabs.length;
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + n, Home: 0, End: n - 1, " ": at }[key];
      if (at < 0 || to === undefined || event.ctrlKey || event.metaKey || event.altKey) { return; }
      event.preventDefault();
      this.select(tabs[to % n]);
      tabs[to % n].focus();
    }
  }

  /* Files chosen: listed under the field and announced, with those that are too heavy. */
  const weight = (bytes) => (bytes < 1e5
    ? `${number(Math.ceil(bytes / 1e3))}\u00a0ko` : `${number(Math.round(bytes / 1e5) / 10)}\u00a0Mo`);
  class Upload extends HTMLElement {
    connectedCallback() { this.onchange ??= () => this.list(); }
    list() {
      const max = Number(this.dataset.max), files = [...this.querySelector("input").files];
      const told = files.map(({ name, size }) => {
        const over = max && size > max;
        return [`${name} (${weight(size)})${over ? `\u00a0: trop lourd, ${weight(max)} au plus` : ""}`, over];
      });
      const list = doc.createElement("ul");
      list.append(...told.map(([text, over]) => {
        const row = Object.assign(doc.createElement("li"), { textContent: text });
        row.toggleAttribute("data-over", over);
        return row;
      }));
      this.querySelector(".upload__files").replaceChildren(...(files.length ? [list] : []));
      const n = files.length, count = n > 1 ? `${n} fichiers choisis` : "1 fichier choisi";
      announce(n ? `${count}\u00a0: ${told.map(([text]) => text).join(", ")}` : "Aucun fichier choisi", told.some(([, over]) => over));
    }
  }

  /* In a place that only the server fills: who comes back to it without a new answer asks for one. */
  const arrived = location.href;
  let wentBack = false;
  addEventListener("popstate", () => { wentBack = true; });
  class Again extends HTMLElement {
    connectedCallback() {
      if (wentBack || location.href !== arrived) location.reload();
    }
  }

  /* The browser knows of a network cut off before the page has lost the server. */
  class Offline extends HTMLElement {
    connectedCallback() {
      this.look ??= () => this.show();
      for (const name of ["online", "offline"]) { addEventListener(name, this.look); }
      this.look();
    }
    disconnectedCallback() { for (const name of ["online", "offline"]) { removeEventListener(name, this.look); } }
    async show() {
      await ready(this);
      const box = (look, ...inside) => {
        const node = Object.assign(doc.createElement("div"), { className: look });
        node.append(...inside);
        return node;
      };
      const said = Object.assign(doc.createElement("p"), { textContent: this.dataset.said });
      this.replaceChildren(...(navigator.onLine ? [] : [box("fr-notice fr-notice--warning", box("fr-container", said))]));
    }
  }

  for (const [name, type] of Object.entries({ again: Again, offline: Offline, counter: Counter, combobox: Combobox, dialog: Dialog, errors: Errors, search: Search, theme: Theme, tabs: Tabs, upload: Upload })) {
    customElements.define(`spplus-${name}`, type);
  }

  /* Clicks and keys, wherever React puts the nodes. */
  const fold = (button) => button.setAttribute("aria-expanded", "false");
  const closePanels = (except) => all("details.appearance[open]", (details) => { details.open = details.contains(except); });
  const copy = async (button, source) => {
    try {
      await navigator.clipboard.writeText(source.value ?? source.textContent);
      button.setAttribute("data-done", "");
      announce("Copié");
    } catch {
      source.select?.();
      announce("La copie n’est pas permise ici. Sélectionnez le texte, puis copiez-le.", true);
    }
  };
  doc.addEventListener("click", (event) => {
    const { target } = event;
    if (!(target instanceof Element) || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) { return; }
    closePanels(target);
    if (target.closest("[aria-disabled=true]")) { event.preventDefault(); event.stopPropagation(); return; }
    const node = target.closest("a[href*='#'], .fr-btn--tooltip, [data-toggles], [data-opens], [data-closes], [data-copies], [data-prints]");
    if (!node) { return; }
    const { toggles, opens, copies, closes, prints } = node.dataset;
    if (node.matches("[role=tab]")) { event.preventDefault(); node.focus(); node.closest("spplus-tabs").select(node); }
    else if (node.matches(".fr-btn--tooltip")) { node.focus(); } // Safari gives no focus to a button clicked
    else if (toggles) { node.setAttribute("aria-expanded", node.getAttribute("aria-expanded") !== "true"); }
    else if (opens) { openDialog(byId(opens), node); }
    else if (copies) { copy(node, byId(copies)); }
    else if (closes !== undefined) { node.closest("dialog")?.close(); }
    else if (prints !== undefined) { print(); }
    else if (place(node) === place()) {
      const goal = byId(decodeURIComponent(node.hash.slice(1)));
      if (goal) { event.preventDefault(); reach(goal, goal.matches("input, select, textarea") ? "center" : "start"); }
    }
  }, true);
  /* Explanations open by the stylesheet alone; Escape closes them until one has left. */
  for (const left of ["pointerout", "focusout"]) {
    doc.addEventListener(left, ({ target, relatedTarget }) => {
      const tip = target instanceof Element && target.closest(".tooltip");
      if (tip && !tip.contains(relatedTarget)) { tip.removeAttribute("data-closed"); }
    });
  }
  doc.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (key !== "Escape") { return; }
    all(".tooltip:is(:hover, :focus-within):not([data-closed])", (tip) => {
      tip.setAttribute("data-closed", "");
      event.preventDefault(); // the dialog around stays open
    });
    const details = target.closest("details.appearance[open]");
    const menu = target.closest(".fr-header")?.querySelector("[data-toggles][aria-expanded=true]");
    if (details) { details.open = false; details.firstElementChild.focus(); }
    else if (menu) { fold(menu); menu.focus(); }
  });

  /* First paint: what the server painted goes when the page's own content is there, before the
     screen is drawn again; a link that had the focus keeps it. */
  const stops = (box) => [...box.querySelectorAll("a[href], button, input, select, textarea, summary")];
  const own = () => doc.querySelector("body > .site main");
  let held = null;
  const hold = (target) => {
    const main = target?.closest("[data-first-paint], #first-paint") && target.closest("main");
    held = main ? { target, at: stops(main).indexOf(target) } : null;
  };
  doc.addEventListener("focusin", ({ target }) => hold(target));
  hold(doc.activeElement); // it may have come before this script
  /* What was typed or chosen in it meanwhile comes along, each control to the one of its name, its
     value (boxes) and its rank. */
  const BOX = "[type=radio], [type=checkbox]";
  const named = (part, field) => [...part.querySelectorAll(`[name="${CSS.escape(field.name)}"]`)]
    .filter((one) => !field.matches(BOX) || one.value === field.value);
  const carry = (painted, main) => {
    for (const field of painted?.querySelectorAll("input[name]:not([type=hidden], [type=file]), textarea[name], select[name]") ?? []) {
      const twin = named(main, field)[named(painted, field).indexOf(field)], kept = field.matches(BOX) ? "checked" : "value";
      if (!twin || twin[kept] === field[kept]) { continue; }
      twin[kept] = field[kept];
      if (field === held?.target && field.selectionStart !== null && twin.setSelectionRange) { twin.setSelectionRange(field.selectionStart, field.selectionEnd); }
      twin.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };
  /* Pressed in it, and let go on what took its place: that is a click all the same. */
  const pressable = (node) => node.closest?.("a[href], button, input, label, summary");
  let pressed = null;
  doc.addEventListener("mousedown", ({ target, button, ctrlKey, metaKey, shiftKey, altKey }) => {
    const plain = !(button || ctrlKey || metaKey || shiftKey || altKey);
    pressed = plain && target.closest?.("[data-first-paint], #first-paint") ? pressable(target) : null;
  }, true);
  doc.addEventListener("mouseup", ({ target }) => {
    const from = pressed, to = pressable(target);
    pressed = null;
    if (from && !from.isConnected && to?.localName === from.localName && to.textContent === from.textContent) { to.click(); }
  }, true);
  const relay = () => {
    const main = own();
    if (!main || (place() === path && main.querySelector("[data-first-paint]"))) { return; }
    carry(byId("first-paint"), main);
    byId("first-paint")?.remove();
    if (held && !held.target.isConnected && doc.activeElement === doc.body) { stops(main)[held.at]?.focus({ preventScroll: true }); }
    held = null;
  };

  /* After a navigation inside the site: title announced, focus on the heading, top of the page; or
     on the part of the page that the link names. */
  let path = place(), heading = null, words = "", since = 0, until = 0, popped = false;
  const watch = () => {
    relay();
    const h1 = doc.querySelector("h1");
    if (place() !== path) {
      path = place();
      since = Date.now();
      all("[data-painted]", (node) => node.remove()); // they tell of the page that was left
      closePanels();
      all("[data-toggles]", fold);
      setTimeout(watch, 3100);
    }
    const changed = h1?.textContent && (h1 !== heading || h1.textContent !== words);
    if (since && h1 && (changed || Date.now() - since > 3000)) {
      since = 0;
      until = Date.now() + 3000;
      const part = popped ? null : byId(location.hash.slice(1));
      if (part) { reach(part, "start"); }
      else {
        h1.focus({ preventScroll: true });
        if (!popped) { scrollTo(0, 0); }
      }
      popped = false;
      setTimeout(() => announce(doc.title), 150);
    } else if (changed && Date.now() < until && doc.activeElement === doc.body) {
      h1.focus({ preventScroll: true }); // the heading was replaced when the data came
    }
    if (!since) { heading = h1; words = h1?.textContent; }
  };
  addEventListener("popstate", () => { popped = true; });
  new MutationObserver(watch).observe(root, { childList: true, subtree: true, characterData: true });
  watch();

  window.spplus = { ...window.spplus, announce, ready };
})();
