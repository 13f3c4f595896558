/** « Add this view »: shows the button of the header, and loads what it does when it is first pressed. */
document.documentElement.dataset.addView = 'true';

document.addEventListener('click', async ({ target }) => {
  const button = target.closest?.('.add-view');
  if (!button) return;
  // Written so that nothing preloads it: most visits never add a view.
  const { openAddView } = await import(new URL('./presentation/add.mjs', import.meta.url));
  openAddView(button);
});
