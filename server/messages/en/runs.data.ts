/** What is done with stored runs: comparing, noting, judging again, thinning out, pricing, forecasting. */
export const runs = {
  /** Column names are read by programs. */
  csv: {
    requests: "run,index,questionId,scheduledMs,sentMs,firstByteMs,doneMs,status,error",
    questions: "id,tag,rule,correct,refused,errorClass,retrieved,relevant,answer",
  },
} as const;
