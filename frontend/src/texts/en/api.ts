/** The words of `api`. */
export const t = {
  // problem
  theServerAnswered: (status: number) => `The server answered ${status}.`,
  trace: (traceId: string) => ` Trace ${traceId}.`,

  // client
  theServerCouldNotBeReached: "The server could not be reached.",

  // backtest
  theAnswerEndedBeforeTheResult: "The answer ended before the result.",
};
