/** Evidence in the margin: why, which rule, what would change it, what is unknown, or the one next action. */
export function Note({
  title,
  source,
  children,
}: {
  title: string;
  source?: React.ReactNode;
  children: React.ReactNode;
}) {
  return (
    <section className="note">
      <h2>{title}</h2>
      {typeof children === "string" ? <p>{children}</p> : children}
      {source && <p className="source">{source}</p>}
    </section>
  );
}
