// The contract as the browser uses it; everything under ./gen is built from ../../../proto.
export * from "./gen/wissel/cases/v1/cases_pb.ts";
export * from "./gen/wissel/common/v1/common_pb.ts";
export * from "./gen/wissel/directory/v1/directory_pb.ts";
export * from "./gen/wissel/errors/v1/errors_pb.ts";
export * from "./gen/wissel/insight/v1/insight_pb.ts";
export * from "./gen/wissel/intake/v1/intake_pb.ts";
export * from "./gen/wissel/options/v1/options_pb.ts";
export * from "./gen/wissel/routing/v1/routing_pb.ts";
export * from "./gen/wissel/routing/v1/sop_pb.ts";
// Both packages have a request of this name; callers from outside use that of intake.
export {
  AttachContactRequestSchema,
  AttachContactResponseSchema,
  type AttachContactRequest,
  type AttachContactResponse,
} from "./gen/wissel/intake/v1/intake_pb.ts";
