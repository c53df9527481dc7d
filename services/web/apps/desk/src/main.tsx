import "@fontsource-variable/noto-sans/wght.css";
import "@utrecht/design-tokens/dist/theme.css";
import "./styles/components.css";
import "./styles/theme.css";
import "./styles/dark.css";
import "./styles/layout.css";
import "./styles/parts.css";
import "./register/register.css";
import "./queue/queue.css";
import "./case/case.css";
import "./figures/figures.css";
import "./sop/sop.css";
import "./sop/editor/editor.css";
import "./styles/contrast.css";
import "./styles/print.css";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { mayHelpToRetry } from "./lib/errors.ts";
import { SessionProvider } from "./session/session-provider.tsx";
import { AnnouncerProvider } from "./ui/announcer.tsx";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => failures < 2 && mayHelpToRetry(error),
    },
    mutations: { retry: false },
  },
});

const root = document.getElementById("app");
if (!root) throw new Error("index.html has no #app");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <AnnouncerProvider>
        <SessionProvider>
          <App />
        </SessionProvider>
      </AnnouncerProvider>
    </QueryClientProvider>
  </StrictMode>,
);
