-- AlterTable
ALTER TABLE "Workspace" ADD COLUMN     "scorecardDays" INTEGER;

-- AlterTable
ALTER TABLE "Job" ADD COLUMN     "seal" TEXT;

-- CreateTable
CREATE TABLE "Staffing" (
    "projectId" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Staffing_pkey" PRIMARY KEY ("projectId")
);

-- CreateTable
CREATE TABLE "Scorecard" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "roleId" TEXT NOT NULL,
    "alias" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "keepUntil" TIMESTAMP(3) NOT NULL,
    "memberId" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Scorecard_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Staffing_workspaceId_idx" ON "Staffing"("workspaceId");

-- CreateIndex
CREATE INDEX "Scorecard_workspaceId_projectId_idx" ON "Scorecard"("workspaceId", "projectId");

-- CreateIndex
CREATE INDEX "Scorecard_keepUntil_idx" ON "Scorecard"("keepUntil");

-- AddForeignKey
ALTER TABLE "Staffing" ADD CONSTRAINT "Staffing_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Scorecard" ADD CONSTRAINT "Scorecard_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;
