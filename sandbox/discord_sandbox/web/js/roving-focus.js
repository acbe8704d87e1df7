/** Going through the messages with the keyboard. */

/** One stop of the Tab key for all messages: the one that had the focus last, else the newest. */
export function rove(list) {
  const articles = [...list.querySelectorAll("article.message")];
  const current = articles.find((one) => one.tabIndex === 0) ?? articles.at(-1);
  for (const one of articles) if (one !== current) one.tabIndex = -1;
  if (current && !articles.some((one) => one.contains(document.activeElement))) {
    current.tabIndex = -1;
    articles.at(-1).tabIndex = 0;
  } else if (current) current.tabIndex = 0;
}

/** Arrows, Home and End go from message to message. */
export function walk(event, list) {
  if (!event.target.matches("article.message")) return;
  const articles = [...list.querySelectorAll("article.message")];
  const at = articles.indexOf(event.target);
  const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: articles.length - 1 }[event.key];
  if (to === undefined || !articles[to]) return;
  event.preventDefault();
  event.target.tabIndex = -1;
  articles[to].tabIndex = 0;
  articles[to].focus();
}
