// Just enough of C++ for the tidy rules: comments and strings apart from code, and which brace
// opens a function, a class or a namespace. Plain text in, plain values out.

// Blanks comments and the insides of literals, and keeps every character's place. Returns the code,
// the literals with their line, and which lines hold a comment.
export function split(text) {
  let code = '';
  const literals = [];
  const commentLines = new Set();
  let line = 1;
  const blank = (s) => s.replace(/[^\n]/g, ' ');
  const lexeme =
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|R"([^(\s]*)\(([\s\S]*?)\)\1"|"((?:[^"\\\n]|\\.)*)"|(?<![0-9a-zA-Z_])'(?:[^'\\\n]|\\.)*'/g;
  let end = 0;
  const countLines = (s) => (s.match(/\n/g) ?? []).length;
  for (const match of text.matchAll(lexeme)) {
    const between = text.slice(end, match.index);
    line += countLines(between);
    code += between;
    const [whole, , raw, plain] = match;
    if (whole.startsWith('//') || whole.startsWith('/*')) {
      for (let i = 0; i <= countLines(whole); ++i) commentLines.add(line + i);
      code += blank(whole);
    } else {
      const value = raw ?? plain;
      if (value !== undefined) literals.push({ line, value });
      code += isInclude(code) ? whole : `"${blank(whole.slice(1, -1))}"`;
    }
    line += countLines(whole);
    end = match.index + whole.length;
  }
  return { code: code + text.slice(end), literals, commentLines };
}

function isInclude(codeBefore) {
  return /#\s*include\s*$/.test(codeBefore.slice(codeBefore.lastIndexOf('\n') + 1));
}

function kindOf(head, inType) {
  if (/\benum\b/.test(head)) return 'values';
  if (/\bnamespace\b|extern\s*""\s*$|extern\s*"\s*C?\s*"\s*$/.test(head)) return 'namespace';
  if (/(^|[\s>])(class|struct|union)\s+(?!.*\)\s*$)/.test(head) && !/\)\s*(const)?\s*$/.test(head))
    return 'type';
  return head.includes('(') || (inType && /operator/.test(head)) ? 'function' : 'values';
}

// Blocks of namespaces and types, outermost first, and every function body:
// {kind, head, start, end, outer}. Lines count from 1; what is inside functions is not looked at.
export function blocks(code) {
  const lines = code.replace(/^[ \t]*#.*(?:\\\n.*)*$/gm, (s) => s.replace(/[^\n]/g, ' '));
  const found = [];
  const open = [];
  let opaque = 0;
  let head = '';
  let headBefore = '';
  let headLine = 0;
  let line = 1;
  for (const character of lines) {
    if (character === '\n') ++line;
    // A brace that closed an initializer, not a body: the declaration goes on.
    if (headBefore && /[,){]/.test(character)) head = headBefore;
    if (/\S/.test(character)) headBefore = '';
    if (opaque > 0) {
      if (character === '{') ++opaque;
      if (character === '}' && --opaque === 0) {
        found.at(-1).end = line;
        headBefore = `${found.at(-1).head} `;
        headLine = found.at(-1).start;
        head = '';
      }
      continue;
    }
    if (character === '{') {
      const kind = kindOf(head, open.at(-1)?.kind === 'type');
      const block = {
        kind,
        head: head.trim(),
        start: headLine || line,
        end: line,
        outer: open.at(-1),
      };
      found.push(block);
      if (kind === 'namespace' || kind === 'type') open.push(block);
      else opaque = 1;
      head = '';
    } else if (character === '}') {
      const block = open.pop();
      if (block) block.end = line;
      head = '';
    } else if (character === ';') {
      head = '';
    } else {
      if (head.trim() === '') headLine = line;
      head += character;
      head = head.replace(/^\s*(public|protected|private)\s*:(?!:)/, '');
    }
  }
  return found;
}

// Parameters of `list` at the top level: "int a, std::map<X, Y> b" are two.
export function parameters(list) {
  if (list.trim() === '' || list.trim() === 'void') return [];
  let depth = 0;
  const found = [''];
  for (const character of list) {
    if ('<({['.includes(character)) ++depth;
    if ('>)}]'.includes(character)) --depth;
    if (character === ',' && depth === 0) found.push('');
    else found[found.length - 1] += character;
  }
  return found;
}
