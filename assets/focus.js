// Moves the reader to what just appeared: a screen reader says it, and Tab goes on from there.
(() => {
  let tries = 0;
  const find = () => {
    const found = [...document.querySelectorAll('[data-takes-focus]')].pop();
    if (found) {
      found.setAttribute('tabindex', '-1');
      found.focus({ preventScroll: true });
      found.scrollIntoView({ block: 'nearest' });
    } else if (tries++ < 40) {
      setTimeout(find, 25);
    }
  };
  setTimeout(find, 50);
})();
