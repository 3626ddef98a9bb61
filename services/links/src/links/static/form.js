// The link form with a script: rows that come and go, files that upload at once. All of it works without.
import "./rates.js";
import "./rows.js";
import "./uploads.js";
