// The button that opens the browser's own print dialog; without scripts it stays hidden.
const button = document.getElementById("print");
if (button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
