import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const gateway = "http://localhost:8080";

// The page is served under `default-src 'self'`: nothing may be inlined as data: or script.
export default defineConfig({
  plugins: [react()],
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
  },
  // A generous deadline: how fast a machine is is no test.
  test: { setupFiles: ["./vitest.setup.js"], testTimeout: 60_000 },
  server: {
    proxy: { "^/wissel\\.": { target: gateway } },
    // The tests read the SOP of the demo municipality.
    fs: { allow: ["../..", "../../../../deploy/demo"] },
  },
});
