-- AlterTable
ALTER TABLE "Project" ADD COLUMN "archivedAt" DATETIME;

-- AlterTable
ALTER TABLE "Job" ADD COLUMN "externalId" TEXT;

-- CreateTable
CREATE TABLE "EntryPoint" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "chosen" BOOLEAN NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "deletedAt" DATETIME,
    CONSTRAINT "EntryPoint_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Override" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "layerId" TEXT NOT NULL,
    "option" TEXT,
    "reason" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    CONSTRAINT "Override_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Decision" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "ruleSetVersion" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "supersedesId" TEXT,
    "memberId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    CONSTRAINT "Decision_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Visit" (
    "projectId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "at" DATETIME NOT NULL,

    PRIMARY KEY ("projectId", "memberId"),
    CONSTRAINT "Visit_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Judgement" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "targets" TEXT NOT NULL,
    "verdicts" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    CONSTRAINT "Judgement_workspaceId_runId_fkey" FOREIGN KEY ("workspaceId", "runId") REFERENCES "BenchmarkRun" ("workspaceId", "runId") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Notice" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "readAt" DATETIME,
    CONSTRAINT "Notice_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_BenchmarkRun" (
    "workspaceId" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "jobId" TEXT,
    "scaffoldId" TEXT,
    "source" TEXT NOT NULL,
    "isolation" TEXT,
    "modified" BOOLEAN NOT NULL,
    "reportSha256" TEXT NOT NULL,
    "report" TEXT NOT NULL,
    "verdicts" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "finishedAt" DATETIME NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "note" TEXT,
    "records" TEXT NOT NULL DEFAULT 'kept',
    "sweepId" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    PRIMARY KEY ("workspaceId", "runId"),
    CONSTRAINT "BenchmarkRun_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_BenchmarkRun" ("createdAt", "createdBy", "finishedAt", "isolation", "jobId", "modified", "outcome", "projectId", "report", "reportSha256", "runId", "scaffoldId", "source", "verdicts", "workspaceId") SELECT "createdAt", "createdBy", "finishedAt", "isolation", "jobId", "modified", "outcome", "projectId", "report", "reportSha256", "runId", "scaffoldId", "source", "verdicts", "workspaceId" FROM "BenchmarkRun";
DROP TABLE "BenchmarkRun";
ALTER TABLE "new_BenchmarkRun" RENAME TO "BenchmarkRun";
CREATE INDEX "BenchmarkRun_workspaceId_projectId_createdAt_idx" ON "BenchmarkRun"("workspaceId", "projectId", "createdAt");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "EntryPoint_workspaceId_projectId_idx" ON "EntryPoint"("workspaceId", "projectId");

-- CreateIndex
CREATE INDEX "Override_workspaceId_projectId_layerId_id_idx" ON "Override"("workspaceId", "projectId", "layerId", "id");

-- CreateIndex
CREATE INDEX "Decision_workspaceId_projectId_id_idx" ON "Decision"("workspaceId", "projectId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Decision_projectId_number_key" ON "Decision"("projectId", "number");

-- CreateIndex
CREATE INDEX "Visit_workspaceId_idx" ON "Visit"("workspaceId");

-- CreateIndex
CREATE INDEX "Judgement_workspaceId_projectId_id_idx" ON "Judgement"("workspaceId", "projectId", "id");

-- CreateIndex
CREATE INDEX "Notice_workspaceId_readAt_id_idx" ON "Notice"("workspaceId", "readAt", "id");
