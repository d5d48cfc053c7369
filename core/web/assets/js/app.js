// The page's own script. Everything it does can be done without it.
import { arrange } from "./grid.js";
import { late, live } from "./live.js";
import { tryOn, wear } from "./look.js";
import { keepPage, offline } from "./offline.js";
import { pickers } from "./picker.js";
import { push } from "./push.js";
import { manners } from "./manners.js";
import { focusReturns } from "./focus.js";
import { toast } from "./toast.js";

manners();
focusReturns();
pickers(document);
push();
arrange();
late().then(keepPage);
const word = toast();
offline(live(keepPage, word), word);
tryOn();
wear();
