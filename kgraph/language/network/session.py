"""Opens a network: how onnxruntime is set for texts, whose lengths vary, on a CPU that other work shares."""

from __future__ import annotations

from pathlib import Path

import onnxruntime

__all__ = ["open_session"]


def open_session(path: Path, *, threads: int) -> onnxruntime.InferenceSession:
    """The network of an ONNX file, on the CPU."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_mem_pattern = False  # shapes vary
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(
        str(path),
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],  # the fused operator is the slower one on a CPU
    )
