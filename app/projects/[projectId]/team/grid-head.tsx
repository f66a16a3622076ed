"use client";

import Link from "next/link";
import { useWords } from "#app/_words/client.tsx";
import type { GridColumn } from "./grid-rows.ts";

/** A column leads to what explains it: the drawing of a role, the entry of a person. */
export function GridHead({ columns }: { columns: GridColumn[] }) {
  const { say } = useWords("team");
  return (
    <thead>
      <tr>
        <th scope="col" className="sid">
          <span className="sr-only">{say("csv.skillId")}</span>
        </th>
        <th scope="col">{say("skill")}</th>
        {columns.map((column) => (
          <th key={column.id} scope="col" className="col" title={column.name}>
            <Link
              href={column.href}
              className="act"
              prefetch={false}
              scroll={column.href.includes("#person")}
            >
              <b>{column.head}</b> <span>{column.under}</span>
              <span className="sr-only">{column.name}</span>
            </Link>
          </th>
        ))}
        <th scope="col" className="scale">
          {say("matrix.needAndHeld")}
          <svg className="mark" width="84" height="11" viewBox="0 0 84 11" aria-hidden="true">
            {[0, 1, 2, 3, 4].map((level) => (
              <text key={level} x={6 + level * 18} y="10" textAnchor="middle">
                {level}
              </text>
            ))}
          </svg>
        </th>
        <th scope="col" className="words">
          {say("gap")}
        </th>
        <th scope="col" className="num">
          {say("busFactor")}
        </th>
      </tr>
    </thead>
  );
}
