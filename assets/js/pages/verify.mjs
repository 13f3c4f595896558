/** The check of a file without leaving the page: a drop zone, and the report in place. Without script the form does the same. */

const form = document.getElementById('check-form');
const answer = document.getElementById('check-answer');
const input = form?.querySelector('input[type=file]');

if (form && answer && input) enrich();

function enrich() {
  form.querySelector('.check-drop').hidden = false;
  form.classList.add('is-droppable');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    check();
  });
  for (const name of ['dragenter', 'dragover']) {
    form.addEventListener(name, (event) => {
      event.preventDefault();
      form.classList.add('is-over');
    });
  }
  for (const name of ['dragleave', 'drop']) form.addEventListener(name, () => form.classList.remove('is-over'));
  form.addEventListener('drop', (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    check();
  });
}

/** Sends the file, writes the server's report (already escaped there). A failure of the network leaves the plain form. */
async function check() {
  form.setAttribute('aria-busy', 'true');
  try {
    const sent = await fetch(form.action, { method: 'POST', body: new FormData(form), headers: { Accept: 'application/json' } });
    answer.innerHTML = (await sent.json()).html;
  } catch (error) {
    console.warn(error);
    form.submit();
  } finally {
    form.removeAttribute('aria-busy');
  }
}
