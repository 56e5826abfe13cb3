// Calls the service as an app in Node does, and prints what came of it as JSON.
//
//   node moderations.mjs URL
import OpenAI from "openai";

const client = new OpenAI({ baseURL: `${process.argv[2]}/v1`, apiKey: process.argv[3] ?? "any", maxRetries: 0 });

async function refusal(input, from = client) {
  try {
    await from.moderations.create({ input });
    return null;
  } catch (error) {
    const { status, code, type, message } = error;
    return { name: error.constructor.name, status, code, type, message };
  }
}

const one = await client.moderations.create({ model: "omni-moderation-latest", input: "I want to unalive myself" });
const many = await client.moderations.create({ input: ["have a lovely day", "k!ll y0urs3lf"] });
const parts = await client.moderations.create({ input: [{ type: "text", text: "I want to unalive myself" }] });
const image = [{ type: "image_url", image_url: { url: "https://example.com/a.png" } }];
const nowhere = new OpenAI({ baseURL: `${process.argv[2]}/v2`, apiKey: "any", maxRetries: 0 });
console.log(
  JSON.stringify({
    one,
    many: many.results.map((result) => result.flagged),
    parts: parts.results.map((result) => result.flagged),
    refusals: {
      empty: await refusal(""),
      image: await refusal(image),
      long: await refusal("long ".repeat(10_000)),
      nowhere: await refusal("hello", nowhere),
    },
  }),
);
