import "@fontsource-variable/noto-sans/wght.css";
import "@utrecht/design-tokens/dist/theme.css";
import "./styles/components.css";
import "./styles/theme.css";
import "./styles/dark.css";
import "./styles/layout.css";
import "./styles/parts.css";
import "./styles/register.css";
import "./styles/queue.css";
import "./styles/case.css";
import "./styles/figures.css";
import "./styles/sop.css";
import "./styles/sop-draft.css";
import "./styles/contrast.css";

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
