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
  ],
  devIndicators: false,
  reactStrictMode: true,
  turbopack: { root: import.meta.dirname },
};
