// What the page says (界面文字), in both languages.

const WORDS = {
  zh: {
    title: "比对", old: "旧", new: "新", changes: "改动", classes: "按类筛选", page: "版面", story: "稿件", order: "排列",
    pages: "版面对照", tools: "工具", view: "看法", side: "并排", onion: "叠看", blink: "闪看", marks: "标记", zoom: "缩放",
    fit: "全版", step: "逐处", stories: "各稿结果", help: "操作", close: "关闭", oldPage: "旧版面", newPage: "新版面",
    language: "English", allPages: "全部版面", allStories: "全部稿件", byClass: "按类", byPage: "按版面", byStory: "按稿件",
    sideTitle: "两版并排（s）", onionTitle: "两版叠在一起（o）", blinkTitle: "两版交替闪现（b）", marksTitle: "显示或隐藏标记（m）",
    zoomIn: "放大（+）", zoomOut: "缩小（−）", fitTitle: "看全版（f）", previous: "上一处（k）", next: "下一处（j）",
    onionSlider: "从旧到新", notBoth: "两边版面大小不同，不能叠看", none: "没有不同。", noneShown: "没有符合筛选的改动。",
    onlyOld: "新版本没有这块版", onlyNew: "旧版本没有这块版", noPicture: "没有版面图",
    leftOut: (n) => `另有 ${n} 处没有列出，见 layout-engine diff --json`,
    wordsOnly: "其中一个版本是不带存档的 PDF，只比对了文字和位置。",
    pageName: (n, name) => `第 ${n} 版${name ? ` ${name}` : ""}`, issue: "全部版面", count: (n) => `${n} 处`,
    identical: "无变化", reflowed: "只是重排", changed: "有改动", verdict: (name, n) => `${n} 篇${name}`, comma: "，", paragraph: "¶",
    text: "文字", reflow: "重排", style: "样式", geometry: "版位", picture: "图片",
    signs: ["文", "排", "式", "位", "图"],
    keys: [["j ↓", "下一处"], ["k ↑", "上一处"], ["Enter", "再看这一处"], ["1 – 5", "显示或隐藏一类"], ["s", "并排"], ["o", "叠看"],
      ["b", "闪看"], ["m", "显示或隐藏标记"], ["f", "看全版"], ["+  −", "缩放"], ["[  ]", "上一版、下一版"], ["l", "中文 / English"], ["?", "本页"],
      ["滚轮、捏合", "缩放"], ["拖动、Shift+滚轮", "移动"], ["Shift+方向键", "移动"]],
  },
  en: {
    title: "Compare", old: "old", new: "new", changes: "Changes", classes: "Filter by class", page: "Page", story: "Story", order: "Order",
    pages: "Pages", tools: "Tools", view: "View", side: "Side by side", onion: "Onion skin", blink: "Blink", marks: "Marks", zoom: "Zoom",
    fit: "Fit", step: "Step", stories: "Stories", help: "Keys", close: "Close", oldPage: "old page", newPage: "new page",
    language: "中文", allPages: "all pages", allStories: "all stories", byClass: "by class", byPage: "by page", byStory: "by story",
    sideTitle: "Side by side (s)", onionTitle: "One over the other (o)", blinkTitle: "One after the other (b)", marksTitle: "Show or hide marks (m)",
    zoomIn: "Zoom in (+)", zoomOut: "Zoom out (−)", fitTitle: "Whole page (f)", previous: "Previous change (k)", next: "Next change (j)",
    onionSlider: "from old to new", notBoth: "The two pages are not of one size", none: "Nothing changed.", noneShown: "No change passes the filters.",
    onlyOld: "The new version does not have this page", onlyNew: "The old version does not have this page", noPicture: "no picture of the page",
    leftOut: (n) => `${n} more are not listed: see layout-engine diff --json`,
    wordsOnly: "One of the versions is a PDF without a record: only words and places were compared.",
    pageName: (n, name) => `Page ${n}${name ? ` ${name}` : ""}`, issue: "All pages", count: (n) => `${n}`,
    identical: "identical", reflowed: "reflowed", changed: "changed", verdict: (name, n) => `${n} ${name}`, comma: ", ", paragraph: "¶",
    text: "Text", reflow: "Reflow", style: "Style", geometry: "Geometry", picture: "Picture",
    signs: ["T", "R", "S", "G", "P"],
    keys: [["j ↓", "next change"], ["k ↑", "previous change"], ["Enter", "show it again"], ["1 – 5", "show or hide a class"], ["s", "side by side"],
      ["o", "onion skin"], ["b", "blink"], ["m", "show or hide marks"], ["f", "whole page"], ["+  −", "zoom"], ["[  ]", "previous, next page"],
      ["l", "中文 / English"], ["?", "this page"], ["wheel, pinch", "zoom"], ["drag, Shift+wheel", "move"], ["Shift+arrows", "move"]],
  },
};

const LANGUAGES = ["zh", "en"];
let language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";

const say = (key, ...values) => {
  const words = WORDS[language][key];
  return typeof words === "function" ? words(...values) : words;
};

/** One of a pair of texts, Chinese and English. */
const ofBoth = (pair) => pair[LANGUAGES.indexOf(language)];

const byId = (id) => document.getElementById(id);

/** An element with attributes and children; strings become text. */
const make = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

const SVG = "http://www.w3.org/2000/svg";
const makeSvg = (name, attributes = {}, ...children) => {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

/** Everything that the markup names by a key, in the language chosen. */
const sayAll = () => {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const one of document.querySelectorAll("[data-say]")) one.textContent = say(one.dataset.say);
  for (const one of document.querySelectorAll("[data-title]")) {
    one.title = say(one.dataset.title);
    one.setAttribute("aria-label", one.title);
  }
  for (const one of document.querySelectorAll("[data-label]")) one.setAttribute("aria-label", say(one.dataset.label));
};
