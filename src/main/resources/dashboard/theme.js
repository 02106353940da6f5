// Runs before the first paint, so that the page does not flash in the other theme.
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const chosen = localStorage.getItem('gatecast.theme');
    document.documentElement.dataset.theme = chosen || (dark.matches ? 'dark' : 'light');
    dispatchEvent(new Event('themechange'));
  };
  window.toggleTheme = () => {
    const next = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
    localStorage.setItem('gatecast.theme', next);
    apply();
  };
  dark.addEventListener('change', apply);
  apply();
})();
