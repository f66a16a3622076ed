export type Fact = { name: string; value: React.ReactNode };

/** Names and values in two columns. A value that does not exist is said in words: unknown, not run. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl className="facts">
      {facts.map(({ name, value }) => (
        <div className="contents" key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
