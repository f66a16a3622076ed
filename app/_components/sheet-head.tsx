/** The page's question, then its answer in two sentences. Without data for a lead the page is not ready. */
export function SheetHead({
  question,
  lead,
  over,
}: {
  question: string;
  lead?: React.ReactNode;
  over?: React.ReactNode;
}) {
  return (
    <header>
      {over && <p className="second mb-2">{over}</p>}
      <h1>{question}</h1>
      {lead && <p className="lead">{lead}</p>}
    </header>
  );
}
