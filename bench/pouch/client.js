// One database of leveldb beside one of express-pouchdb; prints {docs, seconds} as JSON.
//   node client.js fill FOLDER NAME FILE          documents of a file, one JSON each line, into NAME
//   node client.js push FOLDER NAME URL           NAME replicates to URL
//   node client.js pull FOLDER NAME URL           URL replicates to NAME
"use strict";
const fs = require("fs");
const readline = require("readline");
const [what, folder, name, where] = process.argv.slice(2);
const PouchDB = require("pouchdb").defaults({ prefix: folder + "/" });

const AT_ONCE = 1000; // faster here than PouchDB's usual 100

async function fill(db) {
  let docs = [], count = 0;
  for await (const line of readline.createInterface({ input: fs.createReadStream(where) })) {
    docs.push(JSON.parse(line));
    count++;
    if (docs.length === AT_ONCE) await db.bulkDocs(docs.splice(0));
  }
  if (docs.length) await db.bulkDocs(docs);
  return count;
}

async function replicate(from, to) {
  const result = await PouchDB.replicate(from, to, { batch_size: AT_ONCE });
  if (!result.ok || result.errors.length) throw new Error(JSON.stringify(result));
  return result.docs_written;
}

async function main() {
  const db = new PouchDB(name);
  await db.info(); // open
  const began = process.hrtime.bigint();
  let docs;
  if (what === "fill") docs = await fill(db);
  else if (what === "push") docs = await replicate(db, where);
  else docs = await replicate(where, db);
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  const info = await db.info();
  console.log(JSON.stringify({ docs, seconds, here: info.doc_count }));
  await db.close();
  process.exit(0);
}

main().catch((error) => { console.error(error); process.exit(1); });
