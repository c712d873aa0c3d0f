import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "@mantine/core/styles/baseline.css";
import "@mantine/core/styles/default-css-variables.css";
import "@mantine/core/styles/global.css";
import "./ui/tokens.css";
import "./ui/base.css";
import "./ui/controls.css";
import "./ui/parts.css";
import "./ui/states.css";
import "./ui/charts.css";
import "./ui/narrow.css";
import "./live/live.css";
import "./app/mantine.css";
import "./app/app.css";
import "./app/nav.css";
import "./app/bar.css";
import "./app/foot.css";
import { createQueries } from "./app/queryClient";
import { theme } from "./app/theme";
import { createRoutes } from "./routes";
import { Sprite } from "./ui/Sprite";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

createRoot(root).render(
  <StrictMode>
    {/* Mantine would write style elements; the policy allows none, so its variables are a file: app/mantine.css. */}
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withStaticClasses={false}
      withGlobalClasses={false}
    >
      <QueryClientProvider client={createQueries()}>
        <Sprite />
        <RouterProvider router={createRoutes()} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
