// A TCP proxy that can be cut, and that can lose an answer on its way back.

import { connect, createServer } from 'node:net';

/** Opens a proxy on a free port to the host of `url`. */
export async function openTcpProxy(url) {
  const { hostname, port } = new URL(url);
  const pairs = new Set();
  let away = false;
  let losing;
  let losses = 0;

  const drop = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
    pairs.clear();
  };

  const server = createServer((near) => {
    if (away) return void near.destroy();
    const far = connect({ host: hostname, port: Number(port) || 80 });
    const pair = [near, far];
    pairs.add(pair);
    let losesAnswer = false;
    near.on('data', (bytes) => {
      if (losing && bytes.includes(`POST ${losing.path} `)) {
        losesAnswer = true;
        away = losing.andCut;
        losing = undefined;
      }
      far.write(bytes);
    });
    far.on('data', (bytes) => {
      if (!losesAnswer) return void near.write(bytes);
      // The server has answered, so the work is done; the one who asked never hears.
      losses += 1;
      if (away) drop();
      else for (const socket of pair) socket.destroy();
    });
    for (const socket of pair) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        pairs.delete(pair);
        for (const other of pair) other.destroy();
      });
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    port: server.address().port,
    cut() {
      away = true;
      drop();
    },
    restore() {
      away = false;
    },
    /** Loses the answer to the next POST on `path`; with `andCut` nothing gets through after it. */
    loseNextAnswer(path, { andCut = false } = {}) {
      losing = { path, andCut };
    },
    lost: () => losses,
    close() {
      drop();
      server.close();
    },
  };
}
