// Messages as JSON Schema, in Protobuf's own mapping to JSON.
import { ScalarType } from "@bufbuild/protobuf";
import type { DescEnum, DescField, DescMessage, DescOneof } from "@bufbuild/protobuf";

import { itemLimits, scalarLimits } from "./limits.ts";
import type { Schema } from "./types.ts";

const wholeNumber = { type: "string", pattern: "^-?[0-9]+$" } as const;

const scalars: Readonly<Record<ScalarType, Schema>> = {
  [ScalarType.DOUBLE]: { type: "number", format: "double" },
  [ScalarType.FLOAT]: { type: "number", format: "float" },
  [ScalarType.INT64]: { ...wholeNumber, format: "int64" },
  [ScalarType.UINT64]: { ...wholeNumber, format: "uint64" },
  [ScalarType.SINT64]: { ...wholeNumber, format: "int64" },
  [ScalarType.FIXED64]: { ...wholeNumber, format: "uint64" },
  [ScalarType.SFIXED64]: { ...wholeNumber, format: "int64" },
  [ScalarType.INT32]: { type: "integer", format: "int32" },
  [ScalarType.UINT32]: { type: "integer", format: "uint32" },
  [ScalarType.SINT32]: { type: "integer", format: "int32" },
  [ScalarType.FIXED32]: { type: "integer", format: "uint32" },
  [ScalarType.SFIXED32]: { type: "integer", format: "int32" },
  [ScalarType.BOOL]: { type: "boolean" },
  [ScalarType.STRING]: { type: "string" },
  [ScalarType.BYTES]: { type: "string", format: "byte" },
};

/** What has a form of its own in JSON. */
const wellKnown: ReadonlyMap<string, Schema> = new Map<string, Schema>([
  ["google.protobuf.Timestamp", { type: "string", format: "date-time" }],
  ["google.protobuf.Duration", { type: "string", pattern: "^-?[0-9]+(\\.[0-9]{1,9})?s$" }],
  ["google.protobuf.FieldMask", { type: "string" }],
  ["google.protobuf.Struct", { type: "object" }],
]);

const required = /^Required\./;
const outputOnly = /^Output only\./;

/** Collects the schemas that are referred to, each once. */
export class Schemas {
  private readonly found = new Map<string, Schema>();

  constructor(private readonly comments: ReadonlyMap<string, string>) {}

  /** All of them, by their names in the contract. */
  all(): Readonly<Record<string, Schema>> {
    return Object.fromEntries([...this.found].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** The schema of a request: its fields that must be there are known. */
  request(type: DescMessage): Schema {
    return this.message(type, true);
  }

  message(type: DescMessage, isRequest = false): Schema {
    const known = wellKnown.get(type.typeName);
    if (known !== undefined) return known;
    return this.once(type.typeName, () => {
      const needed = isRequest ? type.fields.filter((field) => this.isRequired(field)) : [];
      return {
        type: "object",
        ...this.described(type.typeName),
        properties: Object.fromEntries(type.fields.map((field) => [field.jsonName, this.field(field, isRequest)])),
        ...(needed.length === 0 ? {} : { required: needed.map(({ jsonName }) => jsonName) }),
        additionalProperties: false,
      };
    });
  }

  private enumeration(type: DescEnum): Schema {
    return this.once(type.typeName, () => {
      const values = type.values.map(({ name }) => {
        const comment = this.comments.get(`${type.typeName}.${name}`);
        return comment === undefined ? `- \`${name}\`` : `- \`${name}\`: ${comment}`;
      });
      const about = [this.comments.get(type.typeName) ?? "", values.join("\n")].filter(Boolean).join("\n\n");
      return { type: "string", description: about, enum: type.values.map(({ name }) => name) };
    });
  }

  /** A reference to `name`, whose schema `make` makes when it is met for the first time. */
  private once(name: string, make: () => Schema): Schema {
    if (!this.found.has(name)) {
      this.found.set(name, {});
      this.found.set(name, make());
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  private commentOf(field: DescField): string {
    return this.comments.get(`${field.parent.typeName}.${field.name}`) ?? "";
  }

  private isRequired(field: DescField): boolean {
    return field.oneof === undefined && required.test(this.commentOf(field));
  }

  private described(name: string): Schema {
    const comment = this.comments.get(name);
    return comment === undefined ? {} : { description: comment };
  }

  private field(field: DescField, isRequest: boolean): Schema {
    const comment = this.commentOf(field);
    const about = [comment, field.oneof === undefined ? "" : this.alternatives(field.oneof)].filter(Boolean).join(" ");
    return {
      ...this.shape(field, comment, isRequest),
      ...(about === "" ? {} : { description: about }),
      ...(outputOnly.test(comment) ? { readOnly: true } : {}),
    };
  }

  private alternatives(oneof: DescOneof): string {
    const need = required.test(this.comments.get(`${oneof.parent.typeName}.${oneof.name}`) ?? "");
    const names = oneof.fields.map(({ jsonName }) => `\`${jsonName}\``).join(", ");
    return `${need ? "Exactly" : "At most"} one of ${names}.`;
  }

  private shape(field: DescField, comment: string, isRequest: boolean): Schema {
    switch (field.fieldKind) {
      case "scalar":
        return { ...scalars[field.scalar], ...scalarLimits(field, comment, isRequest && this.isRequired(field)) };
      case "enum":
        return this.enumeration(field.enum);
      case "message":
        return this.message(field.message);
      case "list":
        return { type: "array", items: this.item(field), ...itemLimits(comment) };
      case "map":
        return { type: "object", additionalProperties: this.item(field) };
    }
  }

  private item(field: DescField & ({ fieldKind: "list" } | { fieldKind: "map" })): Schema {
    const kind = field.fieldKind === "list" ? field.listKind : field.mapKind;
    if (kind === "message" && field.message !== undefined) return this.message(field.message);
    if (kind === "enum" && field.enum !== undefined) return this.enumeration(field.enum);
    return field.scalar === undefined ? {} : scalars[field.scalar];
  }
}
