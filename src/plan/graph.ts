/** Pure walks over "who needs whom". A graph maps each node to the nodes it stands on; loading refused cycles. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/** The given nodes and everything they stand on. */
export function withAncestors(graph: Graph, nodes: Iterable<string>): Set<string> {
  const found = new Set<string>();
  const visit = (node: string): void => {
    if (found.has(node)) return;
    found.add(node);
    for (const parent of graph.get(node) ?? []) visit(parent);
  };
  for (const node of nodes) visit(node);
  return found;
}

/** node -> length of the longest chain it stands on; 0 for a node that needs nobody. */
export function levels(graph: Graph): Map<string, number> {
  const known = new Map<string, number>();
  const visit = (node: string): number => {
    const seen = known.get(node);
    if (seen !== undefined) return seen;
    const parents = graph.get(node) ?? [];
    const level = parents.length === 0 ? 0 : 1 + Math.max(...parents.map(visit));
    known.set(node, level);
    return level;
  };
  for (const node of graph.keys()) visit(node);
  return known;
}

/** node -> weight of the heaviest chain that starts with it and runs to those that nobody needs, itself included. */
export function heights(graph: Graph, weight: (node: string) => number = () => 1): Map<string, number> {
  const children = new Map<string, string[]>();
  for (const [node, parents] of graph) {
    for (const parent of parents) children.set(parent, [...(children.get(parent) ?? []), node]);
  }
  const known = new Map<string, number>();
  const visit = (node: string): number => {
    const seen = known.get(node);
    if (seen !== undefined) return seen;
    const height = weight(node) + Math.max(0, ...(children.get(node) ?? []).map(visit));
    known.set(node, height);
    return height;
  };
  for (const node of graph.keys()) visit(node);
  return known;
}
