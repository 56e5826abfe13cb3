// Asks a service that is busy at first, with the retries the client makes by itself, and prints the answer as JSON.
//
//   node retries.mjs URL
import OpenAI from "openai";

const client = new OpenAI({ baseURL: `${process.argv[2]}/v1`, apiKey: "any" });
const started = performance.now();
const answer = await client.moderations.create({ input: "hello" });
console.log(JSON.stringify({ flagged: answer.results[0].flagged, waited_ms: performance.now() - started }));
