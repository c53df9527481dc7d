import { Button } from "@utrecht/component-library-react";
import { Component, lazy, Suspense, type ComponentType, type ReactNode } from "react";
import { Page } from "./page.tsx";
import { Loading, Notice } from "./states.tsx";
import { uiWords } from "./words.ts";

interface BoundaryProps {
  title: string;
  children: ReactNode;
}

/**
 * The code of a page did not come: the network is away, or a new version was put in place and the old
 * files are gone. Loading everything again helps with both.
 */
class LoadBoundary extends Component<BoundaryProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <Page title={this.props.title}>
        <Notice
          type="error"
          action={
            <Button appearance="secondary-action-button" onClick={() => window.location.reload()}>
              {uiWords.reload}
            </Button>
          }
        >
          {uiWords.pageNotLoaded}
        </Notice>
      </Page>
    );
  }
}

/** A page whose code is loaded when it is first shown. */
export function lazyPage(title: string, load: () => Promise<ComponentType>): ComponentType {
  const Loaded = lazy(async () => ({ default: await load() }));
  return function LazyPage() {
    return (
      <LoadBoundary title={title}>
        <Suspense
          fallback={
            // No page yet: the one to come sets the title, and the focus if it is not the first.
            <div className="wissel-page">
              <Loading what={uiWords.thePage} />
            </div>
          }
        >
          <Loaded />
        </Suspense>
      </LoadBoundary>
    );
  };
}
