// The contract with methods that it does not have: what the gateway and its description make of them without a line of code.
import { create, fromBinary, setExtension, toBinary } from "@bufbuild/protobuf";
import {
  FileDescriptorSetSchema,
  MethodDescriptorProtoSchema,
  MethodOptionsSchema,
  MethodOptions_IdempotencyLevel,
  SourceCodeInfo_LocationSchema,
} from "@bufbuild/protobuf/wkt";
import type { FileDescriptorProto } from "@bufbuild/protobuf/wkt";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { AccessSchema, Role, access } from "#protos/brokerage/common/v1/access_pb";

declare const CONSOLE_FOLDER: string;

export interface MethodAdded {
  readonly name: string;
  /** Messages of the registry's reference_service.proto. */
  readonly input: string;
  readonly output: string;
  readonly role?: Role;
  readonly scope?: string;
  readonly read?: boolean;
  readonly serverStream?: boolean;
  readonly clientStream?: boolean;
  readonly comment?: string;
}

const file = "brokerage/registry/v1/reference_service.proto";
export const service = "brokerage.registry.v1.ReferenceService";

function optionsOf({ role, scope = "reference.read", read = false }: MethodAdded) {
  const { NO_SIDE_EFFECTS, IDEMPOTENCY_UNKNOWN } = MethodOptions_IdempotencyLevel;
  const options = create(MethodOptionsSchema, { idempotencyLevel: read ? NO_SIDE_EFFECTS : IDEMPOTENCY_UNKNOWN });
  if (role !== undefined) setExtension(options, access, create(AccessSchema, { minimumRole: role, scope }));
  return options;
}

function add(to: FileDescriptorProto, method: MethodAdded): void {
  const methods = to.service[0]?.method ?? [];
  methods.push(
    create(MethodDescriptorProtoSchema, {
      name: method.name,
      inputType: `.brokerage.registry.v1.${method.input}`,
      outputType: `.brokerage.registry.v1.${method.output}`,
      serverStreaming: method.serverStream ?? false,
      clientStreaming: method.clientStream ?? false,
      options: optionsOf(method),
    }),
  );
  const path = [6, 0, 2, methods.length - 1];
  const leadingComments = ` ${method.comment ?? "Added."}\n`;
  to.sourceCodeInfo?.location.push(create(SourceCodeInfo_LocationSchema, { path, leadingComments }));
}

/** The descriptor set that the build wrote, with `methods` in the service of reference data. */
export function contractWith(methods: readonly MethodAdded[] = []): Uint8Array {
  const set = fromBinary(FileDescriptorSetSchema, readFileSync(join(CONSOLE_FOLDER, "contract.binpb")));
  const found = set.file.find(({ name }) => name === file);
  if (found === undefined) throw new Error(`${file} is not in the contract`);
  for (const method of methods) add(found, method);
  return toBinary(FileDescriptorSetSchema, set);
}
