/** Versions that the hello record states. The engine's own stands in package.json, from where the bundler takes it along. */
import packageJson from "../../package.json" with { type: "json" };

export const ENGINE_VERSION: string = packageJson.version;

/** Raised when a name of the contract changes its meaning or goes away; names are added without. */
export const CONTRACT_VERSION = 1;
