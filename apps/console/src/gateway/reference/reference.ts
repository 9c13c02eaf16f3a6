// The API reference as pages show it, out of the OpenAPI document alone.
import type { Content, OpenApi, Operation, PathItem, Schema } from "../openapi/types.ts";

export interface Block {
  readonly text?: string;
  readonly list?: readonly string[];
}

export interface TypeLink {
  readonly name: string;
  /** The name of a type that the page describes; undefined for what is plain JSON. */
  readonly type?: string;
}

export interface FieldRow extends TypeLink {
  readonly field: string;
  readonly isList: boolean;
  readonly isRequired: boolean;
  readonly limits: string;
  readonly about: readonly Block[];
}

export interface MethodEntry {
  readonly name: string;
  readonly path: string;
  readonly verbs: string;
  readonly about: readonly Block[];
  readonly request: TypeLink;
  readonly answer: TypeLink;
}

export interface TypeEntry {
  readonly id: string;
  readonly name: string;
  readonly about: readonly Block[];
  readonly fields: readonly FieldRow[];
}

export interface ServiceSummary {
  readonly id: string;
  readonly name: string;
  readonly about: readonly Block[];
  readonly methods: readonly string[];
}

export interface ServicePage extends ServiceSummary {
  readonly entries: readonly MethodEntry[];
  readonly types: readonly TypeEntry[];
}

const shortName = (name: string) => name.replace(/^brokerage\.\w+\.v\d+\./, "");
const referred = (schema: Schema) => schema.$ref?.replace("#/components/schemas/", "");

/** Paragraphs and lists, as far as comments have them. */
export function blocksOf(text: string | undefined): Block[] {
  return (text ?? "")
    .split("\n\n")
    .filter(Boolean)
    .map((part) =>
      part.startsWith("- ") ? { list: part.split("\n").map((line) => line.replace(/^- /, "")) } : { text: part },
    );
}

function linkTo(schema: Schema): TypeLink {
  const type = referred(schema);
  if (type !== undefined) return { name: shortName(type), type };
  if (schema.format === "date-time") return { name: "date and time" };
  return { name: schema.format ?? schema.type ?? "" };
}

function limitsOf(schema: Schema): string {
  const { minimum, maximum, maxLength, maxItems } = schema;
  const parts = [
    minimum === undefined ? "" : `at least ${minimum}`,
    maximum === undefined ? "" : `at most ${maximum}`,
    maxLength === undefined ? "" : `at most ${maxLength} bytes`,
    maxItems === undefined ? "" : `at most ${maxItems} items`,
  ];
  return parts.filter(Boolean).join(", ");
}

function fieldRow(field: string, schema: Schema, parent: Schema): FieldRow {
  return {
    ...linkTo(schema.items ?? schema),
    field,
    isList: schema.items !== undefined,
    isRequired: parent.required?.includes(field) === true,
    limits: limitsOf(schema),
    about: blocksOf(schema.description),
  };
}

/** The schema of a request or an answer, whatever its form on the wire. */
const schemaIn = (content: Content | undefined): Schema => Object.values(content ?? {})[0]?.schema ?? {};

const isOf = (service: string) => (item: readonly [string, PathItem]) => item[1].post.tags.includes(service);

function methodEntry(path: string, item: PathItem): MethodEntry {
  const operation: Operation = item.post;
  return {
    name: operation.summary ?? path,
    path,
    verbs: item.get === undefined ? "POST" : "GET, POST",
    about: blocksOf(operation.description),
    request: linkTo(schemaIn(operation.requestBody?.content)),
    answer: linkTo(schemaIn(operation.responses["200"]?.content)),
  };
}

export class Reference {
  constructor(private readonly document: OpenApi) {}

  get services(): ServiceSummary[] {
    return this.document.tags.map(({ name, description }) => ({
      id: name,
      name: name.replace(/^brokerage\./, ""),
      about: blocksOf(description),
      methods: this.itemsOf(name).map(([, { post }]) => post.summary ?? ""),
    }));
  }

  service(id: string): ServicePage | undefined {
    const summary = this.services.find((service) => service.id === id);
    if (summary === undefined) return undefined;
    const entries = this.itemsOf(id).map(([path, item]) => methodEntry(path, item));
    const types = new Set<string>();
    for (const { request, answer } of entries) {
      for (const { type } of [request, answer]) if (type !== undefined) this.collect(type, types);
    }
    return { ...summary, entries, types: [...types].map((type) => this.typeEntry(type)) };
  }

  private itemsOf(service: string) {
    return Object.entries(this.document.paths).filter(isOf(service));
  }

  /** Adds `type` and what its fields are made of. */
  private collect(type: string, found: Set<string>): void {
    if (found.has(type)) return;
    found.add(type);
    for (const field of Object.values(this.schemaOf(type).properties ?? {})) {
      const next = referred(field.items ?? field);
      if (next !== undefined) this.collect(next, found);
    }
  }

  private schemaOf(type: string): Schema {
    return this.document.components.schemas[type] ?? {};
  }

  private typeEntry(type: string): TypeEntry {
    const schema = this.schemaOf(type);
    const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => fieldRow(name, field, schema));
    return { id: type, name: shortName(type), about: blocksOf(schema.description), fields };
  }
}
