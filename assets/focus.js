// Moves the reader to what just appeared: a screen reader says it, and Tab goes on from there.
// The element carries data-takes-focus with the name this script is asked for by (?at=name).
(() => {
  const name = new URL(document.currentScript.src).searchParams.get('at');
  let tries = 0;
  const find = () => {
    const found = document.querySelector(`[data-takes-focus="${CSS.escape(name)}"]`);
    if (found) {
      found.setAttribute('tabindex', '-1');
      found.focus({ preventScroll: true });
      found.scrollIntoView({ block: 'nearest' });
    } else if (tries++ < 100) {
      setTimeout(find, 30);
    }
  };
  find();
})();
