// Marks on the pages (标记): each class has a colour, a shape and a letter, so that colour alone never tells.

const MOST_TAGS = 300; // on one side; more hide the page
const TAG = 9; // half of a tag, in pixels

/** The outline of a class's sign around (0, 0), within a circle of radius 1. */
const SHAPES = [
  "M1 0A1 1 0 1 1 -1 0A1 1 0 1 1 1 0Z", // text: a disc
  "M-1.05 -.85H.45L1.2 0L.45 .85H-1.05Z", // reflow: an arrow
  "M0 -1.2L1.2 0L0 1.2L-1.2 0Z", // style: a diamond
  "M-.9 -.9H.9V.9H-.9Z", // geometry: a square
  "M-.58 -1H.58L1.15 0L.58 1H-.58L-1.15 0Z", // picture: a hexagon
];

const signOf = (kind) => makeSvg("svg", { class: `sign kind-${kind}`, viewBox: "-1.3 -1.3 2.6 2.6", "aria-hidden": "true" },
  makeSvg("path", { d: SHAPES[kind] }), makeSvg("text", { y: ".38", x: kind === 1 ? "-.12" : "0" }, WORDS[language].signs[kind]));

const marksOf = (change, side, number) => (change[side]?.marks ?? []).filter(({ page, rects }) => page === number && rects.length);

/** Everything that is shown of a change on a side's page, as one box. */
const boxOf = (change, side, number) => {
  const rects = marksOf(change, side, number).flatMap((mark) => mark.rects);
  if (!rects.length) return null;
  const x = Math.min(...rects.map((rect) => rect[0])), y = Math.min(...rects.map((rect) => rect[1]));
  const right = Math.max(...rects.map((rect) => rect[0] + rect[2])), bottom = Math.max(...rects.map((rect) => rect[1] + rect[3]));
  return { x, y, w: Math.max(right - x, 1), h: Math.max(bottom - y, 1) };
};

const CARET = 2; // points
const OUT = 0.8; // by which a frame stands off what it holds, in points
const BAR = 1.6; // the width of a reflow's bar

const shapeOf = (kind, [x, y, w, h], caret) => {
  if (caret) {
    const d = `M${x} ${y - 1}V${y + h + 1}M${x - CARET} ${y + h + CARET + 1}L${x} ${y + h + 1}L${x + CARET} ${y + h + CARET + 1}`;
    return [makeSvg("path", { class: "caret", d })];
  }
  if (kind === 0) {
    return [
      makeSvg("rect", { class: "wash", x, y, width: w, height: h }),
      makeSvg("path", { class: "line", d: `M${x} ${y + h + OUT}H${x + w}` }),
    ];
  }
  if (kind === 1) return [makeSvg("rect", { class: "moved", x: x - BAR - OUT, y, width: BAR, height: h })];
  const frame = { x: x - OUT, y: y - OUT, width: w + 2 * OUT, height: h + 2 * OUT };
  const inner = { x: x + 2 * OUT, y: y + 2 * OUT, width: Math.max(0, w - 4 * OUT), height: Math.max(0, h - 4 * OUT) };
  const parts = [makeSvg("rect", { class: "frame", ...frame })];
  if (kind === 3) parts.push(makeSvg("rect", { class: "frame inner", ...inner }));
  return parts;
};

/** Draw the marks of these changes on the page that a side shows. */
const drawMarks = (pane, changes, chosen, choose) => {
  const parts = [];
  const tags = [];
  for (const change of [...changes].reverse()) {
    const marks = marksOf(change, pane.side, pane.number);
    if (!marks.length) continue;
    const group = makeSvg("g", { class: `mark kind-${change.kind}`, "data-number": change.number });
    for (const mark of marks) for (const rect of mark.rects) group.append(...shapeOf(change.kind, rect, mark.caret));
    group.classList.toggle("is-chosen", change === chosen);
    group.append(makeSvg("title", {}, `${change.number} ${sentence(change)}`));
    group.addEventListener("click", () => choose(change));
    parts.push(group);
    const [x, y] = marks[0].rects[0];
    tags.push({ change, x, y });
  }
  const drawn = tags.slice(-MOST_TAGS).map(({ change, x, y }) => {
    const number = String(change.number);
    const tag = makeSvg("g", { class: `tag kind-${change.kind}`, "data-x": x, "data-y": y, "data-number": change.number },
      makeSvg("rect", { class: "plate", x: -TAG - 1, y: -TAG - 1, width: 2 * TAG + 5 + 7 * number.length, height: 2 * TAG + 2, rx: TAG + 1 }),
      makeSvg("path", { d: SHAPES[change.kind], transform: `scale(${TAG - 1.5})` }),
      makeSvg("text", { class: "sign-letter", y: 3.4, x: change.kind === 1 ? -1.6 : 0 }, WORDS[language].signs[change.kind]),
      makeSvg("text", { class: "number", x: TAG + 1.5, y: 4 }, number));
    tag.classList.toggle("is-chosen", change === chosen);
    tag.addEventListener("click", () => choose(change));
    return tag;
  });
  pane.marks.replaceChildren(...outlinesOf(pane.page), ...parts, ...drawn);
  placeTags(pane);
};

/** Where the regions are, on a page of which there is no picture. */
const outlinesOf = (page) => (page?.regions ?? []).map(([x, y, width, height]) => makeSvg("rect", { class: "outline", x, y, width, height }));

/** Tags keep their size whatever the scale. */
const placeTags = (pane, scale = view.scale) => {
  const size = 1 / scale;
  for (const tag of pane.marks.querySelectorAll(".tag")) {
    const x = Number(tag.dataset.x) - TAG * 0.6 * size, y = Number(tag.dataset.y) - TAG * 1.1 * size;
    tag.setAttribute("transform", `translate(${x} ${y}) scale(${size})`);
  }
};

const sentence = (change) => {
  const where = ofBoth(change.where), what = ofBoth(change.what);
  return where ? `${where}${language === "zh" ? "：" : ": "}${what}` : what;
};

/** Let the chosen marks flash once on both sides. */
const flash = (number) => {
  for (const pane of sides) {
    for (const one of pane.marks.querySelectorAll(".mark, .tag")) {
      const isChosen = one.dataset.number === String(number);
      one.classList.toggle("is-chosen", isChosen);
      one.classList.remove("is-flashing");
      if (isChosen) {
        one.getBoundingClientRect(); // so that the animation begins anew
        one.classList.add("is-flashing");
        if (one.classList.contains("tag")) one.parentNode.append(one);
      }
    }
  }
};
