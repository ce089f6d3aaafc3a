"""What the browser says of a page: contrast of each text, size of what is pressed, the mark of the focus.

`MEASURE` is JavaScript for `Page.evaluate`; it answers {texts, marks, small, wide} with what is wrong.
"""

from __future__ import annotations

MEASURE = r"""
(wanted) => {
  const parse = (text) => {
    const parts = text.match(/[\d.]+/g).map(Number);
    if (text.startsWith("color(srgb")) return [...parts.slice(0, 3).map((part) => part * 255), parts[3] ?? 1];
    return [parts[0], parts[1], parts[2], parts[3] ?? 1];
  };
  const over = (top, below) => [0, 1, 2].map((at) => top[at] * top[3] + below[at] * (1 - top[3])).concat(1);
  const ground = (element) => {
    const layers = [];
    for (let one = element; one; one = one.parentElement) {
      const colour = parse(getComputedStyle(one).backgroundColor);
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const linear = (part) => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  const luminance = ([red, green, blue]) => 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  const contrast = (ink, paper) => {
    const [dark, light] = [luminance(over(ink, paper)), luminance(paper)].sort((one, other) => one - other);
    return (light + 0.05) / (dark + 0.05);
  };
  const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0
    && !element.closest(".hidden");
  const name = (element) => `${element.tagName.toLowerCase()}.${element.className?.baseVal ?? element.className} `
    + `${(element.textContent || element.name || "").trim().slice(0, 30)}`;
  const texts = [], marks = [], small = [];
  const read = (element, style, what) => {
    const ink = element instanceof SVGElement ? style.fill : style.color;
    const found = contrast(parse(ink), ground(element));
    if (found < wanted.contrast) texts.push(`${found.toFixed(2)} ${what} ${name(element)}`);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || seen.has(element) || ["SCRIPT", "STYLE", "OPTION", "TITLE", "title"].includes(element.tagName)) continue;
    seen.add(element);
    if (shown(element)) read(element, getComputedStyle(element), "text");
  }
  for (const element of document.querySelectorAll("input:not([type=hidden]), select, textarea, td[data-title]")) {
    if (!shown(element)) continue;
    const before = getComputedStyle(element, "::before");
    if (element.tagName === "TD") { if (!["none", "normal"].includes(before.content)) read(element, before, "label"); continue; }
    read(element, getComputedStyle(element), "value");
    if (element.placeholder) read(element, getComputedStyle(element, "::placeholder"), "placeholder");
    if (element.type === "file") {
      const button = getComputedStyle(element, "::file-selector-button");
      const found = contrast(parse(button.color), over(parse(button.backgroundColor), ground(element)));
      if (found < wanted.contrast) texts.push(`${found.toFixed(2)} file button`);
    }
  }
  const pressed = "button, .button, input:not([type=hidden]), select, textarea, summary, nav a, .tile, .side a, .worst a, a.alarm";
  for (const element of document.querySelectorAll(pressed)) {
    if (!shown(element) || element.closest(".skip")) continue;
    const box = (["checkbox", "radio"].includes(element.type) ? element.closest("label") : element).getBoundingClientRect();
    if (box.height < wanted.px - 0.5 || box.width < wanted.px - 0.5)
      small.push(`${Math.round(box.width)}x${Math.round(box.height)} ${name(element)}`);
  }
  for (const element of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
    if (!shown(element) || element.matches(":disabled")) continue;
    element.focus({ preventScroll: true });
    const style = getComputedStyle(element);
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) { marks.push(`none ${name(element)}`); continue; }
    const inside = parseFloat(style.outlineOffset) < 0;
    const found = contrast(parse(style.outlineColor), ground(inside ? element : element.parentElement));
    if (found < 3) marks.push(`${found.toFixed(2)} ${name(element)}`);
  }
  document.activeElement.blur();
  const wide = document.documentElement.scrollWidth > innerWidth ? [`${document.documentElement.scrollWidth} px`] : [];
  return { texts, marks, small: wanted.px ? small : [], wide };
}
"""  # noqa: E501 - one rule a line
