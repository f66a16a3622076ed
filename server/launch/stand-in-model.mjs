// An OpenAI-compatible endpoint for tests: no model, it repeats the first sentence of the first source as its answer.
import { createServer } from "node:http";

/** @returns {Promise<{ url: string, close: () => void, asked: () => number }>} */
export async function startStandInModel() {
  let asked = 0;
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const piece of request) text += piece;
    if (request.headers.authorization !== "Bearer stand-in") {
      response.writeHead(401).end("{}");
      return;
    }
    asked += 1;
    const body = JSON.parse(text);
    const content = answer(
      body.messages.map((/** @type {{content: string}} */ one) => one.content).join("\n"),
    );
    const usage = {
      prompt_tokens: Math.ceil(text.length / 4),
      completion_tokens: Math.ceil(content.length / 4),
    };
    if (body.stream) stream(response, content, usage);
    else {
      const choices = [{ index: 0, finish_reason: "stop", message: { role: "assistant", content } }];
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ choices, usage }));
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/v1`, close: () => server.close(), asked: () => asked };
}

/** @param {import("node:http").ServerResponse} response @param {string} content @param {object} usage */
function stream(response, content, usage) {
  response.writeHead(200, { "content-type": "text/event-stream" });
  const send = (/** @type {object} */ value) => response.write(`data: ${JSON.stringify(value)}\n\n`);
  for (let at = 0; at < content.length; at += 40)
    send({ choices: [{ index: 0, finish_reason: null, delta: { content: content.slice(at, at + 40) } }] });
  send({ choices: [{ index: 0, finish_reason: "stop", delta: {} }] });
  send({ choices: [], usage });
  response.end("data: [DONE]\n\n");
}

/** @param {string} prompt */
function answer(prompt) {
  const source = prompt.match(/<source number="1"[^>]*>\n([\s\S]*?)\n<\/source>/)?.[1] ?? "";
  // The first line is the page's title, which is no part of its text.
  const sentence = source
    .split("\n")
    .slice(1)
    .join("\n")
    .match(/[^\n]+?[.!?](?=\s|$)/)?.[0];
  return JSON.stringify(
    sentence
      ? { refused: false, answer: sentence.trim(), quotes: [sentence.trim()] }
      : { refused: true, answer: "", quotes: [] },
  );
}
