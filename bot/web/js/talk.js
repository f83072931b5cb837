/* The conversation on the page: what was said, in order. */

function redraw() {
  log.textContent = "";
  log.setAttribute("aria-busy", "true");
  if (!state.items.length) state.items.push({ from: "helper", greeting: true });
  state.items.forEach(function (item, index) {
    const node = put(item);
    if (index < state.items.length - 1) dropChoices(node);
    if (lists(item)) dropWrongs(node);
  });
  log.removeAttribute("aria-busy");
  if (begun()) bottom();
}

function put(item) {
  const node = draw(item);
  node.item = item;
  log.appendChild(node);
  return node;
}

// The page's own words in what was answered, after the language has changed; nobody hears all of it again.
function repaint() {
  log.setAttribute("aria-busy", "true");
  each(".said.helper", function (node) {
    const anew = draw(node.item);
    if (!node.querySelector(".choices")) dropChoices(anew);
    if (!node.querySelector(".wrong")) each(".wrong", drop, anew);
    anew.item = node.item;
    log.replaceChild(anew, node);
  }, log);
  log.removeAttribute("aria-busy");
}

function begun() { return state.items.some(function (item) { return item.from === "you"; }); }

function add(item) {
  state.items.push(item);
  save();
  const node = put(item);
  if (lists(item)) dropWrongs(node);
  return node;
}

function lists(item) { return Boolean(item.custom && item.custom.kind === "listings"); }

function dropChoices(root) { each(".choices", drop, root); }

// The numbers of an older list are not the assistant's any more.
function dropWrongs(last) {
  if (last.querySelector(".card")) each(".wrong", function (node) { if (!last.contains(node)) drop(node); }, log);
}

function dropNotes() { each(".note", drop, log); }

function drop(node) { if (node && node.parentNode) node.parentNode.removeChild(node); }

function bottom() { window.scrollTo(0, document.documentElement.scrollHeight); }

// A short answer is shown whole, at the end of the page; a long one from what was asked on.
function reveal(asked, first) {
  const height = log.getBoundingClientRect().bottom - first.getBoundingClientRect().top;
  const room = form.getBoundingClientRect().top - Math.max(0, document.querySelector(".about").getBoundingClientRect().bottom);
  if (height < room - 24) bottom();
  else (asked || first).scrollIntoView({ block: "start" });
}
