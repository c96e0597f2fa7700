"""Runs networks with OpenVINO: on the CPU, an Intel GPU or an Intel NPU."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from engine.base import Buffer, EngineDescription
from engine.engine_cache import EngineCache, EngineKey
from engine.errors import EngineError, EngineRunFailed, ModelContractBroken
from engine.model_file import ModelFile, read_model
from engine.openvino.attempts import Attempt, OpenVINODevice, plan
from engine.openvino.machine import cpu_instructions, device_name, look_at_machine
from engine.openvino.runtime import openvino
from engine.openvino.tensor_sizes import require_small_tensors
from engine.precision import Precision
from engine.quantised_file import parse_network
from engine.reasons import AttemptFailed
from engine.threads import threads_for, usable_cores
from nasfe_cam.core.errors import statement_of
from nasfe_cam.core.statement import Statement


class OpenVINOEngine:
    """An `Engine`; what cannot be had as asked for runs on the CPU, and `describe` says why.

    Args:
        path: ONNX file with static shapes.
        sha256: what the file must hash to.
        tensors: names of the inputs and outputs that the caller will use; what
            serves other outputs alone is not computed.
        precision: AUTO takes INT8 where the CPU multiplies it in hardware and the
            network has an INT8 file, else bf16 where the CPU has it in hardware.
        threads: CPU threads; 0 chooses from the machine (`engine.threads`).
        device: where to run it.
        cache: folder for compiled networks; one that cannot be used costs time alone.
        quantised: the network's INT8 file (`engine.quantised_file`).

    Raises:
        ModelFileMissing, ModelFileDamaged: see `read_model`.
        ModelContractBroken: not an ONNX network, or a tensor is missing.
    """

    def __init__(
        self,
        path: Path,
        sha256: str,
        tensors: Sequence[str],
        precision: Precision = Precision.AUTO,
        threads: int = 0,
        *,
        device: OpenVINODevice = OpenVINODevice.CPU,
        cache: Path | None = None,
        quantised: ModelFile | None = None,
    ) -> None:
        self._core = openvino.Core()
        self._model = ModelFile(path, sha256, quantised)
        self._tensors = sorted(tensors)
        self._threads = threads or threads_for(usable_cores())
        self._notes: list[Statement] = []
        self._cache = None if cache is None else EngineCache(cache, self._note)
        self._inputs: dict[str, Buffer] = {}
        self._outputs: dict[str, Buffer] = {}
        *better, last = plan(device, precision, look_at_machine(self._core), quantised is not None)
        for attempt in better:
            try:
                self._start(attempt)
                return
            except (EngineError, RuntimeError) as error:
                failed = AttemptFailed(attempt.precision, attempt.device, _first_line(error))
                self._notes.append(failed.statement)
        try:
            self._start(last)
        except RuntimeError as error:
            raise ModelContractBroken(path, _first_line(error)) from None

    @property
    def inputs(self) -> Mapping[str, Buffer]:
        return self._inputs

    @property
    def outputs(self) -> Mapping[str, Buffer]:
        return self._outputs

    def run(self) -> None:
        try:
            self._request.infer(share_inputs=True, share_outputs=True)
        except RuntimeError as error:
            raise EngineRunFailed(self._description.device, _first_line(error)) from None

    def describe(self) -> EngineDescription:
        return self._description

    def close(self) -> None:
        self._inputs, self._outputs = {}, {}
        del self._request

    def _start(self, attempt: Attempt) -> None:
        compiled = self._compiled(attempt)
        self._request = compiled.create_infer_request()
        self._inputs = {port.get_any_name(): self._buffer(port) for port in compiled.inputs}
        self._outputs = {port.get_any_name(): self._buffer(port) for port in compiled.outputs}
        missing = set(self._tensors) - set(self._inputs) - set(self._outputs)
        if missing:
            raise ModelContractBroken(
                self._model.path, f"no tensor named {', '.join(sorted(missing))}"
            )
        # Memory is fetched and kernels are made now, and a device that cannot run says so now.
        self._request.infer(share_inputs=True, share_outputs=True)
        self._description = EngineDescription(
            runtime=f"OpenVINO {openvino.__version__.split('-')[0]}",
            device=f"{attempt.device} ({device_name(self._core, attempt.device)})",
            precision=attempt.precision,
            reasons=(*self._notes, *attempt.reasons),
        )

    def _buffer(self, port: openvino.ConstOutput) -> Buffer:
        """Memory of our own for a tensor, which every device can be given."""
        buffer = np.zeros(tuple(port.get_shape()), np.float32)
        self._request.set_tensor(port, openvino.Tensor(buffer, shared_memory=True))
        return buffer

    def _compiled(self, attempt: Attempt) -> openvino.CompiledModel:
        file = self._model.quantised if attempt.quantised else None
        file = file or self._model
        content = read_model(file.path, file.sha256)
        options = self._options(attempt)
        if self._cache is None:
            return self._core.compile_model(self._parsed(attempt, content), *options)
        key = self._cache_key(file, attempt, options)
        kept = self._cache.load(key)
        if kept is not None:
            # What another driver wrote may be refused; then it is compiled anew.
            with suppress(RuntimeError):
                blob = openvino.Tensor(np.frombuffer(kept, np.uint8))
                return self._core.import_model(blob, *options)
        compiled = self._core.compile_model(self._parsed(attempt, content), *options)
        # Not every device hands out what it compiled.
        with suppress(RuntimeError):
            self._cache.store(key, compiled.export_model().getvalue())
        return compiled

    def _parsed(self, attempt: Attempt, content: bytes) -> openvino.Model:
        quantised = self._model.quantised
        if attempt.quantised and quantised is not None:
            model = parse_network(self._core, quantised.path, content, self._model.sha256)
            require_small_tensors(model, quantised.path)
        else:
            model = self._core.read_model(content)
            require_small_tensors(model, self._model.path)
        return _with_outputs(model, set(self._tensors))

    def _options(self, attempt: Attempt) -> tuple[str, dict[str, object]]:
        """Device and properties, as `compile_model` and `import_model` take them."""
        properties: dict[str, object] = {
            "PERFORMANCE_HINT": "LATENCY",
            "INFERENCE_PRECISION_HINT": attempt.arithmetic,
        }
        if attempt.device == "CPU":
            # Threads that are bound to cores would wait for a meeting program that is on them.
            properties["ENABLE_CPU_PINNING"] = False
            properties["INFERENCE_NUM_THREADS"] = self._threads
        return attempt.device, properties

    def _cache_key(
        self, file: ModelFile, attempt: Attempt, options: tuple[str, dict[str, object]]
    ) -> EngineKey:
        return EngineKey(
            network=file.path.stem,
            # An INT8 file is good for one float network alone.
            sha256=file.sha256 + (self._model.sha256 if attempt.quantised else ""),
            graph_version=0,
            runtime=f"OpenVINO {openvino.__version__}",
            device=device_name(self._core, attempt.device),
            compute_capability=cpu_instructions(),
            driver="",
            precision=attempt.precision,
            shapes=json.dumps([self._tensors, options]),
        )

    def _note(self, error: Exception) -> None:
        self._notes.append(statement_of(error))


def _with_outputs(model: openvino.Model, names: set[str]) -> openvino.Model:
    kept = [
        result for result in model.get_results() if result.input(0).get_tensor().get_names() & names
    ]
    # None at all is another network, and the caller says so by the missing names.
    return openvino.Model(kept, model.get_parameters()) if kept else model


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1] if lines else type(error).__name__
