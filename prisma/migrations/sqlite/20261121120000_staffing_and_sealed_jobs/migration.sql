-- AlterTable
ALTER TABLE "Workspace" ADD COLUMN "scorecardDays" INTEGER;

-- AlterTable
ALTER TABLE "Job" ADD COLUMN "seal" TEXT;

-- CreateTable
CREATE TABLE "Staffing" (
    "projectId" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Staffing_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Scorecard" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "roleId" TEXT NOT NULL,
    "alias" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "keepUntil" DATETIME NOT NULL,
    "memberId" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Scorecard_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Staffing_workspaceId_idx" ON "Staffing"("workspaceId");

-- CreateIndex
CREATE INDEX "Scorecard_workspaceId_projectId_idx" ON "Scorecard"("workspaceId", "projectId");

-- CreateIndex
CREATE INDEX "Scorecard_keepUntil_idx" ON "Scorecard"("keepUntil");
