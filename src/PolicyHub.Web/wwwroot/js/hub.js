// What every page starts. Each module finds what it is for, and does nothing on a page without it.
import { startKeys } from "./keys.js";
import { startLook } from "./look.js";
import { startSearchBox } from "./search-box.js";
import { startResults } from "./results.js";
import { startReading } from "./reading.js";

const results = startResults(document.querySelector("[data-results]"));
const box = startSearchBox(document.querySelector("[data-search]"), results);
startReading();
startKeys(box);
startLook(document.querySelector("[data-look]"));
