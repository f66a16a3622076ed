/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  // Resizing remote pictures has been an open door more than once; our pages have none.
  images: { unoptimized: true },
  // Native modules and generated clients stay outside the bundle.
  serverExternalPackages: [
    "better-sqlite3",
    "pg",
    "@prisma/client",
    "@prisma/adapter-pg",
    "@prisma/adapter-better-sqlite3",
    // Reads its font metrics from beside itself.
    "pdfkit",
  ],
  devIndicators: false,
  reactStrictMode: true,
  turbopack: {
    root: import.meta.dirname,
    // Messages reach the browser parsed, so that their parser (9 kB) can stay behind: server/messages/say.ts.
    resolveAlias: { "use-intl/format-message": "use-intl/format-message/format-only" },
  },
};
