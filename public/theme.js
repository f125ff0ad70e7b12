// Runs before the first paint: a page that was dark yesterday must not flash white today.
// A file of its own, because the Content-Security-Policy allows no inline script.
try {
  const theme = localStorage.getItem('netsplit.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is refused (private windows, sandboxes): the system's theme is used.
}
