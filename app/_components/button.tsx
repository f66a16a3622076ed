import Link from "next/link";
import type { ComponentProps } from "react";

type Weight = "primary" | "secondary";

/** One filled (`primary`) button a page: the next action. Everything else is `secondary` or a blue word. */
export function Button({
  weight = "secondary",
  className = "",
  ...props
}: ComponentProps<"button"> & { weight?: Weight }) {
  return <button type="button" {...props} className={`button ${weight} ${className}`} />;
}

/** Pages are drawn for one request; asking for them ahead would only make the server draw what nobody reads. */
export function LinkButton({
  weight = "secondary",
  className = "",
  ...props
}: ComponentProps<typeof Link> & { weight?: Weight }) {
  return <Link prefetch={false} {...props} className={`button ${weight} ${className}`} />;
}

/** An action as a blue word. */
export function WordButton({ className = "", ...props }: ComponentProps<"button">) {
  return <button type="button" {...props} className={`act ${className}`} />;
}
