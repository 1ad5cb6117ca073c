// On a phone the menu lies over the page and Streamlit leaves it open: close it once a page is chosen.
if (!window.jiejianMenu) {
  window.jiejianMenu = true;
  document.addEventListener("click", (event) => {
    const link = event.target.closest('[data-testid="stSidebarNavLink"]');
    const close = document.querySelector('[data-testid="stSidebarCollapseButton"] button');
    if (link && close && window.innerWidth < 768) setTimeout(() => close.click(), 0);
  });
}
