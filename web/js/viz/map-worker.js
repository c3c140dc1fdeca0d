// @ts-check
// Paints the map away from the page's thread. Messages in: canvas, header, block, paint. Out: painted.
import { Points } from "./map-data.js";
import { Painter } from "./map-paint.js";

const painter = new Painter();
/** @type {any} */
let context = null;

self.onmessage = ({ data }) => {
  switch (data.type) {
    case "canvas":
      context = data.canvas.getContext("2d");
      break;
    case "header":
      painter.points = new Points(data.n);
      painter.colors = data.colors;
      break;
    case "block":
      painter.points?.add(data.block, data.at);
      break;
    case "paint":
      if (context) self.postMessage({ type: "painted", ...painter.paint(context, data.view, data.shown, data.moving), moving: data.moving });
      break;
  }
};
