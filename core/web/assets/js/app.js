// The page's own script. Everything it does can be done without it.
import { arrange } from "./grid.js";
import { pickers } from "./picker.js";
import { manners } from "./manners.js";

manners();
pickers(document);
arrange();
