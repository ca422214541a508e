/* Loaded in <head> without defer: the chosen theme is known before the first paint.
   data-fr-scheme is the choice, data-fr-theme what it gives: the words of the field. */
(function () {
  var root = document.documentElement, dark = matchMedia("(prefers-color-scheme: dark)"), choice = null;
  function show() {
    var scheme = root.getAttribute("data-fr-scheme");
    root.setAttribute("data-fr-theme", scheme === "system" ? (dark.matches ? "dark" : "light") : scheme);
  }
  try { choice = localStorage.getItem("theme"); } catch (error) { /* storage refused: system */ }
  if (choice !== "light" && choice !== "dark") { choice = "system"; }
  root.setAttribute("data-fr-scheme", choice);
  show();
  dark.addEventListener("change", show);
  /* What people type while the other scripts are on their way is theirs: nothing shows over it. */
  var typed = new WeakSet();
  addEventListener("input", function (event) { typed.add(event.target); });
  /* The router brings a page to its top once its scripts are there. The one that was arrived at began
     there: who has scrolled down meanwhile, to read or to press, is left where they are. */
  var bring = window.scrollTo, arrived = location.pathname + location.search, left = false;
  function leaves() { left = true; }
  addEventListener("popstate", leaves);
  addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest("a[href]:not([href*='#'])")) { leaves(); }
  }, true);
  window.scrollTo = function (x, y) {
    if (location.pathname + location.search !== arrived) { leaves(); }
    if (left || x || y) { bring.apply(window, arguments); }
  };
  window.spplus = { showTheme: show, typed: typed };
})();
