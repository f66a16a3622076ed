"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";

/** Knows whether one stands in the place it leads to; a layout does not, it is not drawn again on the way. */
export function SpineLink(props: {
  href: string;
  className: string;
  exact?: boolean;
  here?: boolean;
  children: React.ReactNode;
}) {
  const { href, className, exact = false, here, children } = props;
  const path = usePathname();
  const isHere = here ?? (path === href || (!exact && path.startsWith(`${href}/`)));
  return (
    <Link prefetch={false} href={href} className={className} aria-current={isHere ? "page" : undefined}>
      {children}
    </Link>
  );
}
