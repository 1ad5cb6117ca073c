// The print button, for browsers that run scripts; without one a line of text says how.
const button = document.getElementById("print");
button.hidden = false;
document.getElementById("by-hand").hidden = true;
button.addEventListener("click", () => window.print());
