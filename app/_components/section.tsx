/** A part of the sheet: an ink rule, a serif head, its actions at the right edge. */
export function Section(props: {
  id?: string;
  title: string;
  links?: React.ReactNode;
  children: React.ReactNode;
}) {
  const { id, title, links, children } = props;
  const headId = id === undefined ? undefined : `${id}-head`;
  return (
    <section className="section" id={id} aria-labelledby={headId}>
      <header>
        <h2 id={headId}>{title}</h2>
        {links && <span className="links">{links}</span>}
      </header>
      {children}
    </section>
  );
}
