// After the build: the gateway sends x.gz as x to whoever takes gzip. Fonts are compressed already.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const assets = "dist/assets/";
for (const name of readdirSync(assets).filter((name) => /\.(js|css)$/.test(name))) {
  writeFileSync(`${assets}${name}.gz`, gzipSync(readFileSync(assets + name), { level: 9 }));
}
