import type { ProgressListener } from "../../text/progress.ts";
import type { OlderVersions } from "../needs/version-limits.ts";

/** What a lock is asked for. */
export interface LockRequest {
  /** PEP 508: `pandas`, `scikit-learn>=1.2`. They become `direct` in the environment. */
  readonly requirements: readonly string[];
  /** Versions to take where a package is needed at all: `numpy==1.24.3`. */
  readonly constraints?: readonly string[];
  /** Constraints that are given up where nothing fits with them: versions that a notebook only printed. */
  readonly prefer?: readonly string[];
  /** Older versions, which still have what a notebook uses; given up where nothing fits with them. */
  readonly older?: OlderVersions;
  /** `3.11`. */
  readonly python: string;
  /** `2023-06-01`: nothing published after that day (UTC). */
  readonly asOf?: string;
  /** Also in the lock, but not wanted by the notebook itself: `ipykernel`. */
  readonly extra?: readonly string[];
  /** Sentences that go before those of the resolver. */
  readonly reasons?: readonly string[];
  /** Which builds of torch: `auto` takes CPU builds where no NVIDIA GPU answers. */
  readonly accelerator?: "auto" | "cpu" | "cuda";
}

export interface LockOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: ProgressListener;
  /** Resolve even if the same was resolved before. */
  readonly refresh?: boolean;
}
