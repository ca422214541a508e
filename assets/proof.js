/* A proof of work, asked for only while a rate is high: made in a worker, told in words, and sent
   with the form in its field « preuve ». Where it cannot be made, a wait stands for it. */
(function () {
  "use strict";
  var doc = document;
  var TRIES = 3;

  function node(tag, attributes, text) {
    var made = doc.createElement(tag);
    Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    made.append(text);
    return made;
  }

  function told(place) {
    var words = JSON.parse(place.dataset.words || "{}");
    return { words: words, show: function (children) {
      var shown = place.querySelector(":scope > [data-proof]");
      if (!shown && !children.length) { return; }
      if (!shown) { shown = node("div", { "data-proof": "", class: "stack--tight" }, ""); place.append(shown); }
      shown.replaceChildren.apply(shown, children);
    } };
  }

  function challenge(gesture) {
    return fetch("/api/preuve/" + encodeURIComponent(gesture), {
      headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store",
    }).then(function (answer) { return answer.ok ? answer.json() : Promise.reject(new Error("no challenge")); });
  }

  function solved(asked, progress) {
    return new Promise(function (resolve, reject) {
      var worker = new Worker(asked.worker);
      worker.onmessage = function (event) {
        if (event.data.done !== undefined) { progress(event.data.done / asked.maxnumber); return; }
        worker.terminate();
        if (event.data.number === undefined) { reject(new Error("not found")); return; }
        resolve(btoa(JSON.stringify({
          algorithm: asked.algorithm, challenge: asked.challenge, number: event.data.number,
          salt: asked.salt, signature: asked.signature,
        })));
      };
      worker.onerror = function (event) { event.preventDefault(); worker.terminate(); reject(new Error("no worker")); };
      worker.postMessage({ challenge: asked.challenge, salt: asked.salt, maxnumber: asked.maxnumber });
    });
  }

  /* A wait that still counts: pressed too early, it goes on rather than begin again. */
  function waits(value) {
    var shape = /^attente\.[a-z]+\.\d+\.(\d+)\./.exec(value);
    return shape !== null && Number(shape[1]) * 1000 > Date.now();
  }

  function later(place) {
    var told_ = told(place);
    told_.show([node("p", { class: "fr-error-text" }, told_.words.wait)]);
    window.spplus.announce(told_.words.wait, true);
    return false;
  }

  /* Put a proof in the form; true once it may be sent again, false when somebody must wait. */
  function prove(gesture, place, form) {
    var told_ = told(place);
    var bar = node("progress", { max: "1", value: "0", "aria-label": told_.words.progress }, "");
    var field = form.elements.namedItem("preuve");
    if (!field) { field = node("input", { type: "hidden", name: "preuve" }, ""); form.append(field); }
    if (waits(field.value)) { return Promise.resolve(later(place)); }
    told_.show([node("p", {}, told_.words.asked), bar]);
    window.spplus.announce(told_.words.asked);
    var ticket = "";
    return challenge(gesture).then(function (asked) {
      ticket = asked.ticket;
      return solved(asked, function (part) { bar.value = part; });
    }).then(function (proof) {
      field.value = proof;
      told_.show([node("p", {}, told_.words.done)]);
      window.spplus.announce(told_.words.done);
      return true;
    }, function () {
      field.value = ticket;
      return later(place);
    });
  }

  function forget(place, form) {
    var field = form.elements.namedItem("preuve");
    if (field) { field.value = ""; }
    told(place).show([]);
  }

  /* ---- <spplus-proof data-gesture data-attempt>: a form of events is sent again once it is made */
  class Proof extends HTMLElement {
    static get observedAttributes() { return ["data-attempt"]; }
    connectedCallback() { this.tries = 0; }
    attributeChangedCallback(_name, before, now) {
      var self = this;
      /* The attributes of one change come one after the other: all of them first. */
      if (before !== null && before !== now) { Promise.resolve().then(function () { self.ask(); }); }
    }
    ask() {
      var form = this.closest("form");
      if (!this.dataset.gesture || !form) { return; }
      this.tries = (this.tries || 0) + 1;
      if (this.tries > TRIES) { later(this); return; }
      prove(this.dataset.gesture, this, form).then(function (good) { if (good) { form.requestSubmit(); } });
    }
  }
  if (!customElements.get("spplus-proof")) { customElements.define("spplus-proof", Proof); }
  window.spplus = Object.assign(window.spplus || {}, { prove: prove, forgetProof: forget });
}());
