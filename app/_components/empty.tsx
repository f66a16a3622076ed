/** Nothing here yet: what will stand here, what to do next, and the example where there is one. */
export function EmptyState({
  title,
  action,
  children,
}: {
  title: string;
  action?: React.ReactNode;
  children: React.ReactNode;
}) {
  return (
    <section className="empty">
      <h2>{title}</h2>
      {typeof children === "string" ? <p className="prose">{children}</p> : children}
      {action && <div className="actions">{action}</div>}
    </section>
  );
}
