// Alt+↑ and Alt+↓ follow the links to the case before and behind, Escape goes back to the list. Without it they are plain links.
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const typing = /^(input|textarea|select)$/i.test(event.target.tagName);
  if (typing || event.altKey !== (event.code !== "Escape")) return;
  const link = document.querySelector(`a[data-key="${event.code}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});
