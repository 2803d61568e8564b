// The list of changes (改动清单): by class, page or story, each in its phrase.

const ORDERS = ["byClass", "byPage", "byStory"];

const filters = { classes: new Set(facts.classes.keys()), page: null, story: null, order: "byClass" };

const touches = (change, page) => change.page === page
  || ["old", "new"].some((side) => change[side]?.marks.some((mark) => mark.page === page));

const shownChanges = () => facts.changes.filter((change) => filters.classes.has(change.kind)
  && (filters.page === null || touches(change, filters.page))
  && (filters.story === null || change.story === filters.story));

const storyName = (number) => ofBoth(facts.stories[number].name) || say("issue");
const pageName = (number) => (number ? say("pageName", number, pageOf.get(number)?.name ?? "") : say("issue"));

/** The changes under headings: [[heading, class or null, changes], …], in the order in which they are stepped through. */
const grouped = (changes) => {
  const [key, heading, rank] = {
    byClass: [(one) => one.kind, (one) => say(facts.classes[one.kind]), (one) => one.kind],
    byPage: [(one) => one.page, (one) => pageName(one.page), (one) => one.page],
    byStory: [(one) => one.story, (one) => storyName(one.story), (one) => one.story],
  }[filters.order];
  const groups = new Map();
  for (const change of [...changes].sort((a, b) => rank(a) - rank(b) || a.number - b.number)) {
    if (!groups.has(key(change))) groups.set(key(change), []);
    groups.get(key(change)).push(change);
  }
  return [...groups.values()].map((group) => [heading(group[0]), filters.order === "byClass" ? group[0].kind : null, group]);
};

const inOrder = () => grouped(shownChanges()).flatMap(([, , group]) => group);

const inPhrase = (change) => {
  const { old, new: now, op } = change;
  const side = op === "delete" ? old : now ?? old;
  if (!side || change.kind !== 0) return null;
  const phrase = make("p", { class: "phrase" }, side.before);
  if ((op === "delete" || op === "replace") && old) phrase.append(make("del", {}, old.text || say("paragraph")));
  if (op !== "delete" && now) phrase.append(make("ins", {}, now.text || say("paragraph")));
  phrase.append(side.after);
  return phrase;
};

const entryOf = (change, chosen, choose) => {
  const where = ofBoth(change.where);
  const first = make("span", { class: "head" }, signOf(change.kind), make("span", { class: "number" }, String(change.number)));
  if (where) first.append(make("b", {}, where));
  const phrase = inPhrase(change);
  const entry = make("button", { type: "button", class: `entry kind-${change.kind}`, "data-number": change.number }, first);
  if (!phrase || change.op === "move") entry.append(make("span", { class: "what" }, ofBoth(change.what)));
  if (phrase) {
    entry.append(phrase);
    entry.setAttribute("aria-label", sentence(change));
  }
  const place = [facts.pages.length > 1 ? pageName(change.page) : "", change.source].filter(Boolean).join("　");
  if (place) entry.append(make("span", { class: "source" }, place));
  if (change === chosen) entry.setAttribute("aria-current", "true");
  entry.addEventListener("click", () => choose(change));
  return make("li", {}, entry);
};

const drawList = (chosen, choose) => {
  const list = byId("list");
  const groups = grouped(shownChanges());
  list.replaceChildren();
  for (const [heading, kind, group] of groups) {
    const title = make("h2", {}, heading, make("small", {}, say("count", group.length)));
    list.append(make("section", kind === null ? {} : { class: `kind-${kind}` }, title, make("ol", {}, ...group.map((one) => entryOf(one, chosen, choose)))));
  }
  if (!groups.length) list.append(make("p", { class: "empty" }, say(facts.changes.length ? "noneShown" : "none")));
  if (facts.left_out) list.append(make("p", { class: "empty" }, say("leftOut", facts.left_out)));
};

const drawClasses = (toggle) => {
  const count = (kind) => facts.changes.filter((change) => change.kind === kind).length;
  byId("classes").replaceChildren(...facts.classes.map((name, kind) => {
    const button = make("button", { type: "button", class: `kind-${kind}`, "aria-pressed": String(filters.classes.has(kind)), title: String(kind + 1) },
      signOf(kind), make("span", {}, say(name)), make("b", {}, String(count(kind))));
    button.addEventListener("click", () => toggle(kind));
    return button;
  }));
};

const fill = (select, options, value) => {
  select.replaceChildren(...options.map(([key, name]) => make("option", { value: String(key) }, name)));
  select.value = String(value);
};

const drawFilters = () => {
  fill(byId("page-filter"), [["", say("allPages")], ...facts.pages.map(({ number }) => [number, pageName(number)])], filters.page ?? "");
  const told = new Set(facts.changes.map(({ story }) => story));
  const stories = [...told].sort((a, b) => a - b).map((number) => [number, storyName(number)]);
  fill(byId("story-filter"), [["", say("allStories")], ...stories], filters.story ?? "");
  fill(byId("order"), ORDERS.map((one) => [one, say(one)]), filters.order);
};

const VERDICTS = ["changed", "reflowed", "identical"];

/** How many stories came out how. */
const verdictWords = () => VERDICTS.map((verdict) => [say(verdict), facts.stories.filter((one) => one.verdict === verdict).length])
  .filter(([, count]) => count).map(([name, count]) => say("verdict", name, count)).join(say("comma"));

const drawVerdicts = () => {
  const entries = VERDICTS.flatMap((verdict) => {
    const stories = facts.stories.filter((story) => story.verdict === verdict);
    const names = stories.map((story) => ofBoth(story.name)).join(language === "zh" ? "、" : ", ");
    return stories.length ? [make("li", { class: verdict }, make("b", {}, `${say(verdict)} ${stories.length}`), " ", names)] : [];
  });
  byId("verdicts").querySelector("ul").replaceChildren(...entries);
};

const markEntry = (number) => {
  for (const one of document.querySelectorAll("#list [aria-current]")) one.removeAttribute("aria-current");
  const entry = document.querySelector(`#list [data-number="${number}"]`);
  if (!entry) return;
  entry.setAttribute("aria-current", "true");
  entry.scrollIntoView({ block: "nearest", behavior: stillness.matches ? "auto" : "smooth" });
};
