// Where the built console lies: the build puts the program's own folder here.
import { readFileSync } from "node:fs";
import { join } from "node:path";

declare const CONSOLE_FOLDER: string;

export const viewsFolder = join(CONSOLE_FOLDER, "views");
export const publicFolder = join(CONSOLE_FOLDER, "public");

export const widgetFolder = join(CONSOLE_FOLDER, "widget");
export const demonstrationFolder = join(CONSOLE_FOLDER, "widget-demonstration");

/** The contract, as the build wrote it down. */
export const readContractFile = (): Uint8Array => readFileSync(join(CONSOLE_FOLDER, "contract.binpb"));

/** The published name of each file: "console.css" is "console-1a2b3c.css". */
export function readAssetNames(): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(CONSOLE_FOLDER, "assets.json"), "utf8")) as Record<string, string>;
}
