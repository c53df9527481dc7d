import "./chart.css";

import * as Plot from "@observablehq/plot";
import { useLayoutEffect, useRef, useState, type MouseEvent } from "react";
import { useLocation } from "wouter";

const LEAST_WIDTH = 120;

/** The width that an element has, as long as it is shown. */
function useWidth() {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const measure = () => setWidth(Math.max(LEAST_WIDTH, Math.floor(element.clientWidth)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}

/**
 * The drawing, ready for the page. Its style element goes before it gets there: the page runs under a
 * policy that has none, and the rules stand in `chart.css`. Its links are for the mouse; the keyboard
 * and a screen reader have those of the table, so that a chart of 168 marks is not 168 stops.
 */
function drawn(options: Plot.PlotOptions): Element {
  const chart = Plot.plot({
    ...options,
    style: { fontFamily: "inherit", fontSize: "inherit", overflow: "visible" },
  });
  for (const style of chart.querySelectorAll("style")) style.remove();
  for (const link of chart.querySelectorAll("a")) link.setAttribute("tabindex", "-1");
  return chart;
}

interface Props {
  /** What to draw in so many pixels; stable as long as nothing changes. */
  draw: (width: number) => Plot.PlotOptions;
  className?: string;
}

/** A chart. What it says stands in the title beside it, and each number in the table under it. */
export function Chart({ draw, className = "" }: Props) {
  const { ref, width } = useWidth();
  const [, navigate] = useLocation();
  useLayoutEffect(() => {
    if (width > 0) ref.current?.replaceChildren(drawn(draw(width)));
  }, [draw, width, ref]);
  // A plain click stays in the page; one with a key opens a tab, as links do.
  const follow = (event: MouseEvent<HTMLDivElement>) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const path = link?.getAttribute("href") ?? link?.getAttribute("xlink:href");
    const plain = !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!path || !plain || event.button !== 0) return;
    event.preventDefault();
    navigate(path);
  };
  return (
    // The table has the same links for the keyboard.
    <div ref={ref} className={`wissel-chart ${className}`} aria-hidden="true" onClick={follow} />
  );
}
