/** Lower case without accents, so that "reisdocument" finds "Reïsdocument". */
export function normalize(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}

function rank(name: string, query: string): number {
  if (name.startsWith(query)) return 0;
  if (name.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(query))) return 1;
  return name.includes(query) ? 2 : 3;
}

/** Items whose name fits a query: first those that begin with it, then a word in them, then inside. */
export function findByName<T extends { name: string }>(items: readonly T[], query: string): T[] {
  const wanted = normalize(query);
  if (!wanted) return [...items];
  return items
    .map((item, place) => ({ item, place, rank: rank(normalize(item.name), wanted) }))
    .filter((found) => found.rank < 3)
    .sort((a, b) => a.rank - b.rank || a.place - b.place)
    .map((found) => found.item);
}
