// The contract as the build wrote it down: every service of proto/, with its comments. Nothing here or in what uses it knows a
// method by name.
import { createFileRegistry, fromBinary } from "@bufbuild/protobuf";
import type { DescMethod, DescService, FileRegistry } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

import { commentsOf } from "./comments.ts";
import { isOffered } from "./permission.ts";

export interface Contract {
  readonly registry: FileRegistry;
  /** By the full name of what they stand above, such as `brokerage.common.v1.Place.postcode`. */
  readonly comments: ReadonlyMap<string, string>;
  /** What the gateway forwards, by service and in the order of their files. */
  readonly methods: readonly DescMethod[];
}

export function readContract(bytes: Uint8Array): Contract {
  const set = fromBinary(FileDescriptorSetSchema, bytes);
  const registry = createFileRegistry(set);
  const services = [...registry].filter((entry): entry is DescService => entry.kind === "service");
  services.sort((a, b) => (a.typeName < b.typeName ? -1 : 1));
  return {
    registry,
    comments: commentsOf(set),
    methods: services.flatMap(({ methods }) => methods).filter(isOffered),
  };
}

/** `brokerage.registry.v1.ReferenceService.ListSkills`. */
export const fullName = (method: DescMethod) => `${method.parent.typeName}.${method.name}`;

/** Where the method is called. */
export const pathOf = (method: DescMethod) => `/${method.parent.typeName}/${method.name}`;
