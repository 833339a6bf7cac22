"use strict";
/* Served pages alone have this: another version of the pages is shown as soon as it is there, at the same place. */
let version = null;
setInterval(async () => {
  const found = await fetch("/version").then((answer) => (answer.ok ? answer.text() : null), () => null);
  if (version !== null && found !== null && found !== version) location.reload();
  version = found ?? version;
}, 700);
