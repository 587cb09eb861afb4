// A form that was sent says that it is being worked on, and its button waits. Without it the form is sent all the same, and
// a second press finds nothing to do.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.busy) return;
  form.querySelector(".busy").textContent = form.dataset.busy;
  // Not before the browser has read the form.
  setTimeout(() => form.querySelectorAll("button").forEach((button) => { button.disabled = true; }));
});
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.querySelectorAll("form[data-busy] button").forEach((button) => { button.disabled = false; });
  document.querySelectorAll("form[data-busy] .busy").forEach((told) => { told.textContent = ""; });
});
