// How large a file may be that is imported at once.

export const mostRows = 10_000;
export const mostColumns = 200;
/** Of a cell, in characters: longer than any field that a service takes. */
export const longestCell = 40_000;
