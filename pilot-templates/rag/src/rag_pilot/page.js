"use strict";
const at = (id) => document.getElementById(id);
const make = (tag, className, text) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  // Everything that comes from a person, a document or a model is set as text, never as markup.
  if (text !== undefined) element.textContent = text;
  return element;
};
const state = { key: null, about: null, history: [], running: null, opener: null };

async function call(path, body, signal) {
  const headers = state.key ? { authorization: `Bearer ${state.key}` } : {};
  if (body) headers["content-type"] = "application/json";
  const response = await fetch(path, {
    method: body ? "POST" : "GET", headers, signal, body: body ? JSON.stringify(body) : undefined,
  });
  if (response.ok) return response;
  if (response.status === 401) at("access").hidden = false;
  const said = await response.json().catch(() => ({}));
  throw new Error(typeof said.message === "string" ? said.message : `The pilot answered with ${response.status}.`);
}

async function start() {
  try {
    state.about = await (await call("/about")).json();
  } catch (error) {
    at("about").textContent = error.message;
    if (!at("access").hidden) at("key").focus();
    return;
  }
  at("access").hidden = true;
  const about = state.about;
  at("title").textContent = about.title;
  document.title = about.title;
  at("about").textContent = `Answers come from ${about.documents} documents, each with its source.`;
  at("question").maxLength = about.maxQuestionCharacters;
  at("readers").hidden = about.permissions === "off";
  at("samples").replaceChildren(...about.samples.map((sample) => {
    const item = make("li"), button = make("button", "", sample);
    button.type = "button";
    button.addEventListener("click", () => { at("question").value = sample; ask(); });
    item.append(button);
    return item;
  }));
  at("sample-section").hidden = about.samples.length === 0;
  at("question").focus();
}

function readers() {
  if (!state.about || state.about.permissions === "off") return {};
  return { audiences: at("audiences").value.split(",").map((name) => name.trim()).filter(Boolean) };
}

async function ask() {
  const question = at("question").value.trim();
  if (!question || state.running) return;
  const turn = make("article", "turn"), answer = make("p", "answer", "Looking…");
  turn.append(make("h2", "", question), answer);
  at("turns").append(turn);
  at("question").value = "";
  const stopper = new AbortController();
  setRunning(stopper);
  turn.scrollIntoView({ block: "nearest" });
  try {
    const turns = state.about?.historyTurns ? { history: state.history.slice(-state.about.historyTurns) } : {};
    const response = await call("/ask/stream", { question, ...readers(), ...turns }, stopper.signal);
    let told = false;
    for await (const [name, data] of readEvents(response)) {
      if (name === "sources") showFound(turn, data);
      else if (name === "piece") answer.textContent = `${told ? answer.textContent : ""}${data.text}`;
      else if (name === "answer") showAnswer(turn, answer, question, data);
      else if (name === "error") throw new Error(data.message);
      told ||= name === "piece";
      if (name === "done") return;
    }
    throw new Error("The answer was cut off.");
  } catch (error) {
    answer.className = "answer failed";
    if (error.name === "AbortError") answer.textContent = "Stopped.";
    else if (error instanceof TypeError) answer.textContent = "The pilot does not answer. Is it still running?";
    else answer.textContent = error.message;
    say(answer.textContent);
  } finally {
    setRunning(null);
  }
}

async function* readEvents(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    rest += value;
    const blocks = rest.split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const [name, data] = block.split("\n");
      yield [name.slice("event: ".length), JSON.parse(data.slice("data: ".length))];
    }
  }
}

function setRunning(stopper) {
  state.running = stopper;
  at("ask").disabled = stopper !== null;
  at("stop").hidden = stopper === null;
  at("new").hidden = stopper !== null || at("turns").children.length === 0;
  at("turns").setAttribute("aria-busy", String(stopper !== null));
}

function showFound(turn, found) {
  const details = make("details"), list = make("ol", "found");
  details.append(make("summary", "quiet", `${found.chunks.length} passages found`), list);
  for (const chunk of found.chunks) {
    const item = make("li"), button = make("button", "", chunk.title || chunk.documentId);
    button.type = "button";
    button.addEventListener("click", () => openSource(chunk.documentId, chunk.start, chunk.end, button));
    item.append(button, make("span", "quiet", ` ${chunk.documentId}, score ${chunk.score}`));
    list.append(item);
  }
  turn.append(details);
}

function showAnswer(turn, answer, question, told) {
  answer.textContent = told.answer;
  answer.className = told.answerable ? "answer" : "answer refused";
  const quotes = make("ul", "quotes");
  for (const citation of told.citations) {
    const item = make("li"), button = make("button");
    button.type = "button";
    button.setAttribute("aria-pressed", "false");
    const place = `${citation.documentId}, characters ${citation.start} to ${citation.end}`;
    button.append(make("span", "", citation.quote), make("span", "quiet", place));
    button.addEventListener("click", () => openSource(citation.documentId, citation.start, citation.end, button));
    item.append(button);
    quotes.append(item);
  }
  answer.after(quotes, feedbackRow(told.answerId, question));
  if (told.answerable) state.history.push({ question, answer: told.answer });
  say(told.answer);
}

function feedbackRow(answerId, question) {
  const row = make("div", "row feedback"), comment = make("input");
  comment.placeholder = "What was right or wrong? (optional)";
  comment.maxLength = 1000;
  comment.setAttribute("aria-label", "Comment on this answer");
  const send = async (useful) => {
    try {
      const said = comment.value.trim();
      await call("/feedback", { answerId, useful, question: question.slice(0, 2000), comment: said || null });
      row.replaceChildren(make("span", "quiet", "Kept. Thank you."));
    } catch (error) {
      row.append(make("span", "answer failed", error.message));
    }
  };
  for (const [text, useful] of [["Helpful", true], ["Not helpful", false]]) {
    const button = make("button", "", text);
    button.type = "button";
    button.addEventListener("click", () => send(useful));
    row.append(button);
  }
  row.append(comment);
  return row;
}

async function openSource(documentId, start, end, opener) {
  let shown;
  try {
    shown = await (await call("/document", { documentId, ...readers() })).json();
  } catch (error) {
    shown = { title: documentId, text: error.message };
    start = end = 0;
  }
  // Offsets count characters as people do; a string of the browser counts some twice.
  const letters = Array.from(shown.text);
  const passage = make("mark", "", letters.slice(start, end).join(""));
  at("source-title").textContent = shown.title || documentId;
  at("source-about").textContent = start < end ? `${documentId}, characters ${start} to ${end}` : documentId;
  at("source-text").replaceChildren(letters.slice(0, start).join(""), passage, letters.slice(end).join(""));
  document.querySelectorAll(".quotes button").forEach((button) => button.setAttribute("aria-pressed", "false"));
  if (opener.hasAttribute("aria-pressed")) opener.setAttribute("aria-pressed", "true");
  state.opener = opener;
  at("source").hidden = false;
  at("columns").classList.add("split");
  passage.scrollIntoView({ block: "center" });
  at("source").focus({ preventScroll: true });
}

function closeSource() {
  if (at("source").hidden) return;
  at("source").hidden = true;
  at("columns").classList.remove("split");
  state.opener?.setAttribute("aria-pressed", "false");
  state.opener?.focus();
}

function say(text) { at("status").textContent = text; }

at("form").addEventListener("submit", (event) => { event.preventDefault(); ask(); });
at("question").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); ask(); }
});
at("stop").addEventListener("click", () => state.running?.abort());
at("new").addEventListener("click", () => {
  state.history = [];
  at("turns").replaceChildren();
  at("new").hidden = true;
  closeSource();
  at("question").focus();
});
at("use-key").addEventListener("click", () => { state.key = at("key").value.trim(); start(); });
at("key").addEventListener("keydown", (event) => { if (event.key === "Enter") at("use-key").click(); });
at("close-source").addEventListener("click", closeSource);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeSource();
  const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
  if (event.key === "/" && !typing) { event.preventDefault(); at("question").focus(); }
});
start();
