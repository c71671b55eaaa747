// Before the first paint: the theme that was chosen, else the system's. A file of its own, because the page's content
// security policy allows no inline script.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem('replyloop.theme');
  } catch {
    // Storage may be forbidden; the system's choice holds.
  }
  const isDark = chosen === 'dark' ||
    (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.classList.toggle('dark', isDark);
})();
