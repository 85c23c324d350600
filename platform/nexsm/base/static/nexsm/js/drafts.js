// Forms about drafts keep themselves. Enhancement only: everything works without this file.
const PAUSE = 1500;
const PAUSE_AFTER_FAILURE = 30000;
// With these, too, a sentence comes: signed out, changed on another page.
const TOLD = [401, 409];

// What was typed is saved a moment after the last key, one request at a time.
function keep(form) {
  const status = form.querySelector("[data-saved]");
  const told = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  let timer = 0;
  let running = null;
  let last = told().toString();
  let failed = false;
  let sent = false;

  const request = (body, options) =>
    fetch(form.action, {
      method: "POST",
      body,
      headers: { "X-NexSM-Autosave": "1" },
      redirect: "error", // to the login: the form itself keeps the text then
      ...options,
    });

  async function save({ leaving = false } = {}) {
    timer = 0;
    if (running) return;
    const body = told();
    if (body.toString() === last) return;
    const mine = new AbortController();
    running = mine;
    failed = false;
    try {
      const answer = await request(body, { signal: mine.signal, keepalive: leaving });
      if (!answer.ok && !TOLD.includes(answer.status)) throw new Error(answer.status);
      status.textContent = (await answer.json()).text;
      last = body.toString();
    } catch (error) {
      // The form was sent meanwhile: nothing failed.
      failed = error.name !== "AbortError";
      if (failed) status.textContent = status.dataset.unsaved;
    } finally {
      if (running === mine) running = null;
    }
    if (told().toString() !== last && !timer) timer = setTimeout(save, failed ? PAUSE_AFTER_FAILURE : PAUSE);
  }

  // Who follows a link, changes the language or closes the page does not wait for the pause.
  function saveOnLeaving() {
    if (sent || !timer) return; // nothing is typed that is not under way
    clearTimeout(timer);
    running?.abort();
    running = null;
    save({ leaving: true });
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", () => {
    sent = true;
    clearTimeout(timer);
    running?.abort();
  });
  window.addEventListener("pageshow", () => {
    sent = false;
  });
  window.addEventListener("beforeunload", saveOnLeaving);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") saveOnLeaving();
  });
}

// A second press while the first is under way does nothing; the text of `waits` says what happens.
function sendOnce(form) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) {
      event.preventDefault();
      return;
    }
    sent = true;
    const button = event.submitter ?? form.querySelector(".button--primary");
    button?.setAttribute("aria-disabled", "true");
    if (form.dataset.waits && button) button.textContent = form.dataset.waits;
  });
  // Back from the next page: the form can be sent again. What was typed and not sent stays.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && sent) window.location.reload();
  });
}

// A file can be dropped on the whole field.
function takeDrops(zone) {
  const input = zone.querySelector("input[type=file]");
  const mark = (isOver) => zone.classList.toggle("dropzone--over", isOver);
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    mark(true);
  });
  zone.addEventListener("dragleave", () => mark(false));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(false);
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  });
}

for (const form of document.querySelectorAll("form[data-autosave]")) keep(form);
for (const form of document.querySelectorAll("form[data-waits], form[data-once]")) sendOnce(form);
for (const zone of document.querySelectorAll("[data-dropzone]")) takeDrops(zone);
