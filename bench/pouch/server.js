// express-pouchdb over leveldb on loopback; prints its port. node server.js FOLDER
"use strict";
const express = require("express");
const PouchDB = require("pouchdb").defaults({ prefix: process.argv[2] + "/" });

const app = express();
app.use("/", require("express-pouchdb")(PouchDB, {
  inMemoryConfig: true,
  logPath: "/dev/null",
  mode: "minimumForPouchDB",
}));
const server = app.listen(0, "127.0.0.1", () => console.log(server.address().port));
