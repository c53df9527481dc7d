// Node 18 has no global `crypto`; every browser has.
import { webcrypto } from "node:crypto";

globalThis.crypto ??= webcrypto;
