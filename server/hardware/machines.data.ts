/** Peak figures of one accelerator as its maker prints them: dense, without sparsity. */
export type CatalogueMachine = {
  id: string;
  name: string;
  memoryGigabytes: number;
  terabytesPerSecond: number;
  /** Half precision on tensor cores. Sheets often print twice this, with sparsity. */
  halfTeraflops: number;
  readAt: string;
  readOn: string;
};

export const CATALOGUE_MACHINES: readonly CatalogueMachine[] = [
  {
    id: "a100-sxm-80",
    name: "NVIDIA A100 SXM 80 GB",
    memoryGigabytes: 80,
    terabytesPerSecond: 2.039,
    halfTeraflops: 312,
    readAt: "2026-11-20",
    readOn: "glennklockwood.com/garden/processors/A100, which cites NVIDIA's A100 data sheet",
  },
  {
    id: "l40s",
    name: "NVIDIA L40S",
    memoryGigabytes: 48,
    terabytesPerSecond: 0.864,
    halfTeraflops: 362,
    readAt: "2026-11-20",
    readOn: "mullet.se, product table of the L40S",
  },
  {
    id: "h200-sxm",
    name: "NVIDIA H200 SXM",
    memoryGigabytes: 141,
    terabytesPerSecond: 4.8,
    halfTeraflops: 989.5,
    readAt: "2026-11-20",
    readOn: "morphllm.com/nvidia-h200, which cites NVIDIA's H200 page: 1979 with sparsity, half of it dense",
  },
];
