import { Link, useLocation } from "wouter";

interface Props {
  label: string;
  items: readonly { to: string; label: string }[];
}

/** Pages that belong together. */
export function SubNav({ label, items }: Props) {
  const [path] = useLocation();
  return (
    <nav className="wissel-sub-nav" aria-label={label}>
      {items.map(({ to, label: name }) => (
        <Link
          key={to}
          href={to}
          className="wissel-sub-nav__link"
          aria-current={path === to ? "page" : undefined}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
