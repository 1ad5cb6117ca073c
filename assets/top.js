// Another message on the same page: begin at its top, as on a page of its own.
document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
