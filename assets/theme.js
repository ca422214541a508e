/* Loaded in <head> without defer: the chosen theme is known before the first paint. */
(function () {
  var choice = null;
  try { choice = localStorage.getItem("theme"); } catch (error) { /* storage refused: system */ }
  if (choice !== "light" && choice !== "dark") { choice = "system"; }
  document.documentElement.setAttribute("data-fr-theme", choice);
})();
