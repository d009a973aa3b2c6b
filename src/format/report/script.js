"use strict";
// Choosing a rule, or words that it reads, lights up all its places; Escape ends that. All else works without a script.
(function () {
  var lit = [];
  function clear() {
    lit.forEach(function (element) { element.classList.remove("lit"); });
    lit = [];
  }
  document.addEventListener("click", function (event) {
    var chosen = event.target.closest("[data-rules]");
    if (!chosen) return;
    clear();
    var wanted = chosen.getAttribute("data-rules").split(" ");
    document.querySelectorAll(".mark[data-rules], [data-rule]").forEach(function (element) {
      var own = (element.getAttribute("data-rules") || element.getAttribute("data-rule")).split(" ");
      if (own.some(function (rule) { return wanted.indexOf(rule) >= 0; })) {
        element.classList.add("lit");
        lit.push(element);
      }
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    clear();
    if (document.activeElement) document.activeElement.blur();
    document.body.classList.add("quiet");
  });
  document.addEventListener("pointermove", function () { document.body.classList.remove("quiet"); });
  document.addEventListener("focusin", function () { document.body.classList.remove("quiet"); });
})();
