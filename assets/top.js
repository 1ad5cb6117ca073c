// Another message on the same page: begin at its top and at its heading, as on a page of its own.
// The first one a visit shows leaves the focus where the browser put it.
{
  const heading = document.querySelector('[data-testid="stMain"] h1');
  if (window.jiejianShown && heading) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
  window.jiejianShown = true;
  document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
}
