// The text with the fault of `mutant` in it. The original must stand there exactly once: what has
// moved or changed is an error, for a fault that is not planted is found by nobody.
export function plant(text, { file, from, to }) {
  const found = text.split(from).length - 1;
  if (found !== 1) throw new Error(`${file} holds ${found} times, and not once: ${from}`);
  if (from === to) throw new Error(`${file}: the mutant changes nothing: ${from}`);
  // As a function, because `$` means something in a replacement that is text.
  return text.replace(from, () => to);
}
