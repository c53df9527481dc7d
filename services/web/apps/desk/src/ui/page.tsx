import { Heading1, Paragraph } from "@utrecht/component-library-react";
import { useEffect, useRef, type ReactNode } from "react";
import { uiWords } from "./words.ts";

interface Props {
  /** In the tab of the browser and, if `heading` is absent, at the top of the page. */
  title: string;
  heading?: ReactNode;
  /** Beside the heading. */
  aside?: ReactNode;
  /** The page puts the focus itself, for instance in its first field. */
  ownFocus?: boolean;
  children: ReactNode;
}

let firstPage = true;

/** A page: document title, heading, and the focus on it after going from page to page. */
export function Page({ title, heading, aside, ownFocus = false, children }: Props) {
  const headingRef = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = uiWords.pageTitle(title);
  }, [title]);
  useEffect(() => {
    if (!firstPage && !ownFocus) headingRef.current?.focus({ preventScroll: true });
    firstPage = false;
    window.scrollTo(0, 0);
  }, [ownFocus]);
  return (
    <div className="wissel-page">
      <div className="wissel-page__head">
        <Heading1 ref={headingRef} tabIndex={-1} className="wissel-page__title">
          {heading ?? title}
        </Heading1>
        {aside}
      </div>
      {children}
    </div>
  );
}

/** A page that only tells something. */
export function MessagePage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Page title={title}>
      <Paragraph>{children}</Paragraph>
    </Page>
  );
}
