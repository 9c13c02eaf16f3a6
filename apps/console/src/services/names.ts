// Resource names and where their pages are.

/** The page of a resource: `/centres/ashford/volunteers/…`. */
export function pageOf(name: string): string {
  return `/${name.split("/").map(encodeURIComponent).join("/")}`;
}

/** The centre of a resource that belongs to one: `centres/{centre}`. */
export function centreOf(name: string): string {
  return name.split("/").slice(0, 2).join("/");
}
