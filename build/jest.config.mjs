// Knows: where the jest tests lie and how TypeScript reaches jest: swc strips the types and makes CommonJS of it, which
// needs no flag on any Node.

const config = {
  rootDir: "..",
  roots: ["<rootDir>/tests"],
  testMatch: ["**/*.test.{ts,mjs}"],
  testEnvironment: "node",
  moduleFileExtensions: ["ts", "mjs", "js", "json"],
  transform: {
    "\\.(ts|mjs)$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
  watchman: false,
  // By default one core is left to others, which on a machine with two is half of the time.
  maxWorkers: "100%",
};

export default config;
