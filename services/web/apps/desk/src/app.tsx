import { Heading1 } from "@utrecht/component-library-react";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { CasePage } from "./case/case-page.tsx";
import { FigureCasesPage } from "./figures/figure-cases-page.tsx";
import { FiguresPage } from "./figures/figures-page.tsx";
import { lazyPage } from "./ui/lazy-page.tsx";
import {
  mayExplain,
  mayOpenCases,
  mayRegister,
  maySeeFigures,
  maySeeMisroutes,
  maySeeQueues,
  maySeeSop,
  startPage,
} from "./lib/access.ts";
import { commonWords } from "./lib/words.ts";
import { MisroutesPage } from "./sop/misroutes/misroutes-page.tsx";
import { QueuePage } from "./queue/queue-page.tsx";
import { RegisterPage } from "./register/register-page.tsx";
import { ExpiredDialog } from "./session/expired-dialog.tsx";
import { SessionContext, useSessionState } from "./lib/session-context.ts";
import { SignInPage } from "./session/sign-in-page.tsx";
import { DraftPage } from "./sop/editor/draft-page.tsx";
import { SopPage } from "./sop/sop-page.tsx";
import { TryPage } from "./sop/explain/try-page.tsx";
import { MessagePage } from "./ui/page.tsx";
import { Shell } from "./shell/shell.tsx";
import { shellWords } from "./shell/words.ts";
import { Failed, Loading } from "./ui/states.tsx";

// What draws charts comes when somebody asks for it, so that the other screens stay small.
const DashboardPage = lazyPage(commonWords.figures, async () => {
  const { DashboardPage: page } = await import("./dashboard/dashboard-page.tsx");
  return page;
});
const WallPage = lazyPage(commonWords.figures, async () => {
  const { WallPage: page } = await import("./dashboard/wall-page.tsx");
  return page;
});

const WALL_PATH = "/cijfers/scherm";

/** Which screen stands at which address, and for whom. */
function Screens() {
  const { session } = useSessionState();
  if (!session) return null;
  return (
    <Switch>
      <Route path="/">
        <Redirect to={startPage(session)} replace />
      </Route>
      {mayRegister(session) && <Route path="/registreren" component={RegisterPage} />}
      {maySeeQueues(session) && <Route path="/werkvoorraad/:team?" component={QueuePage} />}
      {mayOpenCases(session) && <Route path="/zaak/:reference" component={CasePage} />}
      {maySeeFigures(session) && <Route path="/cijfers" component={DashboardPage} />}
      {maySeeFigures(session) && <Route path="/cijfers/tabel" component={FiguresPage} />}
      {maySeeFigures(session) && <Route path="/cijfers/zaken" component={FigureCasesPage} />}
      {maySeeSop(session) && <Route path="/werkafspraken" component={SopPage} />}
      {mayExplain(session) && <Route path="/werkafspraken/proberen" component={TryPage} />}
      {maySeeMisroutes(session) && (
        <Route path="/werkafspraken/verkeerd-doorgezet" component={MisroutesPage} />
      )}
      {maySeeSop(session) && <Route path="/werkafspraken/concept/:id" component={DraftPage} />}
      <Route path="/welkom">
        <MessagePage title={shellWords.welcome}>{shellWords.noScreen}</MessagePage>
      </Route>
      <Route>
        <MessagePage title={shellWords.noPage}>{shellWords.noPageHint}</MessagePage>
      </Route>
    </Switch>
  );
}

/** Where to go after signing in: only to a page of this site. */
function target(path: string, search: string): string {
  return path === "/" ? "/inloggen" : `/inloggen?naar=${encodeURIComponent(path + search)}`;
}

export function App() {
  const [path] = useLocation();
  const state = useSessionState();
  if (state.status !== "known") {
    return (
      <main className="wissel-alone">
        <Heading1>{commonWords.wissel}</Heading1>
        {state.status === "loading" ? (
          <Loading what={commonWords.wissel} />
        ) : (
          <Failed error={state.error} retry={state.reload} />
        )}
      </main>
    );
  }
  if (path === "/inloggen") return <SignInPage />;
  if (!state.session) return <Redirect to={target(path, window.location.search)} replace />;
  // A screen on the wall has no menu: nobody works at it.
  const onTheWall = path === WALL_PATH && maySeeFigures(state.session);
  return (
    <SessionContext value={state.session}>
      {onTheWall ? (
        <WallPage />
      ) : (
        <Shell>
          {/* Another colleague at the same desk starts with empty screens. */}
          <Screens key={state.session.accountId} />
        </Shell>
      )}
      <ExpiredDialog />
    </SessionContext>
  );
}
