/* What is typed never gets lost: drafts kept while one writes, forms sent over HTTP, private texts
   brought by HTTP and shown as text. Custom elements: they live and die with what React mounts. */
(function () {
  "use strict";
  var doc = document;
  var PREFIX = "spplus-draft:";
  var KEPT = 7 * 24 * 3600 * 1000;
  var SHARED = "spplus-shared";
  var PAUSE = 600;
  var say = function (text, now) { window.spplus.announce(text, now); };
  var ready = function (node) { return window.spplus.ready(node); };

  function uuid() {
    if (crypto.randomUUID) { return crypto.randomUUID(); }
    var bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    var hex = Array.from(bytes, function (b) { return (b + 256).toString(16).slice(1); }).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  function build(tag, attributes, children) {
    var node = doc.createElement(tag);
    Object.keys(attributes || {}).forEach(function (key) { node.setAttribute(key, attributes[key]); });
    [].concat(children === undefined ? [] : children).forEach(function (child) { node.append(child); });
    return node;
  }

  /* « {id} » in an address is the number in the last part of the page's own: /suivi/12-titre. */
  function named(text) {
    var id = (location.pathname.replace(/\/$/, "").split("/").pop().match(/^\d+/) || [""])[0];
    return (text || "").replace("{id}", id);
  }
  function address(node) { return named(node.dataset.load); }

  function getJson(url) {
    return fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store" })
      .then(function (answer) { return answer.ok ? answer.json() : null; });
  }

  /* ---- the local copy: 7 days at most, never on a shared computer */
  var local = {
    shared: function () { try { return sessionStorage.getItem(SHARED) === "1"; } catch (e) { return true; } },
    read: function (key) {
      try {
        var kept = JSON.parse(localStorage.getItem(PREFIX + key) || "null");
        return kept && Date.now() - kept.t < KEPT ? kept : null;
      } catch (e) { return null; }
    },
    write: function (key, value) {
      if (local.shared()) { return; }
      try { localStorage.setItem(PREFIX + key, JSON.stringify(value)); } catch (e) { /* full or refused */ }
    },
    drop: function (key) { try { localStorage.removeItem(PREFIX + key); } catch (e) { /* refused */ } },
    sweep: function (all) {
      try {
        Object.keys(localStorage).filter(function (name) { return name.startsWith(PREFIX); })
          .forEach(function (name) { if (all || !local.read(name.slice(PREFIX.length))) { localStorage.removeItem(name); } });
      } catch (e) { /* refused */ }
    },
  };
  local.sweep(false);

  /* ---- <spplus-draft data-load data-local data-autosave data-goes>: fills the forms inside, keeps
     them. With data-goes, a form that leaves the page once sent takes its local copy with it. */
  class Draft extends HTMLElement {
    connectedCallback() {
      var self = this;
      this.touched = new Set();
      this.fields = {};
      this.onInput = function (event) { self.changed(event); };
      this.onClick = function (event) { self.clicked(event); };
      this.addEventListener("input", this.onInput);
      this.addEventListener("change", this.onInput);
      this.addEventListener("click", this.onClick);
      this.onSubmit = function () {
        self.identify();
        /* What is being sent needs no other sending a moment later. */
        if (self.timer) { self.keep(); }
        self.submitted = location.pathname;
        if (navigator.onLine === false) { self.cut(); }
      };
      this.addEventListener("submit", this.onSubmit, true);
      this.watch = new MutationObserver(function () { self.fill(); });
      this.leave = function () { if (self.timer) { self.flush(); } };
      window.addEventListener("pagehide", this.leave);
      ready(this).then(function () { self.load(); });
    }
    disconnectedCallback() {
      this.watch.disconnect();
      window.removeEventListener("pagehide", this.leave);
      /* Still at the same address: it was not left, it was accepted. */
      if (this.dataset.goes && this.submitted === location.pathname) { local.drop(this.key); }
      else if (this.timer) { this.flush(); }
    }
    get key() { return this.name || (this.name = named(this.dataset.local)); }
    /* What was found again is not left folded away. */
    unfold(found) {
      this.querySelectorAll("details:not([open]) [name]").forEach(function (field) {
        if (found[field.name]) { field.closest("details").open = true; }
      });
    }
    cut() {
      var text = "La connexion est coupée. Votre texte reste ici, et partira dès qu’elle reviendra.";
      this.told(text);
      say(text, true);
    }
    load() {
      var self = this;
      var kept = this.key ? local.read(this.key) : null;
      var query = kept && kept.uuid ? "?uuid=" + encodeURIComponent(kept.uuid) : "";
      var url = address(this);
      (url ? getJson(url + query) : Promise.resolve(null)).catch(function () { return null; }).then(function (server) {
        if (server && server.sent && self.key) { local.drop(self.key); kept = null; }
        var base = (server && server.fields) || {};
        /* The local copy is newer than the step that was saved; the server's wins where equal. */
        var newer = kept && (!server || !server.uuid || kept.uuid === server.uuid) ? kept.fields : {};
        self.fields = Object.assign({}, base, newer);
        self.uuid = (server && server.uuid) || (kept && kept.uuid) || uuid();
        self.fill();
        self.unfold(newer);
        self.watch.observe(self, { childList: true, subtree: true });
        self.dataset.ready = "true";
        self.showShared();
        if (Object.keys(newer).length) { say("Votre brouillon a été retrouvé."); }
      });
    }
    identify() {
      var value = this.uuid || (this.uuid = uuid());
      this.querySelectorAll("input[name=uuid]").forEach(function (input) { input.value = value; });
    }
    fill() {
      var self = this;
      this.identify();
      this.querySelectorAll("input[name], textarea[name], select[name]").forEach(function (field) {
        var name = field.name;
        if (!(name in self.fields) || self.touched.has(name) || field.dataset.filled || field.type === "hidden") { return; }
        field.dataset.filled = "1";
        var value = String(self.fields[name]);
        if (field.type === "checkbox" || field.type === "radio") { field.checked = field.value === value; }
        else if (field.value !== value) { field.value = value; }
        field.dispatchEvent(new CustomEvent("spplus-filled", { bubbles: true }));
        if (field.tagName === "TEXTAREA") { field.dispatchEvent(new Event("input", { bubbles: true })); }
      });
    }
    changed(event) {
      var field = event.target;
      if (!event.isTrusted || !field.name || field.type === "hidden" || field.type === "password") { return; }
      if ("draftShared" in field.dataset) { this.share(field.checked); return; }
      if ("draftSkip" in field.dataset) { return; }
      var value = (field.type === "checkbox" && !field.checked) ? "" : field.value;
      /* Leaving a field says « change » again, for what « input » has said already. */
      if (event.type === "change" && this.touched.has(field.name) && this.fields[field.name] === value) { return; }
      this.touched.add(field.name);
      this.submitted = "";
      this.fields[field.name] = value;
      clearTimeout(this.timer);
      var self = this;
      this.timer = setTimeout(function () { self.flush(); }, PAUSE);
    }
    keep() {
      clearTimeout(this.timer);
      this.timer = 0;
      if (!this.key) { return; }
      local.write(this.key, { t: Date.now(), uuid: this.uuid, fields: this.fields });
      this.told(local.shared() ? "" : "Brouillon gardé sur cet appareil.");
    }
    flush() {
      this.keep();
      if (this.dataset.autosave && this.isConnected) { this.autosave(); }
    }
    autosave() {
      var form = this.querySelector("form[data-saves]");
      var intent = form && form.querySelector("input[name=intent]");
      if (!intent) { return; }
      intent.value = "save";
      try { form.requestSubmit(); } finally { intent.value = "send"; }
    }
    told(text) {
      var place = this.querySelector("[data-draft-state]");
      if (place && text) { place.textContent = text; }
    }
    share(on) {
      try { sessionStorage.setItem(SHARED, on ? "1" : "0"); } catch (e) { /* refused */ }
      if (on) { local.sweep(true); this.told("Rien n’est gardé sur cet appareil."); say("Rien ne sera gardé sur cet ordinateur."); }
      else { this.flush(); }
    }
    showShared() {
      var box = this.querySelector("[data-draft-shared]");
      if (!box || !local.shared()) { return; }
      box.checked = true;
      this.told("Rien n’est gardé sur cet appareil.");
    }
    clicked(event) {
      var node = event.target;
      if (!(node instanceof Element) || !node.closest("[data-draft-erase]")) { return; }
      clearTimeout(this.timer);
      this.timer = 0;
      if (this.key) { local.drop(this.key); }
      this.fields = {};
      this.touched.clear();
      this.uuid = uuid();
      this.querySelectorAll("form").forEach(function (form) { form.reset(); });
      this.identify();
      say("Votre brouillon est effacé.");
    }
  }

  /* What the page shows once it is done takes the focus that goes away with the form. */
  function reached(id, from) {
    var seen = new MutationObserver(look);
    function look() {
      var node = doc.getElementById(id);
      if (!node) { return; }
      seen.disconnect();
      if (doc.activeElement === doc.body || from.contains(doc.activeElement)) { node.focus(); }
    }
    seen.observe(doc.body, { childList: true, subtree: true });
    setTimeout(function () { seen.disconnect(); }, 10000);
  }

  /* ---- <spplus-form>: a form sent over HTTP without leaving the page */
  class HttpForm extends HTMLElement {
    connectedCallback() {
      var self = this;
      this.onSubmit = function (event) { event.preventDefault(); self.send(event.target, event.submitter); };
      this.addEventListener("submit", this.onSubmit);
    }
    disconnectedCallback() { this.removeEventListener("submit", this.onSubmit); }
    send(form, submitter, again, proved) {
      var self = this;
      if (this.busy && !again && !proved) { return; }
      this.busy = true;
      var button = submitter || form.querySelector("[type=submit]");
      if (button) { button.setAttribute("aria-busy", "true"); }
      this.clear(form);
      return fetch(form.action, {
        method: "POST", credentials: "same-origin", headers: { Accept: "application/json" },
        body: new URLSearchParams(new FormData(form, submitter || null)),
      }).then(function (answer) {
        return answer.json().catch(function () { return {}; }).then(function (data) {
          /* The cookie comes with the refusal: the page is then asked for again, to be live with it. */
          if (!answer.ok && !again && answer.headers.get("x-again")) { return self.send(form, submitter, true); }
          /* The rate is high: a proof is made, then the same is sent once more. */
          if (data.proof && !proved) {
            return window.spplus.prove(data.proof, self, form).then(function (good) {
              return good ? self.send(form, submitter, again, true) : undefined;
            });
          }
          window.spplus.forgetProof(self, form);
          if (answer.ok) { self.done(form, data, again); } else { self.wrong(form, data); }
        });
      }).catch(function () {
        self.wrong(form, { message: "La connexion est coupée. Votre saisie reste ici\u00a0: réessayez dans un instant." });
      }).finally(function () {
        self.busy = false;
        if (button) { button.removeAttribute("aria-busy"); }
      });
    }
    done(form, data, again) {
      if (this.dataset.stay !== undefined && !again) {
        form.reset();
        var dialog = this.closest("dialog");
        if (dialog && dialog.open) { dialog.close(); }
        if (this.dataset.then) { reached(this.dataset.then, this); }
        say(this.dataset.stay || "Vous êtes reconnecté. Votre texte est toujours là.");
        return;
      }
      if (this.dataset.said) {
        form.hidden = true;
        this.tell("success", this.dataset.said).focus();
        return;
      }
      /* Only paths of this site: anything else goes home. */
      var next = String(data.next || "/");
      window.location.assign(/^\/(?![\/\\])/.test(next) ? next : "/");
    }
    /* Show a message in the look of the page: a copy of the one it carries, hidden, for that. */
    tell(kind, text) {
      var told = this.querySelector("[data-alerts] > .fr-alert--" + kind).cloneNode(true);
      told.tabIndex = -1;
      told.dataset.httpError = "";
      told.querySelector(".fr-alert__title").append(text);
      this.prepend(told);
      return told;
    }
    clear(form) {
      this.querySelectorAll("[data-http-error]").forEach(function (node) { node.remove(); });
      form.querySelectorAll("[aria-invalid=true]").forEach(function (field) { field.setAttribute("aria-invalid", "false"); });
    }
    wrong(form, data) {
      var errors = data.errors || {};
      var stamp = form.elements.namedItem("cachet");
      if (stamp && data.stamp) { stamp.value = data.stamp; }
      var first = null;
      Object.keys(errors).forEach(function (name) {
        var field = form.elements.namedItem(name);
        /* Radios of one name come as a list: the first bears the identifier, their group is wrong. */
        if (field instanceof RadioNodeList) { field = field[0]; }
        var place = field && doc.getElementById(field.id + "-messages");
        if (!place) { return; }
        ((field.type === "radio" && field.closest("[role=radiogroup]")) || field).setAttribute("aria-invalid", "true");
        place.append(build("p", { class: "fr-error-text", "data-http-error": "" }, errors[name]));
        first = first || field;
      });
      (first || this.tell("error", data.message || "L’envoi n’a pas abouti. Réessayez dans un instant.")).focus();
    }
  }

  /* ---- pieces shown from JSON, as text only */
  class Shown extends HTMLElement {
    connectedCallback() {
      var self = this;
      ready(this).then(function () { return getJson(address(self)); }).catch(function () { return null; })
        .then(function (data) {
          if (!self.isConnected) { return; }
          if (data) { self.replaceChildren.apply(self, self.show(data)); self.dataset.ready = "true"; }
          else { self.replaceChildren(build("p", { class: "fr-hint-text" }, self.dataset.absent || "")); }
        });
    }
  }

  /* ---- <spplus-help>: whom to call now, told by the preview or the receipt; nothing most often */
  function helped(numbers) {
    var place = doc.querySelector("spplus-help");
    if (!place) { return; }
    if (!numbers.length || place.firstChild) { return; }
    var words = JSON.parse(place.dataset.words);
    place.replaceChildren(build("section", { class: "panel stack help", "aria-labelledby": "aide" }, [
      build("h2", { id: "aide" }, words.title),
      build("p", {}, words.opening),
      build("ul", { class: "plain-list stack" }, numbers.map(function (one) {
        return build("li", { class: "stack--tight" }, [
          build("p", {}, build("strong", {}, one.name)),
          build("p", {}, one.numbers.flatMap(function (number, rank) {
            return [rank ? " " + words.or + " " : words.call + " ", build("a", { class: "help__number", href: "tel:" + number }, number)];
          })),
          build("p", { class: "soft" }, one.sentence),
        ]);
      })),
      build("p", {}, words.closing),
    ]));
    say(words.title);
  }

  window.spplus.helped = helped; // for what is written beside a document too

  /* ---- <spplus-preview>: what everyone will see, in the markup of the public page */
  var KINDS = { Positif: "positif", Neutre: "neutre", "Négatif": "negatif" };
  function felt(value) {
    var face = KINDS[value] && doc.querySelector("[data-faces] > .fr-badge--" + KINDS[value]);
    return face ? face.cloneNode(true) : build("span", { class: "fr-badge" }, value);
  }
  function pairs(rows, list, row) {
    if (!rows.length) { return ""; }
    return build("ul", { class: list }, rows.map(function (pair) {
      return build("li", { class: row }, [build("span", {}, pair.name), felt(pair.ressenti)]);
    }));
  }
  function signed(name, place) {
    if (name) { return place ? name + ", " + place : name; }
    return place ? "Une personne, " + place : "Une personne qui n’a pas signé";
  }
  /* A text with its masks shown as such: « [nom] » stands out, and is read as it is written. */
  function masked(text, masks) {
    var parts = [text];
    masks.forEach(function (word) {
      parts = parts.flatMap(function (part) {
        return typeof part !== "string" ? [part] : part.split(word).flatMap(function (piece, place) {
          return place ? [build("mark", { class: "mask" }, word), piece] : [piece];
        });
      });
    });
    return parts;
  }
  /* A piece that was found, what becomes of it, and what one may say of it. */
  function found(words, one, control) {
    return build("li", { class: "panel stack--tight" }, [
      build("p", {}, [build("strong", {}, one.text)].concat(one.kept ? [] : [" " + words.becomes + " ", build("mark", { class: "mask" }, one.word)])),
      build("p", { class: "fr-hint-text" }, one.kept ? words.kept : one.reason),
      control,
    ]);
  }
  function choice(type, label, gesture, about) {
    return build("button", { type: type, name: "geste", value: gesture, class: "fr-btn fr-btn--secondary fr-btn--sm" }, [label].concat(about ? build("span", { class: "fr-sr-only" }, "\u00a0: " + about) : []));
  }

  /* ---- <spplus-check data-load data-words>: the form inside leaves once its writer has seen what
     is masked in it. Cut off, it leaves: the server refuses what nobody was shown. */
  class Check extends HTMLElement {
    connectedCallback() {
      var self = this;
      if (this.listens) { return; }
      this.listens = true;
      this.words = JSON.parse(this.dataset.words);
      this.kept = [];
      this.addEventListener("submit", function (event) { self.submitted(event); }, true);
    }
    submitted(event) {
      var form = event.target;
      var intent = form.elements.namedItem("intent");
      if (this.passing || (intent && intent.value === "save")) { return; }
      event.preventDefault();
      event.stopPropagation();
      this.look(form, true);
    }
    look(form, leaves) {
      var self = this;
      if (this.busy) { return; }
      this.busy = true;
      form.elements.kept.value = this.kept.join("\n");
      fetch(address(this), {
        method: "POST", credentials: "same-origin", headers: { Accept: "application/json" },
        body: new URLSearchParams(new FormData(form)),
      }).then(function (answer) { return answer.ok ? answer.json() : null; }).catch(function () { return null; })
        .then(function (data) {
          self.busy = false;
          if (data && data.found.length && !(leaves && data.seal === form.elements.seen.value)) { self.show(form, data); }
          else if (leaves) { self.pass(form); }
          else { say("La connexion est coupée. Votre choix n’est pas encore noté\u00a0: réessayez dans un instant.", true); }
        });
    }
    pass(form) {
      this.passing = true;
      try { form.requestSubmit(); } finally { this.passing = false; }
      this.kept = [];
      form.elements.kept.value = form.elements.seen.value = "";
      form.querySelector("[data-check]").replaceChildren();
    }
    show(form, data) {
      var self = this;
      var words = this.words;
      var draft = this.closest("spplus-draft");
      /* It has not left: its copy in the browser stays. */
      if (draft) { draft.submitted = ""; }
      form.elements.seen.value = data.seal;
      var pieces = data.found.map(function (one) {
        var button = choice("button", one.kept ? words.mask : words.keep, "", one.text);
        button.addEventListener("click", function () {
          var piece = one.text.replace(/\s+/g, " ");
          self.kept = self.kept.filter(function (other) { return other !== piece; }).concat(one.kept ? [] : piece);
          self.look(form, false);
          say(words.done);
        });
        return found(words, one, button);
      });
      var back = choice("button", words.back, "");
      back.addEventListener("click", function () { form.querySelector("textarea").focus(); });
      form.querySelector("[data-check]").replaceChildren(build("section", { class: "masking stack" }, [
        build("h3", { tabindex: "-1" }, words.title),
        build("p", {}, words.about),
        build("div", { class: "panel prose stack preview" }, data.paragraphs.map(function (part) { return build("p", {}, masked(part, data.masks)); })),
        build("ul", { class: "plain-list stack" }, pieces),
        back,
      ]));
      form.querySelector(".masking h3").focus();
    }
  }
  class Preview extends Shown {
    connectedCallback() {
      super.connectedCallback();
      var self = this;
      this.words = JSON.parse(this.dataset.words || "{}");
      if (this.listens) { return; }
      this.listens = true;
      this.addEventListener("submit", function (event) { event.preventDefault(); self.say(event.target, event.submitter); });
    }
    say(form, button) {
      var self = this;
      if (this.busy) { return; }
      this.busy = true;
      fetch(form.action, {
        method: "POST", credentials: "same-origin", headers: { Accept: "application/json" },
        body: new URLSearchParams(new FormData(form, button)),
      }).then(function (answer) {
        return answer.json().then(function (data) {
          if (!answer.ok) { self.refused((data.errors || {}).piece || data.message); return; }
          return getJson(address(self)).then(function (fresh) {
            if (!fresh) { throw new Error(); }
            self.replaceChildren.apply(self, self.show(fresh));
            self.querySelector(".masking h3").focus();
            say(self.words.done);
          });
        });
      }).catch(function () {
        self.refused("La connexion est coupée. Votre choix n’est pas encore noté\u00a0: réessayez dans un instant.");
      }).finally(function () { self.busy = false; });
    }
    refused(text) {
      var field = this.querySelector("#mot");
      this.querySelector("#mot-messages").replaceChildren(build("p", { class: "fr-error-text" }, text));
      field.setAttribute("aria-invalid", "true");
      field.focus();
      say(text, true);
    }
    form(uuid, fields, children) {
      return build("form", { method: "post", action: "/api/brouillon/masques", class: "stack--tight" }, [
        build("input", { type: "hidden", name: "uuid", value: uuid }),
      ].concat(Object.keys(fields).map(function (name) {
        return build("input", { type: "hidden", name: name, value: fields[name] });
      }), children));
    }
    piece(one, uuid) {
      var words = this.words;
      var act = one.chosen ? [words.drop, "enlever"] : one.kept ? [words.mask, "masquer"] : [words.keep, "garder"];
      return found(words, one, this.form(uuid, { mot: one.text }, [choice("submit", act[0], act[1], one.text)]));
    }
    masking(data) {
      var words = this.words;
      var self = this;
      var some = data.found.length > 0;
      return build("section", { class: "masking stack" }, [
        build("h3", { tabindex: "-1" }, some ? words.title : words.nothing),
        build("p", {}, some ? words.about : words.nothing_about),
        some ? build("ul", { class: "plain-list stack" }, data.found.map(function (one) { return self.piece(one, data.uuid); })) : "",
        this.form(data.uuid, {}, [
          build("div", { class: "fr-input-group" }, [
            build("label", { class: "fr-label", for: "mot" }, [words.more, build("span", { class: "fr-hint-text" }, words.more_hint)]),
            build("input", { class: "fr-input", id: "mot", name: "mot", type: "text", maxlength: "300", autocomplete: "off", "aria-describedby": "mot-messages" }),
            build("div", { id: "mot-messages", "aria-live": "polite" }),
          ]),
          choice("submit", words.add, "ajouter"),
        ]),
      ]);
    }
    show(data) {
      helped(data.help);
      var services = data.services.map(function (service) {
        return build("li", { class: "service stack--tight" }, [
          build("p", {}, build("strong", {}, service.name)),
          service.place ? build("p", { class: "soft" }, service.place) : "",
          pairs(service.channels, "plain-list stack--tight", "cluster"),
        ]);
      });
      return [build("article", { class: "panel stack preview" }, [
        build("div", { class: "meta" }, [felt(data.ressenti), build("span", {}, data.posted_as)]),
        build("h3", { class: "preview__title" }, masked(data.title, data.masks)),
        build("div", { class: "prose measure stack" }, data.paragraphs.map(function (part) { return build("p", {}, masked(part, data.masks)); })),
        build("p", { class: "soft" }, signed(data.signature, data.place)),
        pairs(data.tags, "pairs", "pair"),
        build("h4", {}, "Services concernés"),
        services.length ? build("ul", { class: "plain-list stack" }, services)
          : build("p", {}, "L’auteur n’a pas trouvé son service dans la liste."),
      ]), this.masking(data)];
    }
  }

  /* ---- <spplus-original data-load>: the words before they were masked, once asked for */
  class Original extends HTMLElement {
    connectedCallback() {
      var self = this;
      if (this.listens) { return; }
      this.listens = true;
      this.addEventListener("click", function (event) { if (event.target.closest("button")) { self.ask(); } });
    }
    ask() {
      var self = this;
      fetch(address(this), { method: "POST", credentials: "same-origin", headers: { Accept: "application/json" }, body: new URLSearchParams() })
        .then(function (answer) { return answer.json(); })
        .then(function (data) {
          if (!data.originals) { throw new Error(data.message); }
          self.replaceChildren.apply(self, data.originals.map(function (one) {
            return build("div", { class: "stack--tight", tabindex: "-1" }, [
              build("p", { class: "fr-hint-text" }, one.date),
              build("p", {}, build("strong", {}, one.title)),
              build("div", { class: "prose stack" }, one.paragraphs.map(function (part) { return build("p", {}, part); })),
              one.pseudonym ? build("p", { class: "soft" }, one.pseudonym) : "",
            ]);
          }));
          self.firstElementChild.focus();
        }).catch(function (error) { say(error.message || "La connexion est coupée. Réessayez dans un instant.", true); });
    }
  }

  /* ---- <spplus-receipt>: the private link, shown once; the local copy goes */
  class Receipt extends Shown {
    show(data) {
      local.drop(this.dataset.drops || "experience");
      helped(data.help);
      var label = this.dataset.label || "Votre lien de suivi";
      var field = build("input", { class: "fr-input", id: "lien-de-suivi", readonly: "", value: data.link, "aria-describedby": "lien-aide" });
      field.addEventListener("focus", function () { field.select(); });
      return [build("div", { class: "stack" }, [
        build("div", { class: "fr-input-group" }, [build("label", { class: "fr-label", for: "lien-de-suivi" }, label), field]),
        build("div", { class: "fr-btns-group" }, [
          build("button", { type: "button", class: "fr-btn", "data-copies": "lien-de-suivi" }, "Copier le lien"),
          build("button", { type: "button", class: "fr-btn fr-btn--secondary", "data-prints": "" }, "Imprimer cette page"),
          build("a", { class: "fr-btn fr-btn--tertiary", href: data.path }, this.dataset.opens || "Ouvrir mon suivi"),
        ]),
        build("figure", { class: "receipt__code" }, [
          build("img", { src: data.qr, alt: "Code QR de " + label.charAt(0).toLowerCase() + label.slice(1), width: "168", height: "168" }),
          build("figcaption", { class: "fr-hint-text" }, "Ou photographiez ce code avec votre téléphone."),
        ]),
        build("p", {}, data.by_mail ? this.dataset.mailed : this.dataset.notMailed),
      ])];
    }
  }

  [["spplus-draft", Draft], ["spplus-form", HttpForm], ["spplus-preview", Preview], ["spplus-receipt", Receipt], ["spplus-original", Original], ["spplus-check", Check]]
    .forEach(function (pair) { if (!customElements.get(pair[0])) { customElements.define(pair[0], pair[1]); } });
})();
