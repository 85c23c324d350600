// Keeps “now” and “next” of a running conference up to date. The server has drawn both for the moment
// it was asked; without this script they are as old as the page.
const EVERY = 30_000;
// As the server does it: before the first entry of a day, “next” is worth showing for two hours.
const AHEAD = 2 * 3600;
const section = document.querySelector("[data-now]");
const articles = [...document.querySelectorAll(".programme article[data-start]:not(.entry--cancelled)")];
const number = (article, name) => Number(article.dataset[name]);

function lineOf(article) {
  const line = document.createElement("li");
  const time = article.querySelector(".entry__time time").cloneNode(true);
  time.classList.remove("visually-hidden");
  const link = document.createElement("a");
  const title = article.querySelector(".entry__title a") ?? article.querySelector(".entry__title");
  const heading = article.querySelector(".entry__title");
  link.href = `#${article.closest(".cell").id}`;
  link.textContent = title.textContent;
  if (heading.lang) Object.assign(link, { lang: heading.lang, dir: heading.dir });
  line.append(time, " ", link);
  const room = article.querySelector(".entry__room");
  if (room) {
    const where = document.createElement("span");
    where.className = "soft";
    where.append(...[...room.childNodes].map((node) => node.cloneNode(true)));
    line.append(" ", where);
  }
  return line;
}

function fill(part, found) {
  part.hidden = found.length === 0;
  part.querySelector("ul").replaceChildren(...found.map(lineOf));
}

function mark(article, isNow) {
  const badge = article.querySelector(".badge--now");
  if (isNow && !badge) {
    const line = document.createElement("p");
    line.className = "entry__marks";
    const word = document.createElement("span");
    word.className = "badge badge--now";
    word.textContent = section.dataset.word;
    line.append(word);
    article.querySelector(".entry__title").after(line);
  } else if (!isNow && badge) {
    badge.remove();
  }
}

function update() {
  const now = Date.now() / 1000;
  const running = articles.filter((article) => number(article, "start") <= now && now < number(article, "until"));
  const later = articles.filter((article) => number(article, "start") > now);
  const next = Math.min(...later.map((article) => number(article, "start")));
  const day = later.find((article) => number(article, "start") === next)?.closest(".day");
  const hasBegun = articles.some((article) => article.closest(".day") === day && number(article, "start") <= now);
  for (const article of articles) mark(article, running.includes(article));
  fill(section.querySelector("[data-now-running]"), running);
  const isSoon = hasBegun || next - now < AHEAD;
  const upcoming = isSoon ? later.filter((article) => number(article, "start") === next) : [];
  fill(section.querySelector("[data-now-next]"), upcoming);
  section.hidden = running.length === 0 && upcoming.length === 0;
}

if (section) {
  update();
  window.setInterval(update, EVERY);
}
