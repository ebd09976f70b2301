/** `schema`: the contract itself, for those who build on the engine without its sources. Plain JSON, not NDJSON. */
import change from "../contract/change.schema.json" with { type: "json" };
import captureReport from "../contract/capture-report.schema.json" with { type: "json" };
import capture from "../contract/capture.schema.json" with { type: "json" };
import common from "../contract/common.schema.json" with { type: "json" };
import diagnosis from "../contract/diagnosis.schema.json" with { type: "json" };
import event from "../contract/event.schema.json" with { type: "json" };
import explanation from "../contract/explanation.schema.json" with { type: "json" };
import stream from "../contract/stream.schema.json" with { type: "json" };
import traceFailures from "../contract/trace-failures.schema.json" with { type: "json" };
import tracePorts from "../contract/trace-ports.schema.json" with { type: "json" };
import traceRecording from "../contract/trace-recording.schema.json" with { type: "json" };
import traceReport from "../contract/trace-report.schema.json" with { type: "json" };

const SCHEMAS = [
  common,
  stream,
  traceRecording,
  traceFailures,
  tracePorts,
  traceReport,
  event,
  capture,
  diagnosis,
  change,
  captureReport,
  explanation,
] as const;

export const schemaText = (): string => `${JSON.stringify(SCHEMAS, null, 2)}\n`;
