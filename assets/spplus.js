/* Behaviours of the design system: custom elements and delegated listeners, no dependency.
   React hydrates the page after this script may have run, and replaces nodes at each navigation:
   an element changes nothing that React wrote before `ready()`, and listeners sit on document. */
(function () {
  "use strict";
  var doc = document;
  var byId = function (id) { return doc.getElementById(id); };
  var number = new Intl.NumberFormat("fr-FR");

  /* Resolve once React has adopted the node (or after 4 s, where no React runs). */
  function ready(node) {
    var limit = Date.now() + 4000;
    return new Promise(function (resolve) {
      (function look() {
        var adopted = Object.keys(node).some(function (key) { return key.startsWith("__react"); });
        if (adopted || Date.now() > limit) { resolve(); } else { setTimeout(look, 40); }
      })();
    });
  }

  /* Say a sentence to assistive tools, through the live regions of the page. */
  var speaking = {};
  function announce(text, assertive) {
    var id = assertive ? "live-assertive" : "live-polite";
    clearTimeout(speaking[id]);
    speaking[id] = setTimeout(function () {
      var region = byId(id);
      if (!region) { return; }
      ready(region).then(function () {
        region.textContent = "";
        setTimeout(function () { region.textContent = text; }, 60);
      });
    }, 40);
  }

  function reach(target, block) {
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: block });
  }

  /* ---- counter: what remains under a long field */
  class Counter extends HTMLElement {
    connectedCallback() {
      var self = this;
      this.listen = function (event) { if (event.target.id === self.dataset.for) { self.count(true); } };
      doc.addEventListener("input", this.listen);
      doc.addEventListener("reset", this.listen);
      ready(this).then(function () { self.count(false); });
    }
    disconnectedCallback() {
      doc.removeEventListener("input", this.listen);
      doc.removeEventListener("reset", this.listen);
      clearTimeout(this.timer);
    }
    count(typed) {
      var field = byId(this.dataset.for);
      if (!field || !this.isConnected) { return; }
      var max = Number(this.dataset.max);
      var used = Array.from(field.value).length;
      var left = max - used;
      var words = function (n) { return number.format(n) + (n > 1 ? " caractères" : " caractère"); };
      var text = left < 0 ? words(-left) + " de trop" : used ? "Il vous reste " + words(left) : words(max) + " au plus";
      if (!this.out) { this.out = this.appendChild(doc.createElement("span")); }
      this.out.textContent = text;
      this.out.toggleAttribute("data-over", left < 0);
      clearTimeout(this.timer);
      if (typed && left <= Math.min(200, max / 5)) {
        this.timer = setTimeout(function () { announce(text); }, 1000);
      }
    }
  }

  /* ---- combobox: search while typing, choose in the list */
  class Combobox extends HTMLElement {
    connectedCallback() {
      if (this.wired) { return; }
      this.wired = true;
      this.found = [];
      this.active = -1;
      this.addEventListener("input", this.typed);
      this.addEventListener("keydown", this.pressed);
      this.addEventListener("click", this.clicked);
      this.addEventListener("mousedown", function (event) {
        if (event.target.closest("[role=option]")) { event.preventDefault(); }
      });
      this.addEventListener("focusout", function (event) {
        if (!this.contains(event.relatedTarget)) { this.show(false); }
      });
    }
    disconnectedCallback() { clearTimeout(this.timer); if (this.request) { this.request.abort(); } }
    get box() { return this.querySelector("[role=combobox]"); }
    get list() { return this.querySelector("[role=listbox]"); }
    get open() { return !this.list.hidden; }
    say(text, failed) {
      var status = this.querySelector("[role=status]");
      status.textContent = text;
      status.toggleAttribute("data-failed", Boolean(failed));
    }
    show(open) {
      this.list.hidden = !open;
      this.box.setAttribute("aria-expanded", String(open));
      if (!open) { this.mark(-1); }
    }
    typed(event) {
      if (event.target !== this.box) { return; }
      clearTimeout(this.timer);
      var query = this.box.value.trim();
      if (query.length < 2) {
        if (this.request) { this.request.abort(); }
        this.found = [];
        this.show(false);
        this.say("");
        return;
      }
      var self = this;
      this.timer = setTimeout(function () { self.search(query); }, 150);
    }
    async search(query) {
      if (this.request) { this.request.abort(); }
      var request = this.request = new AbortController();
      var src = this.dataset.src;
      try {
        await ready(this);
        var answer = await fetch(src + (src.includes("?") ? "&" : "?") + "q=" + encodeURIComponent(query), {
          signal: request.signal, headers: { Accept: "application/json" }
        });
        if (!answer.ok) { throw new Error(String(answer.status)); }
        var data = await answer.json();
        this.fill(data.results || [], data.more);
      } catch (error) {
        if (error.name === "AbortError" || request.signal.aborted) { return; }
        this.found = [];
        this.show(false);
        this.say("La recherche ne répond pas. Ce que vous avez écrit est gardé\u00a0: réessayez dans un instant.", true);
      }
    }
    fill(results, more) {
      var id = this.box.id;
      this.found = results;
      this.list.replaceChildren.apply(this.list, results.map(function (result, index) {
        var option = doc.createElement("li");
        option.id = id + "-option-" + index;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.append(result.label);
        if (result.detail) { option.append(" ", Object.assign(doc.createElement("span"), { textContent: result.detail })); }
        return option;
      }));
      this.list.scrollTop = 0;
      this.mark(-1);
      var n = results.length;
      this.show(n > 0 && this.contains(doc.activeElement));
      this.say(!n ? this.dataset.empty
        : more ? "Les " + n + " premiers résultats. Précisez pour en voir d’autres."
          : n > 1 ? n + " résultats. Choisissez dans la liste." : "1 résultat. Choisissez-le dans la liste.");
    }
    mark(index) {
      var options = this.list.children;
      if (options[this.active]) { options[this.active].setAttribute("aria-selected", "false"); }
      this.active = index;
      var option = options[index];
      if (!option) { this.box.removeAttribute("aria-activedescendant"); return; }
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.box.setAttribute("aria-activedescendant", option.id);
    }
    pressed(event) {
      if (event.target !== this.box || event.isComposing) { return; }
      var n = this.found.length, at = this.active, to = null;
      switch (event.key) {
        case "ArrowDown": to = at + 1 < n ? at + 1 : 0; break;
        case "ArrowUp": to = at > 0 ? at - 1 : n - 1; break;
        case "Home": if (at >= 0) { to = 0; } break;
        case "End": if (at >= 0) { to = n - 1; } break;
        case "Enter":
          event.preventDefault();
          if (this.open && at >= 0) { this.choose(at); } else if (n === 1) { this.choose(0); } else { to = 0; }
          break;
        case "Escape":
          if (this.open) { this.show(false); event.preventDefault(); } else { this.box.value = ""; this.say(""); }
          break;
      }
      if (to === null || !n) { return; }
      event.preventDefault();
      if (!this.open) { this.show(true); }
      this.mark(to);
    }
    clicked(event) {
      var option = event.target.closest("[role=option]");
      if (option) { this.choose(Array.prototype.indexOf.call(this.list.children, option)); }
      else if (event.target === this.box && this.found.length && this.box.value.trim().length > 1) { this.show(true); }
    }
    choose(index) {
      var result = this.found[index], hidden = this.querySelector("input[type=hidden]");
      if (!result) { return; }
      this.show(false);
      hidden.value = result.value;
      if (hidden.form) { hidden.form.requestSubmit(); }
      hidden.value = "";
      this.box.value = "";
      this.found = [];
      this.list.replaceChildren();
      this.say("Choisi\u00a0: " + result.label + (result.detail ? ", " + result.detail : ""));
    }
  }

  /* ---- dialog: opened and closed by the state through data-open */
  class Dialog extends HTMLElement {
    static get observedAttributes() { return ["data-open"]; }
    connectedCallback() { var self = this; ready(this).then(function () { self.follow(); }); }
    attributeChangedCallback() { this.follow(); }
    follow() {
      var dialog = this.querySelector("dialog");
      if (!dialog || !this.isConnected) { return; }
      if (this.dataset.open === "true") { openDialog(dialog); } else if (dialog.open) { dialog.close(); }
    }
  }
  var openers = new WeakMap();
  function openDialog(dialog, opener) {
    if (dialog.open) { return; }
    openers.set(dialog, opener || doc.activeElement);
    dialog.showModal();
  }
  doc.addEventListener("close", function (event) {
    var opener = openers.get(event.target);
    if (opener && opener.isConnected && opener !== doc.body) { opener.focus(); }
  }, true);

  /* ---- error summary: takes the focus when it appears, and at each failed try */
  class Errors extends HTMLElement {
    static get observedAttributes() { return ["data-attempt"]; }
    connectedCallback() { this.take(); }
    attributeChangedCallback() { if (this.isConnected) { this.take(); } }
    take() {
      var self = this;
      ready(this).then(function () { if (self.firstElementChild) { reach(self.firstElementChild, "start"); } });
    }
  }

  /* ---- theme: light, dark, or the device's */
  function stored() { return doc.documentElement.getAttribute("data-fr-theme") || "system"; }
  function applyTheme(choice) {
    doc.documentElement.setAttribute("data-fr-theme", choice);
    doc.querySelectorAll("spplus-theme input").forEach(function (radio) { radio.checked = radio.value === choice; });
  }
  class Theme extends HTMLElement {
    connectedCallback() {
      ready(this).then(function () { applyTheme(stored()); });
      if (this.wired) { return; }
      this.wired = true;
      this.addEventListener("change", function (event) {
        var choice = event.target.value;
        try { localStorage.setItem("theme", choice); } catch (error) { /* kept for this page only */ }
        applyTheme(choice);
      });
    }
  }
  addEventListener("storage", function (event) { if (event.key === "theme") { applyTheme(event.newValue || "system"); } });

  Object.entries({
    "spplus-counter": Counter, "spplus-combobox": Combobox, "spplus-dialog": Dialog,
    "spplus-errors": Errors, "spplus-theme": Theme
  }).forEach(function (pair) { if (!customElements.get(pair[0])) { customElements.define(pair[0], pair[1]); } });

  /* ---- clicks and keys, wherever React puts the nodes */
  function closeMenus() {
    doc.querySelectorAll("[data-toggles][aria-expanded=true]").forEach(function (button) { button.setAttribute("aria-expanded", "false"); });
    doc.querySelectorAll("details.appearance[open]").forEach(function (details) { details.open = false; });
  }
  doc.addEventListener("click", function (event) {
    var target = event.target instanceof Element ? event.target : event.target.parentElement;
    if (!target || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) { return; }
    doc.querySelectorAll("details.appearance[open]").forEach(function (details) {
      if (!details.contains(target)) { details.open = false; }
    });
    if (target.closest("[aria-disabled=true]")) { event.preventDefault(); event.stopPropagation(); return; }
    var node = target.closest("a[href^='#'], [data-toggles], [data-opens], [data-closes], [data-copies], [data-prints]");
    if (!node) { return; }
    if (node.matches("a")) {
      var goal = byId(decodeURIComponent(node.hash.slice(1)));
      if (goal) { event.preventDefault(); reach(goal, goal.matches("input, select, textarea") ? "center" : "start"); }
    } else if (node.dataset.toggles) {
      node.setAttribute("aria-expanded", String(node.getAttribute("aria-expanded") !== "true"));
    } else if (node.dataset.opens) {
      var dialog = byId(node.dataset.opens);
      if (dialog) { openDialog(dialog, node); }
    } else if ("closes" in node.dataset) {
      var inside = node.closest("dialog");
      if (inside) { inside.close(); }
    } else if (node.dataset.copies) {
      var source = byId(node.dataset.copies), text = source && ("value" in source ? source.value : source.textContent);
      navigator.clipboard.writeText(text || "").then(function () {
        node.setAttribute("data-done", "");
        announce("Copié");
      }, function () {
        if (source.select) { source.focus(); source.select(); }
        announce("La copie n’est pas permise ici. Sélectionnez le texte, puis copiez-le.", true);
      });
    } else { window.print(); }
  }, true);
  doc.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || !(event.target instanceof Element)) { return; }
    var details = event.target.closest("details.appearance[open]");
    if (details) { details.open = false; details.firstElementChild.focus(); return; }
    var panel = event.target.closest(".fr-header");
    var button = panel && panel.querySelector("[data-toggles][aria-expanded=true]");
    if (button) { button.setAttribute("aria-expanded", "false"); button.focus(); }
  });

  /* ---- after a navigation inside the site: title announced, focus on the heading, top of page */
  var path = location.pathname.replace(/\/$/, ""), heading = null, words = "", since = 0, until = 0, popped = false;
  function watch() {
    var here = location.pathname.replace(/\/$/, ""), h1 = doc.querySelector("h1");
    if (here !== path) { path = here; since = Date.now(); closeMenus(); setTimeout(watch, 3100); }
    var changed = h1 && h1.textContent && (h1 !== heading || h1.textContent !== words);
    if (since && h1 && (changed || Date.now() - since > 3000)) {
      since = 0;
      until = Date.now() + 3000;
      h1.focus({ preventScroll: true });
      if (!popped) { scrollTo(0, 0); }
      popped = false;
      setTimeout(function () { announce(doc.title); }, 150);
    } else if (changed && Date.now() < until && doc.activeElement === doc.body) { h1.focus({ preventScroll: true }); }
    if (!since) { heading = h1; words = h1 ? h1.textContent : ""; }
  }
  addEventListener("popstate", function () { popped = true; });
  new MutationObserver(watch).observe(doc.documentElement, { childList: true, subtree: true, characterData: true });
  watch();

  window.spplus = Object.assign(window.spplus || {}, { announce: announce, ready: ready });
})();
