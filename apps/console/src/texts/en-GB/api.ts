export const api = {
  title: "API reference",
  document: "The same as an OpenAPI document",
  address: "Address",
  request: "Request",
  answer: "Answer",
  types: "Messages and values",
  listOf: "list of",
  required: ", required",
  footer: "API reference",
} as const;
