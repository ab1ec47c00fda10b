// What scripts add; everything can be read and done without them.
import "./look.js";
import "./drawers.js";
import "./keys.js";
import "./drafts.js";
import "./small.js";
