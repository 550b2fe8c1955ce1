// Loaded before commands that people run often: half of their time would go into compiling unchanged code. Node's compile cache is
// kept next to the packages; a changed file is compiled again.
const { join } = require('node:path');
require('node:module').enableCompileCache(join(__dirname, '../node_modules/.cache/compiled'));
