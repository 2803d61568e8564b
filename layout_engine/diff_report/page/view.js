// Both pages on the screen (版面对照): one view, moved and scaled on both sides at once.

const facts = JSON.parse(byId("facts").textContent);
const pageOf = new Map(facts.pages.map((page) => [page.number, page]));

const READING = 2.4; // pixels a point at which small type is read at ease
const MOST = 12;
const STEP = 1.25;
const WHEEL = 0.0016; // of the logarithm of the scale, a pixel of the wheel
const GLIDE_MS = 220;
const BLINK_MS = 650; // below three flashes a second (WCAG 2.3.1)
const NEAR = 0.5; // points by which two pages may differ and still be of one size
const PAD = 18; // pixels around a whole page

const stillness = matchMedia("(prefers-reduced-motion: reduce)");

/** One side of the stage: the sheet of paper with its picture and its marks. */
class Pane {
  constructor(side) {
    this.side = side;
    this.frame = byId(side);
    this.caption = this.frame.querySelector("figcaption");
    this.sheet = make("div", { class: "sheet" });
    this.under = make("img", { class: "under", alt: "", draggable: "false" });
    this.over = make("img", { class: "over", alt: "", draggable: "false" });
    this.marks = makeSvg("svg", { class: "marks" });
    this.note = make("p", { class: "note" });
    this.sheet.append(this.under, this.over, this.marks);
    this.frame.append(this.note, this.sheet);
    this.number = null;
    this.centre = { x: 0, y: 0 };
  }

  get page() {
    return pageOf.get(this.number)?.[this.side] ?? null;
  }

  /** The size of its page; that of the other side's where this one has none. */
  get size() {
    const both = pageOf.get(this.number);
    return this.page ?? both?.new ?? both?.old ?? { w: 1, h: 1 };
  }

  show(number) {
    if (this.number === number) return;
    this.number = number;
    const page = this.page;
    this.sheet.hidden = page === null;
    setPicture(this.over, page);
    this.sheet.style.aspectRatio = `${this.size.w} / ${this.size.h}`;
    this.marks.setAttribute("viewBox", `0 0 ${this.size.w} ${this.size.h}`);
  }

  place(scale) {
    const { clientWidth: width, clientHeight: height } = this.frame;
    const left = width / 2 - this.centre.x * scale, top = height / 2 - this.centre.y * scale;
    this.sheet.style.width = `${this.size.w * scale}px`;
    this.sheet.style.height = `${this.size.h * scale}px`;
    this.sheet.style.transform = `translate(${left.toFixed(2)}px, ${top.toFixed(2)}px)`;
  }
}

const setPicture = (image, page) => {
  const block = page && page.picture >= 0 ? byId(`picture-${page.picture}`) : null;
  if (block) image.src = `data:image/webp;base64,${block.textContent}`;
  else image.removeAttribute("src");
  image.hidden = !block;
};

const panes = { old: new Pane("old"), new: new Pane("new") };
const sides = Object.values(panes);

const view = { scale: 1, fitted: true, mode: "side", byHand: false, onion: 50, blinkShows: "new", timer: 0, gliding: 0, changed: () => {} };

const fitScale = () => Math.min(...visiblePanes().map(({ frame, size }) =>
  Math.min((frame.clientWidth - 2 * PAD) / size.w, (frame.clientHeight - 2 * PAD) / size.h)));

const visiblePanes = () => (view.mode === "side" ? sides : [panes.new]);

const leastScale = () => Math.min(0.2, fitScale());
const bounded = (scale) => Math.min(MOST, Math.max(leastScale(), scale));
const within = (value, most) => Math.min(most, Math.max(0, value));

const draw = () => {
  for (const pane of sides) pane.place(view.scale);
  byId("zoom").textContent = `${Math.round(view.scale * 75)}%`; // 96 pixels and 72 points an inch
  view.changed();
};

/** Move what is seen by so many pixels, on both sides. */
const moveBy = (dx, dy) => {
  stopGliding();
  view.fitted = false;
  const lead = view.mode === "side" ? panes.old : panes.new;
  const wanted = { x: within(lead.centre.x - dx / view.scale, lead.size.w), y: within(lead.centre.y - dy / view.scale, lead.size.h) };
  const by = { x: wanted.x - lead.centre.x, y: wanted.y - lead.centre.y };
  for (const pane of sides) pane.centre = { x: pane.centre.x + by.x, y: pane.centre.y + by.y };
  draw();
};

/** Scale both sides, so that what lies `off` pixels from the middle of its pane stays there. */
const zoomTo = (scale, off = { x: 0, y: 0 }) => {
  stopGliding();
  view.fitted = false;
  view.byHand = true;
  const to = bounded(scale), by = 1 / view.scale - 1 / to;
  for (const pane of sides) pane.centre = { x: pane.centre.x + off.x * by, y: pane.centre.y + off.y * by };
  view.scale = to;
  draw();
};

const stopGliding = () => {
  cancelAnimationFrame(view.gliding);
  view.gliding = 0;
};

/** Go to a scale and to a centre for each side, in a short while. */
const glideTo = (scale, centres) => {
  stopGliding();
  const from = { scale: Math.log(view.scale), old: panes.old.centre, new: panes.new.centre };
  const started = performance.now();
  const frame = (now) => {
    const passed = stillness.matches ? 1 : Math.min(1, Math.max(0, (now - started) / GLIDE_MS));
    const eased = 1 - (1 - passed) ** 3;
    const between = (a, b) => a + (b - a) * eased;
    view.scale = Math.exp(between(from.scale, Math.log(scale)));
    for (const pane of sides) {
      const to = centres[pane.side];
      pane.centre = { x: between(from[pane.side].x, to.x), y: between(from[pane.side].y, to.y) };
    }
    draw();
    view.gliding = passed < 1 ? requestAnimationFrame(frame) : 0;
  };
  frame(stillness.matches ? Infinity : started);
};

const middle = (pane) => ({ x: pane.size.w / 2, y: pane.size.h / 2 });

const fit = ({ glide = true } = {}) => {
  view.fitted = true;
  view.byHand = false;
  const centres = { old: middle(panes.old), new: middle(panes.new) };
  if (glide) glideTo(fitScale(), centres);
  else {
    stopGliding();
    view.scale = fitScale();
    for (const pane of sides) pane.centre = centres[pane.side];
    draw();
  }
};

/** Show boxes, one a side, in points; a side without one goes along with the other. */
const goTo = (boxes) => {
  const known = sides.filter(({ side }) => boxes[side]);
  if (!known.length) return;
  const room = Math.min(...known.map(({ side, frame }) => {
    const shown = visiblePanes().includes(panes[side]) ? frame : panes.new.frame;
    const { w, h } = boxes[side];
    return Math.min((0.8 * shown.clientWidth) / w, (0.8 * shown.clientHeight) / h);
  }));
  const wanted = view.byHand ? view.scale : Math.max(READING, fitScale());
  const scale = bounded(Math.max(fitScale(), Math.min(wanted, room)));
  const of = (side) => ({ x: boxes[side].x + boxes[side].w / 2, y: boxes[side].y + boxes[side].h / 2 });
  const [first] = known;
  const centres = { old: of(boxes.old ? "old" : first.side), new: of(boxes.new ? "new" : first.side) };
  if (view.mode !== "side") centres.old = centres.new;
  view.fitted = false;
  glideTo(scale, { old: settled(panes.old, centres.old, scale), new: settled(panes.new, centres.new, scale) });
};

/** A centre from which no more of the ground is seen than need be. */
const settled = (pane, { x, y }, scale) => {
  const { frame } = visiblePanes().includes(pane) ? pane : panes.new;
  const along = (at, size, room) => {
    const half = (room / 2 - PAD) / scale;
    return size <= 2 * half ? size / 2 : Math.min(size - half, Math.max(half, at));
  };
  return { x: along(x, pane.size.w, frame.clientWidth), y: along(y, pane.size.h, frame.clientHeight) };
};

/** Whether the two pages shown can lie on one another. */
const canStack = () => {
  const { old, new: now } = panes;
  return old.number === now.number && old.page !== null && now.page !== null
    && old.page.picture >= 0 && now.page.picture >= 0
    && Math.abs(old.page.w - now.page.w) < NEAR && Math.abs(old.page.h - now.page.h) < NEAR;
};

const setMode = (mode) => {
  view.mode = mode !== "side" && canStack() ? mode : "side";
  document.body.dataset.mode = view.mode;
  for (const one of ["side", "onion", "blink"]) byId(`mode-${one}`).setAttribute("aria-pressed", String(one === view.mode));
  setPicture(panes.new.under, view.mode === "side" ? null : panes.old.page);
  clearInterval(view.timer);
  view.blinkShows = "new";
  if (view.mode === "blink") view.timer = setInterval(blinkOnce, BLINK_MS);
  if (view.mode !== "side") panes.old.centre = { ...panes.new.centre };
  showLayers();
  if (view.fitted) fit({ glide: false });
  else draw();
};

/** Which version, and which page of it, a side shows. */
const sayWhich = (pane) => {
  const versions = { side: say(pane.side), onion: `${say("old")} + ${say("new")}`, blink: say(view.blinkShows) };
  pane.caption.replaceChildren(make("b", {}, versions[view.mode]), say("pageName", pane.number, pageOf.get(pane.number)?.name ?? ""));
};

const blinkOnce = () => {
  view.blinkShows = view.blinkShows === "new" ? "old" : "new";
  showLayers();
};

const showLayers = () => {
  const opacity = view.mode === "onion" ? view.onion / 100 : view.mode === "blink" && view.blinkShows === "old" ? 0 : 1;
  panes.new.over.style.opacity = String(opacity);
  document.body.dataset.blink = view.blinkShows;
  for (const pane of sides) sayWhich(pane);

};

/** Show a page on both sides, or another one on each; whether any of them was not shown before. */
const showPages = (old, now) => {
  const was = [panes.old.number, panes.new.number];
  panes.old.show(old);
  panes.new.show(now);
  if (was[0] === old && was[1] === now) return false;
  setMode(view.mode);
  if (view.fitted) fit({ glide: false });
  return true;
};

// Wheel, drag and pinch.

const offMiddle = (pane, event) => {
  const box = pane.frame.getBoundingClientRect();
  return { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 };
};

const DRAGGED = 4; // pixels from which a press is a drag and no click

for (const pane of sides) {
  const fingers = new Map();
  let apart = 0, travelled = 0;

  pane.frame.addEventListener("wheel", (event) => {
    event.preventDefault();
    const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? pane.frame.clientHeight : 1;
    const dx = event.deltaX * unit, dy = event.deltaY * unit;
    if (event.shiftKey) moveBy(-(dx || dy), 0);
    else if (Math.abs(dx) > Math.abs(dy)) moveBy(-dx, 0);
    else zoomTo(view.scale * Math.exp(-dy * WHEEL * (event.ctrlKey ? 6 : 1)), offMiddle(pane, event));
  }, { passive: false });

  pane.frame.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    fingers.set(event.pointerId, event);
    if (fingers.size === 1) travelled = 0;
    apart = spread(fingers);
  });
  pane.frame.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const dx = event.clientX - before.clientX, dy = event.clientY - before.clientY;
    travelled += Math.abs(dx) + Math.abs(dy);
    fingers.set(event.pointerId, event);
    if (travelled > DRAGGED && !pane.frame.hasPointerCapture(event.pointerId)) pane.frame.setPointerCapture(event.pointerId);
    if (travelled <= DRAGGED) return;
    pane.frame.classList.add("is-dragged");
    moveBy(dx / fingers.size, dy / fingers.size);
    if (fingers.size === 2) {
      const now = spread(fingers), [one, two] = [...fingers.values()];
      const at = { clientX: (one.clientX + two.clientX) / 2, clientY: (one.clientY + two.clientY) / 2 };
      if (apart && now) zoomTo((view.scale * now) / apart, offMiddle(pane, at));
      apart = now;
    }
  });
  for (const ended of ["pointerup", "pointercancel"]) {
    pane.frame.addEventListener(ended, (event) => {
      fingers.delete(event.pointerId);
      apart = spread(fingers);
      if (!fingers.size) pane.frame.classList.remove("is-dragged");
    });
  }
  pane.frame.addEventListener("dblclick", (event) => {
    const off = offMiddle(pane, event);
    if (view.fitted) zoomTo(READING, off);
    else fit();
  });
}

const spread = (fingers) => {
  if (fingers.size !== 2) return 0;
  const [one, two] = [...fingers.values()];
  return Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY);
};

new ResizeObserver(() => (view.fitted ? fit({ glide: false }) : draw())).observe(document.querySelector(".panes"));
