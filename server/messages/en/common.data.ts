/** Words that several rooms share: the frame, buttons, states of saving, the marks. */
export const common = {
  offline: "The server does not answer. Your last change was not saved.",
  allProjects: "All projects",
  failure: {
    question: "This page could not be drawn",
    lead: "The server met an error it did not expect. Everything you saved before is kept; what you were typing here may not be.",
    again: "Try again",
    logged: "The log of the server names it <code>{digest}</code>.",
  },
  nothingHere: {
    title: "Nothing here",
    question: "Nothing stands at this address",
    lead: "The project may have been deleted, or the address has a typing mistake. Nothing was changed.",
  },
} as const;
