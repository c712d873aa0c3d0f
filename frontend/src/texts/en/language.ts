/** The language of this folder, for numbers, dates and plurals. */
export const language = "en";
