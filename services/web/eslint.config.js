import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";
import { importCircle } from "./lint/import-circle.js";

const here = fileURLToPath(new URL(".", import.meta.url));

// A feature is a folder of the desk. What two of them need is in lib (rules and queries) or ui
// (components); lib uses nothing but itself, ui nothing but lib.
const desk = "apps/desk/src";
const shared = ["lib", "ui", "styles"];
const features = readdirSync(`${here}${desk}`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !shared.includes(entry.name))
  .map(({ name }) => name);

const mayNotImport = (folder, regex, message) => ({
  files: [`${desk}/${folder}/**`],
  rules: { "no-restricted-imports": ["error", { patterns: [{ regex, message }] }] },
});

const layers = [
  mayNotImport("lib", "^\\.\\./", "lib uses nothing but lib."),
  mayNotImport("ui", "^\\.\\./(?!lib/)", "ui uses nothing but lib and ui."),
  ...features.map((feature) =>
    mayNotImport(
      feature,
      `^(\\.\\./)+((${features.filter((other) => other !== feature).join("|")})/|(app|main)\\.tsx)`,
      "A feature uses no other one: what both need belongs in lib or ui.",
    ),
  ),
];

export default tseslint.config(
  { ignores: ["**/dist/", "packages/api/src/gen/"] },
  js.configs.recommended,
  { files: ["**/*.js"], languageOptions: { globals: { URL: "readonly" } } },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [
      ...tseslint.configs.strictTypeChecked,
      ...tseslint.configs.stylisticTypeChecked,
      jsxA11y.flatConfigs.strict,
    ],
    plugins: { "react-hooks": reactHooks, wissel: { rules: { "import-circle": importCircle } } },
    languageOptions: {
      parserOptions: { project: "./tsconfig.json", tsconfigRootDir: here },
    },
    rules: {
      ...reactHooks.configs.recommended.rules,
      "wissel/import-circle": "error",
      "max-lines": ["error", 400],
      "max-lines-per-function": ["error", { max: 70, skipBlankLines: true, skipComments: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
  {
    files: ["**/*.test.ts"],
    rules: { "max-lines": ["error", 600], "max-lines-per-function": "off" },
  },
  ...layers,
);
