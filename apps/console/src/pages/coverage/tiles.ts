// Our own drawing of Kent: a hexagon for each district, about where it lies, and one at Medway's place for what is outside.
// Which districts there are says the service: one that has no place here stands in the table alone.
import { outside } from "../shared/terms.ts";

interface Spot {
  /** In halves of a hexagon's width, from the left. */
  readonly column: number;
  readonly row: number;
  /** Where there is no room for the name. */
  readonly short: string;
}

const spot = (column: number, row: number, short: string): Spot => ({ column, row, short });

const spots: Readonly<Record<string, Spot>> = {
  "districts/E07000107": spot(0, 0, "Dar"),
  "districts/E07000109": spot(2, 0, "Gra"),
  [outside]: spot(4, 0, "Out"),
  "districts/E07000113": spot(6, 0, "Swa"),
  "districts/E07000114": spot(8, 0, "Tha"),
  "districts/E07000111": spot(1, 1, "Sev"),
  "districts/E07000115": spot(3, 1, "T&M"),
  "districts/E07000110": spot(5, 1, "Mai"),
  "districts/E07000106": spot(7, 1, "Can"),
  "districts/E07000108": spot(9, 1, "Dov"),
  "districts/E07000116": spot(4, 2, "TW"),
  "districts/E07000105": spot(6, 2, "Ash"),
  "districts/E07000112": spot(8, 2, "F&H"),
};

/** In units of the drawing: half a hexagon's width and height, and how far one row lies below the other. */
const half = 52;
const tall = 60;
const rowHeight = 90;
/** What is left free around each. */
const gap = 3;
const edge = 4;
/** So many letters fit into a line. */
const lineLetters = 11;

export interface Tile {
  readonly district: string;
  readonly short: string;
  /** The middle. */
  readonly x: number;
  readonly y: number;
  /** The name, in lines that fit, each with how far below the middle it stands. */
  readonly lines: readonly { readonly text: string; readonly y: number }[];
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** The corners of a hexagon around its middle. */
  readonly points: string;
  readonly tiles: readonly Tile[];
}

/** Where the district is drawn; undefined for one that is not. */
export const spotOf = (district: string): Spot | undefined =>
  Object.hasOwn(spots, district) ? spots[district] : undefined;

/** Whether two hexagons have an edge in common. */
export function touch(left: Spot, right: Spot): boolean {
  const columns = Math.abs(left.column - right.column);
  const rows = Math.abs(left.row - right.row);
  return (rows === 0 && columns === 2) || (rows === 1 && columns === 1);
}

/** The words of a name in lines that fit. */
export function linesOf(name: string): readonly string[] {
  const lines: string[] = [];
  for (const word of name.split(" ")) {
    const longer = `${lines.at(-1) ?? ""} ${word}`;
    if (lines.length > 0 && longer.length <= lineLetters) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function corners(): string {
  const [wide, high] = [half - gap, tall - gap];
  const middle = Math.round(high / 2);
  return [
    [0, -high],
    [wide, -middle],
    [wide, middle],
    [0, high],
    [-wide, middle],
    [-wide, -middle],
  ]
    .map((point) => point.join(","))
    .join(" ");
}

/** The districts that are drawn, with their names. */
export function draw(districts: readonly { readonly district: string; readonly name: string }[]): Drawing {
  const all = Object.values(spots);
  const lineHeight = 15;
  const lastLine = -8;
  const tiles = districts.flatMap(({ district, name }): readonly Tile[] => {
    const at = spotOf(district);
    if (at === undefined) return [];
    const lines = linesOf(name);
    return [
      {
        district,
        short: at.short,
        x: edge + half * (at.column + 1),
        y: edge + tall + rowHeight * at.row,
        lines: lines.map((text, index) => ({ text, y: lastLine - lineHeight * (lines.length - 1 - index) })),
      },
    ];
  });
  return {
    width: 2 * edge + half * (2 + Math.max(...all.map(({ column }) => column))),
    height: 2 * (edge + tall) + rowHeight * Math.max(...all.map(({ row }) => row)),
    points: corners(),
    tiles,
  };
}
