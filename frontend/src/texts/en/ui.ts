/** The words of `ui`. */
export const t = {
  // Dialog
  close: "Close",

  // UntilField
  for1Hour: "for 1 hour",
  for4Hours: "for 4 hours",
  forADay: "for a day",
  forAWeek: "for a week",
  untilATimeOfMyChoice: "until a time of my choice",
  until: "Until",
  time: "Time",

  // CopyBox
  copied: "Copied",
  copy: "Copy",

  // Section
  chart: "Chart",
  table: "Table",

  // ReasonField
  reason: "Reason",
  othersWillReadIt: "Others will read it.",
  giveAReasonFirstOthersWillReadIt: "Give a reason first; others will read it",

  // Confirm
  nothingWasChanged: (fault: string) => `Nothing was changed. ${fault}`,
  cancel: "Cancel",
};
