/* Finds the number of a challenge of ALTCHA, away from the page: SHA-256, by trying. Our own
   SHA-256, because the browser's is not offered over plain http, and is slow on short texts. */
(function () {
  "use strict";
  var K = new Uint32Array(64);
  var START = new Uint32Array(8);
  /* The constants of SHA-256: the fractional parts of roots of the first primes. */
  (function () {
    var found = 0;
    for (var n = 2; found < 64; n += 1) {
      var prime = true;
      for (var d = 2; d * d <= n; d += 1) { if (n % d === 0) { prime = false; break; } }
      if (!prime) { continue; }
      if (found < 8) { START[found] = (Math.sqrt(n) % 1) * 4294967296; }
      K[found] = (Math.cbrt(n) % 1) * 4294967296;
      found += 1;
    }
  }());
  var w = new Uint32Array(64);

  function compress(state, bytes, from) {
    var i, s0, s1, t1, t2;
    for (i = 0; i < 16; i += 1) {
      var at = from + 4 * i;
      w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    }
    for (i = 16; i < 64; i += 1) {
      var x = w[i - 15], y = w[i - 2];
      s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
    }
    var a = state[0], b = state[1], c = state[2], d = state[3];
    var e = state[4], f = state[5], g = state[6], h = state[7];
    for (i = 0; i < 64; i += 1) {
      s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
      s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    state[0] += a; state[1] += b; state[2] += c; state[3] += d;
    state[4] += e; state[5] += f; state[6] += g; state[7] += h;
  }

  function codes(text) {
    return Array.from(text, function (char) { return char.charCodeAt(0); });
  }

  self.onmessage = function (event) {
    var told = event.data;
    var salt = codes(told.salt);
    var wanted = new Uint32Array(told.challenge.match(/.{8}/g).map(function (word) { return parseInt(word, 16); }));
    /* What comes before the last block is the same for every number. */
    var whole = salt.length - salt.length % 64;
    var middle = new Uint32Array(START);
    for (var at = 0; at < whole; at += 64) { compress(middle, salt, at); }
    var rest = salt.slice(whole);
    var state = new Uint32Array(8);
    for (var number = 0; number <= told.maxnumber; number += 1) {
      var tail = rest.concat(codes(String(number)));
      var length = whole + tail.length;
      tail.push(128);
      while (tail.length % 64 !== 56) { tail.push(0); }
      tail.push(0, 0, 0, 0, 0, 0, (length * 8) >>> 8 & 255, (length * 8) & 255);
      state.set(middle);
      for (at = 0; at < tail.length; at += 64) { compress(state, tail, at); }
      if (state.every(function (word, place) { return word === wanted[place]; })) {
        self.postMessage({ number: number });
        return;
      }
      if (number % 2000 === 0) { self.postMessage({ done: number }); }
    }
    self.postMessage({ failed: true });
  };
}());
