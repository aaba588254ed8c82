import assert from "node:assert/strict";
import { test } from "node:test";
import { deviceRequests } from "../../../core/src/engine/docker/gpus.ts";
import { refusal } from "../../../core/src/engine/docker/refusal.ts";

test("all GPUs, or as many as may be had, are asked for as `docker run --gpus all` does, then by CDI", () => {
  for (const request of ["all", "optional"] as const) {
    assert.deepEqual(deviceRequests(request), [
      [{ Driver: "", Count: -1, Capabilities: [["gpu"]] }],
      [{ Driver: "cdi", DeviceIDs: ["nvidia.com/gpu=all"] }],
    ]);
  }
});

test("a number of GPUs is a count, or as many devices of CDI", () => {
  assert.deepEqual(deviceRequests(2), [
    [{ Driver: "", Count: 2, Capabilities: [["gpu"]] }],
    [{ Driver: "cdi", DeviceIDs: ["nvidia.com/gpu=0", "nvidia.com/gpu=1"] }],
  ]);
});

test("GPUs that are named are asked for by their names", () => {
  assert.deepEqual(deviceRequests(["0", "GPU-8f3c"]), [
    [{ Driver: "", DeviceIDs: ["0", "GPU-8f3c"], Capabilities: [["gpu"]] }],
    [{ Driver: "cdi", DeviceIDs: ["nvidia.com/gpu=0", "nvidia.com/gpu=GPU-8f3c"] }],
  ]);
});

test("what engines answer where they have no GPU to give is told as that, with the mend", () => {
  for (const answer of [
    'could not select device driver "" with capabilities: [[gpu]]',
    'could not select device driver "cdi" with capabilities: []',
    "error gathering device information while adding custom device: CDI device injection failed: unresolvable CDI devices nvidia.com/gpu=all",
    "nvidia-container-cli: initialization error: load library failed: libnvidia-ml.so.1",
  ]) {
    const { problem } = refusal(new Error(`(HTTP code 500) server error - ${answer} `), "start a container");
    assert.equal(problem.id, "RP326", answer);
    assert.match(problem.mend, /NVIDIA Container Toolkit.*--gpus none/);
    assert.match(problem.cause ?? "", /HTTP code 500/);
  }
});
