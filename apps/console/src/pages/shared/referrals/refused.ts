// Why a step of a referral was refused, in words.
import type { Failure } from "../../../services/failure.ts";
import { texts } from "../../../texts/en-GB/index.ts";
import { momentText } from "../dates.ts";

const t = texts.referrals;

const conditionWords: Readonly<Record<string, { readonly fails: string }>> = texts.matches.conditions;
const lackWords: Readonly<Record<string, string>> = t.lacks;

/** All that a step lacks, each thing in a sentence; the service's own words when one of them is not known. */
export function lacksText(failure: Failure): string {
  const { reason, metadata, message } = failure;
  const codes = (metadata["needs"] ?? reason).split(",");
  if (reason === "NOT_A_MATCH") return t.noMatch(codes.map((code) => conditionWords[code]?.fails ?? code).join(", "));
  const sentences = codes.map((code) => lackWords[code]);
  if (sentences.includes(undefined)) return message;
  const next = Date.parse(metadata["next_offer_time"] ?? "");
  const later = Number.isNaN(next) ? [] : [t.notBefore(momentText(secondsOf(next)))];
  return t.notPossible([...sentences, ...later].join(" "));
}

const secondsOf = (ms: number) =>
  ({ $typeName: "google.protobuf.Timestamp", seconds: BigInt(Math.floor(ms / 1000)), nanos: 0 }) as const;

/** Whether someone else acted in between. */
export function isLost({ reason }: Failure): boolean {
  return ["ETAG_MISMATCH", "STAGE_NOT_ALLOWED", "CONCURRENT_CHANGE"].includes(reason);
}
