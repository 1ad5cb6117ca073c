// A lesson's step has been turned: bring its top into view and the focus with it. The first step a
// page opens with is left alone, so that nobody's reading position is taken from them.
(() => {
  const step = document.currentScript ? document.currentScript.src : "";
  const before = window.jiejianStep;
  window.jiejianStep = step;
  if (!before || before === step) return;
  const heading = document.querySelector(".lesson-head h1");
  const main = document.querySelector('[data-testid="stMain"]');
  if (main) main.scrollTo({ top: 0 });
  if (heading) heading.focus({ preventScroll: true });
})();
