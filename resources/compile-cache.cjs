// Loaded before a command that people type often: half of its time would go into compiling what has not changed since. What Node has
// compiled is kept beside the packages; each file is looked at, and compiled anew when it is another.
const { join } = require('node:path');
require('node:module').enableCompileCache(join(__dirname, '../node_modules/.cache/compiled'));
