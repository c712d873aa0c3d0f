/** The words of `util`. */
export const t = {
  // time
  min: (floor: number) => `${floor} min`,
  minS: (floor: number, n: number) => `${floor} min ${n} s`,
  hMin: (floor: number, floor2: number) => `${floor} h ${floor2} min`,
  jan: "Jan",
  feb: "Feb",
  mar: "Mar",
  apr: "Apr",
  may: "May",
  jun: "Jun",
  jul: "Jul",
  aug: "Aug",
  sep: "Sep",
  oct: "Oct",
  nov: "Nov",
  dec: "Dec",
  localTime: "local time",

  // number

  // contrast
  aColourSuchAs7a4fbf: "A colour such as #7a4fbf.",
  tooCloseToThePageAShapeNeedsA: (list: string) => `Too close to the ${list} page: a shape needs a contrast of 3.`,
  theLightPage: "light",
  theDarkPage: "dark",
};
