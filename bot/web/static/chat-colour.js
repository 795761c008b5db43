// In the widget: the colour of the site (data-color) for the whole of the chat, as far as it can be read.

const READABLE = 4.5; // contrast of letters, WCAG 1.4.3
const PAPER = { light: [255, 255, 255], dark: [11, 15, 25] };

function rgb(colour) {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
}

function luminance(colour) {
  const [red, green, blue] = colour.map((v) => (v <= 10 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** `colour`, as much darker or lighter as letters of it on `paper` need. */
function readable(colour, paper) {
  const end = luminance(paper) > 0.179 ? 0 : 255;
  let shown = colour;
  for (let part = 0; contrast(shown, paper) < READABLE && part < 1; part += 0.05) {
    shown = colour.map((v) => Math.round(v + (end - v) * part));
  }
  return `rgb(${shown.join(" ")})`;
}

/** Paints the page in the colour that its address asks for. */
export function paint() {
  const wanted = new URLSearchParams(location.search).get("color");
  if (!wanted || !CSS.supports("color", wanted)) return;
  const colour = rgb(wanted);
  const style = document.documentElement.style;
  style.setProperty("--brand", `rgb(${colour.join(" ")})`);
  style.setProperty("--on-brand", luminance(colour) > 0.179 ? "#111" : "#fff");
  style.setProperty("--brand-light", readable(colour, PAPER.light));
  style.setProperty("--brand-dark", readable(colour, PAPER.dark));
}
