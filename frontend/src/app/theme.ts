import { createTheme, type MantineColorsTuple } from "@mantine/core";

const ink: MantineColorsTuple = [
  "var(--sunken)",
  "var(--hover)",
  "var(--selected)",
  "var(--line)",
  "var(--line-strong)",
  "var(--control-line)",
  "var(--ink)",
  "var(--ink)",
  "var(--ink)",
  "var(--ink)",
];

/** Mantine wears the tokens (its variables are in mantine.css); its own reds and greens are never used for a status. */
export const theme = createTheme({
  fontFamily: "var(--font)",
  fontFamilyMonospace: "var(--mono)",
  primaryColor: "ink",
  colors: { ink },
  defaultRadius: 4,
  fontSizes: { xs: "11px", sm: "12px", md: "13px", lg: "15px", xl: "20px" },
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
});
