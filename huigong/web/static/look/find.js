// Ctrl+K (⌘K) puts the cursor where one searches, on every page; without this the box and its page work all the same.
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k" || event.isComposing) return;
  const box = document.getElementById("asked") || document.getElementById("find-anything");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});
