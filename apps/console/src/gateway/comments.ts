// The comments of a descriptor set, by the full names of what they stand above.
import type {
  DescriptorProto,
  EnumDescriptorProto,
  FileDescriptorProto,
  FileDescriptorSet,
} from "@bufbuild/protobuf/wkt";

// The numbers of the fields of descriptor.proto, of which the paths of its source locations are made.
const inFile = { messages: 4, enums: 5, services: 6 } as const;
const inMessage = { fields: 2, messages: 3, enums: 4, oneofs: 8 } as const;
const children = 2; // the values of an enum, the methods of a service

type Name = (path: readonly number[], name: string) => void;

function nameEnum(type: EnumDescriptorProto, path: readonly number[], name: string, add: Name): void {
  add(path, name);
  type.value.forEach((value, index) => add([...path, children, index], `${name}.${value.name}`));
}

function nameMessage(type: DescriptorProto, path: readonly number[], name: string, add: Name): void {
  add(path, name);
  type.field.forEach((field, index) => add([...path, inMessage.fields, index], `${name}.${field.name}`));
  type.oneofDecl.forEach((oneof, index) => add([...path, inMessage.oneofs, index], `${name}.${oneof.name}`));
  type.enumType.forEach((one, index) => nameEnum(one, [...path, inMessage.enums, index], `${name}.${one.name}`, add));
  type.nestedType.forEach((one, index) =>
    nameMessage(one, [...path, inMessage.messages, index], `${name}.${one.name}`, add),
  );
}

/** Calls `add` with the path and the full name of everything in `file`. */
function nameAll(file: FileDescriptorProto, add: Name): void {
  const full = (name: string) => `${file.package}.${name}`;
  file.messageType.forEach((one, index) => nameMessage(one, [inFile.messages, index], full(one.name), add));
  file.enumType.forEach((one, index) => nameEnum(one, [inFile.enums, index], full(one.name), add));
  file.service.forEach((service, index) => {
    add([inFile.services, index], full(service.name));
    service.method.forEach((method, number) =>
      add([inFile.services, index, children, number], `${full(service.name)}.${method.name}`),
    );
  });
}

export function commentsOf(set: FileDescriptorSet): ReadonlyMap<string, string> {
  const comments = new Map<string, string>();
  for (const file of set.file) {
    const written = new Map(
      (file.sourceCodeInfo?.location ?? []).map(({ path, leadingComments }) => [path.join("."), leadingComments]),
    );
    nameAll(file, (path, name) => {
      const comment = written.get(path.join("."))?.replace(/\s+/g, " ").trim() ?? "";
      if (comment !== "") comments.set(name, comment);
    });
  }
  return comments;
}
