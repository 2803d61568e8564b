// What is chosen and shown (总管): connects list, pages and keys.

let chosen = null;

const choose = (change) => {
  chosen = change;
  const [old, now] = ["old", "new"].map((side) => change[side]?.marks.find(({ rects }) => rects.length)?.page);
  const page = now ?? old ?? change.page;
  if (page) {
    if (showPages(old ?? page, page)) refreshPages();
    goTo({ old: boxOf(change, "old", panes.old.number), new: boxOf(change, "new", panes.new.number) });
  }
  flash(change.number);
  markEntry(change.number);
  refreshPosition();
  byId("said").textContent = `${change.number} ${sentence(change)}`;
};

const step = (by) => {
  const changes = inOrder();
  if (!changes.length) return;
  const at = changes.indexOf(chosen);
  choose(changes[at < 0 ? (by > 0 ? 0 : changes.length - 1) : (at + by + changes.length) % changes.length]);
};

const refreshPosition = () => {
  const changes = inOrder();
  const at = changes.indexOf(chosen);
  byId("position").textContent = `${at < 0 ? "–" : at + 1} / ${changes.length}`;
  byId("next").disabled = byId("previous").disabled = !changes.length;
};

/** Marks, tabs and captions for the pages shown. */
const refreshPages = () => {
  const shown = shownChanges();
  for (const pane of sides) {
    drawMarks(pane, shown, chosen, choose);
    sayWhich(pane);
    const missing = pane.page === null ? say(pane.side === "old" ? "onlyNew" : "onlyOld") : "";
    pane.note.textContent = missing;
    pane.note.hidden = !missing;
  }
  for (const tab of byId("page-tabs").children) tab.setAttribute("aria-pressed", String(Number(tab.dataset.page) === panes.new.number));
  for (const mode of ["onion", "blink"]) {
    const button = byId(`mode-${mode}`);
    button.disabled = !canStack();
    button.title = canStack() ? say(`${mode}Title`) : say("notBoth");
  }
};

const refreshTabs = () => {
  const counted = (number) => facts.changes.filter((change) => touches(change, number)).length;
  byId("page-tabs").replaceChildren(...facts.pages.map(({ number, name }) => {
    const count = counted(number);
    const tab = make("button", { type: "button", "data-page": number, title: `${say("pageName", number, name)} · ${say("count", count)}` }, String(number));
    if (count) tab.append(make("i", { "aria-hidden": "true" }));
    tab.setAttribute("aria-label", tab.title);
    tab.addEventListener("click", () => openPage(number));
    return tab;
  }));
  byId("page-tabs").hidden = facts.pages.length < 2;
};

const openPage = (number) => {
  showPages(number, number);
  fit({ glide: false });
  refreshPages();
};

const turnPage = (by) => {
  const numbers = facts.pages.map(({ number }) => number);
  const to = numbers[numbers.indexOf(panes.new.number) + by];
  if (to !== undefined) openPage(to);
};

/** Everything again: another language, another filter. */
const refresh = () => {
  sayAll();
  document.title = `${say("title")} ${facts.imprint}`;
  byId("imprint").textContent = facts.imprint;
  byId("old-name").textContent = facts.old;
  byId("new-name").textContent = facts.new;
  byId("language").textContent = say("language");
  byId("summary").textContent = verdictWords();
  byId("caveat").textContent = facts.words_only ? say("wordsOnly") : "";
  drawClasses(toggleClass);
  drawFilters();
  drawVerdicts();
  drawList(chosen, choose);
  refreshTabs();
  refreshPages();
  refreshPosition();
  drawHelp();
};

const refilter = () => {
  drawClasses(toggleClass);
  drawList(chosen, choose);
  refreshPages();
  refreshPosition();
};

const toggleClass = (kind) => {
  if (!filters.classes.delete(kind)) filters.classes.add(kind);
  refilter();
};

const drawHelp = () => {
  byId("help").querySelector("dl").replaceChildren(...WORDS[language].keys.flatMap(([keys, does]) => {
    const names = make("dt", {});
    names.append(...keys.split("  ").flatMap((key) => [make("kbd", {}, key), " "]));
    return [names, make("dd", {}, does)];
  }));
};

const switchLanguage = () => {
  language = language === "zh" ? "en" : "zh";
  refresh();
};

const toggleMarks = () => {
  const shown = document.body.classList.toggle("without-marks");
  byId("marks").setAttribute("aria-pressed", String(!shown));
};

const toggleMode = (mode) => {
  setMode(view.mode === mode ? "side" : mode);
  refreshPages();
};

const openHelp = () => (byId("help").open ? byId("help").close() : byId("help").showModal());

const KEYS = {
  j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1), Enter: () => chosen && choose(chosen),
  s: () => toggleMode("side"), o: () => toggleMode("onion"), b: () => toggleMode("blink"), m: toggleMarks, f: () => fit(), 0: () => fit(),
  "+": () => zoomTo(view.scale * STEP), "=": () => zoomTo(view.scale * STEP), "-": () => zoomTo(view.scale / STEP),
  "[": () => turnPage(-1), "]": () => turnPage(1), l: switchLanguage, "?": openHelp,
};

const ARROWS = { ArrowLeft: [80, 0], ArrowRight: [-80, 0], ArrowUp: [0, 80], ArrowDown: [0, -80] }; // pixels

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const on = event.target;
  const arrow = event.shiftKey && !on.matches("input, select") ? ARROWS[event.key] : undefined;
  if (arrow) {
    event.preventDefault();
    moveBy(...arrow);
    return;
  }
  if (on.matches("select") || (on.matches("input") && event.key.startsWith("Arrow"))) return;
  if (byId("help").open && event.key !== "?") return;
  if (event.key === "Enter" && on.matches("button, summary")) return;
  const kind = Number(event.key) - 1;
  const act = kind >= 0 && kind < facts.classes.length ? () => toggleClass(kind) : KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

const on = (id, event, act) => byId(id).addEventListener(event, act);
on("language", "click", switchLanguage);
on("help-button", "click", openHelp);
for (const mode of ["side", "onion", "blink"]) on(`mode-${mode}`, "click", () => toggleMode(mode));
on("onion", "input", (event) => {
  view.onion = Number(event.target.value);
  showLayers();
});
on("marks", "click", toggleMarks);
on("fit", "click", () => fit());
on("zoom-in", "click", () => zoomTo(view.scale * STEP));
on("zoom-out", "click", () => zoomTo(view.scale / STEP));
on("next", "click", () => step(1));
on("previous", "click", () => step(-1));
on("order", "change", (event) => {
  filters.order = event.target.value;
  refilter();
});
for (const name of ["page", "story"]) {
  on(`${name}-filter`, "change", (event) => {
    filters[name] = event.target.value === "" ? null : Number(event.target.value);
    if (name === "page" && filters.page !== null) openPage(filters.page);
    refilter();
  });
}
const PRINTED = (258 / 25.4) * 96; // pixels that a printed page is high, as report.css has it
addEventListener("beforeprint", () => {
  setMode("side");
  for (const pane of sides) placeTags(pane, PRINTED / pane.size.h);
});
addEventListener("afterprint", draw);

view.changed = () => sides.forEach((pane) => placeTags(pane));
const first = facts.pages.find(({ number }) => facts.changes.some((change) => touches(change, number))) ?? facts.pages[0];
if (first) showPages(first.number, first.number);
setMode("side");
refresh();
fit({ glide: false });
document.body.dataset.ready = "yes";
