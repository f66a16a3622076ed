"use client";

import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { WordButton } from "#app/_components/button.tsx";
import { useTRPC } from "#app/_trpc/client.tsx";

type Props = {
  /** Null = of all projects. */
  projectId: string | null;
  notices: { id: string; text: string; href: string }[];
  words: { title: string; look: string; read: string };
};

/** What ended while nobody was looking; marking it as read takes it away. */
export function NoticeList({ projectId, notices, words }: Props) {
  const trpc = useTRPC();
  const router = useRouter();
  const mark = useMutation(trpc.notices.markRead.mutationOptions({ onSuccess: () => router.refresh() }));
  if (notices.length === 0) return null;
  return (
    <section className="no-print mt-5" aria-label={words.title}>
      <ul>
        {notices.map(({ id, text, href }) => (
          <li key={id} className="mt-1">
            {text}{" "}
            <Link prefetch={false} className="act underline" href={href}>
              {words.look}
            </Link>
          </li>
        ))}
      </ul>
      <WordButton disabled={mark.isPending} onClick={() => mark.mutate({ projectId })}>
        {words.read}
      </WordButton>
    </section>
  );
}
