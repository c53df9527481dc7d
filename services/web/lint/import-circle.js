import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

const IMPORT = /\b(?:from|import)\s*\(?\s*["'](\.[^"']+)["']/g;

/** Files that a file imports by a relative path, types included. */
function importsOfFile(file) {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(IMPORT)].map(([, path]) => resolve(dirname(file), path));
}

/** The shortest way from a file over its imports back to itself; undefined if there is none. */
export function circleThrough(file, importsOf) {
  const ways = [[file]];
  const seen = new Set();
  for (const way of ways) {
    for (const next of importsOf(way.at(-1))) {
      if (next === file) return [...way, file];
      if (seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return undefined;
}

/** ESLint rule: a file that imports itself, by whatever way, cannot be read or moved by itself. */
export const importCircle = {
  meta: { type: "problem", schema: [], messages: { circle: "Imports run in a circle: {{ way }}" } },
  create(context) {
    return {
      Program(node) {
        const circle = circleThrough(context.filename, importsOfFile);
        if (!circle) return;
        const way = circle.map((file) => file.slice(context.cwd.length + 1)).join(" -> ");
        context.report({ node, messageId: "circle", data: { way } });
      },
    };
  },
};
