// Compiled addons that pretend are JavaScript in a file of that name.
const { readFileSync } = require("node:fs");
require.extensions[".node"] = (module, path) => module._compile(readFileSync(path, "utf8"), path);
